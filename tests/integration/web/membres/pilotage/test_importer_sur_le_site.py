"""Bringing an extract in from the site: imported, refused, mended, stopped; files never stay."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factories.extraits_site import JUILLET, write_both
from factories.flux_iae import annexe, write_extrait, write_vue
from factories.membres import client_de

from maillage.data.extraits import list_extraits
from maillage.web.journal.models import Evenement
from maillage.web.pilotage.models import ImportExtrait
from maillage.web.pilotage.travaux import _Suivi, run_import, sweep_deposits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client
    from factories.membres import PetitReseau
    from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

Etat = ImportExtrait.Etat


@pytest.fixture
def delegation(
    petit_reseau: PetitReseau,
    atlas: None,
    sans_second_facteur: None,
    settings: Settings,
    tmp_path: Path,
) -> Client:
    del atlas, sans_second_facteur
    settings.DEPOTS_EXTRAITS = tmp_path / "depots"
    return client_de(petit_reseau, "delegation")


@pytest.fixture
def deposer(
    delegation: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    travail: Callable[[], None],
) -> Callable[..., ImportExtrait]:
    """Send the files of a folder, and let the worker do its turn."""

    def envoyer(dossier: Path, *, travaille: bool = True, **champs: Any) -> ImportExtrait:
        fichiers = [
            SimpleUploadedFile(chemin.name, chemin.read_bytes())
            for chemin in sorted(dossier.iterdir())
        ]
        with django_capture_on_commit_callbacks(execute=True):
            answer = delegation.post("/pilotage/imports/", {"fichiers": fichiers, **champs})
        assert answer.status_code == 302, answer.content.decode()
        demande = ImportExtrait.objects.latest("pk")
        assert answer["Location"] == f"/pilotage/imports/{demande.pk}/"
        if travaille:
            travail()
            demande.refresh_from_db()
        return demande

    return envoyer


def test_an_extract_is_imported_and_its_files_go(
    deposer: Callable[..., ImportExtrait], delegation: Client, tmp_path: Path
) -> None:
    ancien, _ = write_both(tmp_path)
    demande = deposer(ancien)
    assert demande.etat == Etat.IMPORTE
    assert [extrait.identifiant for extrait in list_extraits()] == [demande.extrait]
    assert not demande.chemin.exists()
    texte = delegation.get(f"/pilotage/imports/{demande.pk}/").content.decode()
    assert "L’extrait est importé." in texte
    assert "hx-get" not in texte
    assert Evenement.objects.filter(action="pilotage.importer").count() == 1
    encore = deposer(ancien)
    assert (encore.etat, encore.is_deja_connu) == (Etat.IMPORTE, True)
    assert len(list_extraits()) == 1


def test_a_personal_column_is_refused_with_the_way_out(
    deposer: Callable[..., ImportExtrait], delegation: Client, tmp_path: Path
) -> None:
    dossier = write_extrait(tmp_path / "a")
    for fichier in dossier.glob("*Structure*"):
        fichier.unlink()
    noms = ["structure_id_siae", "structure_denomination", "structure_contact_courriel"]
    write_vue(dossier, "Structure", [["1", "ESSAI", "une.personne@example.org"]], entete=noms)
    demande = deposer(dossier)
    assert demande.etat == Etat.REFUSE
    assert list_extraits() == ()
    assert not demande.chemin.exists()
    texte = delegation.get(f"/pilotage/imports/{demande.pk}/").content.decode()
    assert "L’extrait est refusé, rien n’est gardé." in texte
    assert "une.personne" not in texte
    assert "une.personne" not in str(demande.anomalies)


def test_repairs_wait_for_somebody_to_accept_them(
    deposer: Callable[..., ImportExtrait],
    delegation: Client,
    travail: Callable[[], None],
    tmp_path: Path,
) -> None:
    dossier = write_extrait(tmp_path / "a")
    (fichier,) = dossier.glob("*Annexe*")
    fichier.unlink()
    write_vue(dossier, "AnnexeFinanciere", [annexe()], fin=7)
    demande = deposer(dossier)
    assert demande.etat == Etat.A_ACCEPTER
    assert demande.chemin.exists()
    texte = delegation.get(f"/pilotage/imports/{demande.pk}/").content.decode()
    assert "Accepter ces réparations et importer" in texte
    delegation.post(f"/pilotage/imports/{demande.pk}/", {"faire": "accepter"})
    travail()
    demande.refresh_from_db()
    assert demande.etat == Etat.IMPORTE
    assert not demande.chemin.exists()


def test_what_waits_is_stopped_at_once_and_its_files_go(
    deposer: Callable[..., ImportExtrait],
    delegation: Client,
    travail: Callable[[], None],
    tmp_path: Path,
) -> None:
    ancien, _ = write_both(tmp_path)
    demande = deposer(ancien, travaille=False)
    assert demande.chemin.exists()
    assert "hx-get" in delegation.get(f"/pilotage/imports/{demande.pk}/").content.decode()
    delegation.post(f"/pilotage/imports/{demande.pk}/", {"faire": "arreter"})
    travail()
    demande.refresh_from_db()
    assert demande.etat == Etat.ARRETE
    assert not demande.chemin.exists()
    assert list_extraits() == ()


def test_what_runs_stops_at_its_next_block(
    deposer: Callable[..., ImportExtrait], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Somebody asks to stop while the first block is read: nothing is kept."""
    ancien, _ = write_both(tmp_path)
    demande = deposer(ancien, travaille=False)
    vrai = _Suivi.tell

    def tell(suivi: _Suivi, vue: str, rangees: int, octets: int) -> None:
        ImportExtrait.objects.filter(pk=demande.pk).update(is_arret_demande=True)
        vrai(suivi, vue, rangees, octets)

    monkeypatch.setattr(_Suivi, "tell", tell)
    run_import.call(demande.pk)
    demande.refresh_from_db()
    assert demande.etat == Etat.ARRETE
    assert demande.vue
    assert list_extraits() == ()
    assert not demande.chemin.exists()


