"""Counting attempts: how long to wait, and the page that says so.

The counters are allauth's, in the cache that the processes of the site share through the database.
"""

from __future__ import annotations

import time
from math import ceil
from typing import TYPE_CHECKING, NoReturn

from allauth.core.internal.ratelimit import consume, get_cache_key, get_rates
from django.core.cache import cache

from maillage.kernel.errors import Anomalie
from maillage.web.charte.erreurs import TropDeDemandes, page_erreur

if TYPE_CHECKING:
    from allauth.core.internal.ratelimit import Rate
    from django.http import HttpRequest, HttpResponse

_APPLICATION = "allauth.account"
_MINUTE = 60
_ROUTES = {
    "account_login": "login",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_change_password": "change_password",
    "account_email": "manage_email",
    "account_reauthenticate": "reauthenticate",
    "mfa_reauthenticate": "reauthenticate",
    "mfa_reauthenticate_webauthn": "reauthenticate",
}
"""What allauth counts at each address."""


def retry_after(request: HttpRequest, action: str, cle: str = "") -> int:
    """Seconds until the next attempt is let through; at least one.

    Args:
        request: Of whom is waiting.
        action: A key of the limits.
        cle: What was tried, when attempts on it are counted too.
    """
    maintenant = time.time()
    attentes = [1.0]
    for rate in get_rates(app=_APPLICATION, action=action):
        if rate.per == "key" and not cle:
            attentes.append(float(rate.duration))
            continue
        historique = cache.get(_cle_de_cache(request, action, rate, cle), [])
        if len(historique) >= rate.amount:
            attentes.append(historique[rate.amount - 1] + rate.duration - maintenant)
    return ceil(max(attentes))


def _cle_de_cache(request: HttpRequest, action: str, rate: Rate, cle: str) -> str:
    trouvee: str = get_cache_key(request, app=_APPLICATION, action=action, rate=rate, key=cle)
    return trouvee


def format_attente(secondes: int) -> str:
    """A time to wait, as one says it."""
    if secondes < _MINUTE:
        return f"{secondes} seconde{'s' if secondes > 1 else ''}"
    minutes = ceil(secondes / _MINUTE)
    return f"{minutes} minute{'s' if minutes > 1 else ''}"


def make_erreur(secondes: int) -> TropDeDemandes:
    """What somebody who tries too often reads."""
    return TropDeDemandes(
        secondes,
        Anomalie(
            "MLG-CPT-010",
            "Trop de tentatives en peu de temps\u00a0: il faut attendre, même avec la bonne "
            "réponse.",
            f"Réessayez dans {format_attente(secondes)}. Si vous avez oublié votre mot de passe, "
            "demandez-en un nouveau depuis la page de connexion.",
        ),
    )


def refuse(secondes: int) -> NoReturn:
    """Stop here.

    Raises:
        TropDeDemandes: MLG-CPT-010.
    """
    erreur = make_erreur(secondes)
    raise erreur


def slow_down_guesses(request: HttpRequest) -> None:
    """Count one link that opens nothing.

    Raises:
        TropDeDemandes: MLG-CPT-010, too many such links from the same place.
    """
    if not consume(request, app=_APPLICATION, action="invitation", limit_get=True):
        refuse(retry_after(request, "invitation"))


def trop_de_demandes(request: HttpRequest) -> HttpResponse:
    """Page of allauth's own limits; Django finds it as `handler429`."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    secondes = retry_after(request, _ROUTES[route]) if route in _ROUTES else _MINUTE
    return page_erreur(request, make_erreur(secondes))
