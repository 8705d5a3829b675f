"""Signing in as people do: password, application, passkey, at two widths, with axe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axe_playwright_python.sync_playwright import Axe
from factories.membres import MOT_DE_PASSE
from playwright.sync_api import expect

if TYPE_CHECKING:
    from factories.navigateur import Surveillance
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.navigateur
LARGEURS = (1280, 390)


def check(page: Page) -> None:
    """Axe finds nothing and nothing overflows, at both widths."""
    for largeur in LARGEURS:
        page.set_viewport_size({"width": largeur, "height": 900})
        trouve = Axe().run(page)
        assert trouve.violations_count == 0, f"{page.url} {largeur} : {trouve.generate_report()}"
        large = page.evaluate("document.documentElement.scrollWidth")
        assert large <= largeur, f"{page.url} déborde à {largeur}"


def sign_in(page: Page, site: str, nom: str) -> None:
    page.goto(f"{site}/compte/login/")
    page.get_by_label("Adresse e-mail").fill(f"{nom}@reseau.example.org")
    page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_text("Vous êtes déconnecté.")).to_be_visible()


def confirm(page: Page) -> None:
    """Type the password again where it is asked for."""
    if "/reauthenticate/" in page.url:
        page.get_by_label("Votre mot de passe").fill(MOT_DE_PASSE)
        page.get_by_role("button", name="Confirmer").click()


def show_code(secret: str) -> str:
    """What the application on the telephone would show now."""
    compteur = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, compteur)))


def test_a_member_of_staff_installs_the_application_then_signs_in_with_it(
    contexte: BrowserContext, surveillance: Surveillance, site_membres: str
) -> None:
    page = contexte.new_page()
    page.goto(f"{site_membres}/compte/login/")
    check(page)
    sign_in(page, site_membres, "delegation")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second facteur")
    expect(page.get_by_text("Votre rôle demande un second facteur.")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Installer").click()
    check(page)
    confirm(page)
    check(page)
    secret = page.locator(".cle-texte").inner_text()
    page.get_by_label("Code affiché par l’application").fill(show_code(secret))
    page.get_by_role("button", name="Activer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    assert all(re.fullmatch(r"\d{8}", code) for code in codes)
    check(page)
    page.get_by_role("link", name="C’est rangé, continuer").click()
    expect(page).to_have_url(f"{site_membres}/espace/")
    page.goto(f"{site_membres}/compte/")
    check(page)
    sign_out(page)
    sign_in(page, site_membres, "delegation")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre second facteur")
    check(page)
    # the code of the installation was used up: a recovery code, as one without the telephone does
    page.get_by_label("Code", exact=True).fill(codes[0])
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page).to_have_url(f"{site_membres}/espace/")
    surveillance.assert_quiet()


def test_a_passkey_is_added_renamed_signs_in_alone_and_is_removed(
    contexte: BrowserContext, surveillance: Surveillance, site_membres: str
) -> None:
    page = contexte.new_page()
    cdp = contexte.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, site_membres, "administration")
    page.get_by_role("link", name="Ajouter").click()
    confirm(page)
    check(page)
    page.get_by_label("Nom de la clé").fill("Téléphone")
    page.get_by_label("Se connecter sans mot de passe").check()
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")

    page.goto(f"{site_membres}/compte/2fa/webauthn/")
    check(page)
    page.get_by_role("link", name="Renommer").click()
    page.get_by_label("Nom de la clé").fill("Clé du bureau")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("rowheader", name="Clé du bureau")).to_be_visible()

    sign_out(page)
    page.goto(f"{site_membres}/compte/login/?next=/compte/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")
    expect(page.get_by_text("1 clé d’accès")).to_be_visible()

    page.goto(f"{site_membres}/compte/2fa/webauthn/")
    page.get_by_role("link", name="Retirer").click()
    confirm(page)
    check(page)
    page.get_by_role("button", name="Retirer la clé").click()
    page.goto(f"{site_membres}/espace/")
    expect(page.get_by_text("Votre rôle demande un second facteur.")).to_be_visible()
    surveillance.assert_quiet()


def test_a_refused_passkey_is_told_in_french(
    contexte: BrowserContext, surveillance: Surveillance, site_membres: str
) -> None:
    page = contexte.new_page()
    cdp = contexte.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    page.goto(f"{site_membres}/compte/login/")
    page.evaluate(
        "() => { navigator.credentials.get = async () => "
        "{ throw new DOMException('x', 'NotAllowedError'); }; }"
    )
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_role("alert")).to_contain_text("Réessayez quand vous voulez")
    surveillance.assert_quiet()


def test_sessions_are_seen_and_closed_one_by_one(
    contexte: BrowserContext, surveillance: Surveillance, site_membres: str
) -> None:
    page = contexte.new_page()
    sign_in(page, site_membres, "direction")
    expect(page).to_have_url(f"{site_membres}/espace/")
    assert contexte.browser is not None
    ailleurs = contexte.browser.new_context()
    autre = ailleurs.new_page()
    sign_in(autre, site_membres, "direction")
    page.goto(f"{site_membres}/compte/sessions/")
    check(page)
    page.get_by_role("button", name="Fermer la session").click()
    expect(page.get_by_text("Session fermée")).to_be_visible()
    expect(page.get_by_text("Vous n’êtes connecté qu’ici.")).to_be_visible()
    autre.goto(f"{site_membres}/espace/")
    expect(autre.get_by_role("heading", level=1)).to_have_text("Se connecter")
    ailleurs.close()
    surveillance.assert_quiet()
