"""One file with every shape of row that an extract holds, and one with every way to be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.extraits import write_csv

from maillage.analyses.annexes.calcul import calculer_fichier
from maillage.analyses.annexes.model import Conformite
from maillage.kernel.errors import FichierInvalide

if TYPE_CHECKING:
    from pathlib import Path

NUMERO, MESURE = "af_numero_annexe_financiere", "af_mesure_dispositif_code"
ETP, UNITAIRE = "af_etp_postes_insertion", "af_montant_unitaire_annuel_valeur"
DEBUT, FIN, TOTAL = "af_date_debut_effet", "af_date_fin_effet", "af_montant_total_annuel"
COLONNES = (NUMERO, MESURE, ETP, UNITAIRE, DEBUT, FIN, TOTAL)
RANGEES = {
    # published rows: an annexe, then its modification, both for the whole year
    "avenant historisé": ("ACI014160024A2M1", "ACI_DC", "11.39", "19897", "2018-01-01", "2018-12-31", "226626.83"),
    "avenant valide": ("ACI014160024A2M2", "ACI_DC", "10.00", "19897", "2018-01-01", "2018-12-31", "198970"),
    "huit mois": ("ACI054210019A0M0", "ACI_DC", "7.95", "20642", "2021-01-01", "2021-08-31", "109402.64"),
    # worked by hand
    "prison": ("EI017190016A0M0", "EI_MP", "2.50", "6312", "2019-01-01", "2019-12-31", "15780"),
    "Mayotte": ("AI976220001A0M0", "AI_DC", "10", "1138", "2022-09-01", "2022-12-31", "3793.32"),
    "un mois": ("AI017220002A0M0", "AI_DC", "10", "1509", "2022-12-01", "2022-12-31", "1257.50"),
    "deux décimales": ("AI017220003A0M0", "AI_DC", "0.01", "1509", "2022-08-01", "2023-07-31", "15.09"),
    "demi-centime d’un mois": ("EI017220004A0M0", "EI_DC", "0.01", "1326", "2022-08-01", "2022-09-30", "2.22"),
    "demi-centime d’un an": ("EI017220005A0M0", "EI_DC", "0.01", "1326.50", "2022-08-01", "2023-07-31", "13.27"),
    "zéro": ("AI017220006A0M0", "AI_DC", "0", "1509", "2022-08-01", "2023-07-31", "0"),
}  # fmt: skip


def test_every_shape_of_row_comes_out_to_the_cent(tmp_path: Path) -> None:
    fichier = tmp_path / "recette.csv"
    rangees = [dict(zip(COLONNES, rangee, strict=True)) for rangee in RANGEES.values()]
    fichier.write_text(write_csv(*rangees), encoding="utf-8")
    releve = calculer_fichier(fichier)
    ecarts = {
        nom: calculee.ecart.nombre
        for nom, calculee in zip(RANGEES, releve.calculees, strict=True)
        if calculee.ecart is not None
    }
    assert ecarts == dict.fromkeys(RANGEES, 0)
    lieux = {
        nom: calculee.annexe.territoire
        for nom, calculee in zip(RANGEES, releve.calculees, strict=True)
    }
    assert lieux["prison"] == "milieu_penitentiaire"
    assert lieux["Mayotte"] == "mayotte"
    verdicts = dict(zip(RANGEES, releve.calculees, strict=True))
    assert verdicts["prison"].bareme.conformite is Conformite.EGAL
    assert verdicts["Mayotte"].bareme.conformite is Conformite.EGAL


@pytest.mark.parametrize("ordre", [1, -1])
def test_the_order_of_the_rows_changes_nothing(tmp_path: Path, ordre: int) -> None:
    fichier = tmp_path / "recette.csv"
    rangees = [dict(zip(COLONNES, rangee, strict=True)) for rangee in RANGEES.values()][::ordre]
    fichier.write_text(write_csv(*rangees), encoding="utf-8")
    montants = {un.numero: un.montant.nombre for un in calculer_fichier(fichier).calculees}
    seuls = {}
    for rangee in rangees:
        fichier.write_text(write_csv(rangee), encoding="utf-8")
        [calculee] = calculer_fichier(fichier).calculees
        seuls[calculee.numero] = calculee.montant.nombre
    assert montants == seuls


def test_every_way_to_be_wrong_is_told_at_once_with_line_and_column(tmp_path: Path) -> None:
    fichier = tmp_path / "faux.csv"
    fichier.write_text(
        write_csv(
            {ETP: "-1", UNITAIRE: "beaucoup"},
            {DEBUT: "2018-12-31", FIN: "2018-01-01", MESURE: "XX_DC"},
            {FIN: "2031-12-31", ETP: "1.005"},
            {DEBUT: "31/02/2018"},
            {MESURE: "ETTI_MP"},
        ),
        encoding="utf-8",
    )
    with pytest.raises(FichierInvalide) as refus:
        calculer_fichier(fichier)
    assert sorted((a.ou, a.code) for a in refus.value.anomalies) == [
        (f"ligne 2, colonne {ETP}", "MLG-REG-207"),
        (f"ligne 2, colonne {UNITAIRE}", "MLG-REG-203"),
        (f"ligne 3, colonne {MESURE}", "MLG-REG-205"),
        (f"ligne 3, colonnes {DEBUT} et {FIN}", "MLG-REG-216"),
        (f"ligne 4, colonne {FIN}", "MLG-REG-209"),
        (f"ligne 4, colonne {ETP}", "MLG-REG-208"),
        (f"ligne 5, colonne {DEBUT}", "MLG-REG-204"),
        (f"ligne 6, colonne {MESURE}", "MLG-REG-226"),
    ]
