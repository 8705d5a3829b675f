"""Ready letters to the members: what is late, what changed; to be read over before they go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.pilotage import lettres_comparaison, lettres_retards
from maillage.analyses.pilotage.lettres_modele import EXPEDITEUR, Lettre, name_lettre

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.pilotage.comparaison_modele import Comparaison
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.tableaux import Retard

__all__ = ["EXPEDITEUR", "Lettre", "name_lettre", "write_changes", "write_late"]


def write_late(
    faits: Faits, annee: int, retards: Iterable[Retard], expediteur: str = EXPEDITEUR
) -> list[Lettre]:
    """One letter per structure that has late months, what is worth most first.

    Args:
        faits: Of the extract.
        annee: Year of the months.
        retards: Of `list_retards`.
        expediteur: Who signs.
    """
    return [
        lettres_retards.write_lettre(faits, annee, siens, expediteur)
        for siens in lettres_retards.group_retards(retards).values()
    ]


def write_changes(comparaison: Comparaison, expediteur: str = EXPEDITEUR) -> list[Lettre]:
    """One letter per structure of which something changed between two extracts, by name.

    Annexes that only left the history of the extracts concern nobody, nor months entered in their time.

    Args:
        comparaison: Of the whole network, or restricted to what is asked for.
        expediteur: Who signs.
    """
    return [
        lettres_comparaison.write_lettre(comparaison, structure, expediteur)
        for structure in comparaison.structures
        if structure.champs or any(map(lettres_comparaison.is_of_interest, structure.annexes))
    ]
