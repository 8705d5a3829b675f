"""Formulas wired by name, their units, their dated versions, and the trace of a figure."""

import json
from datetime import date
from typing import Annotated, Any

import numpy as np
import pytest

from maillage.kernel.errors import Introuvable, SaisieInvalide
from maillage.regles.engine.calcul import Resultat, compute
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.formule import Parametre, formule
from maillage.regles.engine.formules import Regles, load_regles
from maillage.regles.engine.legislation import Legislation, load_legislation
from maillage.regles.engine.trace import trace
from maillage.regles.engine.unites import (
    Booleen,
    Centimes,
    Etp,
    Euros,
    EurosParEtp,
    EurosParHeure,
    Jour,
    Liste,
    Nombre,
    Texte,
)

LOI = load_legislation()


@formule(texte="Arrêtés annuels, article 1", explication="Un douzième du montant.")
def montant_mensuel(
    etp: Etp,
    montant_socle: Annotated[EurosParEtp, Parametre("aide_au_poste.montant_socle.{type_siae}")],
) -> Centimes:
    """Share of one month."""
    return np.floor(etp * montant_socle * 100 / 12 + 0.5).astype(np.int64)


@formule(texte="Arrêté de 2014", nom="nombre_regularisations", jusqu_au=date(2016, 12, 31))
def nombre_regularisations_2014(etp: Etp) -> Nombre:
    """Two last months."""
    return np.full(len(etp), 2.0)


@formule(texte="Arrêté de 2017", nom="nombre_regularisations", depuis=date(2017, 1, 1))
def nombre_regularisations_2017(
    etp: Etp, mois_regularisation: Annotated[Liste, Parametre("versement.mois_regularisation")]
) -> Nombre:
    """Months 5, 8, 11."""
    return np.full(len(etp), float(len(mois_regularisation)))


@formule(texte="Essai")
def total(montant_mensuel: Centimes, nombre_regularisations: Nombre) -> Centimes:
    """Something that rests on both."""
    return montant_mensuel * nombre_regularisations.astype(np.int64)


REGLES = Regles.from_formules(
    montant_mensuel, nombre_regularisations_2014, nombre_regularisations_2017, total
)


def jours(*textes: str) -> np.ndarray[Any, np.dtype[np.datetime64]]:
    return np.array(textes, dtype="datetime64[D]")


def annexes(types: list[str], etp: list[float]) -> dict[str, Any]:
    return {"type_siae": np.array(types), "etp": np.array(etp, dtype=np.float64)}


def compute_total(loi: Legislation = LOI, *dates: str) -> Resultat:
    le = jours(*(dates or ("2016-03-01", "2022-01-01", "2024-11-01")))
    return compute(["total"], annexes(["AI", "ACI", "AI"], [1, 2, 0.5]), loi, le, REGLES)


def test_each_row_reads_the_values_and_the_rules_of_its_own_date() -> None:
    resultat = compute_total()
    assert resultat["total"].tolist() == [
        2 * 10992,  # 1 319 ÷ 12 = 109,92
        3 * 354767,  # 2 × 21 286 ÷ 12 = 3 547,67
        3 * 6746,  # 0,5 × 1 619 ÷ 12 = 67,46
    ]


def test_a_formula_is_still_the_function_that_was_written() -> None:
    assert montant_mensuel(np.array([1.0]), np.array([1200.0])).tolist() == [10000]
    assert montant_mensuel.__doc__ == "Share of one month."


def test_no_row_gives_no_figure() -> None:
    vide = {"type_siae": np.array([], dtype="U4"), "etp": np.array([], dtype=np.float64)}
    assert compute(["total"], vide, LOI, date(2022, 1, 1), REGLES)["total"].shape == (0,)


