"""The dialogue of the invented network: its spaces, its meetings, its proposals, its ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.demonstration.dialogue_engagements import seed_engagements
from maillage.web.demonstration.dialogue_espaces import seed_espaces
from maillage.web.demonstration.dialogue_propositions import seed_propositions
from maillage.web.demonstration.dialogue_rencontres import seed_rencontres
from maillage.web.demonstration.dialogue_repertoire import seed_repertoire

if TYPE_CHECKING:
    from datetime import date

    from maillage.web.accounts.models import Utilisateur
    from maillage.web.network.models import Organisation


def build_dialogue(reseau: Organisation, le: date, by: Utilisateur) -> None:
    """Fill all of it, places first.

    Args:
        reseau: The invented network.
        le: Today.
        by: The account of its delegation.
    """
    seed_espaces(reseau, le)
    seed_rencontres(reseau, le)
    seed_propositions(by)
    seed_engagements(by)
    seed_repertoire(by, le)
