"""Damaged accounting files: read and told, or refused; never anything else."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from factories.fec import write_fec
from factories.tirages import tirages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.data.sources.fec.lecture import read_fec
from maillage.kernel.errors import FichierInvalide

GREFFES = [
    *(b"\t", b"|", b";", b'"', b"\n", b"\r", b"\x00", b"\xff", b"\x80", b"\xef\xbb\xbf"),
    *(b"-", b",", b".", b"NaN", b"1e400", b"9" * 40, b"=1+1", b"20240230", b"JournalCode", b""),
]
COUPES = st.tuples(st.integers(0, 2000), st.integers(0, 60), st.sampled_from(GREFFES))


@given(coupes=st.lists(COUPES, min_size=1, max_size=8), fin=st.integers(0, 1400))
@settings(
    max_examples=tirages(150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_a_damaged_file_is_told_or_refused(coupes: list[tuple[int, int, bytes]], fin: int) -> None:
    with TemporaryDirectory() as nom:  # thousands are drawn: none is left behind
        chemin = write_fec(Path(nom))
        damage(chemin, coupes, fin)
        check_told_or_refused(chemin)


def damage(chemin: Path, coupes: list[tuple[int, int, bytes]], fin: int) -> None:
    """Cut a file and graft into it."""
    octets = chemin.read_bytes()
    for ou, longueur, greffe in coupes:
        octets = octets[:ou] + greffe + octets[ou + longueur :]
    chemin.write_bytes(octets[: len(octets) - fin] if fin % 2 else octets)


def check_told_or_refused(chemin: Path) -> None:
    """Read the file: what is told of it holds together, or it is refused."""
    try:
        fec = read_fec(chemin)
    except FichierInvalide:
        return
    lignes = fec.ecritures.column("ligne").to_pylist()
    assert lignes == sorted(lignes)
    assert fec.debit_centimes == sum(fec.ecritures.column("debit_centimes").to_pylist())
    if fec.is_utilisable:
        assert fec.debit_centimes == fec.credit_centimes
        assert None not in fec.ecritures.column("jour").to_pylist()
        assert "" not in fec.ecritures.column("compte").to_pylist()
