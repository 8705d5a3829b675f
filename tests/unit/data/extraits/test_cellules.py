from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from factories.flux_iae import annexe, releve, write_extrait, write_vue
from factories.receptions import read_column, receive, refused, repaired

from maillage.data.extraits import forget_extrait
from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.kernel.errors import Introuvable

if TYPE_CHECKING:
    from pathlib import Path

AF = [colonne.nom for colonne in load_dictionnaire()["AnnexeFinanciere"]]


def test_the_header_against_the_dictionary(tmp_path: Path) -> None:
    noms = ["af_etp_poste_insertion" if nom == "af_etp_postes_insertion" else nom for nom in AF]
    write_extrait(tmp_path / "e")
    write_vue(
        tmp_path / "e", "AnnexeFinanciere", [[*annexe(), "x"]], entete=[*noms, "af_nouveaute"]
    )
    rapport = receive(tmp_path / "e")
    vue = next(vue for vue in rapport.vues if vue.nom == "AnnexeFinanciere")
    assert vue.manquantes == ("af_etp_postes_insertion",)
    assert vue.inconnues == ("af_etp_poste_insertion", "af_nouveaute")
    assert vue.renommees == {"af_etp_postes_insertion": "af_etp_poste_insertion"}
    assert sum("au dictionnaire" in phrase for phrase in rapport.extrait.avertissements) == 1
    forget_extrait(rapport.extrait.identifiant)
    noms = ["af_id_annexe_financier" if nom == "af_id_annexe_financiere" else nom for nom in AF]
    write_vue(tmp_path / "e", "AnnexeFinanciere", [annexe()], entete=noms)
    assert refused(tmp_path / "e") == ["MLG-FLX-012"]
    write_vue(tmp_path / "e", "AnnexeFinanciere", [annexe()], entete=[*AF[:-1], AF[0]])
    assert "MLG-FLX-011" in refused(tmp_path / "e")
    write_vue(tmp_path / "e", "AnnexeFinanciere", [[*annexe(), ""]], entete=[*AF, ""])
    assert receive(tmp_path / "e").extrait.vues["AnnexeFinanciere"] == 1


@pytest.mark.parametrize(
    ("cellules", "codes"),
    [
        ({"emi_sme_mois": "13"}, ["MLG-FLX-021"]),
        ({"emi_nb_heures_travail": "-1"}, ["MLG-FLX-021"]),
        ({"emi_nb_heures_travail": "900"}, ["MLG-FLX-021"]),
        ({"emi_nb_heures_travail": "NaN"}, ["MLG-FLX-020"]),
        ({"emi_nb_heures_travail": "1e2"}, ["MLG-FLX-020"]),
        ({"emi_date_validation": "31/02/2025"}, ["MLG-FLX-020"]),
        ({"emi_date_validation": "31/12/0025"}, ["MLG-FLX-020"]),
        ({"emi_salarie_tjs_accomp": "peut-être"}, ["MLG-FLX-020"]),
        ({"emi_sme_annee": "2025.5"}, ["MLG-FLX-020"]),
        ({"emi_sme_mois": "13", "emi_nb_heures_travail": "x"}, ["MLG-FLX-020", "MLG-FLX-021"]),
    ],
)
def test_cells_that_cannot_be_are_all_told(
    tmp_path: Path, cellules: dict[str, str], codes: list[str]
) -> None:
    heures = cellules.pop("emi_nb_heures_travail", "91")
    mois = int(cellules.pop("emi_sme_mois", "1"))
    write_extrait(
        tmp_path / "e", {"EtatMensuelIndiv": [releve(1), releve(mois, heures, **cellules)]}
    )
    assert sorted(refused(tmp_path / "e")) == codes


@pytest.mark.parametrize(
    ("nom", "ecrit", "garde"),
    [
        ("emi_nb_heures_travail", "91,5", 9150),
        ("emi_nb_heures_travail", "91.505", 9151),
        ("emi_salarie_tjs_accomp", "OUI", True),
        ("emi_date_validation", "2025-01-10", date(2025, 1, 10)),
    ],
)
def test_cells_written_otherwise_are_repaired_and_told(
    tmp_path: Path, nom: str, ecrit: str, garde: object
) -> None:
    cellules = {"heures": ecrit} if nom == "emi_nb_heures_travail" else {nom: ecrit}
    write_extrait(tmp_path / "e", {"EtatMensuelIndiv": [releve(1, **cellules)]})
    codes, rapport = repaired(tmp_path / "e")
    assert codes == ["MLG-FLX-102"]
    gardes = pq.read_table(rapport.extrait.vue("EtatMensuelIndiv")).to_pylist()[0]
    assert garde in {gardes.get(nom), gardes.get(f"{nom}_centiemes")}


@pytest.mark.parametrize("ecrit", ["10/01/2025 08:30:00", "10/01/2025"])
def test_dates_in_both_forms_and_numbers_with_a_nil_decimal(tmp_path: Path, ecrit: str) -> None:
    ligne = releve(1, emi_date_validation=ecrit, emi_motif_sortie_id="12.0")
    rapport = receive(write_extrait(tmp_path / "e", {"EtatMensuelIndiv": [ligne]}))
    assert read_column(rapport, "EtatMensuelIndiv", "emi_date_validation") == [date(2025, 1, 10)]
    assert read_column(rapport, "EtatMensuelIndiv", "emi_motif_sortie_id") == [12]


def test_views_without_public_columns_are_counted_and_checked(tmp_path: Path) -> None:
    write_extrait(tmp_path / "e")
    write_vue(tmp_path / "e", "Convention", [["1", "2"], ["3", "4"]], entete=["cv_a", "cv_b"])
    write_vue(tmp_path / "e", "RefMesure", [["1"], ["2"]])
    write_vue(tmp_path / "e", "Formations", [])
    extrait = receive(tmp_path / "e").extrait
    assert extrait.comptees == {"Convention": 2}
    assert (extrait.vues["RefMesure"], extrait.vues["Formations"]) == (2, 0)
    with pytest.raises(Introuvable):
        extrait.vue("Convention")
    forget_extrait(extrait.identifiant)
    write_vue(tmp_path / "e", "Convention", [["1", "x@y.fr"]], entete=["cv_a", "cv_b"])
    assert refused(tmp_path / "e") == ["MLG-FLX-016"]


def test_unknown_states_are_told(tmp_path: Path) -> None:
    write_extrait(
        tmp_path / "e", {"EtatMensuelIndiv": [releve(1, emi_esm_etat_code="INCONNU_DE_TOUS")]}
    )
    assert any("INCONNU_DE_TOUS" in p for p in receive(tmp_path / "e").extrait.avertissements)
