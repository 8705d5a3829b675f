"""Amounts of the law as the ASP numbers them: the referential RefMontantIae, and where annexes point."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from maillage.data.synthetic.parametres import Bareme, Montant

DUREE = "Nombre d'heures annuelles théoriques pour un salarié à taux plein"
MESURES = {
    "AI_DC": 1,
    "ACI_DC": 2,
    "EI_DC": 3,
    "ETTI_DC": 4,
    "FDI_DC": 5,
    "EI_MP": 6,
    "ACI_MP": 7,
    "EITI_DC": 8,
}
"""Identifiers of the measures.

Source:
    ASP list « mesure v2 » (les-emplois, `itou/asp/reference/`).
"""
_UN_JOUR = timedelta(days=1)
_HEURES_VUES = {"ACI": 11, "AI": 12, "EI": 15}
"""Identifiers read on published annexes (extract of February 2022); the others are ours."""


@dataclass(frozen=True, slots=True)
class LigneMontant:
    """One row of the referential.

    Attributes:
        identifiant: rmi_id.
        libelle, code: What it is.
        valeur: Hours or euros.
        debut, fin: Days; None for an end that is not known.
        mesure: rme_id.
        departement: « 976 » for Mayotte, else empty.
    """

    identifiant: int
    libelle: str
    code: str
    valeur: int
    debut: date
    fin: date | None
    mesure: int
    departement: str = ""


class Referentiel:
    """The referential, and the identifiers of what an annexe carries.

    Attributes:
        lignes: Every row.
    """

    def __init__(self, bareme: Bareme) -> None:
        self._bareme = bareme
        self._heures: dict[str, int] = {}
        self._montants: dict[tuple[str, str, date], int] = {}
        self.lignes: list[LigneMontant] = []
        self._add_hours()
        self._add_amounts()

    def find_heures(self, mesure: str) -> tuple[int, int]:
        """Identifier and hours of a full-time year, for a measure."""
        return self._heures[mesure], self._bareme.heures_par_etp(mesure.partition("_")[0])

    def find_montant(self, type_siae: str, regime: str, montant: Montant) -> int:
        """Identifier of an amount."""
        return self._montants[type_siae, regime, montant.date_effet]

    def _add_hours(self) -> None:
        """Dated rows per measure; those of ETTI changed: a join by measure doubles their hours."""
        suivant = 20
        for mesure, numero in MESURES.items():
            type_siae, _, regime = mesure.partition("_")
            datees = self._bareme.heures.get(type_siae, ())
            for rang, (debut, heures) in enumerate(datees):
                is_derniere = rang == len(datees) - 1
                identifiant = _HEURES_VUES.get(type_siae) if regime == "DC" else None
                if identifiant is None or not is_derniere:
                    identifiant, suivant = suivant, suivant + 1
                if is_derniere:
                    self._heures[mesure] = identifiant
                fin = None if is_derniere else datees[rang + 1][0] - _UN_JOUR
                self.lignes.append(
                    LigneMontant(identifiant, DUREE, "DUR_AN_ETP", heures, debut, fin, numero)
                )

    def _add_amounts(self) -> None:
        identifiant = 200
        for (type_siae, regime), montants in self._bareme.montants.items():
            mesure = f"{type_siae}_{'MP' if regime == 'MP' else 'DC'}"
            for rang, montant in enumerate(montants):
                is_dernier = rang == len(montants) - 1
                fin = None if is_dernier else montants[rang + 1].date_effet - _UN_JOUR
                self._montants[type_siae, regime, montant.date_effet] = identifiant
                self.lignes.append(
                    LigneMontant(
                        identifiant,
                        "Montant annuel de l'aide au poste pour un ETP",
                        "MT_AN_ETP",
                        montant.euros,
                        montant.date_effet,
                        fin,
                        MESURES[mesure],
                        "976" if regime == "MAYOTTE" else "",
                    )
                )
                identifiant += 1
