"""The yearly questionnaire, from its definition to its results, as each role meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories.membres import client_de, make_structure, make_utilisateur
from factories.questionnaires import ANNEE, answer, make_questionnaire_ouvert, nombre

from maillage.kernel.errors import SaisieInvalide
from maillage.web.demonstration.reseau import make_siren
from maillage.web.droits.acteur import Acteur, Mandat
from maillage.web.droits.permissions import Role
from maillage.web.journal.models import Evenement
from maillage.web.network.actions import attach
from maillage.web.network.models import Consentement
from maillage.web.questionnaire import actions
from maillage.web.questionnaire.modele.definition import Genre, Question
from maillage.web.questionnaire.modele.edition import put_question
from maillage.web.questionnaire.modele.saisie import Origine, Saisie
from maillage.web.questionnaire.models import Questionnaire, Reponse
from maillage.web.questionnaire.rappels import list_a_faire
from maillage.web.questionnaire.suivi import list_lignes, measure_all, measure_by

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("sans_second_facteur", "atlas")


@pytest.fixture
def questionnaire(db: None) -> Questionnaire:
    del db
    return make_questionnaire_ouvert()


@pytest.fixture
def direction(petit_reseau: PetitReseau) -> Client:
    return client_de(petit_reseau, "direction")


@pytest.fixture
def delegation(petit_reseau: PetitReseau) -> Client:
    return client_de(petit_reseau, "delegation")


def url(petit: PetitReseau, suite: str = "") -> str:
    return f"/questionnaire/{ANNEE}/structure/{petit.structure.pk}/{suite}"


def bases(page: Any) -> dict[str, str]:
    """The hidden fields of a section, that say what it was drawn with."""
    return {f"b-{champ.question.code}": champ.base for champ in page.context["champs"]}


@pytest.mark.usefixtures("questionnaire")
def test_a_structure_answers_is_interrupted_and_sends(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    petit_reseau.structure.commune = "35238"
    petit_reseau.structure.save()
    page = direction.get(url(petit_reseau, "section/activite/"))
    assert "Préremplie" in page.content.decode()
    assert not Reponse.objects.exists()
    # one question kept by itself, then a pause
    garde = direction.post(
        url(petit_reseau, "champ/personnes/"), {"q-personnes": "40", "b-personnes": ""}
    )
    assert "Enregistré" in garde.content.decode()
    page = direction.get(url(petit_reseau, "section/activite/"))
    envoi = {"q-personnes": "40", "q-femmes": "50", "q-commune": "35238", **bases(page)}
    assert direction.post(url(petit_reseau, "section/activite/"), envoi).status_code == 302
    reponse = Reponse.objects.get()
    assert reponse.read_saisies()["commune"].origine is Origine.CONFIRMEE
    assert (reponse.repondues, reponse.posees) == (3, 6)
    # refused while something is missing or disagrees
    resume = direction.get(url(petit_reseau, "envoyer/"))
    assert "Les femmes dépassent le total." in resume.content.decode()
    tous = {f"usage-{usage.value}": "oui" for usage in Consentement.Usage}
    refus = direction.post(url(petit_reseau, "envoyer/"), tous)
    assert refus.status_code == 400
    assert "MLG-QST-021" in refus.content.decode()
    assert not Consentement.objects.exists()
    direction.post(
        url(petit_reseau, "section/activite/"),
        {"q-femmes": "20", "b-femmes": reponse.read_saisies()["femmes"].signature},
    )
    direction.post(
        url(petit_reseau, "section/moyens/"), {"q-locaux": "@ne_sait_pas", "b-locaux": ""}
    )
    # a use without decision stops the sending
    manque = direction.post(url(petit_reseau, "envoyer/"), {"usage-panel": "oui"})
    assert "Répondez oui ou non." in manque.content.decode()
    assert Reponse.objects.get().sent_at is None
    decisions = tous | {"usage-nominatif": "non"}
    fin = direction.post(url(petit_reseau, "envoyer/"), decisions, follow=True)
    assert "Merci" in fin.content.decode()
    assert dict(Consentement.objects.values_list("usage", "accorde")) == {
        "statistiques": True,
        "panel": True,
        "nominatif": False,
        "accompagner": True,
    }
    reponse = Reponse.objects.get()
    assert reponse.sent_by_id == petit_reseau.personnes["direction"].pk
    # sent: read again, never changed
    assert "je ne sais pas" in direction.get(url(petit_reseau, "copie/")).content.decode()
    apres = direction.post(
        url(petit_reseau, "champ/personnes/"), {"q-personnes": "41", "b-personnes": ""}
    )
    assert apres.status_code == 400
    assert Reponse.objects.get().read_saisies()["personnes"] == nombre(40)


@pytest.mark.usefixtures("questionnaire")
def test_what_cannot_be_read_is_told_and_the_rest_is_kept(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    page = direction.post(
        url(petit_reseau, "section/activite/"),
        {"q-personnes": "beaucoup", "b-personnes": "", "q-femmes": "3", "b-femmes": ""},
    )
    texte = page.content.decode()
    assert 'value="beaucoup"' in texte
    assert "n’est pas un nombre" in texte
    assert Reponse.objects.get().read_saisies() == {"femmes": nombre(3)}


@pytest.mark.usefixtures("questionnaire")
def test_two_people_at_once_lose_nothing(petit_reseau: PetitReseau, direction: Client) -> None:
    equipe = client_de(petit_reseau, "equipe")
    avant = bases(direction.get(url(petit_reseau, "section/activite/")))
    equipe.post(url(petit_reseau, "section/activite/"), {"q-personnes": "30", **avant})
    page = direction.post(
        url(petit_reseau, "section/activite/"), {"q-personnes": "35", "q-femmes": "9", **avant}
    )
    texte = page.content.decode()
    assert "quelqu’un a répondu" in texte
    assert 'value="35"' in texte
    assert Reponse.objects.get().read_saisies() == {"personnes": nombre(30), "femmes": nombre(9)}
    direction.post(
        url(petit_reseau, "section/activite/"),
        {"q-personnes": "35", "q-femmes": "9", **bases(page)},
    )
    assert Reponse.objects.get().read_saisies()["personnes"] == nombre(35)


def test_the_team_answers_and_sends_but_decides_no_consent(
    petit_reseau: PetitReseau, questionnaire: Questionnaire
) -> None:
    equipe = client_de(petit_reseau, "equipe")
    answer(
        questionnaire, petit_reseau.structure, {"personnes": nombre(1), "locaux": Saisie(("non",))}
    )
    assert "Seule la direction" in equipe.get(url(petit_reseau, "envoyer/")).content.decode()
    equipe.post(url(petit_reseau, "envoyer/"), {"usage-statistiques": "oui"})
    assert Reponse.objects.get().is_envoyee
    assert not Consentement.objects.exists()


def test_a_questionnaire_being_prepared_is_not_seen(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    actions.create_questionnaire(ANNEE, "Essai", by=None)
    assert direction.get(url(petit_reseau)).status_code == 404
    assert direction.get(f"/questionnaire/{ANNEE + 1}/resultats/").status_code == 404
    assert list_a_faire(petit_reseau.structure, timezone.localdate()) == []


def test_staff_define_by_forms_open_and_correct(delegation: Client) -> None:
    delegation.post("/questionnaire/", {"annee": "2026", "titre": "Observatoire"})
    racine = "/questionnaire/2026/definition/"
    delegation.post(f"{racine}section/", {"titre": "Activité"})
    delegation.post(
        f"{racine}question/?section=activite",
        {
            "libelle": "Êtes-vous ouverts le samedi ?",
            "genre": "choix",
            "choix": "Oui, toujours\nparfois : Parfois",
        },
    )
    faux = delegation.post(
        f"{racine}question/?section=activite",
        {"libelle": "Combien ?", "genre": "choix", "choix": "un seul"},
    )
    assert "MLG-QST-004" in faux.content.decode()
    delegation.post(
        f"{racine}question/?section=activite",
        {
            "libelle": "Heures",
            "genre": "entier",
            "condition": "etes_vous_ouverts_le_samedi=parfois",
        },
    )
    delegation.post(f"{racine}question/?section=activite", {"libelle": "Total", "genre": "entier"})
    delegation.post(
        f"{racine}regle/",
        {"forme": "au_plus", "termes": ["heures"], "total": "total", "message": "Trop d’heures."},
    )
    refus = delegation.post(
        racine, {"geste": "retirer", "quoi": "question", "code": "heures"}, follow=True
    )
    assert "MLG-QST-006" in refus.content.decode()
    delegation.post(racine, {"geste": "monter", "quoi": "question", "code": "total"})
    q = Questionnaire.objects.get()
    assert [x.code for x in q.read_projet().questions] == [
        "etes_vous_ouverts_le_samedi",
        "total",
        "heures",
    ]
    assert q.read_projet().regles[0].message == "Trop d’heures."
    delegation.post("/questionnaire/2026/etat/", {"geste": "ouvrir"})
    # what structures read does not move while a correction is prepared
    delegation.post(
        f"{racine}question/?code=total",
        {"libelle": "Total corrigé", "genre": "entier", "code": "total"},
    )
    q.refresh_from_db()
    assert q.has_erratum
    assert q.read_definition().find_question("total").libelle == "Total"  # type: ignore[union-attr]
    sans_motif = delegation.post("/questionnaire/2026/etat/", {"geste": "corriger"})
    assert "MLG-QST-012" in sans_motif.content.decode()
    delegation.post("/questionnaire/2026/etat/", {"geste": "corriger", "motif": "Une coquille"})
    q.refresh_from_db()
    assert q.version == 2
    assert q.read_definition().find_question("total").libelle == "Total corrigé"  # type: ignore[union-attr]
    assert [version.motif for version in q.versions.all()] == ["Une coquille", "Ouverture"]
    # the file exported is the file imported; last year's is the model of the next
    fichier = delegation.get("/questionnaire/2026/definition.yaml")
    delegation.post("/questionnaire/", {"annee": "2027", "titre": "Suite", "modele": "2026"})
    suite = Questionnaire.objects.get(annee=2027)
    assert suite.read_projet() == q.read_definition()
    mauvais = SimpleUploadedFile("q.yaml", b"sections: [{code: 'A B'}]")
    page = delegation.post("/questionnaire/2027/definition/fichier/", {"fichier": mauvais})
    assert "MLG-QST-003" in page.content.decode()
    bon = SimpleUploadedFile("q.yaml", fichier.content)
    assert (
        delegation.post("/questionnaire/2027/definition/fichier/", {"fichier": bon}).status_code
        == 302
    )
    suite.refresh_from_db()
    assert suite.read_projet() == q.read_definition()


def test_what_is_empty_is_not_opened_and_what_is_closed_does_not_change(
    questionnaire: Questionnaire,
) -> None:
    vide = actions.create_questionnaire(2030, "Vide", by=None)
    with pytest.raises(SaisieInvalide, match="MLG-QST-007"):
        actions.open_questionnaire(vide, by=None)
    with pytest.raises(SaisieInvalide, match="MLG-QST-011"):
        actions.create_questionnaire(ANNEE, "Encore", by=None)
    actions.close_questionnaire(questionnaire, by=None)
    for geste in (actions.open_questionnaire, actions.close_questionnaire):
        with pytest.raises(SaisieInvalide, match="MLG-QST-010"):
            geste(questionnaire, by=None)
    nouvelle = Question("autre", "Autre ?", Genre.TEXTE)
    with pytest.raises(SaisieInvalide, match="MLG-QST-010"):
        actions.edit(questionnaire, lambda d: put_question(d, "moyens", "", nouvelle), by=None)


def test_the_response_rate_is_counted_by_hand(
    petit_reseau: PetitReseau, questionnaire: Questionnaire, delegation: Client
) -> None:
    """Three structures: one sent, one begun, one not; two in Brittany."""
    answer(questionnaire, petit_reseau.structure, {}, envoyee_at=timezone.now())
    answer(questionnaire, petit_reseau.lointaine, {})
    tout = Acteur(1, (Mandat(Role.DELEGATION, petit_reseau.reseau.pk, ""),))
    lignes = list_lignes(questionnaire, tout, timezone.localdate())
    taux = measure_all(lignes)
    assert (taux.envoyees, taux.commencees, taux.total, taux.pourcentage) == (1, 1, 3, 33)
    par_region = {t.nom: (t.envoyees, t.total) for t in measure_by(lignes, "region")}
    assert par_region == {"Bretagne": (1, 2), "Auvergne-Rhône-Alpes": (0, 1)}
    fichier = delegation.get(f"/questionnaire/{ANNEE}/suivi.csv?etat=absente").content.decode()
    assert "La Passerelle" in fichier
    assert "Coup de pouce" not in fichier


@pytest.mark.usefixtures("questionnaire")
def test_a_regional_delegate_follows_their_region_alone(petit_reseau: PetitReseau) -> None:
    region = client_de(petit_reseau, "delegation_regionale")
    texte = region.get(f"/questionnaire/{ANNEE}/suivi/").content.decode()
    assert "La Passerelle" in texte
    assert "Les Cimes" not in texte


def test_directors_of_late_structures_are_reminded_and_nobody_else(
    petit_reseau: PetitReseau, questionnaire: Questionnaire, delegation: Client
) -> None:
    voisine = make_utilisateur("voisine")
    attach(voisine, petit_reseau.voisine, Role.DIRECTION, depuis=timezone.localdate(), by=None)
    answer(questionnaire, petit_reseau.voisine, {}, envoyee_at=timezone.now())
    page = delegation.get(f"/questionnaire/{ANNEE}/relance/").content.decode()
    assert "direction@reseau.example.org" in page
    assert "Les Cimes" in page
    assert mail.outbox == []
    delegation.post(f"/questionnaire/{ANNEE}/relance/")
    assert [message.to for message in mail.outbox] == [["direction@reseau.example.org"]]
    assert url(petit_reseau) in mail.outbox[0].body
    ligne = Evenement.objects.get(action="questionnaire.relancer")
    assert ligne.details == {"messages": 1, "refuses": 0}
    assert "example.org" not in str(ligne.details) + ligne.objet_nom


def test_staff_open_an_answer_again_with_a_reason(
    petit_reseau: PetitReseau, questionnaire: Questionnaire, delegation: Client, direction: Client
) -> None:
    answer(questionnaire, petit_reseau.structure, {}, envoyee_at=timezone.now())
    adresse = url(petit_reseau, "lecture/")
    assert "MLG-QST-022" in delegation.post(adresse, {"motif": " "}).content.decode()
    delegation.post(adresse, {"motif": "Les heures sont celles de 2024."})
    assert not Reponse.objects.get().is_envoyee
    assert "celles de 2024" in direction.get(url(petit_reseau)).content.decode()


@pytest.mark.usefixtures("questionnaire")
def test_last_year_s_answer_is_proposed_with_its_source(
    petit_reseau: PetitReseau, direction: Client
) -> None:
    avant = make_questionnaire_ouvert(ANNEE - 1)
    answer(avant, petit_reseau.structure, {"personnes": nombre(77)}, envoyee_at=timezone.now())
    texte = direction.get(url(petit_reseau, "section/activite/")).content.decode()
    assert 'value="77"' in texte
    assert f"en {ANNEE - 1}" in texte


def test_what_waits_for_the_structure(
    petit_reseau: PetitReseau, questionnaire: Questionnaire
) -> None:
    (rappel,) = list_a_faire(petit_reseau.structure, timezone.localdate())
    assert "n’est pas commencé" in rappel.phrase
    assert rappel.adresse == url(petit_reseau)
    reponse = answer(questionnaire, petit_reseau.structure, {"personnes": nombre(1)})
    (rappel,) = list_a_faire(petit_reseau.structure, timezone.localdate())
    assert "5\u00a0réponses" in rappel.phrase
    reponse.sent_at = timezone.now()
    reponse.save()
    assert list_a_faire(petit_reseau.structure, timezone.localdate()) == []
    assert list_a_faire(petit_reseau.partenaire, timezone.localdate()) == []


def test_results_count_those_who_consented_once_closed_and_hide_what_is_secret(
    questionnaire: Questionnaire, direction: Client
) -> None:
    """By hand: 4 in Brittany, 10 + 20 + 30 + 40 = 100; 2 elsewhere; 1 refuses, 1 never said."""
    now = timezone.now()
    for rang, (region, valeur, consent) in enumerate(
        [
            ("53", 10, True), ("53", 20, True), ("53", 30, True), ("53", 40, True),
            ("84", 50, True), ("84", 60, True), ("53", 999, False), ("53", 888, None),
        ]
    ):  # fmt: skip
        structure = make_structure(f"S{rang}", make_siren(20_000 + rang), region, "35")
        answer(
            questionnaire,
            structure,
            {"personnes": nombre(valeur), "locaux": Saisie(("oui" if rang % 2 else "non",))},
            envoyee_at=now,
            consent=consent,
        )
    attente = direction.get(f"/questionnaire/{ANNEE}/resultats/").content.decode()
    assert "8 structures ont répondu" in attente
    assert "MLG-QST-032" in (
        direction.get(f"/questionnaire/{ANNEE}/resultats/personnes/").content.decode()
    )
    actions.close_questionnaire(questionnaire, by=None)
    page = direction.get(f"/questionnaire/{ANNEE}/resultats/").content.decode()
    assert "8 structures ont répondu" in page
    assert "6 comptent" in page
    detail = direction.get(f"/questionnaire/{ANNEE}/resultats/personnes/")
    texte = detail.content.decode()
    assert "999" not in texte
    assert "888" not in texte
    region = detail.context["tables"][0]
    montres = {nom: cases[1].valeur for nom, cases in region.lignes}
    # two structures in Auvergne-Rhône-Alpes: hidden, and Brittany with it since the whole is shown
    assert montres == {"Auvergne-Rhône-Alpes": None, "Bretagne": None, "Ensemble": 210}
    fichier = direction.get(f"/questionnaire/{ANNEE}/resultats/personnes.csv").content.decode()
    assert "110" not in fichier
    assert "100" not in fichier
    assert "secret" in fichier
    assert direction.get(f"/questionnaire/{ANNEE}/resultats/commune/").status_code == 404
    # a consent withdrawn later changes nothing of what was frozen
    Consentement.objects.all().update(accorde=False)
    apres = direction.get(f"/questionnaire/{ANNEE}/resultats/personnes/")
    assert apres.context["tables"] == detail.context["tables"]


def test_pages_cost_the_same_number_of_queries_whatever_the_network(
    questionnaire: Questionnaire, delegation: Client
) -> None:
    adresses = [f"/questionnaire/{ANNEE}/{page}" for page in ("suivi/", "suivi.csv", "relance/")]

    def count() -> list[int]:
        couts = []
        for adresse in adresses:
            with CaptureQueriesContext(
                connection,
            ) as requetes:
                assert delegation.get(adresse).status_code == 200
            couts.append(len(requetes))
        return couts

    count()
    avant = count()
    for rang in range(30):
        structure = make_structure(f"N{rang}", make_siren(30_000 + rang), "53", "35")
        attach(
            make_utilisateur(f"d{rang}"),
            structure,
            Role.DIRECTION,
            depuis=timezone.localdate(),
            by=None,
        )
        if rang % 2:
            answer(questionnaire, structure, {}, envoyee_at=timezone.now())
    assert count() == avant
