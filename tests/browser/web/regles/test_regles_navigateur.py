"""The pages of the rules in a real browser: two widths, dark, keyboard, paper, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe

from maillage.regles.engine.lecture_reforme import read_texte
from maillage.web.regles.fiches.catalogue import FICHES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.navigateur

ANNEXE = {
    "type": "ACI",
    "territoire": "metropole_drom",
    "etp": "12",
    "debut": "01/01/2020",
    "fin": "31/12/2020",
    **{f"m{rang}": "11" for rang in range(1, 13)},
}
CONNU = {"type": "AI", "territoire": "metropole_drom", "le": "01/01/2022", "connu_au": "07/02/2022"}
PAGES = {
    "règles": "/regles/",
    "aide au poste": "/regles/aide-au-poste/",
    "connu au": f"/regles/aide-au-poste/?{urlencode(CONNU)}",
    "2026 refusé": f"/regles/aide-au-poste/?{urlencode({**CONNU, 'le': '01/01/2026'})}",
    "calculateur": "/regles/calculateur/",
    "annexe": f"/regles/calculateur/?{urlencode(ANNEXE)}",
    "réforme": f"/regles/calculateur/?{urlencode({**ANNEXE, 'reforme': 'igas_2022'})}",
    "emploi": "/regles/emploi/",
    "valeur": "/regles/valeurs/aide_au_poste.montant_socle.AI/",
    "valeur non vérifiée": "/regles/valeurs/cotisations.tva_ai/",
    **{fiche.slug: fiche.url for fiche in FICHES.values()},
    **{
        f"{fiche.slug}, calcul": f"{fiche.url}?{fiche.calculette.exemple}"
        for fiche in FICHES.values()
        if fiche.calculette is not None
    },
    "éditeur": "/regles/reforme/",
    "éditeur, réforme prête": "/regles/reforme/?modele=igas_2022",
    "réforme prête": f"/regles/reformes/ai_4000/?{urlencode({**ANNEXE, 'h_montant_ai': '3500'})}",
    "réforme sans montant": "/regles/reformes/revue_depenses_2024/",
}
EXTRAIT = (
    "af_numero_annexe_financiere;af_mesure_dispositif_code;af_etp_postes_insertion;"
    "af_montant_unitaire_annuel_valeur;af_date_debut_effet;af_date_fin_effet\n"
    "AI092215107A1M0;AI_DC;19,00;1428;01/01/2022;31/12/2022\n"
)
FAUSSE_PAIE = "/regles/cotisations/?remuneration=x&heures=&jour=hier&effectif=1&conges="
FAUX = f"/regles/calculateur/?{urlencode({**ANNEXE, 'etp': '-1', 'm3': 'x', 'connu_au': 'hier'})}"


def _assert_accessible(page: Page) -> None:
    """Folds open: what is hidden is not looked at."""
    page.evaluate("for (const pli of document.querySelectorAll('.pli')) pli.open = true")
    resultat = Axe().run(page)
    assert resultat.violations_count == 0, resultat.generate_report()


@pytest.mark.parametrize("largeur", [1280, 390])
@pytest.mark.parametrize("adresse", PAGES.values(), ids=PAGES.keys())
def test_page_is_accessible_and_self_contained(
    site: str, contexte: BrowserContext, surveillance: Any, adresse: str, largeur: int
) -> None:
    page = contexte.new_page()
    page.set_viewport_size({"width": largeur, "height": 900})
    answer = page.goto(site + adresse)
    assert answer is not None
    assert answer.status == 200
    _assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    assert page.locator("h1").count() == 1
    assert page.title().endswith("· Maillage")
    assert contexte.cookies() == []
    images = page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    assert images
    surveillance.assert_quiet()


@pytest.mark.parametrize("largeur", [1280, 390])
def test_errors_lead_to_their_fields(site: str, contexte: BrowserContext, largeur: int) -> None:
    page = contexte.new_page()
    page.set_viewport_size({"width": largeur, "height": 900})
    page.goto(site + FAUX)
    _assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    page.locator("[role=alert] a", has_text="3e mois").click()
    assert page.evaluate("document.activeElement.id") in {"m3", ""}
    assert page.url.endswith("#m3")
    assert page.input_value("#m3") == "x"
    assert page.locator("[aria-invalid=true]").count() == 3


@pytest.mark.parametrize("adresse", [*PAGES.values(), FAUX, FAUSSE_PAIE])
def test_dark_theme_keeps_its_contrasts(site: str, navigateur: Browser, adresse: str) -> None:
    contexte = navigateur.new_context(color_scheme="dark")
    page = contexte.new_page()
    page.goto(site + adresse)
    _assert_accessible(page)
    contexte.close()


def test_keyboard_computes_an_annexe_without_script(site: str, navigateur: Browser) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    page.goto(site)
    page.get_by_role("link", name="Règles", exact=True).click()
    page.get_by_role("link", name="Calculer une annexe financière").click()
    page.focus("#type")
    for texte in ("Ate", "Mét", "7,43", "01/05/2019", "31/12/2019"):
        page.keyboard.type(texte)
        page.keyboard.press("Tab")
    page.focus("#etp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/regles/calculateur/?type=ACI&**")
    assert "100\u202f052,40\u202f€" in page.inner_text(".constat")
    assert page.input_value("#etp") == "7,43"
    page.locator("a.chiffre", has_text="20\u202f199").first.click()
    assert page.url.endswith("montant_socle.ACI/#effet-2019-01-01")
    contexte.close()


def test_paper_has_the_result_and_not_the_form(site: str, contexte: BrowserContext) -> None:
    page = contexte.new_page()
    page.goto(site + PAGES["annexe"])
    page.emulate_media(media="print")
    assert not page.locator("form.formulaire").is_visible()
    assert page.locator(".versements tbody tr").last.is_visible()
    assert page.locator(".impression").is_visible()


def test_a_director_writes_a_reform_without_yaml_nor_script(site: str, navigateur: Browser) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    page.goto(f"{site}/regles/")
    page.get_by_role("link", name="Simuler une réforme").click()
    page.focus("#s_type")
    for texte in ("ass", "2 000", "01/01/2026"):
        page.keyboard.type(texte)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Écrire et comparer").click()
    assert "de 1\u202f619\u202f€ à 2\u202f000\u202f€" in page.inner_text(".constat")
    assert "valeur: 2000" in page.input_value("#texte")
    page.fill("#h_montant", "1 900")
    page.get_by_role("button", name="Comparer", exact=True).click()
    assert "à 1\u202f900\u202f€" in page.inner_text(".constat")
    assert "valeur: 1900" in page.input_value("#texte")
    with page.expect_download() as attente:
        page.get_by_role("button", name="Télécharger").click()
    assert attente.value.suggested_filename == "montant_ai_2026_01_01.yaml"
    contexte.close()


@pytest.mark.parametrize("largeur", [1280, 390])
def test_the_editor_shows_its_errors_and_its_effects_accessibly(
    site: str, contexte: BrowserContext, surveillance: Any, largeur: int
) -> None:
    page = contexte.new_page()
    page.set_viewport_size({"width": largeur, "height": 900})
    page.goto(f"{site}/regles/reforme/#editeur")
    page.fill("#texte", read_texte("ai_4000").replace("titre:", "titr:"))
    page.fill("#etp", "x")
    page.get_by_role("button", name="Comparer", exact=True).click()
    _assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    assert page.locator(".ligne-fautive").count() == 2
    page.locator("[role=alert] a", has_text="Texte de la réforme").first.click()
    assert page.url.endswith("#texte")
    assert "titr:" in page.input_value("#texte")
    page.fill("#texte", read_texte("ai_4000"))
    page.fill("#etp", "")
    page.set_input_files(
        "#fichier", {"name": "annexes.csv", "mimeType": "text/csv", "buffer": EXTRAIT.encode()}
    )
    page.get_by_role("button", name="Comparer", exact=True).click()
    _assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    assert "76\u202f000\u202f€ après" in page.inner_text("#effets")
    assert contexte.cookies() == []
    assert surveillance.dehors == []


def test_a_file_too_large_is_told_and_not_a_broken_page(
    site: str, contexte: BrowserContext
) -> None:
    page = contexte.new_page()
    page.goto(f"{site}/regles/reforme/#editeur")
    page.set_input_files(
        "#fichier", {"name": "gros.csv", "mimeType": "text/csv", "buffer": b"0" * 24_000_000}
    )
    page.get_by_role("button", name="Comparer", exact=True).click()
    assert "MLG-WEB-046" in page.inner_text("main")
    _assert_accessible(page)


def test_paper_has_the_cases_and_not_the_forms(site: str, contexte: BrowserContext) -> None:
    page = contexte.new_page()
    page.goto(f"{site}/regles/smic/")
    page.emulate_media(media="print")
    assert page.locator(".cas dl").first.is_visible()
    assert page.locator(".cas summary").first.is_visible()
    for titre in page.locator(".pli > summary h2").all():
        assert titre.is_visible()
    page.goto(f"{site}{PAGES['cotisations, calcul']}")
    assert page.locator(".reponse").is_visible()
    assert not page.locator("form.formulaire").is_visible()


@pytest.mark.parametrize("script", [False, True])
def test_a_fold_is_opened_by_its_anchor_with_or_without_script(
    site: str, navigateur: Browser, *, script: bool
) -> None:
    """From the contents, from the curve, from another page, from the keyboard; then on paper."""
    contexte = navigateur.new_context(java_script_enabled=script)
    page = contexte.new_page()
    page.goto(f"{site}/regles/cotisations/")
    assert page.locator("#cas").is_hidden()
    page.get_by_role("navigation", name="Sur cette page").get_by_role(
        "link", name="Les cas"
    ).click()
    assert page.locator("#cas .cas").first.is_visible()
    assert page.locator("#t-cas").is_visible()
    page.get_by_role("link", name="Voir les chiffres en tableau").click()
    assert page.locator("#tables table").first.is_visible()
    page.goto(f"{site}/regles/cotisations/#droit")
    assert page.locator("#droit table").first.is_visible()
    assert page.locator("#formule").is_hidden()
    page.locator("summary", has=page.locator("#t-formule")).focus()
    page.keyboard.press("Enter")
    assert page.locator("#formule .etapes").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#ouvert dl").is_visible()
    contexte.close()
