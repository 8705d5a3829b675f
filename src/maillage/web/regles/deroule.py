"""A computation unrolled for a reader: each figure by its French name, down to the text that gives it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from maillage.kernel.francais import ESPACE_INSECABLE, format_date, format_nombre, typeset
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.trace import format_quantite
from maillage.regles.libelles import get_libelle
from maillage.web.regles.affichage import mesure
from maillage.web.regles.cas import find_mot
from maillage.web.regles.droit import lien_valeur, nom_de, render_references, texte_jour

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.regles.engine.trace import Trace
    from maillage.regles.engine.valeur_legale import ValeurLegale

_CENTIEMES_ETP = "centiemes ETP"


def render_calculs(arbres: Iterable[Trace]) -> SafeString:
    """One list per computation, for a fold."""
    return mark_safe("".join(_liste((arbre,)) for arbre in arbres))  # noqa: S308 — made of escaped parts


def _liste(arbres: Iterable[Trace]) -> SafeString:
    lignes = [(_noeud(arbre),) for arbre in arbres]
    if not lignes:
        return SafeString()
    return format_html('<ul class="deroule">{}</ul>', format_html_join("", "<li>{}</li>", lignes))


def _noeud(arbre: Trace) -> SafeString:
    """A figure, the text it applies, and what it was computed from."""
    if arbre.legale is not None:
        return _legale(arbre, arbre.legale)
    texte = format_html("<br><small>Texte\u202f: {}</small>", typeset(arbre.texte))
    explication = format_html("<br><small>{}</small>", typeset(arbre.explication))
    return format_html(
        "{} = <strong>{}</strong>{}{}{}",
        get_libelle(arbre.nom),
        _figure(arbre),
        explication if arbre.explication else "",
        texte if arbre.texte else "",
        _liste(arbre.enfants),
    )


def _legale(arbre: Trace, legale: ValeurLegale) -> SafeString:
    """A value of the law: it opens its page; a value that is not the law says what it is."""
    publication = (
        f"publication\u202f: {texte_jour(legale.date_publication)}"
        if legale.date_publication is None
        else f"publié le {format_date(legale.date_publication)}"
    )
    hors_droit = legale.avertissement if legale.choix is not None or legale.reforme else ""
    return format_html(
        "{} = {}<br><small>{}, en vigueur au {}, {}, confiance {}. Texte ou source\u202f: {}.{}</small>",
        get_libelle(arbre.nom),
        lien_valeur(legale),
        nom_de(load_legislation().leaf(legale.chemin)),
        format_date(legale.date_effet),
        publication,
        legale.confiance,
        render_references(legale.references),
        format_html(" <strong>{}</strong>", typeset(hors_droit)) if hors_droit else "",
    )


def _figure(arbre: Trace) -> SafeString:
    """The figure in words when the files give it a code, in ETP when they count in hundredths."""
    if arbre.unite is not None and arbre.unite.code == _CENTIEMES_ETP:
        return SafeString(f"{format_nombre(int(arbre.valeur) / 100, 2)}{ESPACE_INSECABLE}ETP")
    if arbre.unite is not None and arbre.unite.code.startswith("EUR"):
        return SafeString(escape(mesure(round(float(arbre.valeur), 6), arbre.unite, en_euros=True)))
    mot = find_mot(arbre.nom, str(arbre.valeur))
    return SafeString(escape(mot or format_quantite(arbre.valeur, arbre.unite)))
