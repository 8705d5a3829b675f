"""What is asked of the generator, and what the law gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = ("ACI", "AI", "EI", "ETTI", "EITI")
"""Kinds of structures; their rank in this order is how tables name them."""
ACI, AI, EI, ETTI, EITI = range(5)
NATIONAL = 4600
"""Structures of a national extract.

Source:
    Order of magnitude written in the national steering models (pilotage-airflow,
    `marts/weekly/properties.yml`, 2026-08): about 4,600 structures, 14,100 annexes over three years.
"""
PREMIERE_ANNEE = 2016
"""First year that can be asked for: amounts of the reform of 2014 are known from then on for all kinds."""


VERSION = 2
"""Of what a seed gives: raised when the same seed gives another network, so that what was kept is made again."""


class Defaut(Enum):
    """What extracts sometimes do wrong, written on request."""

    SANS_DEB = "sans-deb"
    SANS_FIN = "sans-fin"
    FIN_FAUSSE = "fin-fausse"
    GUILLEMETS = "guillemets"
    RETOURS = "retours"
    COLONNE_RENOMMEE = "colonne-renommee"
    COLONNE_ABSENTE = "colonne-absente"
    COLONNE_AJOUTEE = "colonne-ajoutee"
    VIRGULES = "virgules"
    DOUBLONS = "doublons"
    PERSONNELLE = "personnelle"
    ENCODAGE = "encodage"
    CHIFFRE = "chiffre"
    GZ_ZIP = "gz-zip"


@dataclass(frozen=True, slots=True)
class Parametres:
    """A synthetic network, and the day it is looked at.

    Attributes:
        au: Day of the extraction.
        annees: First and last year of the annexes.
        graine: Same seed, same network, on any day.
        structures: How many at a time.
        national: Whether départements and kinds must each come back to their published number of people.
        regions: Official codes of the régions where the structures stand; empty for the whole country.
        defauts: What is written wrong, on purpose.
    """

    au: date
    annees: tuple[int, int]
    graine: int = 7
    structures: int = 120
    national: bool = False
    defauts: frozenset[Defaut] = field(default_factory=frozenset)
    regions: frozenset[str] = field(default_factory=frozenset)

    def check(self, bareme: Bareme) -> None:
        """Refuse what the law does not give: the amounts of years to come are not invented.

        Raises:
            ValueError: years or a day out of what is known.
        """
        premiere, derniere = self.annees
        if not PREMIERE_ANNEE <= premiere <= derniere <= bareme.dernier_jour.year:
            msg = f"years {self.annees} are not within {PREMIERE_ANNEE} and {bareme.dernier_jour.year}"
            raise ValueError(msg)
        bas, haut = list_days(premiere, bareme)
        if not bas <= self.au <= haut:
            msg = f"{self.au} is not between {bas} and {haut}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Montant:
    """One amount of the aide au poste, from one day on.

    Attributes:
        date_effet: First day it applies.
        connu_le: First day it can be written on an annexe.
        euros: For one post and one year.
    """

    date_effet: date
    connu_le: date
    euros: int


@dataclass(frozen=True, slots=True)
class Bareme:
    """What the law and the State's accounts give.

    Attributes:
        heures: Hours of a full-time year by kind, dated, the last ones in force.
        montants: Dated amounts by (kind, regime); regimes are `DC`, `MP` (prison) and `MAYOTTE`.
        smic: Gross hourly minimum wage, in cents, by first day.
        etp_realises: Full-time equivalents of a year over the country, by kind (EITI apart).
        taux_realisation: Of the country, the year of `etp_realises`.
        annee_etp: That year.
        dernier_jour: Last day for which the amounts are known.
    """

    heures: Mapping[str, tuple[tuple[date, int], ...]]
    montants: Mapping[tuple[str, str], tuple[Montant, ...]]
    smic: tuple[tuple[date, int], ...]
    etp_realises: Mapping[str, float]
    taux_realisation: float
    annee_etp: int
    dernier_jour: date

    def heures_par_etp(self, type_siae: str) -> int:
        """Hours of a full-time year, in force."""
        return self.heures[type_siae][-1][1]

    def find_montant(
        self, type_siae: str, regime: str, debut: date, connu_au: date | None = None
    ) -> Montant | None:
        """Amount that an annexe carries; None when none is known.

        Args:
            type_siae: Kind.
            regime: DC, MP or MAYOTTE.
            debut: First day of the annexe.
            connu_au: Day on which it is written, its first day by default.
        """
        connus = [
            montant
            for montant in self.montants.get((type_siae, regime), ())
            if montant.date_effet <= debut and montant.connu_le <= (connu_au or debut)
        ]
        return connus[-1] if connus else None

    def get_montant(self, type_siae: str, regime: str, debut: date, connu_au: date) -> Montant:
        """The same, where one is known.

        Raises:
            ValueError: none is.
        """
        montant = self.find_montant(type_siae, regime, debut, connu_au)
        if montant is None:
            msg = f"no amount of {type_siae} ({regime}) on {debut} is known on {connu_au}"
            raise ValueError(msg)
        return montant


def list_days(premiere_annee: int, bareme: Bareme) -> tuple[date, date]:
    """First and last day on which an extract of annexes from that year on can be taken."""
    return date(premiere_annee, 3, 15), date(bareme.dernier_jour.year + 1, 1, 31)
