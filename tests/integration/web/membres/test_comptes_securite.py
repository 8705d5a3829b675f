"""Attempts counted, nothing said of who exists, sessions that rotate and end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.conf import settings as reglages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from factories.membres import DEBUT, MOT_DE_PASSE, client_de

from maillage.web.accounts import freins
from maillage.web.accounts.actions import close, invite
from maillage.web.accounts.sessions import describe_appareil
from maillage.web.droits.permissions import Role
from maillage.web.journal.models import Evenement
from maillage.web.network.roles import attach

if TYPE_CHECKING:
    from factories.membres import PetitReseau
    from pytest_django import Settings

CONNUE = "direction@reseau.example.org"
FAUX = "ce n’est pas le bon mot de passe"


@pytest.fixture
def visiteur(petit_reseau: PetitReseau) -> Client:
    """A visitor; one person has a password."""
    personne = petit_reseau.personnes["direction"]
    personne.set_password(MOT_DE_PASSE)
    personne.save()
    return Client(headers={"host": "127.0.0.1"})


def sign_in(client: Client, mot_de_passe: str = MOT_DE_PASSE, email: str = CONNUE) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": mot_de_passe})


# attempts


def assert_slowed(reponse: Any) -> None:
    assert reponse.status_code == 429
    assert 0 < int(reponse["Retry-After"]) <= 900
    corps = reponse.content.decode()
    assert "MLG-CPT-010" in corps
    assert re.search(r"Réessayez dans \d+ (seconde|minute)s?", corps)


def test_after_five_wrong_passwords_the_right_one_waits_too(visiteur: Client) -> None:
    for _ in range(5):
        assert sign_in(visiteur, FAUX).status_code == 200
    assert_slowed(sign_in(visiteur))
    assert SESSION_KEY not in visiteur.session


def test_the_same_place_is_slowed_whatever_the_address(visiteur: Client) -> None:
    reponses = [sign_in(visiteur, FAUX, f"personne{i}@example.org") for i in range(11)]
    assert [r.status_code for r in reponses[:10]] == [200] * 10
    assert_slowed(reponses[10])


def test_the_door_opens_again_after_the_time_said(
    visiteur: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        sign_in(visiteur, FAUX)
    attente = int(sign_in(visiteur)["Retry-After"])
    import time as horloge  # noqa: PLC0415

    vrai = horloge.time
    monkeypatch.setattr(horloge, "time", lambda: vrai() + attente + 1)
    assert sign_in(visiteur).status_code == 302


def test_a_good_sign_in_is_not_counted(visiteur: Client) -> None:
    for _ in range(7):
        assert sign_in(visiteur).status_code == 302
        visiteur.post(reverse("account_logout"))


def test_asking_for_new_passwords_is_slowed(visiteur: Client) -> None:
    demande = {"email": CONNUE}
    for _ in range(3):
        assert visiteur.post(reverse("account_reset_password"), demande).status_code == 302
    assert_slowed(visiteur.post(reverse("account_reset_password"), demande))
    assert len(mail.outbox) == 3


def test_guessing_a_code_is_slowed(visiteur: Client, petit_reseau: PetitReseau) -> None:
    TOTP.activate(petit_reseau.personnes["direction"], generate_totp_secret())
    sign_in(visiteur)
    for _ in range(5):
        assert visiteur.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert_slowed(visiteur.post(reverse("mfa_authenticate"), {"code": "000000"}))


def test_guessing_links_is_slowed_and_a_good_link_still_opens(
    visiteur: Client, petit_reseau: PetitReseau
) -> None:
    bon = reverse("invitation", args=[invite(petit_reseau.personnes["equipe"], by=None)])
    for i in range(20):
        assert visiteur.get(reverse("invitation", args=[f"invente-{i}"])).status_code == 404
    assert_slowed(visiteur.get(reverse("invitation", args=["invente-20"])))
    assert_slowed(visiteur.get(reverse("premier-demarrage", args=["invente-21"])))
    assert visiteur.get(bon).status_code == 200


def test_a_person_who_confirms_too_often_waits(visiteur: Client) -> None:
    sign_in(visiteur)
    for _ in range(10):
        visiteur.post(reverse("account_reauthenticate"), {"password": ""})
    assert_slowed(visiteur.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE}))


@pytest.mark.parametrize(
    ("secondes", "dit"),
    [(1, "1 seconde"), (59, "59 secondes"), (60, "1 minute"), (61, "2 minutes")],
)
def test_a_wait_is_said_as_one_says_it(secondes: int, dit: str) -> None:
    assert freins.format_attente(secondes) == dit


def test_the_place_is_the_connection_unless_a_proxy_of_ours_says_otherwise(
    visiteur: Client, settings: Settings
) -> None:
    """Without a proxy, X-Forwarded-For is what the visitor likes: it changes nothing."""
    for i in range(10):
        visiteur.post(
            reverse("account_login"),
            {"login": f"p{i}@example.org", "password": FAUX},
            headers={"x-forwarded-for": f"192.0.2.{i}"},
        )
    assert_slowed(sign_in(visiteur, FAUX, "autre@example.org"))
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    reponse = visiteur.post(
        reverse("account_login"),
        {"login": "autre@example.org", "password": FAUX},
        headers={"x-forwarded-for": "198.51.100.7, 192.0.2.200"},
    )
    assert reponse.status_code == 200


# who exists


@pytest.fixture
def hachages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each password hash computed."""
    faits: list[str] = []
    vrais = {nom: getattr(Argon2PasswordHasher, nom) for nom in ("encode", "verify")}
    for nom, vrai in vrais.items():

        def compte(
            self: Argon2PasswordHasher, *args: Any, _nom: str = nom, _vrai: Any = vrai
        ) -> Any:
            faits.append(_nom)
            return _vrai(self, *args)

        monkeypatch.setattr(Argon2PasswordHasher, nom, compte)
    return faits


