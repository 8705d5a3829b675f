"""Terms of one annexe as they are known month after month, from its avenants and arrêtés."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from maillage.kernel.money import Centimes, sum_centimes
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.regles.versement.hypotheses import (
    HYPOTHESES,
    HypothesesVersement,
    MontantAvenant,
    PriseEnCompte,
)

if TYPE_CHECKING:
    from maillage.regles.versement.annexe import Annexe
    from maillage.regles.versement.avenant import Avenant

_CENTIEMES = 100


@dataclass(frozen=True, slots=True)
class Termes:
    """What one month of an annexe agrees.

    Attributes:
        etp_centiemes: Monthly ETP, in hundredths.
        montant_unitaire: Cents per ETP and per year.
    """

    etp_centiemes: int
    montant_unitaire: int

    @property
    def etp(self) -> Fraction:
        """Monthly ETP, exact."""
        return Fraction(self.etp_centiemes, _CENTIEMES)

    @property
    def montant_mensuel(self) -> Fraction:
        """Cents of one month, not rounded."""
        return self.etp * self.montant_unitaire / MOIS_PAR_AN


@dataclass(frozen=True, slots=True)
class Periode:
    """Months of an annexe in a row that agree the same.

    Attributes:
        dernier_mois: Last one, counted from 1 at the start of the annexe.
        longueur: How many.
        termes: What each agrees.
        montant: Agreed amount of the period. Those of an annexe add up to its amount.
    """

    dernier_mois: int
    longueur: int
    termes: Termes
    montant: Centimes

    @property
    def montants_mensuels(self) -> tuple[Centimes, ...]:
        """Amount of each month, rounded in cumul so that they add up to that of the period."""
        cumuls = [
            _round_half_up(Fraction(self.montant.nombre * rang, self.longueur))
            for rang in range(self.longueur + 1)
        ]
        return tuple(Centimes(apres - avant) for avant, apres in pairwise(cumuls))


@dataclass(frozen=True, slots=True)
class Version:
    """The whole annexe as it is known from one of its months on.

    Attributes:
        rang_connu: First payment that follows it: 1 to the length, or the length + 1 when it only
            comes with the settlement.
        termes: Of each month, whatever was known in it.
        nouveaux: The avenants that make it, in the order of their effect; none for the first.
    """

    rang_connu: int
    termes: tuple[Termes, ...]
    nouveaux: tuple[Avenant, ...] = ()

    @property
    def periodes(self) -> tuple[Periode, ...]:
        """Months gathered by what they agree.

        The ASP rounds a year once, and a shorter annexe month by month; so is a year with several
        periods rounded once: in cumul, each period takes the cents that the year has then reached.
        """
        periodes: list[Periode] = []
        fait, exact, compte = 0, Fraction(0), 0
        for termes, mois in groupby(self.termes):
            longueur = len(list(mois))
            fait += longueur
            if len(self.termes) == MOIS_PAR_AN:
                exact += longueur * termes.montant_mensuel
                montant = _round_half_up(exact) - compte
                compte += montant
            else:
                montant = longueur * _round_half_up(termes.montant_mensuel)
            periodes.append(Periode(fait, longueur, termes, Centimes(montant)))
        return tuple(periodes)

    @property
    def montant_total(self) -> Centimes:
        """Agreed amount of the annexe."""
        return sum_centimes(periode.montant for periode in self.periodes)


def build_versions(
    annexe: Annexe, hypotheses: HypothesesVersement = HYPOTHESES
) -> tuple[Version, ...]:
    """The annexe as first agreed, then after each change, in the order in which they are known.

    Args:
        annexe: With its avenants.
        hypotheses: What an avenant makes of the past, and from when a decision is followed.

    Returns:
        One version for an annexe that does not change. The last one is what is settled.
    """
    initiaux = Termes(annexe.etp_centiemes, annexe.montant_unitaire.nombre)
    sans = (initiaux,) * annexe.duree_mois
    avenants = sorted(annexe.avenants, key=lambda un: un.effet)
    connus = [(_find_rang_connu(annexe, un, hypotheses), un) for un in avenants]
    versions = [Version(1, sans)]
    for rang in sorted({rang for rang, _ in connus}):
        suivis = [avenant for connu, avenant in connus if connu <= rang]
        termes = _apply(annexe, suivis, sans, hypotheses)
        if termes == versions[-1].termes:
            continue
        nouveaux = tuple(avenant for connu, avenant in connus if connu == rang)
        if rang == 1:
            versions[-1] = Version(1, termes, nouveaux)
        else:
            versions.append(Version(rang, termes, nouveaux))
    return tuple(versions)


def montant_final(annexe: Annexe, hypotheses: HypothesesVersement = HYPOTHESES) -> Centimes:
    """Agreed amount of an annexe once all its avenants are counted.

    Args:
        annexe: With its avenants.
        hypotheses: The readings of what the texts leave open.
    """
    return build_versions(annexe, hypotheses)[-1].montant_total


def _find_rang_connu(annexe: Annexe, avenant: Avenant, hypotheses: HypothesesVersement) -> int:
    effet = annexe.find_rang(avenant.effet)
    if avenant.decision is None or avenant.decision <= avenant.effet:
        return effet
    tard = hypotheses.prise_en_compte is PriseEnCompte.MOIS_SUIVANT
    return min(annexe.find_rang(avenant.decision) + tard, annexe.duree_mois + 1)


def _apply(
    annexe: Annexe,
    avenants: list[Avenant],
    sans: tuple[Termes, ...],
    hypotheses: HypothesesVersement,
) -> tuple[Termes, ...]:
    termes = list(sans)
    entiere = hypotheses.montant_avenant is MontantAvenant.ANNEXE_ENTIERE
    for avenant in avenants:
        depuis = 1 if entiere and not avenant.arrete else annexe.find_rang(avenant.effet)
        for mois in range(depuis - 1, len(termes)):
            termes[mois] = _change(termes[mois], avenant)
    return tuple(termes)


def _change(termes: Termes, avenant: Avenant) -> Termes:
    etp, montant = avenant.etp_conventionnes, avenant.montant_unitaire
    return Termes(
        termes.etp_centiemes if etp is None else int(etp * _CENTIEMES),
        termes.montant_unitaire if montant is None else montant.nombre,
    )


def _round_half_up(nombre: Fraction) -> int:
    """To the cent, halves up: no amount here is negative."""
    return (2 * nombre.numerator + nombre.denominator) // (2 * nombre.denominator)
