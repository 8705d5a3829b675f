"""How many random cases a property draws: enough at each run, many more when asked for."""

from __future__ import annotations

import os


def tirages(nombre: int) -> int:
    """Cases to draw: `nombre`, times `MAILLAGE_TIRAGES` when that is set (10 for a long night)."""
    return nombre * int(os.environ.get("MAILLAGE_TIRAGES", "1"))
