"""Hashes of the identifiers, against the standard library."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pytest

from maillage.data.sources.flux_iae.cles import DOMAINES, Hacheur

SEL = bytes(range(32))


@pytest.mark.parametrize("nom", DOMAINES)
def test_each_identifier_is_hashed_under_the_key_of_its_domain(nom: str) -> None:
    textes = ["7654321", " 7654321 ", "", "abcdef0123456789", "é'\"\\", "  "]
    lus = Hacheur(SEL).hash_keys(pa.chunked_array([textes[:2], textes[2:]]), nom)
    clef = hashlib.blake2b(digest_size=16, key=SEL, person=DOMAINES[nom]).hexdigest()
    assert lus.type == pa.int64()
    assert lus.to_pylist() == [
        int(hashlib.sha256((clef + texte.strip()).encode()).hexdigest()[:16], 16) >> 1
        if texte.strip()
        else None
        for texte in textes
    ]


def test_rows_keep_their_order_in_a_long_column() -> None:
    textes = [str(rang) for rang in range(300_000)]
    hacheur = Hacheur(SEL)
    lus = hacheur.hash_keys(pa.chunked_array([textes]), "salarie_id").to_pylist()
    assert len(set(lus)) == len(textes)
    for rang in (0, 1, 122_880, 299_999):
        seul = hacheur.hash_keys(pa.chunked_array([[textes[rang]]]), "salarie_id").to_pylist()
        assert seul == [lus[rang]]


@pytest.mark.parametrize("textes", [[], [""], ["", " "]])
def test_a_column_without_identifiers_has_no_key(textes: list[str]) -> None:
    colonne = pa.chunked_array([textes], type=pa.string())
    assert Hacheur(SEL).hash_keys(colonne, "salarie_id").to_pylist() == [None] * len(textes)