def test_the_password_of_an_import_leaves_with_its_files(
    deposer: Callable[..., ImportExtrait], tmp_path: Path
) -> None:
    ancien, _ = write_both(tmp_path)
    demande = deposer(ancien, travaille=False, mot_de_passe="un secret d’essai")
    secret = demande.chemin / ".mot-de-passe"
    assert secret.stat().st_mode & 0o077 == 0
    assert "un secret" not in str(ImportExtrait.objects.values().get(pk=demande.pk))
    run_import.call(demande.pk)
    assert not secret.exists()


def test_nothing_or_an_empty_file_is_told_beside_the_field(delegation: Client) -> None:
    rien = delegation.post("/pilotage/imports/", {})
    assert "Choisissez au moins un fichier." in rien.content.decode()
    vide = delegation.post(
        "/pilotage/imports/", {"fichiers": [SimpleUploadedFile("a.csv.gz", b"")]}
    )
    assert "Ce fichier est vide." in vide.content.decode()
    assert ImportExtrait.objects.count() == 0


def test_names_of_files_lead_nowhere_else(
    delegation: Client, settings: Settings, tmp_path: Path
) -> None:
    noms = ["..\\..\\a.csv", "a.csv"]
    fichiers = [SimpleUploadedFile(nom, b"x") for nom in noms]
    answer = delegation.post("/pilotage/imports/", {"fichiers": fichiers})
    assert answer.status_code == 400
    assert "MLG-PIL-050" in answer.content.decode()
    assert not (tmp_path / "a.csv").exists()
    assert not any(settings.DEPOTS_EXTRAITS.rglob("*"))


def test_files_that_nobody_accepts_are_swept(
    deposer: Callable[..., ImportExtrait], tmp_path: Path
) -> None:
    ancien, _ = write_both(tmp_path)
    demande = deposer(ancien, travaille=False)
    ImportExtrait.objects.filter(pk=demande.pk).update(
        etat=Etat.A_ACCEPTER, fini_le=timezone.now() - timedelta(days=8)
    )
    heure = timezone.now().timestamp() - 7200
    os.utime(demande.chemin, (heure, heure))
    assert sweep_deposits.call() == 1
    demande.refresh_from_db()
    assert demande.etat == Etat.ARRETE
    assert not demande.chemin.exists()


@pytest.mark.usefixtures("extraits")
def test_an_extract_is_forgotten_by_who_may_and_the_trail_says_it(delegation: Client) -> None:
    dernier = list_extraits()[0]
    assert dernier.extraction == JUILLET
    page = delegation.get(f"/pilotage/extraits/{dernier.identifiant}/").content.decode()
    assert "Oublier l’extrait du 5 juillet 2025" in page
    delegation.post(f"/pilotage/extraits/{dernier.identifiant}/")
    assert dernier.identifiant not in {e.identifiant for e in list_extraits()}
    assert Evenement.objects.filter(action="pilotage.oublier").count() == 1
