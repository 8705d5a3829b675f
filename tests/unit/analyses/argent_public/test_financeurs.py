"""Which accounts go to which line."""

from __future__ import annotations

import pytest

from maillage.analyses.argent_public.financeurs import LIGNES, NOMS, PRODUITS, assign_soldes


def test_the_plan_of_accounts_alone_tells_sales_from_grants() -> None:
    soldes = {"706": 100, "7084": 50, "740": 30, "74121": 7, "73": 5, "758": 2, "601": -80}
    assert assign_soldes(soldes) == {
        "ventes": 150,
        "public_non_ventile": 42,
        "autres_produits": 2,
    }


def test_the_longest_digits_that_fit_are_used() -> None:
    soldes = {"7411": 10, "7412": 20, "7413": 40}
    accord = {"741": "etat", "7412": "departement"}
    assert assign_soldes(soldes, accord) == {"etat": 50, "departement": 20}


def test_a_line_that_is_a_total_or_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no such line: \['ensemble_public', 'mairie'\]"):
        assign_soldes({}, {"74": "mairie", "741": "ensemble_public"})


def test_every_line_has_a_name_and_the_whole_is_last() -> None:
    assert set(NOMS) == set(LIGNES.noeuds)
    assert list(NOMS)[-1] == PRODUITS
