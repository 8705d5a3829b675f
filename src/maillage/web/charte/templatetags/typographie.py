"""Dates as French writes them."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.timezone import localtime

from maillage.kernel.francais import format_date

register = template.Library()


@register.filter
def jour(instant: date | datetime | None) -> str:
    """Day of a date or of an instant, « 1er janvier 2026 »; nothing for nothing."""
    if instant is None:
        return ""
    if isinstance(instant, datetime):
        instant = localtime(instant).date()
    return format_date(instant)
