"""Reads a criterion whose name is a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.filter
def valeur(criteres: Mapping[str, str], nom: str) -> str:
    """Value of a criterion; empty when the address does not give it."""
    return criteres.get(nom, "")
