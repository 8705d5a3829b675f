"""The accounts of a year and the hours of the extract, brought together: the price of an hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.comptes.heure import Annee, PrixDUneHeure, price_hour
from maillage.indicators.comptes.lignes import total
from maillage.indicators.comptes.postes import Etape
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.analyses.comptes.exercice import Exercice
    from maillage.indicators.pilotage.heures import Heures
    from maillage.kernel.valeur import Valeur

FACTUREES, TRAVAILLEES = "facturées", "travaillées"
TYPES_QUI_FACTURENT = frozenset({"AI", "ETTI"})
"""Kinds whose hours are sold one by one, to a client who has the work done."""
POSTES_DE_VENTES = frozenset({"ventes_marchandises", "production_vendue", "mises_a_disposition"})
"""Lines of the sales."""
_EXPLOITATION = ("60", "61", "62", "63", "64", "65", "681")
_SALAIRES, _CHARGES_SOCIALES = "641", "645"
_CENT = 100


@dataclass(frozen=True, slots=True)
class HeureDeLAnnee:
    """The price of an hour, and what it was found with.

    Attributes:
        prix: The figures.
        annee: What they were computed from, euros and hours.
        nature: `FACTUREES` or `TRAVAILLEES`: which hours divide.
    """

    prix: PrixDUneHeure
    annee: Annee
    nature: str


def read_hour(exercice: Exercice, heures: Heures, types: frozenset[str]) -> HeureDeLAnnee:
    """The price of an hour of an exercice.

    Args:
        exercice: The accounts of the year.
        heures: Entered over the months of that year.
        types: Kinds of the structures whose hours they are.
    """
    nature = FACTUREES if types and types <= TYPES_QUI_FACTURENT else TRAVAILLEES
    balances = exercice.mouvements.annee
    aide = exercice.aide_au_poste.montant
    annee = Annee(
        heures=heures.facturees if nature == FACTUREES else heures.travaillees,
        charges=sum_charges(exercice),
        ventes=total(li for li in exercice.releve.lignes if li.poste.code in POSTES_DE_VENTES)
        / _CENT,
        aide_au_poste=aide if isinstance(aide, Absence) else aide / _CENT,
        salaires_insertion=heures.salaire_brut,
        taux_charges_sociales=_rate(balances),
        resultat=next(s.centimes for s in exercice.sig if s.etape is Etape.NET) / _CENT,
    )
    return HeureDeLAnnee(price_hour(annee), annee, nature)


def sum_charges(exercice: Exercice) -> float:
    """Operating charges of a year, euros: accounts 60 to 65, and 681."""
    return _sum(exercice.mouvements.annee, _EXPLOITATION)


def _sum(balances: Mapping[str, int], prefixes: tuple[str, ...]) -> float:
    return sum(centimes for nom, centimes in balances.items() if nom.startswith(prefixes)) / _CENT


def _rate(balances: Mapping[str, int]) -> Valeur:
    salaires = _sum(balances, (_SALAIRES,))
    return _sum(balances, (_CHARGES_SOCIALES,)) / salaires if salaires > 0 else Absence.INCONNUE
