"""What structures declare on their annexes: supervision of the year before, funders of the last closed year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.pilotage.choisies import GARDEES, open_groups
from maillage.indicators.pilotage.etp import PILOTAGE
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from maillage.indicators.pilotage.filtre import Filtre
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

FINANCEURS = (
    *("etat", "departement", "region", "intercommunalite", "commune", "fse", "plie", "agefiph"),
    *("autre", "fondation"),
)
"""Funders that an annexe names, as the columns of the facts do."""
_CENT = 100


@dataclass(frozen=True, slots=True)
class Encadrement:
    """Supervision, as declared for the year before.

    Attributes:
        cle: (asp_id, type); None for a set of structures.
        denomination: Name.
        structures: Structures that have an annexe in the year.
        declarent: Of which declare it.
        technique: ETP of technical supervision.
        accompagnement: ETP of socio-professional accompaniment.
        insertion: ETP of the people in insertion.
        taux_technique: ETP of technical supervision for 100 ETP in insertion.
        taux_accompagnement: ETP of accompaniment for 100 ETP in insertion.
    """

    cle: Cle | None
    denomination: str
    structures: int
    declarent: int
    technique: Valeur
    accompagnement: Valeur
    insertion: Valeur
    taux_technique: Valeur
    taux_accompagnement: Valeur


@dataclass(frozen=True, slots=True)
class Financeurs:
    """Where the income of the last closed year came from, as declared.

    Attributes:
        cle: (asp_id, type); None for a set of structures.
        denomination: Name.
        structures: Structures that have an annexe in the year.
        declarent: Of which declare it.
        cloture: Last day of the year; None for a set.
        produits: Income of the year, euros.
        ventes: Of which sales, euros.
        aides: Euros by funder.
        part_ventes: Sales for 100 euros of income.
        part_aides: The funders together, for 100 euros of income.
    """

    cle: Cle | None
    denomination: str
    structures: int
    declarent: int
    cloture: date | None
    produits: Valeur
    ventes: Valeur
    aides: dict[str, Valeur]
    part_ventes: Valeur
    part_aides: Valeur


@lru_cache(maxsize=GARDEES)
def list_encadrement(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> tuple[Encadrement, ...]:
    """One line per structure that declares its supervision, by name.

    Several annexes of a structure repeat the same declaration: the one that declares most people in
    insertion is read, and the others are not added to it.
    """
    insertion = faits.annexe("etp_insertion_precedent_centiemes")
    lignes = []
    for cle, nom, places in _walk(faits, annee, filtre, perimetre):
        declarent = places[insertion[places] > 0]
        if not len(declarent):
            continue
        rang = int(declarent[np.argmax(insertion[declarent])])
        lignes.append(
            _supervise(
                cle,
                nom,
                {
                    champ: _cents(faits, f"etp_{champ}_centiemes", rang)
                    for champ in ("encadrement_technique", "accompagnement", "insertion_precedent")
                },
            )
        )
    return tuple(sorted(lignes, key=lambda ligne: (ligne.denomination, ligne.cle or (0, ""))))


@lru_cache(maxsize=GARDEES)
def summarise_encadrement(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> Encadrement:
    """All of them together: sums of ETP, then their ratio, over the structures that declare both terms."""
    lignes = list_encadrement(faits, annee, filtre, perimetre)
    return Encadrement(
        None,
        "",
        len(open_groups(faits, annee, filtre, perimetre).cles),
        len(lignes),
        _sum([ligne.technique for ligne in lignes]),
        _sum([ligne.accompagnement for ligne in lignes]),
        _sum([ligne.insertion for ligne in lignes]),
        _ratio_of_sums([(ligne.technique, ligne.insertion) for ligne in lignes]),
        _ratio_of_sums([(ligne.accompagnement, ligne.insertion) for ligne in lignes]),
    )


@lru_cache(maxsize=GARDEES)
def list_financeurs(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> tuple[Financeurs, ...]:
    """One line per structure that declares its income, by name.

    Several annexes of a structure repeat the same year: the last one that is closed is read once.
    """
    produits = faits.annexe("produits_exploitation_centimes")
    clotures = faits.annexe("cloture_exercice")
    lignes = []
    for cle, nom, places in _walk(faits, annee, filtre, perimetre):
        declarent = places[produits[places] > 0]
        if not len(declarent):
            continue
        # without a day it comes first, the greatest income last among equals
        ordre = np.lexsort(
            (
                produits[declarent],
                np.where(np.isnat(clotures[declarent]), np.datetime64(0, "D"), clotures[declarent]),
            )
        )
        rang = int(declarent[ordre[-1]])
        jour = clotures[rang]
        lignes.append(
            _fund(
                cle,
                nom,
                None if np.isnat(jour) else jour.astype(object),
                _cents(faits, "produits_exploitation_centimes", rang),
                _cents(faits, "ventes_centimes", rang),
                {nom: _cents(faits, f"aide_{nom}_centimes", rang) for nom in FINANCEURS},
            )
        )
    return tuple(sorted(lignes, key=lambda ligne: (ligne.denomination, ligne.cle or (0, ""))))


@lru_cache(maxsize=GARDEES)
def summarise_financeurs(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> Financeurs:
    """All of them together: sums of euros, then their ratio, over the structures that declare both terms.

    The accounts that two kinds of one structure repeat, of the same day and the same income, are added
    once.
    """
    lignes = list_financeurs(faits, annee, filtre, perimetre)
    comptes = {
        (ligne.cle[0] if ligne.cle else 0, ligne.cloture, ligne.produits): ligne for ligne in lignes
    }.values()
    return Financeurs(
        None,
        "",
        len(open_groups(faits, annee, filtre, perimetre).cles),
        len(lignes),
        None,
        _sum([ligne.produits for ligne in comptes]),
        _sum([ligne.ventes for ligne in comptes]),
        {nom: _sum([ligne.aides[nom] for ligne in comptes]) for nom in FINANCEURS},
        _ratio_of_sums([(ligne.ventes, ligne.produits) for ligne in comptes]),
        _ratio_of_sums([(_sum(list(ligne.aides.values())), ligne.produits) for ligne in comptes]),
    )


def _walk(
    faits: Faits, annee: int, filtre: Filtre | None, perimetre: str
) -> list[tuple[Cle, str, NDArray[np.int64]]]:
    """Key, name and annexes of each structure."""
    groupes = open_groups(faits, annee, filtre, perimetre)
    ordre = np.argsort(groupes.ensembles, kind="stable")
    coupes = np.searchsorted(groupes.ensembles[ordre], np.arange(len(groupes.cles) + 1))
    return [
        (cle, nom, groupes.annexes[ordre[coupes[rang] : coupes[rang + 1]]])
        for rang, (cle, nom) in enumerate(zip(groupes.cles, groupes.noms, strict=True))
    ]


def _cents(faits: Faits, nom: str, rang: int) -> Valeur:
    connu = bool(faits.is_known(nom)[rang])
    return int(faits.annexe(nom)[rang]) / _CENT if connu else Absence.INCONNUE


def _sum(valeurs: list[Valeur]) -> Valeur:
    """Sum of what is known; an absence when nothing is."""
    connues = [v for v in valeurs if not isinstance(v, Absence)]
    return sum(connues) if connues else Absence.INCONNUE


def _ratio(haut: Valeur, bas: Valeur) -> Valeur:
    if isinstance(haut, Absence) or isinstance(bas, Absence):
        return Absence.INCONNUE
    return 100 * haut / bas if bas else Absence.SANS_OBJET


def _ratio_of_sums(termes: list[tuple[Valeur, Valeur]]) -> Valeur:
    """Sum of the first terms for 100 of the second ones, of those who declare both."""
    complets = [paire for paire in termes if not any(isinstance(v, Absence) for v in paire)]
    return _ratio(_sum([haut for haut, _ in complets]), _sum([bas for _, bas in complets]))


def _supervise(cle: Cle, nom: str, etp: dict[str, Valeur]) -> Encadrement:
    technique, accompagnement, insertion = (
        etp[champ] for champ in ("encadrement_technique", "accompagnement", "insertion_precedent")
    )
    return Encadrement(
        cle,
        nom,
        1,
        1,
        technique,
        accompagnement,
        insertion,
        _ratio(technique, insertion),
        _ratio(accompagnement, insertion),
    )


def _fund(
    cle: Cle,
    nom: str,
    cloture: date | None,
    produits: Valeur,
    ventes: Valeur,
    aides: dict[str, Valeur],
) -> Financeurs:
    return Financeurs(
        cle,
        nom,
        1,
        1,
        cloture,
        produits,
        ventes,
        aides,
        _ratio(ventes, produits),
        _ratio(_sum(list(aides.values())), produits),
    )
