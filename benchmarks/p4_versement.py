"""P4: agreed amounts and month-by-month payments of 14,000 annexes, baseline and reform.

The floor is the same arithmetic written by hand for these inputs only: no check of shapes or of
overflow, one regime, no settlement after an early end. Both give the same payments, to the cent.
The peer of the plan, the same model in OpenFisca, needs an environment of its own: not here yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from mesure import Ligne, Mesure, measure, print_table

from maillage.regles.aide_au_poste.formules import montant_total_annuel_centimes
from maillage.regles.versement.echeancier import Annexes, compute_echeancier
from maillage.regles.versement.regimes import REGIME_2017

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Entiers = NDArray[np.int64]

ANNEXES = 14_000
GRAINE = 7
SOCLES_CENTIMES = (144_100, 2_128_600, 1_108_700, 425_300)
DUREES_MOIS = (12, 12, 12, 6, 8)
REGULARISATIONS = ((5, 8), (8, 11), (11, 13))
DOUBLEMENT = 2


class Monde:
    """Random annexes: agreed posts in hundredths, unit amounts in cents, occupation by month."""

    def __init__(self, lignes: int) -> None:
        alea = np.random.default_rng(GRAINE)
        self.etp = alea.integers(50, 5_000, lignes)
        self.montant = alea.choice(SOCLES_CENTIMES, lignes)
        self.duree = alea.choice(DUREES_MOIS, lignes)
        part = alea.uniform(0.6, 1.2, (lignes, 12))
        self.occupation = (self.etp[:, None] * part).astype(np.int64)

    def pay(self, montant: Entiers) -> Entiers:
        """Payments of each month and of the settlement. Shape `(n, 13)`, cents."""
        total = montant_total_annuel_centimes(self.etp, montant, self.duree)
        solde = np.ones(len(total), dtype=bool)
        mois = REGIME_2017.find_mois(self.duree)
        annexes = Annexes(total, self.duree, self.etp, self.occupation, mois, solde)
        return compute_echeancier(annexes).verse

    def pay_by_hand(self, montant: Entiers) -> Entiers:
        """The same, written for these inputs only."""
        etp, duree, mois = self.etp, self.duree, np.arange(1, 13)
        mensuel = (etp * montant + 600) // 1200
        total = np.where(duree == 12, (etp * montant + 50) // 100, duree * mensuel)  # noqa: PLR2004 — months of a year
        ecoules = np.minimum(mois, duree[:, None])
        avance = (total[:, None] * ecoules * 2 + duree[:, None]) // (2 * duree[:, None])
        dans = np.where(mois <= duree[:, None], self.occupation, 0)
        occupe = np.minimum(np.cumsum(dans, axis=1), etp[:, None] * ecoules)
        plein = (etp * duree)[:, None]
        droit = (total[:, None] * occupe * 2 + plein) // (2 * plein)
        du = avance.copy()
        for debut, _fin in REGULARISATIONS:
            ok = duree >= debut
            ecart = droit[ok, debut - 2] - avance[ok, debut - 2]
            du[ok, debut - 1 :] = avance[ok, debut - 1 :] + ecart[:, None]
        cumul = np.hstack([np.maximum.accumulate(du, axis=1), droit[:, -1:]])
        return np.diff(cumul, axis=1, prepend=0)


def both(pay: Callable[[Entiers], Entiers], montant: Entiers) -> tuple[Entiers, Entiers]:
    """Payments under the law and under doubled amounts."""
    return pay(montant), pay(montant * DOUBLEMENT)


def time_ours(lignes: int) -> Mesure:
    """Our time for so many annexes."""
    monde = Monde(lignes)
    return measure({"nous": lambda: both(monde.pay, monde.montant)}, memory=False)["nous"]


def main() -> None:
    """Run P4 and print its table.

    Raises:
        ValueError: the two computations do not pay the same cents.
    """
    monde = Monde(ANNEXES)
    if not np.array_equal(monde.pay(monde.montant), monde.pay_by_hand(monde.montant)):
        msg = "ours and the floor do not pay the same"
        raise ValueError(msg)
    found = measure(
        {
            "nous": lambda: both(monde.pay, monde.montant),
            "plancher": lambda: both(monde.pay_by_hand, monde.montant),
        },
        repeats=15,
    )
    print(f"P4 — {ANNEXES} annexes × 12 mois, droit en vigueur et réforme")
    growth = [time_ours(ANNEXES * factor) for factor in (1, 10)]
    print_table([Ligne("versements", found["nous"], found["plancher"], croissance=growth)])


if __name__ == "__main__":
    main()
