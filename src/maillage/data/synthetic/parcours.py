"""The stays of people in structures, and the contracts that make each: the whole history, cut at a day.

A structure has places; a place is held by one person after another. Who holds it, for how long, and
whether it is filled depend on the seed, the place and the rank of the stay only.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gamma
from typing import TYPE_CHECKING

import numpy as np

from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.calibrage import ORIGINE, month_index
from maillage.data.synthetic.jours import MOIS_MOYEN, first_of_month, month_of
from maillage.data.synthetic.parametres import TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.data.synthetic.calibrage import Calibrage
    from maillage.data.synthetic.structures import Structures
    from maillage.data.synthetic.tirages import Alea

SEJOURS_MAX = 256
"""Stays that one place can have in the history; ranks of stays are written on 8 bits."""
CONTRATS_MAX = 32
_MIN_JOURS = 7.0
_DELAI_EFFET = 150
"""Days after its beginning at which a stay is judged useful: the middle of a mean stay."""


@dataclass(frozen=True, slots=True)
class Parcours:
    """Stays, one row each. Everything has shape `(n,)`.

    Attributes:
        personne: Identifier of the person in the structure.
        structure: Rank of the structure.
        place: Number of the place over the network.
        debut, fin: First and last day.
    """

    personne: NDArray[np.int64]
    structure: NDArray[np.int64]
    place: NDArray[np.int64]
    debut: NDArray[np.int64]
    fin: NDArray[np.int64]

    def __len__(self) -> int:
        """How many."""
        return len(self.personne)

    def take(self, choix: NDArray[np.int64] | NDArray[np.bool_]) -> Parcours:
        """Some of them."""
        return Parcours(
            self.personne[choix],
            self.structure[choix],
            self.place[choix],
            self.debut[choix],
            self.fin[choix],
        )


@dataclass(frozen=True, slots=True)
class Contrats:
    """Contracts, one row each. Everything has shape `(n,)`.

    Attributes:
        identifiant: Of the contract.
        parcours: Rank of the stay.
        rang: 0 for the first one, then the number of renewals.
        debut: First day.
        fin_prevue: Last day as signed.
        fin: Last day as it was.
        is_dernier: Whether the stay ends with it.
    """

    identifiant: NDArray[np.int64]
    parcours: NDArray[np.int64]
    rang: NDArray[np.int64]
    debut: NDArray[np.int64]
    fin_prevue: NDArray[np.int64]
    fin: NDArray[np.int64]
    is_dernier: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many."""
        return len(self.identifiant)


def make_parcours(
    structures: Structures,
    choisies: NDArray[np.int64],
    calibrage: Calibrage,
    alea: Alea,
    du: int,
    au: int,
) -> Parcours:
    """Stays of some structures that touch the days from `du` to `au`, sorted by place and day.

    Args:
        structures: Of the network.
        choisies: Ranks of those wanted.
        calibrage: How many places are filled.
        alea: Of the network.
        du: First day.
        au: Last day.
    """
    place, structure = number_places(structures, choisies)
    type_siae = structures.type[structure]
    origine = structures.premier_jour[structure]
    terme = structures.dernier_jour[structure]
    durees = _Durees(alea, type_siae)
    # the history begins in the middle of a first stay
    curseur = origine - (alea.uniform("phase de place", place) * durees.draw(place, 0)).astype(int)
    gardes: list[Parcours] = []
    vivantes = np.arange(len(place))
    for rang in range(SEJOURS_MAX):
        duree = durees.draw(place[vivantes], rang, vivantes)
        debut = curseur[vivantes]
        fin = np.minimum(debut + duree - 1, terme[vivantes])
        mois = month_of(debut + _DELAI_EFFET) - (ORIGINE - 1970) * 12
        ouvert = calibrage.niveau[np.clip(mois, 0, len(calibrage.niveau) - 1)]
        rempli = alea.uniform("rempli", place[vivantes], rang) < ouvert
        garde = rempli & (fin >= max(du, 0)) & (debut <= au) & (fin >= debut)
        les = vivantes[garde]
        gardes.append(
            Parcours(
                place[les] * SEJOURS_MAX + rang + 1,
                structure[les],
                place[les],
                np.maximum(debut[garde], origine[les]),
                fin[garde],
            )
        )
        curseur[vivantes] = debut + duree
        vivantes = vivantes[(curseur[vivantes] <= au) & (curseur[vivantes] <= terme[vivantes])]
        if not len(vivantes):
            break
    ensemble = Parcours(
        *(
            np.concatenate([getattr(g, nom) for g in gardes])
            for nom in ("personne", "structure", "place", "debut", "fin")
        )
    )
    return ensemble.take(np.argsort(ensemble.personne, kind="stable"))


