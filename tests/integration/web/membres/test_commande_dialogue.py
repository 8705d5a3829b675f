"""`maillage dialogue`: the same files from the terminal, and the public register."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from factories.dialogue_fichiers import CAS
from typer.testing import CliRunner

from maillage.kernel.errors import DonneesIndisponibles, FichierInvalide, SaisieInvalide
from maillage.web.dialogue.models import DeclarationPublique, Engagement, Rencontre
from maillage.web.dialogue_cli import application

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("atlas")]
CAS_B = [str(fichier) for fichier in sorted((CAS / "cas_b").glob("*.csv"))]


def call(*mots: str) -> str:
    done = CliRunner().invoke(application, list(mots))
    if done.exception is not None:
        raise done.exception
    return done.output


def test_several_files_are_read_together_and_written_whole(tmp_path: Path) -> None:
    dit = call("importer", *CAS_B)
    assert "créée\u202f: 25" in dit
    assert "rien n’est écrit" in dit
    assert not Rencontre.objects.exists()
    call("importer", *CAS_B, "--appliquer")
    assert Rencontre.objects.count() == 4
    assert "inchangée\u202f: 22" in call("importer", *CAS_B, "--appliquer")
    for nom in ("tout.zip", "tout.json", "mes rencontres.csv"):
        sortie = tmp_path / nom
        call("exporter", "--sortie", str(sortie))
        with pytest.raises(FichierInvalide, match="MLG-DIA-157"):
            call("exporter", "--sortie", str(sortie))
        dit = call("importer", str(sortie), "--appliquer")
        assert "inchangée" in dit
        assert "créée" not in dit


def test_doubtful_lines_stop_unless_told(tmp_path: Path) -> None:
    call("importer", *CAS_B, "--appliquer")
    fichier = tmp_path / "feuille.csv"
    fichier.write_text("date;titre;lieu\n2024-06;Réunion de la mi-juin;Paris\n", "utf-8")
    mots = ("importer", str(fichier), "--contenu", "rencontres")
    assert "ressemble à ce qui est déjà noté" in call(*mots)
    with pytest.raises(SaisieInvalide, match="MLG-DIA-153"):
        call(*mots, "--appliquer")
    call(*mots, "--appliquer", "--doublons", "ignorer")
    assert Rencontre.objects.count() == 4
    call(*mots, "--appliquer", "--doublons", "creer")
    assert Rencontre.objects.count() == 5


def test_changes_are_told_before_and_after(tmp_path: Path) -> None:
    call("importer", *CAS_B, "--appliquer")
    rencontre = Rencontre.objects.get(titre="Réunion de la mi-juin")
    fichier = tmp_path / "rencontres.csv"
    fichier.write_text(
        f"identifiant;titre;lieu\n{rencontre.identifiant};{rencontre.titre};Paris\n", "utf-8"
    )
    dit = call("importer", str(fichier))
    assert "rencontres.csv, ligne 2, lieu\u202f: «\u00a0\u00a0» → «\u00a0Paris\u00a0»" in dit


def test_the_ledger_goes_to_decidim_and_comes_back(tmp_path: Path) -> None:
    call("importer", *CAS_B, "--appliquer")
    sortie = tmp_path / "resultats.csv"
    call("exporter", "--sortie", str(sortie), "--forme", "decidim")
    assert sortie.read_text("utf-8").startswith("id;category/id;category/name/fr;")
    dit = call("importer", str(sortie), "--forme", "decidim", "--appliquer")
    assert "inchangée" in dit
    assert "Colonnes de Decidim laissées de côté" in dit
    assert Engagement.objects.count() == 3


def test_what_the_machine_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(DonneesIndisponibles, match="MLG-DIA-155"):
        call("importer", str(tmp_path / "absent.csv"))
    with pytest.raises(DonneesIndisponibles, match="MLG-DIA-155"):
        call("repertoire", str(tmp_path / "absent.json"))
    with pytest.raises(FichierInvalide, match="MLG-DIA-158"):
        call("exporter", "--sortie", str(tmp_path / "absent" / "a.zip"))
    with pytest.raises(FichierInvalide, match="MLG-DIA-103"):
        call("exporter", "--sortie", str(tmp_path / "a.csv"))
    with pytest.raises(SaisieInvalide, match="MLG-DIA-103"):
        call("importer", *CAS_B, "--contenu", "mairies")


def test_the_public_register_is_read(tmp_path: Path) -> None:
    fichier = tmp_path / "agora.json"
    exercice = {
        "publicationCourante": {
            "dateDebut": "01/01/2023",
            "dateFin": "31/12/2023",
            "defautDeclaration": False,
            "montantDepense": "> = 10 000 euros et < 25 000 euros",
            "nombreSalaries": 1,
            "activites": [],
        }
    }
    organisation = {
        "denomination": "Réseau d’essai",
        "identifiantNational": "H1",
        "categorieOrganisation": {"label": "Association"},
        "exercices": [exercice],
    }
    fichier.write_text(json.dumps({"publications": [organisation]}), "utf-8")
    assert "1\u00a0exercice d’organisation lu" in call("repertoire", str(fichier))
    assert DeclarationPublique.objects.count() == 1
