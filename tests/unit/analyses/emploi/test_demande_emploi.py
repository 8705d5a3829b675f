"""What is typed about a job: what is understood, and everything that is not, at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from maillage.analyses.emploi.demande import (
    Contrefactuel,
    describe_contrefactuel,
    parse_euros,
    read_demande,
    read_situation,
)
from maillage.analyses.emploi.table import read_table
from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.money import Centimes
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.legislation import load_legislation

TABLE = read_table()
LOI = load_legislation()
JUSTE = {"foyer": "seul_rsa", "heures": "24", "type": "ai"}


def refuse(le: date | None = None, **champs: str) -> list[tuple[str, str]]:
    with pytest.raises(SaisieInvalide) as refus:
        read_demande(JUSTE | champs, le, TABLE, LOI)
    return [(a.code, a.ou) for a in refus.value.anomalies]


def test_what_is_typed_as_people_type_it() -> None:
    demande = read_demande(
        JUSTE
        | {
            "heures": " 24,0 ",
            "au_dela_du_smic": "0,5",
            "revaloriser": "0,50 €",
            "sinon_en_emploi": "20 % - 60 %",
            "montant_unitaire": "1680",
            "conges_payes": "smic_corrige",
        },
        date(2026, 9, 30),
        TABLE,
        LOI,
    )
    assert (demande.heures, demande.type_siae, demande.mois) == (24, "AI", "2026-09")
    assert (demande.majoration, demande.revaloriser) == (Centimes(50), Centimes(50))
    assert demande.contrefactuel == Contrefactuel(Decimal("0.2"), Decimal("0.6"))
    assert demande.montant_unitaire == Centimes(168_000)
    assert demande.lecture is LectureCongesPayes.SMIC_CORRIGE


def test_nothing_more_than_the_job_is_needed() -> None:
    demande = read_demande(JUSTE, None, TABLE, LOI)
    assert demande.mois == "2025-11"
    assert demande.contrefactuel == Contrefactuel(Decimal(0), Decimal(1))
    assert (demande.revaloriser, demande.montant_unitaire, demande.lecture) == (None, None, None)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    fautes = refuse(
        date(2024, 1, 1),
        foyer="seul_rs",
        heures="24,5",
        type="EITI",
        au_dela_du_smic="0,1",
        revaloriser="x",
        sinon_en_emploi="60-20",
        montant_unitaire="100001",
        conges_payes="oui",
        accidents_du_travail="0,5",
    )
    assert fautes == [
        ("MLG-EMP-006", "foyer"),
        ("MLG-EMP-007", "heures"),
        ("MLG-EMP-008", "au_dela_du_smic"),
        ("MLG-EMP-008", "revaloriser"),
        ("MLG-EMP-010", "type"),
        ("MLG-EMP-011", "sinon_en_emploi"),
        ("MLG-EMP-012", "montant_unitaire"),
        ("MLG-EMP-013", "conges_payes"),
        ("MLG-EMP-014", "accidents_du_travail"),
        ("MLG-EMP-009", "le"),
    ]


@pytest.mark.parametrize("texte", ["0", "36", "", "-5", "dix"])
def test_hours_out_of_the_table_are_refused(texte: str) -> None:
    assert refuse(heures=texte) == [("MLG-EMP-007", "heures")]


@pytest.mark.parametrize("texte", ["101", "10-20-30", "a-b", "-", "5-"])
def test_a_share_that_is_not_one_is_refused(texte: str) -> None:
    assert refuse(sinon_en_emploi=texte) == [("MLG-EMP-011", "sinon_en_emploi")]


@pytest.mark.parametrize("texte", ["0,69", "50,01", "-2", "deux", "%"])
def test_a_rate_of_accidents_out_of_bounds_is_refused(texte: str) -> None:
    assert refuse(accidents_du_travail=texte) == [("MLG-EMP-014", "accidents_du_travail")]


@pytest.mark.parametrize(("texte", "taux"), [("0,70", "0.007"), ("3,1 %", "0.031"), ("50", "0.5")])
def test_a_rate_of_accidents_is_read_in_per_cent(texte: str, taux: str) -> None:
    demande = read_demande(JUSTE | {"accidents_du_travail": texte}, None, TABLE, LOI)
    assert demande.taux_accident_travail == Decimal(taux)


def test_the_nearest_name_is_proposed_and_otherwise_all_of_them() -> None:
    for tape, phrase in (("seul_57_as", "seul_57_ass"), ("zzz", "jeune_22_heberge")):
        with pytest.raises(SaisieInvalide, match=phrase):
            read_demande(JUSTE | {"foyer": tape}, None, TABLE, LOI)


def test_a_rise_starts_from_the_pay_and_the_highest_has_none() -> None:
    assert refuse(au_dela_du_smic="2", revaloriser="0,5") == [("MLG-EMP-008", "revaloriser")]
    assert refuse(revaloriser="0") == [("MLG-EMP-008", "revaloriser")]
    with pytest.raises(SaisieInvalide, match="partez d’un salaire moins élevé"):
        read_demande(JUSTE | {"au_dela_du_smic": "2", "revaloriser": "1"}, None, TABLE, LOI)


def test_a_kind_that_does_not_exist_says_so() -> None:
    with pytest.raises(SaisieInvalide, match="le type «\u00a0XYZ\u00a0» n’existe pas"):
        read_demande(JUSTE | {"type": "xyz"}, None, TABLE, LOI)


def test_a_household_alone_is_read_in_the_same_way() -> None:
    foyer, majoration, mois = read_situation({"foyer": "seul_rsa"}, None, TABLE, LOI)
    assert (foyer.code, majoration, mois) == ("seul_rsa", Centimes(0), "2025-11")
    with pytest.raises(SaisieInvalide) as refus:
        read_situation({"foyer": "", "au_dela_du_smic": "9"}, date(2020, 1, 1), TABLE, LOI)
    assert [a.code for a in refus.value.anomalies] == ["MLG-EMP-006", "MLG-EMP-008", "MLG-EMP-009"]


@pytest.mark.parametrize("texte", ["0,005", "", "1 000", "1e3"])
def test_an_amount_that_is_not_one_is_none(texte: str) -> None:
    assert parse_euros(texte) is None


def test_the_hypothesis_in_french() -> None:
    assert describe_contrefactuel(Contrefactuel()).startswith("de 0 % à 100 % des personnes")
    une = Contrefactuel(Decimal("0.125"), Decimal("0.125"))
    assert describe_contrefactuel(une).startswith("12,50 % des personnes")
