"""Joining two records of one organisation or of one person: shown before, whole, and with its history."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone
from factories.fichiers_reseau import sirets_of
from factories.membres import DEBUT, client_de, make_structure, make_utilisateur
from factories.parutions import make_publication
from factories.questionnaires import answer, make_questionnaire_ouvert, nombre

from maillage.kernel.errors import SaisieInvalide
from maillage.web.accounts.models import Utilisateur
from maillage.web.administration.actions import reopen_compte
from maillage.web.administration.reunion import organisations, personnes
from maillage.web.droits.permissions import Role
from maillage.web.journal.models import Evenement
from maillage.web.network import actions
from maillage.web.network.echange import depots
from maillage.web.network.models import (
    Adhesion,
    Consentement,
    Convention,
    CotisationAnnuelle,
    LienRegistre,
    Organisation,
    Rattachement,
)
from maillage.web.network.roles import attach
from maillage.web.pilotage.models import LienStructure
from maillage.web.publications.models import Abonnement

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")


def related(modele: Any) -> set[str]:
    """Names of what points to a model; the model itself where it gives no name."""
    liens = [r for r in modele._meta.get_fields(include_hidden=True) if r.auto_created]
    return {
        r.related_model._meta.label if r.hidden else r.get_accessor_name()
        for r in liens
        if not r.concrete
    }


def test_nothing_that_hangs_on_an_organisation_is_forgotten() -> None:
    assert related(Organisation) == organisations.RELATIONS


def test_nothing_that_hangs_on_a_person_is_forgotten() -> None:
    histoire = {"publications.Etape", "publications.Saisie", "publications.Envoi"}
    histoire |= {"rappels_dialogue"}
    connues = {nom.removesuffix("_set") for nom in related(Utilisateur)}
    assert connues == personnes.DEPLACEES | personnes.FERMEES | histoire


def join(client: Client, route: str, garde: Any, autre: Any) -> Any:
    """As on the screen: what is shown, then the button."""
    adresse = reverse(route, args=[garde.pk])
    page = client.get(adresse, {"avec": autre.pk}).content.decode()
    empreinte = page.split('name="empreinte" value="')[1].split('"')[0]
    return client.post(adresse, {"avec": autre.pk, "empreinte": empreinte})


@pytest.fixture
def doublon(petit_reseau: PetitReseau) -> Organisation:
    """A second record of « Coup de pouce », without a SIREN, with a life of its own."""
    doublon = make_structure("Coup de pouce (ancien)", "100000033", "53", "35")
    doublon.siren, doublon.telephone = "", "02 00 00 00 00"
    doublon.save()
    siret = sirets_of("100000009", 2)[1]
    Convention.objects.filter(organisation=doublon).update(siret=siret)
    structure = petit_reseau.structure
    Adhesion.objects.filter(organisation=doublon).update(
        date_debut=date(2020, 1, 1), date_fin=date(2024, 6, 30)
    )
    for annee, porteur in ((2023, doublon), (2024, doublon), (2024, structure)):
        CotisationAnnuelle.objects.create(
            organisation=porteur, annee=annee, statut="reglee", date_statut=DEBUT
        )
    Consentement.objects.create(organisation=structure, usage="panel", accorde=False)
    Consentement.objects.create(organisation=doublon, usage="panel", accorde=True)
    Consentement.objects.create(organisation=doublon, usage="statistiques", accorde=True)
    LienRegistre.objects.create(
        organisation=doublon, siret="10000000900017", kind="AI", is_confirme=True, raison="essai"
    )
    LienRegistre.objects.create(
        organisation=structure, siret="10000000900017", kind="AI", is_confirme=False, raison="essai"
    )
    for is_confirme, asp_id, organisation in (
        (True, 1, doublon),
        (False, 1, structure),
        (False, 2, doublon),
        (True, 2, structure),
    ):
        LienStructure.objects.create(
            organisation=organisation, asp_id=asp_id, type_siae="AI", is_confirme=is_confirme
        )
    direction = petit_reseau.personnes["direction"]
    attach(direction, doublon, Role.DIRECTION, depuis=date(2021, 5, 1), by=None)
    attach(make_utilisateur("seul"), doublon, Role.EQUIPE, depuis=DEBUT, by=None)
    answer(make_questionnaire_ouvert(), doublon, {"personnes": nombre(4)})
    return doublon


def test_two_records_of_an_organisation_become_one(
    petit_reseau: PetitReseau, doublon: Organisation
) -> None:
    garde, client = petit_reseau.structure, client_de(petit_reseau, "delegation")
    choix = client.get(reverse("organisation-reunir", args=[garde.pk])).content.decode()
    assert f"?avec={doublon.pk}" in choix
    page = client.get(reverse("organisation-reunir", args=[garde.pk]), {"avec": doublon.pk})
    texte = unescape(page.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")
    for mots in (
        "1 convention<",
        "2 rôles de personnes",
        "depuis le 01/01/2020",
        "cotisations 2023<",
        "cotisations 2024<",
        "c’est un refus, à redemander",
        "téléphone : 02 00 00 00 00",
    ):
        assert mots in texte, mots
    assert Convention.objects.filter(organisation=doublon).count() == 1  # nothing is done yet
    assert join(client, "organisation-reunir", garde, doublon).status_code == 302
    garde.refresh_from_db()
    doublon.refresh_from_db()
    assert (garde.telephone, garde.siren) == ("02 00 00 00 00", "100000009")
    assert (doublon.is_archived, doublon.reunie_a, doublon.nom) == (
        True,
        garde,
        "Coup de pouce (ancien)",
    )
    assert garde.conventions.count() == 2
    assert list(garde.adhesions.values_list("date_debut", "date_fin")) == [(date(2020, 1, 1), None)]
    assert list(garde.cotisations.values_list("annee", flat=True)) == [2024, 2023]
    assert garde.liens_registre.get().is_confirme
    assert [(x.asp_id, x.is_confirme) for x in garde.liens_structure.all()] == [
        (1, True),
        (2, True),
    ]
    assert garde.reponses_questionnaire.count() == 1
    # nobody supposes a consent: two answers that contradict each other are a refusal
    panel = garde.consentements.filter(usage="panel")
    assert [c.accorde for c in panel] == [False, True, False]
    assert garde.consentements.get(usage="statistiques").accorde
    direction = garde.rattachements.get(role="direction")
    assert (direction.date_debut, direction.date_fin) == (date(2021, 5, 1), None)
    assert garde.rattachements.filter(role="equipe").count() == 2
    for modele in (Convention, Adhesion, CotisationAnnuelle, Consentement, Rattachement):
        assert not modele.objects.filter(organisation=doublon).exists()
    ligne = Evenement.objects.get(action="organisation.reunir")
    assert (ligne.objet_id, ligne.details["reunie"]) == (str(garde.pk), doublon.pk)
    # the old record leads to the new one, and does not come back
    ancienne = client.get(reverse("organisation", args=[doublon.pk])).content.decode()
    assert reverse("organisation", args=[garde.pk]) in ancienne
    assert reverse("organisation-archiver", args=[doublon.pk]) not in ancienne
    with pytest.raises(SaisieInvalide, match="MLG-ORG-095"):
        actions.restore_organisation(doublon, by=None)
    # the file of members goes out and comes back without any change
    texte = depots.export_text("organisations")
    un_plan = depots.plan_bytes("organisations", texte.encode(), None)
    assert {ligne.sort.value for ligne in un_plan.lignes} == {"inchangée"}


def test_what_cannot_be_joined_is_told_whole_and_nothing_is_written(
    petit_reseau: PetitReseau, doublon: Organisation
) -> None:
    client, garde = client_de(petit_reseau, "administration"), petit_reseau.structure
    CotisationAnnuelle.objects.filter(organisation=doublon, annee=2024).update(statut="exoneree")
    answer(make_questionnaire_ouvert(), garde, {"personnes": nombre(5)})
    doublon.siren = "100000033"
    doublon.save()
    Convention.objects.filter(organisation=doublon).update(siret="10000003300017")
    adresse = reverse("organisation-reunir", args=[garde.pk])
    reponse = client.post(adresse, {"avec": doublon.pk, "empreinte": "x"})
    page = reponse.content.decode()
    assert reponse.status_code == 400
    for code in ("MLG-ADM-044", "MLG-ADM-045", "MLG-ADM-046", "MLG-ADM-049"):
        assert code in page
    assert "Réunir les deux fiches</button>" not in page
    partenaire = {"avec": petit_reseau.partenaire.pk}
    assert "MLG-ADM-043" in client.get(adresse, partenaire).content.decode()
    assert "MLG-ADM-042" in client.get(adresse, {"avec": garde.pk}).content.decode()
    assert client.get(adresse, {"avec": "99999"}).status_code == 404
    assert doublon.conventions.count() == 1
    assert not Evenement.objects.filter(action="organisation.reunir").exists()


def test_what_was_shown_is_what_is_done(petit_reseau: PetitReseau, doublon: Organisation) -> None:
    client = client_de(petit_reseau, "delegation")
    adresse = reverse("organisation-reunir", args=[petit_reseau.structure.pk])
    vue = client.get(adresse, {"avec": doublon.pk}).content.decode()
    empreinte = vue.split('name="empreinte" value="')[1].split('"')[0]
    attach(make_utilisateur("arrivee"), doublon, Role.EQUIPE, depuis=DEBUT, by=None)
    reponse = client.post(adresse, {"avec": doublon.pk, "empreinte": empreinte})
    assert "MLG-ADM-041" in reponse.content.decode()
    doublon.refresh_from_db()
    assert doublon.reunie_a is None


def test_two_accounts_of_a_person_become_one(petit_reseau: PetitReseau) -> None:
    garde = petit_reseau.personnes["equipe"]
    autre = Utilisateur.objects.create_user("ancienne@reseau.example.org", prenom="P", nom="Equipe")
    attach(autre, petit_reseau.structure, Role.EQUIPE, depuis=date(2020, 1, 1), by=None)
    attach(autre, petit_reseau.voisine, Role.DIRECTION, depuis=DEBUT, by=None)
    Abonnement.objects.create(utilisateur=autre, frequence="quotidien")
    texte = make_publication(autre, "La sienne")
    client = client_de(petit_reseau, "delegation")
    choix = client.get(reverse("personne-reunir", args=[garde.pk]), {"q": "equipe"})
    assert f"?avec={autre.pk}" in choix.content.decode()
    assert join(client, "personne-reunir", garde, autre).status_code == 302
    for fiche in (garde, autre, texte):
        fiche.refresh_from_db()
    roles = garde.rattachements.order_by("role")
    assert [(r.role, r.organisation, r.date_debut, r.date_fin) for r in roles] == [
        ("direction", petit_reseau.voisine, DEBUT, None),
        ("equipe", petit_reseau.structure, date(2020, 1, 1), None),
    ]
    assert not autre.rattachements.exists()
    assert (autre.is_active, autre.reuni_a, texte.auteur) == (False, garde, garde)
    assert garde.abonnement.frequence == "quotidien"
    ligne = Evenement.objects.get(action="personne.reunir")
    assert (ligne.objet_id, ligne.details) == (str(garde.pk), {"reunie": autre.pk})
    ancienne = client.get(reverse("personne", args=[autre.pk])).content.decode()
    assert reverse("personne", args=[garde.pk]) in ancienne
    assert autre.email not in client.get("/reseau/personnes/").content.decode()
    with pytest.raises(SaisieInvalide, match="MLG-ADM-040"):
        reopen_compte(autre, by=1)
    # a file that bears the old address means the person: nothing is created again
    fichier = (
        "email,prenom,nom,organisation,role,date_debut\n"
        "ancienne@reseau.example.org,P,Equipe,Coup de pouce,equipe,2020-01-01\n"
    )
    [lue] = depots.plan_bytes("personnes", fichier.encode(), None).lignes
    assert lue.sort.value == "inchangée"
    texte_exporte = depots.export_text("personnes")
    assert "ancienne@" not in texte_exporte
    un_plan = depots.plan_bytes("personnes", texte_exporte.encode(), None)
    assert {x.sort.value for x in un_plan.lignes} == {"inchangée"}


def test_nobody_gains_by_joining_what_they_could_not_give(petit_reseau: PetitReseau) -> None:
    """Neither one's own accounts, nor a role beyond one's own reach, nor into a closed account."""
    client = client_de(petit_reseau, "delegation")
    moi, autre = petit_reseau.personnes["delegation"], petit_reseau.personnes["sans rôle"]
    chef = petit_reseau.personnes["administration"]
    cas = (
        (moi, autre, "MLG-ADM-047"),
        (autre, chef, "MLG-ORG-081"),
        (autre, autre, "MLG-ADM-042"),
    )
    for garde, venu, code in cas:
        adresse = reverse("personne-reunir", args=[garde.pk])
        page = client.get(adresse, {"avec": venu.pk}).content.decode()
        assert code in page
        refus = client.post(adresse, {"avec": venu.pk, "empreinte": "x"})
        assert refus.status_code == 400
    autre.is_active = False
    autre.save()
    equipe = petit_reseau.personnes["equipe"]
    ferme = client.get(reverse("personne-reunir", args=[autre.pk]), {"avec": equipe.pk})
    assert "MLG-ADM-048" in ferme.content.decode()
    assert Rattachement.objects.filter(utilisateur=equipe, date_debut__lte=timezone.now()).exists()
