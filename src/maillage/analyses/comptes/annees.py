"""Several exercices of one structure, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from maillage.analyses.comptes.mouvements import end_of_month
from maillage.analyses.comptes.notes import format_euros
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import format_date, join_fr
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maillage.analyses.comptes.exercice import Exercice


@dataclass(frozen=True, slots=True)
class Annees:
    """Exercices of one structure.

    Attributes:
        siren: Nine digits; empty when no name gives it.
        exercices: The oldest first.
        notes: What is said of them together.
    """

    siren: str
    exercices: tuple[Exercice, ...]
    notes: tuple[str, ...]


def set_side_by_side(exercices: Iterable[Exercice]) -> Annees:
    """Exercices in order, after checking that they are of one structure and do not overlap.

    Raises:
        FichierInvalide: their SIREN differ (MLG-SOL-002), or two of them overlap (MLG-SOL-003).
        ValueError: there is none.
    """
    ranges = tuple(sorted(exercices, key=lambda e: e.mouvements.premier_jour))
    if not ranges:
        msg = "at least one exercice is compared"
        raise ValueError(msg)
    sirens = sorted({e.mouvements.siren for e in ranges if e.mouvements.siren})
    fautes = [*_check_sirens(ranges, sirens), *_check_overlaps(ranges)]
    if fautes:
        raise FichierInvalide(*fautes)
    return Annees(sirens[0] if sirens else "", ranges, tuple(_list_notes(ranges)))


def _check_sirens(ranges: tuple[Exercice, ...], sirens: list[str]) -> Iterator[Anomalie]:
    if len(sirens) > 1:
        yield Anomalie(
            "MLG-SOL-002",
            f"Les fichiers sont de plusieurs structures : SIREN {join_fr(sirens)}.",
            "Donnez les exercices d’une seule structure à la fois.",
            join_fr(e.mouvements.fichier for e in ranges),
        )


def _check_overlaps(ranges: tuple[Exercice, ...]) -> Iterator[Anomalie]:
    for avant, apres in pairwise(ranges):
        if apres.mouvements.premier_jour <= avant.mouvements.dernier_jour:
            yield Anomalie(
                "MLG-SOL-003",
                f"Deux exercices se chevauchent : l’un va jusqu’au "
                f"{format_date(avant.mouvements.dernier_jour)}, l’autre commence le "
                f"{format_date(apres.mouvements.premier_jour)}.",
                "Donnez un seul fichier par exercice.",
                f"{avant.mouvements.fichier} et {apres.mouvements.fichier}",
            )


def _list_notes(ranges: tuple[Exercice, ...]) -> Iterator[str]:
    muets = [e.mouvements.fichier for e in ranges if not e.mouvements.siren]
    if muets and len(ranges) > 1:
        yield (
            f"Le nom de {join_fr(muets)} ne donne pas de SIREN : rien ne dit que c’est la même structure."
        )
    if len({e.plan.nom for e in ranges}) > 1:
        yield (
            "Les exercices ne suivent pas le même plan de comptes : ce que le règlement ANC 2022-06 a déplacé "
            "(cessions, subventions d’investissement, transferts de charges) n’est pas sur les mêmes lignes."
        )
    distinguees = [e for e in ranges if not isinstance(e.aide_au_poste.montant, Absence)]
    if distinguees and len(distinguees) < len(ranges):
        yield (
            "L’aide au poste n’est distinguée que dans une partie des exercices : ailleurs, elle est restée dans "
            "les concours publics ou les subventions d’exploitation, dont l’évolution ne dit alors rien."
        )
    for avant, apres in pairwise(ranges):
        fin = end_of_month(avant.cloture.debut)
        if apres.mouvements.premier_jour > fin + timedelta(days=1):
            yield (
                f"Aucun fichier entre le {format_date(fin)} et le "
                f"{format_date(apres.mouvements.premier_jour)}."
            )
        yield from _compare_opening(avant, apres)


def _compare_opening(avant: Exercice, apres: Exercice) -> Iterator[str]:
    """Whether the opening of a year is the closing of the year before."""
    close, ouverte = avant.cloture.position, apres.ouverture
    if isinstance(close, Absence) or isinstance(ouverte, Absence):
        return
    for nom, fin, debut in (
        ("Le fonds de roulement", close.fonds_de_roulement, ouverte.fonds_de_roulement),
        ("Le montant de la trésorerie", close.tresorerie, ouverte.tresorerie),
    ):
        if fin != debut:
            yield (
                f"{nom} à l’ouverture du {format_date(apres.mouvements.premier_jour)} "
                f"({format_euros(debut)}) n’est pas celui de la clôture d’avant ({format_euros(fin)}) : "
                "un des fichiers n’est sans doute pas définitif."
            )
