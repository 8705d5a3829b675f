"""Money in whole cents: sums are exact, and only a division rounds, where it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import ESPACE_FINE, format_nombre, guillemets

if TYPE_CHECKING:
    from collections.abc import Iterable

CENTIMES_PAR_EURO = 100
# Thousands are parted by a space or not at all: « 1.619 » and « 1,619 » are fractions of a cent.
_MONTANT = re.compile(r"[-+]? ?([0-9]+|[0-9]{1,3}( [0-9]{3})+)([.][0-9]+)?")


@dataclass(frozen=True, slots=True, order=True)
class Centimes:
    """An amount of money.

    Attributes:
        nombre: Whole number of euro cents, negative for what is owed back.

    Raises:
        TypeError: the number is not an integer.
    """

    nombre: int

    def __post_init__(self) -> None:
        _check_entier(self.nombre)

    def __add__(self, autre: Centimes) -> Centimes:
        return Centimes(self.nombre + autre.nombre)

    def __sub__(self, autre: Centimes) -> Centimes:
        return Centimes(self.nombre - autre.nombre)

    def __neg__(self) -> Centimes:
        return Centimes(-self.nombre)

    def __mul__(self, facteur: int) -> Centimes:
        _check_entier(facteur)
        return Centimes(self.nombre * facteur)

    __rmul__ = __mul__

    def __str__(self) -> str:
        return format_euros(self)

    @classmethod
    def from_euros(cls, montant: Decimal | int | str) -> Centimes:
        """Amount written in euros: `Decimal("1619.50")`, « 1 619,50 », « 1619.5 ».

        Raises:
            TypeError: the amount is a float, which holds no exact cents.
            SaisieInvalide: MLG-EUR-001, the text is not an amount; MLG-EUR-002, it has fractions
                of a cent.
        """
        decimal = _read_decimal(montant)
        centimes = Fraction(decimal) * CENTIMES_PAR_EURO
        if centimes.denominator != 1:
            raise SaisieInvalide(
                Anomalie(
                    "MLG-EUR-002",
                    f"Le montant {guillemets(str(montant))} a plus de deux décimales.",
                    "Arrondissez-le au centime, selon la règle du document d’où il vient.",
                )
            )
        return cls(centimes.numerator)

    def to_euros(self) -> Decimal:
        """Same amount in euros, exact, always with two decimals."""
        signe = 1 if self.nombre < 0 else 0
        chiffres = tuple(int(chiffre) for chiffre in str(abs(self.nombre)))
        return Decimal((signe, chiffres, -2))

    def prorata(self, numerateur: Decimal | int, denominateur: Decimal | int = 1) -> Centimes:
        """Amount × numerator / denominator, rounded once to the cent, halves away from zero.

        The ASP computes the monthly share of an annexe so: `unitaire.prorata(etp, 12)`.

        Raises:
            TypeError: a factor is a float.
            ValueError: a factor is not finite.
            ZeroDivisionError: the denominator is zero.
        """
        rapport = _fraction(numerateur) / _fraction(denominateur)
        return Centimes(_round_half_up(self.nombre * rapport))

    def divide(self, diviseur: int) -> Centimes:
        """Amount divided, rounded to the cent, halves away from zero.

        Raises:
            TypeError: the divisor is a float.
            ZeroDivisionError: the divisor is zero.
        """
        return self.prorata(1, diviseur)


def sum_centimes(montants: Iterable[Centimes]) -> Centimes:
    """Exact sum, zero for no amount."""
    return Centimes(sum(montant.nombre for montant in montants))


def format_euros(montant: Centimes) -> str:
    """Amount in French, to the cent: « 1 619,50 € ». Whole euros have no decimals: « 1 619 € »."""
    decimales = 2 if montant.nombre % CENTIMES_PAR_EURO else 0
    return f"{format_nombre(montant.to_euros(), decimales)}{ESPACE_FINE}€"


def _round_half_up(nombre: Fraction) -> int:
    entier = (2 * abs(nombre.numerator) + nombre.denominator) // (2 * nombre.denominator)
    return entier if nombre >= 0 else -entier


def _check_entier(nombre: object) -> None:
    if isinstance(nombre, bool) or not isinstance(nombre, int):
        msg = f"whole number expected, not {nombre!r}"
        raise TypeError(msg)


def _fraction(nombre: object) -> Fraction:
    """Exact value of a factor."""
    if isinstance(nombre, Decimal):
        return Fraction(nombre)
    _check_entier(nombre)
    return Fraction(str(nombre))


def _read_decimal(montant: object) -> Decimal:
    if isinstance(montant, str):
        return _parse_decimal(montant)
    if isinstance(montant, Decimal):
        if montant.is_finite():
            return montant
        raise SaisieInvalide(_not_an_amount(str(montant)))
    _check_entier(montant)
    return Decimal(str(montant))


def _parse_decimal(texte: str) -> Decimal:
    ordinaire = " ".join(texte.strip().removesuffix("€").split())
    ordinaire = ordinaire.replace(",", ".").replace("−", "-")
    if _MONTANT.fullmatch(ordinaire) is None:
        raise SaisieInvalide(_not_an_amount(texte))
    return Decimal(ordinaire.replace(" ", ""))


def _not_an_amount(texte: str) -> Anomalie:
    return Anomalie(
        "MLG-EUR-001",
        f"{guillemets(texte)} n’est pas un montant en euros.",
        "Écrivez des chiffres, avec une virgule ou un point avant les centimes, "
        "par exemple 1 619,50.",
    )
