"""After and before a meeting: minutes and their agreement, invitations by mail and in calendars."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
import vobject
from django.db import DatabaseError, transaction
from factories.membres import client_de
from factories.rencontres import (
    make_espace,
    make_participant,
    make_point,
    make_rencontre,
    make_siege,
)

from maillage.kernel.errors import SaisieInvalide
from maillage.web.dialogue.models import Accord, CompteRendu, Rencontre, Siege
from maillage.web.dialogue.rencontres.actions import comptes_rendus, fiche
from maillage.web.dialogue.rencontres.actions.points import save_point

if TYPE_CHECKING:
    from collections.abc import Callable

    from factories.courrier import Boite
    from factories.membres import PetitReseau

RACINE = "/dialogue/rencontres/"


@pytest.fixture
def reunion(petit_reseau: PetitReseau) -> Rencontre:
    """A meeting of the partner's space, with one of each side who has an account."""
    espace = make_espace()
    make_siege(espace, petit_reseau.partenaire)
    rencontre = make_rencontre(
        "Réunion, avec virgule; et point-virgule",
        espace=espace,
        visibilite="espace",
        heure_debut=time(9, 30),
        heure_fin=time(11),
        lieu="Salle 3",
        statut="prevue",
    )
    for role, cote in (("partenaire", "interlocuteur"), ("conseil", "reseau")):
        make_participant(
            rencontre, f"Personne {role}", cote=cote, utilisateur=petit_reseau.personnes[role]
        )
    make_participant(rencontre, "Sans compte")
    make_point(rencontre, "Convention", nature="ordre_du_jour", visibilite="espace")
    make_point(rencontre, "Notre stratégie", nature="ordre_du_jour")
    return rencontre


def give(petit: PetitReseau, role: str, rencontre: Rencontre, **avis: Any) -> Any:
    adresse = f"{RACINE}{rencontre.pk}/comptes-rendus/{avis.pop('numero', 1)}/"
    return client_de(petit, role).post(adresse, avis)


def test_minutes_are_proposed_agreed_on_and_start_again_when_they_change(
    petit_reseau: PetitReseau, reunion: Rencontre
) -> None:
    secretaire = client_de(petit_reseau, "delegation")
    adresse = f"{RACINE}{reunion.pk}/"
    secretaire.post(f"{adresse}comptes-rendus/")
    partenaire = client_de(petit_reseau, "partenaire")
    assert "On attend votre avis" in partenaire.get(RACINE).content.decode()
    page = partenaire.get(f"{adresse}comptes-rendus/1/").content.decode()
    assert "Convention" in page
    assert "stratégie" not in page
    assert "3\u00a0personnes n’ont pas encore répondu" in page

    sans_motif = give(petit_reseau, "partenaire", reunion, verdict="reserve")
    assert "dit sur quoi il porte" in sans_motif.content.decode()
    give(petit_reseau, "partenaire", reunion, verdict="reserve", commentaire="sauf la date")
    give(petit_reseau, "conseil", reunion, verdict="accord")
    assert "On attend votre avis" not in partenaire.get(RACINE).content.decode()
    page = secretaire.get(f"{adresse}comptes-rendus/1/").content.decode()
    assert "sauf la date" in page
    assert (
        "1\u00a0accord, 1\u00a0accord avec réserve, 1\u00a0personne n’a pas encore répondu" in page
    )
    # one without account: who keeps the meeting notes what they said
    sans = reunion.participants.get(nom="Sans compte")
    give(petit_reseau, "delegation", reunion, verdict="accord", participant=sans.pk)
    assert sans.accords.count() == 1

    point = reunion.points.get(texte="Convention")
    save_point(point, contenu={"texte": "Convention, signée en juillet"}, base=1, by=None)
    assert "Proposer une nouvelle version" in secretaire.get(adresse).content.decode()
    secretaire.post(f"{adresse}comptes-rendus/")
    assert "On attend votre avis" in partenaire.get(RACINE).content.decode()
    refus = give(petit_reseau, "partenaire", reunion, verdict="accord")
    assert "remplacé par une version suivante" in refus.content.decode()
    ancienne = partenaire.get(f"{adresse}comptes-rendus/1/").content.decode()
    assert "Cette version a été remplacée" in ancienne
    histoire = partenaire.get(f"{adresse}comptes-rendus/2/").content.decode()
    assert "sauf la date" in histoire  # the history stays
    assert "signée en juillet" in histoire


