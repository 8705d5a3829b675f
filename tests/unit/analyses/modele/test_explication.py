"""The page that computes a whole AI by hand says what the program finds from the same files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from factories.ai_complete import (
    AIDE,
    HEURES_FACTUREES,
    HEURES_TRAVAILLEES,
    RATTACHEMENT,
    RESULTAT,
    SALAIRES,
    write_fec_complet,
)

from maillage.analyses.comptes.exercice import compute_exercice
from maillage.analyses.comptes.lecture_rattachement import parse_rattachement
from maillage.analyses.modele.convention import Convention
from maillage.analyses.modele.depuis import Demande, start_model
from maillage.analyses.modele.hypotheses import compute_hypotheses
from maillage.data.sources.fec.lecture import read_fec
from maillage.indicators.pilotage.heures import Heures
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from maillage.indicators.modele.modele import Modele

PAGE = Path(__file__).parents[4] / "docs" / "explications" / "modele-economique.md"


@pytest.fixture
def modele(tmp_path: Path) -> Modele:
    """The whole invented AI, from its accounting file."""
    exercice = compute_exercice(
        read_fec(write_fec_complet(tmp_path)), rattachement=parse_rattachement(RATTACHEMENT, "r")
    )
    demande = Demande(
        exercice=exercice,
        heures=Heures(float(HEURES_TRAVAILLEES), float(HEURES_FACTUREES), float(SALAIRES), ()),
        convention=Convention("AI", 9.0, 1607.0),
        type_siae="AI",
        extrait="essai",
        etp_permanents=3.0,
        effectif=20,
        le=date(2026, 3, 6),
        debut=date(2025, 1, 1),
    )
    loi = load_legislation()
    return compute_hypotheses(start_model(demande, loi), loi).modele


def read_resultats() -> dict[str, float]:
    """Last cell of each row of the page, by its first one, as a number."""
    trouves = {}
    for ligne in PAGE.read_text(encoding="utf-8").splitlines():
        cellules = [cellule.strip(" *") for cellule in ligne.strip("|").split("|")]
        nombre = re.match(r"(−?[\d ,\u00a0\u202f]+)", cellules[-1])
        if ligne.startswith("|") and nombre is not None:
            texte = re.sub(r"[ \u00a0\u202f]", "", nombre[1]).replace(",", ".").replace("−", "-")
            trouves[cellules[0]] = float(texte.strip("."))
    return trouves


def test_each_step_of_the_page_is_what_the_program_finds(modele: Modele) -> None:
    page, annee, seuils = read_resultats(), modele.annee, modele.seuils
    poste = annee.postes["permanents"]
    attendus = {
        "prix d’une heure": (seuils.ventes, 0.005),
        "brut d’une heure payée": (annee.heure.brut[0], 5e-5),
        "coefficient de l’insertion": (annee.heure.coefficient[0], 1e-9),
        "salaires des permanents": (poste.brut[0], 0.5),
        "coefficient des permanents": (poste.coefficient[0], 1e-9),
        "taux avant réduction, retrouvé": (modele.valeurs["insertion.taux_cotisations"][0], 5e-6),
        "cotisations d’une heure payée": (annee.heure.cotisations[0], 5e-5),
        "coût direct d’une heure facturée": (seuils.cout_direct, 5e-5),
        "marge d’une heure, hors aide": (seuils.marge, 5e-5),
        "aide d’une heure, sous neuf ETP": (seuils.aide, 5e-5),
        "marge d’une heure, aide comprise": (seuils.marge_aidee, 5e-5),
        "heures où neuf ETP sont atteints": (seuils.heures_aidees, 0.5),
        "aide de l’année": (annee.aide[0], 0.5),
        "cotisations des permanents": (poste.cotisations[0], 0.5),
        "à couvrir par la marge": (seuils.fixe, 0.5),
        "volume d’équilibre": (seuils.volume, 0.5),
        "résultat": (modele.resultat, 0.5),
        "prix d’équilibre": (seuils.prix, 0.005),
        "trésorerie": (modele.tresorerie.soldes[-1], 0.005),
    }
    for nom, (valeur, pres) in attendus.items():
        assert page[nom] == pytest.approx(float(valeur), abs=pres), nom
    assert (page["résultat"], page["aide de l’année"]) == (RESULTAT, AIDE)


def test_the_path_of_the_page_is_the_program_s(modele: Modele) -> None:
    page = read_resultats()
    flux = {un.code: un.montants for un in modele.tresorerie.flux}
    assert page["ventes encaissées, un mois après"] == pytest.approx(flux["clients.ensemble"][1])
    assert page["variation"] == pytest.approx(modele.tresorerie.variations[1], abs=0.005)
    assert modele.tresorerie.soldes[0] == pytest.approx(50_542.58, abs=0.005)
    assert "50 542,58" in PAGE.read_text("utf-8").replace("\u00a0", " ").replace("\u202f", " ")
