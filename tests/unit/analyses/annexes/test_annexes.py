"""Annexes as published and the rules, put together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from factories.extraits import LIGNES, write_csv, write_extrait

from maillage.analyses.annexes.bareme import compare_bareme, to_amount
from maillage.analyses.annexes.calcul import calculer, calculer_fichier
from maillage.analyses.annexes.comparaison import comparer
from maillage.analyses.annexes.demande import Demande
from maillage.analyses.annexes.explication import expliquer
from maillage.analyses.annexes.exports import releve_rows, releve_to_dict
from maillage.analyses.annexes.lecture import find_territoire
from maillage.analyses.annexes.model import Annexe, AnnexeEcartee, Conformite
from maillage.analyses.annexes.parametres import (
    find_chemins,
    find_parametres,
    parametre_row,
    parametre_to_dict,
)
from maillage.kernel.errors import FichierInvalide, Introuvable
from maillage.kernel.money import Centimes
from maillage.kernel.valeur import Absence
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.lecture_reforme import load_reforme, parse_reforme
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.analyses.annexes.model import Releve

EURO = 100
LOI = load_legislation()
REFORME_ACI = """
code: aci_20000
titre: "ACI à 20 000 €"
source:
  - title: "Essai"
valable_jusqu_au: 2025-12-31
indetermine:
  - "Essai."
changements:
  - chemin: aide_au_poste.montant_socle.ACI
    values:
      2024-01-01:
        value: 20000
"""


def make_annexe(**changes: Any) -> Annexe:
    attributs: dict[str, Any] = {
        "numero": "AI017220002",
        "avenants": "A0M0",
        "ligne": 2,
        "type_siae": "AI",
        "territoire": "metropole_drom",
        "date_debut": date(2022, 1, 1),
        "date_fin": date(2022, 12, 31),
        "etp_centiemes": 1000,
        "montant_unitaire": Centimes(1441 * EURO),
    }
    return Annexe(**attributs | changes)


def read(tmp_path: Path, texte: str) -> Releve:
    fichier = tmp_path / "annexes.csv"
    fichier.write_text(texte, encoding="utf-8")
    return calculer_fichier(fichier)


def refusals(tmp_path: Path, texte: str) -> list[tuple[str, str]]:
    with pytest.raises(FichierInvalide) as refus:
        read(tmp_path, texte)
    return [(anomalie.code, anomalie.ou) for anomalie in refus.value.anomalies]


# amounts


def test_published_amounts_come_out_to_the_cent(tmp_path: Path) -> None:
    """Full and partial years, avenants, of the ASP's own sample."""
    releve = read(tmp_path, write_extrait())
    assert len(releve.calculees) == len(LIGNES) - 1
    assert {calculee.ecart for calculee in releve.calculees} == {Centimes(0)}


def test_rows_stay_in_order_and_the_fdi_is_present_without_amount(tmp_path: Path) -> None:
    rows = releve_rows(read(tmp_path, write_extrait(LIGNES[1], LIGNES[0], LIGNES[2])))
    assert rows[1] == {
        "af_numero_annexe_financiere": "FDI017200067",
        "montant_total_annuel": None,
        "ecart": None,
    }
    assert [row["montant_total_annuel"] for row in rows] == ["162160.55", None, "100052.40"]
    assert [row["ecart"] for row in rows] == ["0.00", None, "0.00"]


def test_a_file_of_fdi_only_has_no_amount(tmp_path: Path) -> None:
    releve = read(tmp_path, write_extrait(LIGNES[0]))
    assert releve.calculees == ()
    assert isinstance(releve.rangees[0], AnnexeEcartee)
    assert "préfet" in releve.ecartees[0].motif


def test_the_gap_is_ours_less_the_published_amount(tmp_path: Path) -> None:
    releve = read(tmp_path, write_csv({"af_montant_total_annuel": "4041.03"}))
    assert releve_rows(releve)[0]["ecart"] == "-0.03"
    assert releve_to_dict(releve)["nombre_ecarts"] == 1


def test_without_a_published_amount_there_is_no_gap(tmp_path: Path) -> None:
    releve = read(tmp_path, write_csv({"af_montant_total_annuel": ""}))
    assert releve_rows(releve)[0]["ecart"] is None
    assert releve_to_dict(releve)["nombre_comparees"] == 0


