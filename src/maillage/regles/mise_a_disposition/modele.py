"""What the count of the 480 hours takes and gives, and the readings that it needs.

The article leaves three doubts. None is defaulted: a count names its reading of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class TypeClient(StrEnum):
    """Who uses the worker."""

    ENTREPRISE = "entreprise"
    EMPLOYEUR_PUBLIC = "employeur_public"
    ASSOCIATION = "association"
    PARTICULIER = "particulier"


class PointDeDepart(StrEnum):
    """« À compter de la première mise à disposition »: which one opens the 24 months."""

    PREMIERE_PLAFONNEE = "premiere_mise_a_disposition_plafonnee"
    PREMIERE_TOUS_CLIENTS = "premiere_mise_a_disposition_tous_clients"

    @property
    def libelle(self) -> str:
        """The reading, in one French sentence."""
        return _POINT_DE_DEPART[self]


class EmployeurPublic(StrEnum):
    """Whether a public employer is under the cap.

    The article covers the employers of L2211-1 and sets aside private persons and *private*
    non-profit bodies. L2211-1 takes public persons only as employers under private law.
    """

    PLAFONNE = "plafonne"
    NON_PLAFONNE = "non_plafonne"

    @property
    def libelle(self) -> str:
        """The reading, in one French sentence."""
        return _EMPLOYEUR_PUBLIC[self]


class HeuresSousDerogation(StrEnum):
    """Whether the hours done under the prefect's waiver use up the 480 hours."""

    COMPTEES = "comptees"
    NON_COMPTEES = "non_comptees"

    @property
    def libelle(self) -> str:
        """The reading, in one French sentence."""
        return _SOUS_DEROGATION[self]


_POINT_DE_DEPART = {
    PointDeDepart.PREMIERE_PLAFONNEE: (
        "Les 24 mois courent de la première mise à disposition soumise au plafond."
    ),
    PointDeDepart.PREMIERE_TOUS_CLIENTS: (
        "Les 24 mois courent de la première mise à disposition, quel que soit le client."
    ),
}
_EMPLOYEUR_PUBLIC = {
    EmployeurPublic.PLAFONNE: "Les heures auprès d’un employeur public comptent dans le plafond.",
    EmployeurPublic.NON_PLAFONNE: (
        "Les heures auprès d’un employeur public ne comptent pas dans le plafond."
    ),
}
_SOUS_DEROGATION = {
    HeuresSousDerogation.COMPTEES: (
        "Les heures faites sous dérogation entament le plafond, sans jamais le dépasser en faute."
    ),
    HeuresSousDerogation.NON_COMPTEES: "Les heures faites sous dérogation n’entament pas le plafond.",
}


@dataclass(frozen=True, slots=True)
class Lecture:
    """The reading of the article that a count follows.

    Attributes:
        point_de_depart: What opens the 24 months.
        employeur_public: Whether public employers are under the cap.
        heures_sous_derogation: Whether hours under waiver use up the cap.
    """

    point_de_depart: PointDeDepart
    employeur_public: EmployeurPublic
    heures_sous_derogation: HeuresSousDerogation

    @property
    def phrases(self) -> tuple[str, ...]:
        """The three readings, one French sentence each."""
        return (
            self.point_de_depart.libelle,
            self.employeur_public.libelle,
            self.heures_sous_derogation.libelle,
        )

    def is_plafonne(self, type_client: TypeClient) -> bool:
        """Whether hours with this kind of client are under the cap."""
        if type_client is TypeClient.EMPLOYEUR_PUBLIC:
            return self.employeur_public is EmployeurPublic.PLAFONNE
        return type_client is TypeClient.ENTREPRISE


@dataclass(frozen=True, slots=True)
class Plafond:
    """Values of the law that a count needs, as the parameters give them.

    Attributes:
        nombre_heures: 480.
        duree_mois: 24.
        derogation_depuis: First day on which a waiver may start; None: there is none yet.
        derogation_duree_max_ans: 3, renewable; 0 when there is no waiver yet.
    """

    nombre_heures: float
    duree_mois: int
    derogation_depuis: date | None
    derogation_duree_max_ans: int


@dataclass(frozen=True, slots=True)
class MiseADisposition:
    """One placement of one worker, on one day.

    Attributes:
        date_debut: Day of the hours. A placement of several days is given day by day, or month by
            month at the price of a count exact to the month only.
        nombre_heures: Hours of that day or month.
        type_client: Who uses the worker.
    """

    date_debut: date
    nombre_heures: float
    type_client: TypeClient


@dataclass(frozen=True, slots=True)
class Derogation:
    """A waiver of the cap by the prefect.

    Attributes:
        date_debut, date_fin: First and last day, both included.
    """

    date_debut: date
    date_fin: date

    def covers(self, jour: date) -> bool:
        """Whether the day is under the waiver."""
        return self.date_debut <= jour <= self.date_fin


@dataclass(frozen=True, slots=True)
class Decompte:
    """Where one worker stands on a day.

    Attributes:
        arrete_au: Day of the count, included.
        lecture: Reading of the article that it follows.
        date_depart: First day of the 24 months; None when nothing opened them.
        date_anniversaire: Day on which 24 months have passed; the last day of the period is the
            day before. None without a start.
        nombre_heures_comptees: Hours under the cap within the 24 months.
        nombre_heures_restantes: What is left of the cap, never negative.
        nombre_heures_sous_derogation: Hours with capped clients done under a waiver.
        nombre_heures_depassement: Hours over the cap that no waiver covers.
        nombre_heures_sans_plafond: Hours with clients that the cap does not concern.
        nombre_heures_hors_periode: Hours with capped clients from the anniversary on, without
            waiver. The article does not say whether they are forbidden or open a new count.
        date_plafond_atteint: Day on which the cap was used up to the hour or passed; None if not.
        date_franchissement: Day on which it was passed without waiver; None if it was not.
        avertissements: What the reader must know, French sentences.
    """

    arrete_au: date
    lecture: Lecture
    date_depart: date | None
    date_anniversaire: date | None
    nombre_heures_comptees: float
    nombre_heures_restantes: float
    nombre_heures_sous_derogation: float
    nombre_heures_depassement: float
    nombre_heures_sans_plafond: float
    nombre_heures_hors_periode: float
    date_plafond_atteint: date | None
    date_franchissement: date | None
    avertissements: tuple[str, ...]
