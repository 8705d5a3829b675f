"""One thing that waits for somebody, with the way to do it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AFaire:
    """One thing that waits for somebody.

    Attributes:
        phrase: What, in French.
        adresse: Where it is done; empty when it is done elsewhere.
        geste: Words of the link.
    """

    phrase: str
    adresse: str = ""
    geste: str = ""
