"""What an extract gives to the panel, by hand, and only of those who consent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.argent_public import AIDES, annexe_2024, releves_2024
from factories.flux_iae import annexe, structure

from maillage.analyses.panel.contributions import (
    RATIOS,
    Cadre,
    gather,
    identify,
    name_taille,
)
from maillage.indicators.panel.contribution import Consentement, Profil

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.indicators.panel.contribution import Contribution
    from maillage.indicators.pilotage.lecture import Faits

AU = date(2025, 9, 1)
ARGENT = dict.fromkeys(AIDES.values(), "0") | {
    "af_etat": "300000",
    "af_part_produits_exploit_vente_presta": "100000",
}
CADRE = Cadre((10, 30), {(1, "ACI"): "53"}, {(1, "ACI"): "espaces verts"}, {1: "732829320"})


@pytest.fixture
def faits(faits_de: Callable[..., Faits]) -> Faits:
    """Three structures: all is known of the first, two kinds share the accounts of the second."""
    return faits_de(
        Structure=[structure(rang) for rang in (1, 2, 3)],
        AnnexeFinanciere=[
            annexe_2024(10, 1, produits="400000", **ARGENT),
            annexe(
                20,
                af_etp_perm_encadrement_tech_sal_insertion_annee_prec="2.00",
                af_etp_perm_acc_sociop_annee_prec="",
                af_etp_pers_agrees_pole_emploi_iae_annee_prec="16.00",
            ),
            annexe_2024(11, 2, produits="400000", **ARGENT),
            annexe_2024(12, 2, "EI", produits="400000", **ARGENT),
            annexe_2024(13, 3),
        ],
        EtatMensuelIndiv=[line for af_id in (10, 11, 12) for line in releves_2024(af_id)],
    )


def give(faits: Faits, *structures: str) -> dict[str, Contribution]:
    consents = [Consentement(nom, date(2025, 1, 1)) for nom in structures]
    return {one.structure: one for one in gather(faits, 2024, consents, AU, CADRE)}


def test_without_consent_nothing_is_given(faits: Faits) -> None:
    assert give(faits) == {}
    assert set(give(faits, "3:ACI", "9:AI")) == {"3:ACI"}
    late = [Consentement("1:ACI", date(2025, 9, 2))]
    assert gather(faits, 2024, late, AU, CADRE) == ()


def test_ratios_by_hand(faits: Faits) -> None:
    one = give(faits, identify((1, "ACI")))["1:ACI"]
    assert one.profil == Profil("ACI", name_taille(12, (10, 30)), "53", "espaces verts")
    assert (one.organisme, one.annee) == ("732829320", 2024)
    values = {nom: mesure.valeur for nom, mesure in one.ratios.items()}
    assert values == pytest.approx(
        {
            "part_ventes": 25,
            "part_aides": 75,
            "aides_par_etp": 300_000 / 12,
            "aides_par_heure": 300_000 / 2184,
            "taux_encadrement_technique": 12.5,
        }
    )
    assert one.ratios["part_ventes"].poids == 40_000_000
    assert one.ratios["taux_encadrement_technique"].poids == 16
    assert set(values) < set(RATIOS)


def test_kinds_that_share_accounts_bring_no_ratio_of_money(faits: Faits) -> None:
    found = give(faits, "2:ACI", "2:EI")
    assert {nom: dict(one.ratios) for nom, one in found.items()} == {"2:ACI": {}, "2:EI": {}}
    assert {one.organisme for one in found.values()} == {"2"}
    assert {one.profil.taille for one in found.values()} == {""}


def test_a_structure_that_declares_nothing_brings_no_ratio(faits: Faits) -> None:
    assert give(faits, "3:ACI")["3:ACI"].ratios == {}


@pytest.mark.parametrize(
    ("etp", "seuils", "nom"),
    [
        (9.99, (10, 30), "moins de 10 ETP"),
        (10, (10, 30), "de 10 à moins de 30 ETP"),
        (29.9, (10, 30), "de 10 à moins de 30 ETP"),
        (30, (10, 30), "30 ETP et plus"),
        (4, (), "toutes tailles"),
    ],
)
def test_size_classes_start_at_their_threshold(
    etp: float, seuils: tuple[float, ...], nom: str
) -> None:
    assert name_taille(etp, seuils).replace("\u00a0", " ") == nom
