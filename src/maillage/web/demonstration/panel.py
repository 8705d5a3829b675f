"""The panel of the invented network: enough structures of one kind agree for an edition to be frozen.

The network has too few associations intermédiaires for quartiles: some are added, invented as the others are.
Each hands over accounts whose prices differ; one of them takes its agreement back.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from maillage.data.extraits import list_extraits
from maillage.web.demonstration.economie import Economie, seed_comptes
from maillage.web.network.models import Consentement, Convention, Organisation
from maillage.web.panel.arret import arreter

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANNEE: Final = 2024
_AI: Final = "AI"
_PRIX, _PERMANENTS, _LOYER = (1_950, 2_450), (700_000, 1_500_000), (90_000, 260_000)


def build_panel(
    premiere: Organisation, autres: Sequence[Organisation], le: date, by: int | None
) -> None:
    """Consents, accounts and one edition, frozen. Without an extract, consents alone.

    Args:
        premiere: The structure whose director has a ready account; its accounts are there.
        autres: Structures that may give to the panel beside it.
        le: Today.
        by: Number of the account that freezes.
    """
    hasard = random.Random(_ANNEE)  # noqa: S311 — an invented network, nothing to guess
    seules = [une for une in autres if _is_alone(une)]
    for structure in (premiere, *seules):
        Consentement.objects.create(
            organisation=structure, usage=Consentement.Usage.PANEL, accorde=True
        )
    if not list_extraits():
        return
    for structure in seules:
        economie = Economie(
            hasard.randint(*_PRIX),
            hasard.randint(*_PERMANENTS),
            hasard.randint(*_LOYER),
            (_ANNEE,),
        )
        seed_comptes(structure, economie)
    arreter(_ANNEE, le - timedelta(days=1), by=by)


def _is_alone(organisation: Organisation) -> bool:
    """Whether it holds one convention, of an association intermédiaire."""
    types = Convention.objects.filter(organisation=organisation).values_list("type_siae", flat=True)
    return list(types) == [_AI]
