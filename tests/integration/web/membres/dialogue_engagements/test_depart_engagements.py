"""From an item of a meeting to the ledger: what the form is filled with, and what the item says afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from factories.engagements import make_charge, make_proposition, make_sujet
from factories.membres import client_de
from factories.rencontres import make_espace, make_participant, make_point, make_rencontre

from maillage.web.dialogue.models import Engagement, Point, Rencontre

if TYPE_CHECKING:
    from factories.membres import PetitReseau

NOUVEAU = "/dialogue/engagements/nouveau/"


@pytest.fixture
def rencontre() -> Rencontre:
    """A meeting in a place, with one of each side."""
    tenue = make_rencontre(espace=make_espace(), visibilite="adherents", date=date(2022, 6, 28))
    make_participant(tenue, "Anne Essai", charge=make_charge(), fonction="Ministre de l’Essai")
    make_participant(tenue, "Présidence", cote="reseau", fonction="présidente")
    return tenue


def start_of(petit: PetitReseau, point: Point, role: str = "delegation") -> dict[str, Any]:
    """What the form shows of an item."""
    answer = client_de(petit, role).get(f"{NOUVEAU}?point={point.pk}")
    assert answer.status_code == 200
    return dict(answer.context["form"].initial)


def test_a_promise_of_the_other_side_keeps_its_speaker(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    ministre = rencontre.participants.get(cote="interlocuteur")
    point = make_point(
        rencontre,
        "Une instruction partira.",
        nature="declaration",
        locuteur=ministre.pk,
        visibilite="adherents",
    )
    assert start_of(petit_reseau, point) == {
        "sens": "public",
        "phrase": "Une instruction partira.",
        "auteur_nom": "Anne Essai",
        "auteur_fonction": "Ministre de l’Essai",
        "charge": ministre.charge_id,
        "date": "28/06/2022",
        "rencontre": rencontre.pk,
        "espace": rencontre.espace_id,
        "proposition": None,
        "sujet": None,
        "visibilite": "adherents",
    }


def test_our_request_is_addressed_to_the_one_office_met(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    nous = rencontre.participants.get(cote="reseau")
    sujet = make_sujet()
    proposition = make_proposition(sujet=sujet)
    point = make_point(
        rencontre,
        "Un volet financier.",
        nature="demande",
        locuteur=nous.pk,
        proposition=proposition.pk,
    )
    depart = start_of(petit_reseau, point)
    ministre = rencontre.participants.get(cote="interlocuteur")
    assert depart["sens"] == "demande"
    assert depart["charge"] == ministre.charge_id
    assert (depart["proposition"], depart["sujet"]) == (proposition.pk, sujet.pk)
    assert depart["visibilite"] == "interne"
    # two offices met: nobody chooses one
    make_participant(rencontre, "", charge=make_charge(intitule="Autre"), fonction="Autre")
    assert start_of(petit_reseau, point)["charge"] is None


@pytest.mark.parametrize(
    ("nature", "cote", "sens"),
    [
        ("offre", "", "reseau"),
        ("offre", "interlocuteur", "public"),
        ("demande", "interlocuteur", ""),
        ("reponse", "interlocuteur", "public"),
        ("suite", "reseau", "reseau"),
        ("decision", "", ""),
        ("information", "interlocuteur", ""),
        ("position", "", "demande"),
    ],
)
def test_who_owes_is_guessed_only_where_the_item_says_it(
    petit_reseau: PetitReseau, rencontre: Rencontre, nature: str, cote: str, sens: str
) -> None:
    locuteur = rencontre.participants.get(cote=cote).pk if cote else None
    point = make_point(rencontre, "Dit.", nature=nature, locuteur=locuteur)
    assert start_of(petit_reseau, point)["sens"] == sens


def test_the_item_says_which_commitment_it_became(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    point = make_point(rencontre, "Notre expertise est offerte.", nature="offre")
    fiche = f"/dialogue/rencontres/{rencontre.pk}/"
    client = client_de(petit_reseau, "delegation")
    assert f"?point={point.pk}" in client.get(fiche).content.decode()
    depart = {k: v or "" for k, v in start_of(petit_reseau, point).items()}
    answer = client.post(f"{NOUVEAU}?point={point.pk}", {**depart, "niveau": "france"})
    assert answer["Location"] == fiche
    engagement = Engagement.objects.get()
    point.refresh_from_db()
    assert (engagement.sens, engagement.rencontre, engagement.visibilite) == (
        "reseau",
        rencontre,
        "interne",
    )
    assert point.engagement == engagement
    assert point.versions.count() == 2
    assert f"?point={point.pk}" not in client.get(fiche).content.decode()
    # opened again from an old page, it is not written twice
    answer = client.post(f"{NOUVEAU}?point={point.pk}", {**depart, "niveau": "france"})
    assert answer["Location"] == f"/dialogue/engagements/{engagement.pk}/"
    assert Engagement.objects.count() == 1


def test_an_item_of_a_meeting_of_somebody_else_is_not_found(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    point = make_point(rencontre, "National.", nature="offre", visibilite="public")
    regionale = client_de(petit_reseau, "delegation_regionale")
    for texte in (str(point.pk), "0", "abc"):
        assert regionale.get(f"{NOUVEAU}?point={texte}").status_code == 404


def test_a_meeting_gives_its_day_and_its_place(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    client = client_de(petit_reseau, "delegation")
    depart = client.get(f"{NOUVEAU}?rencontre={rencontre.pk}").context["form"].initial
    assert depart["date"] == "28/06/2022"
    assert str(depart["espace"]) == str(rencontre.espace_id)
