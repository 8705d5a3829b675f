"""One test per trap of the public data, named after it (semantics, « traps »)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from factories.flux_iae import annexe, rangee, releve, structure

from maillage.indicators.pilotage.etp import CONVENTIONNEES, compute_annexes
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.synthese import summarise
from maillage.indicators.pilotage.tableaux import (
    list_annexes,
    list_mois,
    list_retards,
    list_structures,
)
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.synthese import Synthese

Fabrique = "Callable[..., Faits]"


def whole(faits: Faits, annee: int = 2025, **options: Any) -> Synthese:
    return summarise(compute_annexes(faits, annee, **options))


def test_piege_1_grain_une_annexe_par_ligne_quels_que_soient_les_etats(
    faits_de: Callable[..., Faits],
) -> None:
    etats = ("VALIDE", "SAISI", "DEBLOQUE", "VALIDE", "SAISI")
    faits = faits_de(
        EtatMensuelIndiv=[
            releve(mois, "91.00", emi_esm_etat_code=etat, emi_pph_id=personne)
            for mois, etat in enumerate(etats, 1)
            for personne in ("P1", "P2")
        ]
    )
    assert len(list_annexes(faits, 2025)) == 1
    assert whole(faits).realise_mois == 60
    assert whole(faits).ecart_mois == 0


def test_piege_2_mois_a_venir_annexe_a_l_equilibre_en_juin(
    faits_de: Callable[..., Faits],
) -> None:
    saisis = [releve(mois) for mois in range(1, 6)] + [releve(6, emi_esm_etat_code="SAISI")]
    s = whole(faits_de(EtatMensuelIndiv=saisis))
    assert (s.mois_faits, s.mois_en_retard, s.mois_a_venir) == (6, 0, 6)
    assert (s.ecart_mois, s.ecart_euros, s.taux) == (0, 0, 100)
    assert (s.conventionne_mois_faits, s.conventionne_mois_a_venir) == (72, 72)
    assert s.prevision == s.prevision_basse == s.prevision_haute == 12


def test_piege_2_mois_en_retard_ne_sont_pas_des_mois_a_zero(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(EtatMensuelIndiv=[releve(mois) for mois in (1, 2, 3)])
    s = whole(faits)
    assert (s.mois_faits, s.mois_en_retard, s.mois_a_venir) == (3, 2, 7)
    assert (s.ecart_mois, s.conventionne_mois_en_retard) == (0, 24)
    (retard,) = list_retards(faits, 2025)
    assert (retard.mois, retard.dernier_mois) == ((4, 5), 3)
    assert retard.euros == 24 / 12 * 24000


def test_piege_3_unite_des_etp_mois_ne_sont_pas_des_etp(faits_de: Callable[..., Faits]) -> None:
    s = whole(faits_de(EtatMensuelIndiv=[releve(mois, "91.00") for mois in range(1, 7)]))
    assert s.realise_mois == 36
    assert (s.ecart_mois, s.ecart_annuel, s.ecart_euros) == (-36, -3, -72000)
    assert s.plafonne_annuel == 3


def test_piege_4_deux_dates_de_validation_ne_doublent_pas_les_postes(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(
        EtatMensuelIndiv=[
            releve(1, "91.00", emi_date_validation="05/02/2025"),
            releve(1, "91.00", emi_date_validation="25/02/2025", emi_pph_id="P2"),
        ]
    )
    assert list_mois(faits, 2025)[0].conventionne_fait == 12
    assert whole(faits).ecart_mois == 0


def test_piege_5_janvier_fevrier_juin_saisis_font_trois_mois(
    faits_de: Callable[..., Faits],
) -> None:
    s = whole(faits_de(EtatMensuelIndiv=[releve(mois) for mois in (1, 2, 6)]))
    assert (s.mois_faits, s.mois_en_retard) == (3, 3)
    assert s.prevision == 12


def test_piege_6_un_ecart_d_un_centieme_reste_un_ecart(faits_de: Callable[..., Faits]) -> None:
    s = whole(faits_de(EtatMensuelIndiv=[releve(1, "181.90")]))
    assert s.ecart_mois == pytest.approx(-12 / 1820)
    assert s.taux == pytest.approx(100 * 1819 / 1820)


def test_piege_7_part_asp_et_heures_sont_deux_realises(faits_de: Callable[..., Faits]) -> None:
    """The ASP's part is that of a month: national tables set its monthly mean against the posts."""
    s = whole(faits_de(EtatMensuelIndiv=[releve(1, "91.00", emi_part_etp="0.75")]))
    assert (s.realise_mois, s.realise_asp_mois) == (6, 0.75)


