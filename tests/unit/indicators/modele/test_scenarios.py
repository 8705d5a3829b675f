"""One step of each hypothesis, shocks, draws: each told from the figures it moves."""

from __future__ import annotations

import numpy as np
import pytest
from factories.modeles import modele, valeurs

from maillage.indicators.modele.annee import compute_annee
from maillage.indicators.modele.cles import list_cles
from maillage.indicators.modele.leviers import VOLUME, lose_client, scale
from maillage.indicators.modele.sensibilite import measure_sensibilite
from maillage.indicators.modele.stress import Chocs, run_stress
from maillage.indicators.modele.tirages import (
    LIGNES_PAR_LOT,
    QUANTILES,
    Forme,
    Loi,
    apply_lois,
    draw_parc,
    draw_resultats,
    draw_uniformes,
    summarise,
    transform,
)

LOIS = (
    Loi(VOLUME, Forme.TRIANGULAIRE, 0.8, 1.1),
    Loi("insertion.hausse_smic", Forme.UNIFORME, 0.0, 0.03, est_facteur=False),
)


def test_the_largest_effect_comes_first() -> None:
    effets = measure_sensibilite(modele())
    tailles = [abs(un.resultat) for un in effets]
    assert tailles == sorted(tailles, reverse=True)
    assert len({un.chemin for un in effets}) == len(effets)


def test_one_step_of_a_price_is_one_per_cent_of_its_sales() -> None:
    effets = {un.chemin: un for un in measure_sensibilite(modele())}
    assert effets["prix"].resultat == pytest.approx(3752.0)
    assert effets["clients.particuliers.prix_horaire"].resultat == pytest.approx(2070.0)
    assert effets["clients.particuliers.prix_horaire"].pas == "+1 %"
    assert effets["insertion.taux_cotisations"].pas == "+1 point"
    assert effets["aide.retard_mois"].pas == "+1 mois"
    assert effets["aide.retard_mois"].resultat == 0.0
    assert effets["aide.retard_mois"].point_bas < 0
    assert "insertion.heures_hors_client" not in effets  # nil: 1 % of nothing


def test_a_coefficient_moves_by_one_per_cent() -> None:
    effets = {un.chemin: un for un in measure_sensibilite(modele("ETTI"))}
    assert effets["clients.btp.coefficient"].pas == "+1 %"


def test_each_shock_is_told_alone() -> None:
    scenarios = {un.code: un for un in run_stress(modele(), Chocs())}
    clients = ["particuliers", "collectivites", "entreprises", "associations"]
    assert list(scenarios) == [
        *("smic", "volume", *(f"client.{un}" for un in clients), "aide_en_retard", "convention"),
    ]
    assert scenarios["aide_en_retard"].resultat == 0.0
    assert scenarios["aide_en_retard"].point_bas == pytest.approx(-3 * 1619 * 9.5 / 12, abs=0.02)
    # a tenth of 9.5 posts at 1 619 €, and of the half of 10 % of it
    assert scenarios["convention"].resultat == pytest.approx(-0.95 * 1619 * 1.05)
    assert all(un.resultat <= 0 and un.point_bas <= 0 for un in scenarios.values())


def test_a_client_that_pays_a_sum_is_lost_with_its_sum() -> None:
    m = modele("ACI")
    sans = compute_annee(m.cadre, lose_client(m.cadre, m.valeurs, "commune"), m.bareme)
    assert float(sans.resultat[0]) == pytest.approx(m.resultat - 36_000)
    assert sans.heures == m.annee.heures


def test_what_does_not_follow_the_hours_stays() -> None:
    m = modele("ACI")
    moitie = compute_annee(m.cadre, scale(m.cadre, m.valeurs, VOLUME, 0.5), m.bareme)
    assert float(moitie.ventes["legumes"][0]) == 21_000
    assert float(moitie.ventes["commune"][0]) == 36_000


def test_the_same_seed_gives_the_same_draws_whatever_the_other_laws() -> None:
    ensemble = draw_uniformes(LOIS, 7, 100)
    seule = draw_uniformes(LOIS[1:], 7, 100)
    assert np.array_equal(ensemble["insertion.hausse_smic"], seule["insertion.hausse_smic"])
    assert not np.array_equal(ensemble[VOLUME], ensemble["insertion.hausse_smic"])
    autre = draw_uniformes(LOIS, 8, 100)
    assert not np.array_equal(ensemble[VOLUME], autre[VOLUME])


