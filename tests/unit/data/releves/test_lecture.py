"""Downloads of structures: read under their public names, every fault at once, nobody let in."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from factories.releves import MENSUEL, mois, write_csv, write_xlsx

from maillage.data.sources.releves import lecture
from maillage.data.sources.releves.lecture import read_releves
from maillage.data.sources.releves.modele import MILLION, CleAnnexe
from maillage.kernel.errors import FichierInvalide

if TYPE_CHECKING:
    from pathlib import Path

ANNEXE = CleAnnexe(10, "ACI035250010")


def refuse(*chemins: Path) -> FichierInvalide:
    with pytest.raises(FichierInvalide) as refus:
        read_releves(chemins)
    return refus.value


def codes(*chemins: Path) -> list[str]:
    return [anomalie.code for anomalie in refuse(*chemins).anomalies]


@pytest.mark.parametrize("separateur", [",", ";", "|", "\t"])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "latin1", "utf-16"])
def test_it_is_read_whatever_its_separator_and_encoding(
    tmp_path: Path, separateur: str, encodage: str
) -> None:
    chemin = write_csv(tmp_path, mois(5), mois(6), separateur=separateur, encodage=encodage)
    lus = read_releves([chemin])
    assert lus.dits.keys() == {(ANNEXE, 2025, 5), (ANNEXE, 2025, 6), (ANNEXE, 0, 0)}
    assert lus.dits[ANNEXE, 2025, 6].chiffres == {
        "heures": 182 * MILLION,
        "etp_realises": 12 * MILLION,
    }
    assert lus.dits[ANNEXE, 0, 0].chiffres == {"etp_conventionnes": 12 * MILLION}
    assert lus.fichiers[0].absentes == ("part_etp",)


def test_names_are_those_that_a_dashboard_makes_readable(tmp_path: Path) -> None:
    entete = [nom.replace("_", " ").title() for nom in MENSUEL]
    lus = read_releves([write_csv(tmp_path, mois(5), entete=entete, avant=["Suivi mensuel", ""])])
    assert lus.dits[ANNEXE, 2025, 5].chiffres["heures"] == 182 * MILLION
    assert lus.fichiers[0].inconnues == ()


def test_the_rows_of_persons_add_up_and_their_keys_are_told_not_read(tmp_path: Path) -> None:
    entete = (
        *("emi_dsm_id", "emi_pph_id", "emi_ctr_id", "emi_afi_id", "emi_sme_annee", "emi_sme_mois"),
        *("emi_nb_heures_travail", "emi_part_etp", "emi_esm_etat_code", "emi_date_validation"),
    )
    rangees = [
        (1, "P1", "C1", 10, 2025, 6, "100,5", "0,8", "VALIDE", "05/07/2025"),
        (2, "P2", "C2", 10, 2025, 6, "81,5", "0,2", "SAISI", ""),
        (3, "P3", "C3", 10, 2025, 6, "40", "0,3", "BROUILLON", ""),
    ]
    lus = read_releves([write_csv(tmp_path, *rangees, entete=entete, separateur=";")])
    dit = lus.dits[CleAnnexe(10, ""), 2025, 6]
    assert dit.chiffres == {"heures": 182 * MILLION, "part_etp": MILLION}
    assert (dit.brouillon, dit.lignes, dit.touche_le) == (40 * MILLION, 2, date(2025, 7, 5))
    assert lus.fichiers[0].ecartees == ("emi_pph_id", "emi_ctr_id")


def test_a_workbook_gives_its_days_as_days(tmp_path: Path) -> None:
    rangees = [
        ["Relevé d’essai"],
        [],
        ["af_numero_annexe_financiere", "date_saisie", "nombre_heures_travaillees"],
        ["ACI035250010A0M1", datetime(2025, 6, 1), 151.67],  # noqa: DTZ001 — a day of a workbook
        [],
        ["ACI035250010A0M1", "mai 2025", 100],
    ]
    lus = read_releves([write_xlsx(tmp_path, {"Données": rangees})])
    cle = CleAnnexe(0, "ACI035250010A0M1")
    assert {k: d.chiffres["heures"] for k, d in lus.dits.items()} == {
        (cle, 2025, 6): 151_670_000,
        (cle, 2025, 5): 100 * MILLION,
    }
    assert lus.fichiers[0].encodage == "classeur"


def test_the_line_of_a_workbook_is_the_one_of_its_sheet(tmp_path: Path) -> None:
    rangees = [
        [],
        [],
        ["id_annexe_financiere", "date_saisie", "nombre_heures_travaillees"],
        [],
        [10, "2025-06", "cent"],
    ]
    (faute,) = refuse(write_xlsx(tmp_path, {"a": rangees})).anomalies
    assert (faute.code, faute.ou) == ("MLG-RLV-007", "releve.xlsx, colonne 3, ligne 5")


def test_the_other_sheets_are_told_and_never_hide_persons(tmp_path: Path) -> None:
    bonne = [list(MENSUEL), mois(6)]
    notes = [["Remarque"], ["à vérifier"]]
    lus = read_releves([write_xlsx(tmp_path, {"Mois": bonne, "Notes": notes})])
    assert lus.fichiers[0].nom == "releve.xlsx (Mois)"
    assert lus.fichiers[0].a_savoir[0].startswith("releve.xlsx (Notes)")
    personnes = [["Remarque"], ["Jeanne"], ["Mohamed"], ["Fatima"], ["Paul"]]
    assert codes(write_xlsx(tmp_path, {"Mois": bonne, "Notes": personnes})) == ["MLG-RLV-006"]


def test_a_month_that_nobody_entered_is_not_a_month_of_no_hour(tmp_path: Path) -> None:
    entete = (*MENSUEL, "saisie_effectuee")
    vide = mois(
        7, "0", date_saisie="", emi_esm_etat_code="", nombre_etp_consommes_reels_mensuels="0"
    )
    dit_vide = mois(8, "0", emi_esm_etat_code="", nombre_etp_consommes_reels_mensuels="0")
    chemin = write_csv(
        tmp_path, [*mois(6), "Oui"], [*vide, "Non"], [*dit_vide, "Non"], entete=entete
    )
    lus = read_releves([chemin])
    assert lus.dits[ANNEXE, 2025, 8].chiffres == {}
    assert (ANNEXE, 2025, 7) not in lus.dits
    assert "1 ligne sans mois" in lus.fichiers[0].a_savoir[0].replace("\u00a0", " ")
    sans = write_csv(tmp_path, mois(6), vide, nom="sans.csv")
    assert "sans mois" in read_releves([sans]).fichiers[0].a_savoir[0]


def test_columns_that_tell_one_thing_must_agree(tmp_path: Path) -> None:
    entete = (*MENSUEL, "identifiant_annexe_fin", "emi_sme_annee", "emi_sme_mois")
    lus = read_releves([write_csv(tmp_path, [*mois(6), "10.0", "2025", "6"], entete=entete)])
    assert (ANNEXE, 2025, 6) in lus.dits
    autre = write_csv(tmp_path, [*mois(6), "11", "2025", "5"], entete=entete)
    assert codes(autre) == ["MLG-RLV-005"] * 2


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    un = write_csv(
        tmp_path,
        mois(6, "cent"),
        mois(5, date_saisie="jadis"),
        mois(4, af_numero_annexe_financiere="X", id_annexe_financiere=""),
        mois(3, id_annexe_financiere="", af_numero_annexe_financiere=""),
        mois(2, date_saisie=""),
        mois(1)[:-1],
        mois(1, effectif_mensuel_conventionné="11"),
        mois(1),
        nom="un.csv",
    )
    deux = write_csv(tmp_path, ("a", "b"), entete=("rien", "de connu"), nom="deux.csv")
    fautes = refuse(un, deux, tmp_path / "absent.csv").anomalies
    dites = {(faute.code, faute.ou) for faute in fautes}
    assert {
        ("MLG-RLV-007", "un.csv, colonne 6, ligne 2"),
        ("MLG-RLV-007", "un.csv, colonne 3, lignes 3 et 6"),
        ("MLG-RLV-007", "un.csv, colonne 2, lignes 4 et 5"),
        ("MLG-RLV-008", "un.csv, ligne 7"),
        ("MLG-RLV-004", "deux.csv"),
    } <= dites
    assert {"MLG-RLV-001", "MLG-RLV-010"} <= {code for code, _ in dites}


@pytest.mark.parametrize(
    ("entete", "rangee"),
    [
        (("nombre_heures_travaillees", "date_saisie"), ("1", "2025-06")),
        (("id_annexe_financiere", "nombre_heures_travaillees"), ("10", "1")),
        (("id_annexe_financiere", "emi_sme_mois", "emi_nb_heures_travail"), ("10", "6", "1")),
        (("id_annexe_financiere", "date_saisie"), ("10", "2025-06")),
    ],
)
def test_what_a_file_cannot_do_without(
    tmp_path: Path, entete: tuple[str, ...], rangee: tuple[str, ...]
) -> None:
    assert codes(write_csv(tmp_path, rangee, entete=entete)) == ["MLG-RLV-004"]


def test_posts_alone_need_no_month(tmp_path: Path) -> None:
    entete = ("af_numero_annexe_financiere", "af_etp_postes_insertion")
    lus = read_releves(
        [write_csv(tmp_path, ("aci 03525 0010", "12,5"), entete=entete, separateur=";")]
    )
    assert lus.dits[CleAnnexe(0, "ACI035250010"), 0, 0].chiffres["etp_conventionnes"] == 12_500_000


def test_other_measures_are_told_and_left(tmp_path: Path) -> None:
    fdi = mois(6, af_numero_annexe_financiere="FDI035250010")
    lus = read_releves([write_csv(tmp_path, mois(6), fdi)])
    assert lus.dits[ANNEXE, 2025, 6].lignes == 1
    assert "autre mesure" in lus.fichiers[0].a_savoir[0]


def test_amendments_of_other_columns_complete_the_number(tmp_path: Path) -> None:
    entete = (
        *("af_numero_annexe_financiere", "af_numero_avenant_renouvellement"),
        *("af_numero_avenant_modification", "af_etp_postes_insertion"),
    )
    lus = read_releves([write_csv(tmp_path, ("ACI035250010", "0", "2", "12"), entete=entete)])
    assert {cle[0].numero for cle in lus.dits} == {"ACI035250010A0M2"}


def test_a_comma_that_may_be_of_thousands_is_asked_about(tmp_path: Path) -> None:
    assert codes(write_csv(tmp_path, mois(5, "1,820"), mois(6, "1,234"), separateur=";")) == [
        "MLG-RLV-012"
    ]
    lus = read_releves([write_csv(tmp_path, mois(5, "1,820"), mois(6, "12,5"), separateur=";")])
    assert lus.dits[ANNEXE, 2025, 5].chiffres["heures"] == 1_820_000


def test_a_row_of_its_own_that_comes_back_is_refused_and_a_like_one_is_told(tmp_path: Path) -> None:
    entete = (*MENSUEL, "emi_dsm_id")
    assert codes(write_csv(tmp_path, [*mois(6), "1"], [*mois(6), "1"], entete=entete)) == [
        "MLG-RLV-009"
    ]
    lus = read_releves([write_csv(tmp_path, mois(6), mois(6))])
    assert lus.dits[ANNEXE, 2025, 6].chiffres["heures"] == 364 * MILLION
    assert "emi_dsm_id" in lus.fichiers[0].a_savoir[0]


def test_files_that_overlap_count_once_or_are_refused(tmp_path: Path) -> None:
    un = write_csv(tmp_path, mois(5), mois(6), nom="un.csv")
    copie = write_csv(tmp_path, mois(5), mois(6), nom="copie.csv")
    suite = write_csv(tmp_path, mois(6), mois(7), nom="suite.csv")
    lus = read_releves([un, copie, suite])
    assert lus.dits[ANNEXE, 2025, 6].chiffres["heures"] == 182 * MILLION
    assert lus.sources[ANNEXE, 2025, 6] == ("un.csv", "suite.csv")
    assert "même fichier" in lus.a_savoir[0]
    assert "un.csv et suite.csv" in lus.a_savoir[1]
    autre = write_csv(tmp_path, mois(6, "10"), nom="autre.csv")
    faute = refuse(un, autre).anomalies[0]
    assert (faute.code, faute.ou) == ("MLG-RLV-011", "un.csv et autre.csv")
    assert "2025-06" in faute.quoi


def test_two_files_may_tell_two_figures_of_one_month(tmp_path: Path) -> None:
    entete = ("id_annexe_financiere", "af_numero_annexe_financiere", "date_saisie", "emi_part_etp")
    part = write_csv(tmp_path, (10, "ACI035250010", "06/2025", "1"), entete=entete, nom="part.csv")
    dit = read_releves([write_csv(tmp_path, mois(6)), part]).dits[ANNEXE, 2025, 6]
    assert dit.chiffres.keys() == {"heures", "etp_realises", "part_etp"}


PRENOMS = ("Jeanne", "Mohamed", "Fatima", "Paul")
NOMS = ("DUPONT Jeanne", "BENALI Mohamed", "DIALLO Fatima", "MARTIN Paul")


@pytest.mark.parametrize(
    ("colonne", "cellules"),
    [
        ("Commentaire", PRENOMS),
        ("Colonne 9", NOMS),
        ("structure_denomination", PRENOMS),
        ("identifiant_salarie", NOMS),
        ("Nom du salarié", ("A", "B", "C", "D")),
        ("Date de naissance", ("1", "", "", "")),
        ("Courriel", ("x", "", "", "")),
        ("af_bic", ("x", "", "", "")),
        ("Contact", ("une.personne@example.org", "", "", "")),
        ("", PRENOMS),
    ],
)
def test_columns_about_persons_are_refused_by_name_and_by_content(
    tmp_path: Path, colonne: str, cellules: tuple[str, ...]
) -> None:
    rangees = [[*mois(rang), cellule] for rang, cellule in enumerate(cellules, start=1)]
    refus = refuse(write_csv(tmp_path, *rangees, entete=(*MENSUEL, colonne)))
    assert [anomalie.code for anomalie in refus.anomalies] == ["MLG-RLV-006"]
    assert not any(cellule in str(refus) for cellule in cellules if len(cellule) > 2)


def test_persons_in_a_column_of_figures_are_refused_and_never_repeated(tmp_path: Path) -> None:
    rangees = [mois(rang, nom) for rang, nom in enumerate(PRENOMS, start=1)]
    refus = refuse(write_csv(tmp_path, *rangees))
    assert [anomalie.code for anomalie in refus.anomalies] == ["MLG-RLV-006"]
    assert not any(nom in str(refus) for nom in PRENOMS)
    un_seul = refuse(write_csv(tmp_path, mois(1, "Jeanne"), mois(2)))
    assert "Jeanne" not in str(un_seul)


def test_a_table_turned_on_its_side_is_refused_without_telling_its_header(tmp_path: Path) -> None:
    rangee = [*mois(6), "10", "20", "30", "40"]
    refus = refuse(write_csv(tmp_path, rangee, entete=(*MENSUEL, *NOMS)))
    assert [anomalie.code for anomalie in refus.anomalies] == ["MLG-RLV-006"]
    assert not any(nom in str(refus) for nom in NOMS)


def test_an_empty_column_about_persons_is_no_fault(tmp_path: Path) -> None:
    lus = read_releves([write_csv(tmp_path, [*mois(6), ""], entete=(*MENSUEL, "salarie_prenom"))])
    assert lus.fichiers[0].inconnues == ()


def test_unknown_columns_are_told_and_public_ones_are_not(tmp_path: Path) -> None:
    entete = (*MENSUEL, "nom_departement_af", "Colonne maison")
    lus = read_releves([write_csv(tmp_path, [*mois(6), "Ille-et-Vilaine", "x"], entete=entete)])
    assert lus.fichiers[0].inconnues == ("Colonne maison",)
    assert lus.fichiers[0].inutiles == ("nom_departement_af",)


@pytest.mark.parametrize(
    "octets",
    [b"PK\x03\x04rien", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512],
)
def test_a_workbook_that_cannot_be_read_is_refused(tmp_path: Path, octets: bytes) -> None:
    chemin = tmp_path / "classeur.xlsx"
    chemin.write_bytes(octets)
    assert codes(chemin) == ["MLG-RLV-003"]


def test_a_workbook_of_old_macs_is_refused(tmp_path: Path) -> None:
    feuilles: dict[str, Any] = {"a": [list(MENSUEL), mois(6)]}
    assert codes(write_xlsx(tmp_path, feuilles, options={"date_1904": True})) == ["MLG-RLV-003"]


def test_empty_files_and_repeated_columns_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vide = tmp_path / "vide.csv"
    vide.write_bytes(b"")
    assert codes(vide) == ["MLG-RLV-004"]
    assert codes(write_xlsx(tmp_path, {"a": []})) == ["MLG-RLV-004"]
    entete = [*MENSUEL, MENSUEL[-1]]
    assert codes(write_xlsx(tmp_path, {"a": [entete, [*mois(6), "12"]]})) == ["MLG-RLV-005"]
    assert codes(write_csv(tmp_path, [*mois(6), "12"], entete=entete)) == ["MLG-AFI-010"]
    monkeypatch.setattr(lecture, "OCTETS_MAX", 10)
    assert codes(write_csv(tmp_path, mois(6))) == ["MLG-RLV-002"]


def test_the_view_of_an_extract_is_read_as_it_is(tmp_path: Path) -> None:
    chemin = write_csv(
        tmp_path, mois(6), avant=["DEBEtatMensuelIndiv05072025_063004||||||"], separateur="|"
    )
    assert (ANNEXE, 2025, 6) in read_releves([chemin]).dits


def test_the_posts_of_a_replaced_version_are_told_and_left(tmp_path: Path) -> None:
    entete = (
        "af_numero_annexe_financiere",
        "af_etat_annexe_financiere_code",
        "af_etp_postes_insertion",
    )
    rangees = [("ACI035250010", "HISTORISE", "9"), ("ACI035250010", "Valide", "12")]
    lus = read_releves([write_csv(tmp_path, *rangees, entete=entete)])
    assert (
        lus.dits[CleAnnexe(0, "ACI035250010"), 0, 0].chiffres["etp_conventionnes"] == 12 * MILLION
    )
    assert "version remplacée" in lus.fichiers[0].a_savoir[0]


def test_an_identifier_of_another_form_is_refused(tmp_path: Path) -> None:
    (faute,) = refuse(write_csv(tmp_path, mois(6, id_annexe_financiere="12 A"))).anomalies
    assert (faute.code, faute.ou) == ("MLG-RLV-007", "releve.csv, colonne 1, ligne 2")


def test_a_year_and_a_month_that_cannot_be_read_name_their_column(tmp_path: Path) -> None:
    entete = ("emi_afi_id", "emi_sme_annee", "emi_sme_mois", "emi_nb_heures_travail")
    rangees = [("10", "25", "6", "1"), ("10", "2025", "13", "1")]
    fautes = refuse(write_csv(tmp_path, *rangees, entete=entete)).anomalies
    assert [faute.ou for faute in fautes] == [
        "releve.csv, colonne 2, ligne 2",
        "releve.csv, colonne 3, ligne 3",
    ]


def test_two_files_with_other_drafts_contradict_each_other(tmp_path: Path) -> None:
    brouillons = [
        write_csv(
            tmp_path, mois(6), mois(6, heures, emi_esm_etat_code="BROUILLON"), nom=f"{heures}.csv"
        )
        for heures in ("7", "8")
    ]
    assert codes(*brouillons) == ["MLG-RLV-011"]


def test_the_lines_of_a_table_under_a_title_are_those_of_the_file(tmp_path: Path) -> None:
    chemin = write_csv(tmp_path, mois(5), mois(6, "cent"), mois(7)[:-1], avant=["Suivi", ""])
    assert {faute.ou for faute in refuse(chemin).anomalies} == {
        "releve.csv, colonne 6, ligne 5",
        "releve.csv, ligne 6",
    }
