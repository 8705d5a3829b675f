"""Every periodic job of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.dialogue.engagements import travaux as engagements
from maillage.web.pilotage import travaux as pilotage
from maillage.web.publications import travaux as publications
from maillage.web.travaux import file_attente

if TYPE_CHECKING:
    from maillage.web.travaux.periodes import Periodique


def all_periodiques() -> tuple[Periodique, ...]:
    """The periodic jobs of all the applications."""
    return (
        *publications.PERIODIQUES,
        *engagements.PERIODIQUES,
        *pilotage.PERIODIQUES,
        *file_attente.PERIODIQUES,
    )
