"""Every page and every mail of accounts is in French, ours, and points where we want."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import allauth
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.urls import reverse
from factories.membres import MOT_DE_PASSE, client_de

from maillage.web.accounts.acces import ROUTES

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau

CATALOGUE = Path(allauth.__file__).parent / "locale" / "fr" / "LC_MESSAGES" / "django.po"
# words of allauth that would be left alone on a button or as a title
SEULS = {"Email", "Password", "Sign In", "Sign Out", "Remove", "Add", "Edit", "Save", "Confirm"}
MOTS = re.compile(r"\s+")


def list_english() -> set[str]:
    """Sentences of allauth in English, without what it puts into them."""
    texte = CATALOGUE.read_text(encoding="utf-8")
    trouves = re.findall(r'^msgid ((?:".*"\n)+)', texte, flags=re.MULTILINE)
    phrases = {"".join(re.findall(r'"(.*)"', bloc)).replace("\\n", " ") for bloc in trouves}
    return {
        MOTS.sub(" ", p).strip() for p in phrases if len(p.split()) > 2 and "%" not in p
    } | SEULS


def visible(page: Any) -> str:
    """Text of the page, one line per element."""
    corps = page.content.decode()
    corps = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", corps, flags=re.DOTALL)
    return "\n".join(MOTS.sub(" ", t).strip() for t in re.split(r"<[^>]+>", unescape(corps)))


def assert_french(page: Any) -> None:
    lignes = set(visible(page).split("\n"))
    texte = "\n".join(lignes)
    anglais = {p for p in list_english() if p in lignes or (len(p) > 20 and p in texte)}
    assert anglais == set(), page.request["PATH_INFO"]
    assert '<html lang="fr">' in page.content.decode()
    assert "signup" not in page.content.decode()
    assert "<p>\n    \n" not in page.content.decode()


def test_the_catalogue_is_read() -> None:
    assert "Are you sure you want to sign out?" in list_english()
    assert len(list_english()) > 150


@pytest.fixture
def reconnu(petit_reseau: PetitReseau) -> Client:
    """A person who has set everything, and has just confirmed who they are."""
    personne = petit_reseau.personnes["direction"]
    personne.set_password(MOT_DE_PASSE)
    personne.save()
    client = client_de(petit_reseau, "direction")
    client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE})
    return client


@pytest.fixture
def equipe_complete(petit_reseau: PetitReseau) -> int:
    """Factors of that person; the number of their passkey."""
    personne = petit_reseau.personnes["direction"]
    TOTP.activate(personne, generate_totp_secret())
    RecoveryCodes.activate(personne)
    cle = Authenticator.objects.create(
        user=personne,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Clé du bureau", "credential": {}},
    )
    numero: int = cle.pk
    return numero


AVANT = ("account_login", "account_reset_password", "account_inactive")
APRES = (
    "compte",
    "account_logout",
    "account_change_password",
    "account_email",
    "account_email_verification_sent",
    "account_reauthenticate",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "usersessions_list",
    "socialaccount_login_cancelled",
)
EQUIPE = (
    "compte",
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
)


@pytest.mark.parametrize("route", AVANT)
@pytest.mark.usefixtures("petit_reseau")
def test_pages_of_a_visitor(client: Client, route: str) -> None:
    assert_french(client.get(reverse(route), headers={"host": "127.0.0.1"}))


@pytest.mark.parametrize("route", APRES)
def test_pages_of_a_person(reconnu: Client, route: str) -> None:
    page = reconnu.get(reverse(route), follow=True)
    assert page.status_code == 200
    assert_french(page)


@pytest.mark.parametrize("route", EQUIPE)
def test_pages_of_a_person_with_factors(reconnu: Client, equipe_complete: int, route: str) -> None:
    del equipe_complete
    page = reconnu.get(reverse(route), follow=True)
    assert page.status_code == 200
    assert_french(page)


@pytest.mark.parametrize("route", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_pages_of_a_passkey(reconnu: Client, equipe_complete: int, route: str) -> None:
    page = reconnu.get(reverse(route, args=[equipe_complete]))
    assert_french(page)
    assert "Clé du bureau" in page.content.decode()


@pytest.mark.usefixtures("petit_reseau")
@pytest.mark.parametrize(
    ("route", "donnees", "attendu"),
    [
        ("account_login", {}, "Ce champ est obligatoire"),
        ("account_login", {"login": "x", "password": "y"}, "adresse de courriel valide"),
        (
            "account_login",
            {"login": "x@example.org", "password": "y"},
            "L’adresse ou le mot de passe n’est pas le bon",
        ),
        ("account_reset_password", {"email": "x"}, "adresse de courriel valide"),
    ],
)
def test_errors_before_signing_in(
    client: Client, route: str, donnees: dict[str, str], attendu: str
) -> None:
    page = client.post(reverse(route), donnees, headers={"host": "127.0.0.1"})
    assert attendu in unescape(page.content.decode())
    assert_french(page)


@pytest.mark.parametrize(
    ("route", "donnees", "attendu"),
    [
        (
            "account_change_password",
            {"oldpassword": "non", "password1": "court", "password2": "autre"},
            "Ce n’est pas votre mot de passe actuel",
        ),
        ("account_email", {"action_add": "", "email": "x"}, "adresse de courriel valide"),
        ("mfa_activate_totp", {"code": "000000"}, "Ce code n’est pas le bon"),
        ("account_reauthenticate", {"password": "non"}, "Ce n’est pas votre mot de passe"),
    ],
)
def test_errors_of_a_person(
    reconnu: Client, route: str, donnees: dict[str, str], attendu: str
) -> None:
    page = reconnu.post(reverse(route), donnees)
    assert attendu in unescape(page.content.decode())
    assert_french(page)


def test_the_login_page_offers_no_sign_up_and_signing_up_is_closed(client: Client) -> None:
    page = client.get(reverse("account_login"), headers={"host": "127.0.0.1"})
    assert "sur invitation" in page.content.decode()
    refus = client.get("/compte/signup/", headers={"host": "127.0.0.1"})
    assert refus.status_code == 403


def test_the_drawing_is_in_the_page_and_lets_no_image_in(reconnu: Client) -> None:
    page = reconnu.get(reverse("mfa_activate_totp"))
    corps = page.content.decode()
    assert '<svg role="img" aria-label=' in corps
    assert "data:" not in corps
    assert "style=" not in corps
    assert "otpauth://totp/direction%40reseau.example.org?secret=" in corps


def test_recovery_codes_can_be_kept(reconnu: Client, equipe_complete: int) -> None:
    del equipe_complete
    fichier = reconnu.get(reverse("mfa_download_recovery_codes"))
    lignes = fichier.content.decode().split("\n")
    assert lignes[0].startswith("Codes de secours")
    assert len([ligne for ligne in lignes if re.fullmatch(r"\d{8}", ligne)]) == 10
    assert "no-store" in fichier["Cache-Control"]


def test_no_address_of_accounts_is_left_without_a_test_here() -> None:
    sans_page = {
        "invitation", "session-fermer", "openid_login", "openid_callback", "openid_sortie",
        "account_set_password", "account_confirm_email", "account_reset_password_from_key",
        "mfa_authenticate", "mfa_reauthenticate_webauthn", "mfa_download_recovery_codes",
        "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_login_webauthn",
    }  # fmt: skip
    assert set(ROUTES) - sans_page == {*AVANT, *APRES, *EQUIPE}


# mails


def last_mail() -> Any:
    message = mail.outbox[-1]
    texte = f"{message.subject}\n{message.body}"
    assert {p for p in list_english() if len(p) > 8 and p in texte} == set()
    assert "signup" not in texte
    assert "  " not in message.subject
    return message


def link_in(message: Any) -> str:
    trouve = re.search(r"http://127\.0\.0\.1(/\S+)", message.body)
    assert trouve is not None
    return trouve[1]


def test_the_mails_of_a_forgotten_password(petit_reseau: PetitReseau, client: Client) -> None:
    client.post(
        reverse("account_reset_password"),
        {"email": "direction@reseau.example.org"},
        headers={"host": "127.0.0.1"},
    )
    lien = link_in(last_mail())
    client = client_de(petit_reseau, "visiteur")
    page = client.get(lien, follow=True)
    assert_french(page)
    fin = client.post(
        page.redirect_chain[-1][0],
        {"password1": "une autre phrase bien longue", "password2": "une autre phrase bien longue"},
        follow=True,
    )
    assert_french(fin)
    assert "a changé" in last_mail().subject
    assert "adresse réseau 127.0.0.1" in last_mail().body
    encore = client.get(lien, follow=True)
    assert "Ce lien ne sert plus" in encore.content.decode()
    assert_french(encore)


def test_the_mails_of_another_address(petit_reseau: PetitReseau, reconnu: Client) -> None:
    reponse = reconnu.post(
        reverse("account_email"),
        {"action_add": "", "email": "Nouvelle@example.org"},
        follow=True,
    )
    assert_french(reponse)
    personne = petit_reseau.personnes["direction"]
    personne.refresh_from_db()
    assert personne.email == "direction@reseau.example.org"
    message = last_mail()
    assert message.to == ["nouvelle@example.org"]
    page = reconnu.get(link_in(message))
    assert_french(page)
    assert_french(reconnu.post(link_in(message), follow=True))
    personne.refresh_from_db()
    assert personne.email == "nouvelle@example.org"
    assert EmailAddress.objects.get(user=personne).email == "nouvelle@example.org"
    prevenu = [m for m in mail.outbox if m.to == ["direction@reseau.example.org"]]
    assert "Votre adresse e-mail a changé" in {m.subject for m in prevenu}


def test_a_host_of_a_stranger_never_gets_into_a_mail(
    client: Client, settings: Any, petit_reseau: PetitReseau
) -> None:
    del petit_reseau
    settings.ADRESSE_PUBLIQUE = "https://maillage.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    client.post(
        reverse("account_reset_password"),
        {"email": "direction@reseau.example.org"},
        headers={"host": "pirate.example.net"},
    )
    assert "https://maillage.example.org/compte/password/reset/key/" in last_mail().body
    assert "pirate" not in last_mail().body
