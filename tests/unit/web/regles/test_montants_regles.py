"""Amounts against the SMIC, gaps in their place, and legal values in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from maillage.regles.engine.legislation import load_legislation
from maillage.web.regles.calcul import Montants, Refus, compute_annexe, compute_reforme
from maillage.web.regles.connu import read_question
from maillage.web.regles.courbe import draw
from maillage.web.regles.droit import (
    format_contenu,
    group_manques,
    lien_valeur,
    manques_de,
    texte_confiance,
)
from maillage.web.regles.mecanismes import MECANISMES
from maillage.web.regles.montants import list_parts, table_montants, table_types
from maillage.web.regles.saisie import read_annexe
from maillage.web.territoires.charts.theme import Theme

AI = "aide_au_poste.montant_socle.AI"


def test_one_hour_in_an_ai_is_8_48_or_8_49_percent_of_the_smic_at_every_step() -> None:
    parts = list_parts(load_legislation(), "AI")
    assert len(parts) == len(load_legislation().leaf(AI).valeurs)
    assert {round(part.taux * 100, 2) for part in parts} == {Decimal("8.48"), Decimal("8.49")}


def test_a_value_opens_its_own_dated_line() -> None:
    legale = load_legislation().resolve(AI, date(2022, 2, 7))
    lien = lien_valeur(legale)
    assert f'href="/regles/valeurs/{AI}/#effet-2022-01-01"' in lien
    assert "1\u202f441\u202f€" in lien


@pytest.mark.parametrize(
    ("valeur", "unite", "attendu"),
    [
        (1619, "EUR/ETP/an", "1\u202f619\u202f€"),
        (9.53, "EUR/h", "9,53\u202f€"),
        (0.1, "taux", "10\u202f%"),
    ],
)
def test_contents_have_a_short_unit(valeur: float, unite: str, attendu: str) -> None:
    assert format_contenu(valeur, unite) == attendu


def test_confidence_is_spelled_out() -> None:
    assert texte_confiance("C").startswith("C\u202f: non vérifié")


def test_a_gap_is_told_in_its_table_with_what_was_looked_for() -> None:
    table = table_montants(load_legislation(), "mayotte")
    assert "du 1er janvier 2022 au 30 avril 2022" in table
    assert "Aucun montant propre à Mayotte trouvé" in table
    assert "après le 31 décembre 2025" in table


def test_gaps_of_one_table_are_told_together_and_none_is_lost() -> None:
    feuilles = load_legislation().feuilles.values()
    groupes = group_manques(feuilles)
    chemins = [m.chemin for groupe in groupes for m in groupe.manques]
    assert sorted(chemins) == sorted(m.chemin for f in feuilles for m in manques_de(f))
    socle = next(g for g in groupes if g.premier.chemin == AI)
    assert {m.court for m in socle.manques} == {"AI", "ACI", "EI", "ETTI", "EITI"}


def test_every_folder_of_the_law_has_its_words() -> None:
    dossiers = {feuille.mecanisme for feuille in load_legislation().feuilles.values()}
    assert {mecanisme.code for mecanisme in MECANISMES} == dossiers


def test_the_title_of_the_chart_says_what_the_rules_give() -> None:
    """Its words are written once: this holds them to the figures."""
    parts = {t: list_parts(load_legislation(), t) for t in ("AI", "ACI", "ETTI", "EI")}
    for stable in ("AI", "ACI"):
        taux = [part.taux for part in parts[stable]]
        assert max(taux) / min(taux) < Decimal("1.002")
    assert parts["ETTI"][-1].taux < parts["ETTI"][0].taux * Decimal("0.95")
    avant, apres = parts["EI"][-2:]
    assert apres.date_effet.year == 2025
    assert apres.taux > avant.taux * Decimal("1.05")


def test_the_table_of_the_chart_has_every_point_and_a_word_where_there_is_none() -> None:
    table = table_types(load_legislation())
    nombre = sum(len(list_parts(load_legislation(), t)) for t in ("AI", "ACI", "ETTI", "EI"))
    assert table.count('class="chiffre"') == nombre
    assert "pas encore d’aide" in table


def test_the_drawing_names_the_end_of_each_line() -> None:
    spec = draw(load_legislation(), Theme.CLAIR, etroit=False).to_dict()
    noms = [ligne["nom"] for ligne in spec["layer"][1]["data"]["values"]]
    assert [nom.split()[0] for nom in noms] == ["ACI", "EI", "ETTI", "AI"]
    assert {ligne["quand"] for ligne in spec["layer"][1]["data"]["values"]} == {"2025-12-31"}


def _saisie(**autres: str) -> dict[str, str]:
    base = {"type": "ACI", "territoire": "metropole_drom", "etp": "7,43"}
    return {**base, "debut": "01/05/2019", "fin": "31/12/2019", **autres}


def test_the_amount_of_a_partial_year_is_the_published_one() -> None:
    montants = compute_annexe(read_annexe(_saisie()))
    assert isinstance(montants, Montants)
    assert montants.total.nombre == 100_052_40
    assert montants.legale is not None


def test_an_own_amount_rests_on_no_text() -> None:
    montants = compute_annexe(read_annexe(_saisie(montant="20000")))
    assert isinstance(montants, Montants)
    assert montants.legale is None
    assert montants.unitaire.nombre == 20_000_00


def test_texts_published_later_can_be_hidden() -> None:
    annee = {"type": "AI", "debut": "01/01/2022", "fin": "31/12/2022", "etp": "1"}
    totaux = []
    for connu_au in ("", "07/02/2022"):
        montants = compute_annexe(read_annexe(_saisie(**annee, connu_au=connu_au)))
        assert isinstance(montants, Montants)
        totaux.append(montants.total.nombre)
    assert totaux == [1441_00, 1428_00]


def test_2026_is_refused_until_a_projection_is_chosen() -> None:
    annee = {"type": "AI", "debut": "01/01/2026", "fin": "31/12/2026"}
    refus = compute_annexe(read_annexe(_saisie(**annee)))
    assert isinstance(refus, Refus)
    assert "aucun arrêté trouvé" in refus.anomalies[0].quoi
    projete = compute_annexe(read_annexe(_saisie(**annee, inconnu="projeter")))
    assert isinstance(projete, Montants)
    assert "projection" in projete.avertissements[0]


def test_a_reform_is_labelled_as_no_law() -> None:
    saisie = _saisie(type="AI", debut="01/01/2026", fin="31/12/2026", reforme="lf_2026_moins_2")
    montants = compute_reforme(read_annexe(saisie))
    assert isinstance(montants, Montants)
    assert any("pas le droit" in phrase for phrase in montants.avertissements)


def test_what_was_known_then_differs_from_what_is_known_now() -> None:
    texte = {"type": "AI", "territoire": "metropole_drom", "le": "01/01/2022"}
    reponse = read_question({**texte, "connu_au": "07/02/2022"}).reponse
    assert reponse is not None
    assert [getattr(v, "valeur", None) for v in (reponse.alors, reponse.aujourd_hui)] == [
        1428,
        1441,
    ]
