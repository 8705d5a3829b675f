"""What allauth asks us: who may sign up (nobody does alone), what is said, where links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from maillage.web.accounts.freins import refuse, retry_after
from maillage.web.accounts.liens import absolute_link

if TYPE_CHECKING:
    from allauth.account.models import EmailConfirmation
    from django.core.exceptions import ValidationError
    from django.http import HttpRequest

_ETAPE_FACTEUR = "allauth.mfa.stages.AuthenticateStage"
_NOTRE_ETAPE = "maillage.web.accounts.etapes.EtapeFacteur"
_MESSAGES = {
    "account_inactive": "Ce compte est fermé.",
    "email_password_mismatch": "L’adresse ou le mot de passe n’est pas le bon.",
    "email_taken": "Cette adresse ne peut pas être prise\u00a0: choisissez-en une autre.",
    "duplicate_email": "C’est déjà votre adresse.",
    "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
    "incorrect_code": "Ce code n’est pas le bon, ou il vient de changer\u00a0: prenez le suivant.",
    "incorrect_password": "Ce n’est pas votre mot de passe.",
    "invalid_password_reset": "Ce lien ne sert plus\u00a0: demandez-en un autre.",
}
_MOYENS = {
    "account_reauthenticate": "Utiliser votre mot de passe",
    "mfa_reauthenticate": "Utiliser un code de votre application, ou un code de secours",
    "mfa_reauthenticate_webauthn": "Utiliser une clé d’accès",
}


class Adaptateur(DefaultAccountAdapter):
    """Accounts are opened by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | _MESSAGES

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether anybody may create an account: no."""
        del request
        return False

    def get_login_stages(self) -> list[str]:
        """allauth's, with our rule on the second factor of who comes by the provider."""
        return [
            _NOTRE_ETAPE if etape == _ETAPE_FACTEUR else etape
            for etape in super().get_login_stages()
        ]

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """What a form shows; too many attempts are not for the form: they have their own page.

        Raises:
            TropDeDemandes: MLG-CPT-010, with the time to wait.
        """
        if code in {"too_many_login_attempts", "rate_limited"}:
            refuse(retry_after(self.request, "login_failed", self._cle_essayee))
        erreur: ValidationError = super().validation_error(code, *args)
        return erreur

    _cle_essayee = ""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt."""
        self._cle_essayee = self._get_login_attempts_cache_key(request, **credentials)
        super().pre_authenticate(request, **credentials)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Link of the mail: it never depends on the host that the request names."""
        chemin = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "CLE"})
        return absolute_link(self.request, chemin.replace("UID-CLE", key))

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmation
    ) -> str:
        """The same, for an address to check."""
        return absolute_link(
            request, reverse("account_confirm_email", args=[emailconfirmation.key])
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Give every mail the address of the site."""
        adresse = absolute_link(self.request, "")
        super().send_mail(template_prefix, email, {**context, "adresse_site": adresse})

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """allauth's, in our words."""
        moyens: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        noms = {reverse(route): nom for route, nom in _MOYENS.items()}
        return [{**moyen, "description": noms[moyen["url"]]} for moyen in moyens]
