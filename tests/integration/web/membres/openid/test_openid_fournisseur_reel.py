"""Signing in through a real OpenID provider, set as ProConnect is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from factories.membres import MOT_DE_PASSE
from integration.web.membres.openid.conftest import opened_by, path_of, query_of

from maillage.web.accounts.actions import close
from maillage.web.accounts.models import Utilisateur
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from collections.abc import Callable

    from factories.membres import PetitReseau
    from integration.web.membres.openid.conftest import Navigateur

pytestmark = [pytest.mark.openid, pytest.mark.usefixtures("petit_reseau")]


def person_of(navigateur: Navigateur) -> Utilisateur | None:
    numero = navigateur.site.session.get(SESSION_KEY)
    return Utilisateur.objects.get(pk=numero) if numero else None


def test_the_request_carries_state_nonce_and_challenge_and_asks_for_little(
    navigateur_openid: Navigateur,
) -> None:
    demande = query_of(navigateur_openid.leave())
    assert set(demande["scope"].split()) == {"openid", "given_name", "usual_name", "email"}
    assert demande["claims"] == '{"id_token":{"amr":{"essential":true}}}'
    assert demande["code_challenge_method"] == "S256"
    assert len(demande["code_challenge"]) == 43
    assert len(demande["state"]) >= 32
    assert len(demande["nonce"]) >= 32
    autre = query_of(navigateur_openid.leave())
    assert all(demande[nom] != autre[nom] for nom in ("state", "nonce", "code_challenge"))


def test_a_link_cannot_ask_the_provider_for_more(navigateur_openid: Navigateur) -> None:
    reponse = navigateur_openid.site.post(
        "/compte/openid/connexion/?scope=phone&auth_params=prompt%3Dnone"
    )
    demande = query_of(opened_by(reponse))
    assert set(demande["scope"].split()) == {"openid", "given_name", "usual_name", "email"}
    assert "prompt" not in demande


@pytest.mark.parametrize("signature", ["RS256", "ES256"])
def test_a_known_person_signs_in_and_is_tied_once(
    navigateur_openid: Navigateur,
    vrai_fournisseur: str,
    relier: Callable[..., None],
    signature: str,
) -> None:
    relier(vrai_fournisseur, signature=signature)
    avant = navigateur_openid.site.session.session_key
    reponse = navigateur_openid.sign_in("compte=direction", suite="/compte/")
    assert reponse.redirect_chain[-1][0] == "/compte/"
    personne = person_of(navigateur_openid)
    assert personne is not None
    assert personne.email == "direction@reseau.example.org"
    assert navigateur_openid.site.session.session_key != avant
    assert "Relié à ProConnect" in reponse.content.decode()
    lien = SocialAccount.objects.get()
    assert (lien.user_id, lien.uid, lien.extra_data) == (personne.pk, "direction", {})
    assert Evenement.objects.filter(
        action="compte.connecter", details={"par": "fournisseur d’identité"}
    ).exists()

    navigateur_openid.site.session.flush()
    navigateur_openid.sign_in("compte=direction")
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    ("compte", "code"),
    [("inconnue", "MLG-CPT-022"), ("douteuse", "MLG-CPT-021"), ("sans-adresse", "MLG-CPT-021")],
)
def test_nobody_else_comes_in(navigateur_openid: Navigateur, compte: str, code: str) -> None:
    avant = Utilisateur.objects.count()
    reponse = navigateur_openid.sign_in(f"compte={compte}")
    assert reponse.status_code == 403
    assert code in reponse.content.decode()
    assert person_of(navigateur_openid) is None
    assert Utilisateur.objects.count() == avant
    assert not SocialAccount.objects.exists()


def test_a_closed_account_stays_closed(
    navigateur_openid: Navigateur, petit_reseau: PetitReseau
) -> None:
    close(petit_reseau.personnes["direction"], by=None)
    reponse = navigateur_openid.sign_in("compte=direction")
    assert "Ce compte est fermé" in reponse.content.decode()
    assert person_of(navigateur_openid) is None


def test_an_invited_person_who_never_chose_a_password_comes_in(
    navigateur_openid: Navigateur, petit_reseau: PetitReseau
) -> None:
    personne = petit_reseau.personnes["direction"]
    EmailAddress.objects.filter(user=personne).delete()
    personne.set_unusable_password()
    personne.save()
    navigateur_openid.sign_in("compte=direction")
    assert person_of(navigateur_openid) == personne
    assert EmailAddress.objects.get(user=personne).verified


def test_an_address_that_somebody_is_about_to_take_is_not_theirs_yet(
    navigateur_openid: Navigateur, petit_reseau: PetitReseau
) -> None:
    EmailAddress.objects.create(
        user=petit_reseau.personnes["equipe"],
        email="personne@ailleurs.example.org",
        verified=False,
    )
    reponse = navigateur_openid.sign_in("compte=inconnue")
    assert "MLG-CPT-022" in reponse.content.decode()
    assert person_of(navigateur_openid) is None


def test_a_code_serves_once_even_with_a_fresh_state(navigateur_openid: Navigateur) -> None:
    retour = navigateur_openid.authenticate(navigateur_openid.leave(), "compte=direction")
    navigateur_openid.come_back(retour)
    navigateur_openid.site.session.flush()
    rejoue = query_of(retour)["code"]
    etat = query_of(navigateur_openid.leave())["state"]
    reponse = navigateur_openid.site.get(f"/compte/openid/retour/?code={rejoue}&state={etat}")
    assert reponse.status_code == 403
    assert "MLG-CPT-020" in reponse.content.decode()
    assert person_of(navigateur_openid) is None


def test_a_state_serves_once_and_only_in_its_browser(
    navigateur_openid: Navigateur, visiteur: Any
) -> None:
    retour = navigateur_openid.authenticate(navigateur_openid.leave(), "compte=direction")
    ailleurs = visiteur.get(path_of(retour))
    assert ailleurs.status_code == 403
    assert "MLG-CPT-020" in ailleurs.content.decode()
    navigateur_openid.come_back(retour)
    assert person_of(navigateur_openid) is not None
    encore = navigateur_openid.site.get(path_of(retour))
    assert encore.status_code == 403


def test_giving_up_there_is_no_failure(navigateur_openid: Navigateur) -> None:
    reponse = navigateur_openid.sign_in("renonce=1")
    assert reponse.status_code == 200
    assert "Connexion abandonnée" in reponse.content.decode()


@pytest.mark.parametrize(
    ("amr", "suffit"),
    [
        ("pwd mfa", True),
        ("mfa", True),
        ("pwd", False),
        ("pop", False),
        ("totp", False),
        ("", False),
    ],
)
def test_staff_need_our_second_factor_unless_the_provider_says_mfa(
    navigateur_openid: Navigateur, amr: str, *, suffit: bool
) -> None:
    question = f"compte=delegation&amr={amr}" if amr else "compte=delegation"
    reponse = navigateur_openid.sign_in(question, suite="/espace/")
    assert (reponse.redirect_chain[-1][0] == "/espace/") is suffit
    assert ("Votre rôle demande un second facteur" in reponse.content.decode()) is not suffit


@pytest.mark.parametrize(("amr", "demande"), [("pwd", True), ("pwd mfa", False)])
def test_who_has_a_factor_here_is_asked_for_it_unless_the_provider_asked_for_two(
    navigateur_openid: Navigateur, petit_reseau: PetitReseau, amr: str, *, demande: bool
) -> None:
    TOTP.activate(petit_reseau.personnes["delegation"], generate_totp_secret())
    reponse = navigateur_openid.sign_in(f"compte=delegation&amr={amr}")
    assert ("Votre second facteur" in reponse.content.decode()) is demande
    assert (person_of(navigateur_openid) is None) is demande


def test_two_factors_at_the_provider_are_not_inherited_by_the_next_person(
    navigateur_openid: Navigateur, petit_reseau: PetitReseau
) -> None:
    """A refused sign-in with two factors, then another person by password in the same browser."""
    delegation = petit_reseau.personnes["delegation"]
    delegation.set_password(MOT_DE_PASSE)
    delegation.save()
    navigateur_openid.sign_in("compte=inconnue&amr=pwd mfa")
    reponse = navigateur_openid.site.post(
        "/compte/login/",
        {"login": delegation.email, "password": MOT_DE_PASSE, "next": "/espace/"},
        follow=True,
    )
    assert "Votre rôle demande un second facteur" in reponse.content.decode()


def test_signing_out_here_signs_out_there(navigateur_openid: Navigateur) -> None:
    navigateur_openid.sign_in("compte=direction")
    sortie = opened_by(navigateur_openid.site.post("/compte/logout/"))
    assert person_of(navigateur_openid) is None
    demande = query_of(sortie)
    assert demande["id_token_hint"].count(".") == 2
    assert len(demande["state"]) >= 32

    page = navigateur_openid.fournisseur.get(sortie)
    assert page.status_code == 200
    action = re.search(r'action="([^"]+)"', page.text)
    secret = re.search(r'name="xsrf" value="([^"]+)"', page.text)
    assert action is not None
    assert secret is not None
    fin = navigateur_openid.fournisseur.post(
        action[1], {"xsrf": secret[1], "logout": "yes"}, allow_redirects=False
    )
    retour = fin.headers["Location"]
    assert query_of(retour)["state"] == demande["state"]
    reponse = navigateur_openid.site.get(path_of(retour), follow=True)
    assert "chez votre fournisseur d’identité aussi" in reponse.content.decode()
    # the reference served once
    assert navigateur_openid.site.get(path_of(retour)).status_code == 403
    # and the provider asks who it is again
    etape = navigateur_openid.fournisseur.get(navigateur_openid.leave(), allow_redirects=False)
    assert "/essai/" in etape.headers["Location"]


def test_a_departure_that_nobody_asked_for_is_refused(visiteur: Any) -> None:
    reponse = visiteur.get("/compte/openid/sortie/?state=invente")
    assert reponse.status_code == 403
    assert "MLG-CPT-024" in reponse.content.decode()
