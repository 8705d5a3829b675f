"""A site tied to a provider, and what a browser does between the two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from django.test import Client
from factories.fournisseur_openid import (
    SECRET,
    FournisseurMalveillant,
    find_installation,
    real_provider,
)

from maillage.web.accounts.openid.profils import describe_fournisseur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import Settings

COMPTES = {
    "direction": {
        "email": "Direction@Reseau.example.org",
        "given_name": "Camille",
        "usual_name": "Essai",
    },
    "delegation": {"email": "delegation@reseau.example.org"},
    "inconnue": {"email": "personne@ailleurs.example.org"},
    "douteuse": {"email": "direction@reseau.example.org", "email_verified": False},
    "sans-adresse": {"given_name": "Camille"},
}


@dataclass
class Navigateur:
    """A browser that goes from the site to the real provider and back.

    Attributes:
        site: Its session with the site.
        fournisseur: Its session with the provider.
    """

    site: Client
    fournisseur: requests.Session

    def leave(self, suite: str = "") -> str:
        """Press the button; the address of the provider that our page opens."""
        reponse = self.site.post("/compte/openid/connexion/", {"next": suite} if suite else {})
        assert reponse.status_code == 200, reponse
        return opened_by(reponse)

    def authenticate(self, adresse: str, question: str) -> str:
        """Sign in there; the address that the provider sends back to.

        Args:
            adresse: Where our page leads.
            question: What is answered, as a query string: `compte=direction&amr=pwd+mfa`.
        """
        etape = self.fournisseur.get(adresse, allow_redirects=False)
        for _ in range(5):
            assert etape.status_code in {302, 303}, etape.text
            suivante = urljoin(adresse, etape.headers["Location"])
            if suivante.startswith("http://127.0.0.1/"):
                return suivante
            if "/essai/" in suivante:
                etape = self.fournisseur.post(f"{suivante}?{question}", allow_redirects=False)
            else:
                etape = self.fournisseur.get(suivante, allow_redirects=False)
        pytest.fail("le fournisseur ne renvoie pas")

    def come_back(self, adresse: str) -> Any:
        """Open the address that the provider sends back to."""
        return self.site.get(path_of(adresse), follow=True)

    def sign_in(self, question: str, suite: str = "") -> Any:
        """The whole way."""
        return self.come_back(self.authenticate(self.leave(suite), question))


def opened_by(reponse: Any) -> str:
    """Address that one of our pages opens by itself."""
    trouvee = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', reponse.content.decode())
    assert trouvee is not None
    return unescape(trouvee[1])


def path_of(adresse: str) -> str:
    parts = urlsplit(adresse)
    return f"{parts.path}?{parts.query}"


def query_of(adresse: str) -> dict[str, str]:
    return {nom: valeurs[0] for nom, valeurs in parse_qs(urlsplit(adresse).query).items()}


@pytest.fixture(scope="session")
def vrai_fournisseur() -> Iterator[str]:
    """The real provider; skipped by name where Node.js or its packages are absent."""
    installation = find_installation()
    if installation is None:
        pytest.skip("fournisseur OpenID absent : Node.js, ou MAILLAGE_TEST_OPENID")
    with real_provider(*installation, COMPTES) as adresse:
        yield adresse


@pytest.fixture
def malveillant() -> Iterator[FournisseurMalveillant]:
    """The provider that can misbehave."""
    with FournisseurMalveillant().running() as fournisseur:
        yield fournisseur


@pytest.fixture
def relier(settings: Settings) -> Callable[..., None]:
    """Tie the site to a provider."""

    def tie(emetteur: str, *, signature: str = "RS256", profil: str = "proconnect") -> None:
        settings.SOCIALACCOUNT_PROVIDERS = describe_fournisseur(
            emetteur=emetteur,
            client=f"maillage-{signature}",
            secret=SECRET,
            nom="ProConnect",
            profil=profil,
        )

    return tie


@pytest.fixture
def visiteur() -> Client:
    """A browser that has not signed in."""
    return Client(headers={"host": "127.0.0.1"})


@pytest.fixture
def navigateur_openid(vrai_fournisseur: str, relier: Callable[..., None]) -> Navigateur:
    """A browser between the site and the real provider."""
    relier(vrai_fournisseur)
    return Navigateur(Client(headers={"host": "127.0.0.1"}), requests.Session())
