"""The main path of whoever keeps the file of members, and that of a director, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from factories.site_servi import SiteMembres, serve
from playwright.sync_api import FilePayload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factories.navigateur import Surveillance
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.navigateur


@pytest.fixture(scope="module")
def site_membres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteMembres]:
    """The small network, served as `maillage site` serves it."""
    with serve(tmp_path_factory.mktemp("donnees-membres")) as servi:
        yield servi


def check(page: Page, largeur: int) -> None:
    """Accessible, in its width, with one heading."""
    violations: list[Any] = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    assert page.locator("h1").count() == 1


def create_structure(page: Page, largeur: int, siren: str) -> None:
    """From the list, with a wrong number first: it is told, and what was typed is kept."""
    page.click("text=Créer une organisation")
    page.select_option("[name=nature]", "structure")
    page.fill("[name=nom]", f"Le Tremplin {largeur}")
    page.fill("[name=siren]", siren[:-1] + "0")
    page.fill("[name=commune]", "Rennes (35)")
    page.click("text=Enregistrer")
    assert "clé de contrôle fausse" in page.inner_text(".erreurs-resume")
    check(page, largeur)
    page.fill("[name=siren]", siren)
    page.click("text=Enregistrer")
    assert page.inner_text("h1") == f"Le Tremplin {largeur}"
    check(page, largeur)


def add_convention(page: Page, largeur: int, siret: str) -> None:
    page.click("text=Modifier les conventions")
    check(page, largeur)
    page.select_option("[name=form-0-type_siae]", "AI")
    page.fill("[name=form-0-siret]", siret)
    page.click("text=Enregistrer")
    assert "Structure conventionnée AI" in page.inner_text(".constat")


def invite_director(page: Page, largeur: int) -> None:
    page.click("text=Inviter une personne")
    page.fill("[name=email]", f"alix{largeur}@structure.example.org")
    page.fill("[name=nom]", "Exemple")
    page.select_option("[name=role]", "direction")
    check(page, largeur)
    page.click("text=Donner le rôle et inviter")
    assert "l’invitation est partie" in page.inner_text(".annonces")
    check(page, largeur)


def import_file(page: Page, largeur: int) -> None:
    """A file with a line that resembles a known structure: it is decided, then the rest is written."""
    contenu = f"nature,nom,sigle\nstructure,Coup de pousse,CDP\npartenaire,V{largeur},\n"
    page.set_input_files(
        "[name=fichier]",
        files=FilePayload(name="a.csv", mimeType="text/csv", buffer=contenu.encode()),
    )
    page.click("text=Voir l’aperçu")
    assert "1\u00a0ligne douteuse" in page.inner_text(".constat")
    check(page, largeur)
    page.click("text=La laisser de côté")
    page.click("text=Enregistrer ces choix")
    page.click("button:has-text('Importer')")
    assert "C’est importé" in page.inner_text(".annonces")


@pytest.mark.parametrize(
    ("largeur", "siren", "siret"),
    [(1280, "100000041", "10000004100010"), (390, "100000033", "10000003300017")],
)
def test_keeping_the_file_of_members(
    site_membres: SiteMembres,
    contexte: BrowserContext,
    surveillance: Surveillance,
    largeur: int,
    siren: str,
    siret: str,
) -> None:
    page = site_membres.sign_in(contexte, "administration", largeur)
    page.goto(f"{site_membres.adresse}/reseau/")
    check(page, largeur)
    assert "structures adhérentes" in page.inner_text(".constat")
    create_structure(page, largeur, siren)
    add_convention(page, largeur, siret)
    page.click("text=Voir le registre")
    check(page, largeur)
    page.go_back()
    invite_director(page, largeur)
    page.goto(f"{site_membres.adresse}/reseau/echange/")
    check(page, largeur)
    import_file(page, largeur)
    page.fill("main [name=q]", f"V{largeur}")
    page.click("text=Filtrer")
    assert "1\u00a0organisation répond" in page.inner_text("p[role=status]")
    surveillance.assert_quiet()


@pytest.mark.parametrize("largeur", [1280, 390])
def test_a_director_consents_from_the_keyboard(
    site_membres: SiteMembres,
    contexte: BrowserContext,
    surveillance: Surveillance,
    largeur: int,
) -> None:
    page = site_membres.sign_in(contexte, "direction", largeur)
    page.goto(f"{site_membres.adresse}/reseau/")
    assert page.inner_text("h1").startswith("Coup de pouce")
    check(page, largeur)
    page.focus("text=Lire, donner ou retirer un consentement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/consentements/")
    check(page, largeur)
    usage = "statistiques" if largeur == 390 else "panel"
    section = page.locator(f"section[aria-labelledby=c-{usage}]")
    section.locator("text=Donner cet accord").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".annonces")
    assert "Aujourd’hui\u202f: donné" in section.inner_text()
    assert "Historique (1)" in section.inner_text()
    check(page, largeur)
    surveillance.assert_quiet()


def test_ten_years_of_notes_are_previewed_then_imported(
    site_membres: SiteMembres, contexte: BrowserContext, surveillance: Surveillance
) -> None:
    largeur = 390
    page = site_membres.sign_in(contexte, "delegation", largeur)
    page.goto(f"{site_membres.adresse}/dialogue/fichiers/")
    check(page, largeur)
    deposit(page, "rencontres.csv", "date;titre;forme;lieu\n2024-13;;fête;\n")
    assert "3 fautes empêchent" in page.inner_text(".erreurs-resume")
    check(page, largeur)
    surveillance.erreurs.clear()  # the refusal is an answer 400, which the console tells
    deposit(page, "rencontres.csv", "date;titre;forme;lieu\n06/2024;Bilan;réunion;\n")
    page.click("button:has-text('Importer')")
    deposit(page, "rencontres.csv", "date;titre;forme;lieu\n06/2024;Bilan;réunion;Paris\n")
    check(page, largeur)
    page.click("text=compléter ce qui est noté")
    page.click("text=Enregistrer ces choix")
    page.click("button:has-text('Importer')")
    assert "1\u00a0ligne à modifier" in page.inner_text(".annonces")
    surveillance.assert_quiet()


def deposit(page: Page, nom: str, contenu: str) -> None:
    fichier = FilePayload(name=nom, mimeType="text/csv", buffer=contenu.encode())
    page.set_input_files("input[type=file]", files=fichier)
    page.click("text=Voir l’aperçu")
