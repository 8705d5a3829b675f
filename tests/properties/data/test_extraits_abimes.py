"""Damaged extracts: imported whole, or refused with all that is wrong; never half-kept."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from factories.flux_iae import annexe, releve, structure, write_extrait
from factories.tirages import tirages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.data.extraits import forget_extrait, list_extraits
from maillage.data.extraits.reception import Reception
from maillage.indicators.pilotage.derivation import derive_faits
from maillage.kernel.errors import FichierInvalide

MAINTENANT = datetime(2025, 7, 7, 9, 30, tzinfo=UTC)
GREFFES = [
    *(b"|", b"||", b"\n", b"\r", b'"', b"\x00", b"\xff", b"\xef\xbb\xbf", b"", b"-1", b"NaN"),
    *(b"1e400", b"9" * 40, b"=1+1", b"31/02/2025", b"DEB", b"FIN9", b"true", b"\nFIN2|\n"),
    *("é".encode(), b"jeanne@exemple.fr", b"13"),
]
COUPES = st.tuples(st.integers(0, 6000), st.integers(0, 80), st.sampled_from(GREFFES))
VUES = ("Structure", "AnnexeFinanciere", "EtatMensuelIndiv")


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Files of a good extract, by name, unpacked."""
    dossier = write_extrait(
        tmp_path_factory.mktemp("modele"),
        {
            "Structure": [structure(rang) for rang in range(1, 5)],
            "AnnexeFinanciere": [annexe(10 + rang, af_id_structure=rang) for rang in range(1, 5)],
            "EtatMensuelIndiv": [
                releve(mois, emi_afi_id=10 + rang) for rang in range(1, 5) for mois in range(1, 7)
            ],
        },
    )
    return {f.name: gzip.decompress(f.read_bytes()) for f in dossier.iterdir()}


@given(
    vue=st.sampled_from(VUES),
    coupes=st.lists(COUPES, min_size=1, max_size=6),
    fin=st.integers(0, 3000),
    accepte=st.booleans(),
)
@settings(
    max_examples=tirages(80),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_a_damaged_extract_is_whole_or_refused(
    modele: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    vue: str,
    coupes: list[tuple[int, int, bytes]],
    fin: int,
    accepte: bool,  # noqa: FBT001 — drawn
) -> None:
    with TemporaryDirectory() as nom:  # thousands are drawn: none is left behind
        dossier = Path(nom)
        monkeypatch.setenv("MAILLAGE_DONNEES", str(dossier / "donnees"))
        write_damaged(modele, dossier / "extrait", vue, coupes, fin)
        check_whole_or_refused(dossier, accepte=accepte)


def write_damaged(
    modele: dict[str, bytes], ou: Path, vue: str, coupes: list[tuple[int, int, bytes]], fin: int
) -> None:
    """The good extract, with one of its views cut and grafted."""
    ou.mkdir()
    for nom, contenu in modele.items():
        octets = contenu
        if f"_{vue}_" in nom:
            for depart, longueur, greffe in coupes:
                octets = octets[:depart] + greffe + octets[depart + longueur :]
            octets = octets[: len(octets) - fin] if fin % 3 == 0 else octets
        (ou / nom.removesuffix(".gz")).write_bytes(octets)


def check_whole_or_refused(dossier: Path, *, accepte: bool) -> None:
    """Import what is in `dossier/extrait`: it is there whole, or nothing is and each fault has its code."""
    reception = Reception(
        [dossier / "extrait"], MAINTENANT, derive=derive_faits, accepte_reparations=accepte
    )
    try:
        extrait = reception.run().extrait
    except FichierInvalide as refus:
        codes = {anomalie.code for anomalie in refus.anomalies}
        reste = list((dossier / "donnees" / "extraits").iterdir())
        assert (codes != set(), reste) == (True, [])
        return
    assert [e.identifiant for e in list_extraits()] == [extrait.identifiant]
    for nom, lignes in extrait.vues.items():
        assert pq.read_table(extrait.vue(nom)).num_rows == lignes
    assert pq.read_table(extrait.fait("annexes")).num_rows <= extrait.vues["AnnexeFinanciere"]
    forget_extrait(extrait.identifiant)
    assert list_extraits() == ()
