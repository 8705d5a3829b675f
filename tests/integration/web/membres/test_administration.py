"""The pages that a non-developer administers the site with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories.membres import client_de, make_utilisateur

from maillage.web.administration.etat import examine
from maillage.web.administration.sauvegarde import ACTION_SAUVEGARDE
from maillage.web.journal.actions import record
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("sans_second_facteur", "atlas")


@pytest.fixture
def admin(petit_reseau: PetitReseau) -> Client:
    return client_de(petit_reseau, "administration")


def test_accounts_are_found_by_name_and_by_address(admin: Client) -> None:
    page = admin.get("/administration/comptes/", {"q": "direction prénom"}).content.decode()
    assert "1 personne pour «\u00a0direction prénom\u00a0»" in page
    assert "direction@reseau.example.org" in page
    assert "direction d’une structure (Coup de pouce)" in page
    vide = admin.get("/administration/comptes/", {"q": "personne de ce nom"}).content.decode()
    assert "Personne ne répond à cette recherche" in vide


def test_the_number_of_queries_does_not_follow_the_number_of_accounts(admin: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as requetes:
            admin.get("/administration/comptes/")
        return len(requetes)

    count()  # the first visit of a session writes more
    peu = count()
    for rang in range(30):
        make_utilisateur(f"personne-{rang}")
    assert count() == peu


def test_an_account_is_closed_and_opened_again(admin: Client, petit_reseau: PetitReseau) -> None:
    personne = petit_reseau.personnes["equipe"]
    sa_page = client_de(petit_reseau, "equipe")
    assert sa_page.get("/espace/").status_code == 200
    adresse = f"/administration/comptes/{personne.pk}/"
    page = admin.post(adresse, {"geste": "fermer"}, follow=True).content.decode()
    assert "Le compte est fermé" in page
    assert sa_page.get("/espace/").status_code == 302
    page = admin.post(adresse, {"geste": "rouvrir"}, follow=True).content.decode()
    assert "Cette personne n’a pas encore ouvert son compte" in page
    personne.refresh_from_db()
    assert personne.is_active
    assert not personne.has_usable_password()
    gestes = list(
        Evenement.objects.filter(objet_id=str(personne.pk)).values_list("action", "by_id")
    )
    auteur = petit_reseau.personnes["administration"].pk
    assert {("compte.fermer", auteur), ("compte.rouvrir", auteur)} <= set(gestes)


def test_nobody_closes_their_own_account(admin: Client, petit_reseau: PetitReseau) -> None:
    moi = petit_reseau.personnes["administration"]
    answer = admin.post(f"/administration/comptes/{moi.pk}/", {"geste": "fermer"})
    assert answer.status_code == 400
    assert "MLG-ADM-002" in answer.content.decode()
    moi.refresh_from_db()
    assert moi.is_active


def test_a_lost_second_factor_is_forgotten(admin: Client, petit_reseau: PetitReseau) -> None:
    personne = petit_reseau.personnes["delegation"]
    personne.set_password("une phrase assez longue pour un essai")
    personne.save()
    Authenticator.objects.create(user=personne, type=Authenticator.Type.TOTP, data={"secret": "x"})
    adresse = f"/administration/comptes/{personne.pk}/"
    assert "avec un second facteur" in admin.get(adresse).content.decode()
    page = admin.post(adresse, {"geste": "second-facteur"}, follow=True).content.decode()
    assert "sans second facteur" in page
    assert not Authenticator.objects.filter(user=personne).exists()


@pytest.mark.parametrize("suite", ["comptes/999999/", "comptes/1/"])
def test_an_unknown_account_or_gesture_is_not_found(admin: Client, suite: str) -> None:
    assert admin.post(f"/administration/{suite}", {"geste": "autre"}).status_code == 404


def test_the_trail_is_filtered_by_words_author_and_days(admin: Client) -> None:
    record("essai.faire", by=None, nom="Objet cherché")
    record("essai.defaire", by=12, nom="Autre")

    def lire(**query: str) -> str:
        return admin.get("/administration/journal/", query).content.decode()

    assert "Objet cherché" in lire(q="cherché")
    assert "Autre" not in lire(q="cherché")
    assert "Objet cherché" not in lire(auteur="12")
    assert "compte effacé" in lire(auteur="12")
    aujourdhui = timezone.localdate()
    assert "Objet cherché" in lire(du=aujourdhui.isoformat(), au=aujourdhui.isoformat())
    hier = (aujourdhui - timedelta(days=1)).isoformat()
    assert "Rien dans le journal ne répond" in lire(q="cherché", au=hier)


def test_a_filter_that_cannot_be_read_says_all_that_is_wrong(admin: Client) -> None:
    answer = admin.get("/administration/journal/", {"du": "hier", "auteur": "moi"})
    texte = answer.content.decode()
    assert answer.status_code == 400
    assert "hier" in texte
    assert "moi" in texte


def test_the_trail_leaves_as_csv_without_formula_nor_name(admin: Client) -> None:
    record("essai.faire", by=12, nom="=1+1")
    reponse = admin.get("/administration/journal.csv", {"q": "essai.faire"})
    texte = b"".join(reponse.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    entete, ligne = texte.splitlines()
    assert entete == "instant;action;auteur;objet;numero;nom;details"
    assert ligne.split(";")[1:] == ["essai.faire", "12", "", "", "'=1+1", ""]


def test_secrets_are_not_shown(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_COURRIEL", "smtp://compte:secret-du-test@smtp.example.org")
    monkeypatch.setenv("MAILLAGE_HOTES", "maillage.example.org")
    page = admin.get("/administration/reglages/").content.decode()
    assert "réglé, non montré" in page
    assert "secret-du-test" not in page
    assert "<strong>maillage.example.org</strong>" in page


def test_the_state_says_what_to_do(admin: Client) -> None:
    page = admin.get("/administration/").content.decode()
    assert "Aucune sauvegarde n’a été faite" in page
    assert "maillage admin sauvegarder" in page
    assert "demandent votre attention" in page


def test_an_old_backup_asks_for_another() -> None:
    record(ACTION_SAUVEGARDE, by=None, nom="archive")
    now = timezone.now()

    def sauvegarde(jours: int) -> bool:
        constats = examine(now + timedelta(days=jours))
        return next(c.is_bon for c in constats if c.nom == "Sauvegarde")

    assert sauvegarde(7)
    assert not sauvegarde(8)


def test_the_day_of_a_role_is_in_french(admin: Client, petit_reseau: PetitReseau) -> None:
    personne = petit_reseau.personnes["direction"]
    page = admin.get(f"/administration/comptes/{personne.pk}/").content.decode()
    assert "depuis le 1er janvier 2024" in page
