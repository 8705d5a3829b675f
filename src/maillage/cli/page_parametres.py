"""Legal values as a text page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.cli.page import Page
from maillage.kernel.francais import accorder, format_date
from maillage.regles.engine.valeur_legale import CONFIANCES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from maillage.analyses.annexes.parametres import ParametreLu


def render_parametres(
    lus: Sequence[ParametreLu], le: date, connu_au: date | None, width: int | None
) -> str:
    """Text page of the legal values in force on a day, as known on another."""
    page = Page(width)
    connues = "" if connu_au is None else f", connu au {format_date(connu_au)}"
    page.title(f"Le droit au {format_date(le)}{connues}")
    connus = [lu for lu in lus if lu.legale is not None]
    page.text(f"{accorder(len(connus), 'valeur connue', 'valeurs connues')} sur {len(lus)}.")
    # The first is what was asked for: if it is not known, the refusal comes before the rest.
    parties = [_write_refus, _write_connus]
    for write in parties if lus[0].legale is None else reversed(parties):
        write(page, lus)
    _write_lacunes(page, lus)
    page.heading("Confiance")
    for lettre, sens in CONFIANCES.items():
        page.text(f"{lettre} : {sens}.", "  • ")
    return page.render()


def _write_refus(page: Page, lus: Sequence[ParametreLu]) -> None:
    refus = [lu.refus for lu in lus if lu.refus is not None]
    if refus:
        page.heading("Inconnu ou sans objet à cette date")
    for anomalie in refus:
        page.text(f"{anomalie.ou} : {anomalie.quoi}. {anomalie.que_faire}", "  • ")


def _write_connus(page: Page, lus: Sequence[ParametreLu]) -> None:
    connus = [lu for lu in lus if lu.legale is not None]
    page.heading("Valeurs")
    _write_valeurs(page, connus)
    _write_references(page, connus)


def _write_valeurs(page: Page, connus: Sequence[ParametreLu]) -> None:
    rows = [
        [
            lu.feuille.chemin,
            lu.valeur,
            format_date(lu.legale.date_effet) + ("" if lu.legale.date_effet_relevee else " (?)"),
            "non trouvée"
            if lu.legale.date_publication is None
            else format_date(lu.legale.date_publication),
            lu.legale.confiance,
        ]
        for lu in connus
        if lu.legale is not None
    ]
    page.table(
        ["Paramètre", "Valeur", "Effet", "Publication", "Confiance"], rows, unwrapped={0, 2, 3, 4}
    )
    for lu in connus:
        if lu.legale is not None and lu.legale.avertissement:
            page.text(f"Attention, {lu.feuille.chemin} : {lu.legale.avertissement}", "  • ")


def _write_references(page: Page, connus: Sequence[ParametreLu]) -> None:
    page.heading("Références")
    par_texte: dict[tuple[str, str], list[str]] = {}
    for lu in connus:
        if lu.legale is None:
            continue
        for reference in lu.legale.references:
            cle = (reference.titre, reference.href or "")
            par_texte.setdefault(cle, []).append(lu.feuille.chemin)
    for (titre, href), chemins in par_texte.items():
        page.text(f"{titre}{f' — {href}' if href else ''} : {', '.join(chemins)}", "  • ")
    for lu in connus:
        if lu.legale is not None and lu.legale.note:
            page.text(f"{lu.feuille.chemin}, note : {lu.legale.note}", "  • ")


def _write_lacunes(page: Page, lus: Sequence[ParametreLu]) -> None:
    lacunes = [(lu.feuille.chemin, phrase) for lu in lus for phrase in lu.lacunes]
    if not lacunes:
        return
    page.heading("Ce qui manque")
    for chemin, phrase in lacunes:
        page.text(f"{chemin} : {phrase}", "  • ")
