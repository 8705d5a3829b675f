"""Fills the data directory of a site with the small network and a space that a partner shares.

Run in a process of its own, before the site starts: `python -m factories.site_rencontres`. Prints the
session of each person, and the number of the meeting that is about to be held, as JSON.
"""

from __future__ import annotations

import json
import sys

from factories import site_membres


def main() -> None:
    """The network, a space with a seat for the partner, one planned meeting."""
    sessions = site_membres.fill()
    from factories.rencontres import (  # noqa: PLC0415 — needs the tables
        make_espace,
        make_participant,
        make_rencontre,
        make_siege,
    )

    from maillage.web.accounts.models import Utilisateur  # noqa: PLC0415 — needs Django
    from maillage.web.network.models import Organisation  # noqa: PLC0415 — needs Django

    espace = make_espace("Groupe de travail avec l’administration")
    make_siege(espace, Organisation.objects.get(nature="partenaire"))
    rencontre = make_rencontre(
        "Réunion de travail", espace=espace, statut="prevue", visibilite="espace"
    )
    for nom, role, cote in (
        ("Direction de l’administration", "partenaire", "interlocuteur"),
        ("Présidence du réseau", "conseil", "reseau"),
    ):
        compte = Utilisateur.objects.get(email=f"{role}@reseau.example.org")
        make_participant(rencontre, nom, cote=cote, utilisateur=compte)
    json.dump({"sessions": sessions, "rencontre": rencontre.pk}, sys.stdout)


if __name__ == "__main__":
    main()
