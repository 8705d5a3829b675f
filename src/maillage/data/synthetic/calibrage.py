"""Published totals that a network is made to give back: people by month, département and kind.

Source:
    Barometer of public policies, people in an IAE contract at month end, all kinds, France and
    départements, January 2017 to September 2022 (ASP). Register of December 2020 (ASP extranet, by
    les emplois de l'inclusion): structures by kind and commune. Dares: people by kind at the end of
    2022, evolution at the end of 2023; POEM (Dares): end of January 2025.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from maillage.data.reference.pack import embedded_pack
from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.parametres import ACI, AI, EI, EITI, ETTI, TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.data.reference.pack import Pack

ORIGINE = 2013
"""First year of the history that every network goes through, whatever the years that are asked for."""
FIN = 2027
_SERIE = "personnes_iae"
_PERIODES = {ACI: "ACI", AI: "AI", EI: "EI", ETTI: "ETTI"}
_PLEIN = 1.06
"""Places for one person of the yearly mean: the busiest month fills them all."""
_MODELE = (2017, 2018, 2019, 2021)
"""Years whose seasons are the model of those without any published month; 2020 is not one."""


@dataclass(frozen=True, slots=True)
class Calibrage:
    """Targets of the country.

    Attributes:
        stock: People at the end of each month from January of ORIGINE. Shape `(months,)`.
        niveau: Places open each month, out of those of the fullest one. Shape `(months,)`.
        activite: Open places whose person works in the month. Shape `(months,)`.
        places: Places of the fullest month, over the country.
        parts_types: Share of each kind (EITI apart) in the people, end of 2022. Shape `(5,)`.
        parts_departements: Share of each département in the people, by code.
        structures: Register of December 2020: kind, commune, département.
    """

    stock: NDArray[np.float64]
    niveau: NDArray[np.float64]
    activite: NDArray[np.float64]
    places: float
    parts_types: NDArray[np.float64]
    parts_departements: dict[str, float]
    structures: tuple[tuple[int, str, str], ...]

    def structures_by_type(self) -> NDArray[np.float64]:
        """Structures of the register, by kind; those of EITI are assumed. Shape `(5,)`."""
        comptes = np.zeros(len(TYPES))
        np.add.at(comptes, [rang for rang, _, _ in self.structures], 1)
        comptes[EITI] = hypotheses.EITI_STRUCTURES
        return comptes

    def people_by_structure(self, structures: int) -> NDArray[np.float64]:
        """Places of one structure of each kind, when the country has so many. Shape `(5,)`."""
        nombres = self.structures_by_type()
        nombres *= structures / nombres.sum()
        tailles = self.places * self.parts_types / nombres
        tailles[EITI] = hypotheses.PERSONNES_PAR_EITI
        return tailles


def month_index(annee: int, mois: int) -> int:
    """Rank of a month in the history."""
    return (annee - ORIGINE) * 12 + mois - 1


def load_calibrage(pack: Pack | None = None) -> Calibrage:
    """Targets from the embedded reference pack."""
    pack = pack or embedded_pack()
    mensuels = _read_stock(pack, "france")["FR"]
    stock, niveau_absolu = _complete(mensuels, pack)
    haut = niveau_absolu.max()
    return Calibrage(
        stock=stock,
        niveau=niveau_absolu / haut,
        activite=np.minimum(stock / (niveau_absolu * _PLEIN), 1.0),
        places=float(haut * _PLEIN),
        parts_types=_read_parts(pack),
        parts_departements=_read_departements(pack),
        structures=_read_register(pack),
    )


def _read_stock(pack: Pack, niveau: str) -> dict[str, dict[int, float]]:
    """People by territory, then by rank of month."""
    table = pack.tables["series"]
    table = table.filter(
        pc.and_(pc.equal(table["serie"], _SERIE), pc.equal(table["niveau"], niveau))
    )
    lus: dict[str, dict[int, float]] = {}
    for ligne in table.select(["code", "periode", "valeur"]).to_pylist():
        if ligne["valeur"] is not None:
            annee, mois = map(int, ligne["periode"].split("-"))
            lus.setdefault(ligne["code"], {})[month_index(annee, mois)] = ligne["valeur"]
    return lus


def _complete(
    mensuels: dict[int, float], pack: Pack
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Published months, and the others: yearly points, and the seasons of the years of `_MODELE`."""
    rangs = np.arange(month_index(FIN, 1))
    annees = np.array(
        [[mensuels[month_index(annee, mois)] for mois in range(1, 13)] for annee in _MODELE]
    )
    profil = (annees / annees.mean(axis=1, keepdims=True)).mean(axis=0)
    saison = profil[rangs % 12]
    fin_2022 = _read_publie(pack, "salaries_fin_periode", "total", "2022-12")
    evolution = _read_publie(pack, "evolution_salaries", "total", "2023-12")
    points = {
        **{rang: valeur / saison[rang] for rang, valeur in mensuels.items()},
        month_index(2022, 12): fin_2022 / saison[month_index(2022, 12)],
        month_index(2023, 12): fin_2022 * (1 + evolution / 100) / saison[month_index(2023, 12)],
        month_index(2025, 1): _read_publie(pack, "salaries_fin_periode", "total", "2025-01")
        / saison[month_index(2025, 1)],
    }
    connus = sorted(points)
    tendance = np.interp(rangs, connus, [points[rang] for rang in connus])
    stock = tendance * saison
    return stock, _smooth(tendance)


def _smooth(tendance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of the year around each month: what places follow; the spring of 2020 emptied them, not more."""
    large = np.pad(tendance, 6, mode="edge")
    glissante: NDArray[np.float64] = np.convolve(large, np.ones(13) / 13, mode="valid")
    creux = slice(month_index(2019, 9), month_index(2021, 3))
    glissante[creux] = np.linspace(
        glissante[creux.start], glissante[creux.stop], creux.stop - creux.start
    )
    return glissante


def _read_publie(pack: Pack, indicateur: str, kind: str, periode: str) -> float:
    for ligne in pack.tables["chiffres_publies"].to_pylist():
        cle = (ligne["territoire"], ligne["indicateur"], ligne["kind"], ligne["periode"])
        if cle == ("France", indicateur, kind, periode):
            return float(ligne["valeur"])
    msg = f"the pack has no {indicateur} of {kind} in {periode}"
    raise ValueError(msg)


def _read_parts(pack: Pack) -> NDArray[np.float64]:
    parts: NDArray[np.float64] = np.zeros(len(TYPES))
    for rang, nom in _PERIODES.items():
        parts[rang] = _read_publie(pack, "salaries_fin_periode", nom, "2022-12")
    return np.asarray(parts / parts.sum())


def _read_departements(pack: Pack) -> dict[str, float]:
    """Mean of the last twelve published months."""
    lus = _read_stock(pack, "departement")
    derniers = range(month_index(2021, 10), month_index(2022, 10))
    moyennes = {code: float(np.mean([mois[r] for r in derniers])) for code, mois in lus.items()}
    total = sum(moyennes.values())
    return {code: moyennes[code] / total for code in sorted(moyennes)}


def _read_register(pack: Pack) -> tuple[tuple[int, str, str], ...]:
    return tuple(
        (TYPES.index(ligne["kind"]), ligne["code_commune"], ligne["code_departement"])
        for ligne in pack.tables["structures"]
        .select(["siret", "kind", "code_commune", "code_departement"])
        .to_pylist()
        if ligne["kind"] in TYPES and ligne["code_commune"] and ligne["code_departement"]
    )
