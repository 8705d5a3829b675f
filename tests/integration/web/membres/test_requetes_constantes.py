"""Every page of the site asks the database as many questions in a large network as in a small one.

An address that is added is walked from then on: it has its example, and answers a page or says why not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from factories.membres import client_de
from factories.parcours_adresses import ENVOIENT_AILLEURS, SANS_OBJET_ICI, walk
from factories.reseau_qui_grandit import make_croissance

from maillage.web.config.acces import all_routes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from django.test import Client
    from factories.membres import PetitReseau
    from pytest_django import Settings

PETIT, GRAND = 3, 24
POUR_ECRIRE = 405
MAXIMUM = 25
"""No page asks more questions than that."""
TOUTES_LES_TABLES = {"dialogue-depot": 40, "dialogue-export": 40}
"""But those that read every table of the dialogue, a question each."""


def count(clients: Mapping[str, Client], role: str, adresse: str) -> tuple[int, int]:
    """Status of the answer, and questions asked for it."""
    reset_queries()  # what Django remembers of them has a limit, and a whole walk goes beyond
    with CaptureQueriesContext(connection) as requetes:
        answer = clients[role].get(adresse)
        b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, len(requetes)


@pytest.mark.une_fois
@pytest.mark.usefixtures("atlas", "extraits", "sans_second_facteur")
def test_no_page_asks_more_questions_in_a_larger_network(
    petit_reseau: PetitReseau, settings: Settings, tmp_path: Path
) -> None:
    settings.PIECES_JOINTES = tmp_path / "pieces-jointes"
    croissance = make_croissance(petit_reseau)
    croissance.grow(PETIT)
    adresses = list(walk(croissance))
    assert {route for _, route, _ in adresses} == set(all_routes())
    clients = {role: client_de(petit_reseau, role) for role, _, _ in adresses}
    mesures = []
    for agrandissement in (0, GRAND):
        if agrandissement:
            croissance.grow(agrandissement)
        for role, _, adresse in adresses:  # what is kept from one page to the next is in place
            count(clients, role, adresse)
        mesures.append([count(clients, role, adresse) for role, _, adresse in adresses])
    lignes = [
        ligne
        for ligne in zip(adresses, *mesures, strict=True)
        if ligne[1][0] != POUR_ECRIRE  # it says itself that there is nothing to read there
    ]
    hors = ENVOIENT_AILLEURS | SANS_OBJET_ICI
    assert [ligne for ligne in lignes if (ligne[1][0] == 200) is (ligne[0][1] in hors)] == []
    assert [ligne for ligne in lignes if ligne[1] != ligne[2]] == []
    trop = [x for x in lignes if x[2][1] > TOUTES_LES_TABLES.get(x[0][1], MAXIMUM)]
    assert trop == []
    assert len(lignes) > 150
