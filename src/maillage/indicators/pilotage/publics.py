"""Who works in the structures: people followed, and the share of those the policy looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.indicators.pilotage.choisies import GARDEES, choose, open_groups
from maillage.indicators.pilotage.etp import PILOTAGE
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.pilotage.filtre import Filtre
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

AGE_SENIOR = 50
"""Age reached in the year from which somebody is counted as a senior."""
AGE_SENIOR_NATIONAL = 55
"""The same in the national tables (pilotage-airflow, `fluxIAE_Salarie_v2`, « Senior (55 ans et +) »)."""
UNE_HEURE_CENTIEMES = 100
PERSONNES_MIN = 5
"""Under so many people of whom it is known, no share is given: it would tell of somebody."""
PARTS = ("femmes", "rsa", "qpv", "rqth", "seniors")
_COLONNES = {"femmes": "femme", "rsa": "rsa", "qpv": "qpv", "rqth": "rqth"}


@dataclass(frozen=True, slots=True)
class Publics:
    """Who worked one hour at least in the year, in a set of annexes.

    Attributes:
        suivies: People followed: one per structure in which somebody worked.
        reelles: Real people: somebody in two structures counts once.
        sans_numero: People followed whose number is not known: each counts for one real person.
        femmes: Percentage of women, of those followed of whom it is known.
        rsa: Of those who received the RSA, at a higher rate or not.
        qpv: Of those who live in a priority district.
        rqth: Of those recognised as disabled workers.
        seniors: Of those who reach 50 in the year or are older.
        seniors_55: The same from 55, as in national tables.
        inconnus: For each share, people followed of whom it is not known.
    """

    suivies: Valeur
    reelles: Valeur
    sans_numero: Valeur
    femmes: Valeur
    rsa: Valeur
    qpv: Valeur
    rqth: Valeur
    seniors: Valeur
    seniors_55: Valeur
    inconnus: dict[str, int]


@dataclass(frozen=True, slots=True)
class PublicsStructure:
    """Who works in one structure.

    Attributes:
        cle: (asp_id, type).
        denomination: Name.
        publics: Its figures.
    """

    cle: Cle
    denomination: str
    publics: Publics


@lru_cache(maxsize=GARDEES)
def summarise_publics(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> Publics:
    """Who worked in all the annexes that a filter keeps.

    Args:
        faits: Of an extract.
        annee: Year of the statements.
        filtre: Which annexes.
        perimetre: `pilotage` or `conventionnees`.
    """
    annexes = choose(faits, annee, filtre, perimetre)
    return _describe(faits, annee, annexes, np.zeros(len(annexes), dtype=np.int64), 1)[0]


@lru_cache(maxsize=GARDEES)
def list_publics(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> tuple[PublicsStructure, ...]:
    """The same for each structure, by name."""
    groupes = open_groups(faits, annee, filtre, perimetre)
    figures = _describe(faits, annee, groupes.annexes, groupes.ensembles, len(groupes.cles))
    lignes = [
        PublicsStructure(cle, nom, figure)
        for cle, nom, figure in zip(groupes.cles, groupes.noms, figures, strict=True)
    ]
    return tuple(sorted(lignes, key=lambda ligne: (ligne.denomination, ligne.cle)))


@dataclass(frozen=True, slots=True, eq=False)
class _Gens:
    """People followed, each once per set of annexes, shape `(n,)`.

    Attributes:
        ensembles: Set of each.
        rangees: A row of each, for what is the same on all of them.
        oui: For each column, whether one row says yes.
        ecrit: For each column, whether one row says anything.
    """

    ensembles: NDArray[np.int64]
    rangees: NDArray[np.int64]
    oui: dict[str, NDArray[np.bool_]]
    ecrit: dict[str, NDArray[np.bool_]]


def _describe(
    faits: Faits,
    annee: int,
    annexes: NDArray[np.int64],
    ensembles: NDArray[np.int64],
    nombre: int,
) -> list[Publics]:
    """Figures of each set of annexes, all at once."""
    if not faits.has_saisies:
        return [Publics(*(Absence.INCONNUE,) * 9, inconnus={})] * nombre
    gens = _gather(faits, annee, annexes, ensembles)
    suivies = _count(gens.ensembles, nombre)
    connues = faits.knows_personne("reelle")[gens.rangees]
    numeros = faits.personne("reelle")[gens.rangees][connues]
    reelles = _count(_pair(gens.ensembles[connues], numeros)[1], nombre)
    sans = _count(gens.ensembles[~connues], nombre)
    ne = faits.knows_personne("annee_naissance")[gens.rangees]
    ages = annee - faits.personne("annee_naissance")[gens.rangees]
    reponses = {part: (gens.oui[nom], gens.ecrit[nom]) for part, nom in _COLONNES.items()}
    reponses["seniors"] = (ages >= AGE_SENIOR, ne)
    reponses["seniors_55"] = (ages >= AGE_SENIOR_NATIONAL, ne)
    comptes = {
        part: (_count(gens.ensembles[oui & ecrit], nombre), _count(gens.ensembles[ecrit], nombre))
        for part, (oui, ecrit) in reponses.items()
    }
    numerotees = bool(faits.knows_personne("reelle").any())
    figures = []
    for rang in range(nombre):
        parts = {
            part: _share(oui[rang], ecrit[rang], suivies[rang])
            for part, (oui, ecrit) in comptes.items()
        }
        figures.append(
            Publics(
                suivies=suivies[rang],
                reelles=reelles[rang] + sans[rang] if numerotees else Absence.INCONNUE,
                sans_numero=sans[rang],
                **{part: valeur for part, (valeur, _) in parts.items()},
                inconnus={part: parts[part][1] for part in PARTS},
            )
        )
    return figures


def _gather(
    faits: Faits, annee: int, annexes: NDArray[np.int64], ensembles: NDArray[np.int64]
) -> _Gens:
    """Rows of a year, those of one person in one set brought together by the hours of all of them."""
    ensemble_de = np.full(faits.annexes.num_rows, -1, dtype=np.int64)
    ensemble_de[annexes] = ensembles
    tous = ensemble_de[faits.place_annexes(faits.personnes)]
    rangees = np.flatnonzero((tous >= 0) & (faits.personne("annee") == annee))
    premieres, des, de = _pair(tous[rangees], faits.personne("personne")[rangees])

    def add(valeurs: NDArray[Any]) -> NDArray[Any]:
        return np.bincount(de, weights=valeurs[rangees], minlength=len(des))

    garde = add(faits.personne("heures_centiemes")) >= UNE_HEURE_CENTIEMES
    # what one contract of the year says holds, whatever another does not
    return _Gens(
        des[garde],
        rangees[premieres][garde],
        {nom: add(faits.personne(nom))[garde] > 0 for nom in _COLONNES.values()},
        {nom: add(faits.knows_personne(nom))[garde] > 0 for nom in _COLONNES.values()},
    )


def _pair(
    ensembles: NDArray[np.int64], identifiants: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Distinct pairs: place of the first of each, its set, and the pair of each entry."""
    distincts, places = np.unique(identifiants, return_inverse=True)
    _, premieres, de = np.unique(
        ensembles * len(distincts) + places, return_index=True, return_inverse=True
    )
    return premieres, ensembles[premieres], de


def _count(ensembles: NDArray[np.int64], nombre: int) -> list[int]:
    return np.bincount(ensembles, minlength=nombre).tolist()  # type: ignore[no-any-return]  # integers


def _share(oui: int, connus: int, tous: int) -> tuple[Valeur, int]:
    """Percentage among those of whom it is known, and how many are not."""
    if not tous:
        return Absence.SANS_OBJET, 0
    if tous < PERSONNES_MIN:
        return Absence.SECRETE, 0
    if not connus:
        return Absence.INCONNUE, tous
    if connus < PERSONNES_MIN:
        return Absence.SECRETE, tous - connus
    return 100 * oui / connus, tous - connus
