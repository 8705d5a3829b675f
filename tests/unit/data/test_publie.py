"""The reader of published tables: what it accepts, and what it says of what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from maillage.data.sources.publie import (
    Constats,
    FichierPublie,
    Nature,
    Place,
    check_known,
    read_published,
)
from maillage.kernel.errors import FichierInvalide

if TYPE_CHECKING:
    from pathlib import Path

FICHIER = FichierPublie(
    "besoin/essai.csv",
    {
        "code": Nature.CODE,
        "nom": Nature.TEXTE,
        "taux": Nature.NOMBRE,
        "codes_postaux": Nature.LISTE,
    },
    ("code",),
)
HEADER = "code,nom,taux,codes_postaux\n"


def read(tmp_path: Path, content: str | bytes) -> tuple[pa.Table | None, Constats]:
    path = tmp_path / FICHIER.chemin
    path.parent.mkdir(parents=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    constats = Constats()
    return read_published(tmp_path, FICHIER, constats), constats


def test_codes_stay_text_and_blanks_stay_unknown(tmp_path: Path) -> None:
    table, constats = read(tmp_path, HEADER + "01,Ain,5.1,01000|01100\n2A,,,\n")
    assert constats.anomalies == []
    assert table is not None
    assert table["code"].to_pylist() == ["01", "2A"]
    assert table["nom"].to_pylist() == ["Ain", None]
    assert table["taux"].to_pylist() == [5.1, None]
    assert table["codes_postaux"].to_pylist() == [["01000", "01100"], None]
    assert constats.lignes == {FICHIER.chemin: 2}
    assert len(constats.empreintes[FICHIER.chemin]) == 64


def test_column_order_is_free_and_extra_columns_are_ignored(tmp_path: Path) -> None:
    table, constats = read(tmp_path, "taux,autre,codes_postaux,nom,code\n1,x,01000,Ain,01\n")
    assert constats.anomalies == []
    assert table is not None
    assert table.column_names == ["code", "nom", "taux", "codes_postaux"]


def test_missing_file_names_it(tmp_path: Path) -> None:
    constats = Constats()
    assert read_published(tmp_path, FICHIER, constats) is None
    (anomalie,) = constats.anomalies
    assert anomalie.code == "MLG-REF-101"
    assert "besoin/essai.csv" in anomalie.quoi
    assert str(tmp_path) in anomalie.ou


def test_renamed_column_is_named_with_the_unexpected_one(tmp_path: Path) -> None:
    table, constats = read(tmp_path, "code,nom,taux_pct,codes_postaux\n01,Ain,5,\n")
    assert table is None
    (anomalie,) = constats.anomalies
    assert anomalie.code == "MLG-REF-103"
    assert "taux" in anomalie.quoi
    assert "taux_pct" in anomalie.quoi
    assert anomalie.ou == "besoin/essai.csv, ligne 1"


def test_repeated_column_is_refused(tmp_path: Path) -> None:
    table, constats = read(tmp_path, "code,nom,taux,taux,codes_postaux\n01,Ain,5,6,\n")
    assert table is None
    assert [a.code for a in constats.anomalies] == ["MLG-REF-103"]


@pytest.mark.parametrize("text", ["5,1", "n/d", "1e3", "0x1", " 5", "NaN", "inf", "--1"])
def test_unreadable_number_is_named_with_its_line_and_column(tmp_path: Path, text: str) -> None:
    _, constats = read(tmp_path, HEADER + f'01,Ain,4,\n02,Aisne,"{text}",\n')
    (anomalie,) = constats.anomalies
    assert anomalie.code == "MLG-REF-104"
    assert f"«\u00a0{text}\u00a0»" in anomalie.quoi
    assert anomalie.ou == "besoin/essai.csv, ligne 3, colonne taux"


def test_duplicate_key_is_named(tmp_path: Path) -> None:
    _, constats = read(tmp_path, HEADER + "01,Ain,4,\n02,Aisne,5,\n01,Ain,6,\n")
    (anomalie,) = constats.anomalies
    assert anomalie.code == "MLG-REF-105"
    assert "«\u00a001\u00a0»" in anomalie.quoi
    assert "ligne 4" in anomalie.ou


def test_blank_code_is_refused(tmp_path: Path) -> None:
    _, constats = read(tmp_path, HEADER + "01,Ain,4,\n,Aisne,5,\n")
    (anomalie,) = constats.anomalies
    assert anomalie.code == "MLG-REF-106"
    assert anomalie.ou == "besoin/essai.csv, ligne 3, colonne code"


def test_ragged_line_is_named(tmp_path: Path) -> None:
    _, constats = read(tmp_path, HEADER + "01,Ain,4,\n02,Aisne\n")
    (anomalie,) = constats.anomalies
    assert anomalie.code == "MLG-REF-102"
    assert "2 au lieu de 4" in anomalie.quoi
    assert "ligne 3" in anomalie.ou


def test_wrong_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    table, constats = read(tmp_path, (HEADER + "01,Ain,4,\n02,Orléans,5,\n").encode("cp1252"))
    assert table is None
    (anomalie,) = constats.anomalies
    assert anomalie.code == "MLG-REF-102"
    assert anomalie.ou == "besoin/essai.csv, ligne 3"


def test_empty_file_is_refused(tmp_path: Path) -> None:
    table, constats = read(tmp_path, "")
    assert table is None
    assert [a.code for a in constats.anomalies] == ["MLG-REF-102"]


def test_every_problem_is_collected_before_stopping(tmp_path: Path) -> None:
    _, constats = read(tmp_path, HEADER + "01,Ain,?,\n01,Ain,4,\n,Aisne,5,\n")
    with pytest.raises(FichierInvalide) as caught:
        constats.raise_if_any()
    assert [a.code for a in caught.value.anomalies] == [
        "MLG-REF-106",
        "MLG-REF-104",
        "MLG-REF-105",
    ]


def test_a_flood_of_problems_is_counted() -> None:
    constats = Constats()
    place = Place("MLG-REF-104", "a.csv", "taux", "corrigez.")
    constats.refuse_rows(place, [(i, str(i)) for i in range(30)], "« {} »")
    assert len(constats.anomalies) == 21
    assert "10 autres lignes" in constats.anomalies[-1].quoi


def test_unknown_code_is_named_and_blank_passes() -> None:
    constats = Constats()
    column = pa.chunked_array([["01001", None, "99999"]])
    place = Place("MLG-REF-107", "a.csv", "code", "corrigez.")
    check_known(column, {"01001"}, place, constats)
    (anomalie,) = constats.anomalies
    assert "99999" in anomalie.quoi
    assert anomalie.ou == "a.csv, ligne 4, colonne code"
