"""Files of dialogue: previewed, decided line by line, imported whole or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factories.dialogue_fichiers import bring, csv, faults, read_case, sorts
from factories.membres import client_de

from maillage.web.dialogue.echange import base, depots
from maillage.web.dialogue.echange.actions import apply_plan
from maillage.web.dialogue.echange.lecture import Fichier
from maillage.web.dialogue.echange.model import OCTETS_MAX
from maillage.web.dialogue.models import (
    DepotDialogue,
    Document,
    Engagement,
    Espace,
    Point,
    Proposition,
    Rencontre,
    Siege,
    Titulaire,
    VersionPoint,
)
from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
FICHIERS = "/dialogue/fichiers/"


def zipped(fichiers: list[Fichier]) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for fichier in fichiers:
            archive.writestr(f"notes/{fichier.nom}", fichier.octets)
        archive.writestr("__MACOSX/._notes.csv", b"\x00")
    return tampon.getvalue()


def put(client: Client, nom: str, octets: bytes, contenu: str = "") -> Any:
    fichier = SimpleUploadedFile(nom, octets)
    return client.post(FICHIERS, {"contenu": contenu, "fichier": fichier})


def imprint(client: Client, adresse: str) -> str:
    page = client.get(adresse).content.decode()
    return str(page.split('name="empreinte" value="')[1].split('"')[0])


def test_ten_years_of_notes_arrive_in_a_zip(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation")
    depot = put(client, "notes.zip", zipped(read_case("cas_a")))["Location"]
    page = client.get(depot).content.decode()
    assert "Rien n’est encore écrit." in page
    assert "Rencontres" in page
    assert "2022-06-28 Rencontre avec le cabinet" in page
    assert not Rencontre.objects.exists()
    fait = client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)})
    assert fait.status_code == 302
    assert Point.objects.count() == VersionPoint.objects.count() == 10
    evenement = Evenement.objects.get(action="dialogue.importer")
    assert evenement.by_id == petit_reseau.personnes["delegation"].pk
    assert evenement.details["creee"]["points"] == 10
    assert "Pinet" not in str(evenement.details)
    depot = put(client, "notes.zip", zipped(read_case("cas_a")))["Location"]
    page = client.get(depot).content.decode()
    assert "32\u00a0lignes sans changement" in page
    assert "Il n’y a rien à écrire." in page
    client.post(depot, {"faire": "abandonner"})
    assert not DepotDialogue.objects.exists()


@pytest.mark.parametrize("nom", ["dialogue.zip", "dialogue.json", "rencontres.csv"])
def test_what_leaves_comes_back_unchanged(petit_reseau: PetitReseau, nom: str) -> None:
    bring(*read_case("cas_a"))
    client = client_de(petit_reseau, "administration")
    answer = client.get(f"{FICHIERS}{nom}")
    depot = put(client, nom, answer.content)["Location"]
    assert "Il n’y a rien à écrire." in client.get(depot).content.decode()
    avant = Evenement.objects.count()
    client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)})
    assert Evenement.objects.count() == avant
    assert client.get(f"{FICHIERS}{nom}").content == answer.content
    prises = Evenement.objects.filter(action="dialogue.exporter")
    assert [e.details for e in prises] == [{"fichier": nom}] * 2
    assert client.get(f"{FICHIERS}autre.csv").status_code == 404


@pytest.mark.django_db
def test_every_fault_of_every_file_is_told_at_once() -> None:
    assert faults(
        csv("espaces", "nom;nature;email", "A;politique;x"),
        csv("charges", "intitule;telephone;date de naissance", "A;0;1"),
        csv(
            "rencontres",
            "titre;date;forme;espace",
            "R;2024-13;réunion;Nulle part",
            "S;2024-02-30;fête;",
            ";2020;;",
        ),
        csv("participants", "rencontre;cote", "T;reseau", "R;moi"),
        csv("engagements", "phrase;sens;statut;cible_valeur;adresse", "P;public;tenu;2,5;ici"),
        Fichier("notes.csv", b"x"),
        Fichier("points.zip", b"PK\x03\x04rien"),
        Fichier("a.json", b'{"format": "autre"}'),
        Fichier("b.json", b"{"),
    ) == [
        ("MLG-DIA-101", "points.zip"),
        ("MLG-DIA-103", "notes.csv"),
        ("MLG-DIA-106", "a.json"),
        ("MLG-DIA-105", "b.json, ligne 1"),
        ("MLG-DIA-144", "charges.csv, ligne 1"),
        ("MLG-DIA-144", "charges.csv, ligne 1"),
        ("MLG-DIA-144", "espaces.csv, ligne 1"),
        ("MLG-DIA-113", "rencontres.csv, ligne 2, colonne date"),
        ("MLG-DIA-113", "rencontres.csv, ligne 3, colonne date"),
        ("MLG-DIA-112", "rencontres.csv, ligne 3, colonne forme"),
        ("MLG-DIA-124", "rencontres.csv, ligne 4, colonne titre"),
        ("MLG-DIA-129", "participants.csv, ligne 2, colonne nom"),
        ("MLG-DIA-112", "participants.csv, ligne 3, colonne cote"),
        ("MLG-DIA-129", "participants.csv, ligne 3, colonne nom"),
        ("MLG-DIA-117", "engagements.csv, ligne 2, colonne adresse"),
        ("MLG-DIA-127", "engagements.csv, ligne 2, colonne constate_le"),
        ("MLG-DIA-129", "engagements.csv, ligne 2, colonne cible_indicateur"),
    ]


@pytest.mark.django_db
def test_archives_that_swell_and_documents_of_another_shape_are_refused() -> None:
    def pack(fichiers: dict[str, bytes]) -> Fichier:
        tampon = io.BytesIO()
        with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
            for nom, octets in fichiers.items():
                archive.writestr(nom, octets)
        return Fichier("a.zip", tampon.getvalue())

    assert faults(pack({"espaces.csv": b"0" * (OCTETS_MAX + 1)})) == [("MLG-DIA-140", "a.zip")]
    assert faults(pack({f"{n}.csv": b"x" for n in range(61)})) == [("MLG-DIA-102", "a.zip")]
    assert (
        faults(pack({"a/espaces.csv": b"nom;nature\n", "b/espaces 2.csv": b"nom;nature\n"})) == []
    )
    deux = [
        csv("espaces", "nom;nature", "A;politique"),
        csv("espaces 2", "nom;nature", "B;politique"),
    ]
    assert faults(*deux) == [("MLG-DIA-104", "")]
    document = {
        "format": "maillage-dialogue",
        "version": 1,
        "mairies": [],
        "espaces": {"nom": "A"},
        "rencontres": [
            1,
            {
                "titre": "R",
                "date": "2024",
                "email": "x",
                "lieu": {"a": 1},
                "points": [{"texte": 7}],
            },
            {"titre": "FR7630006000011234567890189", "date": 2024, "limite": None},
        ],
    }
    assert faults(Fichier("d.json", json.dumps(document).encode())) == [
        ("MLG-DIA-107", "d.json"),
        ("MLG-DIA-107", "d.json, espaces"),
        ("MLG-DIA-107", "d.json, rencontres[1]"),
        ("MLG-DIA-107", "d.json, rencontres[2]"),
        ("MLG-DIA-107", "d.json, rencontres[2].lieu"),
        ("MLG-DIA-149", "d.json, rencontres[3], colonne titre"),
    ]


def test_a_refused_file_is_not_kept_and_its_faults_are_on_the_page(
    petit_reseau: PetitReseau,
) -> None:
    client = client_de(petit_reseau, "administration")
    answer = put(client, "espaces.csv", b"nom,nature\nA,politique\nB,fete\n,politique\n")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "2 fautes empêchent" in page
    assert "<strong>espaces.csv, ligne 3, colonne nature</strong>" in page
    assert "MLG-DIA-112" in page
    assert not DepotDialogue.objects.exists()


NOTES = (
    csv("espaces", "nom;nature;instance", "Comité;statutaire;", "Commission;statutaire;cns"),
    csv(
        "rencontres",
        "date;titre;espace;statut",
        "2024-06;Réunion;comite;tenue",
        "2020;Bilan;;",
    ),
    csv(
        "engagements",
        "date;sens;phrase;statut;constate le;rencontre;charge",
        "2024-06;public;On le fera.;non tenu;2025-01-31;Réunion;",
        "2024-06;demande;Une réponse.;;;2024-06 reunion;",
    ),
)


@pytest.mark.django_db
def test_what_a_secretary_leaves_out_is_deduced_and_nothing_else() -> None:
    bring(*NOTES)
    assert Rencontre.objects.get(titre="Bilan").statut == "tenue"  # of the past
    assert Rencontre.objects.get(titre="Bilan").initiative == "inconnue"
    tenu = Engagement.objects.get(sens="public")
    assert (tenu.statut, tenu.visibilite) == ("non_tenu", "interne")
    assert list(tenu.etats.values_list("statut", "date")) == [
        ("annonce", date(2024, 6, 1)),
        ("non_tenu", date(2025, 1, 31)),
    ]
    assert sorts(bring(*NOTES)) == {"inchangée"}
    assert tenu.etats.count() == 2


@pytest.mark.django_db
def test_a_line_that_resembles_waits_for_a_choice() -> None:
    bring(*NOTES)
    encore = csv("rencontres", "date;titre;lieu;espace", "06/2024;réunion;Paris;Comité")
    plan, connue = depots.plan_files([encore])
    [ligne] = plan.lignes
    assert ligne.sort.value == "douteuse"
    assert ligne.raison == "même titre et même date"
    with pytest.raises(ValueError, match="doubtful"):
        apply_plan(plan, connue, by=None)
    cle = ligne.propositions[0].cle
    assert sorts(bring(encore, choix={ligne.choix: "ignorer"})) == {"laissée de côté"}
    assert sorts(bring(encore, choix={ligne.choix: cle})) == {"modifiée"}
    assert Rencontre.objects.get(titre="réunion").lieu == "Paris"
    autre = csv("rencontres", "date;titre;lieu", "2024-06;réunion;Lyon")
    bring(autre, choix={ligne.choix: "creer"})
    assert Rencontre.objects.filter(titre="réunion").count() == 2


def test_doubts_are_decided_on_the_page(petit_reseau: PetitReseau) -> None:
    bring(*NOTES)
    client = client_de(petit_reseau, "delegation")
    octets = "date;titre;lieu\n2024-06;Réunion;Paris\n".encode()
    depot = put(client, "Feuille 1.csv", octets, "rencontres")["Location"]
    page = client.get(depot).content.decode()
    assert "Choisissez d’abord pour chaque ligne douteuse." in page
    assert "lieu, «&nbsp;vide&nbsp;» deviendrait «&nbsp;Paris&nbsp;»" in page
    refuse = client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)})
    assert (refuse.status_code, "MLG-DIA-153" in refuse.content.decode()) == (400, True)
    cle = str(Rencontre.objects.get(titre="Réunion").identifiant)
    client.post(depot, {"faire": "choisir", "choix-rencontres-2": cle})
    page = client.get(depot).content.decode()
    assert f'value="{cle}" checked' in page
    Rencontre.objects.filter(titre="Réunion").update(lieu="Lyon")
    refuse = client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)[:-1]})
    assert "MLG-DIA-154" in refuse.content.decode()
    client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)})
    assert Rencontre.objects.get(titre="Réunion").lieu == "Paris"
    modifie = Evenement.objects.get(action="dialogue.importer-modifier")
    assert modifie.details == {"champs": ["lieu"]}


@pytest.mark.django_db
def test_ambiguity_is_told_with_the_identifiants() -> None:
    bring(
        csv(
            "espaces",
            "nom;nature;niveau;territoire",
            "Comité;politique;;",
            "Comité;politique;departement;35",
        )
    )
    renvoi = csv("rencontres", "titre;date;espace", "R;2024;comité")
    assert faults(renvoi) == [("MLG-DIA-121", "rencontres.csv, ligne 2, colonne espace")]
    ici = Espace.objects.get(territoire="35")
    assert (ici.departement, ici.region) == ("35", "53")
    bring(csv("rencontres", "titre;date;espace", f"R;2024;{ici.identifiant}"))
    assert Rencontre.objects.get().espace == ici


@pytest.mark.django_db
def test_what_was_said_is_not_rewritten() -> None:
    bring(
        *NOTES,
        csv("propositions", "titre;texte", "Une aide;Premier texte."),
    )
    tenu, autre = Engagement.objects.order_by("pk")
    demande = f"{autre.identifiant};Une vraie réponse."
    bring(csv("engagements", "identifiant;sens;phrase", demande.replace(";", ";demande;", 1)))
    autre.refresh_from_db()
    assert autre.phrase == "Une vraie réponse."  # nothing but its announcement was known
    entete = "engagement;date;statut;motif"
    assert faults(
        csv("engagements", "identifiant;sens;phrase", f"{tenu.identifiant};public;Autre chose."),
        csv("etats", entete, f"{tenu.identifiant};2025-01-31;non tenu;Autre motif"),
        csv("textes", "proposition;numero;texte", "Une aide;1;Récrit", "Une aide;7;Plus loin"),
    ) == [
        ("MLG-DIA-122", "textes.csv, ligne 2"),
        ("MLG-DIA-126", "textes.csv, ligne 2, colonne numero"),
        ("MLG-DIA-126", "textes.csv, ligne 3, colonne numero"),
        ("MLG-DIA-123", "engagements.csv, ligne 2, colonne phrase"),
        ("MLG-DIA-122", "etats.csv, ligne 2"),
    ]
    bring(
        csv("etats", entete, f"{tenu.identifiant};2025-03-01;tenu;Enfin"),
        csv("propositions", "titre;texte", "Une aide;Deuxième texte."),
    )
    tenu.refresh_from_db()
    assert tenu.statut == "tenu"
    textes = Proposition.objects.get().versions.order_by("numero")
    assert [v.texte for v in textes] == ["Premier texte.", "Deuxième texte."]


@pytest.mark.django_db
def test_a_contradiction_changes_the_state_as_on_the_screen() -> None:
    bring(*NOTES)
    lignes = ("engagement;date;phrase;auteur", "Une réponse.;2025-02-01;Il n’y en aura pas.;x")
    bring(csv("contradictions", *lignes))
    engagement = Engagement.objects.get(sens="demande")
    assert engagement.statut == "contredit"
    assert engagement.etats.count() == 2
    assert sorts(bring(csv("contradictions", *lignes))) == {"inchangée"}


@pytest.mark.django_db
def test_only_an_identifiant_lets_an_empty_cell_erase() -> None:
    bring(*NOTES)
    rencontre = Rencontre.objects.get(titre="Réunion")
    bring(csv("rencontres", "titre;date;espace", "Réunion;2024-06;"))
    rencontre.refresh_from_db()
    assert rencontre.espace is not None
    bring(
        csv("rencontres", "identifiant;titre;date;espace", f"{rencontre.identifiant};Réunion;2024;")
    )
    rencontre.refresh_from_db()
    assert rencontre.espace_id is None
    assert (rencontre.precision, rencontre.revision) == ("annee", 2)


@pytest.mark.django_db
def test_seats_that_nothing_distinguishes_are_several() -> None:
    sieges = csv("sieges", "espace;cote;nombre", "Comité;allie;1", "Comité;allie;1")
    plan = bring(NOTES[0], sieges)
    assert "rien ne distingue ligne 2 et ligne 3" in plan.remarques[0]
    assert sorts(bring(sieges)) == {"inchangée"}
    assert Siege.objects.count() == 2


@pytest.mark.django_db
def test_rules_of_the_tables_are_checked_before_anything_is_written() -> None:
    assert faults(
        csv(
            "espaces",
            "nom;nature;etat;depuis;jusqu’au;instance;territoire",
            "A;politique;demandé;2024-01-01;2023-01-01;;",
            "B;politique;;;;cnie;",
            "C;politique;;;;cnie;35",
        ),
        csv(
            "filiations",
            "espace;devient;nature;date",
            "A;;fusion;2024-01-01",
            "A;B;suppression;2024-01-01",
        ),
        csv("charges", "intitule", "Ministre"),
        csv("titulaires", "charge;nom", "Ministre;Un", "Ministre;Deux"),
        csv("sujets", "titre;slug", "Un sujet;Pas Bon"),
        csv("engagements", "phrase;sens;date", "P;public;2024-05-01"),
        csv("etats", "engagement;date;statut", "P;2024-01-01;tenu", "P;2999-01-01;tenu"),
        csv("documents", "titre;espace;rencontre;fichier", "D;A;;pdf"),
        csv("points", "rencontre;texte;locuteur", "Rien;x;Personne"),
    ) == [
        ("MLG-DIA-129", "sujets.csv, ligne 2, colonne slug"),
        ("MLG-DIA-132", "titulaires.csv, ligne 3, colonne jusqu_au"),
        ("MLG-DIA-128", "espaces.csv, ligne 2, colonne jusqu_au"),
        ("MLG-DIA-129", "espaces.csv, ligne 2, colonne demande_par"),
        ("MLG-DIA-118", "espaces.csv, ligne 4, colonne territoire"),
        ("MLG-DIA-129", "filiations.csv, ligne 2, colonne devient"),
        ("MLG-DIA-129", "filiations.csv, ligne 3, colonne devient"),
        ("MLG-DIA-134", "etats.csv, ligne 2, colonne date"),
        ("MLG-DIA-134", "etats.csv, ligne 3, colonne date"),
        ("MLG-DIA-120", "points.csv, ligne 2, colonne rencontre"),
        ("MLG-DIA-129", "documents.csv, ligne 2, colonne adresse"),
    ]


@pytest.mark.django_db
def test_a_holder_leaves_and_another_comes_in_one_file() -> None:
    bring(
        csv("charges", "intitule", "Ministre"),
        csv("titulaires", "charge;nom;depuis", "Ministre;Un;2020-01-01"),
    )
    bring(
        csv(
            "titulaires",
            "charge;nom;depuis;jusqu_au",
            "Ministre;Deux;2022-01-01;",
            "Ministre;Un;2020-01-01;2021-12-31",
        )
    )
    assert Titulaire.objects.get(date_fin__isnull=True).nom == "Deux"


@pytest.mark.django_db
def test_addresses_of_documents_travel_and_files_do_not() -> None:
    bring(
        NOTES[0],
        csv("documents", "titre;espace;adresse", "Note;Comité;https://exemple.example.org/n"),
    )
    espace = Espace.objects.get(nom="Comité")
    Document.objects.create(
        espace=espace, titre="Scan", sha256="0" * 64, extension="pdf", at=timezone.now()
    )
    sortie = depots.export_bytes("documents.csv")
    assert b"Scan" in sortie
    assert sorts(bring(Fichier("documents.csv", sortie))) == {"inchangée"}


@pytest.mark.django_db
def test_an_instance_of_the_texts_is_recognised_whatever_its_identifiant() -> None:
    bring(*NOTES)
    lignes = (
        "identifiant;nom;nature;instance;sigle",
        "6a1c0f0e-7c3f-4f43-9d4c-1f0e8f9a0b11;Autre nom;statutaire;cns;CNS",
    )
    plan = bring(
        csv("espaces", *lignes),
        csv("rencontres", "titre;date;espace", "R;2024;6a1c0f0e-7c3f-4f43-9d4c-1f0e8f9a0b11"),
    )
    assert {x.raison for x in plan.lignes} == {"instance", ""}
    assert Rencontre.objects.get(titre="R").espace == Espace.objects.get(instance="cns")


@pytest.mark.django_db
def test_a_changed_item_keeps_its_former_words() -> None:
    bring(*NOTES, csv("points", "rencontre;texte;nature", "Réunion;Un;note", "Réunion;Deux;note"))
    un, deux = Point.objects.order_by("ordre")
    assert (un.ordre, deux.ordre) == (1, 2)
    bring(csv("points", "identifiant;rencontre;texte", f"{un.identifiant};Réunion;Un bis"))
    un.refresh_from_db()
    assert (un.texte, un.revision) == ("Un bis", 2)
    assert [v.contenu["texte"] for v in un.versions.all()] == ["Un bis", "Un"]


@pytest.mark.django_db
def test_an_import_is_whole_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The base refuses the last line after the first were written: none is."""
    from maillage.web.dialogue.echange import actions  # noqa: PLC0415 — what is broken on purpose

    def refuse(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "_record", refuse)
    with pytest.raises(RuntimeError):
        bring(*NOTES)
    assert not Espace.objects.exists()


