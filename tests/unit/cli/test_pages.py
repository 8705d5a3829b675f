"""What the pages of the command line say, from hand-made results."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest
from factories.cli import (
    make_carte,
    make_chiffre,
    make_cibles,
    make_diagnostic,
    make_territoire,
)

from maillage.cli.chiffres import (
    show_croissance,
    show_nom,
    show_part,
    show_poids,
    show_signe,
    show_valeur,
)
from maillage.cli.lieux import show_niveau
from maillage.cli.page import display_width
from maillage.cli.page_cartes import carte_row, render_carte, render_cartes, render_tableau
from maillage.cli.page_cibles import render_cibles, render_departement
from maillage.cli.page_diagnostic import render_diagnostic
from maillage.cli.progression import show_progress
from maillage.cli.recherche import command_of, find_niveau, split_words
from maillage.indicators.carte import Unite
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence


def test_a_diagnosis_starts_with_its_finding_and_fits_100_columns() -> None:
    page = render_diagnostic(make_diagnostic(), 100)
    lines = page.splitlines()
    assert max(display_width(line) for line in lines) <= 100
    parts = [
        "Ille-et-Vilaine (département 35)",
        "61 234 personnes cherchent",
        "CHIFFRES CLÉS",
        "BESOIN",
        "ÉCART SELON CINQ CLÉS",
        "TERRITOIRES COMPARABLES",
        "À SAVOIR",
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_an_absence_is_a_word_never_a_zero() -> None:
    chiffre = make_chiffre(Absence.SECRETE, motif="Trop peu de personnes.", rang=None, reperes=())
    page = render_diagnostic(replace(make_diagnostic(), cles=(chiffre,), sections=()), 100)
    row = next(line for line in page.splitlines() if "secrète" in line)
    assert "0" not in row.replace("2024", "")
    assert "Trop peu de personnes." in page


def test_a_diagnosis_without_gap_nor_comparable_says_neither() -> None:
    page = render_diagnostic(make_diagnostic(ecarts=None, comparables=()), None)
    assert "ÉCART" not in page
    assert "COMPARABLES" not in page


def test_the_weights_of_the_composite_key_are_visible() -> None:
    page = render_diagnostic(make_diagnostic(), None)
    assert "Composite\u00a0: Demandeurs d’emploi 50\u202f%" in page


def test_targets_show_sums_correlations_spread_and_departements() -> None:
    page = render_cibles(make_cibles(), 100)
    for word in ("239\u202f989", "0,98", "+64\u202f%", "Val-d’Oise", "Mayotte", "inconnue"):
        assert word in page
    assert max(display_width(line) for line in page.splitlines()) <= 100


def test_one_departement_shows_what_each_key_would_have_given() -> None:
    cibles = make_cibles()
    page = render_departement(cibles, cibles.departements[1], 100)
    assert "Mayotte (976)" in page
    assert "sans objet" in page
    assert "−100" in page


def test_a_card_shows_every_field() -> None:
    carte = make_carte()
    page = render_carte(carte, None)
    for field in (carte.definition, carte.numerateur, carte.champ, carte.methode, carte.limites[0]):
        assert field in page
    assert carte.code in render_cartes([carte], 100)
    assert carte_row(carte)["limites"] == "Ne dit pas tout."


def test_a_table_has_one_row_per_territory() -> None:
    page = render_tableau(make_carte(), Niveau.DEPARTEMENT, [make_chiffre(), make_chiffre()], None)
    assert page.count("Ille-et-Vilaine") == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["departement", "35"], (Niveau.DEPARTEMENT, "35")),
        (["Départements", "35"], (Niveau.DEPARTEMENT, "35")),
        (["zone", "d’emploi"], (None, "zone d’emploi")),
        (["commune", "saint", "malo"], (Niveau.COMMUNE, "saint malo")),
        (["saint", "malo"], (None, "saint malo")),
        (["france"], (Niveau.FRANCE, "FR")),
        (["region"], (None, "region")),
    ],
)
def test_the_first_word_may_be_a_level(
    words: list[str], expected: tuple[Niveau | None, str]
) -> None:
    assert split_words(words) == expected


def test_levels_have_the_names_people_use() -> None:
    assert find_niveau("intercommunalité") is Niveau.EPCI
    assert find_niveau("Zone d'emploi") is Niveau.ZONE_EMPLOI
    assert find_niveau("canton") is None


def test_small_words() -> None:
    assert show_signe(3.2) == "+3"
    assert show_signe(0.0) == "0"
    assert show_part(Absence.INCONNUE) == "inconnue"
    assert show_croissance(0.64) == "+64\u202f%"
    assert show_niveau(make_territoire(niveau=Niveau.EPCI, nature="METRO")).endswith("métropole")
    assert command_of(make_territoire()) == "maillage diagnostic departement 35"


class Terminal(io.StringIO):
    """An error stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_shows_the_step_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with show_progress("Essai") as tell:
        tell("première étape")
    assert "première étape" in stream.getvalue()


def test_progress_is_one_line_per_step_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    with show_progress("Essai") as tell:
        tell("étape")
    with show_progress("Essai", in_logs=False) as tell:
        tell("silence")
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "Essai\u00a0: étape\n"


def test_weights_are_shares_of_their_sum() -> None:
    poids = (("rsa", 1.0), ("pauvrete", 3.0))
    assert show_poids(poids, {"rsa": "RSA"}) == "RSA 25\u202f%, pauvrete 75\u202f%"


def test_the_country_needs_no_level() -> None:
    france = make_territoire(niveau=Niveau.FRANCE, code="FR", parents=(), departements=())
    assert show_niveau(france) == "pays entier"


def test_a_unit_of_many_words_goes_with_the_name() -> None:
    carte = make_carte(nom="Accès", unite=Unite.POUR_1000_DEMANDEURS, decimales=1)
    assert show_nom(carte) == "Accès, pour 1\u202f000\u00a0demandeurs d’emploi"
    assert show_valeur(carte, 0.62) == "0,6"
    assert show_valeur(make_carte(unite=Unite.RAPPORT, decimales=1), 2.9) == "2,9"
    assert show_nom(
        make_carte(nom="RSA pour 100\u00a0habitants", unite=Unite.POUR_100_HABITANTS)
    ) == ("RSA pour 100\u00a0habitants")
