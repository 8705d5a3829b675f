"""Sessions of a person: what they run on, and ending them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.conf import settings

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
    """Sessions still open, the last seen first."""
    ouvertes = UserSession.objects.purge_and_list(utilisateur)
    return sorted(ouvertes, key=lambda session: session.last_seen_at, reverse=True)


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
