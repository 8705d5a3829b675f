"""Cases where the year or its thresholds turn: no hour, no post, the tax, the cap, a heavy reduction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.modeles import modele, valeurs

from maillage.indicators.modele.annee import compute_annee
from maillage.indicators.modele.bareme import read_bareme
from maillage.indicators.modele.leviers import VOLUME, scale
from maillage.indicators.modele.modele import Modele, compute_modele
from maillage.indicators.modele.seuils import Motif, find_volume
from maillage.kernel.valeur import Absence
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from maillage.indicators.modele.cadre import Cadre


def recompute(cadre: Cadre, genre: str = "AI", **autres: float) -> Modele:
    bareme = read_bareme(cadre, load_legislation())
    return compute_modele(cadre, valeurs(genre, **autres), bareme)


def test_without_hours_nothing_is_brought_to_an_hour() -> None:
    m = modele()
    nulles = scale(m.cadre, m.valeurs, VOLUME, 0.0)
    vide = compute_modele(m.cadre, nulles, m.bareme)
    assert vide.seuils.motif is Motif.AUCUNE_HEURE
    assert {vide.seuils.cout, vide.seuils.volume, vide.seuils.prix, vide.seuils.ecart} == {
        Absence.SANS_OBJET
    }
    assert vide.resultat == pytest.approx(-vide.seuils.fixe)
    assert float(vide.tresorerie.flux[0].montants.sum()) == 0.0
    assert np.isfinite(vide.tresorerie.soldes).all()


@pytest.mark.parametrize("genre", ["AI", "ACI", "EI", "ETTI"])
def test_at_the_threshold_the_result_is_nil(genre: str) -> None:
    m = modele(genre)
    assert not isinstance(m.seuils.volume, Absence)
    au_seuil = scale(m.cadre, m.valeurs, VOLUME, m.seuils.volume / m.seuils.heures)
    assert compute_modele(m.cadre, au_seuil, m.bareme).resultat == pytest.approx(0, abs=1e-6)
    assert m.seuils.ecart == pytest.approx(m.seuils.heures - m.seuils.volume)


@pytest.mark.parametrize("genre", ["AI", "ETTI"])
def test_at_the_price_of_balance_the_result_is_nil(genre: str) -> None:
    m = modele(genre)
    assert not isinstance(m.seuils.prix, Absence)
    assert not isinstance(m.seuils.ventes, Absence)
    au_prix = scale(m.cadre, m.valeurs, "prix", m.seuils.prix / m.seuils.ventes)
    assert compute_modele(m.cadre, au_prix, m.bareme).resultat == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("fixe", "aidee", "marge", "attendu"),
    [
        (-1.0, -5.0, -6.0, (0.0, None)),
        (0.0, 5.0, 4.0, (0.0, None)),
        (10.0, 0.0, -1.0, (Absence.SANS_OBJET, Motif.MARGE_NULLE)),
        (500.0, 5.0, -1.0, (100.0, None)),
        (501.0, 5.0, 0.0, (Absence.SANS_OBJET, Motif.POSTES_ATTEINTS)),
        (502.0, 5.0, 2.0, (101.0, None)),
    ],
)
def test_the_volume_follows_the_agreed_posts(
    fixe: float, aidee: float, marge: float, attendu: tuple[object, object]
) -> None:
    assert find_volume(fixe, aidee, marge, 100.0) == attendu


def test_a_reduction_never_gives_money_back() -> None:
    m = recompute(modele().cadre, insertion__taux_cotisations=0.05)
    assert float(m.annee.cotisations[0]) == 0.0


def test_the_tax_is_due_by_who_has_no_allowance() -> None:
    avec, sans = modele(), recompute(replace(modele().cadre, est_association=False))
    assert float(avec.annee.taxe_salaires[0]) == 0.0
    assert float(avec.annee.couts_directs[0]) == pytest.approx(16_000 * 14.9525844)
    assert float(avec.annee.heure.cout_direct[0]) == pytest.approx(14.9525844)
    assert float(sans.annee.taxe_salaires[0]) > 0.0425 * 92_000  # the increases come on top
    assert sans.resultat == pytest.approx(avec.resultat - float(sans.annee.taxe_salaires[0]))


def test_the_tax_bears_on_the_pay_of_insertion_if_the_reader_says_so() -> None:
    cadre = replace(modele().cadre, est_association=False, insertion_dans_assiette=True)
    seules = recompute(replace(cadre, insertion_dans_assiette=False))
    toutes = recompute(cadre)
    ecart = float(toutes.annee.taxe_salaires[0] - seules.annee.taxe_salaires[0])
    assert ecart == pytest.approx(0.0425 * float(toutes.annee.salaires[0]))


def test_a_rise_of_the_smic_is_followed_by_pay_and_by_the_reduction() -> None:
    haut = recompute(modele().cadre, insertion__hausse_smic=0.02)
    assert float(haut.annee.heure.salaire[0]) == pytest.approx(11.88 * 1.02)
    assert haut.annee.heure.coefficient == modele().annee.heure.coefficient


def test_a_movement_after_the_path_stays_out_of_it() -> None:
    m = modele()
    tard = replace(m.cadre, mouvements=tuple(replace(un, mois=24) for un in m.cadre.mouvements))
    flux = {un.code: un for un in compute_modele(tard, m.valeurs, m.bareme).tresorerie.flux}
    assert flux["mouvements.vehicule"].montants.sum() == 0.0
    assert flux["mouvements.vehicule"].ensuite == -8000.0


def test_what_is_not_cashed_in_the_path_is_left_after_it() -> None:
    m = modele("AI", ("horizon_mois = 13", "horizon_mois = 12"))
    encaisse = sum(float(un.montants.sum()) + un.ensuite for un in m.tresorerie.flux)
    dotations = 4000.0
    mouvements = 34000.0 - 9000.0 - 8000.0
    assert encaisse == pytest.approx(m.resultat + dotations + mouvements, abs=0.01)
    assert any(un.ensuite > 0 for un in m.tresorerie.flux)


def test_columns_of_draws_give_what_each_row_gives_alone() -> None:
    m = modele()
    facteurs = np.array([0.5, 1.0, 1.3])
    tous = compute_annee(m.cadre, scale(m.cadre, m.valeurs, VOLUME, facteurs), m.bareme).resultat
    seuls = [
        compute_modele(m.cadre, scale(m.cadre, m.valeurs, VOLUME, un), m.bareme).resultat
        for un in facteurs.tolist()
    ]
    assert tous.tolist() == pytest.approx(seuls)
