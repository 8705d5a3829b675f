"""The parity tables: what OpenFisca-France gives on a grid of pays, beside what Maillage gives.

    .venv-openfisca/bin/python openfisca/outils/parite.py              compares with the tables kept
    .venv-openfisca/bin/python openfisca/outils/parite.py 2026-11-25   writes them, dated

The tables are in tests/cases/openfisca. The ordinary tests read them without OpenFisca: they compute
Maillage's column again, and reproduce each difference from the cause that the table names.
"""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

from causes import (
    Employeur,
    Mois,
    classify_coefficients,
    classify_taxes,
    compute_annee,
    follow_individuelle,
)
from maillage.regles.engine.legislation import load_legislation

Flottants = NDArray[np.float64]
DOSSIER = Path(__file__).resolve().parents[2] / "tests" / "cases" / "openfisca"
MOIS = (
    *("2019-01", "2020-01", "2021-01", "2021-10", "2022-01", "2022-05", "2022-08", "2023-01"),
    *("2023-05", "2024-01", "2024-11", "2025-01", "2025-05", "2025-12", "2026-01", "2026-06"),
)
ANNEES = tuple(range(2019, 2027))
EFFECTIFS = (10, 60)
SEUILS_EFFECTIF = (19, 20, 49, 50)
MULTIPLES = tuple(rang / 10 for rang in range(5, 33))
SEUILS_SMIC = (1.0, 1.6, 3.0)
HEURES = (1820 / 12, 151.67)
_COMMANDE = ".venv-openfisca/bin/python openfisca/outils/parite.py AAAA-MM-JJ"
_FAIT_LE = "# Fait le "


def get_smic(mois: str) -> float:
    """Hourly SMIC on the first day of a month."""
    valeur = load_legislation().resolve("smic.horaire_brut", date.fromisoformat(f"{mois}-01"))
    return float(str(valeur.valeur))


def build_grid(mois: str) -> tuple[Flottants, NDArray[np.int64]]:
    """Pays to the cent, on both sides of each threshold, and sizes of employers."""
    smic = get_smic(mois)
    paies = [(round(smic * HEURES[0] * m, 2), e) for m, e in product(MULTIPLES, EFFECTIFS)]
    for seuil, heures, centime in product(SEUILS_SMIC, HEURES, (-1, 0, 1)):
        paies.append((round(round(smic * heures * seuil, 2) + centime / 100, 2), EFFECTIFS[0]))
    paies += [(round(smic * HEURES[0] * 1.2, 2), effectif) for effectif in SEUILS_EFFECTIF]
    uniques = sorted(dict.fromkeys(paies), key=lambda paie: (paie[1], paie[0]))
    return np.array([p for p, _ in uniques]), np.array([e for _, e in uniques])


