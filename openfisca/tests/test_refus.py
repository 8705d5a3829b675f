"""What Maillage refuses never becomes a number of OpenFisca."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from openfisca_core.simulations import SimulationBuilder

from maillage.kernel.errors import UserError
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.formules import load_regles
from maillage.regles.engine.lecture_reforme import load_reforme
from maillage.regles.engine.legislation import load_legislation
from openfisca_maillage.places import PLACES
from openfisca_maillage.refus import Refus
from openfisca_maillage.valeurs import NON_RENSEIGNE, to_maillage, to_openfisca

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation

    from openfisca_maillage import CountryTaxBenefitSystem

ANNEXE = {
    "type_siae": "AI",
    "territoire": "metropole_drom",
    "date_debut_effet": "2024-01-01",
    "date_fin_effet": "2024-12-31",
    "etp_centiemes": 1000,
}


def build(systeme: CountryTaxBenefitSystem, **annexes: dict[str, Any]) -> Simulation:
    """One simulation with these annexes, one person in each."""
    return SimulationBuilder().build_from_entities(
        systeme,
        {
            "salaries": {f"s{nom}": {} for nom in annexes},
            "annexes": {
                nom: {
                    "personnes_en_parcours": [f"s{nom}"],
                    **{cle: {"ETERNITY": valeur} for cle, valeur in donnees.items()},
                }
                for nom, donnees in annexes.items()
            },
        },
    )


def refus_of(simulation: Simulation, nom: str, periode: str = "ETERNITY") -> Refus:
    with pytest.raises(Refus) as caught:
        simulation.calculate(nom, periode)
    return caught.value


def test_every_column_of_the_rules_is_a_variable(systeme: CountryTaxBenefitSystem) -> None:
    regles = load_regles()
    arguments = {
        a.nom
        for versions in regles.versions.values()
        for version in versions
        for a in version.arguments
        if a.parametre is None
    }
    assert (arguments | set(regles.versions)) - {"le"} == set(PLACES) <= set(systeme.variables)


def test_every_variable_has_its_label_and_no_label_is_left(
    systeme: CountryTaxBenefitSystem,
) -> None:
    libelles = tomllib.loads((files("openfisca_maillage") / "libelles.toml").read_text("utf-8"))
    assert libelles.keys() == systeme.variables.keys()
    assert {nom: v.label for nom, v in systeme.variables.items()} == libelles


def test_a_gap_is_refused_in_the_words_of_maillage(systeme: CountryTaxBenefitSystem) -> None:
    donnees = ANNEXE | {"date_debut_effet": "2026-01-01", "date_fin_effet": "2026-12-31"}
    with pytest.raises(UserError) as attendu:
        load_legislation().resolve("aide_au_poste.montant_socle.AI", date(2026, 1, 1))
    refus = refus_of(build(systeme, A=donnees), "montant_total_annuel_centimes")
    assert refus.anomalies == attendu.value.anomalies
    assert refus.error == {"refus": str(refus)}
    assert refus.code == 400


def test_one_annexe_refused_among_others_is_not_a_number(systeme: CountryTaxBenefitSystem) -> None:
    perime = ANNEXE | {"date_debut_effet": "2026-01-01", "date_fin_effet": "2026-12-31"}
    simulation = build(systeme, A=ANNEXE, B=perime)
    refus_of(simulation, "montant_total_annuel_centimes")
    assert list(simulation.calculate("refus_montant_total_annuel", "ETERNITY")) == (
        ["MLG-REG-005"] * 2
    )


def test_what_is_not_given_is_not_zero(systeme: CountryTaxBenefitSystem) -> None:
    sans_etp = {nom: valeur for nom, valeur in ANNEXE.items() if nom != "etp_centiemes"}
    refus = refus_of(build(systeme, A=ANNEXE, B=sans_etp), "montant_total_annuel_centimes")
    assert [(a.code, a.ou) for a in refus.anomalies] == [("MLG-OPF-001", "annexes B")]
    refus = refus_of(build(systeme, A={}), "montant_total_annuel_centimes")
    assert {a.quoi.split("\u00a0")[1].strip("« ") for a in refus.anomalies} >= {"etp_centiemes"}
    assert len(refus.anomalies) == 5


def test_a_rule_out_of_its_period_is_refused(systeme: CountryTaxBenefitSystem) -> None:
    simulation = SimulationBuilder().build_default_simulation(systeme, 1)
    for nom, periode in (
        ("heures_exonerees_ai", "2019-01"),
        ("cotisation_accident_ai", "2014-01"),
        ("coefficient_maximal", "2013-12"),
        ("coefficient_maximal", "2026-01"),
        ("t_delta", "2025-12"),
        ("premier_janvier", "2027-01"),
    ):
        assert refus_of(simulation, nom, periode).anomalies[0].code == "MLG-REG-007"


def test_a_month_of_occupation_that_is_not_given_is_not_zero(
    systeme: CountryTaxBenefitSystem,
) -> None:
    simulation = build(systeme, A=ANNEXE)
    realises = np.array([1000], dtype=np.int32)
    for mois in (1, 2, 3):
        simulation.set_input("etp_realises_centiemes", f"2024-{mois:02d}", realises)
    assert simulation.calculate("verse_centimes", "2024-04")[0] > 0
    refus = refus_of(simulation, "verse_centimes", "2024-05")
    assert [a.code for a in refus.anomalies] == ["MLG-OPF-001"]
    refus_of(simulation, "verse_centimes", "2025-01")
    simulation.set_input("etp_realises_centiemes", "2024-04", realises)
    assert simulation.calculate("verse_centimes", "2024-06")[0] > 0
    assert simulation.calculate("verse_centimes", "2023-12")[0] == 0


def test_cents_beyond_int32_are_refused_never_wrapped(systeme: CountryTaxBenefitSystem) -> None:
    enorme = ANNEXE | {"type_siae": "ACI", "etp_centiemes": 100_000}
    refus = refus_of(build(systeme, A=enorme), "montant_total_annuel_centimes")
    assert [a.code for a in refus.anomalies] == ["MLG-OPF-002"]
    limite = np.array([2**31 - 1, -(2**31) + 1])
    assert (to_openfisca("x", limite) == limite).all()
    for trop in (2**31, -(2**31)):  # the last one means « non renseigné »
        with pytest.raises(Refus):
            to_openfisca("x", np.array([trop]))


def test_a_value_withdrawn_by_a_reform_is_refused(systeme: CountryTaxBenefitSystem) -> None:
    autre = systeme.clone()
    autre.parameters.aide_au_poste.montant_socle.AI.update(period="year:2024", value=None)
    refus = refus_of(build(autre, A=ANNEXE), "montant_socle")
    assert [a.code for a in refus.anomalies] == ["MLG-OPF-003"]


def test_a_reform_of_openfisca_moves_the_amount(systeme: CountryTaxBenefitSystem) -> None:
    autre = systeme.clone()
    autre.parameters.aide_au_poste.montant_socle.AI.update(period="year:2024", value=4000)
    montant = build(autre, A=ANNEXE).calculate("montant_total_annuel_centimes", "ETERNITY")
    assert list(montant) == [10 * 4000 * 100]
    assert NON_RENSEIGNE not in montant


def test_other_laws_are_asked_for_by_their_path(systeme: CountryTaxBenefitSystem) -> None:
    droit = load_legislation()
    socle, le = "aide_au_poste.montant_socle.AI", date(2026, 1, 1)
    annexe = ANNEXE | {"date_debut_effet": "2026-01-01", "date_fin_effet": "2026-12-31"}
    autres = {
        "ai_4000": apply_reforme(droit, load_reforme("ai_4000")),
        "ai_doublee": apply_reforme(droit, load_reforme("ai_doublee")),
        "projection_smic": droit.with_choix(Choix.projection_smic()),
    }
    for nom, autre in autres.items():
        reforme = systeme.apply_reform(f"openfisca_maillage.reformes.{nom}")
        attendu = autre.au(le).find(socle)
        simulation = build(reforme, A=annexe)
        if attendu is None:
            with pytest.raises(UserError) as motif:
                autre.resolve(socle, le)
            assert refus_of(simulation, "montant_socle").anomalies == motif.value.anomalies
        else:
            assert list(simulation.calculate("montant_socle", "ETERNITY")) == [attendu.valeur]
    refus_of(build(systeme, A=annexe), "montant_socle")
    with pytest.raises(ValueError, match="no attribute rien"):
        systeme.apply_reform("openfisca_maillage.reformes.rien")


def test_what_was_not_published_yet_is_refused_in_the_words_of_maillage(
    systeme: CountryTaxBenefitSystem,
) -> None:
    autre = systeme.apply_reform("openfisca_maillage.reformes.connu_au_2014_01_01")
    annexe = ANNEXE | {"date_debut_effet": "2014-07-01", "date_fin_effet": "2014-12-31"}
    refus = refus_of(build(autre, A=annexe), "montant_socle")
    assert [a.code for a in refus.anomalies] == ["MLG-REG-004"]
    assert build(systeme, A=annexe).calculate("montant_socle", "ETERNITY")[0] == 1300


def test_a_float32_is_read_as_the_decimal_it_stands_for() -> None:
    """Every cent under 131 072 €; above, float32 holds no cents: that is OpenFisca's limit."""
    centimes = np.arange(0, 13_107_200, 7)
    euros = centimes / 100
    assert (to_maillage(euros.astype(np.float32)) == euros).all()
    assert to_maillage(np.array([1_234_567.89], dtype=np.float32))[0] == 1_234_567.9


