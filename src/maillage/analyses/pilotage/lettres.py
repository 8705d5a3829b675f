"""Letters to the members: late entries, and what changed between two extracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.pilotage.lettres_modele import EXPEDITEUR
from maillage.indicators.pilotage.etp import PILOTAGE

if TYPE_CHECKING:
    from datetime import date

    from maillage.analyses.pilotage.comparaison_modele import Comparaison
    from maillage.analyses.pilotage.lettres_modele import Lettre
    from maillage.indicators.pilotage.filtre import Filtre
    from maillage.indicators.pilotage.lecture import Faits


def write_lettres_retards(
    faits: Faits,
    annee: int,
    filtre: Filtre | None = None,
    perimetre: str = PILOTAGE,
    expediteur: str = EXPEDITEUR,
) -> tuple[Lettre, ...]:
    """One letter per structure that has late months, by name; for one structure, give a filter."""
    raise NotImplementedError(faits, annee, filtre, perimetre, expediteur)


def write_lettres_comparaison(
    comparaison: Comparaison, expediteur: str = EXPEDITEUR
) -> tuple[Lettre, ...]:
    """One letter per structure of which something changed, by name; restrict the comparison first."""
    raise NotImplementedError(comparaison, expediteur)


def render_lettre(lettre: Lettre, le: date | None = None) -> str:
    """The letter as plain text, eighty columns.

    Args:
        lettre: The letter.
        le: Day to write at the top; none without it.
    """
    raise NotImplementedError(lettre, le)


def name_lettre(lettre: Lettre) -> str:
    """Name of its file, without extension: ASCII, one per kind of letter and structure."""
    raise NotImplementedError(lettre)
