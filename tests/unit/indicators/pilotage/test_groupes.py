"""Figures of many sets at once are those of each set alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.flux_iae import annexe, releve, structure
from hypothesis import given
from hypothesis import strategies as st

from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.synthese import group, summarise
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.synthese import Synthese

ANNEXES, ENSEMBLES = 12, 4


@pytest.fixture
def faits(faits_de: Callable[..., Faits]) -> Faits:
    """Twelve annexes of several sizes, with months done, late and to come, and one without divisor."""
    divise = ["1820.00"] * (ANNEXES - 1) + [""]
    return faits_de(
        Structure=[structure(1)],
        AnnexeFinanciere=[
            annexe(
                100 + rang,
                "ACI",
                af_id_structure=1,
                af_etp_postes_insertion=f"{rang + 1}.25",
                af_duree_heure_annuel_etp_valeur=divise[rang],
            )
            for rang in range(ANNEXES)
        ],
        EtatMensuelIndiv=[
            releve(mois, f"{40 + 7 * rang + 3 * mois}.50", emi_afi_id=100 + rang)
            for rang in range(ANNEXES)
            for mois in range(1, 2 + rang % 6)
        ],
    )


def test_sets_drawn_at_random_have_the_figures_of_each_alone(faits: Faits) -> None:
    lignes = compute_annexes(faits, 2025)
    assert len(lignes) == ANNEXES

    @given(
        st.lists(
            st.tuples(st.integers(0, ANNEXES - 1), st.integers(0, ENSEMBLES - 1)),
            unique_by=lambda paire: paire[0],
        )
    )
    def check(paires: list[tuple[int, int]]) -> None:
        choix = np.array([place for place, _ in paires], dtype=np.int64)
        ensembles = np.array([ensemble for _, ensemble in paires], dtype=np.int64)
        groupes = group(lignes, choix, ensembles, ENSEMBLES)
        for ensemble in range(ENSEMBLES):
            assert_same(groupes.synthese(ensemble), summarise(lignes, choix[ensembles == ensemble]))

    check()


def assert_same(nous: Synthese, seule: Synthese) -> None:
    for nom in nous.__slots__:
        notre, attendu = getattr(nous, nom), getattr(seule, nom)
        if isinstance(attendu, Absence):
            assert notre is attendu, nom
        else:
            assert notre == pytest.approx(attendu, rel=1e-12), nom
