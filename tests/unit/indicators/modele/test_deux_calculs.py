"""The model and the second computation, written apart in plain Python, say the same."""

from __future__ import annotations

import pytest
from factories.modele_a_la_main import calculer
from factories.modeles import GENRES, ecrire, modele

from maillage.indicators.modele.tresorerie import pay_aide
from maillage.kernel.valeur import Absence

CENTIME = 0.01
RETARD = ("[aide]\n", "[aide]\nretard_mois = { valeur = 2, hypothese = 'essai' }\n")
PLUS_D_HEURES = ("valeur = 9000", "valeur = 12000")
PEU_D_HEURES = ("valeur = 9000", "valeur = 3000")
DEUX_ANS = ("horizon_mois = 13", "horizon_mois = 24")
CORRIGE = ('"smic_non_corrige"', '"smic_corrige"')
SAISON = ("saisonnalite = [7, 7, 8,", "saisonnalite = [0, 0, 30,")
CAS = [
    *((genre, ()) for genre in GENRES),
    ("AI", (RETARD,)),
    ("AI", (PLUS_D_HEURES,)),
    ("AI", (PEU_D_HEURES, SAISON)),
    ("AI", (DEUX_ANS, CORRIGE)),
    ("AI", (("valeur = 9.5", "valeur = 3"), SAISON, DEUX_ANS)),
    ("EI", (("valeur = 36000", "valeur = 20000"),)),
    ("ACI", (("valeur = 42000", "valeur = 900000"),)),
]


@pytest.mark.parametrize(("genre", "changements"), CAS)
def test_the_year_is_the_same(genre: str, changements: tuple[tuple[str, str], ...]) -> None:
    attendu, m = calculer(ecrire(genre, *changements)), modele(genre, *changements)
    annee, seuils = m.annee, m.seuils
    assert float(annee.heure.coefficient[0]) == attendu.coefficient
    assert {code: float(un[0]) for code, un in annee.ventes.items()} == pytest.approx(
        attendu.ventes
    )
    assert float(annee.salaires[0]) == pytest.approx(attendu.salaires)
    assert float(annee.cotisations[0]) == pytest.approx(attendu.cotisations)
    assert float(annee.frais[0]) == pytest.approx(attendu.frais)
    assert float(annee.aide[0]) == pytest.approx(attendu.aide)
    assert float(annee.part_modulee[0]) == pytest.approx(attendu.part_modulee)
    assert m.resultat == pytest.approx(attendu.resultat, abs=CENTIME)
    assert seuils.marge == pytest.approx(attendu.marge)
    assert seuils.prix == pytest.approx(max(0.0, attendu.prix))
    if attendu.volume is None:
        assert isinstance(seuils.volume, Absence)
    else:
        assert seuils.volume == pytest.approx(attendu.volume)


@pytest.mark.parametrize(("genre", "changements"), CAS)
def test_the_cash_is_the_same_month_by_month(
    genre: str, changements: tuple[tuple[str, str], ...]
) -> None:
    attendu, m = calculer(ecrire(genre, *changements)), modele(genre, *changements)
    verse = pay_aide(m.cadre, m.valeurs, m.bareme)
    assert verse.tolist() == pytest.approx(attendu.versements, abs=CENTIME)
    assert m.tresorerie.soldes.tolist() == pytest.approx(attendu.soldes, abs=2 * CENTIME)
    assert m.tresorerie.point_bas == pytest.approx(min(attendu.soldes), abs=2 * CENTIME)
    assert m.tresorerie.mois_bas == attendu.soldes.index(min(attendu.soldes)) + 1
