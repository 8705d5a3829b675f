"""Two extracts of one network: what is new, changed, suspended, gone, rejected, caught up, late."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.pilotage.comparaison_modele import (
        ChangementAnnexe,
        Comparaison,
        Totaux,
    )
    from maillage.indicators.pilotage.filtre import Filtre
    from maillage.indicators.pilotage.lecture import Faits


def compare(avant: Faits, apres: Faits) -> Comparaison:
    """What changed of a network from an extract to a later one. Kept in memory once computed.

    Args:
        avant: Facts of the older extract.
        apres: Facts of the newer one.

    Raises:
        SaisieInvalide: the two are the same extract (MLG-PIL-030), in the wrong order (MLG-PIL-031), or
            have nothing in common (MLG-PIL-032).
    """
    raise NotImplementedError(avant, apres)


def restrict(comparaison: Comparaison, filtre: Filtre) -> Comparaison:
    """The same, on the annexes that a filter keeps; a structure without any of them is left out."""
    raise NotImplementedError(comparaison, filtre)


def total(annexes: Iterable[ChangementAnnexe]) -> Totaux:
    """Counts and euros of a set of annexes."""
    raise NotImplementedError(annexes)
