"""Filters for the few numbers that a template writes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from maillage.kernel.francais import format_date, format_nombre, typeset

if TYPE_CHECKING:
    from datetime import date

register = template.Library()


@register.filter
def nombre(valeur: float) -> str:
    """Whole number with its thousands apart."""
    return format_nombre(valeur)


@register.filter
def typo(texte: str) -> str:
    """Text of a source or of a card, with the spaces that French never breaks."""
    return typeset(texte)


@register.filter
def jour(date_: date) -> str:
    """Day in letters: « 1er janvier 2024 »."""
    return format_date(date_)