def number_places(
    structures: Structures, choisies: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number over the network, and structure, of each place of some structures."""
    premieres = np.concatenate([[0], np.cumsum(structures.places)[:-1]])
    nombres = structures.places[choisies]
    structure = np.repeat(choisies, nombres)
    dans = np.arange(int(nombres.sum())) - np.repeat(np.cumsum(nombres) - nombres, nombres)
    return premieres[structure] + dans, structure


@dataclass(frozen=True, slots=True)
class _Durees:
    """Lengths of stays: Weibull, of the mean of each kind once long ones are cut."""

    alea: Alea
    type_siae: NDArray[np.int64]

    def draw(
        self, place: NDArray[np.int64], rang: int, choix: NDArray[np.int64] | None = None
    ) -> NDArray[np.int64]:
        """Days of the stays of that rank."""
        types = self.type_siae if choix is None else self.type_siae[choix]
        moyennes = np.array([hypotheses.DUREE_PARCOURS_MOIS[t] for t in range(len(TYPES))])[types]
        echelle = moyennes / gamma(1 + 1 / hypotheses.FORME_DUREE)
        tirage = self.alea.uniform("duree", place, rang)
        mois = echelle * (-np.log1p(-tirage)) ** (1 / hypotheses.FORME_DUREE)
        jours = np.minimum(mois, hypotheses.DUREE_MAX_MOIS) * MOIS_MOYEN
        return np.maximum(jours, _MIN_JOURS).astype(np.int64)


def make_contrats(parcours: Parcours, structures: Structures) -> Contrats:
    """Contracts of stays, sorted as they are: each is renewed until the stay ends."""
    longueurs = np.array([hypotheses.CONTRAT_MOIS[t] for t in range(len(TYPES))]) * MOIS_MOYEN
    longueur = longueurs.astype(np.int64)[structures.type[parcours.structure]]
    nombre = np.clip(-(-(parcours.fin - parcours.debut + 1) // longueur), 1, CONTRATS_MAX)
    rang_parcours = np.repeat(np.arange(len(parcours)), nombre)
    rang = np.arange(len(rang_parcours)) - np.repeat(np.cumsum(nombre) - nombre, nombre)
    debut = parcours.debut[rang_parcours] + rang * longueur[rang_parcours]
    fin_prevue = debut + longueur[rang_parcours] - 1
    is_dernier = rang == nombre[rang_parcours] - 1
    return Contrats(
        identifiant=parcours.personne[rang_parcours] * CONTRATS_MAX + rang,
        parcours=rang_parcours,
        rang=rang,
        debut=debut,
        fin_prevue=fin_prevue,
        fin=np.where(is_dernier, parcours.fin[rang_parcours], fin_prevue),
        is_dernier=is_dernier,
    )


def is_active(
    alea: Alea, calibrage: Calibrage, place: NDArray[np.int64], mois: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether the person of a place works in a month (months since January 1970)."""
    rangs = np.clip(mois - (ORIGINE - 1970) * 12, 0, len(calibrage.activite) - 1)
    return alea.uniform("actif", place, mois) < calibrage.activite[rangs]


def count_people(
    parcours: Parcours, calibrage: Calibrage, alea: Alea, annee: int, mois: int
) -> NDArray[np.bool_]:
    """Which stays count among the people in contract at the end of a month, and work in it."""
    dernier = int(first_of_month(annee, mois + 1)) - 1
    present = (parcours.debut <= dernier) & (parcours.fin >= dernier)
    rang = np.full(len(parcours), (ORIGINE - 1970) * 12 + month_index(annee, mois))
    return present & is_active(alea, calibrage, parcours.place, rang)
