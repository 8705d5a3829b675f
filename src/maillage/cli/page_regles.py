"""The amounts of annexes as a text page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from maillage.analyses.annexes.model import AnnexeEcartee, Conformite
from maillage.cli.page import Page
from maillage.kernel.francais import accorder, format_date, format_nombre
from maillage.kernel.money import format_euros, sum_centimes

if TYPE_CHECKING:
    from maillage.analyses.annexes.model import AnnexeCalculee, Releve

_ENTETES = [
    "Ligne",
    "Annexe",
    "Mois",
    "ETP",
    "Montant unitaire",
    "Montant total annuel",
    "Écart",
    "Montant unitaire et socle",
]
_FIGURES = {0, 2, 3, 4, 5, 6}


def render_releve(releve: Releve, width: int | None) -> str:
    """Text page of a file: what agrees, then each annexe, then what must be known."""
    page = Page(width)
    page.title(f"Montants des annexes de {releve.fichier}")
    if releve.extraction is not None:
        page.text(f"Extraction du {format_date(releve.extraction)}.")
    page.blank()
    page.text(_summary(releve))
    page.heading("Annexes")
    rows = [
        [str(r.ligne), r.numero, "", "", "", "", "", "non calculée (FDI)"]
        if isinstance(r, AnnexeEcartee)
        else _row(r)
        for r in releve.rangees
    ]
    page.table(_ENTETES, rows, right=_FIGURES, unwrapped={1})
    _write_baremes(page, releve)
    _write_notices(page, releve)
    return page.render()


def _summary(releve: Releve) -> str:
    calculees = releve.calculees
    comparees = [c for c in calculees if c.ecart is not None]
    faux = [c for c in comparees if c.ecart is not None and c.ecart.nombre]
    total = format_euros(sum_centimes(c.montant for c in calculees))
    verdict = (
        f"{accorder(len(faux), 'annexe diffère', 'annexes diffèrent')} du montant publié"
        if faux
        else "toutes égales au centime"
        if comparees
        else "aucun montant publié à comparer"
    )
    return (
        f"{accorder(len(calculees), 'annexe calculée', 'annexes calculées')}, {total} au total ; "
        f"{accorder(len(comparees), 'comparée', 'comparées')} au montant publié : {verdict}."
    )


def _row(calculee: AnnexeCalculee) -> list[str]:
    annexe = calculee.annexe
    return [
        str(annexe.ligne),
        f"{annexe.numero}{annexe.avenants}",
        str(calculee.duree_mois),
        format_nombre(annexe.etp_centiemes / 100, 2),
        format_euros(annexe.montant_unitaire),
        format_euros(calculee.montant),
        "—" if calculee.ecart is None else format_euros(calculee.ecart),
        calculee.bareme.conformite.value,
    ]


def _write_baremes(page: Page, releve: Releve) -> None:
    phrases = Counter(
        (c.annexe.type_siae, c.bareme.conformite, c.bareme.phrase) for c in releve.calculees
    )
    if not phrases:
        return
    page.heading("Montants unitaires et textes")
    ordre = list(Conformite)
    tries = sorted(phrases.items(), key=lambda item: (-ordre.index(item[0][1]), item[0][0]))
    for (type_siae, _, phrase), nombre in tries:
        page.text(f"{type_siae}, {accorder(nombre, 'annexe', 'annexes')} : {phrase}", "  • ")


def _write_notices(page: Page, releve: Releve) -> None:
    motifs = Counter(ecartee.motif for ecartee in releve.ecartees)
    page.heading("À savoir")
    page.text(
        "Le montant unitaire est celui de chaque annexe ; il n’est pas remplacé par le socle.",
        "  • ",
    )
    for motif, nombre in motifs.items():
        page.text(f"{accorder(nombre, 'ligne', 'lignes')} sans montant : {motif}", "  • ")
    for avertissement in releve.avertissements:
        page.text(avertissement, "  • ")