def test_every_refused_row_is_told_at_once() -> None:
    colonnes = annexes(["AI", "ACI", "EI"], [1, 1, 1])
    with pytest.raises(PeriodeNonModelisee) as refus:
        compute(["total"], colonnes, LOI, jours("2026-01-01", "2027-02-01", "2022-01-01"), REGLES)
    assert {a.quoi.partition(" :")[0] for a in refus.value.anomalies} == {
        "montant inconnu pour l’AI au 1er janvier 2026",
        "montant inconnu pour l’ACI au 1er février 2027",
        "valeur inconnue (Mois de régularisation) au 1er février 2027",
    }


def test_an_unknown_kind_in_a_row_is_an_unknown_parameter() -> None:
    with pytest.raises(Introuvable, match="MLG-REG-001"):
        compute(["total"], annexes(["XX"], [1]), LOI, date(2022, 1, 1), REGLES)


def test_missing_columns_are_told_with_those_that_are_there() -> None:
    colonnes = {"etp": np.array([1.0])}
    with pytest.raises(SaisieInvalide, match=r"MLG-REG-008.*type_siae.*etp"):
        compute(["total"], colonnes, LOI, date(2022, 1, 1), REGLES)


def test_a_rule_that_is_not_law_yet_is_refused() -> None:
    regles = Regles.from_formules(nombre_regularisations_2017)
    with pytest.raises(PeriodeNonModelisee, match="MLG-REG-007"):
        compute(["nombre_regularisations"], {"etp": np.ones(1)}, LOI, date(2016, 12, 31), regles)


def test_a_column_that_is_given_wins_over_the_formula_of_its_name() -> None:
    colonnes = {**annexes(["AI"], [1]), "montant_mensuel": np.array([700])}
    assert compute(["total"], colonnes, LOI, date(2022, 1, 1), REGLES)["total"].tolist() == [2100]


def test_a_figure_that_used_a_choice_carries_it() -> None:
    loi = LOI.with_choix(Choix.projection_smic())
    assert compute_total(loi).choix == ()
    projete = compute_total(loi, "2026-01-01", "2022-01-01", "2022-01-01")
    assert projete.choix == (Choix.projection_smic(),)
    assert any("pas le droit" in phrase for phrase in projete.avertissements)


