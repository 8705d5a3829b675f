"""Columns that hold dates, hours, numbers and amounts."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.francais import format_nombre, guillemets
from maillage.web.dialogue.echange.colonnes import CelluleInvalide, Colonne
from maillage.web.dialogue.models import Precision
from maillage.web.network.echange.cellules import format_centimes, parse_centimes, parse_jour

if TYPE_CHECKING:
    from django.db.models import Model

_MOIS = re.compile(r"(\d{4})-(\d{2})|(\d{1,2})/(\d{4})")
_ANNEE = re.compile(r"\d{4}")
_HEURE = re.compile(r"(\d{1,2})[:hH](\d{2})?(?::00)?")
_NOMBRE = re.compile(r"-?\d{1,12}(?:[.,]\d{1,4})?")
_DERNIER_MOIS = 12


@dataclass(frozen=True, slots=True)
class Jour(Colonne):
    """A day."""

    def read(self, texte: str) -> str:
        """Canonical text.

        Raises:
            SaisieInvalide: MLG-DIA-131, not a day of the calendar.
        """
        return parse_jour(texte).isoformat() if texte else ""

    def of(self, objet: Model) -> str:
        """The day; empty for none."""
        jour = getattr(objet, self.attribut)
        return jour.isoformat() if jour else ""

    def to_model(self, texte: str) -> dict[str, Any]:
        """The day, None for none."""
        return {self.attribut: date.fromisoformat(texte) if texte else None}


@dataclass(frozen=True, slots=True)
class DateDite(Colonne):
    """A date as precisely as it is known: a day, a month, a year, nothing.

    Attributes:
        precision: Field of the model that says how precise it is.
        is_fin: Whether a month or a year is kept as its last day, as due dates are.
    """

    precision: str = "precision"
    is_fin: bool = False

    def read(self, texte: str) -> str:
        """Canonical text: `2024-06-14`, `2024-06`, `2024`.

        Raises:
            CelluleInvalide: MLG-DIA-113.
        """
        if not texte:
            return ""
        try:
            return parse_jour(texte).isoformat()
        except SaisieInvalide:
            if _ANNEE.fullmatch(texte) and texte.isascii() and int(texte):
                return texte
            mois = _MOIS.fullmatch(texte)
            if mois and texte.isascii():
                an, numero = int(mois[1] or mois[4]), int(mois[2] or mois[3])
                if 1 <= numero <= _DERNIER_MOIS and an:
                    return f"{an:04d}-{numero:02d}"
            raise CelluleInvalide(
                "MLG-DIA-113",
                f"{guillemets(texte[:60])} n’est pas une date.",
                "Écrivez 2024-06-14 ou 14/06/2024, 2024-06 si seul le mois est connu, 2024 si seule "
                "l’année l’est\u00a0; laissez vide une date inconnue.",
            ) from None

    def of(self, objet: Model) -> str:
        """As much of the date as is known."""
        jour = getattr(objet, self.attribut)
        precision = getattr(objet, self.precision)
        if jour is None or precision == Precision.INCONNUE:
            return ""
        longueur = {Precision.ANNEE: 4, Precision.MOIS: 7}.get(precision, 10)
        return str(jour.isoformat()[:longueur])

    def to_model(self, texte: str) -> dict[str, Any]:
        """A day of the period, and the precision."""
        precision = {0: Precision.INCONNUE, 4: Precision.ANNEE, 7: Precision.MOIS}
        jour = day_of(texte, is_fin=self.is_fin)
        return {
            self.attribut: jour,
            self.precision: precision.get(len(texte), Precision.JOUR).value,
        }


def day_of(texte: str, *, is_fin: bool = False) -> date | None:
    """First or last day of what a canonical date says; None for nothing."""
    if not texte:
        return None
    an, mois, jour = (*map(int, texte.split("-")), 0, 0)[:3]
    mois = mois or (_DERNIER_MOIS if is_fin else 1)
    return date(an, mois, jour or (monthrange(an, mois)[1] if is_fin else 1))


@dataclass(frozen=True, slots=True)
class Heure(Colonne):
    """A time of the day."""

    def read(self, texte: str) -> str:
        """Canonical text: `14:30`.

        Raises:
            CelluleInvalide: MLG-DIA-114.
        """
        if not texte:
            return ""
        lue = _HEURE.fullmatch(texte)
        try:
            if lue and texte.isascii():
                return f"{time(int(lue[1]), int(lue[2] or 0)):%H:%M}"
        except ValueError:
            pass  # told below, with the value
        raise CelluleInvalide(
            "MLG-DIA-114", f"{guillemets(texte[:60])} n’est pas une heure.", "Écrivez 14:30."
        )

    def of(self, objet: Model) -> str:
        """The time; empty for none."""
        heure = getattr(objet, self.attribut)
        return f"{heure:%H:%M}" if heure else ""

    def to_model(self, texte: str) -> dict[str, Any]:
        """The time, None for none."""
        return {self.attribut: time.fromisoformat(texte) if texte else None}


@dataclass(frozen=True, slots=True)
class Nombre(Colonne):
    """A number.

    Attributes:
        is_entier: Whether it is a whole number.
        minimum: The least accepted; None for no limit.
        decimales: Digits after the point at most.
        maximum: Under what it stays.
    """

    is_entier: bool = False
    minimum: int | None = None
    decimales: int = 4
    maximum: int = 10**12

    def read(self, texte: str) -> str:
        """Canonical text, with a point and without useless zeros.

        Raises:
            CelluleInvalide: MLG-DIA-115.
        """
        serre = "".join(texte.split())
        if not serre:
            return ""
        if _NOMBRE.fullmatch(serre) and serre.isascii():
            valeur = Decimal(serre.replace(",", "."))
            if self._accepts(valeur):
                return _plain(valeur)
        forme = "un nombre entier" if self.is_entier else "un nombre, comme 3,5"
        reste = "" if self.minimum is None else f", {self.minimum} au moins"
        raise CelluleInvalide(
            "MLG-DIA-115",
            f"{guillemets(texte[:60])} n’est pas un nombre accepté.",
            f"Écrivez {forme}{reste}, inférieur à {format_nombre(self.maximum)}\u00a0; laissez vide un "
            "nombre inconnu.",
        )

    def _accepts(self, valeur: Decimal) -> bool:
        decimales = 0 if self.is_entier else self.decimales
        tient = valeur == round(valeur, decimales) and abs(valeur) < self.maximum
        return tient and (self.minimum is None or valeur >= self.minimum)

    def of(self, objet: Model) -> str:
        """The number; empty for none."""
        valeur = getattr(objet, self.attribut)
        return "" if valeur is None else _plain(Decimal(str(valeur)))

    def to_model(self, texte: str) -> dict[str, Any]:
        """The number, None for none."""
        if not texte:
            return {self.attribut: None}
        return {self.attribut: int(texte) if self.is_entier else Decimal(texte)}


@dataclass(frozen=True, slots=True)
class Compte(Nombre):
    """A number that a thing always has: an empty cell says nothing."""

    is_videe: ClassVar[bool] = False


def _plain(valeur: Decimal) -> str:
    texte = f"{valeur:f}"
    return texte.rstrip("0").rstrip(".") if "." in texte else texte


@dataclass(frozen=True, slots=True)
class Montant(Colonne):
    """An amount, kept in centimes."""

    def read(self, texte: str) -> str:
        """Canonical text: `1200.50`.

        Raises:
            SaisieInvalide: MLG-DIA-133.
        """
        return format_centimes(parse_centimes(texte))

    def of(self, objet: Model) -> str:
        """The amount; empty for none."""
        return format_centimes(getattr(objet, self.attribut))

    def to_model(self, texte: str) -> dict[str, Any]:
        """The centimes, None for none."""
        return {self.attribut: parse_centimes(texte)}
