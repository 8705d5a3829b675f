"""Filters for the few numbers that a template writes itself."""

from __future__ import annotations

from django import template

from maillage.kernel.francais import format_nombre, typeset

register = template.Library()


@register.filter
def nombre(valeur: float) -> str:
    """Whole number with its thousands apart."""
    return format_nombre(valeur)


@register.filter
def typo(texte: str) -> str:
    """Text of a source or of a card, with the spaces that French never breaks."""
    return typeset(texte)
