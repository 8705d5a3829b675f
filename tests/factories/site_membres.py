"""The small network in the database of a site that is about to be served, with open sessions.

Run as a program, it fills the data directory that the environment names, and prints one session
per role: a browser test then starts signed in, as sign-in is the subject of other tests.
"""

from __future__ import annotations

import json
import os
import sys


def fill() -> dict[str, str]:
    """Make the tables and the small network; answers role to session key."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.config.settings")
    import django  # noqa: PLC0415 — the settings are read from the environment

    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415
    from factories.membres import client_de, make_petit_reseau  # noqa: PLC0415

    from maillage.web.config.preparation import prepare_base  # noqa: PLC0415

    prepare_base()
    petit = make_petit_reseau()
    sessions = {}
    for role, personne in petit.personnes.items():
        TOTP.activate(personne, generate_totp_secret())  # staff must have a second factor
        session = client_de(petit, role).session
        session.save()
        sessions[role] = str(session.session_key)
    return sessions


if __name__ == "__main__":
    json.dump(fill(), sys.stdout)