def without_the_address(reponse: Any, email: str) -> str:
    texte = reponse.content.decode().replace(email, "ADRESSE")
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", texte)


def test_signing_in_says_nothing_of_who_exists_and_works_as_much(
    visiteur: Client, petit_reseau: PetitReseau, hachages: list[str]
) -> None:
    close(petit_reseau.personnes["partenaire"], by=None)
    sans_mot_de_passe = petit_reseau.personnes["equipe"].email
    reponses, travaux = set(), set()
    for email in (
        CONNUE,
        "personne@example.org",
        sans_mot_de_passe,
        petit_reseau.personnes["partenaire"].email,
    ):
        hachages.clear()
        reponses.add(without_the_address(sign_in(visiteur, FAUX, email), email))
        travaux.add(len(hachages))
    assert len(reponses) == 1
    assert len(travaux) == 1
    assert travaux != {0}


def test_a_forgotten_password_says_nothing_and_writes_to_everybody(
    visiteur: Client, petit_reseau: PetitReseau, hachages: list[str]
) -> None:
    close(petit_reseau.personnes["partenaire"], by=None)
    reponses, sujets = set(), []
    for email in (CONNUE, "personne@example.org", petit_reseau.personnes["partenaire"].email):
        hachages.clear()
        reponse = visiteur.post(reverse("account_reset_password"), {"email": email}, follow=True)
        reponses.add(without_the_address(reponse, email))
        assert hachages == []
        assert mail.outbox[-1].to == [email]
        sujets.append(mail.outbox[-1].subject)
    assert len(reponses) == 1
    # only who reads that mailbox learns it
    assert sujets == ["Choisir un nouveau mot de passe", *["Aucun compte à cette adresse"] * 2]


def test_links_that_open_nothing_say_the_same(visiteur: Client, petit_reseau: PetitReseau) -> None:
    personne = petit_reseau.personnes["equipe"]
    perime = invite(personne, by=None)
    invite(personne, by=None)
    ferme = invite(petit_reseau.personnes["partenaire"], by=None)
    close(petit_reseau.personnes["partenaire"], by=None)
    pages = {
        without_the_address(visiteur.get(reverse("invitation", args=[jeton])), jeton)
        for jeton in (perime, ferme, "jamais-vu")
    }
    assert len(pages) == 1
    assert "MLG-CPT-001" in pages.pop()


