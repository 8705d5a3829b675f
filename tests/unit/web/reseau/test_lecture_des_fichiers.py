"""A file as people send it: read whatever its encoding, or refused with every fault and its place."""

from __future__ import annotations

import pytest

from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.web.network.echange import lecture
from maillage.web.network.echange.fiche import FORMAT
from maillage.web.network.echange.lecture import read_tableau

ENTETE = "nature,nom,commune\n"


def faults(octets: bytes | str) -> list[Anomalie]:
    with pytest.raises(FichierInvalide) as refus:
        read_tableau(octets.encode() if isinstance(octets, str) else octets, FORMAT)
    return list(refus.value.anomalies)


def codes(octets: bytes | str) -> list[str]:
    return [a.code for a in faults(octets)]


@pytest.mark.parametrize(
    ("encodage", "nom"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
    ],
)
@pytest.mark.parametrize("separateur", [",", ";", "\t"])
def test_encoding_and_separator_are_found(encodage: str, nom: str, separateur: str) -> None:
    texte = separateur.join(["nature", "nom"]) + "\r\n" + separateur.join(["structure", "Été"])
    tableau = read_tableau(texte.encode(encodage), FORMAT)
    assert (tableau.encodage, tableau.separateur) == (nom, separateur)
    assert dict(tableau.rangees[0].cellules) == {"nature": "structure", "nom": "Été"}


def test_headers_are_read_whatever_their_case_and_accents() -> None:
    tableau = read_tableau("Nature;Nom;Archivée;Site web\nstructure;A;;\n".encode(), FORMAT)
    assert set(tableau.rangees[0].cellules) == {"nature", "nom", "archivee", "site_web"}


def test_columns_that_the_file_does_not_have_are_named() -> None:
    tableau = read_tableau(b"nature,nom\nstructure,A\n", FORMAT)
    assert tableau.absentes == tuple(c for c in FORMAT.colonnes if c not in {"nature", "nom"})


def test_every_fault_of_the_headers_comes_at_once() -> None:
    anomalies = faults("nom,nom,Raison sociale,Date de naissance,adressse\nA,A,,,\n")
    assert [a.code for a in anomalies] == [
        "MLG-ORG-043",
        "MLG-ORG-044",
        "MLG-ORG-043",
        "MLG-ORG-045",
        "MLG-ORG-046",
    ]
    assert "adresse" in anomalies[2].que_faire  # a renamed column is recognised


def test_every_fault_of_the_rows_comes_with_its_line() -> None:
    anomalies = faults(ENTETE + "structure,A\n\nstructure,né le 12/03/1980,\nstructure,B,,\n")
    assert [(a.code, a.ou) for a in anomalies] == [
        ("MLG-ORG-047", "ligne 2"),
        ("MLG-ORG-049", "ligne 4, colonne nom"),
        ("MLG-ORG-047", "ligne 5"),
    ]


def test_a_message_about_a_personal_cell_does_not_repeat_it() -> None:
    [anomalie] = faults(ENTETE + "structure,FR7630006000011234567890189,\n")
    assert "3000" not in str(anomalie)


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "MLG-ORG-042"),
        (b"a,b\n1,2\n", "MLG-ORG-042"),
        (b"nature,nom\n", "MLG-ORG-051"),
        (b"PK\x03\x04nature,nom\n", "MLG-ORG-041"),
        (b"nature,nom\nstructure,\x00\n", "MLG-ORG-041"),
        (b"nature,nom\nstructure,\x81\n", "MLG-ORG-041"),
        (b"\xff\xfen", "MLG-ORG-041"),
        (b'nature,nom\nstructure,"A\n', "MLG-ORG-048"),
        (b"nature,nom\nstructure," + b"A" * 200_000, "MLG-ORG-048"),
        (b"nature,nom\nstructure," + b"A" * 30_000, "MLG-ORG-047"),
    ],
)
def test_what_is_not_such_a_file_is_refused(octets: bytes, code: str) -> None:
    assert codes(octets) == [code]


def test_a_file_too_big_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lecture, "OCTETS_MAX", 30)
    assert codes(ENTETE + "structure,A,\n") == ["MLG-ORG-040"]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lecture, "LIGNES_MAX", 2)
    assert codes(ENTETE + "structure,A,\n" * 3) == ["MLG-ORG-050"]


def test_beyond_two_hundred_faults_their_number_is_told() -> None:
    anomalies = faults(ENTETE + "structure\n" * 250)
    assert len(anomalies) == 201
    assert anomalies[-1].quoi.startswith("50\u00a0autres fautes")