@pytest.mark.parametrize("role", ["equipe", "direction", "delegation", "administration"])
def test_an_opinion_is_given_by_who_was_there_and_by_nobody_else(
    petit_reseau: PetitReseau, reunion: Rencontre, role: str
) -> None:
    comptes_rendus.propose(reunion, by=None)
    partenaire = reunion.participants.get(nom="Personne partenaire")
    assert give(petit_reseau, role, reunion, verdict="accord").status_code == 403
    pour = give(petit_reseau, role, reunion, verdict="accord", participant=partenaire.pk)
    assert pour.status_code == 403
    assert not Accord.objects.exists()


def test_who_was_there_reads_the_minutes_without_a_seat(
    petit_reseau: PetitReseau, reunion: Rencontre
) -> None:
    Siege.objects.filter(espace=reunion.espace).delete()
    client = client_de(petit_reseau, "partenaire")
    assert client.get(f"{RACINE}{reunion.pk}/").status_code == 404
    comptes_rendus.propose(reunion, by=None)
    page = client.get(f"{RACINE}{reunion.pk}/comptes-rendus/1/").content.decode()
    assert "Convention" in page
    assert "stratégie" not in page
    assert "stratégie" not in client.get(f"{RACINE}{reunion.pk}/").content.decode()
    reunion.participants.filter(nom="Personne partenaire").update(is_present=False)
    assert client.get(f"{RACINE}{reunion.pk}/comptes-rendus/1/").status_code == 404


def test_minutes_and_opinions_are_frozen_and_keep_their_people(
    petit_reseau: PetitReseau, reunion: Rencontre
) -> None:
    compte_rendu = comptes_rendus.propose(reunion, by=None)
    with pytest.raises(SaisieInvalide, match="MLG-DIA-205"):
        comptes_rendus.propose(reunion, by=None)
    give(petit_reseau, "partenaire", reunion, verdict="accord")
    for table in (CompteRendu, Accord):
        with pytest.raises(DatabaseError), transaction.atomic():
            table._default_manager.update(at="2020-01-01T00:00Z")
        with pytest.raises(DatabaseError), transaction.atomic():
            table._default_manager.all().delete()
    with pytest.raises(SaisieInvalide, match="MLG-DIA-202"):
        fiche.set_participants(reunion, [], by=None)
    assert reunion.participants.count() == 3
    assert len(compte_rendu.empreinte) == 64


def test_nothing_shared_is_nothing_to_propose(petit_reseau: PetitReseau) -> None:
    rencontre = make_rencontre()
    make_point(rencontre, "interne")
    answer = client_de(petit_reseau, "delegation").post(
        f"{RACINE}{rencontre.pk}/comptes-rendus/", follow=True
    )
    assert "il n’y a rien à proposer" in answer.content.decode()
    assert not CompteRendu.objects.exists()


def calendars(boite: Boite) -> dict[str, Any]:
    """What an independent reader finds in each mail: recipient to its one event."""
    lus = {}
    for _, adresse, message in boite.recus:
        [partie] = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
        agenda = vobject.readOne(partie.get_content())
        assert partie.get_param("method") == agenda.method.value
        [fichier] = [p for p in message.iter_attachments() if p.get_filename()]
        assert vobject.readOne(fichier.get_content().decode()).method.value == agenda.method.value
        lus[adresse] = (agenda.method.value, agenda.vevent)
    return lus


def test_an_invitation_its_change_and_its_end_reach_each_calendar(
    petit_reseau: PetitReseau,
    reunion: Rencontre,
    boite: Boite,
    travail: Callable[[], None],
) -> None:
    secretaire = client_de(petit_reseau, "delegation")
    adresse = f"{RACINE}{reunion.pk}/inviter/"
    secretaire.post(adresse, {"adresses": "dehors@exemple.example.org"})
    travail()
    lus = calendars(boite)
    assert set(lus) == {
        "partenaire@reseau.example.org",
        "conseil@reseau.example.org",
        "dehors@exemple.example.org",
    }
    for invite, (methode, evenement) in lus.items():
        assert methode == "REQUEST"
        assert evenement.sequence.value == "1"
        assert evenement.summary.value == reunion.titre
        assert [a.value for a in evenement.attendee_list] == [f"mailto:{invite}"]
        assert "nouvelles@reseau.example.org" in evenement.organizer.value
        assert evenement.dtstart.value.isoformat() == "2024-03-22T09:30:00+01:00"
        assert evenement.description.value == "- Convention"
    uid = evenement.uid.value
    corps = boite.recus[0][2].get_body(("plain",))
    assert corps is not None
    assert "stratégie" not in corps.get_content()

    boite.recus.clear()
    reunion.refresh_from_db()
    fiche.modify(reunion, {"heure_debut": time(14), "heure_fin": time(16)}, base=1, by=None)
    secretaire.post(adresse, {"adresses": ""})
    travail()
    lus = calendars(boite)
    assert len(lus) == 2  # a typed address is not kept
    for methode, evenement in lus.values():
        assert (methode, evenement.sequence.value, evenement.uid.value) == ("REQUEST", "2", uid)
        assert evenement.dtstart.value.hour == 14

    boite.recus.clear()
    secretaire.post(f"{RACINE}{reunion.pk}/annuler/", {"motif": "grève des trains"})
    secretaire.post(adresse, {"adresses": ""})
    travail()
    for methode, evenement in calendars(boite).values():
        assert (methode, evenement.sequence.value, evenement.uid.value) == ("CANCEL", "3", uid)
        assert evenement.status.value == "CANCELLED"


