"""What is asked of one annexe beyond its agreed amount: complements, changes, readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.regles.versement.hypotheses import (
    HYPOTHESES,
    POINTS,
    HypothesesVersement,
    Lecture,
    Point,
    choose_lectures,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.kernel.money import Centimes
    from maillage.regles.versement.annexe import EtpRealises
    from maillage.regles.versement.avenant import Avenant


class PostesCdi(Lecture):
    """Whether the posts in CDI inclusion are among those of the annexe."""

    EN_PLUS = (
        "Les postes en CDI inclusion s’ajoutent à ceux de l’annexe\u00a0: leur aide s’ajoute à son "
        "montant."
    )
    COMPRIS = (
        "Les postes en CDI inclusion sont compris dans les ETP de l’annexe\u00a0: leur aide remplace la "
        "part de son montant qui leur revient."
    )


class RsaRetenu(Lecture):
    """Which RSA the share of the département follows."""

    CHAQUE_MOIS = "La part du département suit le RSA de chaque mois\u00a0: le texte compte par mois et par salarié."
    PREMIER_MOIS = "La part du département garde toute l’annexe le RSA de son premier mois."


POINTS_COMPLEMENTS: Mapping[str, Point] = {
    "postes_cdi": Point("Les postes en CDI inclusion", PostesCdi),
    "rsa_retenu": Point("Le RSA de la part du département", RsaRetenu),
}
"""Open points of the complements, by the name of their attribute."""
TOUS_LES_POINTS: Mapping[str, Point] = {**POINTS, **POINTS_COMPLEMENTS}
"""Every open point of the calculator, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Modulation:
    """Weights of a département and marks of a structure, on the three headings of the code.

    Attributes:
        poids: Persons hired, actions and means, results at exit; in per cent, 100 in all.
        notes: The same headings, 0 to 100.
    """

    poids: tuple[int, int, int]
    notes: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Passerelle:
    """Posts in contrat passerelle.

    Attributes:
        etp_centiemes: Full-time posts, hundredths.
        nombre_mois: Length of the contracts.
    """

    etp_centiemes: int
    nombre_mois: int


@dataclass(frozen=True, slots=True)
class CdiInclusion:
    """Posts in CDI inclusion.

    Attributes:
        etp_centiemes: Monthly ETP, hundredths.
        date_embauche: Day of hiring in CDI inclusion.
    """

    etp_centiemes: int
    date_embauche: date


@dataclass(frozen=True, slots=True)
class Beneficiaires:
    """Former recipients of the RSA among the persons of the annexe.

    Attributes:
        nombres: One number for every month, or one for each.
        rsa: Flat amount of a month, the user's own; None for that of the law.
    """

    nombres: tuple[int, ...]
    rsa: Centimes | None = None


@dataclass(frozen=True, slots=True)
class DemandeComplements:
    """Complements asked for; None where one is not.

    Attributes:
        modulation: Modulated part.
        passerelle: Contrat passerelle.
        cdi: CDI inclusion.
        beneficiaires: Share of the département.
        postes_cdi: Whether the posts in CDI inclusion are among those of the annexe.
        rsa_retenu: Which RSA the share of the département follows.
    """

    modulation: Modulation | None = None
    passerelle: Passerelle | None = None
    cdi: CdiInclusion | None = None
    beneficiaires: Beneficiaires | None = None
    postes_cdi: PostesCdi = PostesCdi.EN_PLUS
    rsa_retenu: RsaRetenu = RsaRetenu.CHAQUE_MOIS

    def __bool__(self) -> bool:
        """Whether at least one is asked for."""
        return any((self.modulation, self.passerelle, self.cdi, self.beneficiaires))


@dataclass(frozen=True, slots=True)
class Demande:
    """Everything that is asked beyond the agreed amount.

    Attributes:
        etp_realises: Monthly ETP, from the first month; those not given are not known.
        avenants: What changes during the annexe.
        hypotheses: Readings of the payment.
        complements: Complements asked for.
    """

    etp_realises: tuple[EtpRealises, ...] = ()
    avenants: tuple[Avenant, ...] = ()
    hypotheses: HypothesesVersement = HYPOTHESES
    complements: DemandeComplements = DemandeComplements()


SANS_DEMANDE = Demande()
"""Only the agreed amount, and its payment with the default readings."""


def read_lectures(
    choix: Mapping[str, str],
) -> tuple[HypothesesVersement, dict[str, Lecture]]:
    """Readings of the payment, and those of the complements, from their codes.

    Args:
        choix: Code of a reading by name of its point.

    Returns:
        All the readings of the payment, and the chosen ones of the complements by their name.

    Raises:
        SaisieInvalide: MLG-REG-228 or MLG-REG-229, all told.
    """
    lectures = choose_lectures(choix, TOUS_LES_POINTS)
    paiement = {nom: un for nom, un in lectures.items() if nom in POINTS}
    autres = {nom: un for nom, un in lectures.items() if nom in POINTS_COMPLEMENTS}
    return HypothesesVersement(**paiement), autres  # type: ignore[arg-type]  # each of its point