@pytest.mark.parametrize(
    ("colonnes", "message"),
    [
        ({"etp": np.ones(2), "type_siae": np.array(["AI"])}, "one length"),
        ({"etp": np.ones((1, 1)), "type_siae": np.array([["AI"]])}, "1-D"),
        ({"etp": np.array(["1"]), "type_siae": np.array(["AI"])}, "kind U"),
    ],
)
def test_columns_of_a_wrong_shape_or_kind_are_refused(
    colonnes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        compute(["total"], colonnes, LOI, date(2022, 1, 1), REGLES)


def test_a_date_is_needed_for_each_row() -> None:
    with pytest.raises(ValueError, match="one date per row"):
        compute(["total"], annexes(["AI"], [1]), LOI, jours("2022-01-01", "NaT"), REGLES)


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(ValueError, match="no such formulas"):
        compute(["rien"], annexes(["AI"], [1]), LOI, date(2022, 1, 1), REGLES)


def test_units_must_meet() -> None:
    @formule(texte="Essai")
    def autre(montant_mensuel: Euros) -> Euros:
        return montant_mensuel

    with pytest.raises(ValueError, match="produced in centimes and asked for in EUR"):
        Regles.from_formules(montant_mensuel, autre)


def test_the_unit_of_a_legal_value_must_be_the_one_of_its_file() -> None:
    @formule(texte="Essai")
    def autre(socle: Annotated[Euros, Parametre("aide_au_poste.montant_socle.AI")]) -> Euros:
        return socle

    with pytest.raises(ValueError, match="is in EUR/ETP/an, asked for in EUR"):
        compute(["autre"], {"x": np.ones(1)}, LOI, date(2022, 1, 1), Regles.from_formules(autre))


def test_two_versions_of_a_rule_do_not_overlap() -> None:
    @formule(texte="Essai", nom="nombre_regularisations", depuis=date(2016, 12, 31))
    def autre(etp: Etp) -> Nombre:
        return etp

    with pytest.raises(ValueError, match="two versions"):
        Regles.from_formules(nombre_regularisations_2014, autre)


def test_one_name_is_one_thing() -> None:
    @formule(texte="Essai")
    def autre(
        montant_socle: Annotated[EurosParEtp, Parametre("aide_au_poste.montant_socle.AI")],
    ) -> EurosParEtp:
        return montant_socle

    with pytest.raises(ValueError, match="is two things"):
        Regles.from_formules(montant_mensuel, autre)


def test_a_list_has_no_path_by_row() -> None:
    @formule(texte="Essai")
    def autre(
        mois: Annotated[Liste, Parametre("versement.mois_regularisation", le="debut")], etp: Etp
    ) -> Nombre:
        return etp * len(mois)

    with pytest.raises(ValueError, match="is a list"):
        Regles.from_formules(autre)


def test_an_argument_says_its_unit() -> None:
    @formule(texte="Essai")
    def autre(etp: np.ndarray[Any, np.dtype[np.float64]]) -> Etp:
        return etp

    with pytest.raises(ValueError, match="one unit expected"):
        Regles.from_formules(autre)


def test_a_formula_gives_one_value_of_its_unit_for_each_row() -> None:
    @formule(texte="Essai")
    def autre(etp: Etp) -> Centimes:
        return etp  # type: ignore[return-value]  # the fault that the engine must see

    with pytest.raises(ValueError, match="expected centimes"):
        compute(["autre"], {"etp": np.ones(1)}, LOI, date(2022, 1, 1), Regles.from_formules(autre))


@pytest.mark.parametrize(("texte", "fin"), [(" ", None), ("Essai", date(2013, 1, 1))])
def test_a_formula_names_its_text_and_ends_after_it_starts(texte: str, fin: date | None) -> None:
    with pytest.raises(ValueError, match="formula"):
        formule(texte=texte, depuis=date(2014, 1, 1), jusqu_au=fin)


def test_a_value_may_be_read_at_another_date_and_for_some_rows_only() -> None:
    @formule(texte="Essai")
    def smic_entree(
        smic: Annotated[EurosParHeure, Parametre("smic.horaire_brut", le="entree", si="actif")],
    ) -> EurosParHeure:
        return smic

    colonnes = {
        "entree": jours("2014-05-01", "2022-05-01", "1990-01-01"),
        "actif": np.array([True, True, False]),
    }
    regles = Regles.from_formules(smic_entree)
    resultat = compute(["smic_entree"], colonnes, LOI, date(2031, 1, 1), regles)
    assert resultat["smic_entree"][:2].tolist() == [9.53, 10.85]
    assert np.isnan(resultat["smic_entree"][2])
    assert trace(resultat, 2).enfants[0].legale is None
    assert "sans objet" in trace(resultat, 2).to_text()


def test_a_formula_may_ask_for_the_date_of_the_row() -> None:
    @formule(texte="Essai")
    def apres_2020(le: Jour) -> Booleen:
        return le >= np.datetime64("2020-01-01")

    regles = Regles.from_formules(apres_2020)
    resultat = compute(
        ["apres_2020"], {"x": np.ones(2)}, LOI, jours("2019-12-31", "2020-01-01"), regles
    )
    assert resultat["apres_2020"].tolist() == [False, True]
    assert "31 décembre 2019" in trace(resultat, 0).to_text()


def test_the_trace_goes_down_to_the_text_and_the_row() -> None:
    arbre = trace(compute_total(), 2)
    assert arbre.valeur == 3 * 6746
    noms = [noeud.nom for noeud in arbre.walk()]
    assert noms == [
        "total",
        "montant_mensuel",
        "etp",
        "montant_socle",
        "nombre_regularisations",
        "etp",
        "mois_regularisation",
    ]
    socle = next(noeud for noeud in arbre.walk() if noeud.nom == "montant_socle")
    assert socle.legale is not None
    assert socle.legale.date_publication == date(2024, 12, 6)
    texte = arbre.to_text()
    assert "montant_mensuel = 67,46" in texte
    assert "Un douzième du montant." in texte
    assert "Arrêté du 4 décembre 2024 (JO du 6 décembre 2024)" in texte
    json.dumps(arbre.to_dict(), allow_nan=False)


def test_the_trace_of_each_row_is_the_one_of_its_version() -> None:
    assert "Arrêté de 2014" in trace(compute_total(), 0).to_text()
    assert "Arrêté de 2017" in trace(compute_total(), 1).to_text()


def test_a_row_that_does_not_exist_has_no_trace() -> None:
    with pytest.raises(IndexError):
        trace(compute_total(), 3)


def test_the_formulas_of_the_law_fit_together() -> None:
    assert load_regles().versions


def test_many_kinds_are_read_as_well_as_few() -> None:
    """Beyond a few distinct words another way of listing them is used: same result."""

    @formule(texte="Essai")
    def mot(
        lu: Annotated[Nombre, Parametre("aide_au_poste.mayotte_regime_2016.{cle}", si="actif")],
    ) -> Nombre:
        return lu

    regles = Regles.from_formules(mot)
    cles = np.array(["ACI_nombre_max", *(f"autre_{rang}" for rang in range(40))])
    colonnes = {"cle": cles, "actif": cles == "ACI_nombre_max"}
    lu = compute(["mot"], colonnes, LOI, date(2016, 6, 1), regles)["mot"]
    assert lu[0] == 5
    assert np.isnan(lu[1:]).all()
    with pytest.raises(Introuvable, match="MLG-REG-001"):
        compute(["mot"], {**colonnes, "actif": cles != ""}, LOI, date(2016, 6, 1), regles)


def test_rows_that_all_do_without_a_value_read_none() -> None:
    @formule(texte="Essai")
    def smic_lu(
        smic: Annotated[EurosParHeure, Parametre("smic.horaire_brut", si="actif")],
    ) -> EurosParHeure:
        return smic

    resultat = compute(
        ["smic_lu"],
        {"actif": np.array([False])},
        LOI,
        date(2031, 1, 1),
        Regles.from_formules(smic_lu),
    )
    assert np.isnan(resultat["smic_lu"]).all()
    assert resultat.valeurs_legales == ()


def test_texts_of_different_lengths_are_not_cut() -> None:
    @formule(texte="Essai")
    def mot(
        lu: Annotated[Texte, Parametre("versement.{cle}")],
    ) -> Texte:
        return lu

    regles = Regles.from_formules(mot)
    colonnes = {"cle": np.array(["part_modulee", "plafond", "regularisation_fin"])}
    lus = compute(["mot"], colonnes, LOI, date(2024, 1, 1), regles)["mot"].tolist()
    assert lus == [LOI.resolve(f"versement.{c}", date(2024, 1, 1)).valeur for c in colonnes["cle"]]


def test_a_name_is_not_both_a_formula_and_a_legal_value() -> None:
    @formule(texte="Essai")
    def montant_socle(etp: Etp) -> EurosParEtp:
        return etp

    with pytest.raises(ValueError, match="both a formula and a legal value"):
        Regles.from_formules(montant_mensuel, montant_socle)


def test_a_rule_ends_the_day_after_its_last_one() -> None:
    regles = Regles.from_formules(nombre_regularisations_2014)
    etp = {"etp": np.ones(2)}
    derniers = jours("2016-12-30", "2016-12-31")
    assert compute(["nombre_regularisations"], etp, LOI, derniers, regles)[
        "nombre_regularisations"
    ].tolist() == [2, 2]
    with pytest.raises(PeriodeNonModelisee, match="au 1er janvier 2017"):
        compute(["nombre_regularisations"], etp, LOI, jours("2016-12-31", "2017-01-01"), regles)
