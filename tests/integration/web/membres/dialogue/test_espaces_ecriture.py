"""Spaces are written: created, asked for, ended; seats are taken, left, lost. Nothing is erased."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from factories.espaces import make_espace, make_siege
from factories.membres import client_de

from maillage.kernel.errors import SaisieInvalide
from maillage.web.dialogue.espaces import actions, sieges
from maillage.web.dialogue.espaces.actions import Devenir
from maillage.web.dialogue.models import Document, Espace, Filiation, Siege
from maillage.web.droits.acteur import Acteur, Mandat
from maillage.web.droits.permissions import Role
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
LISTE = "/dialogue/espaces/"
NATIONAL = Acteur(1, (Mandat(Role.DELEGATION, 1, ""),))
BRETONNE = Acteur(2, (Mandat(Role.DELEGATION_REGIONALE, 2, "53"),))
SAISIE = {
    "nom": "Comité de suivi",
    "nature": "administratif",
    "niveau": "departement",
    "territoire": "Ille-et-Vilaine",
    "etat": "actif",
    "visibilite": "interne",
}


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_a_space_is_placed_by_the_name_of_its_territoire(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation")
    answer = client.post(f"{LISTE}creer/", SAISIE)
    espace = Espace.objects.get()
    assert answer["Location"] == f"{LISTE}{espace.pk}/"
    assert (espace.niveau, espace.territoire) == ("departement", "35")
    assert (espace.departement, espace.region) == ("35", "53")
    assert Evenement.objects.filter(action="espace-dialogue.creer", objet_nom=espace.nom).exists()


def test_a_territoire_across_two_departements_belongs_to_neither(petit_reseau: PetitReseau) -> None:
    """CLPE « Drôme Ardèche Centre »: two départements, one region."""
    client = client_de(petit_reseau, "delegation")
    client.post(f"{LISTE}creer/", {**SAISIE, "niveau": "clpe", "territoire": "CLPE26001"})
    espace = Espace.objects.get()
    assert (espace.territoire, espace.departement, espace.region) == ("CLPE26001", "", "84")


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"niveau": "france"}, "Un espace national n’a pas de territoire"),
        ({"territoire": ""}, "Nommez le département."),
        ({"territoire": "Zzyzx"}, "aucun territoire"),
        ({"etat": "demande"}, "Dites qui demande cet espace."),
        ({"date_debut": "2024-02-01", "date_fin": "2024-01-01"}, "Ce jour est avant le premier."),
        ({"base_legale_url": "pas une adresse"}, "adresse"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_written(
    petit_reseau: PetitReseau, change: dict[str, str], phrase: str
) -> None:
    page = text_of(
        client_de(petit_reseau, "delegation").post(f"{LISTE}creer/", {**SAISIE, **change})
    )
    assert phrase in page
    assert "Comité de suivi" in page
    assert not Espace.objects.exists()


def test_a_delegate_writes_in_their_region_only(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation_regionale")
    assert client.post(f"{LISTE}creer/", SAISIE).status_code == 302
    for ailleurs in ({"territoire": "Isère"}, {"niveau": "france", "territoire": ""}):
        page = text_of(client.post(f"{LISTE}creer/", {**SAISIE, **ailleurs}))
        assert "Vous tenez les espaces de votre région" in page
    espace = Espace.objects.get()
    page = text_of(client.post(f"{LISTE}{espace.pk}/modifier/", {**SAISIE, "territoire": "Isère"}))
    assert "Vous tenez les espaces de votre région" in page
    assert Espace.objects.get().territoire == "35"
    loin = make_espace("Loin", petit_reseau.lointaine, visibilite="public")
    siege = make_siege(loin)
    for adresse in ("modifier/", "devenir/", "sieges/ajouter/", f"sieges/{siege.pk}/pourvoir/"):
        assert client.post(f"{LISTE}{loin.pk}/{adresse}").status_code == 403


def test_the_seat_of_a_space_is_not_reached_through_another(petit_reseau: PetitReseau) -> None:
    ici = make_espace("Ici", petit_reseau.structure)
    siege = make_siege(make_espace("Loin", petit_reseau.lointaine))
    document = Document.objects.create(
        espace=siege.espace, titre="D", url="https://exemple.fr", at=timezone.now()
    )
    client = client_de(petit_reseau, "delegation_regionale")
    for geste in ("corriger", "terminer", "pourvoir"):
        assert client.get(f"{LISTE}{ici.pk}/sieges/{siege.pk}/{geste}/").status_code == 404
    assert client.post(f"{LISTE}{ici.pk}/documents/{document.pk}/enlever/").status_code == 404


def test_a_body_of_the_texts_keeps_its_territoire(petit_reseau: PetitReseau) -> None:
    espace = make_espace("CDE", petit_reseau.structure, instance="cde")
    client = client_de(petit_reseau, "delegation")
    page = text_of(client.post(f"{LISTE}{espace.pk}/modifier/", {**SAISIE, "territoire": "Isère"}))
    assert "son territoire ne change pas" in page


def test_case_a_a_space_that_existed_is_asked_for_again(petit_reseau: PetitReseau) -> None:
    """Case A: places of dialogue existed with the previous minister delegate, and are asked for again."""
    espace = make_espace(
        "Concertation avec la ministre déléguée",
        nature="politique",
        etat="disparu",
        date_fin=date(2022, 5, 20),
        visibilite="public",
    )
    client = client_de(petit_reseau, "delegation")
    client.post(
        f"{LISTE}{espace.pk}/redemander/",
        {"demande_par": "Réseau d’essai", "demande_depuis": "2022-06-28"},
    )
    page = text_of(client_de(petit_reseau, "visiteur").get(f"{LISTE}{espace.pk}/"))
    assert (
        "Redemandé par Réseau d’essai depuis le 28 juin 2022. Il a existé jusqu’au 20 mai 2022."
        in page
    )
    assert "Concertation" in text_of(client.get(f"{LISTE}?presence=demande"))
    annee = text_of(client.get(f"{LISTE}changements/?annee=2022"))
    assert "1\u00a0espace est demandé" in annee
    espace.refresh_from_db()
    with pytest.raises(SaisieInvalide, match="on ne peut pas le redemander"):
        actions.ask_again(espace, "x", None, acteur=NATIONAL)


def test_case_b_three_seats_and_a_seat_held_on_behalf_of_others(petit_reseau: PetitReseau) -> None:
    """Case B: the CNE has three seats for networks; the network sits in a group for all of them."""
    client = client_de(petit_reseau, "delegation")
    cne = make_espace("Comité national pour l’emploi", nature="statutaire", visibilite="public")
    for reseau in ("Coorace", "FEI", "Chantier école"):
        client.post(
            f"{LISTE}{cne.pk}/sieges/ajouter/",
            {"cote": "allie", "occupant": reseau, "nombre": "1"},
        )
    page = text_of(client.get(f"{LISTE}{cne.pk}/"))
    assert "Personne n’y siège pour le réseau, sur 3\u00a0sièges." in page
    groupe = make_espace("Groupe DGEFP", nature="groupe_de_travail", visibilite="public")
    client.post(
        f"{LISTE}{groupe.pk}/sieges/ajouter/",
        {"cote": "reseau", "occupant": "Réseau", "au_nom_de": "le collectif", "nombre": "1"},
    )
    page = text_of(client.get(f"{LISTE}{groupe.pk}/"))
    assert "Le réseau y tient 1\u00a0siège au nom de «\u00a0le collectif\u00a0»." in page
    assert "le collectif" in page


def test_a_mandate_ends_with_its_reason_and_the_seat_stands_vacant(
    petit_reseau: PetitReseau,
) -> None:
    espace = make_espace("CLPE", petit_reseau.structure, visibilite="public")
    siege = make_siege(espace, petit_reseau.structure, date_debut=date(2023, 1, 1), qualite="IAE")
    client = client_de(petit_reseau, "delegation")
    fin = {"date_fin": "2024-06-30", "is_vacant": "on"}
    adresse = f"{LISTE}{espace.pk}/sieges/{siege.pk}/terminer/"
    assert "Ce champ est obligatoire" in text_of(client.post(adresse, fin))  # no reason, no end
    client.post(adresse, {**fin, "motif_fin": "siège perdu"})
    siege.refresh_from_db()
    assert (siege.date_fin, siege.motif_fin) == (date(2024, 6, 30), "siège perdu")
    vacant = Siege.objects.exclude(pk=siege.pk).get()
    assert (vacant.occupant, vacant.qualite, vacant.date_debut) == ("", "IAE", date(2024, 7, 1))
    page = text_of(client.get(f"{LISTE}{espace.pk}/"))
    assert "1\u00a0siège du réseau est vacant" in page
    assert "siège perdu" in page
    again = client.post(adresse, {**fin, "motif_fin": "encore", "date_fin": "2024-12-31"})
    assert "Ce mandat a pris fin le 30 juin 2024." in text_of(again)


def test_some_of_several_vacant_seats_are_filled_and_the_time_they_stood_vacant_stays(
    petit_reseau: PetitReseau,
) -> None:
    espace = make_espace("CDE", petit_reseau.structure)
    vacant = make_siege(espace, nombre=3, date_debut=date(2024, 1, 1))
    client = client_de(petit_reseau, "delegation")
    adresse = f"{LISTE}{espace.pk}/sieges/{vacant.pk}/pourvoir/"
    saisie = {"occupant": "Coup de pouce", "nombre": "4", "date_debut": "2024-05-01"}
    assert "Il n’y a que 3\u00a0sièges vacants ici." in text_of(client.post(adresse, saisie))
    client.post(adresse, {**saisie, "nombre": "2"})
    etats = [(s.occupant, s.nombre, s.date_debut, s.date_fin) for s in espace.sieges.order_by("pk")]
    assert etats == [
        ("", 3, date(2024, 1, 1), date(2024, 4, 30)),
        ("Coup de pouce", 2, date(2024, 5, 1), None),
        ("", 1, date(2024, 5, 1), None),
    ]


@pytest.mark.parametrize("nombre", [1, 2])
def test_a_seat_that_never_stood_vacant_for_a_day_is_simply_taken(
    petit_reseau: PetitReseau, nombre: int
) -> None:
    espace = make_espace("CDE", petit_reseau.structure)
    vacant = make_siege(espace, nombre=2, date_debut=date(2024, 5, 1))
    champs = {"occupant": "X", "nombre": nombre, "date_debut": date(2024, 5, 1)}
    sieges.fill_siege(vacant, champs, acteur=NATIONAL)
    tenus = sorted((s.occupant, s.nombre) for s in espace.sieges.all())
    assert tenus == ([("", 1), ("X", 1)] if nombre == 1 else [("X", 2)])


def test_a_renamed_space_keeps_its_page_and_hands_its_mandates_on(
    petit_reseau: PetitReseau,
) -> None:
    espace = make_espace("CDIAE", petit_reseau.structure, visibilite="espace", competence="Avis")
    make_siege(espace, petit_reseau.partenaire, cote="autre", date_debut=date(2023, 1, 1))
    client = client_de(petit_reseau, "delegation_regionale")
    answer = client.post(
        f"{LISTE}{espace.pk}/devenir/",
        {
            "nature": "renommage",
            "a_compter_du": "2024-07-01",
            "nouveau_nom": "Commission",
            "has_mandats": "on",
            "texte": "Décret n° 2024-560",
        },
    )
    suite = Espace.objects.exclude(pk=espace.pk).get()
    assert answer["Location"] == f"{LISTE}{suite.pk}/"
    espace.refresh_from_db()
    assert (espace.etat, espace.date_fin) == ("disparu", date(2024, 6, 30))
    assert (suite.date_debut, suite.competence, suite.region) == (date(2024, 7, 1), "Avis", "53")
    assert [s.date_fin for s in espace.sieges.all()] == [date(2024, 6, 30)]
    assert [s.date_debut for s in suite.sieges.all()] == [date(2024, 7, 1)]
    # the partner follows: they read the space that goes on, and no longer the former one
    partenaire = client_de(petit_reseau, "partenaire")
    assert "prend la suite de" not in text_of(partenaire.get(f"{LISTE}{suite.pk}/"))
    assert partenaire.get(f"{LISTE}{espace.pk}/").status_code == 404
    page = text_of(client.get(f"{LISTE}{espace.pk}/"))
    assert "N’existe plus depuis le 30 juin 2024\u00a0: renommé, suivi de Commission." in page
    assert "prend la suite de" in text_of(client.get(f"{LISTE}{suite.pk}/"))


def test_several_spaces_merge_at_once_into_one_that_is_known(petit_reseau: PetitReseau) -> None:
    a, b, c = (make_espace(n, petit_reseau.structure, visibilite="public") for n in "ABC")
    client = client_de(petit_reseau, "delegation")
    client.post(
        f"{LISTE}{a.pk}/devenir/",
        {"nature": "fusion", "a_compter_du": "2024-01-01", "avec": [b.pk], "apres": c.pk},
    )
    etats = dict(Espace.objects.values_list("nom", "etat"))
    assert etats == {"A": "disparu", "B": "disparu", "C": "actif"}
    assert Filiation.objects.filter(apres=c, nature="fusion", date=date(2024, 1, 1)).count() == 2
    assert not Espace.objects.get(nom="C").sieges.exists()


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"nature": "suppression", "nouveau_nom": "X"}, "Rien ne suit un espace supprimé"),
        ({"nature": "renommage"}, "Choisissez l’espace qui suit"),
        ({"nature": "renommage", "nouveau_nom": "X", "avec": "autre"}, "Seule une fusion"),
        ({"nature": "suppression", "a_compter_du": "demain"}, "Ce jour n’est pas encore venu"),
        (
            {"nature": "suppression", "a_compter_du": "2020-01-01"},
            "n’a commencé que le 1er mars 2021",
        ),
    ],
)
def test_a_descent_that_makes_no_sense_is_refused_whole(
    petit_reseau: PetitReseau, change: dict[str, str], phrase: str
) -> None:
    espace = make_espace("A", petit_reseau.structure, date_debut=date(2021, 3, 1))
    autre = make_espace("B", petit_reseau.structure)
    demain = (timezone.localdate() + timedelta(days=1)).isoformat()
    valeurs = {"a_compter_du": "2024-01-01", **change}
    valeurs = {k: {"autre": str(autre.pk), "demain": demain}.get(v, v) for k, v in valeurs.items()}
    page = text_of(
        client_de(petit_reseau, "delegation").post(f"{LISTE}{espace.pk}/devenir/", valeurs)
    )
    assert phrase in page
    assert not Filiation.objects.exists()
    assert set(Espace.objects.values_list("etat", flat=True)) == {"actif"}


def test_one_fault_among_those_that_merge_leaves_all_as_they_were(
    petit_reseau: PetitReseau,
) -> None:
    a = make_espace("A", petit_reseau.structure)
    loin = make_espace("Loin", petit_reseau.lointaine)
    devenir = Devenir("fusion", date(2024, 1, 1), nouveau_nom="C")
    with pytest.raises(SaisieInvalide, match="votre région"):
        actions.close_espaces([a, loin], devenir, acteur=BRETONNE)
    assert sorted(Espace.objects.values_list("nom", "etat")) == [("A", "actif"), ("Loin", "actif")]


def test_a_document_is_attached_then_taken_off(petit_reseau: PetitReseau) -> None:
    espace = make_espace("A", petit_reseau.structure, visibilite="public")
    client = client_de(petit_reseau, "delegation")
    saisie = {"titre": "Règlement", "url": "https://exemple.fr/r.pdf", "visibilite": "public"}
    client.post(f"{LISTE}{espace.pk}/documents/joindre/", saisie)
    assert "Règlement" in text_of(client_de(petit_reseau, "visiteur").get(f"{LISTE}{espace.pk}/"))
    document = Document.objects.get()
    client.post(f"{LISTE}{espace.pk}/documents/{document.pk}/enlever/")
    assert "https://exemple.fr/r.pdf" not in text_of(client.get(f"{LISTE}{espace.pk}/"))
    assert Document.objects.get().retire_at is not None


def test_the_trail_tells_what_was_done_without_naming_anybody(petit_reseau: PetitReseau) -> None:
    espace = make_espace("A", petit_reseau.structure)
    siege = make_siege(espace, occupant="Une Personne")
    sieges.correct_siege(siege, {"occupant": "Une Autre"}, acteur=NATIONAL)
    sieges.end_mandate(siege, date(2024, 1, 1), "départ", is_vacant=False, acteur=NATIONAL)
    lignes = list(Evenement.objects.filter(action__startswith="siege.").values("action", "details"))
    assert [ligne["action"] for ligne in lignes] in (
        ["siege.corriger", "siege.terminer"],
        ["siege.terminer", "siege.corriger"],
    )
    assert "Une" not in str(lignes)
