"""Fills the data directory of a site for the browser, and prints the session of each person as JSON.

Run in a process of its own, before the site starts: `python -m factories.site_publications`.
"""

from __future__ import annotations

import json
import os
import sys

import django


def main() -> None:
    """Create the tables, the small network and one open session per role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.config.settings")
    django.setup()
    from maillage.web.config.preparation import prepare_base  # noqa: PLC0415 — needs Django

    prepare_base()
    from factories.membres import make_petit_reseau  # noqa: PLC0415 — needs the tables

    petit = make_petit_reseau()
    sessions = {}
    for role, personne in petit.personnes.items():
        _add_second_factor(personne)
        sessions[role] = _open_session(personne)
    json.dump(sessions, sys.stdout)


def _add_second_factor(personne: object) -> None:
    """Staff cannot enter without one; how it is set is the subject of other tests."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 — needs Django

    Authenticator.objects.create(
        user=personne, type=Authenticator.Type.TOTP, data={"secret": "essai"}
    )


def _open_session(personne: object) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415 — needs Django
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415 — needs Django

    session = SessionStore()
    session[SESSION_KEY] = str(personne.pk)  # type: ignore[attr-defined]  # an account
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = personne.get_session_auth_hash()  # type: ignore[attr-defined]  # an account
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    main()
