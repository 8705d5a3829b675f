"""Opening an account by a link, one's own account at a glance, sessions, signing out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.account.views import LogoutView
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.web.accounts.actions import LienDejaUtilise, accept, find_invitation
from maillage.web.accounts.forms import MotDePasseForm
from maillage.web.accounts.freins import slow_down_guesses
from maillage.web.accounts.models import Invitation, Utilisateur
from maillage.web.accounts.openid.views import JETON, find_application, leave_provider
from maillage.web.accounts.sessions import describe_appareil, end_sessions, list_sessions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


@never_cache
@sensitive_post_parameters("mot_de_passe", "encore")
def invitation(request: HttpRequest, jeton: str) -> HttpResponse:
    """The person invited chooses a password and signs in.

    Raises:
        Introuvable: MLG-CPT-001, the link was used, has expired or never was.
        TropDeDemandes: MLG-CPT-010, too many links that open nothing.
    """
    trouvee = get_invitation(request, jeton, Invitation.Nature.INVITATION)
    formulaire = MotDePasseForm(request.POST or None, utilisateur=trouvee.utilisateur)
    if request.method == "POST" and formulaire.is_valid():
        try:
            utilisateur = accept(trouvee, formulaire.cleaned_data["mot_de_passe"])
        except LienDejaUtilise:
            refuse_lien()
        return sign_in(request, utilisateur)
    contexte = {"form": formulaire, "invite": trouvee.utilisateur}
    return render(request, "accounts/invitation.html", contexte)


def get_invitation(request: HttpRequest, jeton: str, nature: Invitation.Nature) -> Invitation:
    """The invitation of a link.

    Raises:
        Introuvable: MLG-CPT-001, the link was used, has expired or never was.
        TropDeDemandes: MLG-CPT-010, too many links that open nothing.
    """
    trouvee = find_invitation(jeton, timezone.now())
    if trouvee is None or trouvee.nature != nature:
        slow_down_guesses(request)
        refuse_lien()
    return trouvee


def refuse_lien() -> NoReturn:
    """Stop here: what is said of a link that opens nothing is the same whatever the reason.

    Raises:
        Introuvable: MLG-CPT-001.
    """
    raise Introuvable(
        Anomalie(
            "MLG-CPT-001",
            "Ce lien n’ouvre plus rien\u00a0: il a déjà servi, ou il est trop ancien.",
            "Demandez une nouvelle invitation à votre réseau. Si votre compte existe déjà, "
            "connectez-vous, ou demandez un nouveau mot de passe.",
        )
    )


def sign_in(request: HttpRequest, utilisateur: Utilisateur) -> HttpResponse:
    """Sign in a person who has just chosen their password, by every step: the second factor too."""
    if request.user.is_authenticated:
        request.session.flush()
    record_authentication(request, utilisateur, method="password", reauthenticated=True)
    reponse: HttpResponse = perform_login(request, Login(user=utilisateur))
    return reponse


@never_cache
def compte(request: HttpRequest) -> HttpResponse:
    """What is set on one's account, and what is missing."""
    utilisateur = cast("Utilisateur", request.user)
    facteurs = list(Authenticator.objects.filter(user=utilisateur))
    codes = next((f for f in facteurs if f.type == Authenticator.Type.RECOVERY_CODES), None)
    contexte = {
        "utilisateur": utilisateur,
        "attente": EmailAddress.objects.get_new(utilisateur),
        "application": any(f.type == Authenticator.Type.TOTP for f in facteurs),
        "cles": sum(f.type == Authenticator.Type.WEBAUTHN for f in facteurs),
        "codes": len(codes.wrap().get_unused_codes()) if codes else None,
        "sessions": len(list_sessions(utilisateur)),
        "fournisseurs": [c.get_provider().name for c in _liens_du_fournisseur(request)],
    }
    return render(request, "accounts/compte.html", contexte)


def _liens_du_fournisseur(request: HttpRequest) -> list[Any]:
    """Ties to the identity provider, when one is set today."""
    if find_application(request) is None:
        return []
    return list(SocialAccount.objects.filter(user=request.user))


@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """Sessions still open; sent back, it ends all the others."""
    utilisateur = cast("Utilisateur", request.user)
    if request.method == "POST":
        nombre = end_sessions(utilisateur, sauf=request.session.session_key)
        messages.success(request, f"Autres sessions fermées\u00a0: {nombre}.")
        return redirect("usersessions_list")
    ouvertes = [
        {"session": session, "appareil": describe_appareil(session.user_agent)}
        for session in list_sessions(utilisateur)
    ]
    return render(request, "accounts/sessions.html", {"ouvertes": ouvertes})


@require_POST
def fermer_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions.

    Raises:
        Http404: it is not theirs, or it is over.
    """
    session = UserSession.objects.filter(pk=pk, user=cast("Utilisateur", request.user)).first()
    if session is None:
        msg = "no such session"
        raise Http404(msg)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    session.end()
    messages.success(request, "Session fermée\u00a0: cet appareil devra se reconnecter.")
    return redirect("usersessions_list")


class Deconnexion(LogoutView):
    """allauth's, that leaves the identity provider too when the person came by it."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """End the session here, then there."""
        id_token = self.request.session.get(JETON)
        reponse: HttpResponseBase = super().post(*args, **kwargs)
        if not id_token:
            return reponse
        return leave_provider(self.request, id_token) or reponse