def test_the_two_engines_agree_on_random_annexes(systeme: CountryTaxBenefitSystem) -> None:
    alea = np.random.default_rng(11)
    nombre = 500
    debuts = np.datetime64("2017-01-01") + alea.integers(0, 365 * 8, nombre)
    colonnes: dict[str, Any] = {
        "type_siae": alea.choice(["AI", "ACI", "EI"], nombre),
        "territoire": np.full(nombre, "metropole_drom"),
        "date_debut_effet": debuts,
        "date_fin_effet": debuts + alea.integers(0, 300, nombre),
        "etp_centiemes": alea.integers(0, 20_000, nombre),
    }
    simulation = SimulationBuilder().build_default_simulation(systeme, nombre)
    for nom, colonne in colonnes.items():
        simulation.set_input(nom, "ETERNITY", colonne)
    cibles = ("montant_total_annuel_centimes", "rsa_personne_seule", "montant_mensuel_centimes")
    attendu = compute(cibles, colonnes, load_legislation(), debuts)
    for cible in cibles:
        trouve = to_maillage(simulation.calculate(cible, "ETERNITY"))
        assert (trouve == attendu[cible]).all(), cible


def test_the_tax_of_an_employer_sums_the_increases_of_its_employees(
    systeme: CountryTaxBenefitSystem,
) -> None:
    simulation = SimulationBuilder().build_from_entities(
        systeme,
        {
            "salaries": {
                nom: {"remuneration_individuelle_annuelle": {"2024": paie}}
                for nom, paie in (("a", 20_000), ("b", 8_985), ("c", 40_000))
            },
            "structures": {
                "S": {
                    "employes": ["a", "b", "c"],
                    "remuneration_permanents_annuelle": {"2024": 68_985},
                    "remuneration_insertion_annuelle": {"2024": 0},
                    "insertion_dans_assiette": {"2024": "non"},
                    "est_association": {"2024": "non"},
                }
            },
        },
    )
    unes = simulation.calculate("majoration_individuelle", "2024")
    assert simulation.calculate("majorations_employeur", "2024")[0] == pytest.approx(sum(unes))
    colonnes: dict[str, Any] = {
        "remuneration_permanents_annuelle": np.array([68_985.0]),
        "remuneration_insertion_annuelle": np.array([0.0]),
        "insertion_dans_assiette": np.array([False]),
        "est_association": np.array([False]),
        "majorations_employeur": np.array([float(np.sum(unes.astype(float)))]),
    }
    attendu = compute(["taxe_due"], colonnes, load_legislation(), date(2024, 1, 1))["taxe_due"][0]
    assert simulation.calculate("taxe_due", "2024")[0] == pytest.approx(attendu, abs=0.005)


def test_one_increase_that_is_not_given_is_not_zero_in_the_sum(
    systeme: CountryTaxBenefitSystem,
) -> None:
    simulation = SimulationBuilder().build_from_entities(
        systeme,
        {
            "salaries": {"a": {"majoration_individuelle": {"2024": 100}}, "b": {}},
            "structures": {"S": {"employes": ["a", "b"]}},
        },
    )
    refus = refus_of(simulation, "majorations_employeur", "2024")
    assert [(a.code, a.ou) for a in refus.anomalies] == [("MLG-OPF-001", "salaries b")]
