"""Scalars of the files: a date is a date, an amount a number, and nothing is coerced in silence."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from maillage.kernel.francais import guillemets
from maillage.regles.engine.noeuds import Noeud

if TYPE_CHECKING:
    from maillage.regles.engine.valeur_legale import Contenu

Plainte: TypeAlias = Callable[[str, str, str, Noeud], None]
"""Notes a problem: code, what, what to do, where."""

_TEXTES = {"texte", "date", "oui/non", "liste"}
NOMBRE_MAX = 10**9
"""Beyond it nothing of the law is meant, and an amount would not hold in cents."""
_INFINIS = {math.inf, -math.inf}
_ENTIERS = {"mois", "ans"}


def read_date(noeud: Noeud, complain: Plainte) -> date | None:
    """Day written AAAA-MM-JJ; None, and a problem noted, for anything else."""
    if type(noeud.contenu) is date:
        return noeud.contenu
    try:
        return date.fromisoformat(noeud.texte)
    except ValueError:
        complain(
            "MLG-REG-104",
            f"{guillemets(noeud.texte)} n’est pas une date.",
            "Écrivez-la AAAA-MM-JJ, par exemple 2026-01-01.",
            noeud,
        )
        return None


def read_nombre(noeud: Noeud, complain: Plainte) -> int | float | None:
    """Finite number; None, and a problem noted, for anything else."""
    contenu = noeud.contenu
    if _is_nombre(contenu) and abs(contenu) <= NOMBRE_MAX:
        return contenu
    if _is_nombre(contenu) and abs(contenu) > NOMBRE_MAX and contenu not in _INFINIS:
        quoi = f"{guillemets(noeud.texte[:40])} est trop grand."
        complain("MLG-REG-105", quoi, f"Restez sous {NOMBRE_MAX}.", noeud)
        return None
    complain(
        "MLG-REG-105",
        f"{guillemets(noeud.texte)} n’est pas un nombre.",
        "Écrivez des chiffres, un point avant les décimales, sans espace ni unité.",
        noeud,
    )
    return None


def read_contenu(noeud: Noeud, unite: str, complain: Plainte) -> Contenu:
    """Value of a parameter, of the kind its unit says; null ends the parameter."""
    if noeud.contenu is None:
        return None
    if unite == "fraction":
        return _read_fraction(noeud, complain)
    if unite in _TEXTES:
        return _read_autre(noeud, unite, complain)
    nombre = read_nombre(noeud, complain)
    if nombre is not None and unite in _ENTIERS and not isinstance(nombre, int):
        complain("MLG-REG-105", f"{noeud.texte} n’est pas entier.", "Écrivez un entier.", noeud)
    return nombre


def _read_fraction(noeud: Noeud, complain: Plainte) -> Fraction | None:
    try:
        return Fraction(noeud.texte)
    except (ValueError, ZeroDivisionError):
        complain(
            "MLG-REG-105",
            f"{guillemets(noeud.texte)} n’est pas une fraction.",
            "Écrivez-la comme 52/12.",
            noeud,
        )
        return None


def _read_autre(noeud: Noeud, unite: str, complain: Plainte) -> Contenu:
    contenu = noeud.contenu
    if unite == "date":
        return read_date(noeud, complain)
    if unite == "liste" and isinstance(contenu, tuple):
        return tuple(_item(item) for item in contenu)
    if unite == "oui/non" and isinstance(contenu, bool):
        return contenu
    if unite in {"texte", "liste"} and isinstance(contenu, str):
        return contenu
    complain(
        "MLG-REG-105",
        f"{guillemets(noeud.texte)} ne convient pas à l’unité {guillemets(unite)}.",
        "Écrivez une valeur de cette sorte, entre guillemets si c’est un texte.",
        noeud,
    )
    return None


def _item(noeud: Noeud) -> int | float | str:
    return noeud.contenu if _is_nombre(noeud.contenu) else noeud.texte


def _is_nombre(contenu: object) -> TypeGuard[int | float]:
    """Whether a scalar is a number; yes and no are not."""
    return isinstance(contenu, (int, float)) and not isinstance(contenu, bool)
