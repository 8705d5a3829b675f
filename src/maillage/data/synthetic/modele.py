"""A synthetic network whole: its structures and their annexes; its people are made by blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.data.synthetic.annexes import Annexes, make_annexes
from maillage.data.synthetic.calibrage import Calibrage, load_calibrage
from maillage.data.synthetic.jours import first_of_month, to_day
from maillage.data.synthetic.montants import Referentiel
from maillage.data.synthetic.parcours import Contrats, Parcours, make_contrats, make_parcours
from maillage.data.synthetic.structures import Structures, make_structures
from maillage.data.synthetic.tirages import Alea

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from maillage.data.synthetic.parametres import Bareme, Parametres

_PLACES_PAR_BLOC = 12_000


@dataclass(frozen=True, slots=True)
class Reseau:
    """What every view is written from.

    Attributes:
        parametres: What was asked.
        bareme: What the law gives.
        calibrage: Published targets.
        alea: Source of the draws.
        structures: All those of the history.
        annexes: Those of the years asked for, whether they are shown yet or not.
        referentiel: Amounts as the ASP numbers them.
    """

    parametres: Parametres
    bareme: Bareme
    calibrage: Calibrage
    alea: Alea
    structures: Structures
    annexes: Annexes
    referentiel: Referentiel

    @property
    def au(self) -> int:
        """Day of the extraction."""
        return to_day(self.parametres.au)

    @property
    def du(self) -> int:
        """First day of the first year."""
        return int(first_of_month(self.parametres.annees[0], 1))

    def shown_structures(self) -> NDArray[np.int64]:
        """Ranks of the structures of which an annexe is shown."""
        return np.unique(self.annexes.structure[self.annexes.is_shown(self.au)])

    def blocks(self) -> Iterator[Bloc]:
        """People of the network, some structures at a time."""
        choisies = self.shown_structures()
        cumul = np.cumsum(self.structures.places[choisies])
        numeros = cumul // _PLACES_PAR_BLOC
        for numero in np.unique(numeros):
            du_bloc = choisies[numeros == numero]
            parcours = make_parcours(
                self.structures, du_bloc, self.calibrage, self.alea, self.du, self.au
            )
            yield Bloc(parcours, make_contrats(parcours, self.structures))


@dataclass(frozen=True, slots=True)
class Bloc:
    """Stays of some structures, and their contracts."""

    parcours: Parcours
    contrats: Contrats


def make_reseau(parametres: Parametres, bareme: Bareme) -> Reseau:
    """Draw a network, its people apart."""
    calibrage = load_calibrage()
    alea = Alea(parametres.graine)
    structures = make_structures(parametres, calibrage, alea)
    return Reseau(
        parametres=parametres,
        bareme=bareme,
        calibrage=calibrage,
        alea=alea,
        structures=structures,
        annexes=make_annexes(structures, calibrage, bareme, alea, *parametres.annees),
        referentiel=Referentiel(bareme),
    )
