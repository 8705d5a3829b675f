"""What the note-taking screen exchanges: sent twice, sent late, changed by two, refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from factories.membres import client_de
from factories.rencontres import make_participant, make_point, make_rencontre

if TYPE_CHECKING:
    from factories.membres import PetitReseau

    from maillage.web.dialogue.models import Rencontre


@pytest.fixture
def rencontre(petit_reseau: PetitReseau) -> Rencontre:
    del petit_reseau
    return make_rencontre(statut="prevue")


def note(texte: str, *, base: int = 0, **champs: Any) -> dict[str, Any]:
    """A note as a device sends it."""
    vide = {"nature": "note", "locuteur": None, "retire": False, "identifiant": str(uuid4())}
    return {**vide, "texte": texte, "base": base, **champs}


def send(client: Client, rencontre: Rencontre, *notes: Any) -> list[dict[str, Any]]:
    answer = client.post(
        f"/dialogue/rencontres/{rencontre.pk}/notes/envoi/",
        json.dumps({"notes": notes}),
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    reponses: list[dict[str, Any]] = answer.json()["notes"]
    return reponses


def test_a_note_sent_twice_is_written_once(petit_reseau: PetitReseau, rencontre: Rencontre) -> None:
    client = client_de(petit_reseau, "delegation")
    une = note("dit par la directrice")
    for _ in range(2):
        assert send(client, rencontre, une)[0]["etat"] == "enregistre"
    point = rencontre.points.get()
    assert (point.revision, point.visibilite) == (1, "interne")
    assert point.versions.count() == 1


def test_a_first_sending_that_comes_back_after_another_change_undoes_nothing(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    """The answer was lost, somebody else changed the note, then the device sends it again."""
    client = client_de(petit_reseau, "delegation")
    une = note("premier")
    send(client, rencontre, une)
    autre = client_de(petit_reseau, "administration")
    assert send(autre, rencontre, une | {"texte": "corrigé", "base": 1})[0]["etat"] == "enregistre"
    reponse = send(client, rencontre, une)[0]
    assert (reponse["etat"], reponse["point"]["texte"]) == ("enregistre", "corrigé")


def test_two_devices_that_change_one_note_lose_nothing(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    une, autre = (client_de(petit_reseau, r) for r in ("delegation", "administration"))
    n = note("départ")
    send(une, rencontre, n)
    send(une, rencontre, n | {"texte": "le mien", "base": 1})
    reponse = send(autre, rencontre, n | {"texte": "le sien", "base": 1})[0]
    assert reponse["etat"] == "conflit"
    assert reponse["point"]["texte"] == "le mien"
    assert reponse["point"]["par"] == "Prénom Delegation"
    assert reponse["champs"] == ["le texte"]
    suite = send(autre, rencontre, n | {"texte": "les deux", "base": reponse["point"]["revision"]})
    assert suite[0]["etat"] == "enregistre"
    textes = rencontre.points.get().versions.order_by("revision")
    assert [v.contenu["texte"] for v in textes] == ["départ", "le mien", "les deux"]


def test_two_devices_that_change_different_things_both_hold(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    client = client_de(petit_reseau, "delegation")
    qui = make_participant(rencontre, "Directrice")
    n = note("dit")
    send(client, rencontre, n)
    send(client, rencontre, n | {"nature": "declaration", "base": 1})
    reponse = send(client, rencontre, n | {"locuteur": qui.pk, "base": 1})[0]
    assert reponse["etat"] == "enregistre"
    point = rencontre.points.get()
    assert (point.nature, point.locuteur, point.texte) == ("declaration", qui, "dit")


def test_each_bad_note_is_refused_in_words_and_the_others_are_kept(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    ailleurs = make_point(make_rencontre("Ailleurs"), "point d’une autre rencontre")
    etranger = make_participant(make_rencontre("Encore ailleurs"), "Étrangère")
    mauvaises = [
        note("  "),
        note("x" * 8001),
        note("bonne", nature="inconnue"),
        note("bonne", locuteur=etranger.pk),
        note("bonne", identifiant=str(ailleurs.identifiant), base=1),
        note("bonne", identifiant="pas un nom"),
        note("bonne", base=-1),
        {**note("bonne"), "base": "1"},
        note("bonne", retire="non"),
        {"texte": "seul"},
        "rien",
        None,
    ]
    client = client_de(petit_reseau, "delegation")
    reponses = send(client, rencontre, *mauvaises, note("gardée"))
    assert [r["etat"] for r in reponses] == ["refuse"] * len(mauvaises) + ["enregistre"]
    assert all(r["message"].endswith(".") for r in reponses[:-1])
    assert [p.texte for p in rencontre.points.all()] == ["gardée"]
    ailleurs.refresh_from_db()
    assert ailleurs.texte == "point d’une autre rencontre"


@pytest.mark.parametrize(
    "corps", [b"", b"[", b"[]", b'{"notes": 1}', b"\xff\xfe", b'{"autre": []}']
)
def test_what_is_no_list_of_notes_is_refused(
    petit_reseau: PetitReseau, rencontre: Rencontre, corps: bytes
) -> None:
    client = client_de(petit_reseau, "delegation")
    adresse = f"/dialogue/rencontres/{rencontre.pk}/notes/envoi/"
    answer = client.post(adresse, corps, content_type="application/json")
    assert answer.status_code == 400


def test_a_device_reads_everything_once_then_nothing_until_it_changes(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    client = client_de(petit_reseau, "delegation")
    adresse = f"/dialogue/rencontres/{rencontre.pk}/notes/etat/"
    n = note("vue de tous")
    send(client_de(petit_reseau, "administration"), rencontre, n)
    lu = client.get(adresse).json()
    assert [x["texte"] for x in lu["notes"]] == ["vue de tous"]
    assert lu["notes"][0]["par"] == "Prénom Administration"
    assert client.get(adresse, {"etat": lu["etat"]}).status_code == 204
    send(client, rencontre, n | {"retire": True, "base": 1})
    suite = client.get(adresse, {"etat": lu["etat"]}).json()
    assert suite["notes"][0]["retire"] is True


def test_a_note_without_the_token_of_forms_is_refused(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    client = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    client.force_login(
        petit_reseau.personnes["delegation"], "django.contrib.auth.backends.ModelBackend"
    )
    adresse = f"/dialogue/rencontres/{rencontre.pk}/notes/"
    corps = json.dumps({"notes": [note("sans jeton")]})
    envoi = client.post(f"{adresse}envoi/", corps, content_type="application/json")
    assert envoi.status_code == 403
    jeton = client.get(f"{adresse}etat/").json()["jeton"]
    envoi = client.post(
        f"{adresse}envoi/", corps, content_type="application/json", headers={"X-CSRFToken": jeton}
    )
    assert envoi.status_code == 200


def test_the_screen_and_its_worker_hold_no_note(
    petit_reseau: PetitReseau, rencontre: Rencontre
) -> None:
    """A copy of both stays on the device."""
    make_point(rencontre, "ne doit pas rester sur l’appareil")
    client = client_de(petit_reseau, "delegation")
    adresse = f"/dialogue/rencontres/{rencontre.pk}/notes/"
    for chemin in (adresse, f"{adresse}hors-ligne.js"):
        answer = client.get(chemin)
        assert answer.status_code == 200
        assert "ne doit pas rester" not in answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer  # its reach is its own address
