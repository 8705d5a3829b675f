"""The small calculators give what the rules and the published cases give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

from maillage.web.regles.calculettes import etp, mise_a_disposition, reduction, taxe

if TYPE_CHECKING:
    from maillage.web.regles.calculettes.modele import Calculette, Reponse

CALCULETTES = (reduction.CALCULETTE, taxe.CALCULETTE, mise_a_disposition.CALCULETTE, etp.CALCULETTE)
PAIE = {"remuneration": "21203", "heures": "1820", "jour": "01/06/2024", "effectif": "10"}
TAXE = {"annee": "2024", "employeur": "association", "permanents": "100000"}
MAD = {
    "heures": "15/01/2024 ; 470 ; entreprise\n03/06/2024\t11\tEntreprise",
    "arrete_au": "30/06/2024",
    "depart": "premiere_mise_a_disposition_plafonnee",
    "public": "plafonne",
    "sous_derogation": "comptees",
}


def answer(calculette: Calculette, saisie: dict[str, str]) -> Reponse:
    formulaire, reponse = calculette.read(saisie)
    assert not formulaire.erreurs, formulaire.erreurs.par_champ
    assert reponse is not None
    return reponse


def codes(calculette: Calculette, saisie: dict[str, str]) -> dict[str, list[str]]:
    formulaire, reponse = calculette.read(saisie)
    assert reponse is None
    return {champ: [a.code for a in une] for champ, une in formulaire.erreurs.par_champ.items()}


@pytest.mark.parametrize("calculette", CALCULETTES, ids=lambda c: c.titre)
def test_nothing_typed_asks_nothing_and_the_example_answers(calculette: Calculette) -> None:
    formulaire, reponse = calculette.read({})
    assert (formulaire.est_vide, reponse) == (True, None)
    assert not formulaire.erreurs
    assert answer(calculette, dict(parse_qsl(calculette.exemple))).phrase


def test_the_reduction_of_the_published_case() -> None:
    reponse = answer(reduction.CALCULETTE, {**PAIE, "conges": "sans"})
    assert "6\u202f772,24\u202f€" in reponse.phrase
    assert "31,94\u202f%" in reponse.table
    assert "Texte\u202f: " in reponse.calcul
    assert "Coefficient de la réduction = <strong>" in reponse.calcul
    assert "reduction_cotisations" not in reponse.calcul


def test_both_readings_of_the_paid_leave_are_given() -> None:
    saisie = {**PAIE, "jour": "01/01/2026", "remuneration": "24064,04", "conges": "avec"}
    reponse = answer(reduction.CALCULETTE, saisie)
    assert "31,25\u202f%" in reponse.table
    assert "39,81\u202f%" in reponse.table
    assert "n’a pas été trouvé" in reponse.phrase
    assert len(reponse.remarques) == 2


def test_a_day_outside_the_law_is_refused_and_not_computed() -> None:
    reponse = answer(reduction.CALCULETTE, {**PAIE, "jour": "01/01/2028", "conges": "sans"})
    assert reponse.refus
    assert not reponse.phrase


@pytest.mark.parametrize(
    ("champ", "texte", "code"),
    [
        ("remuneration", "-1", "MLG-WEB-040"),
        ("remuneration", "9999999", "MLG-WEB-041"),
        ("heures", "", "MLG-WEB-040"),
        ("jour", "hier", "MLG-WEB-020"),
        ("jour", "", "MLG-WEB-020"),
        ("effectif", "x", "MLG-WEB-040"),
        ("conges", "", "MLG-WEB-042"),
    ],
)
def test_a_problem_of_a_pay_is_at_its_field(champ: str, texte: str, code: str) -> None:
    saisie = {**PAIE, "conges": "sans", champ: texte}
    assert codes(reduction.CALCULETTE, saisie) == {champ: [code]}


def test_the_allowance_covers_a_small_association() -> None:
    reponse = answer(taxe.CALCULETTE, {**TAXE, "permanents": "4 x 25000"})
    assert "la taxe due est de 0\u202f€" in reponse.phrase
    assert "4\u202f250\u202f€" in reponse.table


def test_the_tax_without_allowance_adds_the_increases_of_each_person() -> None:
    """20 000 € in 2024: 850 at the normal rate and 573.4015 of increases, the published case."""
    saisie = {"annee": "2024", "employeur": "autre", "permanents": "3x20 000"}
    reponse = answer(taxe.CALCULETTE, saisie)
    assert "1\u202f720,20\u202f€" in reponse.table
    assert "4\u202f270,20\u202f€" in reponse.phrase


def test_both_readings_of_the_pay_of_insertion_are_given() -> None:
    reponse = answer(taxe.CALCULETTE, {**TAXE, "insertion": "70 x 10000"})
    assert "si les salaires d’insertion ne sont pas taxés" in reponse.phrase
    etapes = re.findall(r"<th scope=\"row\">([^<]+)</th>", reponse.table)
    assert etapes[0] == "Assiette"
    assert etapes[-1] == "Taxe due"
    assert "800\u202f000\u202f€" in reponse.table


@pytest.mark.parametrize(
    ("champ", "texte", "code"),
    [
        ("annee", "", "MLG-WEB-040"),
        ("annee", "20245", "MLG-WEB-040"),
        ("annee", "1900", "MLG-WEB-021"),
        ("employeur", "", "MLG-WEB-042"),
        ("permanents", "", "MLG-WEB-040"),
        ("permanents", "20000\nvingt mille", "MLG-WEB-043"),
        ("permanents", "99999 x 1", "MLG-WEB-043"),
        ("permanents", "99000000", "MLG-WEB-043"),
        ("insertion", "x", "MLG-WEB-043"),
    ],
)
def test_a_problem_of_a_tax_is_at_its_field(champ: str, texte: str, code: str) -> None:
    assert codes(taxe.CALCULETTE, {**TAXE, champ: texte}) == {champ: [code]}


def test_a_year_without_scale_is_refused() -> None:
    assert answer(taxe.CALCULETTE, {**TAXE, "annee": "2027"}).refus


def test_the_hour_too_many_is_told_with_its_day() -> None:
    reponse = answer(mise_a_disposition.CALCULETTE, MAD)
    assert "dépassé de 1\u00a0heure" in reponse.phrase
    assert "3 juin 2024" in reponse.table


def test_what_is_left_is_told_with_its_term() -> None:
    saisie = {**MAD, "arrete_au": "02/06/2024"}
    reponse = answer(mise_a_disposition.CALCULETTE, saisie)
    assert "il reste 10\u00a0heures en entreprise avant le 15 janvier 2026" in reponse.phrase
    rien = answer(mise_a_disposition.CALCULETTE, {**MAD, "arrete_au": "01/01/2024"})
    assert rien.phrase.endswith("480\u00a0heures en entreprise.")


def test_the_waiver_covers_its_hours() -> None:
    saisie = {**MAD, "derogations": "01/01/2022 ; 31/12/2024"}
    reponse = answer(mise_a_disposition.CALCULETTE, saisie)
    assert "il reste 0\u00a0heure" in reponse.phrase
    assert "481\u00a0heures" in reponse.table


def test_a_waiver_before_the_decree_is_refused_by_the_rules() -> None:
    saisie = {**MAD, "derogations": "01/01/2020 ; 31/12/2020"}
    reponse = answer(mise_a_disposition.CALCULETTE, saisie)
    assert [a.code for a in reponse.refus] == ["MLG-MAD-003"]


@pytest.mark.parametrize(
    ("champ", "texte", "code"),
    [
        ("heures", "", "MLG-WEB-040"),
        ("heures", "15/01/2024 ; 7,5", "MLG-WEB-043"),
        ("heures", "15/01/2024 ; 7,5 ; voisin", "MLG-WEB-043"),
        ("heures", "hier ; 7,5 ; public", "MLG-WEB-043"),
        ("heures", "15/01/2024 ; 745 ; public", "MLG-WEB-043"),
        ("heures", "15/01/2024 ; 7 ; public ; Nom", "MLG-WEB-043"),
        ("derogations", "01/01/2022", "MLG-WEB-043"),
        ("derogations", "01/01/2022 ; demain", "MLG-WEB-043"),
        ("arrete_au", "", "MLG-WEB-020"),
        ("depart", "", "MLG-WEB-042"),
        ("public", "z", "MLG-WEB-042"),
        ("sous_derogation", "", "MLG-WEB-042"),
    ],
)
def test_a_problem_of_a_count_is_at_its_field(champ: str, texte: str, code: str) -> None:
    assert codes(mise_a_disposition.CALCULETTE, {**MAD, champ: texte}) == {champ: [code]}


def test_hours_and_etp_go_both_ways_by_the_divisor_of_the_annexe() -> None:
    aller = answer(etp.CALCULETTE, {"diviseur": "1505", "heures": "125,42"})
    assert "font 1,00 ETP" in aller.phrase.replace("\u00a0", " ")
    retour = answer(etp.CALCULETTE, {"diviseur": "1505", "etp": "12"})
    assert "1\u202f505,00 heures" in retour.phrase.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ({"heures": "10"}, {"diviseur": ["MLG-WEB-040"]}),
        ({"diviseur": "0", "heures": "10"}, {"diviseur": ["MLG-WEB-041"]}),
        ({"diviseur": "1820"}, {"heures": ["MLG-WEB-045"]}),
        ({"diviseur": "x", "etp": "y"}, {"diviseur": ["MLG-WEB-040"], "etp": ["MLG-WEB-040"]}),
    ],
)
def test_a_problem_of_a_conversion_is_at_its_field(
    saisie: dict[str, str], attendu: dict[str, list[str]]
) -> None:
    assert codes(etp.CALCULETTE, saisie) == attendu
