"""The rule on a second factor that the provider asked for, and what the session remembers of it.

Rule: « mfa » among the methods (`amr`) of a signed ID token counts as a second factor, for that
session only. Nothing else does: neither a level (`acr`), which says how the identity was checked,
nor « pop » or « totp » alone, which name one factor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.web.accounts.openid.provider import EN_COURS
from maillage.web.accounts.openid.views import JETON

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest

MFA = "mfa"
_DEMANDE = "openid_second_facteur"


def _identity_of(request: HttpRequest, sociallogin: SocialLogin) -> Mapping[str, Any]:
    """What came in during this sign-in; empty when it was about somebody else."""
    recu: Mapping[str, Any] = request.session.get(EN_COURS) or {}
    return recu if recu.get("sub") == sociallogin.account.uid else {}


def did_provider_ask(request: HttpRequest, sociallogin: SocialLogin) -> bool:
    """Whether the provider says that it has asked for two factors, in this very sign-in."""
    return MFA in _identity_of(request, sociallogin).get("amr", ())


def remember(request: HttpRequest, sociallogin: SocialLogin | None) -> None:
    """Keep, once the person is signed in, what the session will need; forget the rest."""
    if sociallogin is not None:
        recu = _identity_of(request, sociallogin)
        request.session[_DEMANDE] = MFA in recu.get("amr", ())
        if recu:
            request.session[JETON] = recu["id_token"]
    else:
        # signing in by password after a refused sign-in must inherit nothing of it
        request.session.pop(_DEMANDE, None)
        request.session.pop(JETON, None)
    request.session.pop(EN_COURS, None)


def has_federated_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with two factors at the provider."""
    return request.session.get(_DEMANDE) is True