class France:
    """OpenFisca-France, loaded once."""

    def __init__(self) -> None:
        self.systeme = FranceTaxBenefitSystem()

    def build(self, nombre: int, donnees: dict[tuple[str, str], Any]) -> Simulation:
        """A simulation of so many people, each alone, full time."""
        simulation = SimulationBuilder().build_default_simulation(self.systeme, nombre)
        for (nom, periode), valeurs in donnees.items():
            simulation.set_input(nom, periode, valeurs)
        return simulation

    def compute_reduction(
        self, mois: str, paies: Flottants, effectifs: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Coefficient and amount of the reduction of a month."""
        simulation = self.build(
            len(paies),
            {("salaire_de_base", mois): paies, ("effectif_entreprise", mois): effectifs},
        )
        taux = simulation.calculate("taux_allegement_general", mois)
        return taux, simulation.calculate("allegement_general", mois)

    def compute_taxe(
        self, mois: str, paies: Flottants, effectifs: NDArray[np.int64], association: NDArray[Any]
    ) -> NDArray[np.float32]:
        """Tax on wages of a month for one employee among so many who are paid alike."""
        simulation = self.build(
            len(paies),
            {
                ("salaire_de_base", mois): paies,
                ("effectif_entreprise", mois): effectifs,
                ("assujettie_taxe_salaires", mois): ~association,
                ("entreprise_est_association_non_lucrative", mois): association,
            },
        )
        taxes: NDArray[np.float32] = -simulation.calculate("taxe_salaires", mois)
        return taxes

    def compute_annee(self, annee: int, paies: Flottants) -> NDArray[np.float32]:
        """Reduction of each month of a year, recovered progressively. Shape `(n, 12)`."""
        mois = [f"{annee}-{rang:02d}" for rang in range(1, 13)]
        donnees: dict[tuple[str, str], Any] = {}
        for rang, nom in enumerate(mois):
            donnees["salaire_de_base", nom] = paies[:, rang]
            donnees["effectif_entreprise", nom] = np.full(len(paies), EFFECTIFS[0])
        simulation = self.build(len(paies), donnees)
        return np.stack([simulation.calculate("allegement_general", nom) for nom in mois], axis=1)


def render_reduction(france: France) -> str:
    """Table of the réduction générale and of the RGDU."""
    lignes = ["mois,effectif,remuneration,openfisca,maillage,reduction_openfisca,cause"]
    for nom in MOIS:
        paies, effectifs = build_grid(nom)
        taux, montants = france.compute_reduction(nom, paies, effectifs)
        mois = Mois(date.fromisoformat(f"{nom}-01"), paies, effectifs.astype(float))
        trouves, causes = classify_coefficients(mois, taux)
        lignes += [
            f"{nom},{effectif},{paie:.2f},{c:.4f},{m:.4f},{montant:.2f},{cause}"
            for effectif, paie, c, m, montant, cause in zip(
                effectifs, paies, taux, trouves, montants, causes, strict=True
            )
        ]
    return "\n".join(lignes) + "\n"


def render_taxe(france: France) -> str:
    """Table of the tax on wages of employers whose employees are paid alike."""
    lignes = ["annee,effectif,association,remuneration_mensuelle,openfisca,maillage,cause"]
    for annee in ANNEES:
        employeurs = _build_employeurs(annee)
        mensuelles = france.compute_taxe(
            f"{annee}-01",
            employeurs.remuneration_mensuelle,
            employeurs.effectif.astype(int),
            employeurs.association,
        )
        # to the cent, as the table will be read again
        annuelles = np.round(mensuelles.astype(float) * employeurs.effectif * 12, 2)
        trouvees, causes = classify_taxes(employeurs, annuelles)
        lignes += [
            f"{annee},{effectif:.0f},{'oui' if association else 'non'},{paie:.2f},{o:.2f},{m:.2f},{c}"
            for effectif, association, paie, o, m, c in zip(
                employeurs.effectif,
                employeurs.association,
                employeurs.remuneration_mensuelle,
                annuelles,
                trouvees,
                causes,
                strict=True,
            )
        ]
    return "\n".join(lignes) + "\n"


def _build_employeurs(annee: int) -> Employeur:
    """Pays around each bracket and each threshold of the tax; sizes 1, 10 and 60."""
    droit = load_legislation().au(date(annee, 1, 1))
    seuils = [
        float(str(droit.get(f"taxe_salaires.seuils.{nom}_majoration").valeur))
        for nom in ("premiere", "deuxieme")
    ]
    paies = {round(get_smic(f"{annee}-01") * HEURES[0] * m, 2) for m in (0.5, 1, 1.5, 2, 3, 4)}
    paies |= {round(seuil / 12 + pas, 2) for seuil in seuils for pas in (-0.01, 0, 0.01)}
    # franchise and décote of one employee: 1 200 € and 2 040 € of tax a year
    paies |= {round(taxe / 12 + pas, 2) for taxe in (18_000, 21_600, 27_000) for pas in (0, 0.01)}
    paies.add(_find_paie_franchise(annee))
    grille = sorted(product((1, 10, 60), (False, True), sorted(paies)))
    return Employeur(
        le=date(annee, 1, 1),
        remuneration_mensuelle=np.array([paie for _, _, paie in grille]),
        effectif=np.array([float(effectif) for effectif, _, _ in grille]),
        association=np.array([association for _, association, _ in grille]),
    )


def _find_paie_franchise(annee: int) -> float:
    """Lowest pay whose monthly tax is 100.00 €: the franchise exactly, for one employee."""
    paies = np.arange(100_000, 200_000) / 100
    seuls = Employeur(date(annee, 1, 1), paies, np.ones(len(paies)), np.zeros(len(paies), bool))
    cents = np.round(follow_individuelle(seuls, np.float64), 2) == 100  # noqa: PLR2004 - 1 200 / 12
    return float(paies[cents][0])


def render_annee(france: France) -> str:
    """Table of whole years: what OpenFisca-France adds up, and what the year's own formula gives."""
    lignes = ["annee,profil,somme_openfisca,somme_maillage,formule_annuelle"]
    for annee in (2022, 2024, 2025):
        smic = get_smic(f"{annee}-01") * HEURES[0]
        profils = {
            "constant_1,2_smic": np.full(12, round(smic * 1.2, 2)),
            "prime_en_decembre": np.array([round(smic * 1.2, 2)] * 11 + [round(smic * 2.4, 2)]),
            "depart_en_juin": np.array([round(smic * 1.1, 2)] * 6 + [0.0] * 6),
        }
        paies = np.stack(list(profils.values()))
        sommes = france.compute_annee(annee, paies).astype(float).sum(axis=1)
        nous, annuelles = compute_annee(annee, paies, float(EFFECTIFS[0]))
        lignes += [
            f'{annee},"{nom}",{o:.2f},{m:.2f},{a:.2f}'
            for nom, o, m, a in zip(profils, sommes, nous, annuelles, strict=True)
        ]
    return "\n".join(lignes) + "\n"


TABLES = {
    "reduction.csv": ("Réduction générale et RGDU : coefficient d’un mois", render_reduction),
    "taxe_salaires.csv": ("Taxe sur les salaires d’un employeur, sur l’année", render_taxe),
    "annee.csv": ("Réduction d’une année entière, moins de 20 salariés", render_annee),
}


def render_all(fait_le: str) -> dict[str, str]:
    """Every table, with its heading."""
    np.seterr(divide="ignore")  # an exemption that OpenFisca-France computes beside divides by zero
    france = France()
    versions = ", ".join(
        f"{nom} {version(nom)}" for nom in ("OpenFisca-France", "OpenFisca-Core", "numpy")
    )
    return {
        nom: f"# {titre}\n# {versions}\n# Commande : {_COMMANDE}\n{_FAIT_LE}{fait_le}\n"
        + render(france)
        for nom, (titre, render) in TABLES.items()
    }


def _without_date(texte: str) -> list[str]:
    return [ligne for ligne in texte.splitlines() if not ligne.startswith(_FAIT_LE)]


def main() -> None:
    """Write the tables, or compare them with those kept.

    Raises:
        SystemExit: a table is not the one that OpenFisca-France gives now.
    """
    if len(sys.argv) > 1:
        for nom, texte in render_all(date.fromisoformat(sys.argv[1]).isoformat()).items():
            (DOSSIER / nom).write_text(texte, encoding="utf-8")
        return
    differences = 0
    for nom, texte in render_all("").items():
        gardees = _without_date((DOSSIER / nom).read_text(encoding="utf-8"))
        nouvelles = _without_date(texte)
        autres = [n for g, n in zip(gardees, nouvelles, strict=False) if g != n]
        nombre = len(autres) + abs(len(gardees) - len(nouvelles))
        differences += nombre
        etat = "inchangée" if not nombre else f"{nombre} lignes changées, dont {autres[:1]}"
        sys.stdout.write(f"{nom} : {etat}\n")
    raise SystemExit(1 if differences else 0)


if __name__ == "__main__":
    main()
