"""What to say at the *dialogue de gestion* of a structure: points made from facts, by rules in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.pilotage.dialogue_de_gestion_reperes import REPERES
from maillage.indicators.pilotage.etp import PILOTAGE

if TYPE_CHECKING:
    from maillage.analyses.pilotage.dialogue_de_gestion_modele import DialogueDeGestion
    from maillage.analyses.pilotage.dialogue_de_gestion_reperes import Reperes
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle


def prepare_dialogue(
    faits: Faits,
    annee: int,
    cle: Cle,
    *,
    perimetre: str = PILOTAGE,
    reperes: Reperes = REPERES,
) -> DialogueDeGestion:
    """Points for one structure and one year.

    Raises:
        Introuvable: the structure has no annexe in that year (MLG-PIL-050).
    """
    raise NotImplementedError(faits, annee, cle, perimetre, reperes)
