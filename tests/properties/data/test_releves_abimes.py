"""Damaged downloads: read whole, or refused with codes; never a crash, never half-told."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from factories.releves import MENSUEL, mois, write_csv, write_xlsx
from factories.tirages import tirages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.analyses.pilotage.releves import set_beside
from maillage.data.sources.releves.lecture import read_releves
from maillage.kernel.errors import FichierInvalide

GREFFES = [
    *(b",", b";", b"|", b"\n", b"\r", b'"', b"\x00", b"\xff", b"\xef\xbb\xbf", b"", b"-1", b"NaN"),
    *(
        b"1e400",
        b"9" * 40,
        b"=1+1",
        b"31/02/2025",
        b"DEBStructure05072025_063004",
        b"FIN9",
        b"1,820",
    ),
    *("é".encode(), b"jeanne@exemple.fr", b"PK\x03\x04", b"\xfe\xff"),
]
COUPES = st.lists(
    st.tuples(st.integers(0, 6000), st.integers(0, 80), st.sampled_from(GREFFES)),
    min_size=1,
    max_size=6,
)
SANS_ATTENDRE = settings(
    max_examples=tirages(80), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def damage(octets: bytes, coupes: list[tuple[int, int, bytes]]) -> bytes:
    abimes = bytearray(octets)
    for place, longueur, greffe in coupes:
        debut = place % (len(abimes) + 1)
        abimes[debut : debut + longueur] = greffe
    return bytes(abimes)


def check_told_or_refused(*chemins: Path) -> None:
    """Read as a whole and compared, or refused with codes that are documented."""
    try:
        lus = read_releves(chemins)
    except FichierInvalide as refus:
        assert all(a.code.startswith(("MLG-RLV-", "MLG-AFI-0")) for a in refus.anomalies)  # noqa: PT017
        return
    assert lus.sources.keys() == lus.dits.keys()
    assert all(ligne.fichiers for ligne in set_beside(lus, None))


@given(coupes=COUPES, separateur=st.sampled_from(",;|\t"))
@SANS_ATTENDRE
def test_a_damaged_table_is_read_or_refused(
    coupes: list[tuple[int, int, bytes]], separateur: str
) -> None:
    with TemporaryDirectory() as nom:
        bon = write_csv(Path(nom), *(mois(rang) for rang in range(1, 13)), separateur=separateur)
        abime = Path(nom) / "abime.csv"
        abime.write_bytes(damage(bon.read_bytes(), coupes))
        check_told_or_refused(bon, abime)


@given(coupes=COUPES)
@SANS_ATTENDRE
def test_a_damaged_workbook_is_read_or_refused(coupes: list[tuple[int, int, bytes]]) -> None:
    rangees = [list(MENSUEL), [10, "ACI035250010", datetime(2025, 6, 1), "VALIDE", 12, 182.5, 12]]  # noqa: DTZ001
    with TemporaryDirectory() as nom:
        abime = write_xlsx(Path(nom), {"a": rangees, "b": [["x"]]})
        abime.write_bytes(damage(abime.read_bytes(), coupes))
        check_told_or_refused(abime)


@given(
    coupes=COUPES,
    part=st.sampled_from(
        [
            "xl/worksheets/sheet1.xml",
            "xl/workbook.xml",
            "xl/sharedStrings.xml",
            "xl/_rels/workbook.xml.rels",
        ]
    ),
)
@SANS_ATTENDRE
def test_a_workbook_damaged_inside_is_read_or_refused(
    coupes: list[tuple[int, int, bytes]], part: str
) -> None:
    rangees = [list(MENSUEL), [10, "ACI035250010", datetime(2025, 6, 1), "VALIDE", 12, 182.5, 12]]  # noqa: DTZ001
    with TemporaryDirectory() as nom:
        bon = write_xlsx(Path(nom), {"a": rangees})
        abime = Path(nom) / "abime.xlsx"
        with zipfile.ZipFile(bon) as avant, zipfile.ZipFile(abime, "w") as apres:
            for piece in avant.namelist():
                octets = avant.read(piece)
                apres.writestr(piece, damage(octets, coupes) if piece == part else octets)
        check_told_or_refused(abime)


@given(
    rangees=st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.floats(allow_nan=False, allow_infinity=False),
                st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
                st.sampled_from(["VALIDE", "ACI035250010", "2025-06-01", "12", "182,5", "x@y.fr"]),
            ),
            min_size=1,
            max_size=9,
        ),
        max_size=8,
    )
)
@SANS_ATTENDRE
def test_any_cells_under_known_names_are_read_or_refused(rangees: list[list[object]]) -> None:
    with TemporaryDirectory() as nom:
        feuille = [list(MENSUEL), *rangees]
        chemin = write_xlsx(Path(nom), {"a": feuille}, options={"strings_to_formulas": False})
        check_told_or_refused(chemin)


@given(ordre=st.permutations(range(1, 13)), coupe=st.integers(0, 12))
@SANS_ATTENDRE
def test_months_are_the_same_in_one_file_or_two_and_in_any_order(
    ordre: list[int], coupe: int
) -> None:
    with TemporaryDirectory() as nom:
        entier = write_csv(Path(nom), *(mois(rang, rang * 10) for rang in range(1, 13)))
        parts = [
            write_csv(Path(nom), *(mois(rang, rang * 10) for rang in part), nom=f"{i}.csv")
            for i, part in enumerate((ordre[:coupe], ordre[coupe:]))
        ]
        un, deux = read_releves([entier]), read_releves(parts)
        assert {c: d.chiffres for c, d in un.dits.items()} == {
            c: d.chiffres for c, d in deux.dits.items()
        }
