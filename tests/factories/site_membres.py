"""The small network in the database of a site that is about to be served, with open sessions.

Run as a program, it fills the data directory that the environment names, and prints one session
per role: a browser test then starts signed in, as sign-in is the subject of other tests.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factories.membres import PetitReseau


def fill() -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Make the tables and the small network.

    Returns:
        Role to session key; then, when the program is asked to « parcourir », the role, name and
        address of each page that can be read, on the network with two of everything.
    """
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
    if "panel" in sys.argv:
        from factories.panel_site import import_supervision  # noqa: PLC0415 — Django is ready by now

        with TemporaryDirectory() as dossier:
            import_supervision(petit, 14, Path(dossier) / "extrait")
    return sessions, _walk(petit) if "parcourir" in sys.argv else []


def _walk(petit: PetitReseau) -> list[tuple[str, str, str]]:
    from factories.extraits_site import import_both, tie  # noqa: PLC0415 — Django is ready by now
    from factories.parcours_adresses import walk  # noqa: PLC0415 — Django is ready by now
    from factories.reseau_qui_grandit import make_croissance  # noqa: PLC0415

    with TemporaryDirectory() as dossier:
        import_both(Path(dossier))
    tie(petit)
    croissance = make_croissance(petit)
    croissance.grow(2)
    return list(walk(croissance))


if __name__ == "__main__":
    ouvertes, adresses = fill()
    json.dump({"sessions": ouvertes, "adresses": adresses}, sys.stdout)
