"""Exits under the public counting rule, for a set of annexes and for each structure."""

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

CATEGORIES = ("durable", "transition", "positive", "autre")
DYNAMIQUES = ("durable", "transition", "positive")
_HORS = ("retrait", "sans_categorie", "sous_seuil", "duree_inconnue")
_VUES = ("EtatMensuelIndiv", "RefMotifSort", "RefCategorieSort")


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
        sans_categorie: With a motive that no referential explains.
        sous_seuil: Under 150 hours (AI, ETTI), one hour (EITI), or 2.65 months or one hour (ACI, EI).
        duree_inconnue: Of an ACI or an EI, without a contract that says how long they stayed.
        prevision: Dynamic exits that the annexes announced, percentage weighted by their posts.
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
    sans_categorie: Valeur
    sous_seuil: Valeur
    duree_inconnue: Valeur
    prevision: Valeur


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


def list_sorties(
    faits: Faits, annee: int, filtre: Filtre | None = None, perimetre: str = PILOTAGE
) -> list[SortiesStructure]:
    """Exits of each structure that has an annexe in the year, by name."""
    groupes = open_groups(faits, annee, filtre, perimetre)
    figures = _count(faits, annee, groupes.annexes, groupes.ensembles, len(groupes.cles))
    lignes = [
        SortiesStructure(cle, nom, figure)
        for cle, nom, figure in zip(groupes.cles, groupes.noms, figures, strict=True)
    ]
    return sorted(lignes, key=lambda ligne: (ligne.denomination, ligne.cle))


def _count(
    faits: Faits,
    annee: int,
    annexes: NDArray[np.int64],
    ensembles: NDArray[np.int64],
    nombre: int,
) -> list[Sorties]:
    prevision = _announced(faits, annexes, ensembles, nombre)
    if not all(map(faits.extrait.has_vue, _VUES)):
        return [_unknown(p) for p in prevision]
    ensemble_de = np.full(faits.annexes.num_rows, -1, dtype=np.int64)
    ensemble_de[annexes] = ensembles
    lieux = ensemble_de[faits.place_annexes(faits.sorties)]
    garde = (lieux >= 0) & (faits.sortie("annee") == annee)
    sommes = {
        nom: np.bincount(lieux[garde], weights=faits.sortie(nom)[garde], minlength=nombre)
        for nom in (*CATEGORIES, *_HORS)
    }
    return [
        _make({nom: int(somme[rang]) for nom, somme in sommes.items()}, prevision[rang])
        for rang in range(nombre)
    ]


def _make(comptes: dict[str, int], prevision: Valeur) -> Sorties:
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
        sans_categorie=comptes["sans_categorie"],
        sous_seuil=comptes["sous_seuil"],
        duree_inconnue=comptes["duree_inconnue"],
        prevision=prevision,
    )


def _unknown(prevision: Valeur) -> Sorties:
    return Sorties(*(Absence.INCONNUE,) * 13, prevision)


def _announced(
    faits: Faits,
    annexes: NDArray[np.int64],
    ensembles: NDArray[np.int64],
    nombre: int,
) -> list[Valeur]:
    """Dynamic exits announced, weighted by the posts of the annexes that announce them."""
    connues = faits.is_known("taux_sorties_prevu_centiemes")[annexes]
    poids = faits.annexe("etp_centiemes")[annexes] * connues
    taux = faits.annexe("taux_sorties_prevu_centiemes")[annexes] / 100
    haut = np.bincount(ensembles, weights=poids * taux, minlength=nombre)
    bas = np.bincount(ensembles, weights=poids, minlength=nombre)
    return [
        h / b if b else Absence.INCONNUE for h, b in zip(haut.tolist(), bas.tolist(), strict=True)
    ]
