"""The provider as allauth sees it: which parameters go out, which claims come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.urls import reverse
from requests import RequestException

from maillage.web.accounts.liens import absolute_link
from maillage.web.accounts.openid.jetons import JetonRefuse, derive_nonce, read_id_token
from maillage.web.accounts.openid.profils import IDENTIFIANT, PROFILS, Profil
from maillage.web.accounts.openid.serveur import (
    fetch_attendu,
    fetch_configuration,
    fetch_identite,
)

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
    from django.http import HttpRequest

EN_COURS = "openid_en_cours"
"""Key of the session: the identity that has just come in, until the person is signed in."""


class Echange(OAuth2Adapter):
    """The exchange of one sign-in: the code against tokens, each of them checked."""

    provider_id = IDENTIFIANT

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._configuration: dict[str, Any] | None = None
        self._nonce = ""

    @property
    def configuration(self) -> dict[str, Any]:
        """What the provider publishes, asked once per sign-in.

        Raises:
            OAuth2Error: it is not to be believed.
        """
        if self._configuration is None:
            app = self.get_provider().app
            try:
                self._configuration = fetch_configuration(app.settings["server_url"])
            except JetonRefuse as error:
                raise OAuth2Error(str(error)) from error
        return self._configuration

    @property
    def access_token_url(self) -> str:
        """Where the code is exchanged."""
        return str(self.configuration["token_endpoint"])

    @property
    def authorize_url(self) -> str:
        """Where the person is sent."""
        return str(self.configuration["authorization_endpoint"])

    @property
    def basic_auth(self) -> bool:
        """How this site proves itself: as ProConnect asks, unless only the other way is offered."""
        moyens = self.configuration.get("token_endpoint_auth_methods_supported", [])
        return bool(moyens) and "client_secret_post" not in moyens

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Address that the provider sends the person back to: the one registered there."""
        del app
        return absolute_link(request, reverse("openid_callback"))

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str = ""
    ) -> Any:
        """Exchange the code, once, with the secret of this very request."""
        self._nonce = derive_nonce(pkce_code_verifier)
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Check both tokens and keep what the rest of the sign-in needs.

        Raises:
            OAuth2Error: one of them is not to be believed.
        """
        brut = str(kwargs["response"].get("id_token", ""))
        profil = PROFILS[app.settings["profil"]]
        try:
            attendu = fetch_attendu(self.configuration, app)
            jeton = read_id_token(brut, attendu, self._nonce)
            identite = fetch_identite(
                self.configuration["userinfo_endpoint"], token.token, attendu, profil, jeton["sub"]
            )
        except JetonRefuse as error:
            raise OAuth2Error(str(error)) from error
        request.session[EN_COURS] = {
            "sub": jeton["sub"],
            "id_token": brut,
            "amr": [str(methode) for methode in jeton.get("amr") or []],
        }
        return self.get_provider().sociallogin_from_response(request, identite)


class Fournisseur(OAuth2Provider):
    """The OpenID Connect provider that the settings name."""

    id = IDENTIFIANT
    name = "OpenID Connect"
    account_class = ProviderAccount
    oauth2_adapter_class = Echange

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = self.app.name

    @property
    def profil(self) -> Profil:
        """Rules of this kind of provider."""
        return PROFILS[self.app.settings["profil"]]

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        """Address of the button."""
        del request, kwargs
        return reverse("openid_login")

    def get_callback_url(self) -> str:
        """Path that the provider sends back to."""
        return reverse("openid_callback")

    def get_pkce_params(self) -> dict[str, str]:
        """PKCE by SHA-256, and the nonce that goes with it."""
        parametres = dict(generate_code_challenge())
        parametres["nonce"] = derive_nonce(parametres["code_verifier"])
        return parametres

    def get_default_scope(self) -> list[str]:
        """What is asked for."""
        return list(self.profil.portees)

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """The same for everybody: a link cannot ask for more."""
        del request
        return self.get_default_scope()

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """The same for everybody."""
        del request, action
        return dict(self.profil.parametres)

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Identifier that the provider gives the person for this site."""
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing of the answer is kept."""
        del data
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing: names are those that the network knows, and the address has its own rule."""
        del data
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address, verified or not by the rule of the profile."""
        email = data.get("email")
        if not isinstance(email, str) or not email:
            return []
        verifiee = data.get("email_verified", self.profil.is_email_sans_mention) is True
        return [EmailAddress(email=email.strip().lower(), verified=verifiee, primary=True)]


ERREURS_DU_SERVEUR = (OAuth2Error, RequestException, JetonRefuse)
"""What asking the provider may raise."""
provider_classes = [Fournisseur]