def test_taking_the_address_of_another_is_refused_without_saying_whose(
    visiteur: Client, petit_reseau: PetitReseau
) -> None:
    sign_in(visiteur)
    visiteur.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE})
    for email in (petit_reseau.personnes["equipe"].email, "libre@example.org"):
        reponse = visiteur.post(
            reverse("account_email"), {"action_add": "", "email": email}, follow=True
        )
        assert "ouvrez-le pour finir" in reponse.content.decode()


# sessions


def test_the_key_changes_on_signing_in_and_the_old_one_is_dead(visiteur: Client) -> None:
    visiteur.get(reverse("account_login"))
    visiteur.session["fixe"] = True
    session = visiteur.session
    session["fixe"] = True
    session.save()
    visiteur.cookies[reglages.SESSION_COOKIE_NAME] = str(session.session_key)
    avant = session.session_key
    sign_in(visiteur)
    assert visiteur.session.session_key != avant
    voleur = Client(headers={"host": "127.0.0.1"})
    voleur.cookies[reglages.SESSION_COOKIE_NAME] = str(avant)
    assert voleur.get(reverse("espace")).status_code == 302


def test_the_key_changes_with_the_second_factor_and_with_the_roles(
    visiteur: Client, petit_reseau: PetitReseau, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a test never commits: what waits for it is done at once, as it is in a real request
    monkeypatch.setattr(transaction, "on_commit", lambda suite, **_: suite())
    sign_in(visiteur)
    visiteur.get(reverse("espace"))
    cles = [visiteur.session.session_key]
    attach(
        petit_reseau.personnes["direction"],
        petit_reseau.voisine,
        Role.DIRECTION,
        depuis=DEBUT,
        by=None,
    )
    visiteur.get(reverse("espace"))
    cles.append(visiteur.session.session_key)
    visiteur.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE})
    page = visiteur.get(reverse("mfa_activate_totp"))
    visiteur.post(reverse("mfa_activate_totp"), {"code": code_of(page)})
    cles.append(visiteur.session.session_key)
    visiteur.post(
        reverse("account_change_password"),
        {"oldpassword": MOT_DE_PASSE, "password1": FAUX, "password2": FAUX},
    )
    cles.append(visiteur.session.session_key)
    assert len(set(cles)) == 4, cles
    assert Evenement.objects.filter(
        action="compte.second_facteur.ajouter", details={"facteur": "application"}
    ).exists()
    assert visiteur.get(reverse("espace")).status_code == 200


