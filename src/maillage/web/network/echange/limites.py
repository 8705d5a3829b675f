"""How much a file put on the site may hold."""

from __future__ import annotations

from typing import Final

OCTETS_MAX: Final = 5 * 1024 * 1024
"""Bytes."""
LIGNES_MAX: Final = 20_000
"""Rows, the headers not counted."""
