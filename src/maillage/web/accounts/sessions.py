"""Sessions of a person: what they run on, and ending them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.web.accounts.models import Utilisateur

_NAVIGATEURS = (
    # the first that is named: most claim to be several
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def describe_appareil(agent: str) -> str:
    """What a session runs on, from what its browser says of itself: « Firefox sur Linux »."""
    navigateur = _find(agent, _NAVIGATEURS)
    systeme = _find(agent, _SYSTEMES)
    if navigateur and systeme:
        return f"{navigateur} sur {systeme}"
    return navigateur or systeme or "Appareil inconnu"


def _find(agent: str, noms: Iterable[tuple[str, str]]) -> str:
    return next((nom for marque, nom in noms if marque in agent), "")


def list_sessions(utilisateur: Utilisateur) -> list[UserSession]:
    """Sessions still open, the last seen first; the others are forgotten.

    allauth's own list reads each session and its person again, one after the other.
    """
    suivies = list(UserSession.objects.filter(user_id=utilisateur.pk).order_by("-last_seen_at"))
    ouvertes = {
        session.session_key
        for session in Session.objects.filter(
            session_key__in=[suivie.session_key for suivie in suivies],
            expire_date__gt=timezone.now(),
        )
        if _is_of(session, utilisateur)
    }
    perdues = [suivie.pk for suivie in suivies if suivie.session_key not in ouvertes]
    UserSession.objects.filter(pk__in=perdues).delete()
    return [suivie for suivie in suivies if suivie.session_key in ouvertes]


def _is_of(session: Session, utilisateur: Utilisateur) -> bool:
    """Whether a session is that of the person, signed in with the password of today."""
    contenu = session.get_decoded()
    empreinte = str(contenu.get(HASH_SESSION_KEY, ""))
    return contenu.get(SESSION_KEY) == str(utilisateur.pk) and constant_time_compare(
        empreinte, utilisateur.get_session_auth_hash()
    )


def end_sessions(utilisateur: Utilisateur, *, sauf: str | None = None) -> int:
    """End the sessions of a person at once.

    Args:
        utilisateur: The person.
        sauf: Key of the one that goes on.

    Returns:
        How many were ended.
    """
    a_fermer = UserSession.objects.filter(user_id=utilisateur.pk).exclude(session_key=sauf or "")
    moteur = import_module(settings.SESSION_ENGINE).SessionStore()
    cles = list(a_fermer.values_list("session_key", flat=True))
    for cle in cles:
        moteur.delete(cle)
    a_fermer.delete()
    return len(cles)
