"""Identifiers of persons and contracts become salted hashes on arrival: what is kept says nothing.

The salt is drawn once per installation and kept in its data directory, readable by its owner alone.
The same identifier gives the same hash in every view and every extract of the installation, and no
other one can find it again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from maillage.data.sources.textes import is_blank
from maillage.data.store import connect_duckdb

if TYPE_CHECKING:
    from pathlib import Path

_OCTETS = 32
_OCTETS_CLEF = 16
_PART = 32_768  # rows that one core of the engine takes at a time
DOMAINES = {
    **dict.fromkeys(("emi_pph_id", "contrat_id_pph", "salarie_id"), b"personne"),
    **dict.fromkeys(
        ("emi_ctr_id", "contrat_id_ctr", "formation_id_ctr", "mission_id_ctr"), b"contrat"
    ),
    "hash_nir": b"nir",
}
"""What each key identifies: keys of one domain meet, keys of two never do."""
_NOMS = frozenset(DOMAINES.values())
_HACHER = """
SELECT CASE WHEN texte <> '' THEN (('0x' || left(sha256($1 || texte), 16))::UBIGINT >> 1)::BIGINT END
FROM cellules
"""


def load_sel(dossier: Path) -> bytes:
    """Salt of the installation, drawn at the first call.

    Args:
        dossier: The data directory.
    """
    chemin = dossier / "sel-des-personnes"
    dossier.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        poignee = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(poignee, "wb") as fichier:
            fichier.write(secrets.token_bytes(_OCTETS))
    return chemin.read_bytes()


class Hacheur:
    """Keyed hashes of the identifiers of an extract, a whole column at once, nothing remembered.

    Attributes:
        sel: Salt of the installation.
    """

    def __init__(self, sel: bytes) -> None:
        self.sel = sel
        self._clefs = {domaine: _derive(sel, domaine) for domaine in _NOMS}
        self._moteur = connect_duckdb().con

    def hash_keys(self, cellules: pa.ChunkedArray, nom: str) -> pa.Array:
        """Keys of a column as int64; null where empty.

        63 bits of the SHA-256 of the key of the domain followed by the identifier: the key has a fixed
        length and most of the digest is thrown away, so that nothing can be guessed from it.
        """
        textes = pc.utf8_trim_whitespace(cellules)
        if is_blank(textes):
            return pa.nulls(len(textes), pa.int64())
        parts = pa.table({"texte": textes}).to_batches(max_chunksize=_PART)
        self._moteur.register("cellules", pa.Table.from_batches(parts))
        lues = self._moteur.execute(_HACHER, [self._clefs[DOMAINES[nom]]]).to_arrow_table()
        self._moteur.unregister("cellules")
        return lues.column(0).combine_chunks()


def _derive(sel: bytes, domaine: bytes) -> str:
    """Key of a domain, 32 hexadecimal digits: with an identifier, one block of SHA-256."""
    return hashlib.blake2b(digest_size=_OCTETS_CLEF, key=sel, person=domaine).hexdigest()
