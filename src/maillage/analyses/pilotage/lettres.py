"""Letters to the members: late entries, and what changed between two extracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.pilotage import lettres_comparaison, lettres_retards
from maillage.analyses.pilotage.lettres_modele import EXPEDITEUR, Lettre, TableauLettre, name_lettre
from maillage.indicators.pilotage.etp import PILOTAGE

if TYPE_CHECKING:
    from maillage.analyses.pilotage.comparaison_modele import Comparaison
    from maillage.indicators.pilotage.filtre import Filtre
    from maillage.indicators.pilotage.lecture import Faits

__all__ = [
    "EXPEDITEUR",
    "Lettre",
    "TableauLettre",
    "name_lettre",
    "write_lettres_comparaison",
    "write_lettres_retards",
]


def write_lettres_retards(
    faits: Faits,
    annee: int,
    filtre: Filtre | None = None,
    perimetre: str = PILOTAGE,
    expediteur: str = EXPEDITEUR,
) -> tuple[Lettre, ...]:
    """One letter per structure that has late months, by name; for one structure, give a filter."""
    return lettres_retards.list_lettres(faits, annee, filtre, perimetre, expediteur)


def write_lettres_comparaison(
    comparaison: Comparaison, expediteur: str = EXPEDITEUR
) -> tuple[Lettre, ...]:
    """One letter per structure of which something changed, by name; restrict the comparison first.

    Annexes that only left the history of the extracts concern nobody.
    """
    return lettres_comparaison.list_lettres(comparaison, expediteur)
