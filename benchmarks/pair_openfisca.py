"""P4's peer, run in OpenFisca's own environment: the same payments, as a model of OpenFisca.

Two peers. « natif »: the schedule written as one writes a model there, a variable for each amount,
each month from the one before, euros in float32. « adaptateur »: the country package of this
project, which calls Maillage's own schedule and keeps cents in int32. Both go from arrays to
payments: a simulation is built, since it keeps what it has computed.

`p4_versement.py` starts this program and asks for a round by a line on its standard input.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit, Period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from openfisca_maillage import CountryTaxBenefitSystem

ANNEE = 2024
MOIS = [f"{ANNEE}-{rang:02d}" for rang in range(1, 13)] + [f"{ANNEE + 1}-01"]
REGULARISATIONS = (5, 8, 11)
MOIS_PAR_AN = 12
Donnees = dict[str, NDArray[Any]]

ANNEXE = build_entity(key="annexe", plural="annexes", label="Annexe", is_person=True)


def rank(period: Period) -> int:
    """Month of the schedule, from 1; 13 is the settlement."""
    return int((period.start.year - ANNEE) * MOIS_PAR_AN + period.start.month)


class etp(Variable):  # noqa: N801 - OpenFisca names a variable by its class
    """Monthly posts agreed."""

    value_type, entity, definition_period = float, ANNEXE, DateUnit.ETERNITY


class montant_unitaire(Variable):  # noqa: N801
    """Euros per post and per year."""

    value_type, entity, definition_period = float, ANNEXE, DateUnit.ETERNITY


class duree(Variable):  # noqa: N801
    """Length in months."""

    value_type, entity, definition_period = int, ANNEXE, DateUnit.ETERNITY


class occupation(Variable):  # noqa: N801
    """Posts occupied in the month."""

    value_type, entity, definition_period = float, ANNEXE, DateUnit.MONTH


class montant_total(Variable):  # noqa: N801
    """Agreed amount: twelve months at once, else so many rounded months."""

    value_type, entity, definition_period = float, ANNEXE, DateUnit.YEAR

    def formula(annexe: Any, period: Period) -> Any:  # noqa: N805 - a formula has no self
        """Euros."""
        annuel = annexe("etp", period) * annexe("montant_unitaire", period)
        mois = annexe("duree", period)
        par_mois = mois * np.round(annuel / MOIS_PAR_AN, 2)
        return np.where(mois == MOIS_PAR_AN, np.round(annuel, 2), par_mois)


class avance_cumulee(Variable):  # noqa: N801
    """Advances since the start."""

    value_type, entity, definition_period = float, ANNEXE, DateUnit.MONTH

    def formula(annexe: Any, period: Period) -> Any:  # noqa: N805
        """Euros."""
        mois = annexe("duree", period)
        total = annexe("montant_total", str(ANNEE))
        return np.round(total * np.minimum(rank(period), mois) / mois, 2)


class occupation_cumulee(Variable):  # noqa: N801
    """Posts occupied since the start, within the annexe."""

    value_type, entity, definition_period = float, ANNEXE, DateUnit.MONTH

    def formula(annexe: Any, period: Period) -> Any:  # noqa: N805
        """Posts."""
        dans = annexe("occupation", period) * (rank(period) <= annexe("duree", period))
        return dans if rank(period) == 1 else dans + annexe("occupation_cumulee", period.last_month)


class droit(Variable):  # noqa: N801
    """Right acquired since the start, capped at what is agreed."""

    value_type, entity, definition_period = float, ANNEXE, DateUnit.MONTH

    def formula(annexe: Any, period: Period) -> Any:  # noqa: N805
        """Euros."""
        mois, convenus = annexe("duree", period), annexe("etp", period)
        plafond = convenus * np.minimum(rank(period), mois)
        retenue = np.minimum(annexe("occupation_cumulee", period), plafond)
        return np.round(annexe("montant_total", str(ANNEE)) * retenue / (convenus * mois), 2)


class ecart(Variable):  # noqa: N801
    """Right less advances at the last regularisation."""

    value_type, entity, definition_period = float, ANNEXE, DateUnit.MONTH

    def formula(annexe: Any, period: Period) -> Any:  # noqa: N805
        """Euros."""
        if rank(period) < REGULARISATIONS[0]:
            return annexe.empty_array()
        avant = annexe("ecart", period.last_month)
        if rank(period) not in REGULARISATIONS:
            return avant
        vu = period.last_month
        nouveau = annexe("droit", vu) - annexe("avance_cumulee", vu)
        return np.where(annexe("duree", period) >= rank(period), nouveau, avant)


class paye_cumule(Variable):  # noqa: N801
    """Paid since the start: a recovery waits for the advances."""

    value_type, entity, definition_period = float, ANNEXE, DateUnit.MONTH

    def formula(annexe: Any, period: Period) -> Any:  # noqa: N805
        """Euros."""
        if rank(period) > MOIS_PAR_AN:
            return annexe("droit", period.last_month)
        du = annexe("avance_cumulee", period) + annexe("ecart", period)
        return du if rank(period) == 1 else np.maximum(du, annexe("paye_cumule", period.last_month))


class verse(Variable):  # noqa: N801
    """Paid in the month."""

    value_type, entity, definition_period = float, ANNEXE, DateUnit.MONTH

    def formula(annexe: Any, period: Period) -> Any:  # noqa: N805
        """Euros."""
        paye = annexe("paye_cumule", period)
        return paye if rank(period) == 1 else paye - annexe("paye_cumule", period.last_month)


def build_natif() -> TaxBenefitSystem:
    """The model above."""
    systeme = TaxBenefitSystem([ANNEXE])
    systeme.add_variables(
        *(etp, montant_unitaire, duree, occupation, montant_total, avance_cumulee),
        *(occupation_cumulee, droit, ecart, paye_cumule, verse),
    )
    return systeme


def pay_natif(systeme: TaxBenefitSystem, donnees: Donnees, facteur: int) -> NDArray[Any]:
    """Payments of the model above, in euros. Shape `(n, 13)`."""
    simulation = SimulationBuilder().build_default_simulation(systeme, len(donnees["etp"]))
    # Each month rests on the one before: OpenFisca takes that for a spiral beyond one step.
    simulation.max_spiral_loops = len(MOIS)
    simulation.set_input("etp", "ETERNITY", donnees["etp"] / 100)
    simulation.set_input("montant_unitaire", "ETERNITY", donnees["montant"] * facteur / 100)
    simulation.set_input("duree", "ETERNITY", donnees["duree"])
    for rang in range(MOIS_PAR_AN):
        simulation.set_input("occupation", MOIS[rang], donnees["occupation"][:, rang] / 100)
    return np.stack([simulation.calculate("verse", mois) for mois in MOIS], axis=1)


def pay_adaptateur(
    systeme: CountryTaxBenefitSystem, donnees: Donnees, facteur: int
) -> NDArray[Any]:
    """Payments of the country package, in cents. Shape `(n, 13)`.

    The settlement of a shorter annexe falls in the month after its end: it is put in the last
    column, as in the other computations.
    """
    lignes = len(donnees["etp"])
    simulation = SimulationBuilder().build_default_simulation(systeme, lignes)
    debut = np.full(lignes, f"{ANNEE}-01-01", dtype="datetime64[D]")
    fin = (debut.astype("datetime64[M]") + donnees["duree"]).astype("datetime64[D]") - 1
    simulation.set_input("date_debut_effet", "ETERNITY", debut)
    simulation.set_input("date_fin_effet", "ETERNITY", fin)
    simulation.set_input("etp_centiemes", "ETERNITY", donnees["etp"])
    simulation.set_input("montant_unitaire_centimes", "ETERNITY", donnees["montant"] * facteur)
    for rang in range(MOIS_PAR_AN):
        realises = donnees["occupation"][:, rang]
        simulation.set_input("etp_realises_centiemes", MOIS[rang], realises)
    verses = np.stack([simulation.calculate("verse_centimes", mois) for mois in MOIS], axis=1)
    courtes = np.flatnonzero(donnees["duree"] < MOIS_PAR_AN)
    verses[courtes, -1] = verses[courtes, donnees["duree"][courtes]]
    verses[courtes, donnees["duree"][courtes]] = 0
    return verses


def main() -> None:
    """Answer each line of the standard input by one round, or by the payments in a file."""
    dossier = Path(sys.argv[1])
    donnees = dict(np.load(dossier / "donnees.npz"))
    natif, adaptateur = build_natif(), CountryTaxBenefitSystem()
    pays = {
        "natif": lambda facteur: pay_natif(natif, donnees, facteur),
        "adaptateur": lambda facteur: pay_adaptateur(adaptateur, donnees, facteur),
    }
    for ligne in sys.stdin:
        action, nom = ligne.split()
        if action == "garder":
            np.save(dossier / f"{nom}.npy", pays[nom](1))
        else:
            pays[nom](1), pays[nom](2)
        print("fait", flush=True)


if __name__ == "__main__":
    main()
