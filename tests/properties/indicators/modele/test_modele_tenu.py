"""What holds of every model, whatever its figures."""

from __future__ import annotations

import numpy as np
import pytest
from factories.modeles import modele
from hypothesis import given
from hypothesis import strategies as st

from maillage.indicators.modele.cles import Unite, list_cles
from maillage.indicators.modele.leviers import VOLUME, scale
from maillage.indicators.modele.modele import Modele, compute_modele
from maillage.indicators.modele.tresorerie import pay_aide
from maillage.kernel.valeur import Absence

GENRES = st.sampled_from(["AI", "ACI", "EI", "ETTI"])
FACTEUR = st.floats(0.0, 3.0)


@st.composite
def modeles(draw: st.DrawFn) -> Modele:
    """An example where every figure but the delays is multiplied."""
    m = modele(draw(GENRES))
    valeurs = dict(m.valeurs)
    for cle in list_cles(m.cadre):
        if cle.unite is Unite.MOIS:
            valeurs[cle.chemin] = np.array([float(draw(st.integers(0, 6)))])
        elif cle.unite is Unite.HEURES_ETP or cle.chemin == "aide.montant_unitaire":
            continue
        else:
            haut = min(cle.maximum, float(m.valeurs[cle.chemin][0]) * draw(FACTEUR))
            valeurs[cle.chemin] = np.array([max(cle.minimum, round(haut, 4))])
    # posts are agreed in hundredths
    valeurs["aide.etp_conventionnes"] = valeurs["aide.etp_conventionnes"].round(2)
    return compute_modele(m.cadre, valeurs, m.bareme)


@given(modeles())
def test_the_schedule_of_the_aide_adds_up_to_the_aide_of_the_year(m: Modele) -> None:
    verse = pay_aide(m.cadre, m.valeurs, m.bareme)
    assert verse.sum() == pytest.approx(float(m.annee.aide[0]), abs=0.02)
    assert (verse[:12] >= -1e-9).all()


@given(modeles())
def test_nothing_of_the_year_is_lost_on_the_way_to_the_cash(m: Modele) -> None:
    if m.cadre.horizon != 12:
        return
    payes = sum(float(un.montants.sum()) + un.ensuite for un in m.tresorerie.flux)
    hors_resultat = sum(
        float(m.valeurs[f"mouvements.{un.code}.montant"][0]) for un in m.cadre.mouvements
    )
    non_payees = sum(
        float(m.annee.charges[un.code][0]) for un in m.cadre.charges if not un.is_decaissable
    )
    assert payes == pytest.approx(m.resultat + non_payees + hors_resultat, abs=0.05)


@given(modeles())
def test_at_the_threshold_the_result_is_nil(m: Modele) -> None:
    volume = m.seuils.volume
    if isinstance(volume, Absence) or volume == 0 or m.seuils.heures <= 1:
        return
    facteur = volume / m.seuils.heures
    au_seuil = compute_modele(m.cadre, scale(m.cadre, m.valeurs, VOLUME, facteur), m.bareme)
    echelle = float(au_seuil.annee.total_charges[0]) + 1.0
    assert au_seuil.resultat == pytest.approx(0.0, abs=1e-9 * echelle + 1e-6)


@given(modeles())
def test_below_the_threshold_the_year_loses(m: Modele) -> None:
    volume = m.seuils.volume
    if isinstance(volume, Absence) or volume == 0 or m.seuils.heures <= 1:
        return
    facteur = 0.9 * volume / m.seuils.heures
    dessous = compute_modele(m.cadre, scale(m.cadre, m.valeurs, VOLUME, facteur), m.bareme)
    assert dessous.resultat < 1e-6


@given(modeles(), st.integers(0, 6))
def test_a_late_aide_never_raises_the_cash(m: Modele, retard: int) -> None:
    tard = {**m.valeurs, "aide.retard_mois": m.valeurs["aide.retard_mois"] + retard}
    soldes = compute_modele(m.cadre, tard, m.bareme).tresorerie.soldes
    # the settlement may take back: from then on, being late helps
    avant = slice(0, 12)
    assert (soldes[avant] <= m.tresorerie.soldes[avant] + 0.01).all()
