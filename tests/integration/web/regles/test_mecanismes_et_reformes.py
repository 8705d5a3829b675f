"""The pages of the mechanisms and of the reforms: words, links, cases, answers that nobody keeps."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from maillage.regles.cas.execution import verify_mecanisme
from maillage.regles.engine.lecture_reforme import list_reformes, parse_reforme, read_texte
from maillage.regles.engine.legislation import load_legislation
from maillage.web.regles.fiches.catalogue import FICHES

if TYPE_CHECKING:
    from django.http import HttpResponse

MILLIERS = re.compile(r"(?<!\d)\d{1,3}[ \u00a0]\d{3}(?!\d)|\d [€%]")
ANNEXE = {
    "type": "AI",
    "territoire": "metropole_drom",
    "etp": "10",
    "debut": "01/01/2026",
    "fin": "31/12/2026",
}
CSV = (
    "af_numero_annexe_financiere;af_mesure_dispositif_code;af_etp_postes_insertion;"
    "af_montant_unitaire_annuel_valeur;af_date_debut_effet;af_date_fin_effet\n"
    "AI092215107A1M0;AI_DC;19,00;1428;01/01/2022;31/12/2022\n"
)
PAGES = (
    *(fiche.url for fiche in FICHES.values()),
    *(
        f"{fiche.url}?{fiche.calculette.exemple}"
        for fiche in FICHES.values()
        if fiche.calculette is not None
    ),
    *(f"/regles/reformes/{code}/" for code in list_reformes()),
    f"/regles/reformes/ai_4000/?{urlencode({**ANNEXE, 'h_montant_ai': '3500'})}",
    "/regles/emploi/",
    "/regles/reforme/",
    "/regles/reforme/?modele=igas_2022",
)
EDITEUR = "/regles/reforme/"


def words(answer: HttpResponse | Any) -> str:
    page = unescape(answer.content.decode())
    return re.sub(r"<pre>.*?</pre>|<textarea.*?</textarea>|<[^>]+>", " ", page, flags=re.DOTALL)


@pytest.mark.parametrize("adresse", PAGES)
def test_page_answers_without_anything_inline(client: Client, adresse: str) -> None:
    answer = client.get(adresse)
    assert answer.status_code == 200
    page = unescape(answer.content.decode())
    assert page.count("<h1") == 1
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*src=)|<style| on[a-z]+=", page)
    assert MILLIERS.findall(words(answer)) == []
    identifiants = re.findall(r' id="([^"]+)"', page)
    assert len(identifiants) == len(set(identifiants))


@pytest.mark.parametrize("adresse", PAGES)
def test_every_link_of_the_rules_leads_somewhere(client: Client, adresse: str) -> None:
    page = unescape(client.get(adresse).content.decode())
    liens = {lien for lien in re.findall(r'href="(/regles/[^"]*)"', page) if "svg" not in lien}
    for cible in sorted({lien.partition("#")[0] for lien in liens}):
        answer = client.get(cible)
        assert answer.status_code == 200, cible
        autre = unescape(answer.content.decode())
        ancres = {lien.partition("#")[2] for lien in liens if lien.startswith(f"{cible}#")}
        assert all(f'id="{ancre}"' in autre for ancre in ancres), (cible, ancres)


@pytest.mark.parametrize("fiche", FICHES.values(), ids=lambda fiche: fiche.slug)
def test_every_case_is_shown_with_its_agreement(client: Client, fiche: Any) -> None:
    page = client.get(fiche.url).content.decode()
    assert page.count('class="cas"') == len(verify_mecanisme(fiche.code)) > 0
    assert "ne concorde pas" not in page


def test_a_case_that_disagrees_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace  # noqa: PLC0415 — only this test falsifies

    from maillage.web.regles import cas  # noqa: PLC0415

    vrai = verify_mecanisme("smic")
    faux = (replace(vrai[0], obtenu={"smic_mensuel": 1.0, "smic_annuel": 2.0}), *vrai[1:])
    monkeypatch.setattr(cas, "verify_mecanisme", lambda _: faux)
    with override_settings(DEBUG=True):  # the page is not taken from the memory of the others
        page = Client(headers={"host": "127.0.0.1"}).get("/regles/smic/").content.decode()
    assert page.count("ne concorde pas") == 2  # the case, and the fold that counts them
    assert '<strong class="moins">1 ne concorde pas</strong>' in page
    assert '<details class="pli" open><summary><h2 id="t-cas">' in page
    assert '<details class="cas" open>' in page


@pytest.mark.parametrize("fiche", FICHES.values(), ids=lambda fiche: fiche.slug)
def test_curve_is_an_svg_file_and_its_table_is_on_the_page(client: Client, fiche: Any) -> None:
    if fiche.courbe is None:
        assert client.get(f"{fiche.url}courbe.svg").status_code == 404
        return
    for suite in ("", "?theme=sombre", "?format=etroit"):
        answer = client.get(f"{fiche.url}courbe.svg{suite}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("image/svg+xml")
    page = client.get(fiche.url).content.decode()
    assert 'href="#tables"' in page
    assert 'id="tables"' in page


def test_a_value_of_confidence_c_stands_apart(client: Client) -> None:
    assert "Valeur non vérifiée (confiance C)" in words(client.get("/regles/cotisations/"))


def test_errors_of_a_calculator_stand_beside_their_fields(client: Client) -> None:
    answer = client.get("/regles/cotisations/?remuneration=x&heures=&jour=hier&effectif=1&conges=")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "4 champs sont à corriger" in page
    for champ in ("remuneration", "heures", "jour", "conges"):
        assert f'href="#{champ}"' in page
        assert f'id="{champ}-erreur"' in page
    assert 'value="hier"' in page


def test_a_hypothesis_of_the_address_changes_the_effects(client: Client) -> None:
    page = words(client.get("/regles/reformes/ai_4000/?h_montant_ai=3500"))
    assert "à 3\u202f500\u202f€ au 1er janvier 2021" in page
    assert "Hypothèse changée dans l’adresse" in page
    assert "sans indexation ensuite. Remplacé ici par 3500." in page
    assert client.get("/regles/reformes/ai_4000/?h_montant_ai=x").status_code == 400
    assert client.get("/regles/reformes/zzz/").status_code == 404
    assert client.get("/regles/reforme/?modele=zzz").status_code == 404


def test_the_simple_form_gives_the_text_and_its_effects(client: Client) -> None:
    saisie = {"s_type": "AI", "s_montant": "2000", "s_du": "01/01/2026", "action": "ecrire"}
    answer = client.post(EDITEUR, saisie)
    assert answer.status_code == 200
    assert "de 1\u202f619\u202f€ à 2\u202f000\u202f€ au 1er janvier 2026" in words(answer)
    trouve = re.search(
        r"<textarea id=\"texte\"[^>]*>\n(.*?)</textarea>", answer.content.decode(), re.DOTALL
    )
    assert trouve is not None
    assert parse_reforme(unescape(trouve[1]), "essai").code == "montant_ai_2026_01_01"


def test_an_error_of_the_simple_form_keeps_the_text(client: Client) -> None:
    answer = client.post(EDITEUR, {"s_type": "AI", "texte": "code: a", "action": "ecrire"})
    assert answer.status_code == 400
    assert 'id="s_montant-erreur"' in answer.content.decode()


@pytest.mark.parametrize("code", list_reformes())
def test_a_ready_reform_goes_through_the_editor_and_comes_back_the_same(
    client: Client, code: str
) -> None:
    texte = read_texte(code)
    answer = client.post(EDITEUR, {"texte": texte, "action": "telecharger"})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{code}.yaml"'
    assert answer.content.decode() == texte
    assert client.post(EDITEUR, {"texte": texte}).status_code == 200


def test_a_file_name_is_ours_whatever_the_code(client: Client) -> None:
    texte = read_texte("ai_4000").replace("code: ai_4000", 'code: "../é\\" ; x"')
    answer = client.post(EDITEUR, {"texte": texte, "action": "telecharger"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="________x.yaml"'


def test_every_problem_is_told_with_its_line_and_its_field(client: Client) -> None:
    texte = read_texte("ai_4000").replace("titre:", "titr:").replace("socle.AI", "socle.A")
    answer = client.post(EDITEUR, {**ANNEXE, "texte": texte, "etp": "x", "avant": "hier"})
    assert answer.status_code == 400
    page = answer.content.decode()
    mots = unescape(page)
    assert "ligne 3, colonne 7 : Le champ « titr » n’existe pas." in re.sub(
        "[\u00a0\u202f]", " ", mots
    )
    assert 'id="ligne-3" class="ligne-fautive"' in page
    for champ in ("texte", "etp", "avant"):
        assert f'id="{champ}-erreur"' in page
    assert 'value="x"' in page
    assert "Le droit et la réforme" not in page


def test_an_extract_is_compared_and_the_answer_is_kept_by_nobody(client: Client) -> None:
    fichier = SimpleUploadedFile("annexes-de-lea.csv", CSV.encode())
    answer = client.post(EDITEUR, {"texte": read_texte("ai_4000"), "fichier": fichier})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    page = words(answer)
    assert "27\u202f132\u202f€ avant, 76\u202f000\u202f€ après" in page
    assert "n’a pas été gardé" in page
    assert "annexes-de-lea" not in page
    assert client.get(EDITEUR).headers["Cache-Control"] == "no-store"


def test_a_wrong_extract_leaves_the_effects_and_tells_its_problem(client: Client) -> None:
    fichier = SimpleUploadedFile("x.csv", CSV.replace("1428", "beaucoup").encode())
    answer = client.post(EDITEUR, {"texte": read_texte("ai_4000"), "fichier": fichier})
    assert answer.status_code == 400
    page = words(answer)
    assert "ligne 2, colonne af_montant_unitaire_annuel_valeur" in page
    assert "Le droit et la réforme" in page


def test_a_body_too_large_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.post(EDITEUR, {"texte": "x"}, CONTENT_LENGTH="25000000")
    assert answer.status_code == 413
    assert "MLG-WEB-046" in words(answer)
    assert "il est à refaire" in words(answer)


def test_nothing_typed_reaches_the_page_as_markup(client: Client) -> None:
    mal = '<script src=//x></script>"><img>'
    texte = read_texte("ai_4000").replace("Aide au poste des AI à", mal.replace('"', "'"))
    for saisie in (
        {"texte": texte, "etp": mal, "h_montant_ai": mal},
        {"texte": mal, "le": mal},
        {"s_source": mal, "s_type": mal, "action": "ecrire"},
    ):
        page = client.post(EDITEUR, saisie).content.decode()
        assert "<script src=//x>" not in page
        assert "<img>" not in page


def test_the_form_is_read_by_a_browser_that_keeps_no_cookie() -> None:
    """Nothing is written: Django's check of forms would only ask a visitor for a cookie."""
    strict = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    assert "csrfmiddlewaretoken" not in strict.get(EDITEUR).content.decode()
    assert strict.post(EDITEUR, {"texte": read_texte("ai_4000")}).status_code == 200
    assert strict.cookies == {}


def test_the_site_without_session_sets_no_cookie(client: Client) -> None:
    client.get(EDITEUR)
    client.post(EDITEUR, {"texte": read_texte("ai_4000")})
    assert client.cookies == {}


def test_the_hub_leads_to_every_page(client: Client) -> None:
    page = client.get("/regles/").content.decode()
    attendus = [f'href="{fiche.url}"' for fiche in FICHES.values()]
    attendus += [f'href="/regles/reformes/{code}/"' for code in list_reformes()]
    for attendu in (*attendus, 'href="/regles/reforme/"'):
        assert attendu in page
    for feuille in load_legislation().feuilles.values():
        assert f"/regles/valeurs/{feuille.chemin}/" in page