def test_scenarios_share_their_luck() -> None:
    m, uniformes = modele(), draw_uniformes(LOIS, 7, 500)
    plus = valeurs(ressources__departement__montant_annuel=13_000)
    ici = draw_resultats(m.cadre, m.valeurs, m.bareme, LOIS, uniformes)
    la = draw_resultats(m.cadre, plus, m.bareme, LOIS, uniformes)
    assert np.allclose(la - ici, 1000.0)
    assert ici.std() > 1000.0


@pytest.mark.parametrize(
    ("loi", "moyenne"),
    [
        (Loi("x", Forme.UNIFORME, 0.8, 1.0), 0.9),
        (Loi("x", Forme.TRIANGULAIRE, 0.7, 1.0), 0.9),
        (Loi("x", Forme.TRIANGULAIRE, -0.02, 0.05, est_facteur=False), 0.01),
        (Loi("x", Forme.NORMALE, 0.9, 1.3), 1.1),
    ],
)
def test_a_law_has_its_mean_and_its_bounds(loi: Loi, moyenne: float) -> None:
    rangs = (np.arange(20_000) + 0.5) / 20_000
    tires = transform(loi, rangs)
    assert tires.mean() == pytest.approx(moyenne, abs=1e-4)
    assert (np.diff(tires) > 0).all()
    if loi.forme is Forme.NORMALE:
        assert tires.std() == pytest.approx(0.1, abs=1e-3)
    else:
        assert loi.bas <= tires.min() <= tires.max() <= loi.haut


def test_a_factor_never_goes_under_zero() -> None:
    m = modele()
    loi = Loi("prix", Forme.NORMALE, -3.0, 1.0)
    tires = {"prix": np.array([-2.0, 0.5])}
    prix = apply_lois(m.cadre, m.valeurs, [loi], tires)["clients.particuliers.prix_horaire"]
    assert prix.tolist() == [0.0, 11.5]


def test_batches_change_nothing() -> None:
    m = modele()
    uniformes = draw_uniformes(LOIS, 7, LIGNES_PAR_LOT + 10)
    tous = draw_resultats(m.cadre, m.valeurs, m.bareme, LOIS, uniformes)
    fin = {chemin: un[LIGNES_PAR_LOT:] for chemin, un in uniformes.items()}
    assert np.array_equal(
        tous[LIGNES_PAR_LOT:], draw_resultats(m.cadre, m.valeurs, m.bareme, LOIS, fin)
    )


def test_without_a_law_the_result_is_certain() -> None:
    m = modele()
    resultats = draw_resultats(m.cadre, m.valeurs, m.bareme, (), {})
    assert resultats.tolist() == [m.resultat]


def test_the_distribution_is_told_by_quantiles_and_losses() -> None:
    distribution = summarise(np.array([-10.0, 0.0, 10.0, 20.0]))
    assert distribution.probabilite_perte == 0.25
    assert distribution.moyenne == 5.0
    assert distribution.quantiles[0.5] == 5.0
    assert tuple(distribution.quantiles) == QUANTILES


def test_many_structures_are_drawn_as_each_alone() -> None:
    m, uniformes = modele(), draw_uniformes(LOIS, 7, 20_000)
    heures = np.array([7000.0, 9000.0, 11_000.0])
    parc = {**m.valeurs, "clients.particuliers.heures": heures}
    quantiles, pertes = draw_parc(m.cadre, parc, m.bareme, LOIS, uniformes)
    for rang, heure in enumerate(heures.tolist()):
        seule = valeurs(clients__particuliers__heures=heure)
        attendu = summarise(draw_resultats(m.cadre, seule, m.bareme, LOIS, uniformes))
        assert quantiles[rang].tolist() == pytest.approx(list(attendu.quantiles.values()))
        assert pertes[rang] == pytest.approx(attendu.probabilite_perte)
    assert (np.diff(quantiles[:, 3]) > 0).all()


def test_many_structures_without_a_law_have_one_result_each() -> None:
    m = modele()
    quantiles, pertes = draw_parc(m.cadre, m.valeurs, m.bareme, (), {})
    assert quantiles[0].tolist() == pytest.approx([m.resultat] * len(QUANTILES))
    assert pertes.tolist() == [0.0]


def test_every_figure_of_an_example_has_its_key() -> None:
    for genre in ("AI", "ACI", "EI", "ETTI"):
        m = modele(genre)
        assert list(m.valeurs) == [cle.chemin for cle in list_cles(m.cadre)]
