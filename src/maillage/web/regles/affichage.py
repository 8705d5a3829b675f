"""Figures of the rules as the pages write them: rounded for the reader, never for the computation."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.kernel.francais import (
    ESPACE_FINE,
    ESPACE_INSECABLE,
    accorder,
    format_date,
    format_nombre,
    is_pluriel,
)
from maillage.kernel.money import Centimes, format_euros
from maillage.regles.engine.unites import UNITES

if TYPE_CHECKING:
    from maillage.regles.cas.modele import Donnee
    from maillage.regles.engine.unites import Unite

_CENTIEMES = 100
_DECIMALES = 6
_DECIMALES_COURTES = 2


def euros(montant: float) -> str:
    """Amount to the cent, halves upwards."""
    return format_euros(Centimes(math.floor(round(montant * _CENTIEMES, 6) + 0.5)))


def heures(nombre: float) -> str:
    """« 480 heures », « 7,50 heures »."""
    if nombre == int(nombre):
        return accorder(nombre, "heure", "heures")
    nom = "heures" if is_pluriel(nombre) else "heure"
    return f"{format_nombre(nombre, 2)}{ESPACE_INSECABLE}{nom}"


def nombre_exact(nombre: float | Decimal) -> str:
    """With the decimals that it has, six at most."""
    exact = Decimal(str(nombre))
    decimales = next((n for n in range(_DECIMALES) if round(exact, n) == exact), _DECIMALES)
    return format_nombre(exact, decimales)


def taux(part: float | Decimal, decimales: int | None = None) -> str:
    """« 39,81 % », with the decimals that it has unless told otherwise."""
    pourcents = Decimal(str(part)) * 100
    ecrit = nombre_exact(pourcents) if decimales is None else format_nombre(pourcents, decimales)
    return f"{ecrit}{ESPACE_FINE}%"


def mesure(valeur: Donnee, unite: Unite | None, *, en_euros: bool = False) -> str:
    """A figure, a day or a word of a case, in French.

    Args:
        valeur: As the case or the rules give it.
        unite: Unit of the formulas, None when the name is one of the cases only.
        en_euros: Whether it is an amount in euros.
    """
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, tuple):
        return ", ".join(mesure(item, unite, en_euros=en_euros) for item in valeur)
    if isinstance(valeur, date):
        return format_date(valeur)
    if isinstance(valeur, (int, float, Decimal)):
        return _quantite(valeur, unite, en_euros=en_euros)
    return "sans objet" if valeur is None else valeur


def _quantite(nombre: float | Decimal, unite: Unite | None, *, en_euros: bool) -> str:
    if en_euros:
        return _montant(nombre)
    if unite is UNITES["taux"]:
        return taux(nombre)
    if unite is UNITES["h"]:
        return heures(float(nombre))
    return nombre_exact(nombre)


def _montant(nombre: float | Decimal) -> str:
    """Whole euros, or to the cent; more decimals are shown when the case has them."""
    exact = Decimal(str(nombre))
    ecrit = nombre_exact(exact)
    _, virgule, decimales = ecrit.partition(",")
    if virgule and len(decimales) < _DECIMALES_COURTES:
        ecrit = format_nombre(exact, _DECIMALES_COURTES)
    return f"{ecrit}{ESPACE_FINE}€"
