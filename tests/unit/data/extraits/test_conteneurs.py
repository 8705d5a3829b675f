from __future__ import annotations

import gzip
import io
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import pyzipper  # type: ignore[import-untyped]  # ships no types
from factories.flux_iae import JOUR, annexe, releve, structure, write_extrait, write_vue
from factories.receptions import name_of, read_column, receive, refused, repaired

from maillage.data.extraits import find_extrait, forget_extrait
from maillage.data.sources.flux_iae import lignes as lignes_module
from maillage.data.sources.flux_iae import pieces as pieces_module
from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.kernel.errors import FichierInvalide, Introuvable

if TYPE_CHECKING:
    from pathlib import Path

AF = [colonne.nom for colonne in load_dictionnaire()["AnnexeFinanciere"]]
STRUCTURE = [colonne.nom for colonne in load_dictionnaire()["Structure"]]


def test_what_an_extract_may_be_packed_in(tmp_path: Path) -> None:
    dossier = write_extrait(tmp_path / "extrait")
    identifiant = receive(dossier).extrait.identifiant
    interieur = io.BytesIO()
    with pyzipper.AESZipFile(
        interieur, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as protege:
        protege.setpassword(b"secret")
        for fichier in dossier.iterdir():
            protege.writestr(fichier.name, fichier.read_bytes())
    emballe = tmp_path / "depot.tar.gz"
    with zipfile.ZipFile(emballe, "w") as zip_:
        zip_.writestr("interieur.riae", interieur.getvalue())
    deux_fois = tmp_path / "deux-fois.zip"
    deux_fois.write_bytes(gzip.compress(emballe.read_bytes()))
    for chemin in (emballe, deux_fois):
        assert receive(chemin, mot_de_passe="secret").extrait.identifiant == identifiant
    forget_extrait(identifiant)
    assert refused(emballe) == ["MLG-FLX-004"]
    assert set(refused(emballe, mot_de_passe="faux")) == {"MLG-FLX-003"}


def test_archives_that_do_harm_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coupee = tmp_path / "coupee.zip"
    with zipfile.ZipFile(coupee, "w") as zip_:
        zip_.writestr("a.csv", b"a|b\n" * 100)
    coupee.write_bytes(coupee.read_bytes()[:-30])
    assert refused(coupee) == ["MLG-FLX-003"]
    entiere = write_vue(tmp_path, "Structure", [structure()])
    entiere.write_bytes(entiere.read_bytes()[:-20])
    assert "MLG-FLX-003" in refused(entiere)
    poupee = b"a|b\n"
    for _ in range(8):
        poupee = gzip.compress(poupee)
    (tmp_path / "poupee.gz").write_bytes(poupee)
    assert refused(tmp_path / "poupee.gz") == ["MLG-FLX-006"]
    monkeypatch.setattr(pieces_module, "_MEMBRES_MAX", 1)
    nombreuse = tmp_path / "nombreuse.zip"
    with zipfile.ZipFile(nombreuse, "w") as zip_:
        for rang in range(3):
            zip_.writestr(f"../../{rang}.csv", b"a|b\n")
    assert refused(nombreuse) == ["MLG-FLX-006"]
    assert set(refused(write_extrait(tmp_path / "extrait"))) == {"MLG-FLX-006"}
    monkeypatch.setattr(pieces_module, "TAILLE_MAX", 10)
    dans = tmp_path / "dans.gz"
    dans.write_bytes(gzip.compress(nombreuse.read_bytes()))
    assert refused(dans) == ["MLG-FLX-003"]
    with pytest.raises(Introuvable):
        receive(tmp_path / "absent.zip")


def test_without_marks_the_day_is_that_of_the_names(tmp_path: Path) -> None:
    write_vue(tmp_path / "e", "Structure", [structure()], deb=False, fin=None)
    write_vue(tmp_path / "e", "AnnexeFinanciere", [annexe()], deb=False, fin=None)
    extrait = receive(tmp_path / "e").extrait
    assert extrait.extraction == JOUR
    assert any("pas de ligne FIN" in phrase for phrase in extrait.avertissements)
    forget_extrait(extrait.identifiant)
    for vue in ("Structure", "AnnexeFinanciere"):
        chemin = tmp_path / "e" / f"fluxIAE_{vue}_05072025_112211.csv.gz"
        chemin.rename(chemin.with_name(f"fluxIAE_{vue}_99999999_112211.csv.gz"))
    assert refused(tmp_path / "e") == ["MLG-FLX-019"]


def test_files_of_two_days_are_told(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    write_vue(tmp_path / "e", "EtatMensuelIndiv", [releve(1)], jour=JOUR + timedelta(days=3))
    extrait = receive(tmp_path / "e").extrait
    assert extrait.extraction == JOUR + timedelta(days=3)
    assert any("même jour" in phrase for phrase in extrait.avertissements)


def test_another_number_of_rows_than_announced(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    write_vue(tmp_path / "e", "Structure", [structure()], fin=7)
    codes, rapport = repaired(tmp_path / "e")
    assert codes == ["MLG-FLX-104"]
    assert "7\u00a0lignes" in rapport.extrait.avertissements[-1]


def test_stray_line_feeds_and_quotes(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    texte = gzip.decompress((tmp_path / "e" / name_of("AnnexeFinanciere")).read_bytes()).decode()
    tete, entete, ligne, fin = texte.splitlines()
    cellules = ligne.split("|")
    cellules[AF.index("af_description_action")] = 'Tri de "vieux papiers'
    coupee = list(cellules)
    coupee[AF.index("af_description_action")] = "Espaces\nverts"
    coupee[AF.index("af_id_annexe_financiere")] = "11"
    (tmp_path / "e" / name_of("AnnexeFinanciere")).write_bytes(
        gzip.compress(
            "\r\n".join(
                [
                    tete,
                    entete,
                    "|".join(cellules),
                    "",
                    *"|".join(coupee).split("\n"),
                    fin.replace("1", "2"),
                ]
            ).encode()
        )
    )
    codes, rapport = repaired(tmp_path / "e")
    assert codes == ["MLG-FLX-103"]
    assert rapport.reparations[0].ou.endswith("ligne 5")
    assert read_column(rapport, "AnnexeFinanciere", "af_description_action") == [
        'Tri de "vieux papiers',
        "Espaces verts",
    ]


def test_rows_that_cannot_be_whole_are_named(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    trop = [*structure(2), "de trop"]
    write_vue(tmp_path / "e", "Structure", [structure(), trop, structure(3)[:9], structure(4)])
    with pytest.raises(FichierInvalide) as refus:
        receive(tmp_path / "e")
    fautes = [a for a in refus.value.anomalies if a.code == "MLG-FLX-015"]
    assert len(fautes) == 1
    assert "lignes 4 et 5" in fautes[0].ou
    write_vue(tmp_path / "e", "Structure", [structure(), structure(3)[:9]])
    assert "MLG-FLX-015" in refused(tmp_path / "e")


def test_a_row_cut_between_two_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lignes_module, "BLOC", 700)
    lignes = [structure(rang) for rang in range(1, 40)]
    lignes[20][STRUCTURE.index("structure_denomination")] = "ASSOCIATION\nD ESSAI\nCOUPEE"
    write_extrait(tmp_path / "e", {"Structure": lignes})
    codes, rapport = repaired(tmp_path / "e")
    assert codes == ["MLG-FLX-103"]
    assert rapport.extrait.vues["Structure"] == 39
    assert "ASSOCIATION D ESSAI COUPEE" in read_column(
        rapport, "Structure", "structure_denomination"
    )


def test_characters_of_windows_are_repaired_and_nul_bytes_refused(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    accent = structure(1, structure_denomination="ASSOCIATION DÉBROUILLE")
    write_vue(tmp_path / "e", "Structure", [accent], encodage="cp1252")
    codes, rapport = repaired(tmp_path / "e")
    assert codes == ["MLG-FLX-101"]
    assert read_column(rapport, "Structure", "structure_denomination") == ["ASSOCIATION DÉBROUILLE"]
    forget_extrait(rapport.extrait.identifiant)
    write_vue(tmp_path / "e", "Structure", [accent], encodage="utf-8-sig")
    assert receive(tmp_path / "e").reparations == ()
    forget_extrait(find_extrait().identifiant)
    write_vue(tmp_path / "e", "Structure", [structure(1, structure_denomination="A\x00B")])
    assert refused(tmp_path / "e") == ["MLG-FLX-009"]


def test_lines_without_end_and_files_that_are_no_view(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_extrait(tmp_path / "e")
    write_vue(
        tmp_path / "e", "Structure", [structure(), ["x"]], nom="fluxIAE_Facture_05072025_112211.csv"
    )
    assert "MLG-FLX-013" in refused(tmp_path / "e")
    (tmp_path / "e" / "fluxIAE_Facture_05072025_112211.csv").write_text("a|b\n1|2\n")
    assert refused(tmp_path / "e") == ["MLG-FLX-014"]
    (tmp_path / "e" / "fluxIAE_Facture_05072025_112211.csv").write_text("a;b c\n1;2\n")
    assert sorted(refused(tmp_path / "e")) == ["MLG-FLX-010", "MLG-FLX-014"]
    (tmp_path / "e" / "fluxIAE_Facture_05072025_112211.csv").unlink()
    write_vue(
        tmp_path / "e", "Structure", [structure()], nom="fluxIAE_Structure_06072025_112211.csv"
    )
    assert refused(tmp_path / "e") == ["MLG-FLX-017"]
    (tmp_path / "e" / "fluxIAE_Structure_06072025_112211.csv").write_bytes(b"")
    assert refused(tmp_path / "e") == ["MLG-FLX-008"]
    (tmp_path / "e" / "fluxIAE_Structure_06072025_112211.csv").unlink()
    (tmp_path / "e" / name_of("AnnexeFinanciere")).unlink()
    assert refused(tmp_path / "e") == ["MLG-FLX-018"]
    monkeypatch.setattr(lignes_module, "LIGNE_MAX", 100)
    monkeypatch.setattr(lignes_module, "BLOC", 50)
    assert "MLG-FLX-007" in refused(
        write_vue(
            tmp_path,
            "Structure",
            [["x" * 500]],
            nom="fluxIAE_Structure_05072025_112211.csv",
            fin=None,
        )
    )
