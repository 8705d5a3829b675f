"""What every page of the accounts says first: whose they are, and how to come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from maillage.web.network.models import Organisation


def describe(organisation: Organisation, *suite: tuple[str, str]) -> dict[str, Any]:
    """Context of a page; the last place of the trail is the page itself."""
    economie = (reverse("economie", args=[organisation.pk]) if suite else "", "Économie")
    return {
        "structure": organisation,
        "fil": [
            ("/espace/", "Espace adhérents"),
            (reverse("structure", args=[organisation.pk]), organisation.nom),
            economie,
            *suite,
        ],
    }
