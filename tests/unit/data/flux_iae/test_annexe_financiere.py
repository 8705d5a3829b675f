"""An extract is read whatever it is packed in, and refused aloud when it cannot be."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.extraits import ENTETES, LIGNES, write_csv, write_extrait

from maillage.data.sources.flux_iae import conteneur
from maillage.data.sources.flux_iae.annexe_financiere import (
    ETP,
    MONTANT_TOTAL,
    NUMERO,
    read_annexes_publiees,
)
from maillage.kernel.errors import FichierInvalide, Introuvable, UserError

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.data.sources.flux_iae.annexe_financiere import AnnexesPubliees

VUE = "fluxIAE_AnnexeFinanciere_22022022_112211.csv"


def read(tmp_path: Path, contenu: bytes | str, nom: str = "annexes.csv.gz") -> AnnexesPubliees:
    fichier = tmp_path / nom
    fichier.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
    return read_annexes_publiees(fichier)


def refusal(tmp_path: Path, contenu: bytes | str) -> str:
    with pytest.raises(UserError) as refus:
        read(tmp_path, contenu)
    return refus.value.anomalies[0].code


def zip_of(**membres: bytes) -> bytes:
    cible = io.BytesIO()
    with zipfile.ZipFile(cible, "w") as archive:
        for nom, contenu in membres.items():
            archive.writestr(nom, contenu)
    return cible.getvalue()


TEXTE = write_extrait().encode()


@pytest.mark.parametrize(
    "contenu",
    [
        TEXTE,
        b"\xef\xbb\xbf" + TEXTE,
        gzip.compress(TEXTE),
        zip_of(**{VUE: TEXTE}),
        zip_of(**{f"{VUE}.gz": gzip.compress(TEXTE)}),
        zip_of(**{VUE: TEXTE, "fluxIAE_AnnexeFinanciereACI_22022022_112211.csv": b"x"}),
        write_extrait(deb=False).encode(),
        write_extrait(fin=len(LIGNES)).encode(),
        TEXTE.replace(b"\n", b"\r\n"),
    ],
)
def test_the_container_is_told_by_its_first_bytes(tmp_path: Path, contenu: bytes) -> None:
    lues = read(tmp_path, contenu)
    assert len(lues) == len(LIGNES)
    assert lues.cell(1, MONTANT_TOTAL) == "162160.55"
    assert lues.anomalies == ()


def test_the_day_of_extraction_is_that_of_the_first_line(tmp_path: Path) -> None:
    assert read(tmp_path, TEXTE).extraction == date(2022, 2, 7)
    assert read(tmp_path, write_extrait(deb=False)).extraction is None
    assert read(tmp_path, TEXTE.replace(b"07022022", b"99992022")).extraction is None


def test_rows_bear_their_line_in_the_file(tmp_path: Path) -> None:
    assert read(tmp_path, write_extrait(LIGNES[1])).lignes == (3,)
    assert read(tmp_path, write_extrait(LIGNES[1], deb=False)).lignes == (2,)


def test_a_line_feed_inside_a_field_is_joined_back(tmp_path: Path) -> None:
    """Free text of the extranet holds line feeds: the row after it keeps its own line."""
    coupee = LIGNES[1].replace("||", "|a\nb|")
    lues = read(tmp_path, write_extrait(coupee, LIGNES[2]))
    assert lues.lignes == (3, 5)
    assert lues.cell(1, ETP) == "7.43"


def test_a_lone_quote_is_text_between_pipes(tmp_path: Path) -> None:
    lues = read(tmp_path, write_extrait('"' + LIGNES[1], LIGNES[2]))
    assert len(lues) == 2


@pytest.mark.parametrize("separateur", [",", ";", "|", "\t"])
def test_the_separator_of_a_csv_is_recognised(tmp_path: Path, separateur: str) -> None:
    lues = read(tmp_path, write_csv({}, {}, separateur=separateur))
    assert lues.colonnes[NUMERO] == ("AI017180002", "AI017180002")
    assert lues.lignes == (2, 3)


def test_a_decimal_comma_between_quotes_and_a_blank_line(tmp_path: Path) -> None:
    texte = write_csv({ETP: '"12,5"'}).replace("\nAI", "\n\nAI")
    lues = read(tmp_path, texte)
    assert (lues.cell(0, ETP), lues.lignes) == ("12,5", (3,))


def test_the_last_line_is_compared_with_what_was_read(tmp_path: Path) -> None:
    assert read(tmp_path, write_extrait(fin=len(LIGNES))).avertissements == ()
    [phrase] = read(tmp_path, write_extrait(fin=9)).avertissements
    assert "annonce 9\u00a0annexes, 8 ont été lues" in phrase.replace("\u202f", "\u00a0")
    [phrase] = read(tmp_path, write_extrait()).avertissements
    assert "pas de ligne FIN" in phrase
    assert read(tmp_path, write_csv()).avertissements == ()


@pytest.mark.parametrize(
    ("contenu", "code"),
    [
        (b"", "MLG-AFI-002"),
        (b" \n", "MLG-AFI-002"),
        (gzip.compress(b""), "MLG-AFI-002"),
        (write_extrait().split("\n1|")[0], "MLG-AFI-002"),
        (gzip.compress(TEXTE)[:-12], "MLG-AFI-003"),
        (gzip.compress(TEXTE)[:40], "MLG-AFI-003"),
        (zip_of(**{VUE: TEXTE})[:-30], "MLG-AFI-003"),
        (zip_of(), "MLG-AFI-005"),
        (zip_of(a=b"x", b=b"y"), "MLG-AFI-005"),
        (TEXTE + b"\xe9", "MLG-AFI-007"),
        ("a,b\n1,2\n", "MLG-AFI-008"),
        ("DEBAnnexeFinanciere07022022_063004||\n", "MLG-AFI-008"),
        (write_csv().replace("AI017180002", '"AI017180002'), "MLG-AFI-009"),
        (write_csv().replace("af_date_fin_effet", "af_date_debut_effet"), "MLG-AFI-010"),
        (TEXTE.replace(b"DEBAnnexeFinanciere", b"DEBStructure"), "MLG-AFI-011"),
        ("DEBStructure07022022_063004||\na|b|c\n1|2|3\n", "MLG-AFI-011"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, contenu: bytes | str, code: str
) -> None:
    assert refusal(tmp_path, contenu) == code


def test_a_member_with_a_password_is_refused(tmp_path: Path) -> None:
    contenu = bytearray(zip_of(**{VUE: TEXTE}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        contenu[contenu.index(signature) + place] |= 1
    assert refusal(tmp_path, bytes(contenu)) == "MLG-AFI-004"


def test_a_file_too_large_once_unpacked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conteneur, "TAILLE_MAX", 100)
    assert refusal(tmp_path, gzip.compress(TEXTE)) == "MLG-AFI-006"


def test_an_absent_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(Introuvable, match="MLG-AFI-001"):
        read_annexes_publiees(tmp_path / "absent.csv")


def test_the_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    with pytest.raises(FichierInvalide) as refus:
        read(tmp_path, b"a\nb\n\xe9")
    assert refus.value.anomalies[0].ou == "annexes.csv.gz, ligne 3"


def test_missing_columns_and_short_rows_are_kept_for_one_report(tmp_path: Path) -> None:
    texte = write_csv({}, {}).replace("af_etp_postes_insertion", "autre")
    texte += "AI017180002,AI_DC\n"
    anomalies = read(tmp_path, texte).anomalies
    assert [(a.code, a.ou) for a in anomalies] == [
        ("MLG-AFI-012", f"ligne 1, colonne {ETP}"),
        ("MLG-AFI-009", "ligne 4"),
    ]


def test_a_row_cut_at_the_end_of_an_extract_is_told(tmp_path: Path) -> None:
    [anomalie] = read(tmp_path, write_extrait(LIGNES[1], "1|ACI_DC|ACI05")).anomalies
    assert anomalie.ou == "ligne 4"
    assert f"l’en-tête en a {len(ENTETES)}" in anomalie.quoi
