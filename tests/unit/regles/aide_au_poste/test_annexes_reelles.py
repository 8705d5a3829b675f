"""Amounts of real annexes, to the cent, and the unit amount that the texts gave at their date."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest

from maillage.regles.aide_au_poste.formules import duree_mois, montant_total_annuel_centimes
from maillage.regles.aide_au_poste.saisie import read_annexes
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from pathlib import Path

EXTRACTION = date(2022, 2, 7)  # the DEB line of the published sample

# number, kind, first day, last day, ETP, unit amount, total: as published, avenants included
PUBLIEES = """
ACI054180019A0M0 ACI 01/01/2018 31/12/2018 8.15 19897.00 162160.55
ACI054180019A1M0 ACI 01/01/2019 31/12/2019 7.56 20199.00 152704.44
ACI054180019A1M1 ACI 01/01/2019 31/12/2019 7.95 20199.00 160582.05
ACI054180019A2M1 ACI 01/01/2020 31/12/2020 7.45 20441.00 152285.45
ACI054210019A0M0 ACI 01/01/2021 31/08/2021 7.95 20642.00 109402.64
ACI054210019A1M0 ACI 01/01/2022 31/12/2022 8.86 21096.00 186910.56
ACI972190115A0M0 ACI 01/05/2019 31/12/2019 7.43 20199.00 100052.40
ACI972190115A2M1 ACI 01/01/2021 30/04/2021 7.43 20642.00 51123.36
ACI972190115A2M2 ACI 01/01/2021 31/12/2021 18.74 20642.00 386831.08
ACI972180023A0M1 ACI 01/07/2018 31/12/2018 10.29 19897.00 102370.08
ACI972180024A0M0 ACI 01/07/2018 31/12/2018 5.94 19897.00 59094.12
AI017180002A0M0 AI 01/01/2018 31/12/2018 37.49 1347.00 50499.03
AI017180002A0M1 AI 01/01/2018 31/12/2018 39.19 1347.00 52788.93
AI017190002A0M1 AI 01/01/2019 31/12/2019 40.19 1367.00 54939.73
AI017200002A0M0 AI 01/01/2020 31/12/2020 40.19 1383.00 55582.77
AI092181008A1M3 AI 01/01/2019 31/12/2019 15.80 1367.00 21598.60
AI092215107A1M0 AI 01/01/2022 31/12/2022 19.00 1428.00 27132.00
EI017210016A0M0 EI 01/01/2021 31/12/2021 2.00 10751.00 21502.00
EI017210016A1M0 EI 01/01/2022 31/12/2022 2.00 10988.00 21976.00
"""


@dataclass(frozen=True)
class Publiee:
    numero: str
    type_siae: str
    debut: str
    fin: str
    etp: str
    unitaire: str
    total: str

    @property
    def centimes(self) -> int:
        return int(Decimal(self.total) * 100)


def read_literals() -> list[Publiee]:
    return [Publiee(*ligne.split()) for ligne in PUBLIEES.strip().splitlines()]


def read_sample(path: Path) -> list[Publiee]:
    """Rows that are not FDI, with nothing but the standard library."""
    _, entete, *lignes = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    noms = entete.split("|")
    rangees = (dict(zip(noms, ligne.split("|"), strict=True)) for ligne in lignes if ligne)
    return [
        Publiee(
            f"{r['af_numero_annexe_financiere']}"
            f"A{r['af_numero_avenant_renouvellement']}M{r['af_numero_avenant_modification']}",
            r["af_mesure_dispositif_code"].removesuffix("_DC"),
            r["af_date_debut_effet"],
            r["af_date_fin_effet"],
            r["af_etp_postes_insertion"],
            r["af_montant_unitaire_annuel_valeur"],
            r["af_montant_total_annuel"],
        )
        for r in rangees
        if r["af_mesure_dispositif_code"] != "FDI_DC"
    ]


def compute_totaux(annexes: list[Publiee]) -> list[int]:
    lues = read_annexes(
        {
            "type_siae": [a.type_siae for a in annexes],
            "date_debut_effet": [a.debut for a in annexes],
            "date_fin_effet": [a.fin for a in annexes],
            "etp": [a.etp for a in annexes],
            "montant_unitaire": [a.unitaire for a in annexes],
        }
    )
    assert lues.anomalies == ()
    colonnes = lues.colonnes
    totaux = montant_total_annuel_centimes(
        colonnes["etp_centiemes"],  # type: ignore[arg-type] # one dictionary, several types
        colonnes["montant_unitaire_centimes"],  # type: ignore[arg-type]
        duree_mois(colonnes["date_debut_effet"], colonnes["date_fin_effet"]),  # type: ignore[arg-type]
    )
    liste: list[int] = totaux.tolist()
    return liste


def check_unitaires(annexes: list[Publiee]) -> None:
    """The unit amount is the socle of the first day, as it was known when the file was made."""
    legislation = load_legislation().with_connu_au(EXTRACTION)
    for annexe in annexes:
        jour, mois, annee = map(int, annexe.debut.split("/"))
        socle = legislation.au(date(annee, mois, jour)).get(
            f"aide_au_poste.montant_socle.{annexe.type_siae}"
        )
        assert Decimal(annexe.unitaire) == socle.valeur, annexe


def test_each_published_amount_is_found_to_the_cent() -> None:
    annexes = read_literals()

    assert compute_totaux(annexes) == [annexe.centimes for annexe in annexes]


def test_each_unit_amount_is_the_one_of_the_texts() -> None:
    check_unitaires(read_literals())


def test_a_2022_annexe_carries_the_amount_known_when_it_was_signed() -> None:
    """The arrêté for 1 January 2022 was published on 21 August 2022.

    The annexes of January carry the amount of October 2021; the texts known today say more.
    """
    annexe = next(a for a in read_literals() if a.numero == "ACI054210019A1M0")
    aujourd_hui = load_legislation().au(date(2022, 1, 1))

    assert annexe.unitaire == "21096.00"
    assert aujourd_hui.get("aide_au_poste.montant_socle.ACI").valeur == 21286


@pytest.mark.donnees_partagees
def test_the_whole_published_sample(donnees_partagees: Path) -> None:
    annexes = read_sample(
        donnees_partagees / "fluxiae" / "fluxIAE_AnnexeFinanciere_22022022_112211.csv.gz"
    )

    assert len(annexes) == 48
    assert compute_totaux(annexes) == [annexe.centimes for annexe in annexes]
    assert {annexe.numero for annexe in read_literals()} <= {annexe.numero for annexe in annexes}
    check_unitaires(annexes)


@pytest.mark.parametrize(
    ("etp", "unitaire", "mois", "centimes"),
    [
        (1, 2044150, 12, 20442),  # 20 441,5 cents : half up
        (1, 2044149, 12, 20441),
        (100, 2044106, 1, 170342),  # 170 342,1666…
        (3, 200, 6, 6),  # half a cent a month, rounded up six times
        (1, 600, 12, 6),
        (0, 2044100, 12, 0),
        (1500, 0, 7, 0),
    ],
)
def test_half_cents_and_zeros(etp: int, unitaire: int, mois: int, centimes: int) -> None:
    totaux = montant_total_annuel_centimes(np.array([etp]), np.array([unitaire]), np.array([mois]))

    assert totaux.tolist() == [centimes]


def test_twelve_months_and_twelve_times_a_month_differ() -> None:
    """7,43 ETP at 20 442 €: 151 884,06 €, while twelve rounded months give 151 884,12 €."""
    etp, unitaire = np.array([743, 743]), np.array([2044200, 2044200])

    totaux = montant_total_annuel_centimes(etp, unitaire, np.array([12, 6]))

    assert totaux.tolist() == [15188406, 6 * 1265701]
    assert 12 * 1265701 != 15188406
