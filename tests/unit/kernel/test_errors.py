"""Errors that a person reads."""

from __future__ import annotations

import pytest

from maillage.kernel.errors import (
    Anomalie,
    DonneesIndisponibles,
    EnvironnementInvalide,
    FichierInvalide,
    Introuvable,
    SaisieInvalide,
    UserError,
)

PREMIERE = Anomalie("MLG-TST-001", "Le nom « Rene » est inconnu.", "Essayez Rennes.")
SECONDE = Anomalie("MLG-TST-002", "La colonne x manque.", "Ajoutez-la.", "f.csv, ligne 3")


def test_an_anomaly_says_what_where_and_what_to_do() -> None:
    assert str(PREMIERE) == "[MLG-TST-001] Le nom « Rene » est inconnu. — Essayez Rennes."
    assert str(SECONDE) == "[MLG-TST-002] La colonne x manque. (f.csv, ligne 3) — Ajoutez-la."


def test_all_problems_are_told_together_in_order() -> None:
    erreur = FichierInvalide(PREMIERE, SECONDE)
    assert erreur.anomalies == (PREMIERE, SECONDE)
    assert str(erreur).splitlines() == [str(PREMIERE), str(SECONDE)]


def test_an_error_without_a_problem_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="at least one Anomalie"):
        UserError()


def test_each_family_has_its_own_exit_code() -> None:
    familles = [
        UserError,
        SaisieInvalide,
        FichierInvalide,
        Introuvable,
        DonneesIndisponibles,
        EnvironnementInvalide,
    ]
    assert [famille.exit_code for famille in familles] == [1, 2, 3, 4, 5, 6]
    assert all(issubclass(famille, UserError) for famille in familles)
