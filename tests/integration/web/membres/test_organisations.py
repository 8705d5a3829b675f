"""Organisations on screen: the list, the page, the forms, each within one's own rights."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from factories.membres import DEBUT, client_de, make_structure, make_utilisateur

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.siret import is_siren
from maillage.web.droits.acteur import Acteur, Mandat
from maillage.web.droits.permissions import Role
from maillage.web.journal.models import Evenement
from maillage.web.network import actions
from maillage.web.network.lignes import LigneAdhesion, LigneConvention, LigneCotisation
from maillage.web.network.models import Consentement, Organisation

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
LISTE = "/reseau/organisations/"


def text_of(answer: Any) -> str:
    assert answer.status_code in {200, 400}, answer.status_code
    return str(answer.content.decode())


def rows_of(client: Client, query: str = "") -> list[str]:
    """Names in the file of the list, in its order."""
    answer = client.get(f"{LISTE}liste.csv{query}")
    lignes = answer.content.decode("utf-8-sig").splitlines()[1:]
    return [ligne.split(",")[0] for ligne in lignes]


def test_the_finding_counts_members_regions_and_late_dues(petit_reseau: PetitReseau) -> None:
    jour = date(2024, 1, 1)
    for structure, echeance in (
        (petit_reseau.structure, date(2024, 2, 1)),
        (petit_reseau.voisine, None),
    ):
        ligne = LigneCotisation(2024, "appelee", jour, None, echeance)
        actions.set_cotisations(structure, [ligne], by=None)
    page = text_of(client_de(petit_reseau, "administration").get(LISTE))
    assert "3\u00a0structures adhérentes dans 2\u00a0régions, 1\u00a0cotisation en retard." in page
    assert "1\u00a0cotisation appelée n’a pas de date limite" in page


def test_a_regional_delegate_sees_their_region_only(petit_reseau: PetitReseau) -> None:
    noms = rows_of(client_de(petit_reseau, "delegation_regionale"))
    assert noms == [
        "Association de l’Ouest",
        "Coup de pouce",
        "Département d’essai",
        "La Passerelle",
    ]


def test_the_board_reads_the_list_and_is_offered_no_page_it_may_not_open(
    petit_reseau: PetitReseau,
) -> None:
    fiche = reverse("organisation", args=[petit_reseau.structure.pk])
    page = text_of(client_de(petit_reseau, "conseil").get(LISTE))
    assert "Coup de pouce" in page
    assert fiche not in page
    assert fiche in text_of(client_de(petit_reseau, "delegation").get(LISTE))


@pytest.mark.parametrize(
    ("query", "attendu"),
    [
        ("?q=PASSERELLE", ["La Passerelle"]),
        ("?q=10000000", ["Coup de pouce"]),
        ("?q=100+000+017", ["La Passerelle"]),
        ("?q=10000002500013", ["Les Cimes"]),
        ("?q=rennes", ["Coup de pouce"]),
        ("?q=zzz", []),
        ("?nature=partenaire", ["Département d’essai"]),
        ("?type=ACI", ["Les Cimes"]),
        ("?region=84&nature=structure", ["Les Cimes"]),
        ("?departement=29", ["La Passerelle"]),
        ("?adhesion=membre", ["Coup de pouce", "La Passerelle"]),
        ("?adhesion=ancienne", ["Les Cimes"]),
        ("?adhesion=jamais", []),
        ("?cotisation=retard", ["La Passerelle"]),
        ("?cotisation=reglee", ["Coup de pouce"]),
        ("?cotisation=aucune", ["Les Cimes"]),
        ("?archive=archivees", ["Ancienne"]),
        ("?nature=structure&tri=nom&ordre=desc", ["Les Cimes", "La Passerelle", "Coup de pouce"]),
        ("?nature=structure&tri=types&ordre=asc", ["Les Cimes", "Coup de pouce", "La Passerelle"]),
    ],
)
def test_each_filter_and_order_of_the_list(
    petit_reseau: PetitReseau, query: str, attendu: list[str]
) -> None:
    annee = timezone.localdate().year
    jour = date(annee, 1, 1)
    actions.modify_organisation(petit_reseau.structure, {"commune": "35238"}, by=None)
    actions.set_cotisations(
        petit_reseau.structure, [LigneCotisation(annee, "exoneree", jour)], by=None
    )
    retard = LigneCotisation(annee - 1, "appelee", jour, 100, date(annee - 1, 2, 1))
    encours = LigneCotisation(annee, "a_appeler", jour)
    actions.set_cotisations(petit_reseau.voisine, [retard, encours], by=None)
    finie = LigneAdhesion(date(2020, 1, 1), date(2020, 12, 31))
    actions.set_adhesions(petit_reseau.lointaine, [finie], by=None)
    siret = petit_reseau.lointaine.conventions.get().siret
    lignes = [LigneConvention("AI", siret), LigneConvention("ACI", siret)]
    actions.set_conventions(petit_reseau.lointaine, lignes, by=None)
    ancienne = make_structure("Ancienne", "100000033", "84", "38")
    actions.archive_organisation(ancienne, by=None)
    assert rows_of(client_de(petit_reseau, "administration"), query) == attendu


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?nature=mairie", "MLG-ORG-006"),
        ("?cotisation=x&archive=y", "MLG-ORG-006"),
        ("?tri=x", "MLG-WEB-001"),
        ("?page=99", "MLG-WEB-003"),
    ],
)
def test_an_address_that_asks_for_nothing_known_is_told(
    petit_reseau: PetitReseau, query: str, code: str
) -> None:
    answer = client_de(petit_reseau, "administration").get(LISTE + query)
    assert (answer.status_code, code in text_of(answer)) == (400, True)


def test_the_list_opens_in_a_spreadsheet_without_running_anything(
    petit_reseau: PetitReseau,
) -> None:
    actions.modify_organisation(petit_reseau.structure, {"nom": "=HYPERLINK(1)"}, by=None)
    client = client_de(petit_reseau, "administration")
    assert "'=HYPERLINK(1)" in rows_of(client)
    answer = client.get(f"{LISTE}liste.xlsx")
    assert answer.content.startswith(b"PK")
    assert client.get(f"{LISTE}liste.json").status_code == 404


def test_an_organisation_is_created_with_its_place_deduced(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation")
    saisie = {
        "nature": "structure",
        "nom": "  Le   Tremplin ",
        "siren": "100 000 033",
        "commune": "Rennes (35)",
        "association_regionale": petit_reseau.bretagne.pk,
    }
    answer = client.post(f"{LISTE}creer/", saisie)
    creee = Organisation.objects.get(siren="100000033")
    assert answer["Location"] == reverse("organisation", args=[creee.pk])
    assert (creee.nom, creee.commune, creee.departement, creee.region) == (
        "Le Tremplin",
        "35238",
        "35",
        "53",
    )
    assert creee.association_regionale == petit_reseau.bretagne
    assert Evenement.objects.filter(action="organisation.creer", objet_id=str(creee.pk)).exists()
    assert "Rennes" in text_of(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("saisie", "message"),
    [
        ({"siren": "100000010"}, "clé de contrôle fausse"),
        ({"siren": "100000009"}, "déjà celui de «\u00a0Coup de pouce\u00a0»"),
        ({"commune": "Saint-Denis"}, "plusieurs territoires"),
        ({"commune": "Nulle-Part-du-Tout"}, "aucun territoire"),
        ({"nom": "Bureau FR76 3000 6000 0112 3456 7890 189"}, "coordonnées bancaires"),
        ({"site_web": "javascript:alert(1)"}, "URL valide"),
        ({"departement": "35", "region": "84"}, "contredit"),
        ({"nature": "reseau"}, "choix valide"),
    ],
)
def test_what_is_typed_wrong_is_told_and_kept(
    petit_reseau: PetitReseau, saisie: dict[str, str], message: str
) -> None:
    avant = Organisation.objects.count()
    complete = {"nature": "structure", "nom": "Le Tremplin"} | saisie
    page = text_of(client_de(petit_reseau, "administration").post(f"{LISTE}creer/", complete))
    assert message in page.replace("&#x27;", "'")
    assert all(str(v) in page or v == "reseau" for v in saisie.values())
    assert Organisation.objects.count() == avant


def test_a_director_corrects_their_own_page(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "direction")
    assert client.get("/reseau/")["Location"] == reverse(
        "organisation", args=[petit_reseau.structure.pk]
    )
    adresse = reverse("organisation-modifier", args=[petit_reseau.structure.pk])
    page = text_of(client.get(adresse))
    assert "Association régionale" not in page
    assert 'name="nature"' not in page
    client.post(adresse, {"nom": "Coup de pouce", "siren": "100000009", "commune": "35238"})
    petit_reseau.structure.refresh_from_db()
    assert petit_reseau.structure.commune == "35238"


def test_a_siren_that_is_not_that_of_the_conventions_is_refused(petit_reseau: PetitReseau) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-ORG-013"):
        actions.modify_organisation(petit_reseau.structure, {"siren": "100000033"}, by=None)


def test_archiving_takes_rights_away_and_comes_back(petit_reseau: PetitReseau) -> None:
    staff = client_de(petit_reseau, "administration")
    adresse = reverse("organisation-archiver", args=[petit_reseau.structure.pk])
    assert "2\u00a0rôles y sont tenus" in text_of(staff.get(adresse))
    staff.post(adresse)
    fiche = reverse("organisation", args=[petit_reseau.structure.pk])
    assert client_de(petit_reseau, "direction").get(fiche).status_code == 403
    assert "Cette organisation est archivée" in text_of(staff.get(fiche))
    staff.post(adresse)
    assert client_de(petit_reseau, "direction").get(fiche).status_code == 200
    actions_notees = Evenement.objects.filter(objet_id=str(petit_reseau.structure.pk))
    assert [e.action for e in actions_notees.order_by("id")][-2:] == [
        "organisation.archiver",
        "organisation.retablir",
    ]


def test_the_network_is_never_archived(petit_reseau: PetitReseau) -> None:
    adresse = reverse("organisation-archiver", args=[petit_reseau.reseau.pk])
    assert "MLG-ORG-068" in text_of(client_de(petit_reseau, "administration").post(adresse))


def lines(prefixe: list[dict[str, str]], initial: int) -> dict[str, str]:
    """What the browser sends for a set of lines."""
    saisie = {"form-TOTAL_FORMS": str(len(prefixe)), "form-INITIAL_FORMS": str(initial)}
    for rang, ligne in enumerate(prefixe):
        saisie |= {f"form-{rang}-{champ}": valeur for champ, valeur in ligne.items()}
    return saisie


def test_conventions_are_typed_and_taken_off(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "direction")
    adresse = reverse("organisation-conventions", args=[petit_reseau.structure.pk])
    ancienne = petit_reseau.structure.conventions.get().siret
    saisie = lines(
        [
            {"type_siae": "AI", "siret": ancienne, "DELETE": "on"},
            {"type_siae": "ACI", "siret": "100 000 009 00025", "commune": "Rennes (35)"},
            {"type_siae": "", "siret": ""},
        ],
        1,
    )
    assert client.post(adresse, saisie).status_code == 302
    [convention] = petit_reseau.structure.conventions.all()
    assert (convention.type_siae, convention.siret, convention.commune) == (
        "ACI",
        "10000000900025",
        "35238",
    )


def test_a_convention_of_somebody_else_is_refused(petit_reseau: PetitReseau) -> None:
    adresse = reverse("organisation-conventions", args=[petit_reseau.structure.pk])
    siret = petit_reseau.voisine.conventions.get().siret
    page = text_of(
        client_de(petit_reseau, "direction").post(
            adresse, lines([{"type_siae": "AI", "siret": siret}], 0)
        )
    )
    assert "n’est pas celui d’un établissement du SIREN" in page
    assert petit_reseau.structure.conventions.count() == 1
    Organisation.objects.filter(pk=petit_reseau.structure.pk).update(siren="")
    petit_reseau.structure.conventions.all().delete()
    petit_reseau.structure.refresh_from_db()
    with pytest.raises(SaisieInvalide, match="MLG-ORG-002"):
        actions.set_conventions(petit_reseau.structure, [LigneConvention("AI", siret)], by=None)


def test_an_unknown_siren_is_that_of_the_conventions(petit_reseau: PetitReseau) -> None:
    partagee = Organisation.objects.create(nature="structure", nom="Sans numéro")
    actions.set_conventions(partagee, [LigneConvention("EI", "10000003300017")], by=None)
    partagee.refresh_from_db()
    assert partagee.siren == "100000033"
    assert petit_reseau.structure.siren != partagee.siren


def test_dues_keep_an_unknown_amount_unknown(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation")
    adresse = reverse("organisation-cotisations", args=[petit_reseau.structure.pk])
    saisie = lines(
        [
            {"annee": "2024", "statut": "appelee", "date_statut": "2024-01-15", "montant": ""},
            {
                "annee": "2023",
                "statut": "reglee",
                "date_statut": "2023-01-15",
                "montant": "1200,50",
            },
        ],
        0,
    )
    assert client.post(adresse, saisie).status_code == 302
    montants = petit_reseau.structure.cotisations.values_list("annee", "montant_centimes")
    assert dict(montants) == {2024: None, 2023: 120_050}
    page = text_of(client.get(reverse("organisation", args=[petit_reseau.structure.pk])))
    assert "1\u202f200,50\u202f€" in page
    assert "inconnu" in page


def test_periods_that_overlap_are_refused_together_with_what_was_typed(
    petit_reseau: PetitReseau,
) -> None:
    adresse = reverse("organisation-adhesions", args=[petit_reseau.structure.pk])
    saisie = lines([{"date_debut": "2020-01-01"}, {"date_debut": "2021-01-01"}], 0)
    page = text_of(client_de(petit_reseau, "delegation").post(adresse, saisie))
    assert "commence avant la fin" in page
    assert 'value="2021-01-01"' in page
    assert petit_reseau.structure.adhesions.count() == 1


def test_only_the_director_consents_and_everything_is_kept(petit_reseau: PetitReseau) -> None:
    adresse = reverse("organisation-consentements", args=[petit_reseau.structure.pk])
    client = client_de(petit_reseau, "direction")
    for accorde in ("oui", "oui", "non"):
        client.post(adresse, {"usage": "panel", "accorde": accorde})
    decisions = Consentement.objects.values_list("accorde", "by_id")
    auteur = petit_reseau.personnes["direction"].pk
    assert list(decisions) == [(False, auteur), (True, auteur)]  # given twice is once
    muette = client.post(adresse, {"usage": "nominatif"})  # an answer is never supposed
    assert (muette.status_code, "MLG-ORG-004" in text_of(muette)) == (400, True)
    assert not Consentement.objects.filter(usage="nominatif").exists()
    staff = client_de(petit_reseau, "administration")
    page = text_of(staff.get(adresse))
    assert "Historique (2)" in page
    assert "Donner cet accord" not in page
    assert staff.post(adresse, {"usage": "panel", "accorde": "oui"}).status_code == 403
    assert client_de(petit_reseau, "equipe").post(adresse, {"usage": "panel"}).status_code == 403


def test_the_rule_of_consent_holds_below_the_screen(petit_reseau: PetitReseau) -> None:
    voisin = Acteur(1, (Mandat(Role.DIRECTION, petit_reseau.voisine.pk, "53"),))
    with pytest.raises(SaisieInvalide, match="MLG-ORG-003"):
        actions.decide_consent(petit_reseau.structure, "panel", accorde=True, acteur=voisin)
    directeur = Acteur(1, (Mandat(Role.DIRECTION, petit_reseau.structure.pk, "53"),))
    with pytest.raises(SaisieInvalide, match="MLG-ORG-004"):
        actions.decide_consent(petit_reseau.structure, "publicite", accorde=True, acteur=directeur)


def test_a_partner_reads_neither_dues_nor_people(petit_reseau: PetitReseau) -> None:
    page = text_of(
        client_de(petit_reseau, "partenaire").get(
            reverse("organisation", args=[petit_reseau.partenaire.pk])
        )
    )
    assert "Personnes" not in page
    assert "cotisation" not in page.lower()


@pytest.mark.parametrize("chemin", [LISTE, "/reseau/personnes/"])
def test_a_list_costs_the_same_whatever_its_length(
    petit_reseau: PetitReseau,
    django_assert_num_queries: DjangoAssertNumQueries,
    chemin: str,
) -> None:
    client = client_de(petit_reseau, "administration")
    client.get(chemin)
    with CaptureQueriesContext(connection) as peu:
        client.get(chemin)
    sirens = (s for n in range(200_000_000, 200_001_000) if is_siren(s := str(n)))
    for rang in range(30):
        structure = make_structure(f"Structure {rang}", next(sirens), "84", "38")
        actions.attach(make_utilisateur(f"p{rang}"), structure, Role.EQUIPE, depuis=DEBUT, by=None)
    with django_assert_num_queries(len(peu)):
        client.get(chemin)
