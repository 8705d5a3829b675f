"""The register's pages: what staff read, complete and take away."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from factories.membres import PetitReseau, client_de

from maillage.kernel.errors import FichierInvalide
from maillage.web.dialogue.models import (
    Charge,
    DeclarationPublique,
    Exercice,
    Participant,
    Rencontre,
    TempsPasse,
)
from maillage.web.dialogue.registre import actions
from maillage.web.dialogue.registre.nomenclatures import ACTIONS, DECISIONS
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.usefixtures("sans_second_facteur")
ADRESSE = "/dialogue/repertoire/"


def _rencontre(jour: date, initiative: str = "reseau", nombre: int = 1) -> Rencontre:
    rencontre = Rencontre.objects.create(
        titre="Entretien avec le cabinet", date=jour, statut="tenue", initiative=initiative
    )
    charge, _ = Charge.objects.get_or_create(
        intitule="Conseiller au cabinet", categorie="gouvernement", ministere="Travail"
    )
    Participant.objects.create(rencontre=rencontre, cote="reseau", fonction="présidence")
    for _n in range(nombre):
        Participant.objects.create(
            rencontre=rencontre, cote="interlocuteur", fonction="conseil", charge=charge
        )
    return rencontre


@pytest.fixture
def bureau(petit_reseau: PetitReseau) -> Client:
    return client_de(petit_reseau, "delegation")


def test_an_empty_log_says_so(bureau: Client) -> None:
    page = bureau.get(ADRESSE).content.decode()
    assert "Aucun contact à compter n’est noté" in page
    assert "Aucun fichier du répertoire n’a été lu" in page


def test_ten_own_contacts_make_an_interest_representative(bureau: Client) -> None:
    le = timezone.localdate()
    for _n in range(10):
        _rencontre(le)
    _rencontre(le, "interlocuteur")
    page = bureau.get(ADRESSE).content.decode()
    assert "Le réseau est à inscrire au répertoire" in page
    assert "10 contacts" in page.replace("\u00a0", " ")
    assert "elle n’est pas de notre initiative" in page


def test_from_a_meeting_to_the_file_of_the_year(bureau: Client) -> None:
    rencontre = _rencontre(date(2024, 3, 5), "inconnue")
    envoi = {
        "debut": "2024-01-01",
        "fin": "2024-12-31",
        "cout_horaire": "40",
        "autres_depenses": "0",
        "nombre_personnes": "2",
    }
    assert bureau.post(f"{ADRESSE}exercice/", envoi).status_code == 302
    page = bureau.get(f"{ADRESSE}?exercice=2024").content.decode()
    assert "31 mars 2025" in page.replace("\u00a0", " ")
    assert "Il reste à dire qui en a pris l’initiative." in page
    mention = {
        "initiative": "reseau",
        "objet": "Consolider les AI",
        "domaines": ["Budget"],
        "autre_domaine": "Insertion",
        "actions": [ACTIONS[0]],
        "decisions": [DECISIONS[0]],
        "temps": "3",
        "frais": "12.5",
    }
    assert bureau.post(f"{ADRESSE}rencontres/{rencontre.pk}/", mention).status_code == 302
    fichier = bureau.get(f"{ADRESSE}2024/declaration.json")
    assert "attachment" in fichier.headers["Content-Disposition"]
    publie = json.loads(fichier.content)["publications"][0]["exercices"][0]["publicationCourante"]
    assert publie["montantDepense"] == "< 10 000 euros"
    [activite] = publie["activites"]
    assert activite["publicationCourante"]["domainesIntervention"] == ["Budget", "Insertion"]
    assert Evenement.objects.filter(action="repertoire.mention").count() == 1
    revue = bureau.get(f"{ADRESSE}rencontres/{rencontre.pk}/").content.decode()
    assert 'value="Insertion"' in revue
    assert "Compté." in revue


def test_faults_of_a_year_are_told_together(bureau: Client) -> None:
    envoi = {"debut": "2024-12-31", "fin": "2024-01-01", "cout_horaire": "-1"}
    page = bureau.post(f"{ADRESSE}exercice/", envoi).content.decode()
    assert "2 réponses sont à corriger" in page
    assert not Exercice.objects.exists()


def test_two_years_share_no_day(bureau: Client) -> None:
    Exercice.objects.create(debut=date(2024, 1, 1), fin=date(2024, 12, 31))
    envoi = {"debut": "2024-07-01", "fin": "2025-06-30"}
    assert "un jour n’est" in bureau.post(f"{ADRESSE}exercice/", envoi).content.decode()


def test_an_address_with_no_day_opens_an_empty_year(bureau: Client) -> None:
    assert bureau.get(f"{ADRESSE}exercice/?debut=hier").status_code == 200
    assert bureau.get(f"{ADRESSE}1999/declaration.json").status_code == 404


def test_time_is_noted_once_and_taken_away(bureau: Client) -> None:
    envoi = {
        "fonction": "présidence",
        "debut": "2024-01-01",
        "fin": "2024-01-31",
        "heures": "10",
        "heures_travaillees": "100",
    }
    assert bureau.post(f"{ADRESSE}temps/", envoi).status_code == 302
    assert "déjà noté" in bureau.post(f"{ADRESSE}temps/", envoi).content.decode()
    trop = {**envoi, "debut": "2024-02-01", "fin": "2024-01-31", "heures": "101"}
    assert "2 réponses sont à corriger" in bureau.post(f"{ADRESSE}temps/", trop).content.decode()
    [ligne] = TempsPasse.objects.all()
    assert bureau.post(f"{ADRESSE}temps/{ligne.pk}/retirer/").status_code == 302
    assert bureau.post(f"{ADRESSE}temps/{ligne.pk}/retirer/").status_code == 404


def _fichier(*domaines: str, nom: str = "Fédération") -> BytesIO:
    activites = [{"publicationCourante": {"domainesIntervention": list(domaines)}}]
    exercice = {
        "dateDebut": "01/01/2023",
        "dateFin": "31/12/2023",
        "montantDepense": "> = 10 000 euros et < 25 000 euros",
        "activites": activites,
    }
    organisation = {"denomination": nom, "exercices": [{"publicationCourante": exercice}]}
    return BytesIO(json.dumps({"publications": [organisation]}).encode())


def test_the_register_is_read_whole_or_not_at_all(bureau: Client) -> None:
    le = date(2024, 1, 2)
    assert actions.load_declarations(_fichier("Budget"), "un.json", le, by=None) == 1
    with pytest.raises(FichierInvalide):
        actions.load_declarations(BytesIO(_fichier("X").getvalue()[:-3]), "b.json", le, by=None)
    [gardee] = DeclarationPublique.objects.all()
    assert (gardee.source, len(gardee.sha256)) == ("un.json", 64)
    assert "Fédération" not in bureau.get(ADRESSE).content.decode()
    trouvee = bureau.get(f"{ADRESSE}?annee=2023&mots=fédé").content.decode()
    assert "Fédération" in trouvee
    assert "&gt; = 10 000 euros et &lt; 25 000 euros" in trouvee.replace("\u00a0", " ")


def test_a_long_log_asks_no_more_questions(
    bureau: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Exercice.objects.create(debut=date(2024, 1, 1), fin=date(2024, 12, 31))
    for _n in range(30):
        _rencontre(date(2024, 3, 1), nombre=2)
    with django_assert_max_num_queries(25):
        bureau.get(ADRESSE)
