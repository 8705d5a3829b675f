"""Files on the site: previewed, decided line by line, imported whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factories.membres import client_de

from maillage.kernel.errors import FichierInvalide, SaisieInvalide
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.acteur import Acteur, Mandat
from maillage.web.droits.permissions import Role
from maillage.web.journal.models import Evenement
from maillage.web.network import actions
from maillage.web.network.echange import base, depots
from maillage.web.network.echange.plan import Sort
from maillage.web.network.models import DepotFichier, Organisation, Rattachement

if TYPE_CHECKING:
    from django.test import Client
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
ECHANGE = "/reseau/echange/"


def put(client: Client, texte: str | bytes, contenu: str = "organisations") -> Any:
    octets = texte.encode() if isinstance(texte, str) else texte
    fichier = SimpleUploadedFile(f"{contenu}.csv", octets)
    return client.post(ECHANGE, {"contenu": contenu, "fichier": fichier})


def imprint(client: Client, adresse: str) -> str:
    page = client.get(adresse).content.decode()
    return str(page.split('name="empreinte" value="')[1].split('"')[0])


def import_text(client: Client, texte: str, contenu: str = "organisations") -> None:
    adresse = put(client, texte, contenu)["Location"]
    saisie = {"faire": "importer", "empreinte": imprint(client, adresse)}
    assert client.post(adresse, saisie).status_code == 302


NEUVES = (
    "nature;nom;siren;commune;association_regionale;conventions;adhesions;cotisations\n"
    "structure;Le Tremplin;100000033;Rennes (35);Association des Nouveaux;"
    "AI:10000003300017:35238 | ACI:10000003300017;01/01/2020..;2024:reglee:01/02/2024:1200,50\n"
    "association_regionale;Association des Nouveaux;;;;;;\n"
    "partenaire;=Ville;;Brest;;;;\n"
)


@pytest.mark.parametrize("contenu", ["organisations", "personnes"])
def test_the_export_imported_again_changes_nothing(petit_reseau: PetitReseau, contenu: str) -> None:
    client = client_de(petit_reseau, "administration")
    import_text(client, NEUVES)
    answer = client.get(f"{ECHANGE}{contenu}.csv")
    avant = Evenement.objects.count()
    depot = put(client, answer.content, contenu)["Location"]
    page = client.get(depot).content.decode()
    assert "Il n’y a rien à écrire." in page
    client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)})
    assert Evenement.objects.count() == avant
    assert client.get(f"{ECHANGE}{contenu}.csv").content == answer.content
    prises = Evenement.objects.filter(action=f"{contenu}.exporter")
    assert [e.by_id for e in prises] == [petit_reseau.personnes["administration"].pk] * 2
    assert client.get(f"{ECHANGE}autre.csv").status_code == 404


def test_a_file_creates_everything_at_once_and_once(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "delegation")
    import_text(client, NEUVES)
    creee = Organisation.objects.get(nom="Le Tremplin")
    assert (creee.commune, creee.departement, creee.region) == ("35238", "35", "53")
    assert creee.association_regionale is not None
    assert creee.association_regionale.nom == "Association des Nouveaux"
    assert [c.type_siae for c in creee.conventions.all()] == ["ACI", "AI"]
    assert creee.cotisations.get().montant_centimes == 120_050
    assert Organisation.objects.filter(nom="=Ville", commune="29019").exists()
    nombre = Organisation.objects.count()
    depot = put(client, NEUVES)["Location"]
    assert "3\u00a0lignes sans changement" in client.get(depot).content.decode()
    assert Organisation.objects.count() == nombre
    by = Evenement.objects.get(action="organisations.importer").by_id
    assert by == petit_reseau.personnes["delegation"].pk


def test_the_preview_says_before_and_after_and_writes_nothing(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "administration")
    texte = "nature,nom,siren,sigle\nstructure,Coup de pouce,100000009,CDP\n"
    depot = put(client, texte)["Location"]
    page = client.get(depot).content.decode()
    assert "1\u00a0ligne à modifier. Rien n’est encore écrit." in page
    assert "reconnue par SIREN" in page
    assert "CDP" in page
    petit_reseau.structure.refresh_from_db()
    assert petit_reseau.structure.sigle == ""
    client.post(depot, {"faire": "abandonner"})
    assert not DepotFichier.objects.exists()


def test_every_fault_is_told_and_the_file_is_not_kept(petit_reseau: PetitReseau) -> None:
    texte = "nature,nom,siren\nmairie,A,\nstructure,,12\nstructure,né le 12/03/1980,\n"
    answer = put(client_de(petit_reseau, "administration"), texte)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "MLG-ORG-049" in page  # the door comes first
    answer = put(client_de(petit_reseau, "administration"), texte.rsplit("\n", 2)[0])
    page = answer.content.decode()
    assert "3 fautes empêchent" in page
    assert "Ligne 2, colonne nature" in page
    assert "Ligne 3, colonne siren" in page
    assert not DepotFichier.objects.exists()


def test_doubtful_lines_are_decided_one_by_one_and_remembered(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "administration")
    texte = "nature,nom,sigle\nstructure,Coup de pousse,CDP\nstructure,La Passerele,LP\n"
    depot = put(client, texte)["Location"]
    page = client.get(depot).content.decode()
    assert "Choisissez d’abord pour chaque ligne douteuse." in page
    refuse = client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)})
    assert (refuse.status_code, "MLG-ORG-053" in refuse.content.decode()) == (400, True)
    cle = str(petit_reseau.structure.identifiant)
    client.post(depot, {"faire": "choisir", "choix-2": cle})
    client.post(depot, {"faire": "choisir", "choix-3": "ignorer"})
    page = client.get(depot).content.decode()
    assert f'value="{cle}" checked' in page
    assert 'value="ignorer" checked' in page
    client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)})
    petit_reseau.structure.refresh_from_db()
    assert (petit_reseau.structure.nom, petit_reseau.structure.sigle) == ("Coup de pousse", "CDP")
    assert petit_reseau.structure.siren == "100000009"
    assert not Organisation.objects.filter(sigle="LP").exists()


def test_what_was_not_shown_is_not_written(petit_reseau: PetitReseau) -> None:
    """Somebody changed the page between the preview and the import: it is shown again."""
    client = client_de(petit_reseau, "administration")
    texte = "nature,nom,siren,sigle\nstructure,Coup de pouce,100000009,CDP\n"
    depot = put(client, texte)["Location"]
    empreinte = imprint(client, depot)
    actions.modify_organisation(petit_reseau.structure, {"sigle": "XYZ"}, by=None)
    answer = client.post(depot, {"faire": "importer", "empreinte": empreinte})
    page = answer.content.decode()
    assert "MLG-ORG-054" in page
    assert "XYZ" in page
    petit_reseau.structure.refresh_from_db()
    assert petit_reseau.structure.sigle == "XYZ"


def test_an_import_is_whole_or_nothing(
    petit_reseau: PetitReseau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The base refuses the last line after the first were written: none is."""
    plan = depots.plan_bytes("organisations", NEUVES.encode(), None)
    avant = depots.export_text("organisations"), Evenement.objects.count()
    vraie = actions.set_cotisations

    def refuse(*args: Any, **kwargs: Any) -> None:
        vraie(*args, **kwargs)
        raise RuntimeError

    monkeypatch.setattr(actions, "set_cotisations", refuse)
    with pytest.raises(RuntimeError):
        depots.apply_any(plan, by=None)
    assert (depots.export_text("organisations"), Evenement.objects.count()) == avant
    assert petit_reseau.structure.pk


