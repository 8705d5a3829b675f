"""People: who sees them, who invites them, who gives and ends which role."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.urls import reverse
from factories.membres import DEBUT, client_de, make_utilisateur

from maillage.kernel.errors import SaisieInvalide
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.permissions import Role
from maillage.web.journal.models import Evenement
from maillage.web.network.mandats import load_acteur
from maillage.web.network.models import Rattachement
from maillage.web.network.roles import (
    ROLES_PAR_NATURE,
    attach,
    end_role,
    givable_roles,
    give_role,
    invite_person,
    rename_person,
)

if TYPE_CHECKING:
    from factories.membres import PetitReseau
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from maillage.web.droits.acteur import Acteur
    from maillage.web.network.models import Organisation

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
JOUR = date(2025, 6, 1)


def acteur_de(petit: PetitReseau, role: str) -> Acteur:
    return load_acteur(petit.personnes[role].pk, JOUR)


def page_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("qui", "ou", "donnes"),
    [
        ("administration", "reseau", {"administration", "delegation", "conseil"}),
        ("administration", "structure", {"direction", "equipe"}),
        ("administration", "bretagne", {"delegation_regionale"}),
        ("administration", "partenaire", {"partenaire"}),
        ("delegation", "reseau", {"delegation", "conseil"}),
        ("delegation", "lointaine", {"direction", "equipe"}),
        ("delegation_regionale", "structure", set()),
        ("direction", "structure", {"direction", "equipe"}),
        ("direction", "voisine", set()),
        ("direction", "reseau", set()),
        ("equipe", "structure", set()),
        ("conseil", "structure", set()),
        ("partenaire", "partenaire", set()),
    ],
)
def test_who_gives_which_role_where(
    petit_reseau: PetitReseau, qui: str, ou: str, donnes: set[str]
) -> None:
    organisation: Organisation = getattr(petit_reseau, ou)
    assert {*givable_roles(acteur_de(petit_reseau, qui), organisation)} == donnes


def test_every_role_exists_somewhere_and_only_there() -> None:
    partout = [role for roles in ROLES_PAR_NATURE.values() for role in roles]
    assert sorted(partout) == sorted(Role)


@pytest.mark.parametrize(
    ("qui", "role", "ou", "code"),
    [
        ("direction", Role.DELEGATION, "reseau", "MLG-ORG-081"),
        ("direction", Role.ADMINISTRATION, "structure", "MLG-ORG-080"),
        ("direction", Role.EQUIPE, "voisine", "MLG-ORG-081"),
        ("delegation", Role.ADMINISTRATION, "reseau", "MLG-ORG-081"),
        ("administration", Role.PARTENAIRE, "structure", "MLG-ORG-080"),
    ],
)
def test_a_role_beyond_ones_own_is_refused_with_its_reason(
    petit_reseau: PetitReseau, qui: str, role: Role, ou: str, code: str
) -> None:
    personne = petit_reseau.personnes["sans rôle"]
    with pytest.raises(SaisieInvalide, match=code):
        give_role(
            personne,
            getattr(petit_reseau, ou),
            role,
            depuis=JOUR,
            fonction="",
            acteur=acteur_de(petit_reseau, qui),
        )
    assert not Rattachement.objects.filter(utilisateur=personne).exists()


def test_nobody_gives_a_role_to_themselves(petit_reseau: PetitReseau) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-ORG-082"):
        give_role(
            petit_reseau.personnes["administration"],
            petit_reseau.structure,
            Role.DIRECTION,
            depuis=JOUR,
            fonction="",
            acteur=acteur_de(petit_reseau, "administration"),
        )


def test_nobody_ends_their_own_role(petit_reseau: PetitReseau) -> None:
    sien = Rattachement.objects.get(utilisateur=petit_reseau.personnes["administration"])
    with pytest.raises(SaisieInvalide, match="MLG-ORG-084"):
        end_role(sien, le=JOUR, acteur=acteur_de(petit_reseau, "administration"))
    sien.refresh_from_db()
    assert sien.date_fin is None


def test_a_role_held_is_not_given_twice(petit_reseau: PetitReseau) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-ORG-083"):
        give_role(
            petit_reseau.personnes["equipe"],
            petit_reseau.structure,
            Role.EQUIPE,
            depuis=JOUR,
            fonction="",
            acteur=acteur_de(petit_reseau, "direction"),
        )


def test_a_director_invites_somebody_new(
    petit_reseau: PetitReseau,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    adresse = reverse("organisation-inviter", args=[petit_reseau.structure.pk])
    client = client_de(petit_reseau, "direction")
    choix = page_of(client.get(adresse))
    assert "équipe d’une structure" in choix
    assert "délégation nationale</option>" not in choix
    saisie = {
        "email": "Nouvelle@structure.example.org",
        "prenom": "Alix",
        "nom": "Exemple",
        "role": "equipe",
        "fonction": "comptable",
        "date_debut": "2025-06-01",
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(adresse, saisie)
    personne = Utilisateur.objects.get(email="nouvelle@structure.example.org")
    assert answer["Location"] == reverse("personne", args=[personne.pk])
    assert not personne.has_usable_password()
    [message] = mail.outbox
    assert message.to == [personne.email]
    assert "/compte/invitation/" in message.body
    lien = message.body.split("127.0.0.1:8000")[-1].split()[0]
    assert "Bienvenue, Alix Exemple" in page_of(client_de(petit_reseau, "visiteur").get(lien))
    # nothing personal in the trail
    for ligne in Evenement.objects.all():
        assert "nouvelle" not in f"{ligne.details}{ligne.objet_nom}".lower()


def test_somebody_known_gets_the_role_without_a_message(
    petit_reseau: PetitReseau,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        rattachement, is_invited = invite_person(
            petit_reseau.voisine,
            Role.DIRECTION,
            identite={"email": "equipe@reseau.example.org", "prenom": "X", "nom": "Y"},
            depuis=JOUR,
            fonction="",
            acteur=acteur_de(petit_reseau, "delegation"),
        )
    assert (is_invited, mail.outbox) == (False, [])
    assert rattachement.utilisateur == petit_reseau.personnes["equipe"]
    assert rattachement.utilisateur.nom == "Equipe"  # a known person keeps their name


def test_the_form_tells_what_the_rule_refuses(petit_reseau: PetitReseau) -> None:
    adresse = reverse("organisation-inviter", args=[petit_reseau.structure.pk])
    saisie = {
        "email": "equipe@reseau.example.org",
        "role": "equipe",
        "date_debut": "2025-06-01",
    }
    page = page_of(client_de(petit_reseau, "direction").post(adresse, saisie))
    assert "a déjà le rôle" in page
    page = page_of(client_de(petit_reseau, "direction").post(adresse, {"role": "delegation"}))
    assert "Sélectionnez un choix valide" in page


def test_a_role_ends_on_a_day_and_stays_in_the_history(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "direction")
    role = Rattachement.objects.get(utilisateur=petit_reseau.personnes["equipe"])
    adresse = reverse("rattachement-terminer", args=[role.pk])
    avant = page_of(client.post(adresse, {"date_fin": str(DEBUT - timedelta(days=1))}))
    assert "ne peut pas finir" in avant
    client.post(adresse, {"date_fin": "2025-01-31"})
    role.refresh_from_db()
    assert role.date_fin == date(2025, 1, 31)
    assert load_acteur(role.utilisateur_id, date(2025, 1, 31)).mandats
    assert not load_acteur(role.utilisateur_id, date(2025, 2, 1)).mandats
    fiche = page_of(client.get(reverse("personne", args=[role.utilisateur_id])))
    assert "31/01/2025" in fiche
    assert "N’a aucun rôle aujourd’hui" in fiche


def test_a_director_sees_of_a_person_only_their_own_structure(petit_reseau: PetitReseau) -> None:
    personne = petit_reseau.personnes["equipe"]
    attach(personne, petit_reseau.lointaine, Role.DIRECTION, depuis=DEBUT, by=None)
    fiche = reverse("personne", args=[personne.pk])
    page = page_of(client_de(petit_reseau, "direction").get(fiche))
    assert "Coup de pouce" in page
    assert "Les Cimes" not in page
    assert "Les Cimes" in page_of(client_de(petit_reseau, "administration").get(fiche))
    with pytest.raises(SaisieInvalide, match="MLG-ORG-086"):
        rename_person(personne, prenom="A", nom="B", acteur=acteur_de(petit_reseau, "direction"))


def test_a_name_is_corrected(petit_reseau: PetitReseau) -> None:
    personne = petit_reseau.personnes["equipe"]
    adresse = reverse("personne-renommer", args=[personne.pk])
    client_de(petit_reseau, "direction").post(adresse, {"prenom": " Alix ", "nom": "Exemple"})
    personne.refresh_from_db()
    assert personne.nom_complet == "Alix Exemple"


def test_an_invitation_is_sent_again_to_who_has_not_opened_their_account(
    petit_reseau: PetitReseau,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client = client_de(petit_reseau, "direction")
    personne = petit_reseau.personnes["equipe"]
    adresse = reverse("personne-inviter", args=[personne.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(adresse)
        client.post(adresse)
    assert len(mail.outbox) == 2
    assert personne.invitations.count() == 2
    personne.set_password("une phrase assez longue")
    personne.save()
    answer = client.post(adresse)
    assert answer.status_code == 400
    assert "MLG-ORG-087" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "attendus", "absents"),
    [
        ("", ["Direction", "Lointain"], []),
        ("?q=equipe", ["Equipe"], ["Direction"]),
        ("?q=DIRÉCTION", ["Direction"], ["Equipe"]),
        ("?role=direction", ["Direction"], ["Equipe"]),
        ("?role=sans_role", ["Sans-role"], ["Direction"]),
        ("?q=zzz", ["Personne ne répond"], ["Direction"]),
    ],
)
def test_people_are_searched_by_name_and_role(
    petit_reseau: PetitReseau, query: str, attendus: list[str], absents: list[str]
) -> None:
    lointain = make_utilisateur("lointain")
    attach(lointain, petit_reseau.lointaine, Role.EQUIPE, depuis=DEBUT, by=None)
    page = page_of(client_de(petit_reseau, "delegation").get(f"/reseau/personnes/{query}"))
    assert [nom for nom in attendus if nom not in page] == []
    assert [nom for nom in absents if f"Prénom {nom}<" in page] == []


def test_a_director_lists_only_their_team(petit_reseau: PetitReseau) -> None:
    lointain = make_utilisateur("lointain")
    attach(lointain, petit_reseau.lointaine, Role.EQUIPE, depuis=DEBUT, by=None)
    page = page_of(client_de(petit_reseau, "direction").get("/reseau/personnes/"))
    assert "2\u00a0personnes" in page
    assert "Lointain" not in page
    answer = client_de(petit_reseau, "direction").get("/reseau/personnes/?role=x")
    assert (answer.status_code, "MLG-ORG-006" in answer.content.decode()) == (400, True)


def test_the_table_of_rights_is_shown_in_french(petit_reseau: PetitReseau) -> None:
    page = page_of(client_de(petit_reseau, "administration").get("/reseau/droits/"))
    assert "Donner ou retirer un consentement" in page
    assert "son organisation" in page
    assert client_de(petit_reseau, "equipe").get("/reseau/droits/").status_code == 403
