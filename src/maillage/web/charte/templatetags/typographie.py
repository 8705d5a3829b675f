"""Dates, amounts and shares as French writes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django import template
from django.utils.timezone import localtime

from maillage.kernel.francais import ESPACE_INSECABLE, format_date, format_nombre, typeset
from maillage.kernel.money import Centimes, format_euros

if TYPE_CHECKING:
    from decimal import Decimal

register = template.Library()


@register.filter
def jour(instant: date | datetime | None) -> str:
    """Day of a date or of an instant, « 1er janvier 2026 »; nothing for nothing."""
    if instant is None:
        return ""
    if isinstance(instant, datetime):
        instant = localtime(instant).date()
    return format_date(instant)


@register.filter
def centimes(montant: int | None) -> str:
    """Amount in euros of an amount in cents; nothing for nothing."""
    return "" if montant is None else format_euros(Centimes(montant))


@register.filter
def pourcent(part: Decimal | float | None) -> str:
    """Share between 0 and 1 as a percentage, one decimal; nothing for nothing."""
    return "" if part is None else f"{format_nombre(part * 100, 1)}{ESPACE_INSECABLE}%"


@register.filter
def francais(phrase: str) -> str:
    """Sentence with the spaces that French never breaks."""
    return typeset(str(phrase))


@register.filter
def heures(nombre: Decimal | None) -> str:
    """Hours, with a decimal part only when there is one; nothing for nothing."""
    if nombre is None:
        return ""
    decimales = 0 if nombre == int(nombre) else 2
    return f"{format_nombre(nombre, decimales)}{ESPACE_INSECABLE}h"