def test_a_half_cent_of_a_month_goes_up(tmp_path: Path) -> None:
    """0.01 ETP × 1 326 € / 12 = 1.105 €: a month is 1.11 €, two months 2.22 €."""
    releve = read(
        tmp_path,
        write_csv(
            {
                "af_etp_postes_insertion": "0.01",
                "af_montant_unitaire_annuel_valeur": "1326",
                "af_date_fin_effet": "2018-02-28",
                "af_montant_total_annuel": "2.22",
            }
        ),
    )
    assert releve_rows(releve)[0]["ecart"] == "0.00"


# what is wrong, all at once


def test_every_wrong_cell_is_told_with_its_line_and_column(tmp_path: Path) -> None:
    etp, debut, fin = "af_etp_postes_insertion", "af_date_debut_effet", "af_date_fin_effet"
    mesure, numero = "af_mesure_dispositif_code", "af_numero_annexe_financiere"
    texte = write_csv(
        {etp: "-3"},
        {debut: "2018-12-31", fin: "2018-01-01"},
        {mesure: "XX_DC"},
        {debut: "2031-01-01", fin: "2031-12-31"},
        {etp: "trois"},
        {numero: "AI17"},
        {"af_montant_total_annuel": "beaucoup"},
        {numero: "", mesure: "FDI_DC"},
    )
    assert refusals(tmp_path, texte) == [
        ("MLG-REG-207", f"ligne 2, colonne {etp}"),
        ("MLG-REG-216", f"ligne 3, colonnes {debut} et {fin}"),
        ("MLG-REG-205", f"ligne 4, colonne {mesure}"),
        ("MLG-REG-209", f"ligne 5, colonne {debut}"),
        ("MLG-REG-209", f"ligne 5, colonne {fin}"),
        ("MLG-REG-203", f"ligne 6, colonne {etp}"),
        ("MLG-ID-030", f"ligne 7, colonne {numero}"),
        ("MLG-EUR-001", "ligne 8, colonne af_montant_total_annuel"),
        ("MLG-ID-030", f"ligne 9, colonne {numero}"),
    ]


@pytest.mark.parametrize(
    "colonne",
    [
        "af_numero_annexe_financiere",
        "af_mesure_dispositif_code",
        "af_etp_postes_insertion",
        "af_montant_unitaire_annuel_valeur",
        "af_date_debut_effet",
        "af_date_fin_effet",
    ],
)
def test_a_missing_column_hides_no_other_problem(tmp_path: Path, colonne: str) -> None:
    texte = write_csv({"af_montant_total_annuel": "x"}).replace(colonne, "autre")
    assert refusals(tmp_path, texte) == [
        ("MLG-AFI-012", f"ligne 1, colonne {colonne}"),
        ("MLG-EUR-001", "ligne 2, colonne af_montant_total_annuel"),
    ]


def test_lines_are_those_of_the_file_when_fdi_and_line_feeds_come_before(tmp_path: Path) -> None:
    coupee = LIGNES[1].replace("||", "|a\nb|")
    mauvaise = LIGNES[2].replace("7.43", "x")
    texte = write_extrait(LIGNES[0], coupee.replace("a\nb", "\n"), mauvaise)
    assert refusals(tmp_path, texte) == [
        ("MLG-REG-203", "ligne 6, colonne af_etp_postes_insertion")
    ]


def test_an_indicator_of_prison_that_says_nothing_is_refused(tmp_path: Path) -> None:
    ligne = LIGNES[1].removesuffix("||") + "|peut-être|"
    [(code, _)] = refusals(tmp_path, write_extrait(ligne))
    assert code == "MLG-AFI-013"


# where the posts are


@pytest.mark.parametrize(
    ("numero", "mesure", "penitentiaire", "attendu"),
    [
        ("ACI976220001", "ACI_DC", "", "mayotte"),
        ("ACI976220001A0M1", "ACI_DC", "false", "mayotte"),
        ("ACI974220001", "ACI_DC", "", "metropole_drom"),
        ("ACI59L220001", "ACI_DC", "", "metropole_drom"),
        ("illisible", "ACI_DC", "", "metropole_drom"),
        ("ACI976220001", "ACI_MP", "", "milieu_penitentiaire"),
        ("ACI059220001", "ACI_DC", "true", "milieu_penitentiaire"),
    ],
)
def test_the_territory_is_that_of_the_number(
    numero: str, mesure: str, penitentiaire: str, attendu: str
) -> None:
    assert find_territoire(numero, mesure, penitentiaire) == attendu


