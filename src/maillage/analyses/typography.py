"""No-break spaces of French, so that sentences can be written plainly in the code."""

from __future__ import annotations

from maillage.kernel.francais import typeset

__all__ = ["typeset"]
