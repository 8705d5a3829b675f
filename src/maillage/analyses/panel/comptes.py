"""What the accounts of a structure give to the panel, beside its extract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.comptes.heure import read_hour, sum_charges
from maillage.analyses.panel.contributions import LIES as LIES_EXTRAIT
from maillage.analyses.panel.contributions import RATIOS as RATIOS_EXTRAIT
from maillage.indicators.panel.contribution import Mesure
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.comptes.exercice import Exercice
    from maillage.indicators.pilotage.heures import Heures
    from maillage.kernel.valeur import Valeur

MOIS_D_UN_EXERCICE = 12
RATIOS_COMPTES = {
    "cout_heure": "Coût complet, en euros par heure",
    "ventes_par_heure": "Ventes, en euros par heure",
    "resultat_pour_100": "Résultat, pour 100 euros de charges",
    "mois_de_tresorerie": "Trésorerie à la clôture, en mois de dépenses",
}
"""What accounts can give. An hour is billed for AI and ETTI, worked for the others: kinds never mix."""
RATIOS = RATIOS_EXTRAIT | RATIOS_COMPTES
"""All that the panel asks for. Of ratios that are linked, the first ones are published first."""
DES_MEMES_EUROS = ("cout_heure", "ventes_par_heure", "resultat_pour_100")
LIES = (LIES_EXTRAIT[0].union(DES_MEMES_EUROS), *LIES_EXTRAIT[1:])
"""Sales of an hour follow from its aids and from the shares of both; its cost is its products, but for the
result, which is most often within the protection interval. Months of cash follow from none."""


def choose_exercice(exercices: Iterable[Exercice], annee: int) -> Exercice | None:
    """The exercice of twelve months that closes in a year; None without any, or when several do."""
    found = [
        one
        for one in exercices
        if one.mouvements.dernier_jour.year == annee
        and len(one.mouvements.mois) == MOIS_D_UN_EXERCICE
    ]
    return found[0] if len(found) == 1 else None


def read_comptes(exercice: Exercice, heures: Heures, types: frozenset[str]) -> dict[str, Mesure]:
    """Ratios of an exercice; one that is unknown is not there.

    Args:
        exercice: Accounts of twelve months, of one structure only.
        heures: Entered over the same months.
        types: Kinds of that structure.
    """
    heure = read_hour(exercice, heures, types)
    diviseur = heure.annee.heures
    charges = sum_charges(exercice)
    found = {
        "cout_heure": _measure(heure.prix.cout, diviseur),
        "ventes_par_heure": _measure(heure.prix.ventes, diviseur),
        "resultat_pour_100": _measure(_per_100(heure.annee.resultat, charges), charges),
        "mois_de_tresorerie": _measure(exercice.cloture.mois_sur_exercice, charges),
    }
    return {nom: mesure for nom, mesure in found.items() if mesure is not None}


def _per_100(valeur: Valeur, charges: float) -> Valeur:
    if isinstance(valeur, Absence):
        return valeur
    return 100 * valeur / charges if charges > 0 else Absence.SANS_OBJET


def _measure(valeur: Valeur, poids: Valeur) -> Mesure | None:
    if isinstance(valeur, Absence) or isinstance(poids, Absence) or poids <= 0:
        return None
    return Mesure(valeur, poids)
