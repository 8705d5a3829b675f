"""Models of invented structures, one by kind: where to start from."""

from __future__ import annotations

from importlib.resources import files


def read_exemple(type_siae: str) -> str:
    """Text of the file of hypotheses of an invented structure.

    Args:
        type_siae: AI, ACI, EI or ETTI.
    """
    return (files(__name__) / f"{type_siae.lower()}.toml").read_text(encoding="utf-8")
