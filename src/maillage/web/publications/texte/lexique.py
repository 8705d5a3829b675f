"""Word lists of the engine, kept in lexique.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, str | list[str]]:
    return tomllib.loads(files(__package__).joinpath("lexique.toml").read_text(encoding="utf-8"))


def lexique(nom: str) -> frozenset[str]:
    """Words or phrases of a list.

    Raises:
        KeyError: no such list.
    """
    found = _lists()[nom]
    return frozenset(found.split() if isinstance(found, str) else found)
