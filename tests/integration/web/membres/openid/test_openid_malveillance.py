"""A provider that lies, or answers that somebody has changed on the way: nobody comes in."""

from __future__ import annotations

import logging
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import SESSION_KEY
from factories.fournisseur_openid import FournisseurMalveillant, Malveillance
from integration.web.membres.openid.conftest import opened_by, query_of

from maillage.web.accounts.openid.provider import EN_COURS
from maillage.web.accounts.openid.second_facteur import (
    did_provider_ask,
    has_federated_factor,
    remember,
)
from maillage.web.accounts.openid.views import JETON

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.usefixtures("petit_reseau")
HIER = int(time.time()) - 86_400


def try_to_sign_in(visiteur: Client, fournisseur: FournisseurMalveillant) -> Any:
    """Go to the provider and come back at once with a code."""
    demande = query_of(opened_by(visiteur.post("/compte/openid/connexion/")))
    fournisseur.nonce = demande["nonce"]
    return visiteur.get(f"/compte/openid/retour/?code=c&state={demande['state']}")


def test_this_provider_signs_in_when_it_is_honest(
    visiteur: Client, malveillant: FournisseurMalveillant, relier: Callable[..., None]
) -> None:
    relier(malveillant.adresse)
    try_to_sign_in(visiteur, malveillant)
    assert SESSION_KEY in visiteur.session
    # PKCE: the secret goes with the code, and only then
    assert len(malveillant.demandes_de_jeton[0]["code_verifier"]) >= 43


LUES = {
    "another nonce": Malveillance(id_token={"nonce": "celui d’une autre demande"}),
    "no nonce": Malveillance(id_token={"nonce": None}),
    "expired ID token": Malveillance(id_token={"exp": HIER}),
    "ID token without end": Malveillance(id_token={"exp": None}),
    "ID token for another site": Malveillance(id_token={"aud": "un-autre-site"}),
    "ID token given to another site": Malveillance(
        id_token={"aud": ["maillage-RS256", "un-autre-site"], "azp": "un-autre-site"}
    ),
    "ID token of another provider": Malveillance(id_token={"iss": "https://autre.example.org"}),
    "ID token without signature": Malveillance(algorithme="none"),
    "ID token signed with the shared secret": Malveillance(algorithme="HS256"),
    "ID token signed with an unknown key": Malveillance(cle_etrangere=True),
    "tampered identity": Malveillance(identite_alteree=True),
    "identity that is not signed": Malveillance(identite_nue=True),
    "identity for another site": Malveillance(identite={"aud": "un-autre-site"}),
    "identity of another provider": Malveillance(identite={"iss": "https://autre.example.org"}),
    "identity that has expired": Malveillance(identite={"exp": HIER}),
    "identity of another person": Malveillance(identite={"sub": "sujet-2"}),
    "configuration of another provider": Malveillance(emetteur_publie="https://autre.example.org"),
}


@pytest.mark.parametrize("ruse", LUES.values(), ids=LUES.keys())
def test_what_cannot_be_believed_is_refused(
    visiteur: Client,
    malveillant: FournisseurMalveillant,
    relier: Callable[..., None],
    ruse: Malveillance,
    caplog: pytest.LogCaptureFixture,
) -> None:
    relier(malveillant.adresse)
    with caplog.at_level(logging.WARNING):
        if ruse.emetteur_publie:
            malveillant.ruse = ruse
            reponse: Any = visiteur.post("/compte/openid/connexion/")
        else:
            malveillant.ruse = ruse
            reponse = try_to_sign_in(visiteur, malveillant)
    assert reponse.status_code == 403
    assert "MLG-CPT-020" in reponse.content.decode()
    assert SESSION_KEY not in visiteur.session
    assert "sign-in refused" in caplog.text
    assert "example.org" not in caplog.text.replace("autre.example.org", "")


def test_a_provider_out_of_reach_is_told(visiteur: Client, relier: Callable[..., None]) -> None:
    relier("http://127.0.0.1:9")
    reponse = visiteur.post("/compte/openid/connexion/")
    assert reponse.status_code == 403
    assert "MLG-CPT-020" in reponse.content.decode()


@pytest.mark.parametrize(("verifiee", "entre"), [(True, True), (False, False), (None, False)])
def test_the_standard_profile_wants_the_address_said_verified(
    visiteur: Client,
    malveillant: FournisseurMalveillant,
    relier: Callable[..., None],
    *,
    verifiee: bool | None,
    entre: bool,
) -> None:
    relier(malveillant.adresse, profil="standard")
    malveillant.ruse = Malveillance(identite_nue=True, identite={"email_verified": verifiee})
    try_to_sign_in(visiteur, malveillant)
    assert (SESSION_KEY in visiteur.session) is entre


def test_the_provider_serves_to_sign_in_and_to_nothing_else(
    visiteur: Client, malveillant: FournisseurMalveillant, relier: Callable[..., None]
) -> None:
    relier(malveillant.adresse)
    reponse = visiteur.post("/compte/openid/connexion/", {"process": "connect"})
    demande = query_of(opened_by(reponse))
    malveillant.nonce = demande["nonce"]
    reponse = visiteur.get(f"/compte/openid/retour/?code=c&state={demande['state']}")
    assert reponse.status_code == 403
    assert "MLG-CPT-023" in reponse.content.decode()


def test_without_a_provider_there_is_no_button_and_no_address(visiteur: Client) -> None:
    assert "ProConnect" not in visiteur.get("/compte/login/").content.decode()
    assert visiteur.post("/compte/openid/connexion/").status_code == 404
    assert visiteur.get("/compte/openid/retour/?code=c&state=s").status_code == 404


def test_a_provider_that_offers_no_way_out_is_said(
    visiteur: Client, malveillant: FournisseurMalveillant, relier: Callable[..., None]
) -> None:
    relier(malveillant.adresse)
    try_to_sign_in(visiteur, malveillant)
    reponse = visiteur.post("/compte/logout/", follow=True)
    assert SESSION_KEY not in visiteur.session
    assert "peut-être encore ouverte" in " ".join(reponse.content.decode().split())


def test_what_came_in_for_another_person_counts_for_nothing() -> None:
    """Two sign-ins cross in one browser: the second leaves its two factors, the first goes on."""
    request: Any = SimpleNamespace(
        session={EN_COURS: {"sub": "autre", "id_token": "a.b.c", "amr": ["pwd", "mfa"]}}
    )
    sociallogin: Any = SimpleNamespace(account=SimpleNamespace(uid="sujet-1"))
    assert not did_provider_ask(request, sociallogin)
    remember(request, sociallogin)
    assert not has_federated_factor(request)
    assert JETON not in request.session
    request.session[EN_COURS] = {"sub": "sujet-1", "id_token": "a.b.c", "amr": ["pwd", "mfa"]}
    assert did_provider_ask(request, sociallogin)
    remember(request, sociallogin)
    assert has_federated_factor(request)
    assert request.session[JETON] == "a.b.c"
    assert EN_COURS not in request.session
    remember(request, None)
    assert not has_federated_factor(request)
    assert JETON not in request.session
