"""What the network chose for its panel; no text sets it."""

from __future__ import annotations

from typing import Final

from maillage.analyses.panel.comptes import LIES, RATIOS
from maillage.indicators.panel.groupes import DIMENSIONS
from maillage.indicators.panel.regle import RegleDuPanel

__all__ = ["DIMENSIONS", "LIES", "NOMS_DIMENSIONS", "RATIOS", "REGLE", "TAILLES"]

TAILLES: Final = (10.0, 30.0)
"""ETP agreed over the year from which the second and the third size class start."""
NOMS_DIMENSIONS: Final = ("Même type", "Et même taille", "Et même région", "Et même activité")
"""What the structures of a group share, from one dimension to four."""
REGLE: Final = RegleDuPanel()
