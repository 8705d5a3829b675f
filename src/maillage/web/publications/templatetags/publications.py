"""Filters for the dates and counts that a template writes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone

from maillage.kernel.francais import ESPACE_INSECABLE, accorder, format_date

if TYPE_CHECKING:
    from datetime import datetime

register = template.Library()


@register.filter
def jour(instant: datetime | None) -> str:
    """Day in Paris, in letters: « 28 juin 2022 »; empty for nothing."""
    return format_date(timezone.localtime(instant).date()) if instant else ""


@register.filter
def heure(instant: datetime | None) -> str:
    """Time in Paris: « 10 h 05 »; empty for nothing."""
    if instant is None:
        return ""
    local = timezone.localtime(instant)
    return f"{local.hour}{ESPACE_INSECABLE}h{ESPACE_INSECABLE}{local:%M}"


@register.filter
def accord(nombre: int, formes: str) -> str:
    """A count and its noun, « 2 fuites », from « fuite,fuites »."""
    singulier, _, pluriel = formes.partition(",")
    return accorder(nombre, singulier, pluriel)
