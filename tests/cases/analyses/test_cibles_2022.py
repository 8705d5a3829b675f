"""Case D: published figures, then everything computed again from the raw files without Maillage."""

from __future__ import annotations

import csv
import statistics
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from factories.atlas import real_atlas

from maillage.analyses.targets.analyse import analyser_cibles
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.analyses.targets.model import Cibles, Correlation

CAS = tomllib.loads((Path(__file__).parent / "cibles_2022.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cibles() -> Cibles:
    return analyser_cibles(real_atlas())


def correlation(cibles: Cibles, code: str, cible: str) -> Correlation:
    return next(c for c in cibles.correlations if c.code == code and c.cible.startswith(cible))


@pytest.mark.parametrize("cas", CAS["total"], ids=lambda cas: cas["code"])
def test_published_totals(cibles: Cibles, cas: dict[str, Any]) -> None:
    total = next(t for t in cibles.totaux if t.code == cas["code"])

    assert (total.valeur, total.nombre, total.publie) == (
        cas["valeur"],
        cas["nombre"],
        cas["publie"],
    )


@pytest.mark.parametrize("cas", CAS["correlation"], ids=lambda cas: cas["code"])
def test_known_correlations(cibles: Cibles, cas: dict[str, Any]) -> None:
    found = correlation(cibles, cas["code"], "cible")

    assert round(found.pearson, 2) == cas["pearson"]
    assert (found.n, found.nature) == (cas["n"], cas["nature"])


@pytest.mark.parametrize("cas", CAS["croissance"], ids=lambda cas: cas["depart"])
def test_required_growth(cibles: Cibles, cas: dict[str, Any]) -> None:
    found = next(d for d in cibles.dispersions if d.depart == cas["depart"])

    assert found.plus_bas[0][1] == cas["plus_bas"]
    assert found.plus_haut[0][1] == cas["plus_haut"]
    assert round(found.ensemble, 4) == cas["ensemble"]


@pytest.mark.parametrize("cas", CAS["departement"], ids=lambda cas: cas["code"])
def test_departements(cibles: Cibles, cas: dict[str, Any]) -> None:
    found = next(d for d in cibles.departements if d.code == cas["code"])

    assert (found.cible, found.stock_2019_12, found.stock_2022_09) == (
        cas["cible"],
        cas["stock_2019_12"],
        cas["stock_2022_09"],
    )
    assert not isinstance(found.atteinte, Absence)
    assert round(found.atteinte, 4) == cas["atteinte"]


def test_each_key_shares_the_same_people_out(cibles: Cibles) -> None:
    """What a key gives to some it takes from others: the differences add up to nothing."""
    for rank, cle in enumerate(cibles.cles):
        parts = [d.cles[rank] for d in cibles.departements]
        known = [part.ecart for part in parts if not isinstance(part.ecart, Absence)]
        assert len(known) == cle.n == 101 - len(cle.manquants)
        assert abs(sum(known)) < 1e-6
        assert cle.deplaces == pytest.approx(sum(abs(e) for e in known) / 2)


def test_the_missing_departements_are_named(cibles: Cibles) -> None:
    missing = {cle.cle: cle.manquants for cle in cibles.cles}

    assert missing["longue_duree"] == ("976",)
    assert missing["pauvrete"] == ("971", "973", "976")
    assert missing["demandeurs"] == missing["rsa"] == ()


def test_the_answer_and_its_limits_are_said(cibles: Cibles) -> None:
    assert "l’existant plus que le besoin" in cibles.phrases[0]
    assert "0,98" in cibles.phrases[0]
    assert "0,83" in cibles.phrases[0]
    assert any("population" in limite for limite in cibles.limites)
    assert any("2017" in limite for limite in cibles.limites)


# everything again, from the raw files, with the csv module and statistics


def read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_departement(rows: list[dict[str, str]], column: str, **where: str) -> dict[str, float]:
    kept = [r for r in rows if all(r[key] == value for key, value in where.items())]
    return {r["code"]: float(r[column]) for r in kept if r[column]}


def ranks(values: list[float]) -> list[float]:
    return [
        sum(v < value for v in values) + (sum(v == value for v in values) + 1) / 2
        for value in values
    ]


def read_poverty(folder: Path) -> dict[str, float]:
    """Martinique and La Réunion are published as régions only."""
    rows = read(folder, "besoin/filosofi_2021_dep_reg.csv")
    regions = by_departement(rows, "taux_pauvrete_pct", niveau="region")
    alone = {"972": regions["02"], "974": regions["04"]}
    return alone | by_departement(rows, "taux_pauvrete_pct", niveau="departement")


@pytest.fixture(scope="module")
def brut(donnees_partagees: Path) -> dict[str, dict[str, float]]:
    stocks = read(donnees_partagees, "offre/beneficiaires_siae_mensuel_2017_2022.csv")
    demandeurs: dict[str, float] = {}
    departement_of = {
        r["code_insee"]: r["code_departement"]
        for r in read(donnees_partagees, "geo/communes.csv")
        if r["type"] == "COM"
    }
    for r in read(donnees_partagees, "besoin/communes_besoin.csv"):
        departement = departement_of.get(r["code_insee"])
        if departement and r["demandeurs_emploi_2025"]:
            demandeurs[departement] = demandeurs.get(departement, 0.0) + float(
                r["demandeurs_emploi_2025"]
            )
    return {
        "cible": by_departement(
            read(donnees_partagees, "offre/cibles_iae_2022.csv"), "cible", niveau="departement"
        ),
        "stock_2019_12": by_departement(
            stocks, "beneficiaires_siae", niveau="departement", date="2019-12-31"
        ),
        "stock_2021_12": by_departement(
            stocks, "beneficiaires_siae", niveau="departement", date="2021-12-31"
        ),
        "demandeurs": demandeurs,
        "rsa": by_departement(
            read(donnees_partagees, "besoin/minima_sociaux_dep_1995_2019.csv"),
            "rsa_allocataires",
            annee="2019",
        ),
        "taux_pauvrete": read_poverty(donnees_partagees),
    }


@pytest.mark.donnees_partagees
@pytest.mark.parametrize("code", ["stock_2019_12", "stock_2021_12", "demandeurs", "rsa"])
def test_correlations_of_sizes_again(
    cibles: Cibles, brut: dict[str, dict[str, float]], code: str
) -> None:
    both = sorted(brut["cible"].keys() & brut[code].keys())
    x, y = [brut["cible"][c] for c in both], [brut[code][c] for c in both]

    found = correlation(cibles, code, "cible")

    assert found.n == len(both)
    assert found.pearson == pytest.approx(statistics.correlation(x, y), abs=1e-9)
    assert found.spearman == pytest.approx(statistics.correlation(ranks(x), ranks(y)), abs=1e-9)


@pytest.mark.donnees_partagees
def test_growth_against_poverty_again(cibles: Cibles, brut: dict[str, dict[str, float]]) -> None:
    growth = {c: brut["cible"][c] / stock - 1 for c, stock in brut["stock_2019_12"].items()}
    both = sorted(growth.keys() & brut["taux_pauvrete"].keys())
    x, y = [growth[c] for c in both], [brut["taux_pauvrete"][c] for c in both]

    found = correlation(cibles, "pauvrete", "croissance")

    assert found.n == len(both) == 98
    assert found.pearson == pytest.approx(statistics.correlation(x, y), abs=1e-9)


@pytest.mark.donnees_partagees
def test_spread_of_the_required_growth_again(
    cibles: Cibles, brut: dict[str, dict[str, float]]
) -> None:
    for found, start in zip(cibles.dispersions, ("stock_2019_12", "stock_2021_12"), strict=True):
        growth = sorted(brut["cible"][c] / stock - 1 for c, stock in brut[start].items())
        q1, middle, q3 = statistics.quantiles(growth, n=4, method="inclusive")
        assert (found.minimum, found.maximum) == pytest.approx((growth[0], growth[-1]))
        assert (found.quartile_1, found.mediane, found.quartile_3) == pytest.approx(
            (q1, middle, q3)
        )


@pytest.mark.donnees_partagees
def test_what_the_key_of_job_seekers_would_give_again(
    cibles: Cibles, brut: dict[str, dict[str, float]]
) -> None:
    people, need = sum(brut["cible"].values()), sum(brut["demandeurs"].values())
    for departement in cibles.departements:
        part = next(p for p in departement.cles if p.cle == "demandeurs")
        assert part.cible == pytest.approx(people * brut["demandeurs"][departement.code] / need)


@pytest.mark.donnees_partagees
def test_the_regression_again_by_residuals(
    cibles: Cibles, brut: dict[str, dict[str, float]]
) -> None:
    """Frisch and Waugh: the elasticity to the stock is a slope between two sets of residuals."""
    from math import log  # noqa: PLC0415 — only this check needs it

    codes = sorted(brut["cible"])
    target, stock, need = (
        [log(brut[name][c]) for c in codes] for name in ("cible", "stock_2019_12", "demandeurs")
    )

    def residuals(y: list[float], x: list[float]) -> list[float]:
        slope, intercept = statistics.linear_regression(x, y)
        return [b - slope * a - intercept for a, b in zip(x, y, strict=True)]

    left, right = residuals(stock, need), residuals(target, need)
    slope = statistics.linear_regression(left, right).slope

    found = cibles.regression.coefficients[0]
    assert found.elasticite == pytest.approx(slope)
    assert found.r2_partiel == pytest.approx(statistics.correlation(left, right) ** 2)
