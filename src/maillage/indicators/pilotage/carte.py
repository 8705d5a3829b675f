"""What a definition card of the cockpit says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CartePilotage:
    """What a reader must know before quoting a figure of the cockpit.

    Attributes:
        code: Stable ASCII name.
        nom: Short name on screen.
        unite: Unit as shown.
        decimales: Digits shown after the comma.
        definition: What it is.
        methode: How it is computed from the extract.
        autre: The other legitimate definition, and how it differs; empty when there is one.
        limites: What it does not say, one sentence each.
    """

    code: str
    nom: str
    unite: str
    decimales: int
    definition: str
    methode: str
    autre: str = ""
    limites: tuple[str, ...] = ()
