"""The drawing that a telephone reads to install the second factor."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def dessin_qr(svg: str) -> SafeString:
    """The drawing inside the page: the content security policy lets no image in by `data:`."""
    dessin = svg[svg.index("<svg") :]
    dessin = re.sub(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"', r"\1", dessin, count=1)
    nom = 'role="img" aria-label="Code à lire avec l’application"'
    return mark_safe(dessin.replace("<svg", f"<svg {nom}", 1))  # noqa: S308 — drawn by qrcode, from our own text


@register.filter
def adresse_otp(adresse: str) -> SafeString:
    """The `otpauth:` address as a link: it opens the application on a telephone.

    Raises:
        ValueError: the address is of another kind.
    """
    if not adresse.startswith("otpauth://"):
        msg = f"not an otpauth address: {adresse[:12]!r}"
        raise ValueError(msg)
    return mark_safe(adresse.replace("&", "&amp;"))  # noqa: S308 — percent-encoded by allauth
