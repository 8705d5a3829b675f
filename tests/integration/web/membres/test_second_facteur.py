"""A second factor for staff: asked for everywhere, and no way around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from factories.exemples_adresses import EXEMPLES
from factories.membres import MOT_DE_PASSE, client_de

from maillage.web.accounts.acces import SANS_SECOND_FACTEUR
from maillage.web.accounts.actions import invite
from maillage.web.accounts.facteurs import has_second_factor, remove_second_factors
from maillage.web.config.acces import all_routes
from maillage.web.config.droits import list_verdicts
from maillage.web.droits.acces import Ouverture
from maillage.web.droits.permissions import Role
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from factories.membres import PetitReseau

INDEX = "/compte/2fa/"
STAFF = [role.value for role in Role if role.is_staff]
AUTRES = [role.value for role in Role if not role.is_staff]


def set_factor(petit_reseau: PetitReseau, role: str) -> Authenticator:
    personne = petit_reseau.personnes[role]
    TOTP.activate(personne, generate_totp_secret())
    RecoveryCodes.activate(personne)
    return Authenticator.objects.get(user=personne, type=Authenticator.Type.TOTP)


@pytest.mark.usefixtures("atlas")
@pytest.mark.parametrize("role", STAFF)
def test_no_address_lets_staff_through_without_a_second_factor(
    petit_reseau: PetitReseau, role: str
) -> None:
    """Every address × method; public ones show staff what they show a visitor."""
    passees = []
    for verdict in (v for v in list_verdicts() if v.role == role):
        acces = all_routes()[verdict.route]
        publique = acces.required(verdict.methode) is Ouverture.PUBLIC
        if publique or verdict.route in SANS_SECOND_FACTEUR:
            continue
        client = client_de(petit_reseau, role)
        for kwargs in EXEMPLES[verdict.route](petit_reseau, verdict):
            adresse = reverse(verdict.route, kwargs=kwargs)
            methode = client.get if verdict.methode == "GET" else client.post
            reponse = methode(adresse)
            if (reponse.status_code, reponse.get("Location")) != (302, INDEX):
                passees.append((verdict.route, verdict.methode, reponse.status_code))
    assert passees == []


@pytest.mark.parametrize("role", STAFF)
def test_staff_without_a_second_factor_have_no_role_on_public_pages(
    petit_reseau: PetitReseau, role: str
) -> None:
    page = client_de(petit_reseau, role).get(reverse("account_login"))
    acteur = page.wsgi_request.acteur  # type: ignore[attr-defined]
    assert acteur.is_connecte
    assert not acteur.is_staff
    assert acteur.mandats == ()
    set_factor(petit_reseau, role)
    page = client_de(petit_reseau, role).get(reverse("account_login"))
    assert page.wsgi_request.acteur.is_staff  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", [*AUTRES, "sans rôle"])
def test_the_others_are_not_asked(petit_reseau: PetitReseau, role: str) -> None:
    assert client_de(petit_reseau, role).get(reverse("espace")).status_code == 200


def test_the_page_says_why_and_leads_back_to_where_one_was_going(
    petit_reseau: PetitReseau,
) -> None:
    client = client_de(petit_reseau, "delegation")
    page = client.get("/espace/?tri=nom", follow=True)
    assert page.redirect_chain == [(INDEX, 302)]
    assert "Votre rôle demande un second facteur" in page.content.decode()
    assert "vous reprendrez ensuite" in page.content.decode()
    set_factor(petit_reseau, "delegation")
    page = client.get(INDEX)
    assert "Votre rôle demande" not in page.content.decode()
    assert 'href="/espace/?tri=nom">Reprendre où j’allais' in page.content.decode()


def test_removing_the_last_factor_puts_staff_back_to_the_page(petit_reseau: PetitReseau) -> None:
    personne = petit_reseau.personnes["delegation"]
    personne.set_password(MOT_DE_PASSE)
    personne.save()
    set_factor(petit_reseau, "delegation")
    client = client_de(petit_reseau, "delegation")
    assert client.get(reverse("espace")).status_code == 200
    client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE})
    page = client.get(reverse("mfa_deactivate_totp"))
    assert "l’espace vous sera fermé" in page.content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    # the recovery codes went with it: alone they are no second factor
    assert not Authenticator.objects.filter(user=personne).exists()
    assert client.get(reverse("espace"))["Location"] == INDEX
    actions = set(Evenement.objects.values_list("action", flat=True))
    assert "compte.second_facteur.retirer" in actions


def test_recovery_codes_alone_are_no_second_factor(petit_reseau: PetitReseau) -> None:
    RecoveryCodes.activate(petit_reseau.personnes["delegation"])
    assert not has_second_factor(petit_reseau.personnes["delegation"])
    client = client_de(petit_reseau, "delegation")
    assert client.get(reverse("espace"))["Location"] == INDEX


def test_an_invitation_does_not_go_around_the_second_factor(petit_reseau: PetitReseau) -> None:
    """A link that chooses a password once signed in whoever held it, factor or not."""
    set_factor(petit_reseau, "delegation")
    jeton = invite(petit_reseau.personnes["delegation"], by=None)
    client = Client(headers={"host": "127.0.0.1"})
    reponse = client.post(
        reverse("invitation", args=[jeton]),
        {"mot_de_passe": MOT_DE_PASSE, "encore": MOT_DE_PASSE},
    )
    assert reponse["Location"] == reverse("mfa_authenticate")
    assert SESSION_KEY not in client.session


def test_a_recovery_code_serves_once(petit_reseau: PetitReseau) -> None:
    personne = petit_reseau.personnes["delegation"]
    personne.set_password(MOT_DE_PASSE)
    personne.save()
    set_factor(petit_reseau, "delegation")
    codes = Authenticator.objects.get(user=personne, type=Authenticator.Type.RECOVERY_CODES)
    code = codes.wrap().get_unused_codes()[0]
    for attendu in (True, False):
        client = Client(headers={"host": "127.0.0.1"})
        client.post(reverse("account_login"), {"login": personne.email, "password": MOT_DE_PASSE})
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert (SESSION_KEY in client.session) is attendu


def test_a_lost_factor_is_taken_away_and_written_in_the_trail(petit_reseau: PetitReseau) -> None:
    personne = petit_reseau.personnes["delegation"]
    set_factor(petit_reseau, "delegation")
    client = client_de(petit_reseau, "delegation")
    assert client.get(reverse("espace")).status_code == 200
    assert remove_second_factors(personne, by=None) == 1
    assert not Authenticator.objects.filter(user=personne).exists()
    # out at once, everywhere
    assert "/compte/login/" in client.get(reverse("espace"))["Location"]
    ligne = Evenement.objects.get(action="compte.second_facteur.effacer")
    assert (ligne.objet_id, ligne.details) == (str(personne.pk), {"facteurs": 1})


def test_an_address_that_is_not_verified_does_not_keep_from_a_factor(
    petit_reseau: PetitReseau,
) -> None:
    """Staff could not change their address once they had a factor: allauth's default."""
    personne = petit_reseau.personnes["delegation"]
    personne.set_password(MOT_DE_PASSE)
    personne.save()
    set_factor(petit_reseau, "delegation")
    client = client_de(petit_reseau, "delegation")
    client.post(reverse("account_reauthenticate"), {"password": MOT_DE_PASSE})
    client.post(reverse("account_email"), {"action_add": "", "email": "autre@example.org"})
    assert EmailAddress.objects.filter(user=personne, email="autre@example.org").exists()
