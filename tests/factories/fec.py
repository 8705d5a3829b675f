"""A small accounting file written by hand from the decree: an opening, a sale, a pay, a payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ENTETE = [
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
]
NOM = "732829320FEC20241231.txt"
TIERS = "Société Inventée 4217"
SALARIE = "Éléonore Inventée"


def _ligne(journal: str, numero: int, jour: str, compte: str, debit: str, credit: str) -> list[str]:
    tiers = TIERS if compte.startswith("411") else ""
    return [
        *(journal, f"Journal {journal}", str(numero), jour, compte, f"Compte n° {compte}"),
        *("C00042" if tiers else "", tiers, f"PIECE-{numero}-SECRETE", jour, f"Réf. {SALARIE}"),
        *(debit, credit, "", "", "20250115", "", ""),
    ]


LIGNES = [
    _ligne("AN", 1, "20240101", "102000", "0,00", "1000,00"),
    _ligne("AN", 1, "20240101", "512000", "1000,00", "0,00"),
    _ligne("VE", 2, "20240115", "411DUPON", "1234,56", "0,00"),
    _ligne("VE", 2, "20240115", "708400", "0,00", "1234,56"),
    _ligne("OD", 3, "20240131", "641100", "800,01", "0,00"),
    _ligne("OD", 3, "20240131", "42100017", "0,00", "800,01"),
    _ligne("BQ", 4, "20241231", "42100017", "800,01", "0,00"),
    _ligne("BQ", 4, "20241231", "512000", "0,00", "800,01"),
]
DEBIT_CENTIMES = 383458


def write_fec(  # noqa: PLR0913 — one parameter per thing that programs do differently
    dossier: Path,
    lignes: list[list[str]] | None = None,
    *,
    entete: list[str] | None = None,
    separateur: str = "\t",
    fin: str = "\r\n",
    encodage: str = "iso8859-15",
    nom: str = NOM,
) -> Path:
    """Write a file; the one that conforms by default."""
    rangees = [entete or ENTETE, *(LIGNES if lignes is None else lignes)]
    texte = "".join(separateur.join(cellules) + fin for cellules in rangees)
    chemin = dossier / nom
    chemin.write_bytes(texte.encode(encodage))
    return chemin
