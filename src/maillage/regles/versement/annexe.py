"""One annexe and the occupation of its posts, checked as they are entered."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import accorder, format_ordinal
from maillage.kernel.money import format_euros
from maillage.kernel.period import Mois
from maillage.kernel.valeur import Absence
from maillage.regles.aide_au_poste.formules import duree_mois
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from maillage.kernel.money import Centimes
    from maillage.regles.versement.avenant import Avenant

EtpRealises: TypeAlias = "Decimal | Fraction | Absence"
"""Full-time equivalents of one month, exact; or the reason why they are not known."""

_CENTIEMES = 100


@dataclass(frozen=True, slots=True)
class Annexe:
    """What one annexe agrees.

    Attributes:
        date_debut_effet: First day.
        date_fin_effet: Last day.
        etp_conventionnes: Monthly ETP agreed, two decimals at most.
        montant_unitaire: Amount per ETP and per year, as printed on the annexe.
        avenants: What changes during the annexe, in any order.

    Raises:
        SaisieInvalide: MLG-REG-220 the length is not between 1 and 12 months; MLG-REG-221 negative
            ETP or amount; MLG-REG-222 ETP with more than two decimals; MLG-REG-231 a change that
            takes effect outside the annexe.
    """

    date_debut_effet: date
    date_fin_effet: date
    etp_conventionnes: Decimal
    montant_unitaire: Centimes
    avenants: tuple[Avenant, ...] = ()

    def __post_init__(self) -> None:
        anomalies = tuple(_check_annexe(self))
        if anomalies:
            raise SaisieInvalide(*anomalies)

    @property
    def duree_mois(self) -> int:
        """Length in months."""
        debut, fin = self.date_debut_effet, self.date_fin_effet
        return int(duree_mois(np.array([debut], "M8[D]"), np.array([fin], "M8[D]"))[0])

    @property
    def etp_centiemes(self) -> int:
        """Monthly ETP agreed, in hundredths."""
        return int(self.etp_conventionnes * 100)

    def mois(self, rang: int) -> Mois:
        """Calendar month of a month of the annexe, counted from 1; 13 is possible after the end.

        Raises:
            ValueError: there is no such calendar month.
        """
        depuis = self.date_debut_effet.year * MOIS_PAR_AN + self.date_debut_effet.month - 1
        annee, reste = divmod(depuis + rang - 1, MOIS_PAR_AN)
        return Mois(annee, reste + 1)

    def find_rang(self, mois: Mois) -> int:
        """Month of the annexe that a calendar month is, 1 for the first; under 1 before it."""
        debut = self.date_debut_effet
        return (mois.annee - debut.year) * MOIS_PAR_AN + mois.mois - debut.month + 1


def etp_mensuels_exacts(nombre_heures: Decimal, heures_par_etp: Decimal) -> Fraction:
    """Monthly ETP of so many hours, without any rounding: hours × 12 / hours of a full-time year.

    Args:
        nombre_heures: Hours of the month.
        heures_par_etp: Divisor printed on the row's own annexe, never a constant by kind.

    Raises:
        SaisieInvalide: MLG-REG-224 the divisor is not positive.

    Source:
        ASP monthly individual statement; public formula of the national steering dashboards.
    """
    if heures_par_etp <= 0:
        raise SaisieInvalide(
            Anomalie(
                "MLG-REG-224",
                f"Un ETP de {heures_par_etp} heures par an n’existe pas.",
                "Reprenez la durée annuelle d’un ETP imprimée sur l’annexe, par exemple 1820.",
            )
        )
    return Fraction(nombre_heures) * MOIS_PAR_AN / Fraction(heures_par_etp)


def check_etp_realises(annexe: Annexe, etp_realises: Sequence[EtpRealises]) -> None:
    """Refuse an occupation that cannot be that of the annexe.

    Raises:
        SaisieInvalide: MLG-REG-221 negative ETP; MLG-REG-223 more months than the annexe has.
    """
    anomalies = [
        _negative("Les ETP réalisés", str(etp), f"{format_ordinal(rang)} mois")
        for rang, etp in enumerate(etp_realises, start=1)
        if not isinstance(etp, Absence) and etp < 0
    ]
    if len(etp_realises) > annexe.duree_mois:
        donnes = accorder(len(etp_realises), "mois est donné", "mois sont donnés")
        anomalies.append(
            Anomalie(
                "MLG-REG-223",
                f"{donnes}, mais l’annexe n’en couvre que {annexe.duree_mois}.",
                "Gardez seulement les mois de l’annexe, du premier au dernier.",
            )
        )
    if anomalies:
        raise SaisieInvalide(*anomalies)


def _check_annexe(annexe: Annexe) -> Iterator[Anomalie]:
    if not 1 <= annexe.duree_mois <= MOIS_PAR_AN:
        yield Anomalie(
            "MLG-REG-220",
            f"Du {annexe.date_debut_effet:%d/%m/%Y} au {annexe.date_fin_effet:%d/%m/%Y}, l’annexe "
            f"ne dure pas de 1 à {MOIS_PAR_AN} mois.",
            "Vérifiez ses deux dates\u00a0: une annexe financière porte sur une année au plus.",
        )
    if annexe.etp_conventionnes < 0:
        yield _negative("Les ETP conventionnés", str(annexe.etp_conventionnes))
    if annexe.montant_unitaire.nombre < 0:
        yield _negative("Le montant unitaire", format_euros(annexe.montant_unitaire))
    for avenant in annexe.avenants:
        if not 1 <= annexe.find_rang(avenant.effet) <= annexe.duree_mois:
            yield Anomalie(
                "MLG-REG-231",
                f"L’avenant prend effet en {avenant.effet.libelle}, hors de l’annexe.",
                f"Donnez un mois entre {annexe.mois(1).libelle} et "
                f"{annexe.mois(annexe.duree_mois).libelle}.",
            )
    if annexe.etp_conventionnes * _CENTIEMES % 1:
        yield Anomalie(
            "MLG-REG-222",
            f"{annexe.etp_conventionnes} ETP ont plus de deux décimales.",
            "Reprenez les ETP imprimés sur l’annexe.",
        )


def _negative(quoi: str, valeur: str, ou: str = "") -> Anomalie:
    return Anomalie(
        "MLG-REG-221",
        f"{quoi} ne peuvent pas être négatifs\u00a0: {valeur}."
        if quoi.startswith("Les")
        else f"{quoi} ne peut pas être négatif\u00a0: {valeur}.",
        "Corrigez le signe\u00a0; une reprise se lit dans le calendrier, elle ne se saisit pas.",
        ou,
    )