def test_two_structures_exchange_their_numbers(petit_reseau: PetitReseau) -> None:
    """Each takes the SIREN and the conventions of the other: no constraint stands in the way."""
    un, deux = petit_reseau.structure, petit_reseau.voisine
    numeros = [(o.conventions.get().siret, f",{o.siren},") for o in (un, deux)]
    texte = depots.export_text("organisations")
    for (a, b), jeton in zip(zip(*numeros, strict=True), ("<siret>", "<siren>"), strict=True):
        texte = texte.replace(a, jeton).replace(b, a).replace(jeton, b)
    plan = depots.plan_bytes("organisations", texte.encode(), None)
    assert len(plan.of(Sort.MODIFIEE)) == 2
    depots.apply_any(plan, by=None)
    un.refresh_from_db()
    assert un.siren == deux.siren
    assert un.conventions.get().siret.startswith(un.siren)


def test_a_file_restores_another_base_with_the_same_identifiants(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "administration")
    import_text(client, NEUVES)
    texte = depots.export_text("organisations")
    identifiants = set(Organisation.objects.values_list("identifiant", flat=True))
    Rattachement.objects.exclude(organisation=petit_reseau.reseau).delete()
    Organisation.objects.update(association_regionale=None)
    Organisation.objects.exclude(nature="reseau").delete()
    depots.apply_any(depots.plan_bytes("organisations", texte.encode(), None), by=None)
    assert depots.export_text("organisations") == texte
    assert set(Organisation.objects.values_list("identifiant", flat=True)) == identifiants


