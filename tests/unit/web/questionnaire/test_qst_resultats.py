"""Results say nothing of one structure: each table is compared with a count made by hand."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from factories.questionnaires import make_definition, nombre
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.web.questionnaire.modele.resultats import (
    ENSEMBLE,
    Case,
    Croisement,
    Repondant,
    compute,
    is_publiable,
)
from maillage.web.questionnaire.modele.saisie import Saisie, Sans

if TYPE_CHECKING:
    from maillage.web.questionnaire.modele.definition import Question

DEFINITION = make_definition()


def question(code: str) -> Question:
    trouvee = DEFINITION.find_question(code)
    assert trouvee is not None
    return trouvee


def repondants(code: str, *groupes: tuple[str, str, list[Saisie]]) -> list[Repondant]:
    return [
        Repondant(f"{region}-{type_siae}-{rang}", region, type_siae, {code: saisie})
        for region, type_siae, saisies in groupes
        for rang, saisie in enumerate(saisies)
    ]


def cases(table: Croisement, ligne: str) -> dict[str, Case]:
    return dict(zip(table.colonnes, dict(table.lignes)[ligne], strict=True))


def test_numbers_are_those_counted_by_hand() -> None:
    """Six structures per region: totals 210 and 330, median of the whole 45."""
    groupes = repondants(
        "personnes",
        ("Bretagne", "AI", [nombre(v) for v in (10, 20, 30, 40, 50, 60)]),
        ("Normandie", "AI", [nombre(v) for v in (30, 40, 50, 60, 70, 80)]),
    )
    region, type_siae = compute(question("personnes"), groupes)
    assert cases(region, "Bretagne")["Total (personnes)"].valeur == 210
    assert cases(region, "Normandie")["Total (personnes)"].valeur == 330
    assert cases(region, ENSEMBLE)["Total (personnes)"].valeur == 540
    assert cases(region, ENSEMBLE)["Réponses"].valeur == 12
    assert cases(region, ENSEMBLE)["Médiane"].valeur == 45
    assert cases(region, "Bretagne")["Médiane"].valeur == 35
    # six structures are enough for a median, twelve for quartiles
    assert cases(region, "Bretagne")["1er quartile"].raison
    assert cases(region, ENSEMBLE)["1er quartile"].valeur == 30
    assert cases(type_siae, "AI")["Total (personnes)"].valeur == 540


def test_a_cell_of_two_is_hidden_and_so_is_what_would_give_it_back() -> None:
    groupes = repondants(
        "personnes",
        ("Bretagne", "AI", [nombre(v) for v in (10, 12, 14, 11)]),
        ("Corse", "AI", [nombre(20), nombre(22)]),
        ("Normandie", "AI", [nombre(v) for v in (30, 28, 33, 31)]),
    )
    region, _ = compute(question("personnes"), groupes)
    cachees = [
        ligne
        for ligne in ("Bretagne", "Corse", "Normandie")
        if cases(region, ligne)["Total (personnes)"].raison
    ]
    assert "Corse" in cachees
    # hidden alone, it would be the whole less the others
    if not cases(region, ENSEMBLE)["Total (personnes)"].raison:
        assert len(cachees) >= 2
    assert "moins de 3" in cases(region, "Corse")["Total (personnes)"].raison
    assert cases(region, "Corse")["Total (personnes)"].valeur is None


def test_a_structure_that_makes_nearly_all_of_a_total_hides_it() -> None:
    groupes = repondants(
        "personnes",
        ("Bretagne", "AI", [nombre(v) for v in (1000, 1, 2, 3)]),
        ("Normandie", "AI", [nombre(v) for v in (30, 28, 33, 31)]),
    )
    region, _ = compute(question("personnes"), groupes)
    assert "85" in cases(region, "Bretagne")["Total (personnes)"].raison
    assert cases(region, "Bretagne")["Réponses"].valeur == 4


def test_unknown_answers_are_neither_zero_nor_counted() -> None:
    saisies = [nombre(v) for v in (10, 10, 10, 10, 10, 10)] + [Saisie(sans=Sans.NE_SAIT_PAS)] * 4
    region, _ = compute(question("personnes"), repondants("personnes", ("Corse", "AI", saisies)))
    assert cases(region, ENSEMBLE)["Réponses"].valeur == 6
    assert cases(region, ENSEMBLE)["Médiane"].valeur == 10


def test_amounts_that_can_be_negative_have_no_total() -> None:
    saisies = [nombre(v) for v in (-5, 10, 20, 30, 40, 50)]
    region, _ = compute(question("produits"), repondants("produits", ("Corse", "AI", saisies)))
    assert region.colonnes == ("Réponses", "1er quartile", "Médiane", "3e quartile")
    assert cases(region, ENSEMBLE)["Médiane"].valeur == 25


def test_choices_are_counted_with_their_share() -> None:
    oui, non = Saisie(("oui",)), Saisie(("non",))
    groupes = repondants("locaux", ("Corse", "AI", [oui] * 6 + [non] * 4))
    region, _ = compute(question("locaux"), groupes)
    assert cases(region, ENSEMBLE)["Oui"].texte == "6 (60\u202f%)"
    assert cases(region, ENSEMBLE)["Non"].valeur == 4
    assert cases(region, ENSEMBLE)["Réponses"].valeur == 10


def test_several_choices_are_counted_by_structure() -> None:
    deux, une = Saisie(("mobilite", "logement")), Saisie(("mobilite",))
    groupes = repondants("freins", ("Corse", "AI", [deux] * 4 + [une] * 4))
    region, _ = compute(question("freins"), groupes)
    assert cases(region, ENSEMBLE)["La mobilité"].valeur == 8
    assert cases(region, ENSEMBLE)["Le logement"].valeur == 4
    assert cases(region, ENSEMBLE)["Structures"].valeur == 8


def test_nobody_answered() -> None:
    for code in ("personnes", "locaux", "freins"):
        for table in compute(question(code), []):
            assert [ligne for ligne, _ in table.lignes] == [ENSEMBLE]
    assert not is_publiable(question("commune"))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Bretagne", "Corse", "Normandie"]),
            st.sampled_from(["AI", "ACI"]),
            st.sampled_from(["oui", "non"]),
            st.integers(0, 200),
        ),
        max_size=14,
    )
)
def test_no_shown_cell_rests_on_fewer_than_three_nor_is_dominated(
    lignes: list[tuple[str, str, str, int]],
) -> None:
    """The second reader is ten lines long: it counts with dictionaries."""
    tous = [
        Repondant(str(rang), region, genre, {"locaux": Saisie((mot,)), "personnes": nombre(valeur)})
        for rang, (region, genre, mot, valeur) in enumerate(lignes)
    ]
    for axe, table in enumerate(compute(question("locaux"), tous)):
        compte: dict[tuple[str, str], int] = defaultdict(int)
        for ligne in lignes:
            for groupe in (str(ligne[axe]), ENSEMBLE):
                compte[groupe, ligne[2].capitalize()] += 1
        for groupe, _ in table.lignes:
            for mot in ("Oui", "Non"):
                case = cases(table, groupe)[mot]
                if case.valeur is not None:
                    assert case.valeur == compte[groupe, mot]
                    assert case.valeur == 0 or case.valeur >= 3
    for axe, table in enumerate(compute(question("personnes"), tous)):
        for groupe, _ in table.lignes:
            parts = [ligne[3] for ligne in lignes if groupe in {ligne[axe], ENSEMBLE}]
            case = cases(table, groupe)["Total (personnes)"]
            if case.valeur is not None:
                assert case.valeur == sum(parts)
                assert len(parts) >= 3
                assert max(parts) <= 0.85 * sum(parts)
