"""What the pages of the network's side of the panel say first."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def describe(*suite: tuple[str, str]) -> dict[str, Any]:
    """Context of a page; the last place of the trail is the page itself."""
    panel = (reverse("panel") if suite else "", "Panel")
    return {"fil": [("/espace/", "Espace adhérents"), panel, *suite]}
