"""Every case file of the SMIC, of the contributions and of the tax on wages, by the engine."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import maillage.regles.cotisations.formules as cotisations
import maillage.regles.smic.formules as smic
import maillage.regles.taxe_salaires.formules as taxe_salaires
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.formules import Regles
from maillage.regles.engine.legislation import load_legislation

REGLES = Regles.from_modules(smic, cotisations, taxe_salaires)
FILES = ("smic/smic.toml", "cotisations/cotisations.toml", "taxe_salaires/taxe_salaires.toml")
ROOT = Path(__file__).resolve().parents[1]
CASES = [
    cas for name in FILES for cas in tomllib.loads((ROOT / name).read_text(encoding="utf-8"))["cas"]
]


def run(cas: dict[str, Any]) -> dict[str, float]:
    colonnes = {nom: np.array([valeur]) for nom, valeur in cas.get("entrees", {}).items()}
    # A case without input still needs a row.
    colonnes = colonnes or {"numero": np.array(["1"])}
    resultat = compute(cas["cibles"], colonnes, load_legislation(), cas["le"], REGLES)
    return {cible: float(resultat[cible][0]) for cible in cas["cibles"]}


@pytest.mark.parametrize("cas", CASES, ids=[cas["titre"] for cas in CASES])
def test_case(cas: dict[str, Any]) -> None:
    obtenu = {nom: round(valeur, cas["decimales"]) for nom, valeur in run(cas).items()}
    assert obtenu == cas["attendu"]


def test_every_case_cites_its_text_and_address() -> None:
    assert len(CASES) > 40
    assert all(cas["texte"].strip() and cas["url"].startswith("http") for cas in CASES)


@pytest.mark.parametrize(
    ("cible", "le", "entrees"),
    [
        # the day after the end of the exemption of the AI
        ("heures_exonerees_ai", "2019-01-01", ("nombre_heures_cumulees_avant",)),
        # no flat accident rate from 2014
        ("cotisation_accident_ai", "2014-01-01", ("remuneration_des_750_heures",)),
        # the reduction is not modelled before 2014
        ("coefficient_maximal", "2013-12-31", ("effectif",)),
        # the brackets of 2027 are not set
        ("majoration_individuelle", "2027-01-01", ("remuneration_individuelle_annuelle",)),
        # the law found freezes the SMIC of the formula for 2026 only
        ("premier_janvier", "2027-01-01", ("effectif",)),
    ],
)
def test_outside_the_law_found_the_engine_refuses(
    cible: str, le: str, entrees: tuple[str, ...]
) -> None:
    colonnes = {nom: np.array([1.0]) for nom in (*entrees, "nombre_heures_remunerees")}
    jour = np.datetime64(le).astype(object)
    with pytest.raises(PeriodeNonModelisee):
        compute([cible], colonnes, load_legislation(), jour, REGLES)
