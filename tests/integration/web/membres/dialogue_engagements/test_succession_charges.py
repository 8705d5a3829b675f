"""A new minister arrives: what the one who left promised is proposed to them, and nothing disappears."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from factories.engagements import make_charge, make_engagement
from factories.membres import client_de

from maillage.kernel.errors import SaisieInvalide
from maillage.web.dialogue.engagements import actions, changement
from maillage.web.dialogue.engagements.changement import Passation
from maillage.web.dialogue.models import Charge, Engagement, Reprise, Titulaire
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from factories.membres import PetitReseau

CHARGES = "/dialogue/engagements/charges/"
PASSATION = {
    "date_fin": "2024-09-05",
    "nom": "Bruno Épreuve",
    "date_debut": "2024-09-21",
    "source_url": "https://page.example.org/decret",
}


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def hand_over(charge: Charge, le: date, nom: str = "Bruno Épreuve", **champs: Any) -> Charge:
    vers, _ = changement.hand_over(charge, Passation(le, nom, le, **champs), by=None)
    return vers


def test_a_change_of_minister_is_one_action_and_the_ledger_reads_in_order(
    petit_reseau: PetitReseau,
) -> None:
    charge = make_charge()
    ouverte = make_engagement("Ouverte.", charge=charge)
    demande = make_engagement("Demandée.", charge=charge, sens="demande")
    tenue = make_engagement("Tenue.", charge=charge)
    actions.add_state(tenue, actions.NouvelEtat("tenu", date(2024, 5, 1), "Fait."), by=None)
    nous = make_engagement("Promise par nous.", charge=charge, sens="reseau")
    client, visiteur = client_de(petit_reseau, "delegation"), client_de(petit_reseau, "visiteur")
    fiche = reverse("charge", args=[charge.pk])
    annonce = text_of(client.get(f"{fiche}changement/"))
    assert "2\u00a0engagements ouverts seront proposés" in annonce
    answer = client.post(f"{fiche}changement/", PASSATION)
    assert answer["Location"] == fiche
    page = text_of(client.get(fiche))
    assert (
        "Bruno Épreuve\u00a0: 1\u00a0promesse ouverte, 2\u00a0engagements à faire reprendre."
        in page
    )
    assert "du 20 mai 2022 au 5 septembre 2024" in page
    assert page.index("Anne Essai") < page.rindex("Bruno Épreuve")
    assert page.count("Noter la réponse") == 2
    assert all(
        phrase in page for phrase in ("Ouverte.", "Demandée.", "Tenue.", "Promise par nous.")
    )
    reprise, refus = (Reprise.objects.get(engagement=e) for e in (ouverte, demande))
    for proposee, etat, note in ((reprise, "reprise", "Je m’y tiens."), (refus, "refusee", "Non.")):
        client.post(
            f"{fiche}reprises/{proposee.pk}/",
            {"etat": etat, "decide_le": "2024-10-02", "note": note},
        )
    histoire = text_of(visiteur.get(reverse("engagement", args=[ouverte.pk])))
    etapes = ["22 mars 2024", "21 septembre 2024", "2 octobre 2024", "Je m’y tiens."]
    places = [histoire.rindex(etape) for etape in etapes]
    assert places == sorted(places)
    assert "Refusé par Bruno Épreuve" in text_of(
        visiteur.get(reverse("engagement", args=[demande.pk]))
    )
    # nothing that was closed, nothing of ours is asked of the one who comes; nothing has gone
    assert set(Reprise.objects.values_list("engagement", flat=True)) == {ouverte.pk, demande.pk}
    assert Engagement.objects.count() == 4
    assert Engagement.objects.get(pk=ouverte.pk).auteur_nom == "Anne Essai"
    assert nous.porteur is None
    assert Evenement.objects.filter(action="charge.passer").count() == 1
    assert "aucun engagement n’attend" in text_of(visiteur.get(CHARGES))


def test_another_office_succeeds_and_the_commitments_follow(petit_reseau: PetitReseau) -> None:
    charge = make_charge()
    engagement = make_engagement(charge=charge)
    client = client_de(petit_reseau, "delegation")
    client.post(
        reverse("charge-changement", args=[charge.pk]),
        PASSATION | {"intitule": "Ministre du Plein-Essai", "ministere": "Travail"},
    )
    vers = Charge.objects.get(predecesseur=charge)
    charge.refresh_from_db()
    engagement.refresh_from_db()
    assert (engagement.charge, engagement.porteur) == (charge, vers)
    assert (charge.date_fin, vers.date_debut, vers.ministere) == (
        date(2024, 9, 5),
        date(2024, 9, 21),
        "Travail",
    )
    visiteur = client_de(petit_reseau, "visiteur")
    ancienne = text_of(visiteur.get(reverse("charge", args=[charge.pk])))
    assert "Cette charge n’existe plus" in ancienne
    assert "Ministre du Plein-Essai" in ancienne
    nouvelle = text_of(visiteur.get(reverse("charge", args=[vers.pk])))
    assert engagement.phrase in nouvelle
    page = text_of(visiteur.get(reverse("engagement", args=[engagement.pk])))
    assert "À faire reprendre par Bruno Épreuve" in page
    assert "À «\u00a0Ministre de l’Essai\u00a0» succède" in page
    with pytest.raises(SaisieInvalide, match="MLG-ENG-012"):
        hand_over(charge, date(2024, 10, 1), intitule="Encore une autre")


def test_a_commitment_without_answer_goes_to_the_next_one(petit_reseau: PetitReseau) -> None:
    charge = make_charge()
    engagement = make_engagement(charge=charge)
    hand_over(charge, date(2024, 9, 21))
    hand_over(charge, date(2025, 1, 10), "Claire Suite")
    page = text_of(
        client_de(petit_reseau, "delegation").get(reverse("engagement", args=[engagement.pk]))
    )
    assert "Resté sans réponse jusqu’au changement suivant." in page
    assert "À faire reprendre par Claire Suite" in page
    fiche = text_of(client_de(petit_reseau, "delegation").get(reverse("charge", args=[charge.pk])))
    assert fiche.count("Noter la réponse") == 1


def test_an_old_note_typed_late_meets_the_changes_that_followed(petit_reseau: PetitReseau) -> None:
    """Ten years of notes are typed after the ministers: each is proposed as if typed in time."""
    del petit_reseau
    charge = make_charge()
    hand_over(charge, date(2024, 9, 21))
    vers = hand_over(charge, date(2025, 1, 10), "Claire Suite", intitule="Autre ministère")
    engagement = make_engagement(charge=charge, date=date(2023, 3, 1))
    assert engagement.auteur_nom == "Anne Essai"
    assert engagement.porteur == vers
    assert [(r.vers, r.entrant.nom) for r in engagement.reprises.all() if r.entrant] == [
        (charge, "Bruno Épreuve"),
        (vers, "Claire Suite"),
    ]
    apres = make_engagement("Après.", charge=vers, date=date(2025, 3, 1))
    assert not apres.reprises.exists()
    sans_date = make_engagement("Un jour.", charge=charge, date=None, precision="inconnue")
    assert not sans_date.reprises.exists()


def test_a_change_that_is_typed_late_moves_nothing_said_after_it(petit_reseau: PetitReseau) -> None:
    del petit_reseau
    charge = make_charge()
    make_engagement("Après.", charge=charge, date=date(2024, 10, 1))
    hand_over(charge, date(2024, 9, 21))
    assert not Reprise.objects.exists()


def test_an_office_stays_vacant_until_somebody_is_named(petit_reseau: PetitReseau) -> None:
    charge = make_charge()
    make_engagement(charge=charge)
    client = client_de(petit_reseau, "delegation")
    adresse = reverse("charge-changement", args=[charge.pk])
    client.post(adresse, {"date_fin": "2024-09-05"})
    assert not Reprise.objects.exists()
    page = text_of(client.get(adresse))
    assert 'name="date_fin"' not in page
    client.post(adresse, {"nom": "Bruno Épreuve", "date_debut": "2024-09-21"})
    reprise = Reprise.objects.get()
    assert (reprise.sortant.nom, reprise.entrant.nom) == ("Anne Essai", "Bruno Épreuve")  # type: ignore[union-attr]  # both are known


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"date_fin": ""}, "obligatoire"),
        ({"date_fin": "2021-01-01"}, "après ce dernier jour"),
        ({"date_debut": ""}, "Dites son premier jour"),
        ({"date_debut": "2024-09-01"}, "avant le départ"),
        ({"source_url": "javascript:alert(1)"}, "URL valide"),
    ],
)
def test_impossible_days_are_told_and_nothing_moves(
    petit_reseau: PetitReseau, champs: dict[str, str], message: str
) -> None:
    charge = make_charge()
    make_engagement(charge=charge)
    adresse = reverse("charge-changement", args=[charge.pk])
    page = text_of(client_de(petit_reseau, "delegation").post(adresse, PASSATION | champs), 400)
    assert message in page
    assert Titulaire.objects.get().date_fin is None
    assert not Reprise.objects.exists()


def test_what_the_one_who_came_said_stays_said(petit_reseau: PetitReseau) -> None:
    charge = make_charge()
    make_engagement(charge=charge)
    hand_over(charge, date(2024, 9, 21))
    reprise = Reprise.objects.get()
    adresse = reverse("reprise-decider", args=[charge.pk, reprise.pk])
    client = client_de(petit_reseau, "delegation")
    saisie = {"etat": "reprise", "decide_le": "2024-09-01", "note": "Oui."}
    assert "avant le changement" in text_of(client.post(adresse, saisie), 400)
    client.post(adresse, saisie | {"decide_le": "2024-10-01"})
    refus = text_of(client.post(adresse, saisie | {"decide_le": "2024-10-02", "note": "x"}), 400)
    assert "déjà notée" in refus
    autre = make_charge("Nom Autre", intitule="Autre")
    ailleurs = reverse("reprise-decider", args=[autre.pk, reprise.pk])
    assert client.get(ailleurs).status_code == 404


def test_a_former_holder_is_added_between_the_others(petit_reseau: PetitReseau) -> None:
    charge = make_charge()
    client = client_de(petit_reseau, "delegation")
    adresse = reverse("charge-titulaire", args=[charge.pk])
    saisie = {"nom": "Zoé Avant", "date_debut": "2020-07-06", "date_fin": "2022-05-20"}
    faux = saisie | {"date_fin": "2022-06-01"}
    assert "en partie ceux de Anne Essai" in text_of(client.post(adresse, faux), 400)
    inverse = saisie | {"date_fin": "2019-01-01"}
    assert "avant le premier" in text_of(client.post(adresse, inverse), 400)
    client.post(adresse, saisie)
    assert make_engagement(charge=charge, date=date(2021, 5, 1)).auteur_nom == "Zoé Avant"


def test_an_office_is_created_corrected_and_read_by_those_concerned(
    petit_reseau: PetitReseau,
) -> None:
    client = client_de(petit_reseau, "delegation_regionale")
    saisie = {
        "intitule": "Préfète",
        "niveau": "departement",
        "territoire": "35",
        "nom": "Une Tenante",
    }
    client.post(f"{CHARGES}nouvelle/", saisie)
    charge = Charge.objects.get()
    assert (charge.region, charge.titulaires.get().nom) == ("53", "Une Tenante")
    adresse = reverse("charge-modifier", args=[charge.pk])
    client.post(adresse, saisie | {"intitule": "Préfète de département"})
    charge.refresh_from_db()
    assert charge.intitule == "Préfète de département"
    ailleurs = text_of(client.post(adresse, saisie | {"territoire": "38"}), 400)
    assert "n’est pas de votre région" in ailleurs
    nationale = text_of(
        client.post(f"{CHARGES}nouvelle/", {"intitule": "M", "niveau": "france"}), 400
    )
    assert "n’est pas de votre région" in nationale
    fiche = reverse("charge", args=[charge.pk])
    visiteur = client_de(petit_reseau, "visiteur")
    assert visiteur.get(fiche).status_code == 404
    make_engagement(charge=charge)
    page = text_of(visiteur.get(fiche))
    assert "Une Tenante" not in page
    assert "qu’aucune page publique ne nomme" in page
    assert "Préfète de département" in text_of(visiteur.get(CHARGES))
