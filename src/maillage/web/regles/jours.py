"""Days typed in the forms, as far ahead as a reform may go."""

from __future__ import annotations

import re
from datetime import date

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import guillemets
from maillage.regles.aide_au_poste.saisie import ANNEE_MIN

ANNEE_MAX = 2100
"""Beyond it a year is a slip of the finger."""
_FR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def find_jour(texte: str) -> date | None:
    """Day written 31/12/2022 or 2022-12-31, between `ANNEE_MIN` and `ANNEE_MAX`; None otherwise."""
    lu = read_jour(texte)
    return lu if isinstance(lu, date) else None


def read_jour(texte: str) -> date | Anomalie:
    """Day written 31/12/2022 or 2022-12-31, or what is wrong with it."""
    francais, iso = _FR.fullmatch(texte), _ISO.fullmatch(texte)
    parts = francais.groups()[::-1] if francais else iso.groups() if iso else ()
    try:
        jour = date(*map(int, parts))
    except (TypeError, ValueError):
        return Anomalie(
            "MLG-WEB-020",
            f"{guillemets(texte[:60])} n’est pas une date." if texte else "Il manque une date.",
            "Écrivez le jour, le mois et l’année\u202f: 31/12/2022.",
        )
    if not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        return Anomalie(
            "MLG-WEB-021",
            f"L’année {jour.year} n’est pas modélisée.",
            f"Choisissez une année de {ANNEE_MIN} à {ANNEE_MAX}.",
        )
    return jour
