"""Columns of the départements that the analysis of the targets reads in the atlas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.gap import CLES, COMPOSITE
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Colonne, Valeur

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.analyses.diagnosis.atlas import Atlas

CIBLE, STOCK = "cible_iae", "personnes_iae"
PERIODE_CIBLE = "2022-12"
DEPART_2019, DEPART_2021, SITUATION = "2019-12", "2021-12", "2022-09"
TOUTES_CLES = (*CLES, COMPOSITE)


@dataclass(frozen=True, slots=True)
class Serie:
    """One column of départements, in the order of `Departements.codes`.

    Attributes:
        code: Stable ASCII name.
        nom: Name on screen, with its year.
        indicateur: Code of the indicator that it comes from.
        periode: Period of the figures in the cube.
        colonne: Figures, with the reason of each absence. Shape `(n,)`.
        periode_besoin: Period of the need behind a share; None when it is that of the figures.
    """

    code: str
    nom: str
    indicateur: str
    periode: str
    colonne: Colonne
    periode_besoin: str | None = None

    @property
    def date(self) -> str:
        """Period to show; empty for the composite, which has several."""
        return self.periode if self.periode_besoin is None else self.periode_besoin

    @property
    def nombres(self) -> NDArray[np.float64]:
        """Numbers, NaN where the figure is not one. Shape `(n,)`."""
        return self.colonne.nombres


@dataclass(frozen=True, slots=True)
class Departements:
    """The départements, their targets, their stocks, and the keys of need.

    Attributes:
        codes, noms: Of the départements, in one order for every column. Shape `(n,)`.
        cible: Target for 31 December 2022.
        stock_2019, stock_2021, stock_2022: People in IAE at the end of those months.
        tailles: Candidates among sizes; the last one is the control.
        taux: Candidates among rates of need.
        cles: Share of the national need under each key, 0–100.
    """

    codes: tuple[str, ...]
    noms: tuple[str, ...]
    cible: Serie
    stock_2019: Serie
    stock_2021: Serie
    stock_2022: Serie
    tailles: tuple[Serie, ...]
    taux: tuple[Serie, ...]
    cles: tuple[Serie, ...]

    def get(self, code: str) -> Serie:
        """Candidate of that code among the sizes.

        Raises:
            KeyError: no such candidate.
        """
        found = {serie.code: serie for serie in self.tailles}
        return found[code]


_TAILLES = (
    ("structures", "Structures de l’IAE", "structures_tous", None),
    ("demandeurs", "Demandeurs d’emploi", "demandeurs_emploi", None),
    ("rsa", "Allocataires du RSA", "rsa_allocataires", None),
    ("population_20_64", "Population de 20 à 64\u00a0ans", "population_20_64", None),
)
_TAUX = (
    (
        "demandeurs_pour_100",
        "Demandeurs d’emploi pour 100\u00a0habitants de 15 à 64\u00a0ans",
        "demandeurs_emploi_pour_100_15_64",
        None,
    ),
    ("chomage", "Taux de chômage localisé", "taux_chomage_localise", "2019-T4"),
    ("pauvrete", "Taux de pauvreté", "taux_pauvrete", None),
    ("rsa_pour_100", "Allocataires du RSA pour 100\u00a0habitants", "rsa_pour_100_20_64", None),
    (
        "longue_duree",
        "Part des demandeurs d’emploi de longue durée",
        "part_longue_duree_departement",
        None,
    ),
)
_NOMS_CLES = {
    "demandeurs": "Demandeurs d’emploi",
    "longue_duree": "Demandeurs d’emploi de longue durée",
    "rsa": "Allocataires du RSA",
    "pauvrete": "Personnes sous le seuil de pauvreté",
    "composite": "Composite",
}

_ORIGINES = {
    "demandeurs": "demandeurs_emploi",
    "longue_duree": "part_longue_duree_departement",
    "rsa": "rsa_allocataires",
    "pauvrete": "taux_pauvrete",
}
"""Indicator that dates the figures of each key; the composite has several dates, so none."""


def read_departements(atlas: Atlas) -> Departements:
    """Columns of the départements; a series that the cube does not have is unknown everywhere."""
    codes = atlas.cube.codes[Niveau.DEPARTEMENT]
    stocks = [
        _serie(atlas, f"stock_{mois.replace('-', '_')}", "Personnes en IAE", STOCK, mois)
        for mois in (DEPART_2019, DEPART_2021, SITUATION)
    ]
    parts = [_need(atlas, f"part_{cle}", cle) for cle in TOUTES_CLES]
    by_share = [_need(atlas, cle, cle) for cle in ("longue_duree", "pauvrete")]
    population = _serie(atlas, "population", "Population", "population", "2021")
    others = [_serie(atlas, *candidate) for candidate in _TAILLES]
    return Departements(
        codes=codes,
        noms=tuple(atlas.territoire(Niveau.DEPARTEMENT, code).nom for code in codes),
        cible=_serie(atlas, "cible", "Cible", CIBLE, PERIODE_CIBLE),
        stock_2019=stocks[0],
        stock_2021=stocks[1],
        stock_2022=stocks[2],
        tailles=(*stocks[:2], *others[:3], *by_share, *others[3:], population),
        taux=tuple(_serie(atlas, *candidate) for candidate in _TAUX),
        cles=tuple(parts),
    )


def _need(atlas: Atlas, code: str, cle: str) -> Serie:
    """Share of need under a key: known for the period of the gap, made of older figures."""
    serie = _serie(atlas, code, _NOMS_CLES[cle], f"part_besoin_{cle}")
    origine = atlas.cube.find_releve(_ORIGINES.get(cle, ""), Niveau.DEPARTEMENT)
    return replace(serie, periode_besoin="" if origine is None else origine.derniere)


def _serie(atlas: Atlas, code: str, nom: str, indicateur: str, periode: str | None = None) -> Serie:
    releve = atlas.cube.find_releve(indicateur, Niveau.DEPARTEMENT)
    taille = len(atlas.cube.codes[Niveau.DEPARTEMENT])
    quand = periode or ("" if releve is None else releve.derniere)
    colonne = None if releve is None else releve.colonnes.get(quand)
    if colonne is None:
        colonne = Colonne.from_nombres(np.full(taille, np.nan), Absence.INCONNUE)
    return Serie(code, nom, indicateur, quand, colonne)


def divide(haut: Serie, bas: Serie, facteur: float = 1.0) -> Colonne:
    """Ratio of two columns; not applicable where the denominator is zero.

    Where a term is not a number, the result is absent for the same reason.
    """
    valeurs: list[Valeur] = []
    for numerateur, denominateur in zip(haut.colonne, bas.colonne, strict=True):
        if isinstance(numerateur, Absence):
            valeurs.append(numerateur)
        elif isinstance(denominateur, Absence):
            valeurs.append(denominateur)
        elif denominateur == 0:
            valeurs.append(Absence.SANS_OBJET)
        else:
            valeurs.append(facteur * numerateur / denominateur)
    return Colonne.from_valeurs(valeurs)


def growth(cible: Serie, stock: Serie) -> Colonne:
    """Required growth: target ÷ stock − 1; 0.64 for 64 % more."""
    rapport = divide(cible, stock)
    return Colonne(rapport.nombres - 1.0, rapport.etats)
