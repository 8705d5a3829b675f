"""The files are those of the ASP: names, marks, header, cells; the same seed gives the same bytes."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.reseau_synthetique import parametres, read_lines, write_network

from maillage.analyses.synthese import generate_reseau
from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.data.synthetic import Contenant
from maillage.data.synthetic.reseau import ENTIERES, PAR_BLOCS
from maillage.kernel.errors import FichierInvalide, SaisieInvalide

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

VUES = (*ENTIERES, *PAR_BLOCS)


def test_every_view_that_is_used_is_written_and_no_other(reseau: Path) -> None:
    noms = {f"fluxIAE_{vue}_15072025_063004.csv.gz" for vue in VUES}
    assert {fichier.name for fichier in reseau.iterdir()} == noms


@pytest.mark.parametrize("vue", VUES)
def test_a_file_has_its_marks_the_published_header_and_equal_rows(reseau: Path, vue: str) -> None:
    lignes = read_lines(reseau, vue)
    noms = [colonne.nom for colonne in load_dictionnaire()[vue]]
    vides = "|" * (len(noms) - 1)
    assert lignes[0] == f"DEB{vue}15072025_063004{vides}"
    assert lignes[1] == "|".join(noms)
    assert lignes[-1] == f"FIN{len(lignes) - 3}{vides}"
    assert {ligne.count("|") for ligne in lignes} == {len(noms) - 1}
    assert len(lignes) > 3


def test_the_three_public_headers_are_whole() -> None:
    tailles = {vue: len(load_dictionnaire()[vue]) for vue in VUES}
    assert tailles["AnnexeFinanciere"] == 128
    assert tailles["Structure"] == 37
    assert tailles["EtatMensuelIndiv"] == 31


@pytest.mark.donnees_partagees
def test_the_header_of_annexes_is_that_of_the_published_sample(
    reseau: Path, donnees_partagees: Path
) -> None:
    (modele,) = (donnees_partagees / "fluxiae").glob("fluxIAE_AnnexeFinanciere_*")
    publie = gzip.decompress(modele.read_bytes()).decode().split("\n")[1]
    assert read_lines(reseau, "AnnexeFinanciere")[1] == publie


def test_no_column_about_persons_is_filled(vue: Callable[[str], pa.Table]) -> None:
    table = vue("Structure")
    for nom in table.column_names:
        if any(mot in nom for mot in ("telephone", "mail", "corresp_technique")):
            assert set(table[nom].to_pylist()) == {""}, nom


def test_every_structure_says_that_it_is_synthetic(vue: Callable[[str], pa.Table]) -> None:
    noms = vue("Structure")["structure_denomination"].to_pylist()
    assert all(nom.endswith(" (SYNTHETIQUE)") for nom in noms)


def test_the_archive_is_a_zip_whatever_its_name(tmp_path: Path) -> None:
    ecrit = generate_reseau(parametres(3, annees=(2025, 2025)), tmp_path)
    (archive,) = ecrit.fichiers
    assert archive.name == "fluxIAE_SYNTHETIQUE_15072025_063004.tar.gz"
    with zipfile.ZipFile(archive) as contenu:
        assert len(contenu.namelist()) == len(VUES)
    assert [fichier.name for fichier in tmp_path.iterdir()] == [archive.name]


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not(tmp_path: Path) -> None:
    demande = parametres(5, annees=(2025, 2025))
    un, deux = (write_network(tmp_path / nom, demande) for nom in ("un", "deux"))
    for fichier in un.iterdir():
        assert fichier.read_bytes() == (deux / fichier.name).read_bytes()
    archives = [generate_reseau(demande, tmp_path / nom).fichiers[0] for nom in ("a", "b")]
    assert archives[0].read_bytes() == archives[1].read_bytes()
    autre = write_network(tmp_path / "autre", parametres(5, annees=(2025, 2025), graine=8))
    nom = "fluxIAE_EtatMensuelIndiv_15072025_063004.csv.gz"
    assert (un / nom).read_bytes() != (autre / nom).read_bytes()


def test_no_file_says_when_it_was_written(reseau: Path) -> None:
    for fichier in reseau.iterdir():
        entete = fichier.read_bytes()[:8]
        assert entete[:2] == b"\x1f\x8b"
        assert entete[3:8] == bytes(5), "neither flags (a name) nor time"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    demande = parametres(2, annees=(2025, 2025))
    write_network(tmp_path, demande)
    avant = {fichier.name: fichier.read_bytes() for fichier in tmp_path.iterdir()}
    with pytest.raises(FichierInvalide) as refus:
        generate_reseau(demande, tmp_path, Contenant.FICHIERS)
    assert len(refus.value.anomalies) == len(VUES)
    assert {fichier.name: fichier.read_bytes() for fichier in tmp_path.iterdir()} == avant


def test_in_january_the_annexes_of_the_year_are_not_there_yet(tmp_path: Path) -> None:
    dossier = write_network(tmp_path, parametres(20, au=date(2025, 1, 25), annees=(2024, 2025)))
    lignes = [ligne.split("|") for ligne in read_lines(dossier, "AnnexeFinanciere")[1:-1]]
    debut = lignes[0].index("af_date_debut_effet")
    assert {ligne[debut][-4:] for ligne in lignes[1:]} == {"2024"}


@pytest.mark.parametrize(
    ("annees", "au"),
    [
        ((2024, 2026), date(2025, 7, 1)),
        ((2010, 2012), date(2012, 7, 1)),
        ((2025, 2024), date(2025, 7, 1)),
        ((2025, 2025), date(2025, 2, 1)),
        ((2025, 2025), date(2026, 7, 1)),
    ],
)
def test_what_the_law_does_not_give_is_not_invented(
    tmp_path: Path, annees: tuple[int, int], au: date
) -> None:
    with pytest.raises(ValueError, match="not"):
        generate_reseau(parametres(2, au=au, annees=annees), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_extract_without_any_annexe_is_refused(tmp_path: Path) -> None:
    """A lone structure whose year begins in July has nothing to show in March."""
    demande = parametres(1, au=date(2025, 3, 15), annees=(2025, 2025), graine=49)
    with pytest.raises(SaisieInvalide) as refus:
        generate_reseau(demande, tmp_path)
    assert refus.value.anomalies[0].code == "MLG-SYN-002"
    assert list(tmp_path.iterdir()) == []
