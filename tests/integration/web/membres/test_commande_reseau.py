"""`maillage reseau`: the same files from the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from maillage.kernel.errors import DonneesIndisponibles, FichierInvalide, SaisieInvalide
from maillage.web.network.models import Organisation
from maillage.web.reseau_cli import application

if TYPE_CHECKING:
    from pathlib import Path

    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas")
DOUTEUX = "nature,nom\nstructure,Coup de pousse\n"


def call(*mots: str) -> str:
    done = CliRunner().invoke(application, list(mots))
    if done.exception is not None:
        raise done.exception
    return done.output


def test_a_file_goes_out_and_comes_back(petit_reseau: PetitReseau, tmp_path: Path) -> None:
    for contenu in ("organisations", "personnes"):
        fichier = tmp_path / f"{contenu}.csv"
        call("exporter", "--sortie", str(fichier), "--contenu", contenu)
        with pytest.raises(FichierInvalide, match="MLG-ORG-057"):
            call("exporter", "--sortie", str(fichier), "--contenu", contenu)
        dit = call("importer", str(fichier), "--contenu", contenu, "--appliquer")
        assert "inchangée" in dit
        assert "créée" not in dit
        avant = fichier.read_bytes()
        call("exporter", "--sortie", str(fichier), "--contenu", contenu, "--remplacer")
        assert fichier.read_bytes() == avant
    assert petit_reseau.structure.pk


def test_without_being_told_to_write_it_only_says(
    petit_reseau: PetitReseau, tmp_path: Path
) -> None:
    fichier = tmp_path / "a.csv"
    fichier.write_text("nature,nom,siren,sigle\nstructure,Coup de pouce,100000009,CDP\n", "utf-8")
    dit = call("importer", str(fichier))
    assert "ligne 2, sigle" in dit
    assert "rien n’est écrit" in dit
    petit_reseau.structure.refresh_from_db()
    assert petit_reseau.structure.sigle == ""


def test_doubtful_lines_stop_unless_told(petit_reseau: PetitReseau, tmp_path: Path) -> None:
    fichier = tmp_path / "a.csv"
    fichier.write_text(DOUTEUX, "utf-8")
    assert "ressemble à" in call("importer", str(fichier))
    with pytest.raises(SaisieInvalide, match="MLG-ORG-053"):
        call("importer", str(fichier), "--appliquer")
    call("importer", str(fichier), "--appliquer", "--doublons", "ignorer")
    assert not Organisation.objects.filter(nom="Coup de pousse").exists()
    call("importer", str(fichier), "--appliquer", "--doublons", "creer")
    assert Organisation.objects.filter(nom="Coup de pousse").count() == 1
    assert petit_reseau.structure.pk


@pytest.mark.django_db
def test_what_the_machine_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(DonneesIndisponibles, match="MLG-ORG-055"):
        call("importer", str(tmp_path / "absent.csv"))
    with pytest.raises(FichierInvalide, match="MLG-ORG-058"):
        call("exporter", "--sortie", str(tmp_path / "absent" / "a.csv"))


def test_a_base_without_tables_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None
) -> None:
    from django.db.utils import OperationalError  # noqa: PLC0415 — what a base without tables raises

    def refuse(*_args: object) -> bool:
        raise OperationalError

    del db
    monkeypatch.setattr(type(Organisation.objects.all()), "exists", refuse)
    with pytest.raises(DonneesIndisponibles, match="MLG-ORG-056"):
        call("exporter", "--sortie", str(tmp_path / "a.csv"))
