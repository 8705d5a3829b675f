"""Spaces as each reads them: item by item, in the list, on their page, on the map, year by year."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories.espaces import make_espace, make_siege
from factories.membres import client_de

from maillage.web.dialogue.models import Document, Engagement, Espace, Filiation, Rencontre

if TYPE_CHECKING:
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
LISTE = "/dialogue/espaces/"
TOUT = {"public", "adherents", "espace", "interne"}
LECTEURS = {
    "visiteur": {"public"},
    "sans rôle": {"public"},
    "partenaire": {"public"},
    "equipe": {"public", "adherents", "espace"},
    "direction": {"public", "adherents", "espace"},
    "delegation_regionale": TOUT,
    "conseil": TOUT,
    "delegation": TOUT,
    "administration": TOUT,
}
"""What each reads of things of their own region; a partner without a seat."""


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def names_in(petit: PetitReseau, role: str, query: str = "") -> list[str]:
    answer = client_de(petit, role).get(f"{LISTE}liste.csv{query}")
    lignes = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    return [ligne["nom"] for ligne in lignes]


@pytest.fixture
def quatre(petit_reseau: PetitReseau) -> dict[str, Espace]:
    """One space of each visibility in the region of most people, each with things of each visibility."""
    espaces = {v: make_espace(f"E-{v}", petit_reseau.structure, visibilite=v) for v in sorted(TOUT)}
    for espace in espaces.values():
        fill(espace, petit_reseau)
    return espaces


def fill(espace: Espace, petit: PetitReseau) -> None:
    lieu = {"departement": petit.structure.departement, "region": petit.structure.region}
    for v in sorted(TOUT):
        demain = timezone.localdate() + timedelta(days=1)
        Rencontre.objects.create(espace=espace, titre=f"R-{v}", date=demain, visibilite=v, **lieu)
        Engagement.objects.create(
            espace=espace,
            phrase=f"P-{v}",
            sens="public",
            precision="inconnue",
            visibilite=v,
            **lieu,
        )
        Document.objects.create(
            espace=espace, titre=f"D-{v}", url="https://exemple.fr", visibilite=v, at=timezone.now()
        )


@pytest.mark.parametrize("role", LECTEURS)
def test_each_reads_the_spaces_and_in_them_the_items_that_are_theirs(
    petit_reseau: PetitReseau, quatre: dict[str, Espace], role: str
) -> None:
    client, lus = client_de(petit_reseau, role), LECTEURS[role]
    assert names_in(petit_reseau, role) == [f"E-{v}" for v in sorted(lus)]
    for visibilite, espace in quatre.items():
        answer = client.get(f"{LISTE}{espace.pk}/")
        assert (answer.status_code == 200) is (visibilite in lus), visibilite
        if visibilite in lus:
            page = text_of(answer)
            for prefixe in "RPD":
                vus = {v for v in TOUT if f"{prefixe}-{v}" in page}
                assert vus == lus, (visibilite, prefixe)


def test_a_partner_reads_what_their_space_shares_and_nothing_internal_until_the_mandate_ends(
    petit_reseau: PetitReseau, quatre: dict[str, Espace]
) -> None:
    siege = make_siege(quatre["espace"], petit_reseau.partenaire, cote="autre")
    assert names_in(petit_reseau, "partenaire") == ["E-espace", "E-public"]
    client = client_de(petit_reseau, "partenaire")
    page = text_of(client.get(f"{LISTE}{quatre['espace'].pk}/"))
    for prefixe in "RPD":
        assert {v for v in TOUT if f"{prefixe}-{v}" in page} == {"public", "espace"}, prefixe
    # the same person in a space where they do not sit
    page = text_of(client.get(f"{LISTE}{quatre['public'].pk}/"))
    assert {v for v in TOUT if f"R-{v}" in page} == {"public"}
    siege.date_fin = timezone.localdate() - timedelta(days=1)
    siege.save()
    assert names_in(petit_reseau, "partenaire") == ["E-public"]
    assert client.get(f"{LISTE}{quatre['espace'].pk}/").status_code == 404


def test_a_regional_delegate_reads_nothing_internal_of_another_region(
    petit_reseau: PetitReseau,
) -> None:
    make_espace("Ici", petit_reseau.structure, visibilite="interne", notes="N-ici")
    loin = make_espace("Loin", petit_reseau.lointaine, visibilite="interne")
    make_espace("National", visibilite="interne")
    ouvert = make_espace(
        "Loin, ouvert", petit_reseau.lointaine, visibilite="public", notes="N-loin"
    )
    assert names_in(petit_reseau, "delegation_regionale") == ["Ici", "Loin, ouvert"]
    client = client_de(petit_reseau, "delegation_regionale")
    assert client.get(f"{LISTE}{loin.pk}/").status_code == 404
    assert "N-loin" not in text_of(client.get(f"{LISTE}{ouvert.pk}/"))
    assert "N-loin" in text_of(client_de(petit_reseau, "conseil").get(f"{LISTE}{ouvert.pk}/"))


def test_only_who_keeps_dialogue_there_is_offered_to_write(petit_reseau: PetitReseau) -> None:
    ici = make_espace("Ici", petit_reseau.structure, visibilite="public")
    loin = make_espace("Loin", petit_reseau.lointaine, visibilite="public")
    for role in LECTEURS:
        for espace in (ici, loin):
            page = text_of(client_de(petit_reseau, role).get(f"{LISTE}{espace.pk}/"))
            partout = role in {"delegation", "administration"}
            tient = partout or (role == "delegation_regionale" and espace is ici)
            assert ("Ajouter un siège" in page) is tient, (role, espace.nom)


def test_the_finding_says_where_we_sit_where_nobody_does_and_what_is_asked_for(
    petit_reseau: PetitReseau,
) -> None:
    options: dict[str, Any] = {"visibilite": "public"}
    ours = make_espace("A", petit_reseau.structure, **options)
    make_siege(ours, petit_reseau.structure)
    theirs = make_espace("B", petit_reseau.structure, **options)
    make_siege(theirs, cote="allie", occupant="Un autre réseau")
    vacant = make_espace("C", petit_reseau.structure, **options)
    make_siege(vacant)
    make_espace("D", petit_reseau.structure, etat="demande", demande_par="le réseau", **options)
    make_espace("E", petit_reseau.structure, **options)
    gone = make_espace("F", petit_reseau.structure, etat="disparu", **options)
    make_siege(gone, petit_reseau.structure)
    page = text_of(client_de(petit_reseau, "visiteur").get(LISTE))
    assert (
        "Nous siégeons dans 1\u00a0espace sur 5\u202f; dans 2\u00a0autres, personne ne siège pour le "
        "réseau\u202f; 1\u00a0est demandé\u202f; pour 1\u00a0autre, les sièges ne sont pas renseignés."
    ) in page
    assert page.count("siège à pourvoir") == 1


def test_a_mandate_counts_from_its_first_to_its_last_day(petit_reseau: PetitReseau) -> None:
    le = timezone.localdate()
    jour = timedelta(days=1)
    for nom, debut, fin in (
        ("hier", None, le - jour),
        ("aujourd’hui", le, le),
        ("demain", le + jour, None),
    ):
        espace = make_espace(nom, petit_reseau.structure, visibilite="public")
        make_siege(espace, petit_reseau.structure, date_debut=debut, date_fin=fin)
    assert names_in(petit_reseau, "visiteur", "?presence=nous") == ["aujourd’hui"]
    assert names_in(petit_reseau, "visiteur", "?presence=inconnu") == ["demain", "hier"]


@pytest.mark.parametrize(
    ("query", "attendu"),
    [
        ("?q=comité", ["Comité A"]),
        ("?q=COMITE+ille", ["Comité A"]),
        ("?q=isère", ["Groupe B"]),
        ("?departement=38", ["Groupe B"]),
        ("?region=53", ["Comité A"]),
        ("?nature=statutaire", ["Comité A"]),
        ("?niveau=france", ["National C"]),
        ("?etat=disparu", ["Vieux D"]),
        ("?etat=tous", ["Comité A", "Groupe B", "National C", "Vieux D"]),
        ("?territoire=departement-35", ["Comité A"]),
        ("?territoire=region-84", ["Groupe B"]),
        ("?territoire=france-FR", ["Comité A", "Groupe B", "National C"]),
        ("", ["Comité A", "Groupe B", "National C"]),
        ("?tri=nom&ordre=desc", ["National C", "Groupe B", "Comité A"]),
    ],
)
def test_the_list_is_filtered_by_its_address(
    petit_reseau: PetitReseau, query: str, attendu: list[str]
) -> None:
    options: dict[str, Any] = {"visibilite": "public"}
    make_espace("Comité A", petit_reseau.structure, nature="statutaire", **options)
    make_espace("Groupe B", petit_reseau.lointaine, **options)
    make_espace("National C", **options)
    make_espace("Vieux D", petit_reseau.lointaine, etat="disparu", **options)
    assert names_in(petit_reseau, "visiteur", query) == attendu


@pytest.mark.parametrize(
    "query", ["?etat=perdu", "?territoire=departement-99", "?presence=x&niveau=y"]
)
def test_an_impossible_filter_is_told(petit_reseau: PetitReseau, query: str) -> None:
    answer = client_de(petit_reseau, "visiteur").get(LISTE + query)
    assert answer.status_code == 400
    assert "MLG-ESP-00" in answer.content.decode()


def test_the_page_tells_mandates_that_ended_with_their_reason(petit_reseau: PetitReseau) -> None:
    espace = make_espace("Comité", petit_reseau.structure, visibilite="public")
    make_siege(
        espace,
        occupant="Ancien titulaire",
        date_debut=date(2021, 1, 1),
        date_fin=date(2023, 12, 31),
        motif_fin="nouvelle composition",
    )
    make_siege(espace, occupant="Réseau", nombre=3, au_nom_de="le collectif des réseaux")
    page = text_of(client_de(petit_reseau, "visiteur").get(f"{LISTE}{espace.pk}/"))
    assert (
        "Le réseau y tient 3\u00a0sièges au nom de «\u00a0le collectif des réseaux\u00a0»." in page
    )
    assert "le collectif des réseaux" in page
    assert "du 1er janvier 2021 au 31 décembre 2023\u202f: nouvelle composition" in page


def test_a_date_known_to_the_month_is_never_told_to_the_day(petit_reseau: PetitReseau) -> None:
    espace = make_espace("Comité", petit_reseau.structure, visibilite="public")
    prochaine = date(timezone.localdate().year + 1, 6, 1)
    Rencontre.objects.create(
        espace=espace, titre="Bilan", date=prochaine, precision="mois", visibilite="public"
    )
    page = text_of(client_de(petit_reseau, "visiteur").get(f"{LISTE}{espace.pk}/"))
    assert f"Prochaine rencontre en juin {prochaine.year}." in page
    assert "1er juin" not in page
    assert "1 de cette page n’y est pas" in page


def test_the_home_page_and_that_of_a_territoire_show_what_is_theirs(
    petit_reseau: PetitReseau, quatre: dict[str, Espace]
) -> None:
    del quatre
    for adresse in ("/dialogue/", "/dialogue/territoires/departement/35/"):
        for role, lus in LECTEURS.items():
            page = text_of(client_de(petit_reseau, role).get(adresse))
            assert {v for v in TOUT if f"R-{v}" in page} == lus, (adresse, role)
    ailleurs = text_of(
        client_de(petit_reseau, "conseil").get("/dialogue/territoires/departement/38/")
    )
    assert "E-public" not in ailleurs
    assert "R-public" not in ailleurs
    commune = text_of(
        client_de(petit_reseau, "visiteur").get("/dialogue/territoires/commune/35238/")
    )
    assert "E-public" in commune  # the département that contains it


def test_the_page_of_a_territoire_leads_to_its_spaces(petit_reseau: PetitReseau) -> None:
    page = text_of(client_de(petit_reseau, "visiteur").get("/territoires/departement/35/"))
    assert "/dialogue/espaces/?territoire=departement-35" in page


def test_the_map_and_its_table_say_the_same_of_each_departement(petit_reseau: PetitReseau) -> None:
    options: dict[str, Any] = {"visibilite": "public", "instance": "cde"}
    ici = make_espace("CDE ici", petit_reseau.structure, **options)
    make_siege(ici, petit_reseau.structure)
    loin = make_espace("CDE loin", petit_reseau.lointaine, **options)
    make_siege(loin, cote="allie", occupant="Un autre")
    make_espace("CDE interne", petit_reseau.voisine, instance="cde")
    page = text_of(client_de(petit_reseau, "visiteur").get(f"{LISTE}carte/?instance=cde"))
    svg = page[page.index('<svg class="carte') : page.index("</svg>", page.index('class="carte'))]
    assert (
        f'<a href="{LISTE}{ici.pk}/" tabindex="-1" aria-label="Ille-et-Vilaine\u00a0: nous y siégeons"'
        in svg
    )
    assert "Isère\u00a0: des sièges, aucun tenu par le réseau" in svg
    assert "Finistère\u00a0: aucun espace enregistré" in svg
    assert svg.count('class="espace-nous"') == 1
    assert svg.count('class="espace-sans-nous"') == 1
    assert "Nous siégeons dans 1\u00a0département sur 101" in page
    dedans = text_of(client_de(petit_reseau, "conseil").get(f"{LISTE}carte/?instance=cde"))
    assert "Finistère\u00a0: sièges non renseignés" in dedans
    assert client_de(petit_reseau, "visiteur").get(f"{LISTE}carte/?instance=x").status_code == 404


def test_the_changes_of_a_year_are_those_of_the_spaces_that_are_read(
    petit_reseau: PetitReseau,
) -> None:
    le = timezone.localdate()
    options: dict[str, Any] = {"visibilite": "public"}
    a = make_espace("Ancien", petit_reseau.structure, etat="disparu", **options)
    b = make_espace("Nouveau", petit_reseau.structure, date_debut=date(2024, 7, 1), **options)
    Filiation.objects.create(avant=a, apres=b, nature="renommage", date=date(2024, 7, 1))
    make_siege(b, petit_reseau.structure, date_debut=date(2024, 9, 1), date_fin=le + timedelta(3))
    cache = make_espace(
        "Caché", petit_reseau.structure, demande_par="X", demande_depuis=date(2024, 2, 1)
    )
    make_siege(cache, occupant="Secret", date_debut=date(2024, 3, 1))
    make_espace(
        "Voulu", etat="demande", demande_par="nous", demande_depuis=date(2024, 5, 2), **options
    )
    page = text_of(client_de(petit_reseau, "visiteur").get(f"{LISTE}changements/?annee=2024"))
    assert (
        "En 2024, 1\u00a0mandat a commencé, 1\u00a0espace a changé ou disparu et 1\u00a0espace est demandé."
        in page
    )
    assert "Secret" not in page
    assert "Caché" not in page
    assert "Secret" in text_of(
        client_de(petit_reseau, "conseil").get(f"{LISTE}changements/?annee=2024")
    )
    cette_annee = text_of(client_de(petit_reseau, "visiteur").get(f"{LISTE}changements/"))
    assert "Mandats terminés" not in cette_annee  # its term is still to come
    assert (
        client_de(petit_reseau, "visiteur").get(f"{LISTE}changements/?annee=3000").status_code
        == 400
    )


def test_the_pages_ask_the_base_the_same_number_of_questions_whatever_there_is(
    petit_reseau: PetitReseau,
) -> None:
    premier = make_espace("E0", petit_reseau.structure, visibilite="public")
    fill(premier, petit_reseau)
    adresses = (
        LISTE,
        f"{LISTE}liste.csv",
        f"{LISTE}carte/?instance=",
        f"{LISTE}changements/",
        f"{LISTE}{premier.pk}/",
        f"{LISTE}{premier.pk}/agenda.ics",
        "/dialogue/",
        "/dialogue/territoires/departement/35/",
        "/dialogue/agenda.ics",
    )
    client = client_de(petit_reseau, "delegation_regionale")
    client.get(LISTE)  # the first page of a session writes its roles
    avant = [count_queries(client, adresse) for adresse in adresses]
    for n in range(30):
        espace = make_espace(f"E{n + 1}", petit_reseau.structure, visibilite="public")
        make_siege(espace, petit_reseau.structure, date_debut=timezone.localdate())
        make_siege(premier, petit_reseau.voisine, date_debut=timezone.localdate())
        fill(espace, petit_reseau)
        fill(premier, petit_reseau)
    assert [count_queries(client, adresse) for adresse in adresses] == avant


def count_queries(client: Any, adresse: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as questions:
        client.get(adresse)
    return len(questions)
