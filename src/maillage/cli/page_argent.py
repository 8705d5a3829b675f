"""How public money by funder is shown: coverage in sentences first, then euros and costs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

from maillage.analyses.argent_public.comptes_donnes import Sort
from maillage.analyses.argent_public.phrases import list_phrases
from maillage.analyses.argent_public.rangees import list_rows, write_valeur
from maillage.analyses.argent_public.totaux import ANNEXES, COMPTES, DECLARE, SOURCES
from maillage.cli.page_pilotage import describe_source, open_page
from maillage.kernel.francais import format_valeur
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.analyses.argent_public.compte import Compte
    from maillage.analyses.argent_public.totaux import Ligne
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.kernel.valeur import Valeur

_EN_TETES = {ANNEXES: "Annexes €", DECLARE: "Déclaré €", COMPTES: "Comptes €"}
_RIEN = "—"


Sorts: TypeAlias = "Sequence[tuple[str, Sort]]"
"""What became of each file of accounts that was given."""


def render(faits: Faits, compte: Compte, width: int | None, sorts: Sorts = ()) -> str:
    """The whole account."""
    page = open_page(faits, f"Argent public par financeur, {compte.annee}", width)
    for phrase in list_phrases(compte.couverture):
        page.text(phrase, "  • ")
    for fichier, sort in sorts:
        if sort is not Sort.COMPTE:
            page.text(f"Comptes laissés de côté : {fichier}, {sort.value}.", "  • ")
    colonnes = dict.fromkeys(ligne.colonne for ligne in compte.lignes)
    for colonne in colonnes:
        lignes = [ligne for ligne in compte.lignes if ligne.colonne == colonne]
        page.heading(colonne)
        page.table(
            ["Financeur", *_EN_TETES.values(), "Par ETP €", "Par heure €"],
            [_list_cells(ligne) for ligne in lignes],
            right={1, 2, 3, 4, 5},
        )
    page.blank()
    if not compte.lignes:
        page.text("Aucune source ne dit rien de cette année.")
    if any(ligne.raison for ligne in compte.lignes):
        page.text(f"« {Absence.SECRETE.value} » : {compte.regle.methode}")
    return page.render()


def describe(faits: Faits, compte: Compte, sorts: Sorts = ()) -> dict[str, Any]:
    """Coverage and lines, with what is needed to compute the same again."""
    couverture = asdict(compte.couverture)
    couverture["acquis"] = write_valeur(compte.couverture.acquis)
    couverture["ecartees"] = {
        raison.value: nombre for raison, nombre in compte.couverture.ecartees.items()
    }
    couverture["sources"] = {
        source: {"structures": part.structures, "part_etp": write_valeur(part.part_etp)}
        for source, part in compte.couverture.sources.items()
    }
    return {
        **describe_source(faits, compte.annee),
        "par": compte.axe.value,
        "couverture": couverture,
        "phrases": list_phrases(compte.couverture),
        "fichiers": [{"fichier": nom, "sort": sort.value} for nom, sort in sorts],
        "secret": compte.regle.parametres,
        "lignes": list_rows(compte),
    }


def _list_cells(ligne: Ligne) -> list[str]:
    return [
        ligne.nom,
        *(_show(ligne.montants[source]) for source in SOURCES),
        _show(ligne.cout_etp),
        _show(ligne.cout_heure, 2),
    ]


def _show(valeur: Valeur, decimales: int = 0) -> str:
    """A dash where a source says nothing of a line."""
    return _RIEN if valeur is Absence.SANS_OBJET else format_valeur(valeur, "", decimales)
