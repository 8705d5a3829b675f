"""Extracts that were imported: one directory each, named by what it holds, whole or absent."""

from maillage.data.extraits.depot import (
    Extrait,
    find_extrait,
    forget_extrait,
    list_extraits,
    read_extrait,
)

__all__ = ["Extrait", "find_extrait", "forget_extrait", "list_extraits", "read_extrait"]
