"""Downloads beside the extract: equal, other, not there, newer; drafts on neither side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from factories.flux_iae import annexe, releve, structure, write_extrait
from factories.releves import MENSUEL, mois, write_csv

from maillage.analyses.pilotage.imports import importer
from maillage.analyses.pilotage.releves import (
    ChiffreReleve,
    Situation,
    count_situations,
    set_beside,
)
from maillage.data.sources.releves.lecture import read_releves
from maillage.indicators.pilotage.lecture import Faits, load_faits
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def faits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Faits:
    """Drawn on 5 July 2025: January to April entered, March for half; May late, June to come."""
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))
    vues = {
        "Structure": [structure(1)],
        "AnnexeFinanciere": [
            annexe(10, af_numero_avenant_modification=1),
            annexe(11, af_numero_annexe_financiere="ACI035250011", af_etp_postes_insertion="3"),
            annexe(
                12,
                af_numero_annexe_financiere="ACI035250011",
                af_numero_avenant_modification=1,
                af_etp_postes_insertion="4",
            ),
        ],
        "EtatMensuelIndiv": [
            *(releve(rang, "91" if rang == 3 else "182") for rang in range(1, 5)),
            releve(5, "50", emi_esm_etat_code="BROUILLON"),
            releve(1, "10", emi_afi_id=11, emi_part_etp=""),
            releve(1, "20", emi_afi_id=12, emi_part_etp=""),
        ],
    }
    importer([write_extrait(tmp_path / "extrait", vues)], datetime(2025, 7, 7, tzinfo=UTC))
    return load_faits()


def find(lignes: list[ChiffreReleve], chiffre: str, rang: int) -> ChiffreReleve:
    (trouvee,) = [ligne for ligne in lignes if (ligne.chiffre, ligne.mois) == (chiffre, rang)]
    return trouvee


def test_each_figure_has_its_situation(tmp_path: Path, faits: Faits) -> None:
    chemin = write_csv(tmp_path, *(mois(rang) for rang in (2, 3, 5, 6, 7)))
    lignes = set_beside(read_releves([chemin]), faits)
    egal, differe = find(lignes, "heures", 2), find(lignes, "heures", 3)
    assert (egal.situation, egal.ecart, egal.statut_extrait) == (Situation.EGAL, 0, "fait")
    assert (differe.situation, differe.extrait, differe.ecart) == (Situation.DIFFERE, 91, 91)
    assert lignes[0] == differe
    # the next extract brings what is late, what was to come, and what begins after the extraction
    for rang, statut in ((5, "retard"), (6, "a_venir"), (7, "a_venir")):
        nouveau = find(lignes, "heures", rang)
        assert (nouveau.situation, nouveau.statut_extrait) == (Situation.PLUS_RECENT, statut)
        assert (nouveau.extrait, nouveau.ecart) == (Absence.INCONNUE,) * 2
    etp = find(lignes, "etp_realises", 3)
    assert (etp.releve, etp.extrait, etp.ecart) == (12, 6, 6)
    postes = find(lignes, "etp_conventionnes", 0)
    assert (postes.situation, postes.extrait, postes.annee) == (Situation.EGAL, 12, 0)
    assert postes.denomination == "ASSOCIATION D ESSAI 1"
    assert count_situations(lignes)["heures"] == {
        Situation.DIFFERE: 1,
        Situation.PLUS_RECENT: 3,
        Situation.EGAL: 1,
    }


def test_what_was_changed_since_the_extract_is_newer_not_different(
    tmp_path: Path, faits: Faits
) -> None:
    entete = (*MENSUEL, "date_validation_declaration")
    chemin = write_csv(
        tmp_path, [*mois(2, "9"), "2025-06-30"], [*mois(3), "2025-07-06"], entete=entete
    )
    lignes = set_beside(read_releves([chemin]), faits)
    assert find(lignes, "heures", 2).situation is Situation.DIFFERE
    assert find(lignes, "heures", 3).situation is Situation.PLUS_RECENT


def test_annexes_and_months_that_the_extract_does_not_have(tmp_path: Path, faits: Faits) -> None:
    autre = mois(2, id_annexe_financiere="", af_numero_annexe_financiere="EI099250001")
    ancien = mois(2, date_saisie="2019-02-01")
    lignes = set_beside(read_releves([write_csv(tmp_path, autre, ancien)]), faits)
    absents = [ligne for ligne in lignes if ligne.situation is Situation.ABSENT]
    assert {(ligne.annexe, ligne.annee) for ligne in absents} == {
        ("EI099250001", 0),
        ("EI099250001", 2025),
        ("ACI035250010", 2019),
    }


def test_a_month_that_the_file_leaves_empty_is_told(tmp_path: Path, faits: Faits) -> None:
    vide = {"emi_esm_etat_code": "", "nombre_etp_consommes_reels_mensuels": 0}
    chemin = write_csv(tmp_path, mois(2, 0, **vide), mois(5, 0, **vide))
    lignes = set_beside(read_releves([chemin]), faits)
    assert find(lignes, "heures", 2).situation is Situation.NON_SAISI
    assert not [ligne for ligne in lignes if ligne.mois == 5]


def test_drafts_count_on_neither_side(tmp_path: Path, faits: Faits) -> None:
    chemin = write_csv(tmp_path, mois(2), mois(2, "8", emi_esm_etat_code="Brouillon"))
    heures = find(set_beside(read_releves([chemin]), faits), "heures", 2)
    assert (heures.situation, heures.brouillon) == (Situation.EGAL, 8)


def test_a_number_without_amendments_stands_for_all_that_bear_it(
    tmp_path: Path, faits: Faits
) -> None:
    entete = (
        *("af_numero_annexe_financiere", "date_saisie", "nombre_heures_travaillees"),
        *("emi_part_etp", "af_etp_postes_insertion"),
    )

    def read(numero: str) -> list[ChiffreReleve]:
        rangee = (numero, "2025-01", "30", "1", "4")
        return set_beside(read_releves([write_csv(tmp_path, rangee, entete=entete)]), faits)

    lignes = read("ACI035250011")
    assert find(lignes, "heures", 1).extrait == 30
    # two posts for one number, an ASP's own part that nobody wrote: unknown, never chosen
    assert find(lignes, "etp_conventionnes", 0).extrait is Absence.INCONNUE
    assert find(lignes, "part_etp", 1).situation is Situation.ABSENT
    exact = read("ACI035250011A0M1")
    assert (find(exact, "heures", 1).extrait, find(exact, "etp_conventionnes", 0).extrait) == (
        20,
        4,
    )
    # an amendment that the extract does not know yet is one of the same annexe
    assert find(read("ACI035250010A1M0"), "heures", 1).extrait == 182


def test_an_identifier_that_is_not_there_leaves_the_number(tmp_path: Path, faits: Faits) -> None:
    chemin = write_csv(tmp_path, mois(2, id_annexe_financiere=999))
    assert find(set_beside(read_releves([chemin]), faits), "heures", 2).situation is Situation.EGAL


def test_without_an_extract_nothing_is_compared(tmp_path: Path) -> None:
    entete = (*MENSUEL, "structure_denomination")
    lus = read_releves([write_csv(tmp_path, [*mois(2), "LES ATELIERS D’ESSAI"], entete=entete)])
    lignes = set_beside(lus, None)
    assert {ligne.situation for ligne in lignes} == {Situation.SANS_EXTRAIT}
    assert {ligne.denomination for ligne in lignes} == {"LES ATELIERS D’ESSAI"}


def test_an_extract_without_statements_has_no_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))
    importer([write_extrait(tmp_path / "sans")], datetime(2025, 7, 7, tzinfo=UTC))
    lus = read_releves([write_csv(tmp_path, mois(2), mois(8))])
    lignes = set_beside(lus, load_faits())
    assert find(lignes, "heures", 2).situation is Situation.ABSENT
    assert find(lignes, "heures", 8).situation is Situation.PLUS_RECENT
    assert find(lignes, "etp_conventionnes", 0).situation is Situation.EGAL


def test_posts_of_another_amendment_are_newer_or_replaced(tmp_path: Path, faits: Faits) -> None:
    """A download of annexes has their replaced versions: they were told as differences of the last one."""

    def judge(numero: str, postes: str) -> Situation:
        entete = ("id_annexe_financiere", "af_numero_annexe_financiere", "af_etp_postes_insertion")
        chemin = write_csv(tmp_path, (10, numero, postes), entete=entete)
        return find(set_beside(read_releves([chemin]), faits), "etp_conventionnes", 0).situation

    assert judge("ACI035250010A0M0", "9") is Situation.PERIME
    assert judge("ACI035250010A0M1", "9") is Situation.DIFFERE
    assert judge("ACI035250010A0M2", "9") is Situation.PLUS_RECENT
    assert judge("ACI035250010", "9") is Situation.DIFFERE
    assert judge("ACI035250010A0M2", "12") is Situation.EGAL


def test_a_file_without_numbers_is_shown_with_those_of_the_extract(
    tmp_path: Path, faits: Faits
) -> None:
    entete = ("emi_afi_id", "emi_sme_annee", "emi_sme_mois", "emi_nb_heures_travail")
    lus = read_releves([write_csv(tmp_path, (10, 2025, 2, 182), (99, 2025, 2, 1), entete=entete)])
    assert {ligne.annexe for ligne in set_beside(lus, faits)} == {"ACI035250010A0M1", "99"}
