"""SMIC projection of an amount whose text was not found: labelled, never the law."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CHEMIN_SMIC = "smic.horaire_brut"


def project_smic(montant: object, smic_avant: object, smic_apres: object) -> int:
    """Last known amount × SMIC of the day ÷ SMIC of its effect, rounded once to the euro.

    It is the rule the series of the texts follow, within a few euros, outside their exceptions.

    Args:
        montant: Last known amount, in euros.
        smic_avant: Hourly SMIC on the day it took effect.
        smic_apres: Hourly SMIC on the day asked for.
    """
    projete = Decimal(str(montant)) * Decimal(str(smic_apres)) / Decimal(str(smic_avant))
    return int(projete.quantize(Decimal(1), ROUND_HALF_UP))
