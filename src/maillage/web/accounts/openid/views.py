"""Going to the provider, coming back, and leaving it too when signing out.

A page that sends a form may not be redirected elsewhere (`form-action` of the content security
policy, which browsers apply to the redirections too, and a federation redirects several times):
a page of ours stands in between and opens the provider's by itself.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maillage.kernel.errors import Anomalie
from maillage.web.accounts.liens import absolute_link
from maillage.web.accounts.openid.profils import IDENTIFIANT
from maillage.web.accounts.openid.provider import ERREURS_DU_SERVEUR, Echange
from maillage.web.accounts.openid.serveur import fetch_configuration
from maillage.web.charte.erreurs import AccesRefuse

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

JETON = "openid_jeton"
"""Key of the session: the ID token, which the provider wants back when the person leaves."""
SORTIE = "openid_sortie"
"""Key of the session: reference of a departure under way."""


@never_cache
@require_POST
def connexion(request: HttpRequest) -> HttpResponseBase:
    """Open the provider's page, with a state, a nonce and a PKCE challenge of this request.

    Raises:
        AccesRefuse: MLG-CPT-020, the provider does not answer, or names itself otherwise.
    """
    app = _get_application(request)
    if request.user.is_authenticated:
        return redirect("espace")
    try:
        reponse: HttpResponseBase = OAuth2LoginView.adapter_view(Echange)(request)
    except ERREURS_DU_SERVEUR as error:
        # which refuses, always
        get_adapter(request).on_authentication_error(
            request, app.get_provider(request), exception=error
        )
        return redirect("account_login")
    if isinstance(reponse, HttpResponseRedirect) and urlsplit(reponse["Location"]).netloc:
        return _leave(request, reponse["Location"])
    return reponse


@never_cache
def retour(request: HttpRequest) -> HttpResponseBase:
    """The provider sends the person back."""
    _get_application(request)
    reponse: HttpResponseBase = OAuth2CallbackView.adapter_view(Echange)(request)
    return reponse


def find_application(request: HttpRequest) -> SocialApp | None:
    """The provider that the settings name; None when they name none."""
    return next(iter(get_adapter(request).list_apps(request, provider=IDENTIFIANT)), None)


def _get_application(request: HttpRequest) -> SocialApp:
    app = find_application(request)
    if app is None:
        msg = "no OpenID Connect provider is set"
        raise Http404(msg)
    return app


def _leave(request: HttpRequest, adresse: str) -> HttpResponse:
    contexte = {"adresse": adresse, "site": urlsplit(adresse).netloc}
    return render(request, "openid/vers_fournisseur.html", contexte)


def leave_provider(request: HttpRequest, id_token: str) -> HttpResponse | None:
    """Page that closes the session of the provider; None when it does not offer that.

    The session of this site is already closed: whatever happens there, the person is out here.
    """
    app = find_application(request)
    try:
        configuration = fetch_configuration(app.settings["server_url"]) if app else {}
    except ERREURS_DU_SERVEUR:
        configuration = {}
    fin = configuration.get("end_session_endpoint")
    if not fin:
        messages.warning(
            request,
            "Vous êtes déconnecté d’ici. La session de votre fournisseur d’identité est peut-être "
            "encore ouverte\u00a0: sur un poste partagé, fermez le navigateur.",
        )
        return None
    etat = get_random_string(43)
    request.session[SORTIE] = etat
    parametres = {
        "id_token_hint": id_token,
        "state": etat,
        "post_logout_redirect_uri": absolute_link(request, reverse("openid_sortie")),
    }
    return _leave(request, f"{fin}{'&' if '?' in fin else '?'}{urlencode(parametres)}")


@never_cache
def sortie(request: HttpRequest) -> HttpResponse:
    """The provider says that its session is closed too.

    Raises:
        AccesRefuse: MLG-CPT-024, nobody left from this browser.
    """
    attendu = request.session.pop(SORTIE, "")
    recu = request.GET.get("state", "")
    if not attendu or not hmac.compare_digest(attendu.encode(), recu.encode()):
        raise AccesRefuse(
            Anomalie(
                "MLG-CPT-024",
                "Cette fin de connexion ne répond à aucune demande de ce navigateur.",
                "Rien n’a changé. Repartez de la page d’accueil.",
            )
        )
    messages.success(request, "Vous êtes déconnecté, chez votre fournisseur d’identité aussi.")
    return redirect("accueil")
