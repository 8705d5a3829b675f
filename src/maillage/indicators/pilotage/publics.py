"""Who works in the structures: people followed, and the share of those the policy looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.pilotage.choisies import choose, open_groups
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
    return _describe(faits, annee, _rows(faits, annee, annexes))


def list_publics(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> list[PublicsStructure]:
    """The same for each structure, by name."""
    groupes = open_groups(faits, annee, filtre, perimetre)
    ensemble_de = np.full(faits.annexes.num_rows, -1, dtype=np.int64)
    ensemble_de[groupes.annexes] = groupes.ensembles
    rangees = _rows(faits, annee, groupes.annexes)
    de = ensemble_de[faits.place_annexes(faits.personnes)[rangees]]
    ordre = np.argsort(de, kind="stable")
    coupes = np.searchsorted(de[ordre], np.arange(len(groupes.cles) + 1))
    lignes = [
        PublicsStructure(
            cle, nom, _describe(faits, annee, rangees[ordre[coupes[rang] : coupes[rang + 1]]])
        )
        for rang, (cle, nom) in enumerate(zip(groupes.cles, groupes.noms, strict=True))
    ]
    return sorted(lignes, key=lambda ligne: (ligne.denomination, ligne.cle))


def _rows(faits: Faits, annee: int, annexes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of the persons of some annexes in a year."""
    garde = np.zeros(faits.annexes.num_rows, dtype=bool)
    garde[annexes] = True
    dans = garde[faits.place_annexes(faits.personnes)] & (faits.personne("annee") == annee)
    return np.flatnonzero(dans)


def _describe(faits: Faits, annee: int, rangees: NDArray[np.int64]) -> Publics:
    if not faits.has_saisies:
        return Publics(*(Absence.INCONNUE,) * 9, inconnus={})
    # somebody with two annexes in one structure is one person followed, by the hours of both
    personnes, premieres, de = np.unique(
        faits.personne("personne")[rangees], return_index=True, return_inverse=True
    )
    heures = np.bincount(
        de, weights=faits.personne("heures_centiemes")[rangees], minlength=len(personnes)
    )
    suivies = heures >= UNE_HEURE_CENTIEMES
    lues = rangees[premieres][suivies]
    connus = faits.knows_personne("reelle")[lues]
    reelles = len(np.unique(faits.personne("reelle")[lues][connus]))
    sans = int((~connus).sum())
    parts: dict[str, Valeur] = {}
    inconnus: dict[str, int] = {}
    for part, nom in _COLONNES.items():
        # what one contract of the year says holds, whatever another does not
        ecrit = np.bincount(
            de, weights=faits.knows_personne(nom)[rangees], minlength=len(personnes)
        )
        vrai = np.bincount(de, weights=faits.personne(nom)[rangees], minlength=len(personnes))
        dit = suivies & (ecrit > 0)
        parts[part], inconnus[part] = _share(vrai[dit] > 0, len(lues))
    ne = faits.knows_personne("annee_naissance")[lues]
    ages = annee - faits.personne("annee_naissance")[lues][ne]
    parts["seniors"], inconnus["seniors"] = _share(ages >= AGE_SENIOR, len(lues))
    seniors_55, _ = _share(ages >= AGE_SENIOR_NATIONAL, len(lues))
    numerotees = faits.knows_personne("reelle").any()
    return Publics(
        suivies=len(lues),
        reelles=reelles + sans if numerotees else Absence.INCONNUE,
        sans_numero=sans,
        femmes=parts["femmes"],
        rsa=parts["rsa"],
        qpv=parts["qpv"],
        rqth=parts["rqth"],
        seniors=parts["seniors"],
        seniors_55=seniors_55,
        inconnus=inconnus,
    )


def _share(vrais: NDArray[np.bool_], tous: int) -> tuple[Valeur, int]:
    """Percentage among those of whom it is known, and how many are not."""
    if not tous:
        return Absence.SANS_OBJET, 0
    if tous < PERSONNES_MIN:
        return Absence.SECRETE, 0
    if not len(vrais):
        return Absence.INCONNUE, tous
    if len(vrais) < PERSONNES_MIN:
        return Absence.SECRETE, tous - len(vrais)
    return 100 * float(vrais.sum()) / len(vrais), tous - len(vrais)
