"""Which public office was met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.dialogue.models import Participant

if TYPE_CHECKING:
    from maillage.web.dialogue.models import Rencontre


def find_charge(rencontre: Rencontre) -> int | None:
    """Number of the one office that was met; None when there was none, or several."""
    charges = set(
        rencontre.participants.filter(charge__isnull=False)
        .exclude(cote=Participant.Cote.RESEAU)
        .values_list("charge_id", flat=True)
    )
    return charges.pop() if len(charges) == 1 else None
