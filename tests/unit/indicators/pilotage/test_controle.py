"""The same figures a second time, in plain SQL from the definitions, over the views and not the facts."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from factories.controle_pilotage import expect, is_same, read, read_controle
from factories.flux_iae import annexe, rangee, releve, structure

from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.synthese import summarise
from maillage.indicators.pilotage.tableaux import list_annexes, list_mois, list_structures

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.synthese import Synthese

DIVISEURS = {"ACI": "1820.00", "AI": "1607.00", "EI": "1505.00"}
ETATS = ("VALIDE", "VALIDE", "VALIDE", "PROVISOIRE", "CLOTURE", "HISTORISE", "ANNULE")


def draw(graine: int) -> dict[str, Any]:
    """Rows of a small invented network, with what extracts repeat, miss and mix."""
    hasard = random.Random(graine)  # noqa: S311 — a drawing, not a secret
    annexes, releves = [], []
    for rang in range(40):
        type_siae = hasard.choice(list(DIVISEURS))
        debut = hasard.choice((1, 1, 1, 3, 7))
        commun = {
            "af_id_structure": rang % 9,
            "af_duree_heure_annuel_etp_valeur": DIVISEURS[type_siae],
            "af_date_debut_effet": f"01/{debut:02d}/2025",
            "af_date_fin_effet": hasard.choice(("31/12/2025", "30/09/2025")),
            "af_montant_unitaire_annuel_valeur": f"{hasard.randint(1300, 24000)}.00",
        }
        for modification in range(hasard.choice((1, 1, 2, 3))):
            etat = hasard.choice(ETATS) if modification == 0 else hasard.choice(ETATS[3:])
            etp = f"{hasard.uniform(0.5, 4):.2f}"
            annexes.append(
                annexe(
                    100 + rang,
                    type_siae,
                    **commun,
                    af_numero_avenant_modification=modification,
                    af_etat_annexe_financiere_code=etat,
                    af_etp_postes_insertion=etp,
                )
            )
        for mois in range(max(debut - 1, 1), 8):
            if hasard.random() < 0.75:
                releves += [
                    releve(
                        mois,
                        f"{hasard.uniform(0, 160):.2f}",
                        emi_afi_id=100 + rang,
                        emi_pph_id=f"P{rang}-{personne}",
                        emi_esm_etat_code=hasard.choice(("VALIDE", "SAISI", "BROUILLON")),
                        emi_nb_heures_facturees=f"{hasard.uniform(0, 120):.2f}",
                        emi_mt_salaire_brut=f"{hasard.uniform(0, 1900):.2f}",
                        emi_part_etp=f"{hasard.uniform(0, 1):.4f}",
                    )
                    for personne in range(hasard.randint(1, 4))
                ]
    return {
        "Structure": [structure(rang) for rang in range(9)],
        "AnnexeFinanciere": [*annexes, annexe(999, af_mesure_dispositif_code="FDI_DC")],
        "EtatMensuelIndiv": releves,
        "RefMontantIae": [
            rangee("RefMontantIae", rmi_id=11, rmi_valeur=valeur, rme_id=2)
            for valeur in DIVISEURS.values()
        ],
    }


@pytest.mark.parametrize("graine", [1, 2, 3])
def test_a_second_computation_agrees_on_every_figure(
    faits_de: Callable[..., Faits], graine: int
) -> None:
    faits = faits_de(**draw(graine))
    lues = read_controle(faits.extrait, 2025)
    par_annexe = {ligne.annexe_id: ligne.synthese for ligne in list_annexes(faits, 2025)}
    assert sorted(par_annexe) == [lue["id"] for lue in lues]
    for lue in lues:
        assert_same(par_annexe[lue["id"]], [lue])
    par_structure = defaultdict(list)
    for lue in lues:
        par_structure[lue["asp"], lue["type"]].append(lue)
    structures = list_structures(faits, 2025)
    assert {(ligne.asp_id, ligne.type) for ligne in structures} == set(par_structure)
    for ligne in structures:
        assert_same(ligne.synthese, par_structure[ligne.asp_id, ligne.type])
    tout = summarise(compute_annexes(faits, 2025))
    assert_same(tout, lues)
    assert sum(ligne.realise for ligne in list_mois(faits, 2025)) == pytest.approx(
        tout.realise_mois
    )


def assert_same(synthese: Synthese, lues: list[dict[str, Any]]) -> None:
    nos, leurs = read(synthese), expect(lues)
    assert nos.keys() == leurs.keys()
    differents = {nom for nom in nos if not is_same(nos[nom], leurs[nom])}
    assert not differents, [(nom, nos[nom], leurs[nom]) for nom in differents]
