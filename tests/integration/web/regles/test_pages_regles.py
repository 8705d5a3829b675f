"""Every address of the rules: status, words, links that lead somewhere, nothing inline."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from maillage.regles.engine.lecture_reforme import list_reformes
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from django.test import Client

ANNEXE = {
    "type": "ACI",
    "territoire": "metropole_drom",
    "etp": "12",
    "debut": "01/01/2020",
    "fin": "31/12/2020",
}
OCCUPATION = {f"m{rang}": "11" for rang in range(1, 13)}
CONNU = {"type": "AI", "territoire": "metropole_drom", "le": "01/01/2022"}
MILLIERS = re.compile(r"(?<!\d)\d{1,3}[ \u00a0]\d{3}(?!\d)|\d [€%]")


def url(page: str, **parametres: str) -> str:
    return f"/regles/{page}/?{urlencode(parametres)}"


ADRESSES = (
    "/regles/",
    "/regles/aide-au-poste/",
    url("aide-au-poste", **CONNU, connu_au="07/02/2022"),
    url("aide-au-poste", **{**CONNU, "le": "01/01/2026"}),
    "/regles/calculateur/",
    url("calculateur", **ANNEXE),
    url("calculateur", **ANNEXE, **OCCUPATION, reforme="igas_2022"),
    url("calculateur", **{**ANNEXE, "debut": "01/01/2026", "fin": "31/12/2026"}),
    "/regles/emploi/",
    url("emploi", foyer="jeune_22_heberge", type="EI", heures="35", mois="2026-09"),
    "/regles/valeurs/aide_au_poste.montant_socle.AI/",
)


def read(client: Client, adresse: str, statut: int = 200) -> str:
    answer = client.get(adresse)
    assert answer.status_code == statut
    return unescape(answer.content.decode())


@pytest.mark.parametrize("adresse", ADRESSES)
def test_page_answers_without_anything_inline(client: Client, adresse: str) -> None:
    page = read(client, adresse)
    assert page.count("<h1") == 1
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*src=)|<style| on[a-z]+=", page)
    texte = re.sub(r"<pre>.*?</pre>|<[^>]+>", "", page, flags=re.DOTALL)
    assert MILLIERS.findall(texte) == []


@pytest.mark.parametrize("adresse", ADRESSES)
def test_every_legal_value_opens_a_line_that_exists(client: Client, adresse: str) -> None:
    liens = set(re.findall(r'href="(/regles/valeurs/[^"]+)"', read(client, adresse)))
    for chemin in sorted({lien.partition("#")[0] for lien in liens}):
        page = read(client, chemin)
        ancres = {lien.partition("#")[2] for lien in liens if lien.startswith(f"{chemin}#")}
        assert all(f'id="{ancre}"' in page for ancre in ancres)


@pytest.mark.parametrize("chemin", load_legislation().chemins)
def test_every_parameter_has_its_page_with_text_and_confidence(client: Client, chemin: str) -> None:
    page = read(client, f"/regles/valeurs/{chemin}/")
    for valeur in load_legislation().leaf(chemin).valeurs:
        assert f'id="effet-{valeur.date_effet.isoformat()}"' in page
        assert all(
            reference.href is None or reference.href in page for reference in valeur.references
        )
        if valeur.confiance == "C":
            assert "Valeur non vérifiée (confiance C)" in page


def test_unknown_parameter_is_a_french_404(client: Client) -> None:
    assert "MLG-REG-001" in read(client, "/regles/valeurs/zzz/", 404)


def test_known_at_says_both_amounts(client: Client) -> None:
    page = read(client, url("aide-au-poste", **CONNU, connu_au="07/02/2022"))
    assert "Connu au 7 février 2022" in page
    assert "#effet-2021-10-01" in page
    assert "n’est pas ce qu’on en sait aujourd’hui" in page


def test_2026_is_refused_in_plain_french(client: Client) -> None:
    page = read(client, url("aide-au-poste", **{**CONNU, "le": "01/01/2026"}))
    assert "aucun arrêté trouvé après le 4 décembre 2024" in page
    assert "Maillage ne devine pas" in page


def test_schedule_explains_each_regularisation(client: Client) -> None:
    page = read(client, url("calculateur", **ANNEXE, **OCCUPATION))
    assert "245\u202f292\u202f€" in page
    assert "224\u202f851\u202f€" in page
    assert "6\u202f813,67\u202f€ sont repris" in page
    assert page.count('class="regularise"') == 4


def test_a_month_that_is_not_typed_is_said_unknown(client: Client) -> None:
    page = read(client, url("calculateur", **ANNEXE))
    assert "Un mois non saisi n’est pas compté pour zéro" in page
    assert '<em class="absence">inconnue</em>' in page


def test_a_projection_is_never_said_to_come_from_a_text(client: Client) -> None:
    annee = {"type": "AI", "debut": "01/01/2026", "fin": "31/12/2026", "inconnu": "projeter"}
    page = read(client, url("calculateur", **{**ANNEXE, **annee}))
    assert "par projection et non d’après un texte" in page
    assert "aucun texte ne donne ce montant" in page
    assert "1\u202f619\u202f€" in page


@pytest.mark.parametrize("code", list_reformes())
def test_a_reform_shows_its_assumptions_and_what_it_leaves_open(client: Client, code: str) -> None:
    annee = {"debut": "01/01/2026", "fin": "31/12/2026", "type": "AI"}
    page = read(client, url("calculateur", **{**ANNEXE, **annee}, reforme=code))
    assert "Ce que la source laisse ouvert" in page
    assert "Le droit et la réforme" in page


def test_errors_are_summed_up_and_stand_beside_their_fields(client: Client) -> None:
    faux = {**ANNEXE, "etp": "-1", "fin": "01/01/2019", "m3": "<b>", "connu_au": "hier"}
    answer = client.get(url("calculateur", **faux))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "4 champs sont à corriger" in page
    for champ in ("etp", "fin", "m3", "connu_au"):
        assert f'href="#{champ}"' in page
        assert f'id="{champ}-erreur"' in page
        assert (
            f'aria-describedby="{"mois" if champ == "m3" else champ}-aide {champ}-erreur"' in page
        )
    assert 'value="-1"' in page
    assert "<b>" not in page


@pytest.mark.parametrize("suite", ["", "?theme=sombre", "?format=etroit"])
def test_chart_is_an_svg_file(client: Client, suite: str) -> None:
    answer = client.get(f"/regles/aide-au-poste/smic.svg{suite}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert b"SMIC" in answer.content
