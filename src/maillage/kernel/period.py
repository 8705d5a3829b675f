"""Periods that figures describe: a year, a quarter, a month, a day.

Their text forms are « 2021 », « 2024-T4 », « 2022-09 » and « 2022-09-30 », in files as in addresses.
Periods of one kind are ordered; those of two kinds are not comparable, except for equality.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, format_mois, format_ordinal, guillemets

if TYPE_CHECKING:
    from collections.abc import Callable

MOIS_PAR_AN = 12
TRIMESTRES_PAR_AN = 4
MOIS_PAR_TRIMESTRE = 3


def _check_annee(annee: int) -> None:
    if not MINYEAR <= annee <= MAXYEAR:
        msg = f"year {annee} is not between {MINYEAR} and {MAXYEAR}"
        raise ValueError(msg)


@dataclass(frozen=True, slots=True, order=True)
class Annee:
    """A calendar year.

    Raises:
        ValueError: the year is not between 1 and 9999.
    """

    annee: int

    def __post_init__(self) -> None:
        _check_annee(self.annee)

    def __str__(self) -> str:
        return f"{self.annee:04d}"

    @property
    def libelle(self) -> str:
        """In French: « 2021 »."""
        return str(self.annee)

    @property
    def debut(self) -> date:
        """First day."""
        return date(self.annee, 1, 1)

    @property
    def fin(self) -> date:
        """Last day."""
        return date(self.annee, MOIS_PAR_AN, 31)

    def suivant(self) -> Annee:
        """Next year. Raises ValueError after 9999."""
        return Annee(self.annee + 1)

    def precedent(self) -> Annee:
        """Year before. Raises ValueError before 1."""
        return Annee(self.annee - 1)


@dataclass(frozen=True, slots=True, order=True)
class Trimestre:
    """A calendar quarter, numbered from 1.

    Raises:
        ValueError: the year or the quarter does not exist.
    """

    annee: int
    trimestre: int

    def __post_init__(self) -> None:
        _check_annee(self.annee)
        if not 1 <= self.trimestre <= TRIMESTRES_PAR_AN:
            msg = f"quarter {self.trimestre} is not between 1 and {TRIMESTRES_PAR_AN}"
            raise ValueError(msg)

    def __str__(self) -> str:
        return f"{self.annee:04d}-T{self.trimestre}"

    @property
    def libelle(self) -> str:
        """In French: « 4e trimestre 2024 »."""
        return f"{format_ordinal(self.trimestre)} trimestre {self.annee}"

    @property
    def debut(self) -> date:
        """First day."""
        return date(self.annee, MOIS_PAR_TRIMESTRE * (self.trimestre - 1) + 1, 1)

    @property
    def fin(self) -> date:
        """Last day."""
        return Mois(self.annee, MOIS_PAR_TRIMESTRE * self.trimestre).fin

    def suivant(self) -> Trimestre:
        """Next quarter. Raises ValueError after 9999."""
        return Trimestre(*_shift(self.annee, self.trimestre, 1, TRIMESTRES_PAR_AN))

    def precedent(self) -> Trimestre:
        """Quarter before. Raises ValueError before the year 1."""
        return Trimestre(*_shift(self.annee, self.trimestre, -1, TRIMESTRES_PAR_AN))


@dataclass(frozen=True, slots=True, order=True)
class Mois:
    """A calendar month, numbered from 1.

    Raises:
        ValueError: the year or the month does not exist.
    """

    annee: int
    mois: int

    def __post_init__(self) -> None:
        _check_annee(self.annee)
        if not 1 <= self.mois <= MOIS_PAR_AN:
            msg = f"month {self.mois} is not between 1 and {MOIS_PAR_AN}"
            raise ValueError(msg)

    def __str__(self) -> str:
        return f"{self.annee:04d}-{self.mois:02d}"

    @property
    def libelle(self) -> str:
        """In French: « septembre 2022 »."""
        return format_mois(self.annee, self.mois)

    @property
    def debut(self) -> date:
        """First day."""
        return date(self.annee, self.mois, 1)

    @property
    def fin(self) -> date:
        """Last day, the 29th of February included."""
        if self.mois == MOIS_PAR_AN:
            return date(self.annee, MOIS_PAR_AN, 31)
        return self.suivant().debut - timedelta(days=1)

    def suivant(self) -> Mois:
        """Next month. Raises ValueError after 9999."""
        return Mois(*_shift(self.annee, self.mois, 1, MOIS_PAR_AN))

    def precedent(self) -> Mois:
        """Month before. Raises ValueError before the year 1."""
        return Mois(*_shift(self.annee, self.mois, -1, MOIS_PAR_AN))


@dataclass(frozen=True, slots=True, order=True)
class Jour:
    """A day: the period of a stock counted on that date."""

    jour: date

    def __str__(self) -> str:
        return self.jour.isoformat()

    @property
    def libelle(self) -> str:
        """In French: « 30 septembre 2022 »."""
        return format_date(self.jour)

    @property
    def debut(self) -> date:
        """The day itself."""
        return self.jour

    @property
    def fin(self) -> date:
        """The day itself."""
        return self.jour

    def suivant(self) -> Jour:
        """Next day. Raises OverflowError after 9999."""
        return Jour(self.jour + timedelta(days=1))

    def precedent(self) -> Jour:
        """Day before. Raises OverflowError before the year 1."""
        return Jour(self.jour - timedelta(days=1))


Periode: TypeAlias = Annee | Trimestre | Mois | Jour
"""Any of the four kinds."""


def _shift(annee: int, rang: int, pas: int, par_an: int) -> tuple[int, int]:
    """Year and rank from 1 of the sub-period that stands `pas` further."""
    ans, reste = divmod(annee * par_an + rang - 1 + pas, par_an)
    return ans, reste + 1


_FORMES: tuple[tuple[re.Pattern[str], Callable[..., Periode]], ...] = (
    (re.compile(r"([0-9]{4})"), Annee),
    (re.compile(r"([0-9]{4})-T([0-9])"), Trimestre),
    (re.compile(r"([0-9]{4})-([0-9]{2})"), Mois),
    (
        re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
        lambda annee, mois, jour: Jour(date(annee, mois, jour)),
    ),
)


def parse_periode(texte: str) -> Periode:
    """Period that a text stands for; `str()` gives the text back.

    Raises:
        SaisieInvalide: MLG-PER-001, the text has none of the four forms; MLG-PER-002, it has one
            but no calendar holds that period.
    """
    propre = texte.strip()
    for forme, build in _FORMES:
        trouve = forme.fullmatch(propre)
        if trouve is None:
            continue
        try:
            return build(*map(int, trouve.groups()))
        except ValueError as erreur:
            raise SaisieInvalide(_not_in_calendar(propre)) from erreur
    raise SaisieInvalide(
        Anomalie(
            "MLG-PER-001",
            f"{guillemets(texte)} n’est pas une période.",
            "Écrivez une année (2021), un trimestre (2024-T4), un mois (2022-09) "
            "ou un jour (2022-09-30).",
        )
    )


def _not_in_calendar(texte: str) -> Anomalie:
    return Anomalie(
        "MLG-PER-002",
        f"La période {guillemets(texte)} n’existe pas dans le calendrier.",
        "Vérifiez le jour, le mois (01 à 12) ou le trimestre (T1 à T4).",
    )