def test_piege_diviseur_celui_de_l_annexe_jamais_celui_de_sa_mesure(
    faits_de: Callable[..., Faits],
) -> None:
    """Several dated rows of one measure in RefMontantIae must not multiply the hours."""
    referentiel = [
        rangee("RefMontantIae", rmi_id=rmi, rmi_valeur=valeur, rme_id=2, rmi_code="DUR_AN_ETP")
        for rmi, valeur in ((11, "182.00"), (12, "160.70"), (13, "150.50"))
    ]
    vide = annexe(af_duree_heure_annuel_etp_valeur="", af_duree_heure_annuel_etp_id=12)
    faits = faits_de(
        AnnexeFinanciere=[vide],
        EtatMensuelIndiv=[releve(1, "160.70")],
        RefMontantIae=[*referentiel, referentiel[1]],
    )
    assert whole(faits).realise_mois == 12


def test_piege_sans_diviseur_le_realise_est_inconnu_et_dit(faits_de: Callable[..., Faits]) -> None:
    sans = annexe(11, af_duree_heure_annuel_etp_valeur="")
    faits = faits_de(
        AnnexeFinanciere=[annexe(), sans],
        EtatMensuelIndiv=[releve(1), releve(1, emi_afi_id=11)],
    )
    assert whole(faits).sans_diviseur == 1
    assert whole(faits).realise_mois == 12
    par_annexe = {ligne.annexe_id: ligne.synthese for ligne in list_annexes(faits, 2025)}
    assert par_annexe[11].realise_mois is Absence.INCONNUE


def test_piege_avenants_partagent_l_identifiant_de_leur_annexe(
    faits_de: Callable[..., Faits],
) -> None:
    versions = [
        annexe(af_etat_annexe_financiere_code="HISTORISE", af_etp_postes_insertion="8.00"),
        annexe(af_numero_avenant_modification=1, af_motif_rejet_code="CP_BANC_KO"),
        annexe(af_numero_avenant_modification=1, af_motif_rejet_code="TIT_RIB_KO"),
        annexe(
            af_numero_avenant_modification=2,
            af_etat_annexe_financiere_code="SAISI",
            af_etp_postes_insertion="20.00",
        ),
    ]
    faits = faits_de(AnnexeFinanciere=versions, EtatMensuelIndiv=[releve(1)])
    (ligne,) = list_annexes(faits, 2025)
    assert (ligne.numero, ligne.etp) == ("ACI035250010A0M1", 12)
    assert ligne.avenant_en_cours == "ACI035250010A0M2"
    assert ligne.rejet_code == "CP_BANC_KO TIT_RIB_KO"
    assert ligne.synthese.realise_mois == 12
    assert faits.annexes.column("versions").to_pylist() == [4]


def test_piege_meme_numero_pour_deux_structures_apres_une_fusion(
    faits_de: Callable[..., Faits],
) -> None:
    numero = {"af_numero_annexe_financiere": "ACI035250010"}
    faits = faits_de(
        Structure=[structure(1), structure(2)],
        AnnexeFinanciere=[
            annexe(10, af_id_structure=1, af_date_fin_effet="30/04/2025", **numero),
            annexe(11, af_id_structure=2, **numero),
        ],
    )
    assert [ligne.asp_id for ligne in list_annexes(faits, 2025)] == [2]


def test_piege_deux_perimetres_cloture_dedans_ou_dehors(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[
            annexe(10, af_etat_annexe_financiere_code="CLOTURE"),
            annexe(11, af_etat_annexe_financiere_code="PROVISOIRE"),
            annexe(12, af_date_fin_effet="31/05/2025"),
            annexe(13, af_etat_annexe_financiere_code="ANNULE"),
        ]
    )
    assert whole(faits).annexes == 3
    assert whole(faits, perimetre=CONVENTIONNEES).annexes == 1


def test_piege_janvier_les_annexes_de_l_annee_ne_sont_pas_encore_publiees(
    faits_de: Callable[..., Faits],
) -> None:
    ancienne = annexe(
        af_date_debut_effet="01/01/2024",
        af_date_fin_effet="31/12/2024",
        af_numero_annexe_financiere="ACI035240010",
    )
    faits = faits_de(
        jour=date(2025, 1, 20),
        AnnexeFinanciere=[ancienne],
        EtatMensuelIndiv=[releve(11, emi_sme_annee=2024)],
    )
    assert whole(faits, 2025).conventionne_annuel is Absence.PAS_ENCORE_PUBLIEE
    assert whole(faits, 2024).conventionne_annuel == 12
    assert whole(faits, 2020).conventionne_annuel is Absence.SANS_OBJET


