"""What the network calls a small gap, an old extract, a short forecast: its own marks, not those of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reperes:
    """Marks under which the cockpit keeps quiet. None comes from a text: a network may change them.

    Attributes:
        tolerance: Points of percentage around 100 between which a structure is said to be on target.
        ecart_etp: Gap in ETP of a year under which nothing is said, whatever the percentage.
        part_brouillons: Share of drafts over which they are spoken of.
        ecart_asp: Percentage by which the ASP's own part may differ from the hours before it is said.
        age_extrait: Days after which an extract is said to be old.
    """

    tolerance: float = 5.0
    ecart_etp: float = 0.25
    part_brouillons: float = 0.05
    ecart_asp: float = 1.0
    age_extrait: int = 45


REPERES = Reperes()
"""The marks in use."""
