"""Keeping a meeting: planned, filled, changed by two people at once, held, called off, reported on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from factories.membres import client_de
from factories.parutions import make_publication, publish
from factories.rencontres import (
    LE_JOUR,
    make_charge,
    make_espace,
    make_participant,
    make_point,
    make_rencontre,
)

from maillage.kernel.errors import SaisieInvalide
from maillage.web.dialogue.models import Portage, Proposition, Rencontre, VersionPoint
from maillage.web.dialogue.rencontres.actions import fiche
from maillage.web.dialogue.rencontres.actions.points import ConflitDePoint, save_point
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau

RACINE = "/dialogue/rencontres/"
FICHE: dict[str, Any] = {
    "titre": "Échange avec le cabinet",
    "forme": "reunion",
    "date": "2022-06-28",
    "precision": "jour",
    "initiative": "interlocuteur",
    "demandee_par": "le cabinet",
    "niveau": "france",
    "visibilite": "adherents",
}


@pytest.fixture
def secretaire(petit_reseau: PetitReseau) -> Client:
    """The browser of the secretary general."""
    return client_de(petit_reseau, "delegation")


def lignes(*personnes: dict[str, Any], connues: int = 0) -> dict[str, Any]:
    """The form of participants, filled."""
    envoi: dict[str, Any] = {"form-TOTAL_FORMS": len(personnes), "form-INITIAL_FORMS": connues}
    for rang, personne in enumerate(personnes):
        envoi |= {f"form-{rang}-{champ}": valeur for champ, valeur in personne.items()}
    return envoi


def test_a_meeting_is_planned_with_an_office_and_keeps_the_name_of_that_day(
    secretaire: Client,
) -> None:
    charge = make_charge(
        "ministre du Travail",
        ("Première Titulaire", date(2020, 7, 6), date(2022, 5, 19)),
        ("Second Titulaire", date(2022, 5, 20), None),
    )
    answer = secretaire.post(f"{RACINE}nouvelle/", FICHE)
    rencontre = Rencontre.objects.get()
    assert answer["Location"] == f"{RACINE}{rencontre.pk}/participants/"
    personnes = (
        {"cote": "interlocuteur", "charge_id": "ministre du Travail"},
        {"cote": "reseau", "nom": "", "compte": "conseil@reseau.example.org"},
    )
    assert secretaire.post(answer["Location"], lignes(*personnes)).status_code == 302
    ministre, president = rencontre.participants.order_by("id")
    assert (ministre.nom, ministre.fonction) == ("Second Titulaire", "ministre du Travail")
    assert president.utilisateur is not None
    assert president.nom == "Prénom Conseil"

    charge.titulaires.filter(date_fin__isnull=True).update(date_fin=date(2022, 7, 1))
    charge.titulaires.create(nom="Troisième Titulaire", date_debut=date(2022, 7, 2))
    page = secretaire.get(f"{RACINE}{rencontre.pk}/").content.decode()
    assert "Second Titulaire, ministre du Travail" in page
    assert "Troisième" not in page
    assert "Non comptée au répertoire" in page
    assert "L’interlocuteur l’a demandée" in page


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(secretaire: Client) -> None:
    faux = FICHE | {
        "titre": "",
        "date": "",
        "heure_fin": "10:00",
        "territoire": "Nulle-Part-sur-Rien",
    }
    answer = secretaire.post(f"{RACINE}nouvelle/", faux)
    page = answer.content.decode()
    assert answer.status_code == 200
    for morceau in ("Écrivez une date", "à quelle heure elle commence", "De quel niveau".lower()):
        assert morceau in page.lower() or morceau in page
    assert not Rencontre.objects.exists()


@pytest.mark.parametrize(
    ("precision", "dit"), [("jour", "28 juin 2022"), ("mois", "juin 2022"), ("annee", "2022")]
)
def test_a_date_is_told_as_precisely_as_it_is_known(
    secretaire: Client, precision: str, dit: str
) -> None:
    secretaire.post(f"{RACINE}nouvelle/", FICHE | {"precision": precision})
    rencontre = Rencontre.objects.get()
    page = secretaire.get(f"{RACINE}{rencontre.pk}/").content.decode()
    assert f"<dd>{dit}</dd>" in page
    if precision != "jour":
        assert "28 juin" not in page


def test_a_regional_delegate_stays_within_the_region(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation_regionale")
    for territoire, is_admis in (("Isère", False), ("", False), ("Ille-et-Vilaine", True)):
        envoi = FICHE | {
            "niveau": "departement" if territoire else "france",
            "territoire": territoire,
        }
        client.post(f"{RACINE}nouvelle/", envoi)
        assert Rencontre.objects.exists() is is_admis, territoire
    assert Rencontre.objects.get().region == petit_reseau.structure.region


def test_a_meeting_takes_the_territoire_of_its_place(secretaire: Client) -> None:
    espace = make_espace(niveau="departement", territoire="35", region="53")
    secretaire.post(f"{RACINE}nouvelle/", FICHE | {"espace": espace.pk})
    rencontre = Rencontre.objects.get()
    assert (rencontre.niveau, rencontre.territoire, rencontre.region) == ("departement", "35", "53")


def test_of_two_who_save_the_same_meeting_the_second_sees_both(secretaire: Client) -> None:
    rencontre = make_rencontre("Avant", date=LE_JOUR)
    envoi = FICHE | {"base": rencontre.revision, "titre": "Le premier", "lieu": "Paris"}
    assert secretaire.post(f"{RACINE}{rencontre.pk}/modifier/", envoi).status_code == 302
    second = envoi | {"titre": "Le second"}
    answer = secretaire.post(f"{RACINE}{rencontre.pk}/modifier/", second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Le premier" in page
    assert "Le second" in page
    rencontre.refresh_from_db()
    assert rencontre.titre == "Le premier"
    # the form that came back is opened at the state that was shown: saving it is a choice
    envoi = second | {"base": rencontre.revision}
    assert secretaire.post(f"{RACINE}{rencontre.pk}/modifier/", envoi).status_code == 302


def test_a_meeting_is_called_off_with_its_reason_and_nothing_disappears(secretaire: Client) -> None:
    rencontre = make_rencontre(statut="prevue")
    adresse = f"{RACINE}{rencontre.pk}/annuler/"
    assert secretaire.post(adresse, {"motif": ""}).status_code == 200
    secretaire.post(adresse, {"motif": "le cabinet a changé"})
    page = secretaire.get(f"{RACINE}{rencontre.pk}/").content.decode()
    assert "le cabinet a changé" in page
    assert "La rencontre n’a pas eu lieu" in page
    with pytest.raises(SaisieInvalide, match="MLG-DIA-201"):
        fiche.set_statut(rencontre, "annulee", by=None)
    secretaire.post(f"{RACINE}{rencontre.pk}/statut/", {"statut": "prevue"})
    rencontre.refresh_from_db()
    assert (rencontre.statut, rencontre.motif_annulation) == ("prevue", "")


def test_each_state_of_an_item_is_frozen(secretaire: Client) -> None:
    rencontre = make_rencontre()
    point = make_point(rencontre, "premier jet")
    adresse = f"{RACINE}{rencontre.pk}/points/{point.pk}/"
    envoi = {"base": 1, "nature": "declaration", "texte": "second jet", "visibilite": "espace"}
    assert secretaire.post(adresse, envoi).status_code == 302
    secretaire.post(adresse, {"geste": "retirer"})
    textes = [v.contenu["texte"] for v in point.versions.order_by("revision")]
    assert textes == ["premier jet", "second jet", "second jet"]
    histoire = secretaire.get(f"{adresse}histoire/").content.decode()
    assert "premier jet" in histoire
    assert "retiré" in histoire
    assert "second jet" not in secretaire.get(f"{RACINE}{rencontre.pk}/").content.decode()
    version = VersionPoint.objects.first()
    assert version is not None
    for geste in (version.delete, lambda: VersionPoint.objects.update(contenu={})):
        with pytest.raises(DatabaseError), transaction.atomic():
            geste()


def test_two_people_who_change_different_things_both_hold(petit_reseau: PetitReseau) -> None:
    del petit_reseau
    point = make_point(make_rencontre(), "texte")
    save_point(point, contenu={"texte": "autre texte"}, base=1, by=1)
    apres = save_point(point, contenu={"visibilite": "public", "texte": "texte"}, base=1, by=2)
    assert (apres.texte, apres.visibilite, apres.revision) == ("autre texte", "public", 3)


def test_two_people_who_change_the_same_thing_lose_nothing(secretaire: Client) -> None:
    rencontre = make_rencontre()
    point = make_point(rencontre, "texte")
    save_point(point, contenu={"texte": "celui de Paul"}, base=1, by=1)
    with pytest.raises(ConflitDePoint):
        save_point(point, contenu={"texte": "celui d’Ana"}, base=1, by=2)
    envoi = {"base": 1, "nature": "note", "texte": "celui d’Ana", "visibilite": "interne"}
    adresse = f"{RACINE}{rencontre.pk}/points/{point.pk}/"
    answer = secretaire.post(adresse, envoi)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "celui de Paul" in page
    assert page.count("celui d’Ana") == 2  # beside the other, and in the form
    point.refresh_from_db()
    assert point.texte == "celui de Paul"


def test_an_item_withdrawn_meanwhile_is_a_conflict(petit_reseau: PetitReseau) -> None:
    del petit_reseau
    point = make_point(make_rencontre(), "texte")
    save_point(point, contenu={"retire": True}, base=1, by=1)
    with pytest.raises(ConflitDePoint):
        save_point(point, contenu={"texte": "écrit sans savoir"}, base=1, by=2)


def test_who_reads_what_is_decided_on_one_page(secretaire: Client) -> None:
    rencontre = make_rencontre()
    ouvert, ferme = make_point(rencontre, "à ouvrir"), make_point(rencontre, "à garder")
    adresse = f"{RACINE}{rencontre.pk}/partage/"
    assert "2\u00a0points, dont 2\u00a0internes" in secretaire.get(adresse).content.decode()
    envoi = {
        f"visibilite-{ouvert.pk}": "espace",
        f"base-{ouvert.pk}": 1,
        f"visibilite-{ferme.pk}": "interne",
        f"base-{ferme.pk}": 1,
    }
    secretaire.post(adresse, envoi)
    ouvert.refresh_from_db()
    ferme.refresh_from_db()
    assert (ouvert.visibilite, ouvert.revision) == ("espace", 2)
    assert (ferme.visibilite, ferme.revision) == ("interne", 1)


def test_a_position_tied_to_a_proposal_says_where_it_was_carried(secretaire: Client) -> None:
    rencontre = make_rencontre()
    proposition = Proposition.objects.create(titre="Consolider le modèle", visibilite="public")
    point = make_point(rencontre, "Nous la portons", nature="position", proposition=proposition.pk)
    portage = Portage.objects.get()
    assert (portage.rencontre, portage.date) == (rencontre, LE_JOUR)
    page = secretaire.get(f"{RACINE}{rencontre.pk}/").content.decode()
    assert "Consolider le modèle" in page
    save_point(point, contenu={"proposition": None}, base=1, by=None)
    assert not Portage.objects.exists()
    save_point(point, contenu={"proposition": proposition.pk}, base=2, by=None)
    Portage.objects.update(reponse="une réponse")
    save_point(point, contenu={"proposition": None}, base=3, by=None)
    assert Portage.objects.exists()


def test_a_proposal_that_is_not_shared_is_not_named(petit_reseau: PetitReseau) -> None:
    rencontre = make_rencontre(visibilite="public")
    proposition = Proposition.objects.create(titre="Proposition secrète")
    make_point(
        rencontre,
        "Une position",
        nature="position",
        visibilite="public",
        proposition=proposition.pk,
    )
    page = client_de(petit_reseau, "equipe").get(f"{RACINE}{rencontre.pk}/").content.decode()
    assert "Une position" in page
    assert "secrète" not in page


def test_an_answer_stands_under_its_question_and_alone_without_it(
    petit_reseau: PetitReseau,
) -> None:
    rencontre = make_rencontre(visibilite="public")
    question = make_point(rencontre, "Combien de postes ?", nature="question")
    make_point(
        rencontre, "Réponse donnée", nature="reponse", en_reponse_a=question.pk, visibilite="public"
    )
    adresse = f"{RACINE}{rencontre.pk}/"
    tout = client_de(petit_reseau, "delegation").get(adresse).content.decode()
    assert tout.index("Combien de postes") < tout.index("Réponse donnée")
    public = client_de(petit_reseau, "visiteur").get(adresse).content.decode()
    assert "Réponse donnée" in public
    assert "Combien" not in public


@pytest.mark.parametrize(
    ("initiative", "statut", "dit"),
    [
        ("interlocuteur", "tenue", "Non comptée"),
        ("statutaire", "tenue", "Non comptée"),
        ("reseau", "tenue", "Comptée"),
        ("reseau", "prevue", "Sera comptée"),
        ("interlocuteur", "prevue", "Non comptée"),
        ("reseau", "annulee", "Non comptée"),
        ("commune", "tenue", "On ne peut pas encore dire"),
        ("inconnue", "tenue", "On ne peut pas encore dire"),
    ],
)
def test_the_page_says_whether_it_counts_for_the_register(
    petit_reseau: PetitReseau, initiative: str, statut: str, dit: str
) -> None:
    rencontre = make_rencontre(initiative=initiative, statut=statut, visibilite="public")
    make_participant(rencontre, "Une personne", charge=make_charge("conseiller"))
    adresse = f"{RACINE}{rencontre.pk}/"
    page = client_de(petit_reseau, "conseil").get(adresse).content.decode()
    assert f"<dd>{dit}" in page
    assert "répertoire" not in client_de(petit_reseau, "visiteur").get(adresse).content.decode()


def test_a_publication_and_its_meeting_lead_to_each_other(
    petit_reseau: PetitReseau, secretaire: Client
) -> None:
    auteur = petit_reseau.personnes["delegation"]
    publication = make_publication(auteur)
    publish(publication, auteur)
    publication.refresh_from_db()
    ouverte, interne = make_rencontre("Ouverte", visibilite="public"), make_rencontre("Interne")
    for rencontre in (ouverte, interne):
        adresse = f"{RACINE}{rencontre.pk}/publications/"
        secretaire.post(adresse, {"publications": [publication.pk]})
    for role, vues in (("visiteur", {"Ouverte"}), ("delegation", {"Ouverte", "Interne"})):
        client = client_de(petit_reseau, role)
        page = client.get(f"/publications/{publication.slug}/").content.decode()
        liens = {r.titre for r in (ouverte, interne) if f"{RACINE}{r.pk}/" in page}
        assert liens == vues
    page = client_de(petit_reseau, "visiteur").get(f"{RACINE}{ouverte.pk}/").content.decode()
    assert f"/publications/{publication.slug}/" in page


def test_the_trail_tells_what_was_done_and_names_nobody(secretaire: Client) -> None:
    secretaire.post(f"{RACINE}nouvelle/", FICHE)
    rencontre = Rencontre.objects.get()
    personnes = ({"cote": "interlocuteur", "nom": "Camille Personne"},)
    secretaire.post(f"{RACINE}{rencontre.pk}/participants/", lignes(*personnes))
    gestes = list(
        Evenement.objects.filter(action__startswith="rencontre.").values_list("action", flat=True)
    )
    assert set(gestes) == {"rencontre.creer", "rencontre.participants"}
    details = str(list(Evenement.objects.values_list("details", "objet_nom")))
    assert "Camille" not in details


def test_a_document_is_an_address_or_a_file_not_both(secretaire: Client) -> None:
    rencontre = make_rencontre()
    adresse = f"{RACINE}{rencontre.pk}/documents/"
    envoi = {"titre": "Ordre du jour", "visibilite": "espace"}
    assert "l’un des deux" in secretaire.post(adresse, envoi).content.decode()
    envoi["url"] = "https://exemple.example.org/ordre.pdf"
    assert secretaire.post(adresse, envoi).status_code == 302
    document = rencontre.documents.get()
    page = secretaire.get(f"{RACINE}{rencontre.pk}/").content.decode()
    assert "https://exemple.example.org/ordre.pdf" in page
    secretaire.post(f"{adresse}{document.pk}/", {"visibilite": "public"})
    document.refresh_from_db()
    assert document.visibilite == "public"
    secretaire.post(f"{adresse}{document.pk}/", {"geste": "enlever"})
    assert "ordre.pdf" not in secretaire.get(f"{RACINE}{rencontre.pk}/").content.decode()
