"""The parameters of OpenFisca say what Maillage resolves, day by day, and nothing where it refuses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation
from openfisca_maillage.lecture import find_parametre
from openfisca_maillage.parametres import build_parametres, convert_contenu

if TYPE_CHECKING:
    from openfisca_maillage import CountryTaxBenefitSystem

DROIT = load_legislation()


@pytest.mark.parametrize("chemin", DROIT.chemins)
def test_every_parameter_is_the_same_around_each_change(
    systeme: CountryTaxBenefitSystem, chemin: str
) -> None:
    jours = [jour + timedelta(pas) for jour in DROIT.breakpoints(chemin) for pas in (-1, 0, 1)]
    for jour in jours:
        try:
            attendu = convert_contenu(DROIT.resolve(chemin, jour).valeur)
        except PeriodeNonModelisee:
            attendu = None
        assert find_parametre(systeme.get_parameters_at_instant, chemin, jour) == attendu


def test_refused_days_and_taken_over_values_are_among_them() -> None:
    """The check above would pass on a law without gap nor renvoi."""
    feuilles = [DROIT.leaf(chemin) for chemin in DROIT.chemins]
    assert sum(bool(feuille.lacunes) for feuille in feuilles) >= 5
    assert sum(any(valeur.renvoi for valeur in feuille.valeurs) for feuille in feuilles) >= 2
    assert DROIT.au(date(2026, 6, 1)).find("aide_au_poste.montant_socle.AI") is None


def test_the_pedigree_is_in_the_metadata() -> None:
    socle = build_parametres().aide_au_poste.montant_socle.AI
    assert socle.metadata["unit"] == "EUR/ETP/an"
    assert socle.metadata["last_value_still_valid_on"] == "2025-12-31"
    assert socle.metadata["official_journal_date"]["2014-07-01"] == "2014-03-15"
    assert "2014" in socle.metadata["reference"]["2014-07-01"][0]["title"]
    assert socle.metadata["maillage"]["valeurs"]["2019-01-01"]["confiance"] == "A"
    detention = build_parametres().aide_au_poste.montant_socle_milieu_penitentiaire.EI.metadata
    assert len(detention["maillage"]["lacunes"]) == 2
    assert detention["maillage"]["valeurs"]["2022-05-01"]["renvoi"] == (
        "aide_au_poste.montant_socle.EI"
    )
