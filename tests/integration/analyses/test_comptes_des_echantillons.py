"""The three sample accounting files, beside plain SQL on their raw lines.

The second computation shares nothing with the first: the file is cut by `str.split`, the accounts are
chosen by LIKE in SQLite, the openings by the journal that the notes of the samples name.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from maillage.analyses.comptes.exercice import compute_exercice
from maillage.data.sources.fec.lecture import read_fec
from maillage.indicators.comptes.bilan import Position
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.analyses.comptes.exercice import Exercice

# name, encoding, separator, journal of the openings
ECHANTILLONS = [
    ("000000000FEC20231231.txt", "utf-8", "\t", "AD"),
    ("111111111FEC20221231.TXT", "cp850", "|", "AN"),
    ("variante_iso8859-15_pipe_crlf.txt", "iso8859-15", "|", ""),
]
SIG = {
    "marge_commerciale": ("707", "7097", "607", "6037", "6087", "6097"),
    "production_exercice": ("70", "71", "72", "756", "-707", "-7097"),
    "valeur_ajoutee": ("70", "71", "72", "756", "60", "61", "62"),
    "ebe": (
        *("70", "71", "72", "73", "74", "753", "754", "755", "756", "-747", "-7532"),
        *("60", "61", "62", "63", "64", "653", "657"),
    ),
    "exploitation": (
        *("70", "71", "72", "73", "74", "75", "78", "79", "-786", "-787", "-796", "-797"),
        *("60", "61", "62", "63", "64", "65", "68", "-655", "-686", "-687"),
    ),
    "financier": ("76", "66", "786", "686", "796"),
    "exceptionnel": ("77", "67", "787", "687", "797"),
    "net": ("7", "6"),
}
HORS_CAF = ("68", "78", "675", "775", "777", "747", "7532")


class Brut:
    """Raw lines of a file in a database of its own."""

    def __init__(self, fichier: Path, encodage: str, separateur: str) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute("CREATE TABLE f (journal TEXT, mois TEXT, compte TEXT, solde INTEGER)")
        entete, *lignes = fichier.read_text(encodage).splitlines()
        rang = {nom: place for place, nom in enumerate(entete.split(separateur))}
        for ligne in lignes:
            cellules = ligne.split(separateur)
            debit, credit = (
                int(cellules[rang[nom]].replace(",", "").strip()) for nom in ("Debit", "Credit")
            )
            self._base.execute(
                "INSERT INTO f VALUES (?, ?, ?, ?)",
                (
                    cellules[rang["JournalCode"]].strip(),
                    cellules[rang["EcritureDate"]][:6],
                    cellules[rang["CompteNum"]],
                    credit - debit,
                ),
            )

    def credit(self, prefixes: tuple[str, ...], jusqu_a: str = "999999") -> int:
        """Credit minus debit of accounts by LIKE, a prefix with a hyphen being left out."""
        oui = " OR ".join(f"compte LIKE '{p}%'" for p in prefixes if p[0] != "-")
        non = "".join(f" AND compte NOT LIKE '{p[1:]}%'" for p in prefixes if p[0] == "-")
        requete = f"SELECT COALESCE(SUM(solde), 0) FROM f WHERE ({oui}){non} AND mois <= ?"  # noqa: S608 — our own prefixes
        return int(self._base.execute(requete, (jusqu_a,)).fetchone()[0])


@pytest.fixture(params=ECHANTILLONS, ids=[nom for nom, *_ in ECHANTILLONS])
def paire(request: pytest.FixtureRequest, donnees_partagees: Path) -> tuple[Exercice, Brut, str]:
    nom, encodage, separateur, journal = request.param
    fichier = donnees_partagees / "fec" / nom
    return compute_exercice(read_fec(fichier)), Brut(fichier, encodage, separateur), journal


def test_the_cascade_is_that_of_plain_sql(paire: tuple[Exercice, Brut, str]) -> None:
    exercice, brut, _ = paire
    trouves = {solde.etape.value: solde.centimes for solde in exercice.sig}
    assert {nom: trouves[nom] for nom in SIG} == {
        nom: brut.credit(prefixes) for nom, prefixes in SIG.items()
    }
    assert trouves["net"] != 0
    assert exercice.non_rattaches == ()


def test_self_financing_is_that_of_plain_sql(paire: tuple[Exercice, Brut, str]) -> None:
    exercice, brut, _ = paire
    attendu = brut.credit(("6", "7")) - brut.credit(HORS_CAF)
    assert exercice.caf.depuis_ebe == exercice.caf.depuis_resultat == attendu


def test_each_month_is_that_of_plain_sql(paire: tuple[Exercice, Brut, str]) -> None:
    exercice, brut, journal = paire
    assert exercice.mouvements.journaux_ouverture == ((journal,) if journal else ())
    for mois in exercice.mois:
        position = mois.position
        if not journal:
            assert position is Absence.INCONNUE
            continue
        assert isinstance(position, Position)
        jusqu_a = f"{mois.debut:%Y%m}"
        permanents = ("1", "2", "6", "7", "481")
        assert position.fonds_de_roulement == brut.credit(permanents, jusqu_a)
        assert position.bfr == -brut.credit(("3", "4", "-481"), jusqu_a)
        assert position.tresorerie == -brut.credit(("5",), jusqu_a)
        assert position.fonds_de_roulement - position.bfr == position.tresorerie
