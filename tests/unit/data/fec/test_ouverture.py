"""Which lines open the year, as programs write them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from factories.exercices import ANNEE, OUVERTURE, write_exercice

from maillage.data.sources.fec.lecture import read_fec
from maillage.data.sources.fec.lignes import SCHEMA
from maillage.data.sources.fec.ouverture import find_ouverture

if TYPE_CHECKING:
    from pathlib import Path

    from factories.exercices import Ecriture

    from maillage.data.sources.fec.ouverture import Ouverture

COMPTES = OUVERTURE[2]


def find(tmp_path: Path, ecritures: list[Ecriture]) -> Ouverture | None:
    return find_ouverture(read_fec(write_exercice(tmp_path, ecritures)).ecritures)


def test_a_journal_of_its_own(tmp_path: Path) -> None:
    trouvee = find(tmp_path, ANNEE)
    assert trouvee is not None
    assert int(trouvee.lignes.sum()) == len(COMPTES)
    assert (trouvee.jour, trouvee.journaux, trouvee.is_detaillee) == (
        date(2024, 1, 1),
        ("AN",),
        False,
    )


def test_open_items_that_keep_the_date_they_were_born_at(tmp_path: Path) -> None:
    sans = {compte: euros for compte, euros in COMPTES.items() if compte != "411000"}
    # the customers' 12 000 as two invoices of the years before
    detail: list[Ecriture] = [
        ("AN", "20240101", sans),
        ("AN", "20221118", {"411000": 5_000}),
        ("AN", "20231204", {"411000": 7_000}),
    ]
    # a charge of the very day that opens is of the year
    jour_meme: Ecriture = ("BQ", "20240101", {"627000": 3, "512000": -3})
    trouvee = find(tmp_path, [*detail, jour_meme, *ANNEE[1:]])
    assert trouvee is not None
    assert int(trouvee.lignes.sum()) == len(COMPTES) + 1
    assert (trouvee.jour, trouvee.is_detaillee) == (date(2024, 1, 1), True)


def test_entries_of_the_first_day_in_a_journal_of_several_uses(tmp_path: Path) -> None:
    ouverture = ("OD", "20240101", COMPTES)
    meme_jour: Ecriture = ("OD", "20240101", {"606100": 10, "401000": -10})
    ailleurs: Ecriture = ("BQ", "20240101", {"401000": 10, "512000": -10})
    trouvee = find(tmp_path, [ouverture, meme_jour, ailleurs, *ANNEE[1:]])
    assert trouvee is not None
    assert int(trouvee.lignes.sum()) == len(COMPTES)
    assert trouvee.journaux == ("OD",)


def test_none_is_recognised(tmp_path: Path) -> None:
    assert find_ouverture(SCHEMA.empty_table()) is None
    # no account of funds at all
    assert find(tmp_path, [ANNEE[1], ANNEE[2]]) is None
    # funds move, but neither on the first day nor in a journal of their own
    assert find(tmp_path, ANNEE[1:]) is None
    # a loan received late, then before any charge, in a journal of its own: no funds, no opening
    assert find(tmp_path, [ANNEE[1], ("EM", "20240601", {"512000": 9, "164000": -9})]) is None
    assert find(tmp_path, [("EM", "20240102", {"512000": 9, "164000": -9}), ANNEE[1]]) is None
    # the result carried forward, before any charge: no treasury, no opening
    affectation: Ecriture = ("AF", "20240120", {"120000": 9, "110000": -9})
    avant: Ecriture = ("BQ", "20240102", {"512000": 9, "411000": -9})
    assert find(tmp_path, [avant, affectation, ANNEE[1]]) is None


def test_a_file_of_openings_only(tmp_path: Path) -> None:
    trouvee = find(tmp_path, [OUVERTURE])
    assert trouvee is not None
    assert trouvee.lignes.all()
