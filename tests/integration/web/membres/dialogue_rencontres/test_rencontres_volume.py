"""1,000 meetings and 6,000 items: the pages ask the base the same number of questions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories.membres import client_de
from factories.rencontres import LE_JOUR, make_espace, make_siege

from maillage.web.dialogue.models import Participant, Point, Proposition, Rencontre

if TYPE_CHECKING:
    from factories.membres import PetitReseau

    from maillage.web.dialogue.models import Espace

ADRESSES = (
    "",
    "?q=mot+item&annee=2024",
    "?statut=tenue&initiative=reseau&territoire=region:53",
    "liste.csv",
    "{pk}/",
    "{pk}/comptes-rendus/1/",
)
DE_LA_MAISON = ("{pk}/partage/", "{pk}/notes/etat/", "{pk}/participants/")


def fill(espace: Espace, rencontres: int, points: int) -> Rencontre:
    """Meetings of the last years; the first one has as many items as all the others together."""
    proposition, _ = Proposition.objects.get_or_create(titre="P", visibilite="public")
    toutes = Rencontre.objects.bulk_create(
        Rencontre(
            titre=f"Rencontre {rang}",
            espace=espace,
            date=LE_JOUR - timedelta(days=rang),
            statut="tenue",
            initiative="reseau" if rang % 2 else "interlocuteur",
            region="53",
            niveau="region",
            territoire="53",
            visibilite="espace",
        )
        for rang in range(rencontres)
    )
    personnes = Participant.objects.bulk_create(
        Participant(rencontre=r, cote="interlocuteur", nom=f"Nom {r.pk}") for r in toutes
    )
    Point.objects.bulk_create(
        Point(
            rencontre=toutes[rang % len(toutes) if rang % 2 else 0],
            texte=f"mot item {rang}",
            nature="position",
            visibilite="espace",
            locuteur=personnes[rang % len(toutes) if rang % 2 else 0],
            proposition=proposition,
            ordre=rang,
        )
        for rang in range(points)
    )
    return toutes[0]


def test_the_pages_cost_the_same_with_a_thousand_meetings(petit_reseau: PetitReseau) -> None:
    espace = make_espace()
    make_siege(espace, petit_reseau.partenaire)
    clients = {role: client_de(petit_reseau, role) for role in ("delegation", "partenaire")}
    for client in clients.values():
        client.get("/dialogue/rencontres/")  # a session notes its first page
    nombres = []
    for taille in ((3, 12), (1_000, 6_000)):
        premiere = fill(espace, *taille)
        clients["delegation"].post(f"/dialogue/rencontres/{premiere.pk}/comptes-rendus/")
        comptes = {}
        for role, client in clients.items():
            for chemin in ADRESSES + (DE_LA_MAISON if role == "delegation" else ()):
                adresse = f"/dialogue/rencontres/{chemin.format(pk=premiere.pk)}"
                client.get(adresse)  # messages are read once
                with CaptureQueriesContext(connection) as requetes:
                    assert client.get(adresse).status_code == 200, adresse
                comptes[role, chemin] = len(requetes)
        nombres.append(comptes)
    assert nombres[0] == nombres[1]
    assert max(nombres[1].values()) < 35


@pytest.mark.parametrize("taille", [20])
def test_a_page_of_the_list_leads_to_the_next(petit_reseau: PetitReseau, taille: int) -> None:
    fill(make_espace(), 50 + taille, 1)
    client = client_de(petit_reseau, "delegation")
    page = client.get("/dialogue/rencontres/?page=2").content.decode()
    assert page.count("/dialogue/rencontres/") > taille
    assert "Lignes 51 à 70 sur 70" in page
