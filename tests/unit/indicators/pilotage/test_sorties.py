"""One test per trap of the public rule that counts exits, named after it (semantics, A.5)."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from factories.flux_iae import annexe, releve, structure, write_extrait, write_vue
from factories.personnes_flux import (
    AUTRE,
    DURABLE,
    POSITIVE,
    REFERENTIELS,
    RETRAIT,
    SANS_CATEGORIE,
    TRANSITION,
    contrat,
)

from maillage.analyses.pilotage.imports import importer
from maillage.data.sources.flux_iae.colonnes import load_dictionnaire
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.sorties import (
    AXES,
    Sorties,
    group_sorties,
    list_sorties,
    summarise_sorties,
)
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maillage.indicators.pilotage.lecture import Faits

MAINTENANT = datetime(2025, 7, 7, 9, 30, tzinfo=UTC)
TOUT = {**REFERENTIELS, "ContratMission": [contrat("C1", "01/01/2025", "30/06/2025")]}
COMPTES = ("sorties", "retraits", "sans_motif", "sans_categorie", "sous_heures", "sous_duree")


def leave(mois: int, motif: int, heures: str = "200.00", **cellules: object) -> list[str]:
    """The last statement of somebody."""
    return releve(mois, heures, emi_motif_sortie_id=motif, **cellules)


def count(faits: Faits) -> dict[str, Any]:
    """Exits of the whole, by what becomes of them; those of which there is none are left out."""
    lues = summarise_sorties(faits, 2025)
    comptes = {nom: getattr(lues, nom) for nom in (*COMPTES, "duree_inconnue")}
    return {nom: valeur for nom, valeur in comptes.items() if valeur != 0}


@pytest.mark.parametrize("type_siae", ["AI", "ETTI"])
@pytest.mark.parametrize(("heures", "sort"), [("150.00", "sorties"), ("149.99", "sous_heures")])
def test_piege_ai_etti_150_heures_et_aucune_duree(
    faits_de: Callable[..., Faits], type_siae: str, heures: str, sort: str
) -> None:
    court = {**TOUT, "ContratMission": [contrat("C1", "25/06/2025", "30/06/2025")]}
    faits = faits_de(
        AnnexeFinanciere=[annexe(10, type_siae)],
        EtatMensuelIndiv=[leave(6, DURABLE, heures)],
        **court,
    )
    assert count(faits) == {sort: 1}


def test_piege_les_150_heures_sont_celles_du_contrat_de_l_annexe_et_de_l_annee(
    faits_de: Callable[..., Faits],
) -> None:
    """100 hours here, 100 on another contract, annexe or year do not make 150."""
    faits = faits_de(
        AnnexeFinanciere=[annexe(10, "AI"), annexe(11, "AI")],
        EtatMensuelIndiv=[
            leave(6, DURABLE, "100.00"),
            releve(5, "100.00", emi_ctr_id="C2"),
            releve(5, "100.00", emi_afi_id=11),
            releve(12, "100.00", emi_sme_annee=2024),
        ],
        **TOUT,
    )
    assert count(faits) == {"sous_heures": 1}


def test_piege_ai_le_motif_est_celui_du_contrat(faits_de: Callable[..., Faits]) -> None:
    """In an AI a second contract without a motive is no exit, and two motives are two exits."""
    lignes = [leave(3, DURABLE), releve(4, "200.00", emi_ctr_id="C2")]
    faits = faits_de(
        AnnexeFinanciere=[annexe(10, "AI")],
        EtatMensuelIndiv=[*lignes, leave(6, AUTRE, emi_ctr_id="C3")],
        **TOUT,
    )
    lues = summarise_sorties(faits, 2025)
    assert (lues.sorties, lues.durable, lues.autre) == (2, 1, 1)


def test_piege_aci_ei_le_motif_vaut_pour_la_personne_et_l_annexe(
    faits_de: Callable[..., Faits],
) -> None:
    """The motive is written on another contract than the one that says how long they stayed."""
    faits = faits_de(
        EtatMensuelIndiv=[releve(5), leave(6, TRANSITION, "0.00", emi_ctr_id="C9")], **TOUT
    )
    lues = summarise_sorties(faits, 2025)
    assert (lues.sorties, lues.transition, lues.taux_transition) == (1, 1, 100)


def test_piege_deux_motifs_d_une_personne_ne_font_qu_une_sortie(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(EtatMensuelIndiv=[leave(2, AUTRE), leave(6, POSITIVE)], **TOUT)
    lues = summarise_sorties(faits, 2025)
    assert (lues.sorties, lues.positive, lues.autre) == (1, 1, 0)


@pytest.mark.parametrize(
    ("fin", "sort"),
    [
        # 81 days × 0.0328767 = 2.663 months; 80 days: 2.630
        ("23/03/2025", "sorties"),
        ("22/03/2025", "sous_duree"),
    ],
)
@pytest.mark.parametrize("mesure", ["ACI_DC", "ACI_MP", "EI_DC", "EI_MP"])
def test_piege_aci_ei_plus_de_2_65_mois_prison_comprise(
    faits_de: Callable[..., Faits], mesure: str, fin: str, sort: str
) -> None:
    faits = faits_de(
        AnnexeFinanciere=[
            annexe(10, mesure.split("_", maxsplit=1)[0], af_mesure_dispositif_code=mesure)
        ],
        EtatMensuelIndiv=[leave(3, DURABLE, "1.00")],
        **REFERENTIELS,
        ContratMission=[contrat("C1", "01/01/2025", fin)],
    )
    assert count(faits) == {sort: 1}


def test_piege_aci_ei_une_heure_sur_l_annexe_dans_l_annee(faits_de: Callable[..., Faits]) -> None:
    """Less than an hour by contract, an hour on the annexe; and another who has none."""
    faits = faits_de(
        EtatMensuelIndiv=[
            releve(5, "0.60", emi_ctr_id="C8"),
            leave(6, DURABLE, "0.40"),
            leave(6, DURABLE, "0.99", emi_pph_id="P2", emi_ctr_id="C2"),
        ],
        **TOUT,
    )
    assert count(faits) == {"sorties": 1, "sous_heures": 1}


def test_piege_la_duree_court_de_la_premiere_embauche_aux_renouvellements(
    faits_de: Callable[..., Faits],
) -> None:
    """A renewal of two months after one of two months: four. A new hiring starts again."""
    suivants = [
        contrat("C1", "01/01/2025"),
        contrat("C2", "01/03/2025", "30/04/2025", contrat_type_contrat=1),
    ]
    reprise = [
        contrat("D1", "01/01/2025", "28/02/2025", contrat_id_pph="P2"),
        contrat("D2", "01/03/2025", "30/04/2025", contrat_id_pph="P2"),
    ]
    autre = {"emi_pph_id": "P2", "emi_ctr_id": "D2"}
    faits = faits_de(
        EtatMensuelIndiv=[leave(4, DURABLE, emi_ctr_id="C2"), leave(4, DURABLE, **autre)],
        **REFERENTIELS,
        ContratMission=[*suivants, *reprise],
    )
    assert count(faits) == {"sorties": 1, "sous_duree": 1}


def test_piege_sans_contrat_qui_dise_la_duree_la_sortie_est_dite_et_non_comptee(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(
        EtatMensuelIndiv=[leave(6, DURABLE), leave(6, DURABLE, emi_pph_id="P2", emi_ctr_id="C2")],
        **REFERENTIELS,
        ContratMission=[contrat("C1", "01/01/2025", "30/06/2025"), contrat("C2", "01/01/2025")],
    )
    assert count(faits) == {"sorties": 1, "duree_inconnue": 1}


def test_piege_eiti_une_heure_sans_duree_par_personne(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[annexe(10, "EITI")],
        EtatMensuelIndiv=[
            releve(5, "0.50"),
            leave(6, POSITIVE, "0.50", emi_ctr_id="C2"),
            leave(6, POSITIVE, "0.50", emi_pph_id="P2", emi_ctr_id="C3"),
        ],
        **REFERENTIELS,
    )
    assert count(faits) == {"sorties": 1, "sous_heures": 1}


def test_piege_retraits_exclus_du_denominateur(faits_de: Callable[..., Faits]) -> None:
    autre = {"emi_pph_id": "P2", "emi_ctr_id": "C2"}
    faits = faits_de(
        EtatMensuelIndiv=[leave(6, DURABLE), leave(6, RETRAIT, **autre)],
        **REFERENTIELS,
        ContratMission=[
            *TOUT["ContratMission"],
            contrat("C2", "01/01/2025", "30/06/2025", contrat_id_pph="P2"),
        ],
    )
    assert count(faits) == {"sorties": 1, "retraits": 1}
    assert summarise_sorties(faits, 2025).taux_durable == 100


def test_piege_un_retrait_n_efface_pas_un_motif_qui_compte(
    faits_de: Callable[..., Faits],
) -> None:
    """The public models drop withdrawals before they join: an earlier motive that counts holds."""
    faits = faits_de(EtatMensuelIndiv=[leave(2, DURABLE), leave(6, RETRAIT)], **TOUT)
    assert count(faits) == {"sorties": 1}


def test_piege_acipa_eipa_hors_des_sorties(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        AnnexeFinanciere=[
            annexe(10, af_mesure_dispositif_code="ACIPA_DC"),
            annexe(11, "EI", af_mesure_dispositif_code="EIPA_DC"),
        ],
        EtatMensuelIndiv=[leave(6, DURABLE), leave(6, DURABLE, emi_afi_id=11)],
        **TOUT,
    )
    assert faits.annexes.num_rows == 2
    assert count(faits) == {}
    assert summarise_sorties(faits, 2025).taux_dynamique is Absence.SANS_OBJET


def test_piege_motif_que_les_referentiels_n_expliquent_pas(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(EtatMensuelIndiv=[leave(6, SANS_CATEGORIE)], **TOUT)
    assert count(faits) == {"sans_categorie": 1}


@pytest.mark.parametrize("type_siae", ["ACI", "AI"])
def test_piege_contrat_fini_sans_motif_dans_les_releves(
    faits_de: Callable[..., Faits], type_siae: str
) -> None:
    """Told once, on the last annexe of the year; not at all when another annexe bears the motive."""
    deux = [annexe(10, type_siae), annexe(11, type_siae)]
    faits = faits_de(
        AnnexeFinanciere=deux,
        EtatMensuelIndiv=[releve(2), releve(6, emi_afi_id=11)],
        **TOUT,
    )
    assert count(faits) == {"sans_motif": 1}
    parts = {g.valeur: g.sorties.sans_motif for g in group_sorties(faits, 2025, "annexe_id")}
    assert parts == {"10": 0, "11": 1}


@pytest.mark.parametrize(("mois_du_motif", "autre_mois"), [(6, 2), (2, 6)])
def test_piege_sortie_sur_une_autre_annexe_n_est_pas_sans_motif(
    faits_de: Callable[..., Faits], mois_du_motif: int, autre_mois: int
) -> None:
    faits = faits_de(
        AnnexeFinanciere=[annexe(10), annexe(11)],
        EtatMensuelIndiv=[releve(autre_mois), leave(mois_du_motif, DURABLE, emi_afi_id=11)],
        **TOUT,
    )
    assert count(faits) == {"sorties": 1}


def test_piege_sortie_d_une_autre_annee(faits_de: Callable[..., Faits]) -> None:
    a_cheval = annexe(10, af_date_debut_effet="01/07/2024", af_date_fin_effet="30/06/2025")
    faits = faits_de(
        AnnexeFinanciere=[a_cheval],
        EtatMensuelIndiv=[leave(12, DURABLE, emi_sme_annee=2024)],
        **REFERENTIELS,
        ContratMission=[contrat("C1", "01/07/2024", "31/12/2024")],
    )
    assert count(faits) == {}
    assert summarise_sorties(faits, 2024).sorties == 1


def test_piege_brouillons_hors_des_sorties(faits_de: Callable[..., Faits]) -> None:
    faits = faits_de(
        EtatMensuelIndiv=[releve(5), leave(6, DURABLE, emi_esm_etat_code="BROUILLON")],
        **REFERENTIELS,
        ContratMission=[contrat("C1", "01/01/2025")],
    )
    assert count(faits) == {}


def test_rates_are_those_of_the_exits_counted(faits_de: Callable[..., Faits]) -> None:
    motifs = (DURABLE, DURABLE, TRANSITION, POSITIVE, AUTRE, AUTRE, AUTRE, AUTRE, RETRAIT)
    faits = faits_de(
        EtatMensuelIndiv=[
            leave(6, motif, emi_pph_id=f"P{rang}", emi_ctr_id=f"C{rang}")
            for rang, motif in enumerate(motifs)
        ],
        **REFERENTIELS,
        ContratMission=[
            contrat(f"C{rang}", "01/01/2025", "30/06/2025", contrat_id_pph=f"P{rang}")
            for rang in range(len(motifs))
        ],
    )
    lues = summarise_sorties(faits, 2025)
    assert lues.sorties == 8
    assert (lues.taux_durable, lues.taux_transition, lues.taux_positive) == (25, 12.5, 12.5)
    assert lues.taux_dynamique == 50


@pytest.mark.parametrize("vue", ["EtatMensuelIndiv", "RefMotifSort", "RefCategorieSort"])
def test_what_is_missing_makes_exits_unknown_and_is_named(
    faits_de: Callable[..., Faits], vue: str
) -> None:
    vues = {"EtatMensuelIndiv": [leave(6, DURABLE)], **TOUT}
    lues = summarise_sorties(faits_de(**{n: v for n, v in vues.items() if n != vue}), 2025)
    comptees = [f.name for f in fields(Sorties)[:15]]
    assert {getattr(lues, nom) for nom in comptees} == {Absence.INCONNUE}
    assert lues.sous_seuil is Absence.INCONNUE
    assert lues.manque == vue


def test_without_contracts_exits_of_aci_are_unknown_and_those_of_ai_are_not(
    faits_de: Callable[..., Faits],
) -> None:
    faits = faits_de(
        Structure=[structure(1), structure(2)],
        AnnexeFinanciere=[annexe(10), annexe(11, "AI", af_id_structure=2)],
        EtatMensuelIndiv=[
            leave(6, DURABLE),
            leave(6, DURABLE, emi_afi_id=11, emi_pph_id="P2"),
            leave(6, DURABLE, "20.00", emi_afi_id=11, emi_pph_id="P3"),
        ],
        **REFERENTIELS,
    )
    aci, ai = list_sorties(faits, 2025)
    assert (aci.cle, aci.sorties.sorties, aci.sorties.manque) == (
        (1, "ACI"),
        Absence.INCONNUE,
        "ContratMission",
    )
    assert (ai.cle, ai.sorties.sorties, ai.sorties.sous_seuil) == ((2, "AI"), 1, 1)
    assert ai.sorties.manque == ""
    assert summarise_sorties(faits, 2025).sorties is Absence.INCONNUE


def test_without_the_column_of_motives_exits_are_unknown(tmp_path: Path, donnees: Path) -> None:
    assert not donnees.exists()
    dossier = write_extrait(tmp_path / "extrait", TOUT)
    noms = [colonne.nom for colonne in load_dictionnaire()["EtatMensuelIndiv"]]
    rangs = [rang for rang, nom in enumerate(noms) if nom != "emi_motif_sortie_id"]
    ligne = [releve(1)[rang] for rang in rangs]
    write_vue(dossier, "EtatMensuelIndiv", [ligne], entete=[noms[rang] for rang in rangs])
    lues = summarise_sorties(load_faits(importer([dossier], MAINTENANT).extrait.identifiant), 2025)
    assert lues.sorties is Absence.INCONNUE
    assert lues.manque == "EtatMensuelIndiv (emi_motif_sortie_id)"


def test_what_annexes_announce_is_weighted_by_their_exits(faits_de: Callable[..., Faits]) -> None:
    def announce(af_id: int, nombre: object, *taux: str) -> list[str]:
        noms = ("dynamiques", "durable", "trans", "positives")
        cellules = {
            f"af_taux_prev_sorties_{nom}": valeur for nom, valeur in zip(noms, taux, strict=False)
        }
        return annexe(af_id, af_nb_prev_sorties=nombre, **cellules)

    faits = faits_de(
        AnnexeFinanciere=[
            announce(10, 10, "60.00", "30.00", "20.00", "10.00"),
            announce(11, 30, "40.00", "10.00"),
            announce(12, "", "99.00"),
        ]
    )
    lues = summarise_sorties(faits, 2025)
    assert lues.prevues == 40
    assert (lues.prevision, lues.prevision_durable) == (45, 15)
    assert (lues.prevision_transition, lues.prevision_positive) == (20, 10)
    par_annexe = {g.valeur: g.sorties for g in group_sorties(faits, 2025, "annexe_id")}
    assert par_annexe["12"].prevues is Absence.INCONNUE
    assert par_annexe["12"].prevision is Absence.INCONNUE


def test_exits_add_up_by_kind_place_year_annexe_and_structure(
    faits_de: Callable[..., Faits],
) -> None:
    """The département of the money is not that of the structure: both are given."""
    faits = faits_de(
        Structure=[structure(1), structure(2)],
        AnnexeFinanciere=[
            annexe(10, af_numero_annexe_financiere="ACI022250010"),
            annexe(11, "AI", af_id_structure=2),
        ],
        EtatMensuelIndiv=[
            leave(6, DURABLE),
            leave(6, AUTRE, emi_afi_id=11, emi_pph_id="P2", emi_ctr_id="C2"),
        ],
        **TOUT,
    )
    attendus = {
        "type": {"ACI": 1, "AI": 1},
        "departement_argent": {"22": 1, "35": 1},
        "departement_structure": {"35": 2},
        "millesime": {"2025": 2},
        "annexe_id": {"10": 1, "11": 1},
    }
    assert set(attendus) == set(AXES)
    for axe, attendu in attendus.items():
        lus = {g.valeur: g.sorties.sorties for g in group_sorties(faits, 2025, axe)}
        assert lus == attendu, axe
    assert [ligne.sorties.sorties for ligne in list_sorties(faits, 2025)] == [1, 1]
    seule = Filtre(departements_argent=frozenset({"22"}))
    assert summarise_sorties(faits, 2025, seule).taux_durable == 100
    assert group_sorties(faits, 2025, "type", Filtre(types=frozenset({"EI"}))) == []