def test_piege_aci_et_etti_partagent_un_asp_id_et_un_siret(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(AnnexeFinanciere=[annexe(10), annexe(11, "ETTI")])
    assert [(s.asp_id, s.type) for s in list_structures(faits, 2025)] == [(1, "ACI"), (1, "ETTI")]
    seule = Filtre(structures=frozenset({(1, "ETTI")}))
    assert [ligne.type for ligne in list_annexes(faits, 2025, seule)] == ["ETTI"]


@pytest.mark.parametrize(
    ("numero", "departement"),
    [
        ("ACI051250010", "51"),
        ("ACI02A250010", "2A"),
        ("ACI59L250010", "59"),
        ("ACI59V250010", "59"),
        ("ACI972250010", "972"),
        ("ILLISIBLE", ""),
    ],
)
def test_piege_le_departement_de_l_argent_n_est_pas_celui_de_la_structure(
    faits_de: Callable[..., Faits], numero: str, departement: str
) -> None:
    faits = faits_de(AnnexeFinanciere=[annexe(af_numero_annexe_financiere=numero)])
    (ligne,) = list_annexes(faits, 2025)
    assert (ligne.departement_argent, ligne.departement_structure) == (departement, "35")
    filtre = Filtre(departements_argent=frozenset({departement or "99"}))
    assert len(list_annexes(faits, 2025, filtre)) == bool(departement)
    siege = Filtre(departements_structure=frozenset({"35"}), types=frozenset({"ACI"}))
    assert len(list_annexes(faits, 2025, siege)) == 1


def test_piege_le_texte_false_n_est_pas_vrai(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(AnnexeFinanciere=[annexe(10), annexe(11, af_indicateur_suspension="true")])
    assert [ligne.suspendue for ligne in list_annexes(faits, 2025)] == [False, True]


def test_piege_fdi_hors_des_etp_et_detention_marquee(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[
            annexe(10, af_mesure_dispositif_code="FDI_DC"),
            annexe(11, "EI", af_mesure_dispositif_code="EI_MP"),
        ]
    )
    assert faits.annexes.column("type").to_pylist() == ["EI"]
    assert faits.annexes.column("penitentiaire").to_pylist() == [True]


def test_piege_montant_arrondi_mois_par_mois_comme_l_asp(faits_de: Callable[..., Faits]) -> None:
    partielle = annexe(
        af_date_debut_effet="01/05/2025",
        af_etp_postes_insertion="7.43",
        af_montant_unitaire_annuel_valeur="20199.00",
        af_montant_total_annuel="100052.40",
    )
    faits = faits_de(AnnexeFinanciere=[partielle, annexe(11, af_etp_postes_insertion="")])
    assert faits.annexes.column("duree_mois").to_pylist() == [8, 12]
    assert faits.annexes.column("montant_calcule_centimes").to_pylist() == [10005240, None]


def test_piege_brouillons_hors_compte_et_dits(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        EtatMensuelIndiv=[
            releve(1),
            releve(1, "99.00", emi_esm_etat_code="BROUILLON", emi_pph_id="P2"),
            releve(2, emi_esm_etat_code="BROUILLON"),
        ]
    )
    s = whole(faits)
    assert (s.mois_faits, s.brouillons, s.heures) == (1, 2, 182)


def test_piege_annexe_d_une_partie_de_l_annee_et_a_cheval(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[
            annexe(10, af_date_debut_effet="01/10/2024", af_date_fin_effet="31/03/2025")
        ],
        EtatMensuelIndiv=[releve(12, emi_sme_annee=2024), releve(1)],
    )
    assert whole(faits, 2024).conventionne_annuel == 3
    assert whole(faits, 2025).conventionne_annuel == 3
    assert whole(faits, 2025).mois_en_retard == 2


def test_piege_heures_d_un_mois_que_l_annexe_ne_couvre_pas(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[annexe(10, af_date_debut_effet="01/03/2025")],
        EtatMensuelIndiv=[releve(mois) for mois in (1, 3, 4, 5)],
    )
    s = whole(faits)
    assert (s.mois_faits, s.realise_mois, s.ecart_mois, s.heures) == (3, 36, 0, 546)
    assert s.heures_hors_periode == 182
    janvier = list_mois(faits, 2025)[0]
    assert (janvier.annexes_faites, janvier.conventionne_fait, janvier.realise) == (0, 0, 0)
    assert s.prevision == 10
