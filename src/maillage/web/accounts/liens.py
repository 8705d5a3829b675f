"""Addresses to put in mails and to give to other servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

_PAR_DEFAUT = "http://127.0.0.1"


def public_address(locale: str) -> str:
    """How the site is reached: the address that was set, else the one at hand.

    Args:
        locale: Address at hand, without a final slash.
    """
    publique: str = settings.ADRESSE_PUBLIQUE
    return locale if publique.startswith(_PAR_DEFAUT) else publique


def absolute_link(request: HttpRequest | None, chemin: str) -> str:
    """Whole address of a path of the site.

    The host of the request is only believed where no public address is set: what is mailed must not
    depend on what a stranger writes in a header.
    """
    locale = request.build_absolute_uri("/").rstrip("/") if request else settings.ADRESSE_PUBLIQUE
    return public_address(locale) + chemin