def code_of(page: Any) -> str:
    from allauth.mfa.totp.internal.auth import (  # noqa: PLC0415
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    secret = re.search(r'cle-texte">([A-Z2-7]+)<', page.content.decode())
    assert secret is not None
    compteurs = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret[1], compteurs[len(compteurs) // 2])))


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(visiteur: Client) -> None:
    sign_in(visiteur)
    cookie = visiteur.cookies[reglages.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""  # ends with the browser
    assert visiteur.cookies[reglages.CSRF_COOKIE_NAME]["httponly"]


def test_signing_out_kills_the_session(visiteur: Client) -> None:
    sign_in(visiteur)
    cle = visiteur.session.session_key
    visiteur.post(reverse("account_logout"))
    voleur = Client(headers={"host": "127.0.0.1"})
    voleur.cookies[reglages.SESSION_COOKIE_NAME] = str(cle)
    assert voleur.get(reverse("espace")).status_code == 302


@pytest.mark.usefixtures("visiteur", "atlas")
def test_signing_out_from_a_page_kept_in_memory_works() -> None:
    """The button of the corner was refused: its page is answered before the token is read."""
    client = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    page = client.get(reverse("account_login"))
    jeton = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page.content.decode())
    assert jeton is not None
    donnees = {"login": CONNUE, "password": MOT_DE_PASSE, "csrfmiddlewaretoken": jeton[1]}
    assert client.post(reverse("account_login"), donnees).status_code == 302
    for adresse in (reverse("espace"), "/methode/", "/methode/"):
        corps = client.get(adresse).content.decode()
        jeton = re.search(r'csrfmiddlewaretoken" value="([^"]+)', corps)
        assert jeton is not None, adresse
        # a token of elsewhere is refused, in French; that of the last page must serve below
        refus = client.post(reverse("account_logout"), {"csrfmiddlewaretoken": "x" * 64})
        assert refus.status_code == 403
        assert "MLG-WEB-419" in refus.content.decode()
    assert (
        client.post(reverse("account_logout"), {"csrfmiddlewaretoken": jeton[1]}).status_code == 302
    )
    assert SESSION_KEY not in client.session


def two_browsers(visiteur: Client) -> Client:
    ailleurs = Client(headers={"host": "127.0.0.1", "user-agent": "Firefox/140.0 (X11; Linux)"})
    for client in (visiteur, ailleurs):
        sign_in(client)
        assert client.get(reverse("espace")).status_code == 200
    return ailleurs


def test_a_new_password_ends_the_other_sessions_and_not_this_one(visiteur: Client) -> None:
    ailleurs = two_browsers(visiteur)
    visiteur.post(
        reverse("account_change_password"),
        {"oldpassword": MOT_DE_PASSE, "password1": FAUX, "password2": FAUX},
    )
    assert visiteur.get(reverse("espace")).status_code == 200
    assert ailleurs.get(reverse("espace")).status_code == 302
    assert UserSession.objects.count() == 1
    assert Evenement.objects.filter(action="compte.mot_de_passe.changer").count() == 1


def test_closing_an_account_ends_every_session_at_once(
    visiteur: Client, petit_reseau: PetitReseau
) -> None:
    ailleurs = two_browsers(visiteur)
    close(petit_reseau.personnes["direction"], by=None)
    assert visiteur.get(reverse("espace")).status_code == 302
    assert ailleurs.get(reverse("espace")).status_code == 302
    assert not UserSession.objects.exists()
    assert sign_in(visiteur).status_code == 200
    assert SESSION_KEY not in visiteur.session


def test_sessions_are_ended_one_by_one_or_all_at_once(visiteur: Client) -> None:
    ailleurs = two_browsers(visiteur)
    page = visiteur.get(reverse("usersessions_list")).content.decode()
    assert "Firefox sur Linux" in page
    autre = UserSession.objects.get(session_key=ailleurs.session.session_key)
    visiteur.post(reverse("session-fermer", args=[autre.pk]))
    assert ailleurs.get(reverse("espace")).status_code == 302
    ailleurs = two_browsers(visiteur)
    visiteur.post(reverse("usersessions_list"))
    assert ailleurs.get(reverse("espace")).status_code == 302
    assert visiteur.get(reverse("espace")).status_code == 200


def test_nobody_ends_the_session_of_another(visiteur: Client, petit_reseau: PetitReseau) -> None:
    sign_in(visiteur)
    visiteur.get(reverse("espace"))
    session = UserSession.objects.get()
    autre = client_de(petit_reseau, "equipe")
    assert autre.post(reverse("session-fermer", args=[session.pk])).status_code == 404
    assert autre.get(reverse("session-fermer", args=[session.pk])).status_code == 405
    assert visiteur.get(reverse("espace")).status_code == 200


def test_ending_this_very_session_is_signing_out(visiteur: Client) -> None:
    sign_in(visiteur)
    visiteur.get(reverse("espace"))
    reponse = visiteur.post(reverse("session-fermer", args=[UserSession.objects.get().pk]))
    assert reponse["Location"] == reverse("account_logout")


@pytest.mark.parametrize(
    ("agent", "dit"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge sur Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Safari/604", "Safari sur iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Safari/537", "Chrome sur Android"),
        ("curl/8.0", "Appareil inconnu"),
        ("Mozilla/5.0 (Macintosh)", "Mac"),
        ("Firefox/140", "Firefox"),
    ],
)
def test_a_device_is_named(agent: str, dit: str) -> None:
    assert describe_appareil(agent) == dit


def test_signing_in_is_in_the_trail_and_names_nobody(
    visiteur: Client, petit_reseau: PetitReseau
) -> None:
    sign_in(visiteur)
    ligne = Evenement.objects.get(action="compte.connecter")
    assert ligne.by_id == petit_reseau.personnes["direction"].pk
    assert ligne.at <= timezone.now()
    assert "@" not in f"{ligne.details}{ligne.objet_nom}"