def test_old_files_are_forgotten(petit_reseau: PetitReseau) -> None:
    client = client_de(petit_reseau, "administration")
    put(client, "nature,nom\npartenaire,A\n")
    DepotFichier.objects.update(at=timezone.now() - depots.DUREE * 2)
    put(client, "nature,nom\npartenaire,B\n")
    assert DepotFichier.objects.count() == 1


PERSONNES = (
    "email,prenom,nom,organisation,role,fonction,date_debut,date_fin\n"
    "alix@structure.example.org,Alix,Exemple,Coup de pouce,equipe,comptable,2025-01-01,\n"
    "alix@structure.example.org,Alix,Exemple,100000017,direction,,2024-01-01,2024-12-31\n"
    "sacha@structure.example.org,Sacha,Exemple,,,,,\n"
)


def test_people_are_imported_with_their_roles_and_get_no_message(
    petit_reseau: PetitReseau, mailoutbox: list[Any]
) -> None:
    client = client_de(petit_reseau, "delegation")
    import_text(client, PERSONNES, "personnes")
    alix = Utilisateur.objects.get(email="alix@structure.example.org")
    roles = alix.rattachements.order_by("date_debut")
    assert [(r.organisation, r.role, r.fonction) for r in roles] == [
        (petit_reseau.voisine, "direction", ""),
        (petit_reseau.structure, "equipe", "comptable"),
    ]
    assert not alix.has_usable_password()
    assert Utilisateur.objects.filter(email="sacha@structure.example.org").exists()
    assert mailoutbox == []
    depot = put(client, PERSONNES, "personnes")["Location"]
    assert "Il n’y a rien à écrire." in client.get(depot).content.decode()
    fini = PERSONNES.replace("comptable,2025-01-01,\n", "comptable,2025-01-01,2025-12-31\n")
    import_text(client, fini, "personnes")
    assert str(alix.rattachements.get(role="equipe").date_fin) == "2025-12-31"


def test_a_person_known_under_another_address_is_proposed(petit_reseau: PetitReseau) -> None:
    """Same organisation and same name, whatever accents, case and order: never merged by itself."""
    client = client_de(petit_reseau, "delegation")
    import_text(client, PERSONNES, "personnes")
    alix = Utilisateur.objects.get(email="alix@structure.example.org")
    texte = (
        "email,prenom,nom,organisation,role,date_debut\n"
        "a.exemple@autre.example.org,EXEMPLE,Àlix,Coup de pouce,direction,2026-01-01\n"
        "alix@ailleurs.example.org,Alix,Exemple,Les Cimes,equipe,2026-01-01\n"
    )
    depot = put(client, texte, "personnes")["Location"]
    page = client.get(depot).content.decode()
    assert "1 ligne douteuse" in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert f'name="choix-2" value="{alix.pk}"' in page
    assert "alix@structure.example.org" in page
    assert "choix-3" not in page  # elsewhere, a namesake is somebody else
    client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)})
    assert not Utilisateur.objects.filter(email__endswith="example.org", nom="Àlix").exists()
    client.post(depot, {"faire": "choisir", "choix-2": str(alix.pk)})
    client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)})
    alix.refresh_from_db()
    assert (alix.nom_complet, alix.email) == ("Alix Exemple", "alix@structure.example.org")
    assert set(alix.rattachements.filter(date_fin=None).values_list("role", flat=True)) == {
        "equipe",
        "direction",
    }
    assert not Utilisateur.objects.filter(email="a.exemple@autre.example.org").exists()
    assert Utilisateur.objects.filter(email="alix@ailleurs.example.org").exists()


@pytest.mark.parametrize(("choix", "creee"), [("creer", True), ("ignorer", False)])
def test_a_namesake_is_created_or_left_aside_when_so_decided(
    petit_reseau: PetitReseau,
    choix: str,
    creee: bool,  # noqa: FBT001 — a column of the table above
) -> None:
    client = client_de(petit_reseau, "delegation")
    import_text(client, PERSONNES, "personnes")
    texte = (
        "email,prenom,nom,organisation,role,date_debut\n"
        "nouvelle@autre.example.org,Alix,Exemple,Coup de pouce,direction,2026-01-01\n"
    )
    depot = put(client, texte, "personnes")["Location"]
    client.post(depot, {"faire": "choisir", "choix-2": choix})
    client.post(depot, {"faire": "importer", "empreinte": imprint(client, depot)})
    assert Utilisateur.objects.filter(email="nouvelle@autre.example.org").exists() is creee


