"""A year of an invented association, entry by entry, small enough to be added up by hand.

Opening (1 January 2024): funds 30 000, loan 10 000, dedicated funds 4 000, van 20 000 written down by
8 000, customers 12 000, suppliers 3 000, Urssaf 5 000, bank 28 000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from factories.fec import write_fec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Ecriture: TypeAlias = "tuple[str, str, dict[str, int]]"
"""Journal, day, account to euros: positive is a debit, negative a credit."""

OUVERTURE: Ecriture = (
    "AN",
    "20240101",
    {
        "102400": -30_000,
        "164000": -10_000,
        "194000": -4_000,
        "218200": 20_000,
        "281820": -8_000,
        "411000": 12_000,
        "401000": -3_000,
        "431000": -5_000,
        "512000": 28_000,
    },
)
ANNEE: list[Ecriture] = [
    OUVERTURE,
    ("VE", "20240131", {"411000": 100_000, "708400": -100_000}),
    ("VE", "20240229", {"411000": 20_000, "706000": -20_000}),
    ("AC", "20240331", {"606300": 6_000, "613200": 9_000, "401000": -15_000}),
    ("OD", "20240430", {"641100": 90_000, "645100": 20_000, "421000": -90_000, "431000": -20_000}),
    ("OD", "20240430", {"631100": 4_000, "447000": -4_000}),
    ("OD", "20240531", {"441000": 23_000, "741100": -18_000, "730000": -5_000}),
    ("BQ", "20240630", {"512000": 3_000, "756000": -1_000, "754100": -2_000}),
    ("BQ", "20240731", {"421000": 90_000, "431000": 22_000, "401000": 15_000, "512000": -127_000}),
    ("BQ", "20240731", {"512000": 110_000, "411000": -110_000}),
    ("BQ", "20240831", {"164000": 2_000, "661100": 300, "512000": -2_300}),
    ("BQ", "20240930", {"512000": 1_500, "775000": -1_500}),
    ("OD", "20240930", {"675000": 1_000, "281820": 4_000, "218200": -5_000}),
    ("OD", "20241231", {"681100": 3_000, "281820": -3_000}),
    ("OD", "20241231", {"689400": 2_500, "194000": -2_500}),
    ("OD", "20241231", {"194000": 1_500, "789400": -1_500}),
    ("OD", "20241231", {"139000": 800, "777000": -800}),
    ("OD", "20241231", {"864000": 7_000, "875000": -7_000}),
    ("BQ", "20241231", {"512000": 600, "791000": -600}),
    ("OD", "20241231", {"654000": 400, "411000": -400}),
    ("OD", "20241231", {"695000": 100, "444000": -100}),
]


def write_exercice(
    dossier: Path, ecritures: Iterable[Ecriture] = ANNEE, nom: str = "732829320FEC20241231.txt"
) -> Path:
    """A file that conforms, written from entries."""
    lignes = [
        _ligne(journal, rang, jour, compte, euros)
        for rang, (journal, jour, comptes) in enumerate(ecritures, 1)
        for compte, euros in comptes.items()
    ]
    return write_fec(dossier, lignes, nom=nom)


def postpone(ecritures: Iterable[Ecriture], ans: int) -> list[Ecriture]:
    """The same entries, so many years later; the last day of February stays one."""
    return [
        (journal, f"{int(jour[:4]) + ans}{jour[4:].replace('0229', '0228')}", comptes)
        for journal, jour, comptes in ecritures
    ]


def balance(ecritures: Iterable[Ecriture]) -> dict[str, int]:
    """Debit minus credit of each account, in cents."""
    somme: dict[str, int] = {}
    for _, _, comptes in ecritures:
        for compte, euros in comptes.items():
            somme[compte] = somme.get(compte, 0) + 100 * euros
    return somme


def _ligne(journal: str, rang: int, jour: str, compte: str, euros: int) -> list[str]:
    debit, credit = (f"{euros},00", "0,00") if euros > 0 else ("0,00", f"{-euros},00")
    return [
        *(journal, f"Journal {journal}", str(rang), jour, compte, f"Compte {compte}", "", ""),
        *(f"P{rang}", jour, "Écriture", debit, credit, "", "", "20250115", "", ""),
    ]
