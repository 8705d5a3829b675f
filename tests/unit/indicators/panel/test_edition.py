"""What an edition publishes, keeps from the one before, or hides, on small panels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from factories.panel import BREST, RATIO, contribution, row

from maillage.indicators.panel.contribution import Contribution, Mesure, Profil
from maillage.indicators.panel.edition import AUCUNE, Edition, publish
from maillage.indicators.panel.groupes import Groupe, list_groupes
from maillage.indicators.panel.quartiles import Quartiles
from maillage.indicators.panel.regle import RegleDuPanel
from maillage.indicators.secret.regle import Regle
from maillage.kernel.valeur import Absence

MARS, JUIN = date(2025, 3, 1), date(2025, 6, 1)
NANTES = replace(BREST, region="52")
ACI = Groupe(("ACI",))
PETITES = Groupe(("ACI", "petite"))
BRETAGNE = Groupe(("ACI", "petite", "53"))
LOIRE = Groupe(("ACI", "petite", "52"))
DOUZE = [float(10 * rank) for rank in range(1, 13)]  # 10, 20 … 120
QUARTILES = Quartiles(30.0, 65.0, 100.0, 12)  # (20+30+40)/3, (50+60+70+80)/4, (90+100+110)/3


def edit(
    contributions: tuple[Contribution, ...], *before: Edition, au: date = MARS, ratio: str = RATIO
) -> Edition:
    return publish(contributions, 2024, au, [ratio], before)


def published(edition: Edition) -> dict[Groupe, date]:
    return {groupe: found.au for (_, groupe), found in edition.affiche.parutions.items()}


def test_likeness_is_relaxed_in_order() -> None:
    assert [groupe.dimensions for groupe in list_groupes(BREST)] == [
        ("type", "taille", "region", "activite"),
        ("type", "taille", "region"),
        ("type", "taille"),
        ("type",),
    ]


@pytest.mark.parametrize(
    ("profil", "dimensions"),
    [
        (replace(BREST, activite=""), 3),
        (replace(BREST, region=""), 2),
        (replace(BREST, taille=""), 1),
    ],
)
def test_nobody_is_alike_for_what_is_not_known(profil: Profil, dimensions: int) -> None:
    groupes = list_groupes(profil)
    assert [len(groupe.valeurs) for groupe in groupes] == list(range(dimensions, 0, -1))
    assert all(all(groupe.valeurs) for groupe in groupes)


def test_twelve_structures_are_published_eleven_are_not() -> None:
    assert edit(row(DOUZE)).affiche.quartiles(RATIO, ACI) == QUARTILES
    onze = edit(row(DOUZE[:11])).affiche
    assert onze.quartiles(RATIO, ACI) is Absence.SECRETE
    assert onze.raison(RATIO, ACI) == RegleDuPanel().phrase
    assert "moins de 12 structures" in onze.raison(RATIO, ACI).replace("\xa0", " ")


def test_a_ratio_that_nobody_gave_says_so() -> None:
    affiche = publish(row(DOUZE), 2024, MARS, [RATIO, "tresorerie_en_mois"]).affiche
    assert affiche.quartiles("tresorerie_en_mois", ACI) is Absence.PAS_ENCORE_PUBLIEE
    assert affiche.raison("tresorerie_en_mois", ACI) == AUCUNE
    assert affiche.raison(RATIO, ACI) == ""
    with pytest.raises(ValueError, match="no ratio « autre »; its ratios: ventes_pour_100, treso"):
        affiche.quartiles("autre", ACI)


def test_two_establishments_of_one_association_are_one() -> None:
    twins = (*row(DOUZE[:11]), contribution("s12", 120.0, organisme="s11"))
    assert published(edit(twins)) == {}


def test_a_structure_above_85_percent_of_the_weight_hides_the_group() -> None:
    # eleven others of weight 1: 62 makes 84.9 % of 73, 63 makes 85.1 % of 74
    for poids, groups in ((62.0, 4), (63.0, 0)):
        ones = (*row(DOUZE[:11]), contribution("s12", 120.0, poids=poids))
        assert len(published(edit(ones))) == groups


def test_a_figure_that_makes_a_quartile_alone_hides_the_group() -> None:
    # the first window holds 1, 1 and 30: 30 is 94 % of the three
    skewed = [1.0, 1.0, 1.0, 30.0, *DOUZE[4:]]
    assert published(edit(row(skewed))) == {}
    assert published(edit(row([*skewed[:3], 11.0, *DOUZE[4:]]))) != {}  # 11 of 13: 84.6 %


def test_figures_that_are_all_alike_are_hidden() -> None:
    # without its greatest figure, which its owner knows, the play is 14.9 % of the next
    assert published(edit(row([100.0 - rank for rank in range(11)] + [200.0]))) == {}
    assert published(edit(row([100.0 - 2 * rank for rank in range(11)] + [200.0]))) != {}
    assert published(edit(row([0.0] * 12))) == {}


def test_two_equal_quartiles_are_hidden() -> None:
    # ranks 2 to 8 would be known to be at 50
    assert published(edit(row([10.0, *[50.0] * 7, 80.0, 90.0, 95.0, 97.0, 100.0]))) == {}
    assert published(edit(row([10.0, *[50.0] * 6, 51.0, 80.0, 90.0, 95.0, 97.0, 100.0]))) != {}
    assert published(edit(row([1.0, 2.0, 5.0, 10.0, *[50.0] * 8, 100.0]))) == {}


def test_a_difference_of_fewer_than_twelve_is_not_published() -> None:
    bretagne = row(DOUZE)
    few = (*bretagne, *row(DOUZE[:11], NANTES, "n"))
    assert set(published(edit(few))) == {ACI, PETITES}  # Bretagne would give the 11 others away
    many = (*bretagne, *row(DOUZE, NANTES, "n"))
    assert {ACI, PETITES, BRETAGNE, LOIRE} <= set(published(edit(many)))


def test_an_edition_is_frozen_until_twelve_structures_changed() -> None:
    first = edit(row(DOUZE))
    few = (*row(DOUZE), *row(DOUZE[:11], BREST, "n"))
    second = edit(few, first, au=JUIN)
    assert second.affiche.quartiles(RATIO, ACI) == QUARTILES
    assert set(published(second).values()) == {MARS}
    third = edit((*few, contribution("n12", 3.0)), first, second, au=JUIN)
    assert set(published(third).values()) == {JUIN}
    found = third.affiche.quartiles(RATIO, ACI)
    assert isinstance(found, Quartiles)
    assert found.nombre == 24


def test_leaving_and_revising_freeze_too() -> None:
    first = edit(row([*DOUZE, 130.0]))
    assert set(published(edit(row(DOUZE), first, au=JUIN)).values()) == {MARS}
    revised = edit(row([*DOUZE, 135.0]), first, au=JUIN)
    assert set(published(revised).values()) == {MARS}
    everyone = edit(row([valeur + 1 for valeur in [*DOUZE, 130.0]]), first, au=JUIN)
    assert set(published(everyone).values()) == {JUIN}


def test_what_was_published_stays_when_everyone_left() -> None:
    first = edit(row(DOUZE))
    second = edit((), first, au=JUIN)
    assert second.affiche.quartiles(RATIO, ACI) == QUARTILES
    assert edit(row(DOUZE), first, second, au=JUIN).affiche.parutions == first.affiche.parutions


def test_editions_before_the_last_are_remembered() -> None:
    """Thirteen, then twelve more, then the first twelve: the last page and the first give one away."""
    first = edit(row([*DOUZE, 130.0]))
    everyone = (*row([*DOUZE, 130.0]), *row(DOUZE, BREST, "n"))
    second = edit(everyone, first, au=JUIN)
    assert set(published(second).values()) == {JUIN}
    third = edit(row(DOUZE), first, second, au=date(2025, 9, 1))
    assert set(published(third).values()) == {JUIN}
    # without the first page, thirteen structures left together
    assert set(published(edit(row(DOUZE), second, au=date(2025, 9, 1))).values()) == {
        date(2025, 9, 1)
    }


def test_a_closer_group_of_a_later_edition_is_compared_with_the_earlier_one() -> None:
    bretagne, loire = row(DOUZE), row(DOUZE, NANTES, "n")
    first = edit((*bretagne, *loire[:11]))
    assert BRETAGNE not in published(first)
    second = edit((*bretagne, *loire), first, au=JUIN)
    assert published(second) == {ACI: MARS, PETITES: MARS}


def test_another_year_is_another_figure() -> None:
    first = edit(row(DOUZE))
    later = tuple(replace(one, annee=2025) for one in row([*DOUZE, 130.0]))
    second = publish(later, 2025, JUIN, [RATIO], [first])
    assert set(published(second).values()) == {JUIN}
    assert published(edit(later)) == {}


def test_ratios_do_not_mix() -> None:
    twice = tuple(
        replace(one, ratios={**one.ratios, "cout": Mesure(one.ratios[RATIO].valeur / 10, 1)})
        for one in row(DOUZE)
    )
    first = publish(twice, 2024, MARS, [RATIO, "cout"])
    assert first.affiche.quartiles("cout", ACI) == Quartiles(3.0, 6.5, 10.0, 12)
    second = publish(twice, 2024, JUIN, [RATIO, "cout"], [first])
    assert second.affiche.parutions == first.affiche.parutions


def test_a_ratio_worked_out_from_another_is_compared_with_it() -> None:
    """Thirteen give their sales; twelve of them, their aids, which are the rest of the hundred."""
    treize = row([*DOUZE, 130.0])
    both = [
        replace(one, ratios={**one.ratios, "aides": Mesure(100 - one.ratios[RATIO].valeur, 1)})
        for one in treize[:12]
    ]
    panel = (*both, treize[12])
    free = publish(panel, 2024, MARS, [RATIO, "aides"])
    assert {ratio for ratio, _ in free.affiche.parutions} == {RATIO, "aides"}
    linked = [frozenset({RATIO, "aides"})]
    held = publish(panel, 2024, MARS, [RATIO, "aides"], lies=linked)
    assert {ratio for ratio, _ in held.affiche.parutions} == {RATIO}
    assert held.affiche.quartiles("aides", ACI) is Absence.SECRETE
    # the same ones give both: nothing tells them apart
    same = publish(both, 2024, MARS, [RATIO, "aides"], lies=linked)
    assert {ratio for ratio, _ in same.affiche.parutions} == {RATIO, "aides"}
    # an edition to come knows it too
    later = publish(panel, 2024, JUIN, ["aides", RATIO], [same], lies=linked)
    assert set(published(later).values()) == {MARS}


def test_a_structure_contributes_once_to_a_year() -> None:
    with pytest.raises(ValueError, match="contributes once to the year 2024"):
        edit((*row(DOUZE), contribution("s01", 5.0)))


def test_the_network_cannot_ask_for_less_than_three() -> None:
    with pytest.raises(ValueError, match="3 structures around a quartile"):
        RegleDuPanel(Regle(contributeurs_min=2))
    assert RegleDuPanel(Regle(contributeurs_min=5)).structures_min == 20


def test_the_rule_says_itself() -> None:
    text = RegleDuPanel().methode.replace("\xa0", " ").replace("\u202f", " ")
    assert "moyenne des 3 ou 4 chiffres" in text
    assert "12 structures au moins" in text
    assert "85 %" in text
    assert "15 %" in text


def test_an_edition_does_not_show_who_gave_what() -> None:
    assert "110.0" not in repr(edit(row(DOUZE)))