@pytest.mark.django_db
def test_loading_costs_the_same_whatever_the_number(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(23):
        base.load()
    bring(*NOTES, *read_case("cas_a"))
    with django_assert_num_queries(23):
        base.load()


def test_old_files_are_forgotten(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "administration")
    put(client, "espaces.csv", NOTES[0].octets)
    DepotDialogue.objects.update(at=timezone.now() - depots.DUREE * 2)
    put(client, "espaces.csv", NOTES[0].octets)
    assert DepotDialogue.objects.count() == 1


DECIDIM = (
    "id;category/name/fr;title/fr;description/fr;start_date;end_date;status/id;status/key;"
    "status/name/fr;progress;created_at;updated_at;taxonomies/1\n"
    "7;promesse faite au réseau;Ouvrir un lieu;<p>Ouvrir un lieu d’ici l’été.</p>;2024-01-10;"
    "2024-07-01;3;tenu;Tenu;100;2024-01-11 10:00:00;2024-08-01 10:00:00;x\n"
    "8;;Répondre;;2024-02-01;;4;running;En chantier;40;2024-02-01;2024-02-02;\n"
)


@pytest.mark.django_db
def test_results_of_decidim_become_commitments() -> None:
    fichier = Fichier("results.csv", DECIDIM.encode(), "decidim")
    plan = bring(fichier)
    assert plan.remarques == [
        "Colonnes de Decidim laissées de côté : id, status/id, progress et taxonomies/1.",
        (
            "Le statut «\u00a0En chantier\u00a0» de Decidim n’est pas un statut de Maillage : "
            "1\u00a0ligne reprise comme « annoncé »."
        ),
    ]
    assert list(
        Engagement.objects.order_by("pk").values_list("phrase", "statut", "sens", "echeance")
    ) == [
        ("Ouvrir un lieu d’ici l’été.", "tenu", "public", date(2024, 7, 1)),
        ("Répondre", "annonce", "public", None),
    ]
    assert sorts(bring(fichier)) == {"inchangée"}


@pytest.mark.django_db
def test_our_own_export_for_decidim_comes_back_unchanged() -> None:
    bring(*NOTES)
    sortie = depots.export_bytes("engagements-decidim.csv")
    assert sorts(bring(Fichier("d.csv", sortie, "decidim"))) == {"inchangée"}
    assert faults(Fichier("d.csv", b"id;progress\n1;2\n", "decidim")) == [
        ("MLG-DIA-108", "d.csv, ligne 1")
    ]


@pytest.mark.django_db
def test_promises_of_the_past_are_proposed_to_those_who_came_since() -> None:
    """Ten years of notes at once: who spoke is named, who took the office over must answer."""
    notes = (
        csv("charges", "intitule", "Ministre"),
        csv(
            "titulaires",
            "charge;nom;depuis;jusqu_au",
            "Ministre;Camille Exemple;2020-01-01;2021-12-31",
            "Ministre;Sacha Exemple;2022-01-01;",
        ),
        csv(
            "engagements",
            "date;sens;phrase;charge;statut;constate_le",
            "2020-06-01;public;On le fera.;Ministre;;",
            "2020-06-01;public;C’est fait.;Ministre;tenu;2021-01-01",
        ),
    )
    bring(*notes)
    ouvert, tenu = Engagement.objects.order_by("pk")
    assert (ouvert.auteur_nom, ouvert.auteur_fonction) == ("Camille Exemple", "Ministre")
    [reprise] = ouvert.reprises.all()
    assert (reprise.etat, reprise.entrant and reprise.entrant.nom) == ("proposee", "Sacha Exemple")
    assert not tenu.reprises.exists()
    assert sorts(bring(*notes)) == {"inchangée"}
    assert ouvert.reprises.count() == 1


@pytest.mark.django_db
def test_a_position_that_takes_up_a_proposal_carries_it() -> None:
    notes = (
        *NOTES,
        csv("propositions", "titre", "Une aide"),
        csv("points", "rencontre;nature;texte;proposition", "Réunion;position;Une aide;Une aide"),
    )
    bring(*notes)
    portage = Proposition.objects.get().portages.get()
    assert (portage.forme, portage.precision) == ("rencontre", "mois")
    assert portage.rencontre == Rencontre.objects.get(titre="Réunion")
    assert sorts(bring(*notes)) == {"inchangée"}