# the unit amount against the law


@pytest.mark.parametrize(
    ("euros", "verdict", "extrait"),
    [
        (1441, Conformite.EGAL, "5 juillet 2022"),
        (1428, Conformite.AUTRE_DATE, "1er octobre 2021"),
        (1500, Conformite.DIFFERENT, "Aucun texte relevé"),
    ],
)
def test_the_unit_amount_is_said_to_be_that_of_the_law_or_not(
    euros: int, verdict: Conformite, extrait: str
) -> None:
    bareme = compare_bareme(Centimes(euros * EURO), "AI", "metropole_drom", date(2022, 1, 1), LOI)
    assert bareme.conformite is verdict
    assert bareme.socle == Centimes(1441 * EURO)
    assert extrait in bareme.phrase


def test_where_the_law_is_not_known_the_amount_is_not_judged() -> None:
    bareme = compare_bareme(Centimes(1), "AI", "metropole_drom", date(2026, 1, 1), LOI)
    assert (bareme.conformite, bareme.socle, bareme.legale) == (Conformite.INCONNU, None, None)
    assert "montant inconnu pour l’AI au 1er janvier 2026" in bareme.phrase


def test_prison_has_its_own_amount() -> None:
    bareme = compare_bareme(
        Centimes(6142 * EURO), "EI", "milieu_penitentiaire", date(2017, 6, 1), LOI
    )
    assert bareme.conformite is Conformite.EGAL


@pytest.mark.parametrize("valeur", [True, "1300", None])
def test_what_is_not_a_number_is_no_amount(valeur: object) -> None:
    with pytest.raises(TypeError, match="an amount is a number"):
        to_amount(valeur)


# one annexe explained


def test_a_partial_year_is_explained_month_by_month() -> None:
    annexe = make_annexe(date_fin=date(2022, 5, 31), montant_publie=Centimes(600420))
    explication = expliquer(annexe)
    assert [etape.nom for etape in explication.etapes] == [
        "Durée",
        "Montant unitaire",
        "Montant mensuel",
        "Montant de l’annexe",
    ]
    # 10 × 1 441 / 12 = 1 200,833…
    assert explication.calculee.montant == Centimes(5 * 120083)
    assert explication.etapes[1].confiance == "B"


def test_a_full_year_is_rounded_once_and_paid_in_twelve_months_and_a_settlement() -> None:
    explication = expliquer(make_annexe(), Demande((Decimal(10),) * 12))
    assert len(explication.versements) == 13
    assert explication.versements[-1].cumul == explication.calculee.montant
    assert explication.versements[4].explication.startswith("Au 5e")
    assert len(explication.hypotheses) == 5


def test_a_month_that_is_not_given_is_not_known() -> None:
    explication = expliquer(make_annexe(), Demande((Decimal(10),) * 3))
    assert explication.versements[4].verse is Absence.INCONNUE


def test_an_annexe_whose_law_is_not_known_is_still_explained_from_its_own_amount() -> None:
    explication = expliquer(make_annexe(date_debut=date(2026, 1, 1), date_fin=date(2026, 12, 31)))
    assert explication.etapes[1].confiance == ""
    assert explication.calculee.montant == Centimes(14410 * EURO)


# reforms


def test_a_reform_changes_the_annexes_that_it_reaches_only() -> None:
    annexes = [
        make_annexe(),
        make_annexe(date_debut=date(2020, 1, 1), date_fin=date(2020, 12, 31)),
        make_annexe(type_siae="ACI", montant_unitaire=Centimes(21286 * EURO)),
    ]
    found = comparer(annexes, load_reforme("ai_4000"), LOI)
    assert [comparee.touchee for comparee in found.annexes] == [True, False, False]
    assert found.annexes[0].apres == Centimes(40_000 * EURO)
    assert [(t.type_siae, t.ecart.nombre) for t in found.totaux] == [
        ("AI", 25_590 * EURO),
        ("ACI", 0),
        ("", 25_590 * EURO),
    ]
    assert found.premier_effet == date(2021, 1, 1)


