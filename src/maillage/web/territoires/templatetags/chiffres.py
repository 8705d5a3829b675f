"""Filters for the few numbers that a template writes itself."""

from __future__ import annotations

from django import template

from maillage.kernel.francais import format_nombre

register = template.Library()


@register.filter
def nombre(valeur: float) -> str:
    """Whole number with its thousands apart."""
    return format_nombre(valeur)
