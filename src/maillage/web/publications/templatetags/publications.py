"""Filters for the dates and counts that a template writes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone

from maillage.kernel.francais import accorder, format_date

if TYPE_CHECKING:
    from datetime import datetime

register = template.Library()


@register.filter
def jour(instant: datetime | None) -> str:
    """Day in Paris, in letters: « 28 juin 2022 »; empty for nothing."""
    return format_date(timezone.localtime(instant).date()) if instant else ""


@register.filter
def accord(nombre: int, formes: str) -> str:
    """A count and its noun, « 2 fuites », from « fuite,fuites »."""
    singulier, _, pluriel = formes.partition(",")
    return accorder(nombre, singulier, pluriel)
