"""Territories as the terminal names them: level, code, and what contains them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.model import Territoire

_NATURES = {
    "CC": "communauté de communes",
    "CA": "communauté d’agglomération",
    "CU": "communauté urbaine",
    "METRO": "métropole",
    "ARM": "arrondissement municipal",
}


def show_niveau(territoire: Territoire) -> str:
    """« département 35 », « intercommunalité 243500139, métropole »."""
    if not territoire.parents and not territoire.departements:
        return "pays entier"
    nature = _NATURES.get(territoire.nature, territoire.nature)
    level = f"{territoire.niveau.libelle} {territoire.code}"
    return f"{level}, {nature}" if nature else level


def show_parents(territoire: Territoire) -> str:
    """« France › Bretagne › Ille-et-Vilaine », widest first."""
    return " › ".join(nom for _, _, nom in territoire.parents)
