"""Saying whose each structure of the extracts is: proposed, decided by staff, noted in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.membres import client_de

from maillage.indicators.pilotage.lecture import load_faits
from maillage.web.journal.models import Evenement
from maillage.web.pilotage.models import LienStructure
from maillage.web.pilotage.rapprochement import propose

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from factories.membres import PetitReseau

ADRESSE = "/pilotage/liens/"


@pytest.fixture
def delegation(
    petit_reseau: PetitReseau, extraits: Path, atlas: None, sans_second_facteur: None
) -> Client:
    """Signed in, on a network where nothing is tied yet but where two conventions have a SIRET of the extract."""
    del extraits, atlas, sans_second_facteur
    petit_reseau.structure.conventions.update(siret="1" * 14)
    petit_reseau.voisine.conventions.update(siret="2" * 14, type_siae="EI")
    return client_de(petit_reseau, "delegation")


def test_the_surest_first_and_nothing_is_decided_alone(
    delegation: Client, petit_reseau: PetitReseau
) -> None:
    propositions, seules = propose(load_faits())
    assert [(p.cle, p.organisation, p.raison) for p in propositions] == [
        ((1, "AI"), petit_reseau.structure, "même SIRET et même type"),
        ((2, "AI"), petit_reseau.voisine, "même SIRET, autre type"),
    ]
    assert [s.cle for s in seules] == [(3, "AI"), (4, "ACI")]
    texte = delegation.get(ADRESSE).content.decode()
    assert "Relier les 1 de même SIRET et même type" in texte
    assert not LienStructure.objects.exists()


def test_all_exact_ones_are_tied_in_one_gesture(delegation: Client) -> None:
    delegation.post(ADRESSE, {"faire": "tout"})
    lien = LienStructure.objects.get()
    assert (lien.cle, lien.is_confirme) == ((1, "AI"), True)
    assert Evenement.objects.filter(action="pilotage.relier").count() == 1


def test_a_proposal_set_aside_does_not_come_back(
    delegation: Client, petit_reseau: PetitReseau
) -> None:
    delegation.post(
        ADRESSE,
        {"faire": "ecarter", "cle": "1-AI", "organisation": petit_reseau.structure.pk},
    )
    propositions, seules = propose(load_faits())
    assert (1, "AI") not in {p.cle for p in propositions}
    assert (1, "AI") in {s.cle for s in seules}
    lien = LienStructure.objects.get()
    delegation.post(ADRESSE, {"faire": "delier", "lien": lien.pk})
    assert (1, "AI") in {p.cle for p in propose(load_faits())[0]}


def test_a_structure_is_one_organisation_at_most(
    delegation: Client, petit_reseau: PetitReseau
) -> None:
    for organisation in (petit_reseau.structure, petit_reseau.lointaine):
        delegation.post(
            ADRESSE, {"faire": "relier", "cle": "4-ACI", "organisation": organisation.pk}
        )
    lien = LienStructure.objects.get(asp_id=4, is_confirme=True)
    assert lien.organisation == petit_reseau.lointaine
    assert "Toutes les structures" not in delegation.get(ADRESSE).content.decode()


@pytest.mark.parametrize(
    "demande",
    [
        {},
        {"faire": "relier"},
        {"faire": "relier", "cle": "x", "organisation": "1"},
        {"faire": "relier", "cle": "1-AI", "organisation": "0"},
        {"faire": "ecarter", "cle": "1-AI", "organisation": "un"},
    ],
)
def test_what_does_not_exist_is_told(delegation: Client, demande: dict[str, str]) -> None:
    answer = delegation.post(ADRESSE, demande)
    assert answer.status_code == 404
    assert "MLG-PIL-016" in answer.content.decode()
    assert not LienStructure.objects.exists()
