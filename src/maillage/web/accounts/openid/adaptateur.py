"""Who may come in through the provider: persons that the network knows, and nobody else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.utils.crypto import get_random_string

from maillage.kernel.errors import Anomalie
from maillage.web.accounts.actions import verify_address
from maillage.web.accounts.models import Utilisateur
from maillage.web.accounts.openid.jetons import JetonRefuse
from maillage.web.accounts.openid.profils import IDENTIFIANT
from maillage.web.charte.erreurs import AccesRefuse

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest

_LONGUEUR_ETAT = 43
"""ProConnect wants 32 characters at least."""
_AUTREMENT = (
    "Connectez-vous avec votre adresse et votre mot de passe, ou demandez une invitation à votre "
    "réseau."
)
_journal = logging.getLogger(__name__)


class AdaptateurOpenId(DefaultSocialAccountAdapter):
    """Nobody signs up: an account of the provider is tied to a person already there."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whether anybody may create an account: no."""
        del request, sociallogin
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The provider that the settings name, and none that a table of the database would add."""
        del request
        descriptions = settings.SOCIALACCOUNT_PROVIDERS.get(IDENTIFIANT, {}).get("APPS", ())
        return [
            SocialApp(provider=IDENTIFIANT, **description)
            for description in descriptions
            if provider in {None, IDENTIFIANT} and client_id in {None, description["client_id"]}
        ]

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """Random reference of a request."""
        del state
        return str(get_random_string(_LONGUEUR_ETAT))

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Utilisateur, str] | None:
        """The person who signs in with one of the verified addresses.

        An address that somebody is only about to take is nobody's: it is not looked at.
        """
        for adresse in sociallogin.email_addresses:
            if not adresse.verified:
                continue
            personne = Utilisateur.objects.filter(email=adresse.email).first()
            if personne is not None:
                return personne, adresse.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let a known person through; refuse the others, and say why.

        Raises:
            AccesRefuse: MLG-CPT-021 the address is not verified, MLG-CPT-022 nobody here has it,
                MLG-CPT-023 something else than signing in was asked for.
        """
        del request
        nom = sociallogin.provider.name
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise AccesRefuse(
                Anomalie(
                    "MLG-CPT-023",
                    f"{nom} ne sert ici qu’à se connecter.",
                    "Repartez de la page de connexion.",
                )
            )
        if sociallogin.is_existing:
            personne = sociallogin.user
            if any(a.verified and a.email == personne.email for a in sociallogin.email_addresses):
                verify_address(personne)
            return
        if not any(adresse.verified for adresse in sociallogin.email_addresses):
            raise AccesRefuse(
                Anomalie(
                    "MLG-CPT-021",
                    f"{nom} ne garantit pas que l’adresse e-mail transmise est bien la vôtre.",
                    f"Faites-la vérifier auprès de {nom}. {_AUTREMENT}",
                )
            )
        raise AccesRefuse(
            Anomalie(
                "MLG-CPT-022",
                f"{nom} vous a reconnu, mais aucun compte n’a ici l’adresse e-mail qu’il transmet.",
                f"Les comptes s’ouvrent sur invitation. {_AUTREMENT}",
            )
        )

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say in French that the exchange failed; going back on purpose is no failure.

        Raises:
            AccesRefuse: MLG-CPT-020, the answer cannot be believed, or none came.
        """
        del request, extra_context
        if error == AuthError.CANCELLED:
            return
        # answers of the provider may name the person: only our own reasons are written
        cause = exception.__cause__ if exception else None
        raison = str(cause) if isinstance(cause, JetonRefuse) else type(exception).__name__
        _journal.warning("OpenID Connect: sign-in refused: %s", raison)
        raise AccesRefuse(
            Anomalie(
                "MLG-CPT-020",
                f"La connexion par {provider.name} n’a pas abouti\u00a0: sa réponse manque, est "
                "périmée, a déjà servi ou n’a pas pu être vérifiée.",
                f"Recommencez depuis la page de connexion. {_AUTREMENT}",
            )
        )
