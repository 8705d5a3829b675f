"""What the texts that could be read leave open about payment: each reading has a name.

A reading is an assumption, never a rule of law: it is shown with the result and can be changed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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


class MontantAvenant(Lecture):
    """What an avenant of the convention makes of the months before its effect."""

    PAR_PERIODE = (
        "Un avenant vaut à partir de son mois d’effet\u00a0: les mois d’avant gardent leurs ETP et leur "
        "montant par ETP, et le total s’arrondit comme celui d’une annexe de même durée."
    )
    ANNEXE_ENTIERE = (
        "Un avenant remplace l’annexe depuis son premier jour\u00a0: dans les extraits publiés qui "
        "ont été lus, la ligne d’un avenant porte toute la période et un seul nombre d’ETP."
    )


class Revalorisation(Lecture):
    """Whether an arrêté that takes effect during the annexe changes its unit amount."""

    PREMIER_JOUR = (
        "L’annexe garde toute sa durée le montant par ETP de son premier jour, comme les annexes "
        "réelles qui ont été lues."
    )
    DATE_EFFET = (
        "Un arrêté qui change le montant par ETP vaut pour l’annexe à partir de son mois d’effet, "
        "même s’il est publié plus tard."
    )


class PriseEnCompte(Lecture):
    """From which payment on a decision is followed."""

    MOIS_SUIVANT = (
        "Un avenant signé, ou un arrêté publié, après son mois d’effet change l’avance à partir du "
        "mois qui suit."
    )
    MOIS_MEME = "Un avenant signé, ou un arrêté publié, après son mois d’effet change l’avance du mois même."


class Rattrapage(Lecture):
    """When the advances already paid are brought to the new terms."""

    REGULARISATION = (
        "Les avances déjà versées ne changent pas\u00a0: la différence vient à la régularisation "
        "suivante, ou au solde."
    )
    AUSSITOT = (
        "La différence sur les avances déjà versées s’ajoute à l’avance du premier mois qui tient "
        "compte de l’avenant ou de l’arrêté, ou en est reprise."
    )


class Compensation(Lecture):
    """Whether a cumulated cap lets work pass from one side of an avenant to the other."""

    PAR_PERIODE = (
        "Un avenant rouvre le compte du plafond\u00a0: un mois au-dessus des postes conventionnés ne "
        "compense qu’un mois de la même période."
    )
    ANNEXE = (
        "Le compte du plafond court sur toute l’annexe\u00a0: un mois au-dessus compense un mois "
        "au-dessous d’une autre période, au montant de celle-ci."
    )


@dataclass(frozen=True, slots=True)
class HypothesesVersement:
    """The reading chosen for each open point, and the one that is used by default.

    Attributes:
        mensualite: What the monthly twelfth is a twelfth of.
        mois_observes: Which months a regularisation looks at.
        plafond: How the cap applies over the months.
        reprise: What happens when a recovery is larger than the month's advance.
        montant_avenant: What an avenant makes of the months before its effect.
        revalorisation: Whether an arrêté that takes effect during the annexe changes its amount.
        prise_en_compte: From which payment on a decision is followed.
        rattrapage: When the advances already paid are brought to the new terms.
        compensation: Whether a cumulated cap crosses an avenant.
    """

    mensualite: Mensualite = Mensualite.MOIS_DE_L_ANNEXE
    mois_observes: MoisObserves = MoisObserves.PRECEDENTS
    plafond: Plafond = Plafond.CUMULE
    reprise: Reprise = Reprise.REPORT
    montant_avenant: MontantAvenant = MontantAvenant.PAR_PERIODE
    revalorisation: Revalorisation = Revalorisation.PREMIER_JOUR
    prise_en_compte: PriseEnCompte = PriseEnCompte.MOIS_SUIVANT
    rattrapage: Rattrapage = Rattrapage.REGULARISATION
    compensation: Compensation = Compensation.PAR_PERIODE

    def __iter__(self) -> Iterator[Lecture]:
        """The readings, in the order of the attributes."""
        return (getattr(self, field.name) for field in fields(self))

    def list_utiles(self, *, avec_changement: bool) -> tuple[Lecture, ...]:
        """Readings that a schedule rests on.

        Args:
            avec_changement: Whether the terms of the annexe change during it: those about changes
                say nothing of another annexe.
        """
        return tuple(
            getattr(self, nom)
            for nom, point in POINTS.items()
            if avec_changement or not point.de_changement
        )


@dataclass(frozen=True, slots=True)
class Point:
    """One open point, as a reader is asked about it.

    Attributes:
        titre: French, without a full stop.
        lectures: The readings; the default comes first.
        de_changement: Whether it only matters where the terms of the annexe change.
    """

    titre: str
    lectures: type[Lecture]
    de_changement: bool = False

    @property
    def defaut(self) -> Lecture:
        """The reading used when none is asked for."""
        return next(iter(self.lectures))


POINTS: Mapping[str, Point] = {
    "mensualite": Point("L’avance d’une annexe plus courte qu’un an", Mensualite),
    "mois_observes": Point("Les mois que regarde une régularisation", MoisObserves),
    "plafond": Point("Le plafond des postes conventionnés", Plafond),
    "reprise": Point("Une reprise plus forte que l’avance", Reprise),
    "revalorisation": Point("Un arrêté qui prend effet pendant l’annexe", Revalorisation),
    "montant_avenant": Point("Les mois d’avant un avenant", MontantAvenant, de_changement=True),
    "prise_en_compte": Point(
        "Une décision prise après son mois d’effet", PriseEnCompte, de_changement=True
    ),
    "rattrapage": Point("Les avances déjà versées", Rattrapage, de_changement=True),
    "compensation": Point(
        "Le plafond de part et d’autre d’un avenant", Compensation, de_changement=True
    ),
}
"""Open points by the name of their attribute, in the order in which they are asked."""

HYPOTHESES = HypothesesVersement()
"""The readings used when none is asked for."""


def choose_lectures(
    choix: Mapping[str, str], points: Mapping[str, Point] = POINTS
) -> dict[str, Lecture]:
    """Readings chosen by their codes.

    Args:
        choix: Code of a reading by name of its point, as in `{"plafond": "mensuel"}`.
        points: The open points that may be chosen.

    Returns:
        The readings by name of their point, only those chosen.

    Raises:
        SaisieInvalide: MLG-REG-228 no such point; MLG-REG-229 no such reading of it; all told, with
            the name of the point in `ou`.
    """
    lectures: dict[str, Lecture] = {}
    anomalies: list[Anomalie] = []
    for nom, code in choix.items():
        point = points.get(nom)
        if point is None:
            anomalies.append(
                Anomalie(
                    "MLG-REG-228",
                    f"Le calcul n’a pas d’hypothèse {guillemets(nom)}.",
                    f"Choisissez {join_fr(points, 'ou')}.",
                    nom,
                )
            )
            continue
        trouvee = next((un for un in point.lectures if un.code == code.strip()), None)
        if trouvee is None:
            codes = join_fr((un.code for un in point.lectures), "ou")
            anomalies.append(
                Anomalie(
                    "MLG-REG-229",
                    f"{guillemets(code)} n’est pas une lecture de l’hypothèse {nom}.",
                    f"Choisissez {codes}.",
                    nom,
                )
            )
        else:
            lectures[nom] = trouvee
    if anomalies:
        raise SaisieInvalide(*anomalies)
    return lectures
