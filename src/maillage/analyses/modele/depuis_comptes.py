"""What a year of accounts gives to a model: sales, permanent staff, charges and other income, in groups.

Every account of classes 6 and 7 falls in one group and one only, so that the model of the year itself
has the result of the accounts, but for the aide au poste, which the model computes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.comptes.heure import POSTES_DE_VENTES
from maillage.analyses.modele.hypotheses import Chiffre, Origine
from maillage.indicators.comptes.lignes import total
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.analyses.comptes.exercice import Exercice
    from maillage.kernel.valeur import Valeur

A_COMPLETER = "À compléter : "
DOTATIONS, SUBVENTIONS = "dotations", "subventions"
_CENT = 100
_SALAIRES, _COTISATIONS = "641", "645"
_CHARGES = {
    "achats": ("Achats", ("60",)),
    "services": ("Services extérieurs", ("61", "62")),
    "impots": ("Impôts et taxes, taxe sur les salaires comprise", ("63",)),
    "autres_charges_de_personnel": ("Autres charges de personnel", ("64",)),
    "gestion": ("Autres charges de gestion", ("65",)),
    DOTATIONS: ("Dotations, non payées", ("68",)),
    "autres_charges": ("Charges financières, exceptionnelles et impôts", ("66", "67", "69")),
}


@dataclass(frozen=True, slots=True)
class Comptes:
    """A year of accounts, in the groups of a model; euros.

    Attributes:
        fichier: Name of the accounting file.
        ventes: Sales.
        salaires_permanents: Gross pay that is not that of insertion.
        cotisations: Employer's contributions, all staff.
        charges: Other charges by code: label and figure.
        ressources: Income that is neither sales nor aide au poste, idem.
        aide: Aide au poste; an absence where the accounts do not tell it apart.
        resultat: Net result.
    """

    fichier: str
    ventes: float
    salaires_permanents: float
    cotisations: float
    charges: Mapping[str, tuple[str, Chiffre]]
    ressources: Mapping[str, tuple[str, Chiffre]]
    aide: Valeur
    resultat: float


def read_comptes(exercice: Exercice, salaires_insertion: float) -> Comptes:
    """A year of accounts, in the groups of a model.

    Args:
        exercice: The accounts.
        salaires_insertion: Gross pay of the people in insertion over the same year, euros.
    """
    balances = exercice.mouvements.annee
    fichier = exercice.mouvements.fichier
    vendues = (li for li in exercice.releve.lignes if li.poste.code in POSTES_DE_VENTES)
    ventes = total(vendues) / _CENT
    aide = exercice.aide_au_poste.montant
    aide_euros = aide if isinstance(aide, Absence) else aide / _CENT
    subventions = -_sum(balances, ("73", "74"))
    autres = -_sum(balances, ("7",)) - subventions - ventes
    charges, moindres = _gather_charges(balances, fichier)
    if not isinstance(aide_euros, Absence):
        subventions -= aide_euros
    return Comptes(
        fichier=fichier,
        ventes=ventes,
        salaires_permanents=_sum(balances, (_SALAIRES,)) - salaires_insertion,
        cotisations=_sum(balances, (_COTISATIONS,)),
        charges=charges | _add(moindres, autres, fichier, is_charge=True),
        ressources=_name_subventions(subventions, aide_euros, fichier)
        | _add(moindres, autres, fichier, is_charge=False),
        aide=aide_euros,
        resultat=-_sum(balances, ("6", "7")),
    )


def _gather_charges(
    balances: Mapping[str, int], fichier: str
) -> tuple[dict[str, tuple[str, Chiffre]], float]:
    """Groups that cost something, and the sum of those that bring in."""
    charges: dict[str, tuple[str, Chiffre]] = {}
    moindres = 0.0
    for code, (libelle, prefixes) in _CHARGES.items():
        montant = _sum(balances, prefixes)
        if prefixes == ("64",):
            montant -= _sum(balances, (_SALAIRES, _COTISATIONS))
        if montant > 0:
            source = f"Comptes {', '.join(prefixes)} du FEC {fichier}"
            charges[code] = (libelle, Chiffre(montant, Origine.DONNEE, source))
        moindres += min(montant, 0.0)
    return charges, moindres


def _name_subventions(
    subventions: float, aide: Valeur, fichier: str
) -> dict[str, tuple[str, Chiffre]]:
    libelle = "Subventions et concours publics, hors aide au poste"
    if subventions <= 0:
        return {}
    if not isinstance(aide, Absence):
        source = f"Comptes 73 et 74 du FEC {fichier}, moins l’aide au poste"
        return {SUBVENTIONS: (libelle, Chiffre(subventions, Origine.DONNEE, source))}
    reste = (
        f"{A_COMPLETER}retirez l’aide au poste de ce montant : les comptes 73 et 74 du FEC {fichier} ne la "
        "distinguent pas, et le modèle la calcule"
    )
    return {SUBVENTIONS: (libelle, Chiffre(subventions, Origine.HYPOTHESE, reste))}


def _add(
    moindres: float, autres: float, fichier: str, *, is_charge: bool
) -> dict[str, tuple[str, Chiffre]]:
    """What is left of class 7, and the groups of class 6 that bring in, on one line or the other."""
    reste = autres - moindres
    if reste == 0 or (reste < 0) is not is_charge:
        return {}
    source = f"Le reste des comptes 6 et 7 du FEC {fichier}"
    code, libelle = (
        ("moindres_produits", "Produits négatifs et variations")
        if is_charge
        else ("autres_produits", "Autres produits")
    )
    return {code: (libelle, Chiffre(abs(reste), Origine.DONNEE, source))}


def _sum(balances: Mapping[str, int], prefixes: tuple[str, ...]) -> float:
    """Debit minus credit of some accounts, euros."""
    return (
        sum(centimes for compte, centimes in balances.items() if compte.startswith(prefixes))
        / _CENT
    )
