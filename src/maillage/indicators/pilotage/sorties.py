"""Exits under the public counting rule, for a set of annexes and for each structure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.pilotage.choisies import GARDEES, choose, open_groups
from maillage.indicators.pilotage.etp import PILOTAGE
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.pilotage.filtre import Filtre
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

CATEGORIES = ("durable", "transition", "positive", "autre")
DYNAMIQUES = ("durable", "transition", "positive")
_HORS = ("retrait", "sans_motif", "sans_categorie", "sous_heures", "sous_duree", "duree_inconnue")
_VUES = ("EtatMensuelIndiv", "RefMotifSort", "RefCategorieSort")
_DUREE = ("ACI", "EI")
"""Kinds whose exits need a contract that says how long somebody stayed."""
AXES = ("type", "departement_argent", "departement_structure", "millesime", "annexe_id")
"""What exits can be gathered by, besides structures."""
_PREVUS = {
    "prevision": "taux_sorties_prevu_centiemes",
    "prevision_durable": "taux_durable_prevu_centiemes",
    "prevision_transition": "taux_transition_prevu_centiemes",
    "prevision_positive": "taux_positive_prevu_centiemes",
}


@dataclass(frozen=True, slots=True)
class Sorties:
    """Exits of a set of annexes over a year; what the extract does not say is an absence.

    Attributes:
        sorties: Exits that are counted.
        durable: Of which in lasting work.
        transition: In transitional work.
        positive: In training or another structure.
        autre: Others.
        taux_durable: Percentage of the exits counted.
        taux_transition: The same.
        taux_positive: The same.
        taux_dynamique: Lasting, transitional and positive together.
        retraits: Withdrawn from the exits, by rule.
        sans_motif: Whose contract ended in the year, without a motive in the statements.
        sans_categorie: With a motive that no referential explains.
        sous_heures: Under 150 hours (AI, ETTI) or one hour (ACI, EI, EITI).
        sous_duree: Of an ACI or an EI, after 2.65 months or less.
        duree_inconnue: Of an ACI or an EI, without a contract that says how long they stayed.
        prevues: Exits that the annexes announced.
        prevision: Dynamic exits that the annexes announced, percentage weighted by the exits announced.
        prevision_durable: The same, in lasting work.
        prevision_transition: In transitional work.
        prevision_positive: In training or another structure.
        manque: Views or columns without which nothing is known, French; empty when nothing lacks.
    """

    sorties: Valeur
    durable: Valeur
    transition: Valeur
    positive: Valeur
    autre: Valeur
    taux_durable: Valeur
    taux_transition: Valeur
    taux_positive: Valeur
    taux_dynamique: Valeur
    retraits: Valeur
    sans_motif: Valeur
    sans_categorie: Valeur
    sous_heures: Valeur
    sous_duree: Valeur
    duree_inconnue: Valeur
    prevues: Valeur
    prevision: Valeur
    prevision_durable: Valeur
    prevision_transition: Valeur
    prevision_positive: Valeur
    manque: str

    @property
    def sous_seuil(self) -> Valeur:
        """Under the hours or the months of the rule."""
        if isinstance(self.sous_heures, Absence) or isinstance(self.sous_duree, Absence):
            return Absence.INCONNUE
        return self.sous_heures + self.sous_duree


@dataclass(frozen=True, slots=True)
class SortiesStructure:
    """Exits of a structure.

    Attributes:
        cle: (asp_id, type).
        denomination: Name.
        sorties: Its figures.
    """

    cle: Cle
    denomination: str
    sorties: Sorties


@dataclass(frozen=True, slots=True)
class SortiesGroupe:
    """Exits of the annexes that share something.

    Attributes:
        valeur: What they share: a kind, a département, a year, an annexe; empty when it is not known.
        sorties: Their figures.
    """

    valeur: str
    sorties: Sorties


@lru_cache(maxsize=GARDEES)
def summarise_sorties(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> Sorties:
    """Exits of all the annexes that a filter keeps.

    Args:
        faits: Of an extract.
        annee: Year of the statements.
        filtre: Which annexes.
        perimetre: `pilotage` or `conventionnees`.
    """
    annexes = choose(faits, annee, filtre, perimetre)
    return _count(faits, annee, annexes, np.zeros(len(annexes), dtype=np.int64), 1)[0]


@lru_cache(maxsize=GARDEES)
def list_sorties(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> tuple[SortiesStructure, ...]:
    """Exits of each structure that has an annexe in the year, by name."""
    groupes = open_groups(faits, annee, filtre, perimetre)
    figures = _count(faits, annee, groupes.annexes, groupes.ensembles, len(groupes.cles))
    lignes = [
        SortiesStructure(cle, nom, figure)
        for cle, nom, figure in zip(groupes.cles, groupes.noms, figures, strict=True)
    ]
    return tuple(sorted(lignes, key=lambda ligne: (ligne.denomination, ligne.cle)))


def group_sorties(
    faits: Faits,
    annee: int,
    axe: str,
    filtre: Filtre | None = None,
    perimetre: str = PILOTAGE,
) -> list[SortiesGroupe]:
    """Exits by one of `AXES`: the département of the money and that of the structure are two of them."""
    annexes = choose(faits, annee, filtre, perimetre)
    valeurs, ensembles = np.unique(faits.annexe(axe)[annexes].astype(str), return_inverse=True)
    figures = _count(faits, annee, annexes, ensembles, len(valeurs))
    return [
        SortiesGroupe(str(valeur), figure) for valeur, figure in zip(valeurs, figures, strict=True)
    ]


def _count(
    faits: Faits,
    annee: int,
    annexes: NDArray[np.int64],
    ensembles: NDArray[np.int64],
    nombre: int,
) -> list[Sorties]:
    prevues = _announced(faits, annexes, ensembles, nombre)
    manques = _find_missing(faits, annexes, ensembles, nombre)
    ensemble_de = np.full(faits.annexes.num_rows, -1, dtype=np.int64)
    ensemble_de[annexes] = ensembles
    lieux = ensemble_de[faits.place_annexes(faits.sorties)]
    garde = (lieux >= 0) & (faits.sortie("annee") == annee)
    sommes = {
        nom: np.bincount(lieux[garde], weights=faits.sortie(nom)[garde], minlength=nombre)
        for nom in (*CATEGORIES, *_HORS)
    }
    return [
        _make({nom: int(somme[rang]) for nom, somme in sommes.items()}, prevues[rang], manque)
        if not (manque := manques[rang])
        else Sorties(*(Absence.INCONNUE,) * 15, **prevues[rang], manque=manque)
        for rang in range(nombre)
    ]


def _find_missing(
    faits: Faits, annexes: NDArray[np.int64], ensembles: NDArray[np.int64], nombre: int
) -> list[str]:
    """What each set needs to know its exits, and that the extract does not have."""
    manques = [vue for vue in _VUES if not faits.extrait.has_vue(vue)]
    if not manques and not faits.has_colonne("EtatMensuelIndiv", "emi_motif_sortie_id"):
        manques = ["EtatMensuelIndiv (emi_motif_sortie_id)"]
    si_duree = list(manques)
    if not faits.extrait.has_vue("ContratMission"):
        si_duree.append("ContratMission")
    durees = np.bincount(
        ensembles, weights=np.isin(faits.annexe("type")[annexes], _DUREE), minlength=nombre
    )
    return [", ".join(si_duree if duree else manques) for duree in durees]


def _make(comptes: dict[str, int], prevues: dict[str, Valeur], manque: str) -> Sorties:
    total = sum(comptes[nom] for nom in CATEGORIES)

    def rate(nombre: int) -> Valeur:
        return 100 * nombre / total if total else Absence.SANS_OBJET

    return Sorties(
        sorties=total,
        durable=comptes["durable"],
        transition=comptes["transition"],
        positive=comptes["positive"],
        autre=comptes["autre"],
        taux_durable=rate(comptes["durable"]),
        taux_transition=rate(comptes["transition"]),
        taux_positive=rate(comptes["positive"]),
        taux_dynamique=rate(sum(comptes[nom] for nom in DYNAMIQUES)),
        retraits=comptes["retrait"],
        sans_motif=comptes["sans_motif"],
        sans_categorie=comptes["sans_categorie"],
        sous_heures=comptes["sous_heures"],
        sous_duree=comptes["sous_duree"],
        duree_inconnue=comptes["duree_inconnue"],
        **prevues,
        manque=manque,
    )


def _announced(
    faits: Faits,
    annexes: NDArray[np.int64],
    ensembles: NDArray[np.int64],
    nombre: int,
) -> list[dict[str, Valeur]]:
    """Exits announced, and rates weighted by them."""
    prevues = faits.annexe("sorties_prevues")[annexes]
    dites = faits.is_known("sorties_prevues")[annexes]
    qui = np.bincount(ensembles, weights=dites, minlength=nombre)
    somme = np.bincount(ensembles, weights=prevues, minlength=nombre)
    lues: list[dict[str, Valeur]] = [
        {"prevues": int(s) if q else Absence.INCONNUE} for q, s in zip(qui, somme, strict=True)
    ]
    for champ, colonne in _PREVUS.items():
        poids = prevues * faits.is_known(colonne)[annexes]
        haut = np.bincount(
            ensembles, weights=poids * faits.annexe(colonne)[annexes], minlength=nombre
        )
        bas = np.bincount(ensembles, weights=poids, minlength=nombre)
        for rang, (h, b) in enumerate(zip(haut.tolist(), bas.tolist(), strict=True)):
            lues[rang][champ] = h / b / 100 if b else Absence.INCONNUE
    return lues