def people_faults(texte: str, acteur: Acteur | None = None) -> list[tuple[str, str]]:
    with pytest.raises(FichierInvalide) as refus:
        depots.plan_bytes("personnes", texte.encode(), acteur)
    return [(a.code, a.ou) for a in refus.value.anomalies]


@pytest.mark.usefixtures("petit_reseau")
def test_every_fault_of_a_file_of_people_is_told() -> None:
    entete = PERSONNES.splitlines()[0]
    lignes = [
        "a@,A,B,,,,,",
        "b@x.example.org,A,B,Nulle part,equipe,,2024-01-01,",
        "c@x.example.org,A,B,Coup de pouce,delegation,,2024-01-01,",
        "d@x.example.org,A,B,Coup de pouce,equipe,,,",
        "e@x.example.org,A,B,Coup de pouce,equipe,,2024-01-01,2023-01-01",
        "f@x.example.org,A,B,Coup de pouce,equipe,,32/01/2024,",
        f"g@x.example.org,{'A' * 101},B,,,,,",
    ]
    assert people_faults("\n".join([entete, *lignes])) == [
        ("MLG-ORG-064", "ligne 2, colonne email"),
        ("MLG-ORG-090", "ligne 3, colonne organisation"),
        ("MLG-ORG-080", "ligne 4, colonne role"),
        ("MLG-ORG-091", "ligne 5, colonne date_debut"),
        ("MLG-ORG-085", "ligne 6, colonne date_fin"),
        ("MLG-ORG-031", "ligne 7, colonne date_debut"),
        ("MLG-ORG-091", "ligne 7, colonne date_debut"),
        ("MLG-ORG-062", "ligne 8, colonne prenom"),
    ]
    doubles = [
        "h@x.example.org,A,B,Coup de pouce,equipe,,2024-01-01,",
        "h@x.example.org,A,B,Coup de pouce,equipe,,2024-01-01,",
        "h@x.example.org,Z,B,Coup de pouce,equipe,,2025-01-01,",
    ]
    assert people_faults("\n".join([entete, *doubles])) == [
        ("MLG-ORG-093", "ligne 3"),
        ("MLG-ORG-092", "ligne 4"),
        ("MLG-ORG-083", "ligne 4"),
    ]


def test_nobody_does_by_a_file_what_they_may_not_do_on_the_screen(
    petit_reseau: PetitReseau,
) -> None:
    entete = PERSONNES.splitlines()[0]
    moi = petit_reseau.personnes["delegation"]
    delegue = Acteur(moi.pk, (Mandat(Role.DELEGATION, petit_reseau.reseau.pk, ""),))
    lignes = [
        "x@x.example.org,A,B,Réseau d’essai,administration,,2024-01-01,",
        f"{moi.email},,,Coup de pouce,direction,,2024-01-01,",
    ]
    texte = "\n".join([entete, *lignes])
    assert people_faults(texte, delegue) == [
        ("MLG-ORG-081", "ligne 2, colonne role"),
        ("MLG-ORG-082", "ligne 3"),
    ]
    # whoever keeps the machine gives any role
    assert depots.plan_bytes("personnes", texte.encode(), None).of(Sort.CREEE)


def test_a_plan_with_a_doubt_is_never_written(petit_reseau: PetitReseau) -> None:
    plan = depots.plan_bytes("organisations", b"nature,nom\nstructure,Coup de pousse\n", None)
    with pytest.raises(ValueError, match="doubtful"):
        depots.apply_any(plan, by=None)
    depot = DepotFichier.objects.create(
        contenu="organisations", nom="a", octets=b"nature,nom\nstructure,Coup de pousse\n"
    )
    with pytest.raises(SaisieInvalide, match="MLG-ORG-053"):
        depots.import_depot(depot, "x", Acteur(petit_reseau.personnes["administration"].pk))


def test_loading_costs_the_same_whatever_the_number(
    petit_reseau: PetitReseau, django_assert_num_queries: Any
) -> None:
    assert petit_reseau.structure.pk
    with django_assert_num_queries(4):
        base.load_connues()
