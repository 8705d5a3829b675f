"""Damaged accounting files: read and told, or refused; never anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factories.fec import write_fec
from factories.tirages import tirages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.data.sources.fec.lecture import read_fec
from maillage.kernel.errors import FichierInvalide

if TYPE_CHECKING:
    import pytest

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
def test_a_damaged_file_is_told_or_refused(
    tmp_path_factory: pytest.TempPathFactory, coupes: list[tuple[int, int, bytes]], fin: int
) -> None:
    chemin = write_fec(tmp_path_factory.mktemp("fec"))
    octets = chemin.read_bytes()
    for ou, longueur, greffe in coupes:
        octets = octets[:ou] + greffe + octets[ou + longueur :]
    chemin.write_bytes(octets[: len(octets) - fin] if fin % 2 else octets)
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
