"""P4: agreed amounts and month-by-month payments of 14,000 annexes, baseline and reform.

The floor is the same arithmetic written by hand for these inputs only: no check of shapes or of
overflow, one regime, no settlement after an early end. Both give the same payments, to the cent.
The peer is the same model in OpenFisca, in its own environment (`make openfisca`), on the same
annexes, its rounds taking turns with ours: `pair_openfisca.py` says how it is written.
"""

from __future__ import annotations

import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from mesure import Ligne, Mesure, measure, print_table

from maillage.regles.aide_au_poste.formules import montant_total_annuel_centimes
from maillage.regles.versement.echeancier import Annexes, compute_echeancier
from maillage.regles.versement.regimes import REGIME_2017

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Entiers = NDArray[np.int64]

ANNEXES = 14_000
GRAINE = 7
SOCLES_CENTIMES = (144_100, 2_128_600, 1_108_700, 425_300)
DUREES_MOIS = (12, 12, 12, 6, 8)
REGULARISATIONS = ((5, 8), (8, 11), (11, 13))
DOUBLEMENT = 2
RACINE = Path(__file__).resolve().parents[1]
PYTHON_OPENFISCA = RACINE / ".venv-openfisca" / "bin" / "python"
PAIRS = {"natif": "modèle OpenFisca", "adaptateur": "adaptateur OpenFisca"}


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


class Pair:
    """OpenFisca, in its own environment and process: started once, asked for rounds."""

    def __init__(self, dossier: Path, processus: subprocess.Popen[str]) -> None:
        self.dossier = dossier
        self.processus = processus

    def ask(self, demande: str) -> None:
        """Have one thing done, and wait for it.

        Raises:
            ChildProcessError: the process stopped.
        """
        if self.processus.stdin is None or self.processus.stdout is None:
            msg = "the process of OpenFisca has no pipe"
            raise ChildProcessError(msg)
        self.processus.stdin.write(demande + "\n")
        self.processus.stdin.flush()
        if self.processus.stdout.readline().strip() != "fait":
            msg = f"OpenFisca stopped at « {demande} »"
            raise ChildProcessError(msg)

    def pay(self, nom: str) -> NDArray[np.generic]:
        """Payments of one peer under the law. Shape `(n, 13)`, in its own unit."""
        self.ask(f"garder {nom}")
        verses: NDArray[np.generic] = np.load(self.dossier / f"{nom}.npy")
        return verses


@contextmanager
def start_pair(monde: Monde) -> Iterator[Pair]:
    """OpenFisca with the annexes of this run, until the block ends."""
    with TemporaryDirectory() as nom:
        dossier = Path(nom)
        np.savez(
            dossier / "donnees.npz",
            etp=monde.etp,
            montant=monde.montant,
            duree=monde.duree,
            occupation=monde.occupation,
        )
        commande = [str(PYTHON_OPENFISCA), str(Path(__file__).with_name("pair_openfisca.py")), nom]
        with subprocess.Popen(
            commande, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as processus:
            yield Pair(dossier, processus)


def say_exactitude(nous: Entiers, pair: Pair) -> None:
    """Where OpenFisca is exact to the cent, and where it is not.

    Raises:
        ValueError: the adapter, which keeps cents, does not pay the same cents.
    """
    if not np.array_equal(pair.pay("adaptateur"), nous):
        msg = "the OpenFisca adapter does not pay the same cents"
        raise ValueError(msg)
    ecarts = np.abs(pair.pay("natif").astype(np.float64) - nous / 100)
    faux = ecarts >= 0.005  # noqa: PLR2004 - half a cent
    print(
        f"Exactitude : l’adaptateur paie les mêmes centimes (int32, refusés au-delà de "
        f"21 474 836,47 €) ; le modèle en euros sur 32 bits se trompe d’un centime ou plus sur "
        f"{_virgule(faux.mean() * 100, 1)} % des {faux.size} versements, d’au plus "
        f"{_virgule(ecarts.max(), 2)} €."
    )


def _virgule(nombre: float, decimales: int) -> str:
    return f"{nombre:.{decimales}f}".replace(".", ",")


def main() -> None:
    """Run P4 and print its table.

    Raises:
        ValueError: two computations that keep cents do not pay the same cents.
    """
    monde = Monde(ANNEXES)
    nous = monde.pay(monde.montant)
    if not np.array_equal(nous, monde.pay_by_hand(monde.montant)):
        msg = "ours and the floor do not pay the same"
        raise ValueError(msg)
    works: dict[str, Callable[[], object]] = {
        "nous": lambda: both(monde.pay, monde.montant),
        "plancher": lambda: both(monde.pay_by_hand, monde.montant),
    }
    print(f"P4 — {ANNEXES} annexes × 12 mois, droit en vigueur et réforme")
    with ExitStack() as stack:
        if PYTHON_OPENFISCA.exists():
            pair = stack.enter_context(start_pair(monde))
            say_exactitude(nous, pair)
            works |= {nom: lambda nom=nom: pair.ask(f"payer {nom}") for nom in PAIRS}  # type: ignore[misc]  # a default keeps the name
        else:
            print("Pair OpenFisca non mesuré : son environnement manque (make openfisca).")
        found = measure(works, repeats=15)
    growth = [time_ours(ANNEXES * factor) for factor in (1, 10)]
    lignes = [
        Ligne(f"versements, pair : {titre}", found["nous"], found["plancher"], found[nom])
        for nom, titre in PAIRS.items()
        if nom in found
    ]
    print_table(
        [
            *lignes,
            Ligne("versements", found["nous"], found["plancher"], croissance=growth),
        ]
    )


if __name__ == "__main__":
    main()
