"""Bringing an extract in: read, kept and derived in one move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.data.extraits.reception import Rapport, Reception
from maillage.indicators.pilotage.derivation import derive_faits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path


def importer(
    fichiers: Sequence[Path],
    instant: datetime,
    *,
    mot_de_passe: str | None = None,
    accepte_reparations: bool = False,
    progression: Callable[[str, int, int], None] = lambda _vue, _rangees, _octets: None,
    doit_arreter: Callable[[], bool] = lambda: False,
) -> Rapport:
    """Import an extract: all of it, or nothing.

    Args:
        fichiers: Files or folders, archives included.
        instant: Now, with its time zone.
        mot_de_passe: Of the protected files.
        accepte_reparations: Whether what can be mended may be.
        progression: Told the view, its rows and its bytes done.
        doit_arreter: Asked now and then; True stops, and nothing is kept.

    Raises:
        UserError: see `Reception.run`.
    """
    return Reception(
        fichiers,
        instant,
        derive=derive_faits,
        mot_de_passe=mot_de_passe,
        accepte_reparations=accepte_reparations,
        progression=progression,
        doit_arreter=doit_arreter,
    ).run()
