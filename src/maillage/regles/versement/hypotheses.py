"""What the texts that could be read leave open about payment: each reading has a name.

A reading is an assumption, never a rule of law: it is shown with the result and can be changed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Lecture(Enum):
    """One reading of a point that the text leaves open. The value is its sentence, in French."""

    @property
    def code(self) -> str:
        """ASCII identifier, stable in files and on the command line."""
        return self.name.lower()


class Mensualite(Lecture):
    """What the monthly twelfth is a twelfth of, for an annexe shorter than a year."""

    MOIS_DE_L_ANNEXE = (
        "Chaque mois, l’avance est le montant de l’annexe divisé par son nombre de mois\u00a0: un "
        "douzième du montant annuel, comme l’ASP arrondit elle-même les annexes plus courtes "
        "qu’un an."
    )
    DOUZIEME_DU_TOTAL = (
        "Chaque mois, l’avance est un douzième du montant de l’annexe, même si elle dure moins "
        "d’un an\u00a0: le reste vient avec les régularisations."
    )


class MoisObserves(Lecture):
    """Which months' occupation a regularisation looks at."""

    PRECEDENTS = (
        "La régularisation d’un mois porte sur les mois précédents\u00a0: les états mensuels du mois "
        "en cours ne sont pas encore saisis, et le solde attend le mois qui suit la fin."
    )
    MOIS_COMPRIS = "La régularisation d’un mois porte aussi sur ce mois lui-même."


class Plafond(Lecture):
    """How the cap at the agreed posts applies over the months."""

    CUMULE = (
        "Le plafond s’apprécie en cumul depuis le début de l’annexe\u00a0: un mois au-dessus des "
        "postes conventionnés compense un mois au-dessous."
    )
    MENSUEL = "Le plafond s’apprécie mois par mois\u00a0: un mois au-dessus ne compense rien."


class Reprise(Lecture):
    """What happens when a recovery is larger than the month's advance."""

    REPORT = (
        "Une reprise plus forte que l’avance du mois est retenue sur les mois suivants\u00a0; ce qui "
        "reste à la fin de l’annexe est reversé."
    )
    REVERSEMENT = "Une reprise plus forte que l’avance du mois est reversée aussitôt."


@dataclass(frozen=True, slots=True)
class HypothesesVersement:
    """The reading chosen for each open point, and the one that is used by default.

    Attributes:
        mensualite: What the monthly twelfth is a twelfth of.
        mois_observes: Which months a regularisation looks at.
        plafond: How the cap applies over the months.
        reprise: What happens when a recovery is larger than the month's advance.
    """

    mensualite: Mensualite = Mensualite.MOIS_DE_L_ANNEXE
    mois_observes: MoisObserves = MoisObserves.PRECEDENTS
    plafond: Plafond = Plafond.CUMULE
    reprise: Reprise = Reprise.REPORT

    def __iter__(self) -> Iterator[Lecture]:
        """The four readings, in the order of the attributes."""
        return (getattr(self, field.name) for field in fields(self))


HYPOTHESES = HypothesesVersement()
"""The readings used when none is asked for."""