def test_on_a_given_day_both_sides_are_the_law() -> None:
    annexe = make_annexe(montant_unitaire=Centimes(1))
    found = comparer(
        [annexe],
        load_reforme("ai_doublee"),
        LOI,
        le=date(2026, 1, 1),
        avant=date(2025, 12, 31),
    )
    assert found.annexes[0].avant == Centimes(16_190 * EURO)
    assert found.annexes[0].apres == Centimes(32_380 * EURO)


def test_a_law_that_is_not_known_leaves_the_difference_unknown() -> None:
    found = comparer([make_annexe()], load_reforme("ai_doublee"), LOI, le=date(2026, 1, 1))
    assert found.annexes[0].ecart is None
    assert "montant inconnu pour l’AI" in found.annexes[0].motif
    assert (found.totaux[-1].nombre, found.totaux[-1].manquantes) == (0, 1)


def test_a_reform_reaches_the_posts_whose_amount_follows_another() -> None:
    """Since May 2022 the amount in prison is that of the general case: a reform of it follows."""
    annexe = make_annexe(
        type_siae="ACI",
        territoire="milieu_penitentiaire",
        date_debut=date(2024, 12, 1),
        date_fin=date(2025, 11, 30),
        montant_unitaire=Centimes(23921 * EURO),
    )
    reforme = parse_reforme(REFORME_ACI, "r.yaml")
    [comparee] = comparer([annexe], reforme, LOI).annexes
    assert comparee.touchee
    assert comparee.apres == Centimes(200_000 * EURO)


def test_a_hypothesis_can_be_changed() -> None:
    reforme = load_reforme("ai_4000").with_hypothese("montant_ai", 3500)
    assert comparer([make_annexe()], reforme, LOI).annexes[0].apres == Centimes(35_000 * EURO)


def test_what_a_reform_changes_besides_amounts_is_named() -> None:
    found = comparer([make_annexe()], load_reforme("igas_2022"), LOI)
    assert found.hors_champ == ("aide_au_poste.part_modulee_max_taux",)
    assert found.totaux[-1].touchees == 0


# legal values


def test_the_ai_on_15_august_2022_as_known_on_1_september() -> None:
    lus = find_parametres("ai", date(2022, 8, 15), LOI.with_connu_au(date(2022, 9, 1)))
    assert lus[0].feuille.chemin == "aide_au_poste.montant_socle.AI"
    row = parametre_row(lus[0])
    assert (row["valeur"], row["date_effet"], row["date_publication"]) == (
        "1479",
        "2022-05-01",
        "2022-08-21",
    )


def test_the_same_day_as_known_today_gives_another_value() -> None:
    assert parametre_row(find_parametres("ai", date(2022, 8, 15), LOI)[0])["valeur"] == "1509"


def test_a_value_that_is_not_known_is_a_refusal_among_others() -> None:
    lus = find_parametres("ai", date(2026, 1, 1), LOI)
    assert lus[0].valeur == "inconnue"
    assert "aucun arrêté trouvé après le 4 décembre 2024" in str(parametre_row(lus[0])["refus"])
    assert parametre_to_dict(lus[0])["refus"]["code"] == "MLG-REG-005"


def test_nothing_known_is_a_refusal() -> None:
    with pytest.raises(PeriodeNonModelisee):
        find_parametres("aide_au_poste.montant_socle.AI", date(2026, 1, 1), LOI)


def test_a_projection_is_labelled() -> None:
    loi = LOI.with_choix(Choix.projection_smic())
    [lu] = find_parametres("aide_au_poste.montant_socle.AI", date(2026, 1, 1), loi)
    assert "Projection" in str(parametre_row(lu)["avertissement"])


def test_gaps_are_listed() -> None:
    [lu] = find_parametres("aide_au_poste.montant_socle.EITI", date(2022, 6, 1), LOI)
    assert any("1er janvier 2022" in phrase for phrase in lu.lacunes)


def test_a_word_means_a_kind_a_mechanism_or_a_path() -> None:
    assert all("aci" not in c.lower().split(".")[-1].split("_") for c in find_chemins("ai", LOI))
    assert "smic.horaire_brut" in find_chemins("SMIC", LOI)
    assert find_chemins("smic.horaire_brut", LOI) == ("smic.horaire_brut",)
    assert find_chemins(None, LOI) == LOI.chemins
    with pytest.raises(Introuvable, match="MLG-REG-001"):
        find_chemins("smig", LOI)


def test_no_annexe_at_all_gives_no_amount() -> None:
    assert calculer([]) == []
