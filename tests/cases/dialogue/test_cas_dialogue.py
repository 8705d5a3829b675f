"""Cases A and B, as a secretary would send them in a spreadsheet, and what the base then holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from factories.dialogue_fichiers import bring, read_case, sorts

from maillage.web.dialogue.models import (
    Charge,
    Engagement,
    Espace,
    Fait,
    Point,
    Portage,
    Proposition,
    Rencontre,
    Siege,
    Titulaire,
)
from maillage.web.dialogue.registre.comptage import Sort, judge
from maillage.web.dialogue.registre.contacts import load_contacts

pytestmark = pytest.mark.django_db


def words(objets: Any, *champs: str) -> list[tuple[Any, ...]]:
    return list(objets.values_list(*champs))


@pytest.mark.parametrize("cas", ["cas_a", "cas_b"])
def test_a_second_import_changes_nothing(cas: str) -> None:
    assert sorts(bring(*read_case(cas))) == {"créée"}
    assert sorts(bring(*read_case(cas))) == {"inchangée"}


def test_case_a_is_whole() -> None:
    bring(*read_case("cas_a"))
    rencontre = Rencontre.objects.get()
    assert (rencontre.date, rencontre.precision, rencontre.duree) == (
        date(2022, 6, 28),
        "jour",
        "longue",
    )
    assert (rencontre.initiative, rencontre.demandee_par) == ("interlocuteur", "le cabinet")
    assert "Incertitude" in rencontre.limite
    # logged, and not counted as an initiative of the network
    [contact] = load_contacts()
    assert contact.responsables
    assert judge(contact)[0] is Sort.NON_COMPTE
    assert words(rencontre.participants, "cote", "nom", "is_present") == [
        ("interlocuteur", "", True),
        ("reseau", "Laurent Pinet", True),
        ("reseau", "Éric Béasse", True),
    ]
    assert words(Titulaire.objects.order_by("nom"), "nom", "charge__intitule") == [
        ("Mme Klinkert", "Ministre déléguée précédente"),
        ("Olivier Dussopt", "Ministre du Travail, du Plein emploi et de l’Insertion"),
    ]


def test_case_a_carries_three_proposals_with_their_history() -> None:
    bring(*read_case("cas_a"))
    assert Proposition.objects.count() == 3
    for proposition in Proposition.objects.all():
        assert words(proposition.portages, "date", "precision", "forme") == [
            (date(2022, 1, 1), "annee", "campagne"),
            (date(2022, 6, 28), "jour", "rencontre"),
        ]
        assert proposition.points.get().visibilite == "public"
    assert Portage.objects.filter(charge__intitule="Conseillers du cabinet").count() == 3


def test_case_a_asks_for_a_space_again() -> None:
    bring(*read_case("cas_a"))
    espace = Espace.objects.get()
    assert (espace.etat, espace.demande_par, espace.demande_depuis) == (
        "demande",
        "le réseau",
        date(2022, 6, 28),
    )
    assert espace.competence.count("\n") == 1  # the breaks of lines of the cell are kept


def test_case_a_request_meets_the_report_of_january_2023() -> None:
    bring(*read_case("cas_a"))
    demande = Engagement.objects.get(sens="demande")
    offre = Engagement.objects.get(sens="reseau")
    assert (demande.statut, offre.statut) == ("annonce", "annonce")
    assert demande.porteur == Charge.objects.get(intitule="Conseillers du cabinet")
    assert offre.porteur is None
    fait = Fait.objects.get()
    assert (fait.date, fait.precision) == (date(2023, 1, 1), "mois")
    assert list(fait.engagements.all()) == [demande]
    assert "30 % puis à 40 %" in fait.texte
    assert [p.nature for p in demande.points.all()] == ["demande"]
    assert demande.points.get().visibilite == "adherents"
    assert Point.objects.get(nature="information").locuteur is not None
    assert [words(e.etats, "statut", "date") for e in (demande, offre)] == [
        [("annonce", date(2022, 6, 28))]
    ] * 2


def test_case_b_has_its_calendar_its_seats_and_its_loss() -> None:
    bring(*read_case("cas_b"))
    groupe = Espace.objects.get(nature="groupe_de_travail")
    assert words(groupe.rencontres.order_by("pk"), "date", "precision", "statut", "initiative") == [
        (date(2024, 3, 22), "jour", "tenue", "statutaire"),
        (date(2024, 6, 1), "mois", "prevue", "statutaire"),
        (date(2024, 1, 1), "annee", "prevue", "statutaire"),
    ]
    assert groupe.sieges.get().au_nom_de == "le collectif des réseaux"
    cne = Espace.objects.get(sigle="CNE")
    assert [s.occupant for s in cne.sieges.order_by("pk")] == ["Coorace", "FEI", "Chantier école"]
    perdu = Siege.objects.get(qualite="de droit")
    assert (perdu.date_fin, perdu.espace.nom) == (
        date(2024, 3, 22),
        "Instances locales de l’emploi",
    )
    assert Siege.objects.held(date(2024, 3, 23)).filter(espace=perdu.espace).count() == 0


def test_case_b_keeps_a_promise_without_date_a_request_and_a_deadline() -> None:
    bring(*read_case("cas_b"))
    assert words(
        Engagement.objects.order_by("pk"), "sens", "statut", "echeance", "echeance_precision"
    ) == [
        ("public", "annonce", None, "inconnue"),
        ("demande", "annonce", None, "inconnue"),
        ("public", "annonce", date(2024, 7, 31), "mois"),
    ]
    promesse = Engagement.objects.filter(sens="public").earliest("pk")
    assert promesse.porteur is not None
    assert promesse.porteur.organisme == "DGEFP"
    assert promesse.points.get().nature == "declaration"
