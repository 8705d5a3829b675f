"""The step of signing in that asks for the second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.stages import AuthenticateStage

from maillage.web.accounts.openid.second_facteur import did_provider_ask

if TYPE_CHECKING:
    from django.http import HttpRequest


class EtapeFacteur(AuthenticateStage):
    """allauth's, except that a second factor that the provider has just asked for is enough."""

    def _should_handle(self, request: HttpRequest) -> bool:
        sociallogin = (self.login.signal_kwargs or {}).get("sociallogin")
        if sociallogin is not None and did_provider_ask(request, sociallogin):
            return False
        return bool(super()._should_handle(request))
