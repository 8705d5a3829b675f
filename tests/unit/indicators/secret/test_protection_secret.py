"""Worked tables: what is hidden, why, and what a difference would reveal."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.indicators.secret import programme, recherche
from maillage.indicators.secret.attaque import Bornes, bound
from maillage.indicators.secret.mouvement import Mouvement
from maillage.indicators.secret.nomenclature import Nomenclature
from maillage.indicators.secret.protection import hide_sensitive, protect
from maillage.indicators.secret.publication import Publication
from maillage.indicators.secret.regle import Motif, Regle
from maillage.indicators.secret.tableau import Cellule, Contribution, Nature, Tableau
from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.valeur import Absence

Cells = dict[tuple[str, str], tuple[float, ...]]


def make_tableau(cells: Cells, nature: Nature = Nature.MONTANT, nom: str = "heures") -> Tableau:
    """Table whose inner cells list the figure of each structure, a new one each time."""
    lignes = Nomenclature.plate("France", dict.fromkeys(ligne for ligne, _ in cells))
    noms = dict.fromkeys(colonne for _, colonne in cells)
    colonnes = Nomenclature.plate("ensemble", () if "ensemble" in noms else noms)
    contributions = tuple(
        Contribution(f"{ligne}/{colonne}/{rank}", valeur, ligne, colonne)
        for (ligne, colonne), valeurs in cells.items()
        for rank, valeur in enumerate(valeurs)
    )
    return Tableau(nom, lignes, colonnes, contributions, nature)


def make_line(nom: str = "heures", **valeurs: float) -> Tableau:
    """Table of one group, whose structures are named."""
    contributions = tuple(
        Contribution(contributeur, valeur, "France", "ensemble")
        for contributeur, valeur in valeurs.items()
    )
    un = Nomenclature.plate("France"), Nomenclature.plate("ensemble")
    return Tableau(nom, *un, contributions)


QUATRE = (10.0, 12.0, 9.0, 11.0)


def test_one_sensitive_cell_takes_three_others_with_it() -> None:
    """As the manual of INSEE says of a table in two dimensions."""
    cells: Cells = {(ligne, colonne): QUATRE for ligne in "abc" for colonne in "xyz"}
    cells["b", "y"] = (40.0,)
    publication = protect(make_tableau(cells))
    motifs = list(publication.motifs.values())
    assert publication.motifs[Cellule("b", "y")] is Motif.EFFECTIF
    assert motifs.count(Motif.COMPLEMENTAIRE) == 3
    assert len(motifs) == 4
    assert publication.valeur("France", "ensemble") == 376.0
    assert publication.valeur("b", "y") is Absence.SECRETE
    assert publication.raison("b", "y") == "secret\u202f: moins de 3\u00a0structures"
    assert publication.raison("France", "ensemble") == ""
    others = [publication.raison(*place) for place in publication.motifs if place != ("b", "y")]
    assert others == ["secret\u202f: protège une autre cellule"] * 3
    assert publication.cachees.sum() == 4


def test_nothing_is_hidden_when_nothing_is_sensitive() -> None:
    cells: Cells = {(ligne, colonne): QUATRE for ligne in "abc" for colonne in "xyz"}
    assert protect(make_tableau(cells)).motifs == {}


def test_two_sensitive_cells_do_not_protect_each_other() -> None:
    """Each structure would subtract itself from the margin: the « singletons » of the handbook."""
    cells: Cells = {("a", "ensemble"): (40.0,), ("b", "ensemble"): (50.0,)}
    cells |= {(ligne, "ensemble"): QUATRE for ligne in "cd"}
    publication = protect(make_tableau(cells))
    hidden = {ligne for ligne, _ in publication.motifs}
    assert {"a", "b"} < hidden
    for attaquant, victime, valeur in (("a", "b", 50.0), ("b", "a", 40.0)):
        (bornes,) = bound([publication], f"{attaquant}/ensemble/0")
        low, high = bornes[Cellule(victime, "ensemble")]
        assert high - low >= 0.15 * valeur


def test_a_cell_without_structure_is_not_a_secret() -> None:
    cells: Cells = {("a", "x"): QUATRE, ("a", "y"): QUATRE, ("b", "x"): QUATRE, ("b", "y"): ()}
    publication = protect(make_tableau(cells))
    assert publication.motifs == {}
    assert publication.valeur("b", "y") is Absence.SANS_OBJET
    assert protect(make_tableau(cells).reponses()).valeur("b", "y") == 0.0


def test_a_table_without_anything() -> None:
    publication = protect(make_tableau({("a", "x"): ()}))
    assert publication.valeur("France", "ensemble") is Absence.SANS_OBJET


def test_zeros_are_protected_too() -> None:
    """One structure at zero among others: nobody may conclude that it is at zero."""
    cells: Cells = {("a", "ensemble"): (0.0,), ("b", "ensemble"): QUATRE}
    cells["c", "ensemble"] = QUATRE
    (bornes,) = bound([protect(make_tableau(cells))])
    low, high = bornes[Cellule("a", "ensemble")]
    assert low == 0.0
    assert high >= 0.15 * 10.0
    (bornes,) = bound([protect(make_tableau(cells, Nature.ENTIER))])
    assert bornes[Cellule("a", "ensemble")].plafond >= 1.0


def test_only_zeros() -> None:
    cells: Cells = {("a", "ensemble"): (0.0,), ("b", "ensemble"): (0.0,) * 3}
    publication = protect(make_tableau(cells))
    assert Cellule("a", "ensemble") in publication.motifs
    (bornes,) = bound([publication])
    assert bornes[Cellule("a", "ensemble")].plafond > 0


def test_reasons_of_answers_do_not_tell_one_or_two_from_three() -> None:
    cells: Cells = {("a", "ensemble"): (5.0,)} | {(ligne, "ensemble"): QUATRE for ligne in "bc"}
    publication = protect(make_tableau(cells).reponses())
    raisons = {publication.raison(*place) for place in publication.motifs}
    assert set(publication.motifs.values()) == {Motif.EFFECTIF, Motif.COMPLEMENTAIRE}
    assert raisons == {Regle().phrase(Motif.REPONSES)}


def test_without_play_complementary_cells_are_only_not_recomputed() -> None:
    cells: Cells = {("a", "x"): (1.0,), ("a", "y"): QUATRE, ("b", "x"): QUATRE}
    cells["b", "y"] = (9e4, 8e4, 7e4)
    loose = protect(make_tableau(cells), Regle(marge_complementaire=0))
    tight = protect(make_tableau(cells), Regle(marge_complementaire=1))
    assert len(loose.motifs) == 4
    assert len(tight.motifs) > len(loose.motifs)
    (bornes,) = bound([loose])
    assert all(borne.plafond > borne.plancher for borne in bornes.values())


def test_a_hidden_figure_may_also_be_lower() -> None:
    """The rectangle that lets 100 be higher does not let it be lower: its far corner is 1."""
    cells: Cells = {("a", "x"): (100.0,), ("a", "y"): QUATRE, ("b", "x"): QUATRE}
    cells["b", "y"] = (0.3, 0.3, 0.4)
    (bornes,) = bound([protect(make_tableau(cells))])
    low, high = bornes[Cellule("a", "x")]
    assert low <= 85.0
    assert high >= 100 / 0.85


def test_what_a_later_suppression_makes_useless_is_published_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cells: Cells = {
        ("a", "x"): (20.0, 60.0, 5.0),
        ("a", "y"): (5.0, 1.0, 2.0),
        ("b", "x"): (40.0, 8.0, 5.0),
        ("b", "y"): (40.0, 20.0, 20.0),
        ("c", "x"): (2.0, 1.0),
        ("c", "y"): (40.0, 20.0),
    }
    publication = protect(make_tableau(cells))
    assert publication.valeur("a", "x") == 85.0
    monkeypatch.setattr(recherche.Recherche, "reopen", lambda *_args: None)
    greedy = protect(make_tableau(cells))
    assert {*greedy.motifs} - {*publication.motifs} == {Cellule("a", "x")}


def test_a_lone_figure_may_seem_higher_than_its_margin_by_what_dominance_asks() -> None:
    """16 beside 100 is enough for 15 %, not for 100 / 0.85."""
    cells: Cells = {("a", "ensemble"): (100.0,), ("b", "ensemble"): (5.0, 5.0, 6.0)}
    cells["c", "ensemble"] = QUATRE
    (bornes,) = bound([protect(make_tableau(cells))])
    assert bornes[Cellule("a", "ensemble")].plafond >= 100 / 0.85


def test_a_zero_may_seem_as_large_as_the_margin_of_an_ordinary_figure() -> None:
    """The cheapest partner would leave it between 0 and 0.03."""
    cells: Cells = {("a", "ensemble"): (0.0,), ("b", "ensemble"): (0.01, 0.01, 0.01)}
    cells["c", "ensemble"] = QUATRE
    (bornes,) = bound([protect(make_tableau(cells))])
    assert bornes[Cellule("a", "ensemble")].plafond >= 0.15 * 9.0


def test_the_same_table_gives_the_same_publication() -> None:
    cells: Cells = {(ligne, colonne): QUATRE for ligne in "abcd" for colonne in "xyz"}
    cells["b", "y"] = (40.0,)
    cells["c", "z"] = (900.0, 10.0, 5.0)
    tableau = make_tableau(cells)
    backwards = Tableau(
        "heures", tableau.lignes, tableau.colonnes, tuple(reversed(tableau.contributions))
    )
    assert protect(tableau).motifs == protect(tableau).motifs == protect(backwards).motifs


def test_one_structure_more_is_a_difference() -> None:
    """Total of ten, then total of eleven: the difference is the eleventh."""
    dix = {f"s{rank}": 10.0 + rank for rank in range(10)}
    before = protect(make_line("mars", **dix))
    assert before.valeur("France", "ensemble") == 145.0
    onze = make_line("mars, révisé", **dix, s10=33.0)
    assert protect(onze).motifs == {}
    after = protect(onze, anterieures=[before])
    assert after.valeur("France", "ensemble") is Absence.SECRETE
    assert after.raison("France", "ensemble") == "secret\u202f: protège une autre cellule"
    treize = make_line("mars, révisé", **dix, s10=33.0, s11=30.0, s12=35.0)
    assert protect(treize, anterieures=[before]).motifs == {}


def test_one_revised_structure_is_a_difference() -> None:
    dix = {f"s{rank}": 10.0 + rank for rank in range(10)}
    before = protect(make_line("mars", **dix))
    assert protect(make_line("mars bis", **dix), anterieures=[before]).motifs == {}
    revised = make_line("mars bis", **(dix | {"s3": 20.0}))
    assert len(protect(revised, anterieures=[before]).motifs) == 1


def test_everyone_minus_those_who_consent() -> None:
    """Whoever did not consent must not appear by subtraction."""
    tous = {f"s{rank}": 10.0 + rank for rank in range(8)}
    everyone = protect(make_line("tous", **tous))
    consentants = {nom: valeur for nom, valeur in tous.items() if nom not in {"s1", "s2"}}
    hidden = protect(make_line("consentants", **consentants), anterieures=[everyone])
    assert hidden.valeur("France", "ensemble") is Absence.SECRETE
    trois = {nom: valeur for nom, valeur in consentants.items() if nom != "s3"}
    shown = protect(make_line("consentants", **trois), anterieures=[everyone])
    assert shown.valeur("France", "ensemble") == sum(trois.values())


def test_what_is_already_given_away_is_refused() -> None:
    """Published before without the rule: hiding now would mend nothing."""
    dix = {f"s{rank}": 10.0 + rank for rank in range(10)}
    first = protect(make_line("mars", **dix))
    careless = protect(make_line("mars bis", **dix, s10=33.0))
    with pytest.raises(SaisieInvalide) as refusal:
        protect(make_line("mars ter", **dix, s10=33.0), anterieures=[first, careless])
    (anomalie,) = refusal.value.anomalies
    assert anomalie.code == "MLG-SEC-001"
    assert "mars ter" in anomalie.quoi
    assert "33" not in str(refusal.value)


def test_a_zero_already_known_is_not_asked_for_again() -> None:
    before = protect(make_line("mars", a=0.0, b=0.0, c=0.0))
    assert before.valeur("France", "ensemble") == 0.0
    after = protect(make_line("mars bis", a=0.0, b=0.0), anterieures=[before])
    assert after.valeur("France", "ensemble") is Absence.SECRETE


def test_a_cell_bounded_by_an_earlier_figure_keeps_its_margin_on_one_side() -> None:
    """90 of the 100 already published: it cannot seem to be 103.5, and need not."""
    before = protect(make_line("total", a=10.0, b=45.0, c=45.0))
    detail = Tableau(
        "détail",
        Nomenclature.plate("France", ["nord", "sud"]),
        Nomenclature.plate("ensemble"),
        (
            Contribution("a", 10.0, "nord", "ensemble"),
            Contribution("b", 45.0, "sud", "ensemble"),
            Contribution("c", 45.0, "sud", "ensemble"),
        ),
    )
    after = protect(detail, anterieures=[before])
    assert after.valeur("France", "ensemble") == 100.0
    _, bornes = bound([before, after])
    assert bornes[Cellule("sud", "ensemble")] == Bornes(0.0, 100.0)
    assert protect(detail).valeur("France", "ensemble") is Absence.SECRETE


def test_a_dominated_cell_bounded_by_an_earlier_figure_keeps_what_dominance_asks() -> None:
    """97 and 3 within 114.5: 115 is out of reach, 97 / 0.85 = 114.12 is not."""
    before = protect(make_line("total", a=97.0, b=3.0, c=14.5))
    detail = Tableau(
        "détail",
        Nomenclature.plate("France", ["nord", "sud"]),
        Nomenclature.plate("ensemble"),
        (
            Contribution("a", 97.0, "nord", "ensemble"),
            Contribution("b", 3.0, "nord", "ensemble"),
            Contribution("c", 14.5, "sud", "ensemble"),
        ),
    )
    after = protect(detail, anterieures=[before])
    _, bornes = bound([before, after])
    assert bornes[Cellule("nord", "ensemble")].plafond >= 97 / 0.85


def test_a_structure_shown_alone_before_is_refused() -> None:
    laxiste = Regle(contributeurs_min=1, part_max=0.99)
    totaux = {Cellule("France", "ensemble"): 12.0}
    alone = Publication(make_line("seule", a=12.0), laxiste, {}, frozenset(), totaux)
    with pytest.raises(SaisieInvalide, match="MLG-SEC-001"):
        protect(make_line("suite", a=12.0), anterieures=[alone])


def test_publications_must_be_of_one_measure() -> None:
    before = protect(make_line("mars", a=1.0, b=1.0, c=1.0))
    with pytest.raises(ValueError, match="is of"):
        protect(make_line("mars", a=1.0).reponses(), anterieures=[before])


def test_contributions_must_be_followed_between_publications() -> None:
    two = Tableau(
        "mars",
        Nomenclature.plate("France"),
        Nomenclature.plate("ensemble"),
        (Contribution("a", 1.0, "France", "ensemble"),) * 2,
    )
    with pytest.raises(ValueError, match="have the piece ''"):
        protect(two, anterieures=[protect(two)])


def test_an_unknown_cell_is_refused() -> None:
    publication = protect(make_line(a=1.0, b=1.0, c=1.0))
    with pytest.raises(ValueError, match="no cell"):
        publication.valeur("13", "ensemble")


def test_the_attack_finds_the_bounds_of_the_handbook() -> None:
    """Handbook on Statistical Disclosure Control, 4.2.2, example 3 (Geurts 1992, table 10)."""
    cells: Cells = {
        ("1", "x"): (4.0,),
        ("1", "y"): (3.0,),
        ("2", "x"): (2.0,),
        ("2", "y"): (1.0,),
        ("3", "x"): (1.0, 1.0, 1.0),
        ("3", "y"): (1.0, 1.0, 1.0),
    }
    brute = hide_sensitive(make_tableau(cells), Regle())
    hidden = {Cellule(ligne, colonne): Motif.EFFECTIF for ligne in "12" for colonne in "xy"}
    publication = Publication(brute.tableau, brute.regle, hidden, brute.vides, brute.totaux)
    (bornes,) = bound([publication])
    assert bornes[Cellule("1", "x")] == pytest.approx((3.0, 6.0))
    (of_one,) = bound([publication], "2/y/0")
    assert of_one[Cellule("1", "x")] == pytest.approx((4.0, 4.0))


def test_the_upper_bound_of_the_handbook() -> None:
    """Same chapter, example 4: 300, 20 and 10; the bound must reach 300 / 0.85 = 352.94."""
    cells: Cells = {("1", "ensemble"): (300.0, 20.0, 10.0)}
    cells |= {(ligne, "ensemble"): (5.0, 6.0, 4.0) for ligne in ("2", "3", "4")}
    publication = protect(make_tableau(cells))
    assert publication.motifs[Cellule("1", "ensemble")] is Motif.DOMINANCE
    (bornes,) = bound([publication])
    assert bornes[Cellule("1", "ensemble")].plafond >= 300 / 0.85


def test_a_failing_solver_is_not_taken_for_a_protection(monkeypatch: pytest.MonkeyPatch) -> None:
    class Echec:
        status = 1
        message = "iteration limit"

    monkeypatch.setattr(programme, "milp", lambda *_args, **_named: Echec())
    with pytest.raises(ArithmeticError, match="iteration limit"):
        protect(make_line(a=1.0))


def test_a_movement_that_is_not_one_is_not_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops there: it neither publishes nor goes round for ever."""
    still = Mouvement(np.zeros(1), 0.0, np.empty(0, dtype=np.intp))
    monkeypatch.setattr(recherche, "find_mouvement", lambda *_args: still)
    with pytest.raises(ArithmeticError, match="is not one"):
        protect(make_line(a=1.0))
