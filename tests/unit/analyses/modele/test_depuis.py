"""A first version takes what the accounts and the extract give, and says what they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.ai_complete import (
    BANQUE,
    DOTATIONS,
    EXTRACTION,
    HEURES_FACTUREES,
    HEURES_TRAVAILLEES,
    RESULTAT,
    SALAIRES,
    list_ecritures,
)
from factories.exercices import write_exercice

from maillage.analyses.comptes.exercice import compute_exercice
from maillage.analyses.comptes.lecture_rattachement import parse_rattachement
from maillage.analyses.modele.convention import Convention
from maillage.analyses.modele.depuis import Demande, list_restes, start_model
from maillage.analyses.modele.ecriture import write_hypotheses
from maillage.analyses.modele.hypotheses import Origine, compute_hypotheses
from maillage.analyses.modele.lecture import parse_hypotheses
from maillage.data.sources.fec.lecture import read_fec
from maillage.indicators.modele.cadre import Prix
from maillage.indicators.pilotage.heures import Heures
from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.valeur import Absence
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from factories.exercices import Ecriture

HEURES = Heures(float(HEURES_TRAVAILLEES), float(HEURES_FACTUREES), float(SALAIRES), ())
AIDE = '[[version]]\ndepuis = 2020-01-01\naide_au_poste = ["7411"]\n'


@pytest.fixture
def demande_de(tmp_path: Path) -> Callable[..., Demande]:
    """A demand from entries."""

    def make(
        ecritures: list[Ecriture] | None = None, *, aide: bool = True, **autres: object
    ) -> Demande:
        choisies = list_ecritures() if ecritures is None else ecritures
        fichier = write_exercice(tmp_path, choisies, "732829320FEC20251231.txt")
        choix = parse_rattachement(AIDE, "r.toml") if aide else None
        demande = Demande(
            exercice=compute_exercice(read_fec(fichier), rattachement=choix),
            heures=HEURES,
            convention=Convention("AI035250010A0M0", 9.0, 1607.0),
            type_siae="AI",
            extrait=EXTRACTION.isoformat(),
            etp_permanents=3.0,
            effectif=20,
            le=date(2026, 3, 6),
            debut=date(2025, 1, 1),
        )
        return replace(demande, **autres)  # type: ignore[arg-type]  # names of its attributes

    return make


def compute(demande: Demande) -> float:
    hypotheses = start_model(demande, load_legislation())
    relu = parse_hypotheses(write_hypotheses(hypotheses), "m.toml")
    assert relu.chiffres == hypotheses.chiffres
    return compute_hypotheses(relu, load_legislation()).modele.resultat


def test_the_next_year_starts_from_the_closing_balance(demande_de: Callable[..., Demande]) -> None:
    hypotheses = start_model(demande_de(debut=None), load_legislation())
    assert hypotheses.cadre.debut == date(2026, 1, 1)
    # all that was sold is cashed, all that was owed is paid
    assert hypotheses.get("tresorerie.initiale").valeur == BANQUE + RESULTAT + DOTATIONS
    assert hypotheses.get("mouvements.besoin.montant").valeur == 28_000


@pytest.mark.parametrize("genre", ["ACI", "EI"])
def test_who_sells_no_hours_has_sales_of_the_year(
    demande_de: Callable[..., Demande], genre: str
) -> None:
    hypotheses = start_model(demande_de(type_siae=genre), load_legislation())
    assert hypotheses.cadre.clients[0].prix is Prix.MONTANT
    assert hypotheses.get("insertion.heures_hors_client").valeur == HEURES_TRAVAILLEES
    assert hypotheses.get("clients.ensemble.montant_annuel").valeur == 366_600


def test_every_account_of_the_year_is_somewhere(demande_de: Callable[..., Demande]) -> None:
    rares = [
        *list_ecritures(),
        ("OD", "20251231", {"661100": 300, "671000": 200, "512000": -500}),
        ("OD", "20251231", {"648000": 700, "654000": 50, "695000": 60, "512000": -810}),
        ("OD", "20251231", {"512000": 900, "603100": -900}),
        ("OD", "20251231", {"512000": 250, "756000": -200, "768000": -50}),
    ]
    sans, avec = compute(demande_de()), compute(demande_de(rares))
    assert avec - sans == pytest.approx(-500 - 810 + 900 + 250, abs=0.02)


def test_what_brings_less_than_nothing_becomes_a_charge(
    demande_de: Callable[..., Demande],
) -> None:
    rares = [*list_ecritures(), ("OD", "20251231", {"713000": 5_000, "355000": -5_000})]
    hypotheses = start_model(demande_de(rares), load_legislation())
    assert hypotheses.get("charges.moindres_produits.montant_annuel").valeur == 3_500
    assert "ressources.autres_produits.montant_annuel" not in hypotheses.chiffres
    assert compute(demande_de(rares)) == pytest.approx(compute(demande_de()) - 5_000, abs=0.02)


def test_a_charge_that_brings_in_is_not_a_charge(demande_de: Callable[..., Demande]) -> None:
    rares = [*list_ecritures(), ("OD", "20251231", {"512000": 50_000, "603100": -50_000})]
    hypotheses = start_model(demande_de(rares), load_legislation())
    assert "charges.achats.montant_annuel" not in hypotheses.chiffres
    assert compute(demande_de(rares)) == pytest.approx(compute(demande_de()) + 50_000, abs=0.02)


def test_what_is_not_known_is_to_be_completed(demande_de: Callable[..., Demande]) -> None:
    demande = demande_de(aide=False, convention=None, etp_permanents=None)
    sans_ouverture = [un for un in list_ecritures() if un[0] != "AN"]
    demande = replace(demande, exercice=demande_de(sans_ouverture, aide=False).exercice)
    hypotheses = start_model(demande, load_legislation())
    restes = " | ".join(quoi for _, quoi in list_restes(hypotheses))
    for quoi in (
        "les postes de votre annexe financière",
        "les heures que votre annexe imprime",
        "le nombre de postes permanents",
        "retirez l’aide au poste",
        "la trésorerie à l’ouverture",
    ):
        assert quoi in restes
    assert hypotheses.get("aide.heures_par_etp").valeur == 1607
    assert hypotheses.get("ressources.subventions.montant_annuel").valeur == 14_571 + 12_000


def test_who_has_no_permanent_staff_has_no_post(demande_de: Callable[..., Demande]) -> None:
    tous = Heures(15_720.0, 15_600.0, 297_560.0, ())
    hypotheses = start_model(demande_de(heures=tous), load_legislation())
    assert hypotheses.cadre.postes == ()
    assert hypotheses.get("insertion.taux_cotisations").origine is Origine.HYPOTHESE


@pytest.mark.parametrize(
    ("heures", "dit"),
    [
        (Heures(Absence.INCONNUE, 1.0, 1.0, ()), "les heures travaillées"),
        (Heures(1.0, 1.0, Absence.INCONNUE, ()), "le salaire brut"),
        (Heures(1.0, Absence.INCONNUE, 1.0, ()), "les heures facturées"),
        (Heures(0.0, 0.0, 0.0, ()), "les heures travaillées et le salaire brut"),
    ],
)
def test_without_hours_there_is_no_model(
    demande_de: Callable[..., Demande], heures: Heures, dit: str
) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-MEC-012") as erreur:
        start_model(demande_de(heures=heures), load_legislation())
    assert dit in str(erreur.value)


def test_no_subsidy_no_line(demande_de: Callable[..., Demande]) -> None:
    sans = [un for un in list_ecritures() if "744000" not in un[2]]
    hypotheses = start_model(demande_de(sans), load_legislation())
    assert "ressources.subventions.montant_annuel" not in hypotheses.chiffres
