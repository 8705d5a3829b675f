"""Legal values at a date, as known on a date, refused where they are not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from maillage.kernel.errors import Introuvable, SaisieInvalide
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import Legislation, load_legislation, load_parametres

AI = "aide_au_poste.montant_socle.AI"
EITI = "aide_au_poste.montant_socle.EITI"
LOI = load_legislation()


def refusal(chemin: str, le: date, connu_au: date | None = None) -> tuple[str, str]:
    with pytest.raises(PeriodeNonModelisee) as refus:
        load_parametres(le, connu_au).get(chemin)
    assert refus.value.exit_code == 3
    (anomalie,) = refus.value.anomalies
    return anomalie.code, anomalie.quoi


def test_the_refusal_of_2026_says_what_was_looked_for() -> None:
    assert refusal(AI, date(2026, 1, 1)) == (
        "MLG-REG-005",
        "montant inconnu pour l’AI au 1er janvier 2026 : aucun arrêté trouvé après le 4 décembre 2024",
    )


@pytest.mark.parametrize(
    ("le", "connu_au", "montant"),
    [
        (date(2022, 8, 15), date(2022, 9, 1), 1479),
        (date(2022, 8, 15), date(2022, 8, 20), 1428),
        (date(2022, 8, 15), date(2022, 8, 21), 1479),
        (date(2022, 8, 15), date(2022, 12, 14), 1479),
        (date(2022, 8, 15), date(2022, 12, 15), 1509),
        (date(2022, 8, 15), None, 1509),
    ],
)
def test_what_was_known_on_a_day(le: date, connu_au: date | None, montant: int) -> None:
    assert load_parametres(le, connu_au).get(AI).valeur == montant


@pytest.mark.parametrize(
    ("le", "montant"),
    [
        (date(2022, 4, 30), 1441),
        (date(2022, 5, 1), 1479),
        (date(2022, 5, 2), 1479),
        (date(2024, 10, 31), 1588),
        (date(2024, 11, 1), 1619),
        (date(2025, 12, 31), 1619),
    ],
)
def test_the_day_before_of_and_after_a_change(le: date, montant: int) -> None:
    assert load_parametres(le).get(AI).valeur == montant


def test_a_legal_value_carries_its_two_dates_and_its_text() -> None:
    legale = load_parametres(date(2022, 6, 1)).get(AI)
    assert legale.date_effet == date(2022, 5, 1)
    assert legale.date_publication == date(2022, 8, 21)
    assert not legale.publication_inconnue
    assert legale.reference.titre.startswith("Arrêté du 5 juillet 2022")
    assert legale.unite == "EUR/ETP/an"
    assert legale.avertissement == ""


def test_an_unknown_publication_is_known_from_its_effect_and_flagged() -> None:
    legale = load_parametres(date(2024, 3, 1), date(2024, 1, 1)).get(AI)
    assert legale.valeur == 1588
    assert legale.publication_inconnue


@pytest.mark.parametrize(
    ("chemin", "le", "connu_au", "code"),
    [
        (EITI, date(2021, 2, 1), None, "MLG-REG-002"),
        (AI, date(2014, 6, 30), None, "MLG-REG-003"),
        (AI, date(2014, 8, 1), date(2014, 3, 14), "MLG-REG-004"),
        ("smic.horaire_brut", date(2031, 1, 1), None, "MLG-REG-005"),
        (
            "cotisations.reduction_generale.coefficient_max_moins_de_seuil",
            date(2026, 1, 1),
            None,
            "MLG-REG-006",
        ),
    ],
)
def test_each_refusal_has_its_code(chemin: str, le: date, connu_au: date | None, code: str) -> None:
    assert refusal(chemin, le, connu_au)[0] == code
    assert load_parametres(le, connu_au).find(chemin) is None


def test_the_last_day_before_a_gap_and_the_first_after_it_are_known() -> None:
    assert load_parametres(date(2020, 12, 31)).get(EITI).valeur == 5614
    assert load_parametres(date(2021, 10, 1)).get(EITI).valeur == 5794


def test_an_unknown_path_proposes_the_nearest() -> None:
    with pytest.raises(Introuvable, match=r"MLG-REG-001.*montant_socle\.AI \?"):
        load_parametres(date(2022, 1, 1)).get("aide_au_poste.montant_socl.AI")


def test_the_same_as_another_parameter_is_a_reference_not_a_copy() -> None:
    legale = load_parametres(date(2024, 12, 1)).get(
        "aide_au_poste.montant_socle_milieu_penitentiaire.EI"
    )
    assert legale.valeur == 12459
    assert legale.renvoi is not None
    assert legale.renvoi.chemin == "aide_au_poste.montant_socle.EI"


def test_the_projection_is_chosen_labelled_and_of_confidence_c() -> None:
    legale = LOI.with_choix(Choix.projection_smic()).resolve(AI, date(2026, 6, 1))
    assert legale.valeur == 1678
    assert legale.confiance == "C"
    assert "pas le droit" in legale.avertissement


def test_the_projection_changes_nothing_where_the_law_is_known() -> None:
    projetee = LOI.with_choix(Choix.projection_smic())
    assert projetee.resolve(AI, date(2025, 12, 31)) == LOI.resolve(AI, date(2025, 12, 31))


def test_the_projection_does_not_outlive_the_smic() -> None:
    with pytest.raises(PeriodeNonModelisee, match="SMIC inconnu"):
        LOI.with_choix(Choix.projection_smic()).resolve(AI, date(2027, 1, 1))


def test_the_projection_does_not_prolong_what_no_text_indexes() -> None:
    with pytest.raises(PeriodeNonModelisee, match="MLG-REG-005"):
        LOI.with_choix(Choix.projection_smic()).resolve(
            "aide_au_poste.contrat_passerelle.montant", date(2026, 1, 1)
        )


def test_a_value_of_the_user_says_its_reason_with_every_figure() -> None:
    choix = Choix.valeur_utilisateur(AI, 1650, "projet d’arrêté reçu", du=date(2026, 1, 1))
    loi = LOI.with_choix(choix)
    legale = loi.resolve(AI, date(2026, 3, 1))
    assert legale.valeur == 1650
    assert "projet d’arrêté reçu" in legale.avertissement
    assert loi.resolve(AI, date(2025, 12, 31)).choix is None


@pytest.mark.parametrize(("valeur", "motif", "code"), [(1, " ", "010"), (float("nan"), "m", "011")])
def test_a_choice_needs_a_reason_and_a_number(valeur: float, motif: str, code: str) -> None:
    with pytest.raises(SaisieInvalide, match=f"MLG-REG-{code}"):
        Choix.valeur_utilisateur(AI, valeur, motif)


def test_a_choice_on_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(Introuvable, match="MLG-REG-001"):
        LOI.with_choix(Choix.valeur_utilisateur("aide_au_poste.rien", 1, "essai"))


def test_a_value_not_verified_carries_its_warning() -> None:
    legale = load_parametres(date(2024, 1, 1)).get("cotisations.tva_ai")
    assert "non vérifiée" in legale.avertissement


def test_the_projection_of_a_reference_is_the_one_of_its_target() -> None:
    projetee = LOI.with_choix(Choix.projection_smic())
    legale = projetee.resolve(
        "aide_au_poste.montant_socle_milieu_penitentiaire.EI", date(2026, 1, 1)
    )
    assert legale.valeur == 13461
    assert "pas le droit" in legale.avertissement


def test_a_value_of_the_user_ends_on_its_last_day() -> None:
    loi = LOI.with_choix(Choix.valeur_utilisateur(AI, 1650, "essai", au=date(2023, 1, 31)))
    assert loi.resolve(AI, date(2023, 1, 31)).valeur == 1650
    assert loi.resolve(AI, date(2023, 2, 1)).valeur == 1536
    assert date(2023, 2, 1) in loi.breakpoints(AI)


def test_a_parameter_without_a_last_day_holds() -> None:
    feuille = replace(LOI.leaf(AI), valable_jusqu_au=None)
    loi = Legislation({AI: feuille})
    assert loi.resolve(AI, date(2031, 1, 1)).valeur == 1619
    assert max(loi.breakpoints(AI)) == date(2024, 11, 1)


def test_what_a_text_ended_asks_for_no_value_of_ones_own() -> None:
    with pytest.raises(PeriodeNonModelisee) as refus:
        load_parametres(date(2022, 1, 1)).get("cotisations.ai_exoneration_750h.heures_max_par_an")
    [anomalie] = refus.value.anomalies
    assert anomalie.code == "MLG-REG-006"
    assert "mis fin" in anomalie.que_faire
