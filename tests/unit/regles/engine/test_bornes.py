"""The day before, of and after every change of every parameter of the law."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation

LOI = load_legislation()
JOUR = timedelta(days=1)
CHANGEMENTS = [
    pytest.param(feuille.chemin, rang, id=f"{feuille.chemin}@{valeur.date_effet}")
    for feuille in LOI.feuilles.values()
    for rang, valeur in enumerate(feuille.valeurs)
]


@pytest.mark.parametrize(("chemin", "rang"), CHANGEMENTS)
def test_a_value_starts_on_its_day_and_not_the_day_before(chemin: str, rang: int) -> None:
    feuille = LOI.leaf(chemin)
    datee = feuille.valeurs[rang]
    if datee.valeur is None and not datee.renvoi:
        for jour in (datee.date_effet, datee.date_effet + JOUR):
            with pytest.raises(PeriodeNonModelisee):
                LOI.resolve(chemin, jour)
    else:
        for jour in (datee.date_effet, datee.date_effet + JOUR):
            legale = LOI.resolve(chemin, jour)
            assert legale.date_effet == datee.date_effet
            assert datee.renvoi or legale.valeur == datee.valeur
    veille = datee.date_effet - JOUR
    try:
        avant = LOI.resolve(chemin, veille)
    except PeriodeNonModelisee:
        return
    assert rang > 0
    assert avant.date_effet == feuille.valeurs[rang - 1].date_effet


@pytest.mark.parametrize("chemin", LOI.chemins)
def test_a_value_ends_with_what_was_checked(chemin: str) -> None:
    fin = LOI.leaf(chemin).valable_jusqu_au
    assert fin is not None
    with pytest.raises(PeriodeNonModelisee):
        LOI.resolve(chemin, fin + JOUR)


@pytest.mark.parametrize("chemin", LOI.chemins)
def test_a_text_is_known_on_the_day_of_its_publication_and_not_before(chemin: str) -> None:
    for datee in LOI.leaf(chemin).valeurs:
        publication = datee.publication or datee.date_effet
        assert datee.is_connue(publication)
        assert datee.is_connue(publication + JOUR)
        assert not datee.is_connue(publication - JOUR)
