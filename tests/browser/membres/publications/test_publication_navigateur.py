"""Case A: the secretary general publishes from an empty draft; a member and a visitor each read theirs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.navigateur

TITRE = "Reçus par le cabinet du ministre du Travail"
CHAPO = "À la demande du cabinet, le réseau a présenté ses positions le 28 juin 2022."
DEBUT = """Le 28 juin 2022, des conseillers du ministre du Travail, du Plein emploi et de l’Insertion ont \
demandé à rencontrer le réseau. L’échange a été long.

## Ce que nous avons porté

- soutenir l’action publique en faveur de l’insertion par l’activité économique ;
- donner leur valeur aux emplois d’utilité sociale et territoriale, encourager la coopération entre \
acteurs, consolider le modèle économique des AI ;
- retrouver des lieux politiques identifiés de dialogue, comme avec la ministre précédente ;
- reconnaître la hausse du budget, et passer d’un développement par les chiffres à un développement \
diagnostiqué avec les territoires ;
- la formation, levier prioritaire.

Dans le pays, {{ chiffre demandeurs_emploi france }} sont inscrits.

"""
APPRIS = """Une mission d’inspection sur l’insertion va démarrer. Nous avons demandé que ses termes de \
référence comptent un volet financier, et offert notre expertise."""
FIN = """

