"""The nearest name to one that does not exist: « vouliez-vous dire … ? »."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def find_proche(nom: str, noms: Iterable[str]) -> str:
    """Nearest of the names, empty when none is near."""
    trouves = get_close_matches(nom, tuple(noms), n=1, cutoff=0.6)
    return trouves[0] if trouves else ""
