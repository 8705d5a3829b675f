"""The file by which a structure attaches its own accounts: read, or refused with every fault."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from maillage.analyses.comptes import lecture_rattachement
from maillage.analyses.comptes.lecture_rattachement import parse_rattachement, read_rattachement
from maillage.kernel.errors import FichierInvalide, Introuvable

COMPLET = """
siren = "732 829 320"

[[version]]
depuis = 2025-01-01
aide_au_poste = ["7311"]

[[version]]
depuis = 2022-01-01
aide_au_poste = "7411"
[version.comptes]
"6211" = "charges_personnel"
754 = "production_vendue"
"4671" = "subventions_a_recevoir"
"""


def faults(texte: str) -> list[tuple[str, str]]:
    with pytest.raises(FichierInvalide) as refus:
        parse_rattachement(texte, "r.toml")
    return [(anomalie.code, anomalie.ou) for anomalie in refus.value.anomalies]


def said(texte: str) -> str:
    with pytest.raises(FichierInvalide) as refus:
        parse_rattachement(texte, "r.toml")
    (anomalie,) = refus.value.anomalies
    return f"{anomalie.quoi} {anomalie.que_faire}"


def test_the_file_of_the_guide_is_read() -> None:
    guide = Path(__file__).resolve().parents[4] / "docs" / "guides" / "soldes-d-un-exercice.md"
    texte = guide.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    ancienne, nouvelle = parse_rattachement(texte, "r.toml").versions
    assert ancienne.choix == {"7411": "aide_au_poste"}
    assert set(nouvelle.choix) == {"7311", "6211", "754"}


def test_versions_in_the_order_of_their_dates() -> None:
    lu = parse_rattachement(COMPLET, "r.toml")
    assert lu.siren == "732829320"
    assert [version.depuis for version in lu.versions] == [date(2022, 1, 1), date(2025, 1, 1)]
    ancienne, nouvelle = lu.versions
    assert ancienne.choix == {
        "6211": "charges_personnel",
        "754": "production_vendue",
        "4671": "subventions_a_recevoir",
        "7411": "aide_au_poste",
    }
    assert nouvelle.choix == {"7311": "aide_au_poste"}


@pytest.mark.parametrize(
    ("ouverture", "depuis"),
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), date(2022, 1, 1)),
        (date(2024, 12, 31), date(2022, 1, 1)),
        (date(2025, 1, 1), date(2025, 1, 1)),
        (date(2030, 1, 1), date(2025, 1, 1)),
    ],
)
def test_the_version_of_the_day_of_opening(ouverture: date, depuis: date | None) -> None:
    version = parse_rattachement(COMPLET, "r.toml").find(ouverture)
    assert (version.depuis if version else None) == depuis


def test_every_fault_is_told_with_its_line() -> None:
    texte = """siren = "732829321"
plan = "2025"
[[version]]
depuis = "2025"
aide_au_poste = ["7084", 74]
postes = 3
[version.comptes]
"9" = "fonds_propres"
"41100017" = "usagers"
"621" = "charge_personnel"
"622" = "banques_caisses"
"864" = "charges_personnel"
"""
    assert faults(texte) == [
        ("MLG-SOL-012", "r.toml, ligne 2"),
        ("MLG-SOL-012", "r.toml, ligne 6"),
        ("MLG-SOL-013", "r.toml, ligne 4"),
        ("MLG-SOL-015", "r.toml, ligne 8"),
        ("MLG-SOL-015", "r.toml, ligne 9"),
        ("MLG-SOL-016", "r.toml, ligne 10"),
        ("MLG-SOL-017", "r.toml, ligne 11"),
        ("MLG-SOL-017", "r.toml, ligne 12"),
        ("MLG-SOL-018", "r.toml, ligne 5"),
        ("MLG-SOL-018", "r.toml, ligne 5"),
        ("MLG-SOL-014", "r.toml, ligne 1"),
    ]


@pytest.mark.parametrize(
    ("texte", "codes"),
    [
        ("", ["MLG-SOL-013"]),
        ("version = 3", ["MLG-SOL-012", "MLG-SOL-013"]),
        ("version = [1]", ["MLG-SOL-012", "MLG-SOL-013"]),
        ("[[version]]", ["MLG-SOL-013"]),
        ("[[version]]\ndepuis = 2025-01-01T10:00:00", ["MLG-SOL-013"]),
        ("[[version]]\ndepuis = 2025-01-01\ncomptes = 3", ["MLG-SOL-012"]),
        ("[[version]]\ndepuis = 2025-01-01\n[version.comptes]\n621 = 3", ["MLG-SOL-016"]),
        ("siren = 732829320\n[[version]]\ndepuis = 2025-01-01", ["MLG-SOL-014"]),
        ("version = [{depuis = 2025-01-01}, {depuis = 2025-01-01}]", ["MLG-SOL-013"]),
    ],
)
def test_what_cannot_be_followed_is_refused(texte: str, codes: list[str]) -> None:
    assert [code for code, _ in faults(texte)] == codes


def test_the_same_account_cannot_be_two_things() -> None:
    texte = (
        '[[version]]\ndepuis = 2025-01-01\naide_au_poste = ["7411"]\n'
        '[version.comptes]\n7411 = "production_vendue"\n'
    )
    assert faults(texte) == [("MLG-SOL-018", "r.toml, ligne 3")]


def test_a_computed_line_cannot_be_chosen() -> None:
    texte = '[[version]]\ndepuis = 2025-01-01\n[version.comptes]\n758 = "non_rattaches"\n'
    assert faults(texte) == [("MLG-SOL-017", "r.toml, ligne 4")]


def test_a_near_name_is_proposed() -> None:
    assert "charges_personnel" in said(
        '[[version]]\ndepuis = 2025-01-01\n[version.comptes]\n621 = "charge_personel"\n'
    )
    assert "depuis" in said("[[version]]\ndepuis = 2025-01-01\ndepui = 2025-01-01")
    assert "Vouliez" not in said("[[version]]\ndepuis = 2025-01-01\nxyz = 1")


def test_a_text_that_is_no_toml_names_its_place() -> None:
    assert faults('[[version]]\n621 "x"\n') == [("MLG-SOL-011", "r.toml, ligne 2, colonne 5")]


def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fichier = tmp_path / "r.toml"
    with pytest.raises(Introuvable, match="MLG-SOL-010"):
        read_rattachement(fichier)
    fichier.write_text(COMPLET, encoding="utf-8-sig")
    assert read_rattachement(fichier).nom == "r.toml"
    fichier.write_bytes("# aidé\n".encode("cp1252"))
    with pytest.raises(FichierInvalide, match="MLG-SOL-011"):
        read_rattachement(fichier)
    fichier.write_text(COMPLET, encoding="utf-8")
    monkeypatch.setattr(lecture_rattachement, "TAILLE_MAX", 10)
    with pytest.raises(FichierInvalide, match="MLG-SOL-011"):
        read_rattachement(fichier)
