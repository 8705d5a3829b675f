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

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_OCTETS = 32
DOMAINES = {
    **dict.fromkeys(("emi_pph_id", "contrat_id_pph", "salarie_id"), b"personne"),
    **dict.fromkeys(
        ("emi_ctr_id", "contrat_id_ctr", "formation_id_ctr", "mission_id_ctr"), b"contrat"
    ),
    "hash_nir": b"nir",
}
"""What each key identifies: keys of one domain meet, keys of two never do."""
_VIDE = -1
_NOMS = frozenset(DOMAINES.values())


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
    """Hashes of the keys of an extract, each distinct one computed once per view.

    Attributes:
        sel: Salt of the installation.
    """

    def __init__(self, sel: bytes) -> None:
        self.sel = sel
        self._connus: dict[bytes, dict[str, int]] = {domaine: {"": _VIDE} for domaine in _NOMS}

    def hash_keys(self, cellules: pa.ChunkedArray, nom: str) -> pa.Array:
        """Keys of a column as int64, 63 bits; null where empty."""
        domaine = DOMAINES[nom]
        encodees = pc.utf8_trim_whitespace(cellules).combine_chunks().dictionary_encode()
        textes = encodees.dictionary.to_pylist()
        connus = self._connus[domaine]
        for texte in textes:
            if texte not in connus:
                connus[texte] = self._hash(domaine, texte)
        distincts: NDArray[np.int64] = np.array(
            [connus[texte] for texte in textes] or [_VIDE], dtype=np.int64
        )
        valeurs = distincts[np.asarray(encodees.indices)]
        return pa.array(valeurs, mask=valeurs == _VIDE)

    def _hash(self, domaine: bytes, texte: str) -> int:
        condense = hashlib.blake2b(texte.encode(), digest_size=8, key=self.sel, person=domaine)
        return int.from_bytes(condense.digest(), "big") >> 1