L’incertitude qui suit les élections n’a pas permis d’aller au fond des sujets."""


def see(page: Page, nom: str) -> None:
    """Keep a picture of the page for whoever asks for them by MAILLAGE_IMAGES."""
    dossier = os.environ.get("MAILLAGE_IMAGES")
    if dossier:
        page.screenshot(path=str(Path(dossier) / f"{nom}.png"), full_page=True)


def assert_accessible(page: Page) -> None:
    resultats = Axe().run(page)
    assert resultats.violations_count == 0, resultats.generate_report()
    largeur = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert largeur <= 0, "la page défile de côté"


def assert_reads(reseau: Any, adresse: str, role: str, largeur: int, *, lit_tout: bool) -> None:
    """A person reads their version, and nothing of the other."""
    lecteur = reseau.open(role, largeur).new_page()
    lecteur.goto(adresse)
    texte = lecteur.inner_text("main")
    assert ("mission d’inspection" in texte) is lit_tout
    assert ("volet financier" in lecteur.content()) is lit_tout
    assert "Ce que nous avons porté" in texte
    assert lecteur.locator(".publication-reserve").count() == int(lit_tout)
    assert lecteur.locator("a.publication-chiffre").count() == 1
    see(lecteur, f"lecture-{role or 'visiteur'}-{largeur}")
    assert_accessible(lecteur)


def test_case_a_from_an_empty_draft_to_its_two_readers(reseau: Any) -> None:
    page = reseau.open("delegation").new_page()
    page.goto(f"{reseau.adresse}/publications/")
    page.get_by_role("link", name="Écrire une publication").click()
    page.get_by_label("Titre").fill(TITRE)
    page.locator("#id_reunion").fill("cabinet du ministre, 28 juin 2022")
    page.get_by_role("button", name="Commencer à écrire").click()

    page.locator("#id_chapo").fill(CHAPO)
    page.locator("#id_themes").fill("ministère, financement")
    corps = page.locator("#id_corps")
    corps.focus()
    page.keyboard.insert_text(DEBUT)
    page.keyboard.insert_text(APPRIS)
    # the passage is selected and reserved by the keyboard alone
    for _ in range(len(APPRIS)):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Control+Alt+r")
    assert f"[[{APPRIS}]]" in corps.input_value()
    corps.evaluate("champ => champ.setSelectionRange(champ.value.length, champ.value.length)")
    page.keyboard.insert_text(FIN)

    publique = page.get_by_role("region", name="Ce que lit un visiteur")
    publique.get_by_text("aller au fond des sujets").wait_for(timeout=60_000)
    assert "mission d’inspection" not in publique.inner_text()
    assert (
        "mission d’inspection"
        in page.get_by_role("region", name="Ce que lit un adhérent").inner_text()
    )
    page.locator("#etat-saisie", has_text="Gardé tel quel").wait_for(timeout=30_000)
    see(page, "editeur-1280")
    assert_accessible(page)

    page.get_by_role("button", name="Enregistrer, relire et publier").click()
    page.get_by_text("Rien de réservé ne se lirait").wait_for()
    see(page, "publier-1280")
    assert_accessible(page)
    page.get_by_role("button", name="Publier", exact=True).click()
    page.wait_for_url("**/publications/recus-par-le-cabinet-du-ministre-du-travail/")
    adresse = page.url

    for role, lit_tout in (("direction", True), ("", False), ("partenaire", False)):
        for largeur in (1280, 390):
            assert_reads(reseau, adresse, role, largeur, lit_tout=lit_tout)
    assert reseau.dehors == []
    assert reseau.erreurs == []


def test_the_desk_and_the_reader_s_pages_hold_at_both_widths(reseau: Any) -> None:
    for largeur in (1280, 390):
        page = reseau.open("delegation", largeur).new_page()
        for nom, chemin in (
            ("liste", "/publications/"),
            ("recherche", "/publications/?q=inspections"),
            ("redaction", "/publications/redaction/"),
            ("nouvelle", "/publications/redaction/nouvelle/"),
            ("chiffres", "/publications/redaction/chiffres/?indicateur=demandeurs&lieu=Redon"),
            ("texte", "/publications/redaction/1/"),
            ("versions", "/publications/redaction/1/versions/"),
            ("version", "/publications/redaction/1/versions/2/"),
            ("publier", "/publications/redaction/1/publier/"),
            ("abonnements", "/publications/abonnements/"),
        ):
            page.goto(f"{reseau.adresse}{chemin}")
            page.wait_for_load_state("networkidle")
            see(page, f"{nom}-{largeur}")
            assert_accessible(page)
    assert reseau.dehors == []
    assert reseau.erreurs == []


def test_the_toolbar_walks_with_arrows_and_a_figure_is_inserted_by_keyboard(reseau: Any) -> None:
    page = reseau.open("delegation").new_page()
    page.goto(f"{reseau.adresse}/publications/redaction/1/")
    barre = page.get_by_role("toolbar")
    assert barre.locator("button[tabindex='0']").count() == 1
    barre.locator("button[tabindex='0']").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("Indicateur").fill("demandeurs d’emploi")
    dialogue.get_by_label("Territoire").fill("Redon")
    dialogue.get_by_role("button", name="Chercher").press("Enter")
    dialogue.get_by_role("button", name="Insérer").first.press("Enter")
    assert "{{ chiffre demandeurs_emploi" in page.locator("#id_corps").input_value().replace(
        "{{ chiffre demandeurs_emploi france }}", ""
    )
    assert reseau.erreurs == []


def test_a_text_is_written_previewed_and_saved_without_script(reseau: Any) -> None:
    page = reseau.open("delegation_regionale", script=False).new_page()
    page.goto(f"{reseau.adresse}/publications/redaction/nouvelle/")
    page.get_by_label("Titre").fill("Sans script")
    page.get_by_role("button", name="Commencer à écrire").click()
    page.locator("#id_corps").fill("Pour tous. [[Pour les adhérents seuls.]]")
    page.get_by_role("button", name="Voir l’aperçu").click()
    publique = page.get_by_role("region", name="Ce que lit un visiteur")
    assert "Pour les adhérents seuls" not in publique.inner_text()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    assert "version 2" in page.inner_text("main")
    # a leak is refused, and told with its place
    page.locator("#id_corps").fill(
        "Une mission va démarrer en septembre.\n\n[[Une mission va démarrer en septembre.]]"
    )
    page.get_by_role("button", name="Voir l’aperçu").click()
    assert "ce texte ne peut pas être publié" in page.inner_text("main")
    assert "Voir dans le texte (corps, ligne 3" in page.inner_text("main")
