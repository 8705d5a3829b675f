"""What happens around allauth's own writing: lines of the trail, rotation of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import signals as compte
from allauth.mfa import signals as facteur
from allauth.mfa.models import Authenticator

from maillage.web.accounts.openid.second_facteur import remember
from maillage.web.accounts.sessions import end_sessions
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.web.accounts.models import Utilisateur

_NOMS = {
    Authenticator.Type.TOTP: "application",
    Authenticator.Type.WEBAUTHN: "clé d’accès",
    Authenticator.Type.RECOVERY_CODES: "codes de secours",
}


def connect() -> None:
    """Listen. The names keep the receivers from being heard twice."""
    pairs = (
        (compte.user_logged_in, note_connexion),
        (compte.password_changed, note_mot_de_passe),
        (compte.password_set, note_mot_de_passe),
        (compte.password_reset, note_mot_de_passe),
        (compte.email_changed, note_adresse),
        (facteur.authenticator_added, note_facteur_ajoute),
        (facteur.authenticator_removed, note_facteur_retire),
        (facteur.authenticator_reset, note_codes_refaits),
    )
    for signal, receveur in pairs:
        signal.connect(receveur, dispatch_uid=f"maillage.{receveur.__name__}.{id(signal)}")


def note_connexion(request: HttpRequest, user: Utilisateur, **kwargs: Any) -> None:
    """A person has signed in, by every step."""
    sociallogin = kwargs.get("sociallogin")
    remember(request, sociallogin)
    par = "fournisseur d’identité" if sociallogin is not None else "site"
    record("compte.connecter", by=user.pk, objet=user, details={"par": par})


def note_mot_de_passe(request: HttpRequest, user: Utilisateur, **kwargs: Any) -> None:
    """A password was changed: the sessions that the old one opened end, this one goes on."""
    del kwargs
    sauf = request.session.session_key if request.user.is_authenticated else None
    end_sessions(user, sauf=sauf)
    record("compte.mot_de_passe.changer", by=user.pk, objet=user)


def note_adresse(user: Utilisateur, **kwargs: Any) -> None:
    """A person has another address; the trail names neither."""
    del kwargs
    record("compte.adresse.changer", by=user.pk, objet=user)


def note_facteur_ajoute(
    request: HttpRequest, user: Utilisateur, authenticator: Authenticator, **kwargs: Any
) -> None:
    """A factor more: what the session may do changes, so its key does."""
    del kwargs
    request.session.cycle_key()
    _record_facteur("compte.second_facteur.ajouter", user, authenticator)


def note_facteur_retire(
    request: HttpRequest, user: Utilisateur, authenticator: Authenticator, **kwargs: Any
) -> None:
    """A factor less."""
    del kwargs
    request.session.cycle_key()
    _record_facteur("compte.second_facteur.retirer", user, authenticator)


def note_codes_refaits(user: Utilisateur, authenticator: Authenticator, **kwargs: Any) -> None:
    """Recovery codes were made again: the earlier ones no longer open anything."""
    del kwargs
    _record_facteur("compte.codes_de_secours.refaire", user, authenticator)


def _record_facteur(action: str, user: Utilisateur, authenticator: Authenticator) -> None:
    record(action, by=user.pk, objet=user, details={"facteur": _NOMS[authenticator.type]})
