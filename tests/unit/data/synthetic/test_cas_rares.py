"""What a small network may not show: prison, Mayotte, Nord, Corse, funds for development, amounts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from maillage.analyses.synthese import load_bareme
from maillage.data.synthetic import NATIONAL, Parametres
from maillage.data.synthetic.modele import make_reseau
from maillage.data.synthetic.vue_annexes import build_annexes
from maillage.regles.engine.legislation import load_legislation

AU = date(2023, 12, 31)


@pytest.fixture(scope="module")
def pays() -> list[dict[str, Any]]:
    """Annexes of the country, 2022 and 2023."""
    demande = Parametres(au=AU, annees=(2022, 2023), structures=NATIONAL, national=True)
    lignes: list[dict[str, Any]] = build_annexes(make_reseau(demande, load_bareme())).to_pylist()
    return lignes


def test_every_measure_is_there(pays: list[dict[str, Any]]) -> None:
    mesures = {a["af_mesure_dispositif_code"]: a["af_mesure_dispositif_id"] for a in pays}
    assert mesures == {
        "AI_DC": "1",
        "ACI_DC": "2",
        "EI_DC": "3",
        "ETTI_DC": "4",
        "FDI_DC": "5",
        "EI_MP": "6",
        "ACI_MP": "7",
        "EITI_DC": "8",
    }
    for annexe in pays:
        if annexe["af_mesure_dispositif_code"] != "FDI_DC":
            est_mp = annexe["af_mesure_dispositif_code"].endswith("_MP")
            assert (annexe["af_indic_perimetre_milieu_penitentiaire"] == "true") == est_mp


def test_every_state_and_every_bank_rejection_is_there(pays: list[dict[str, Any]]) -> None:
    etats = {a["af_etat_annexe_financiere_code"] for a in pays}
    assert etats == {
        *("VALIDE", "PROVISOIRE", "HISTORISE", "SAISI", "CLOTURE", "ANNULE", "REJETE"),
    }
    motifs = {a["af_motif_rejet_code"] for a in pays if a["af_motif_rejet_code"]}
    assert motifs == {"CP_BANC_KO", "TIT_RIB_KO", "SIGN_INSTR", "NUM_AVM_KO"}
    assert {a["af_indicateur_suspension"] for a in pays} == {"true", "false"}


def test_departements_are_written_as_the_asp_does(pays: list[dict[str, Any]]) -> None:
    formes = {a["af_numero_convention"][:3] for a in pays if a["af_numero_convention"]}
    assert {"59L", "59V", "02A", "02B", "001", "971", "976"} <= formes
    assert not {"059", "59", "2A"} & formes
    financeurs = {a["af_id_financeur_code"] for a in pays}
    assert {"CD FINISTERE", "CT MARTINIQUE", "CD COTES D ARMOR"} <= financeurs


def test_amounts_are_those_that_were_known(pays: list[dict[str, Any]]) -> None:
    """On 1 January 2023 the arrêté of 5 December 2022 is out, that of 28 July 2023 is not."""
    legislation = load_legislation()
    initiales = [
        a
        for a in pays
        if a["af_date_debut_effet"] == "01/01/2023"
        and a["af_numero_avenant_modification"] == "0"
        and a["af_mesure_dispositif_code"] == "ACI_DC"
    ]
    ici = {
        a["af_montant_unitaire_annuel_valeur"]
        for a in initiales
        if a["af_numero_convention"][:3] != "976"
    }
    la = {
        a["af_montant_unitaire_annuel_valeur"]
        for a in initiales
        if a["af_numero_convention"][:3] == "976"
    }
    socle = legislation.au(date(2022, 8, 1)).get("aide_au_poste.montant_socle.ACI").valeur
    mayotte = legislation.au(date(2022, 8, 1)).get("aide_au_poste.montant_socle_mayotte.ACI").valeur
    assert ici == {f"{socle}.00"}
    assert la == {f"{mayotte}.00"}
    revus = {
        a["af_montant_unitaire_annuel_valeur"]
        for a in pays
        if a["af_date_debut_effet"] == "01/01/2023"
        and a["af_mesure_dispositif_code"] == "ACI_DC"
        and a["af_numero_avenant_modification"] != "0"
    }
    # an amendment written after August carries the amount of 1 January, known since
    nouveau = legislation.au(date(2023, 1, 1)).get("aide_au_poste.montant_socle.ACI").valeur
    assert f"{nouveau}.00" in revus


def test_funds_for_development_have_no_posts(pays: list[dict[str, Any]]) -> None:
    fdi = [a for a in pays if a["af_mesure_dispositif_code"] == "FDI_DC"]
    assert len(fdi) > 50
    for a in fdi:
        assert not a["af_etp_postes_insertion"]
        assert not a["af_numero_convention"]
        assert float(a["af_mt_total_avance"]) <= float(a["af_mt_total_aide"])
        part = float(a["af_mt_total_avance"]) / float(a["af_mt_total_aide"])
        assert part == pytest.approx(float(a["af_pourcentage_avance"]) / 100)
        assert a["af_nature_action_code"] in {"CONSOFI", "DIVERSACT"}
        signature = datetime.strptime(a["af_date_signature"], "%d/%m/%Y").date()  # noqa: DTZ007 — a day
        assert signature <= AU
    assert len({a["af_id_annexe_financiere"] for a in fdi}) == len(fdi)
    autres = {a["af_id_annexe_financiere"] for a in pays} - {
        a["af_id_annexe_financiere"] for a in fdi
    }
    assert not autres & {a["af_id_annexe_financiere"] for a in fdi}


def test_no_development_fund_is_left_after_2023() -> None:
    demande = Parametres(au=date(2025, 12, 31), annees=(2024, 2025), structures=400)
    lignes = build_annexes(make_reseau(demande, load_bareme()))
    assert "FDI_DC" not in lignes["af_mesure_dispositif_code"].to_pylist()


def test_an_amount_that_is_not_known_is_not_found() -> None:
    bareme = load_bareme()
    assert bareme.find_montant("EITI", "DC", date(2018, 1, 1)) is None
    with pytest.raises(ValueError, match="EITI"):
        bareme.get_montant("EITI", "DC", date(2018, 1, 1), date(2018, 1, 1))