def test_who_is_no_longer_expected_is_told(
    petit_reseau: PetitReseau, reunion: Rencontre, boite: Boite, travail: Callable[[], None]
) -> None:
    secretaire = client_de(petit_reseau, "delegation")
    secretaire.post(f"{RACINE}{reunion.pk}/inviter/", {"adresses": ""})
    travail()
    boite.recus.clear()
    restent = list(reunion.participants.exclude(nom="Personne partenaire").order_by("id"))
    envoi: dict[str, Any] = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2}
    for rang, p in enumerate(restent):
        compte = p.utilisateur.email if p.utilisateur else ""
        champs = {"participant": p.pk, "cote": p.cote, "nom": p.nom, "compte": compte}
        envoi |= {f"form-{rang}-{champ}": valeur for champ, valeur in champs.items()}
    secretaire.post(f"{RACINE}{reunion.pk}/participants/", envoi)
    travail()
    lus = calendars(boite)
    assert set(lus) == {"partenaire@reseau.example.org"}
    [(methode, evenement)] = lus.values()
    assert (methode, evenement.status.value) == ("CANCEL", "CANCELLED")


def test_typed_addresses_are_kept_nowhere(
    petit_reseau: PetitReseau, reunion: Rencontre, boite: Boite
) -> None:
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 — needs the applications

    from maillage.web.journal.models import Evenement  # noqa: PLC0415 — needs the applications

    client_de(petit_reseau, "delegation").post(
        f"{RACINE}{reunion.pk}/inviter/", {"adresses": "dehors@exemple.example.org"}
    )
    assert [a for _, a, _ in boite.recus] == ["dehors@exemple.example.org"]
    gardes = [*DBTaskResult.objects.values_list("args_kwargs", flat=True)]
    gardes += [*Evenement.objects.values_list("details", flat=True)]
    assert "dehors" not in str(gardes)


def test_all_that_keeps_an_invitation_from_leaving_is_told_at_once(
    petit_reseau: PetitReseau, boite: Boite
) -> None:
    rencontre = make_rencontre(precision="mois", statut="prevue")
    client = client_de(petit_reseau, "delegation")
    adresse = f"{RACINE}{rencontre.pk}/inviter/"
    page = client.post(adresse, {"adresses": ""}).content.decode()
    assert "Le jour de la rencontre n’est pas connu" in page
    assert "Il n’y a personne à qui écrire" in page
    page = client.post(adresse, {"adresses": "pas-une-adresse\nencore, moins"}).content.decode()
    assert page.count("n’est pas une adresse e-mail") >= 3
    assert boite.recus == []
    rencontre.refresh_from_db()
    assert rencontre.sequence == 0


def test_a_refused_address_is_told_and_an_account_is_tried_again(
    petit_reseau: PetitReseau, reunion: Rencontre, boite: Boite, travail: Callable[[], None]
) -> None:
    boite.refus = {
        "dehors@exemple.example.org": "550 inconnue",
        "partenaire@reseau.example.org": "451 plus tard",
    }
    answer = client_de(petit_reseau, "delegation").post(
        f"{RACINE}{reunion.pk}/inviter/", {"adresses": "dehors@exemple.example.org"}, follow=True
    )
    assert "n’a pas pu partir vers dehors@exemple.example.org" in answer.content.decode()
    travail()
    assert [a for _, a, _ in boite.recus] == ["conseil@reseau.example.org"]
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 — needs the applications

    attend = DBTaskResult.objects.get(status="READY")
    assert attend.args_kwargs["args"][2] == [petit_reseau.personnes["partenaire"].pk]
