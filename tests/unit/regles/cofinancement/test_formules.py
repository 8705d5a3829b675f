"""Share of the département, both ways."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.regles.cofinancement.formules import (
    bareme_rsa,
    cofinancement_mensuel_par_beneficiaire,
    nombre_beneficiaires_cible,
    part_departement,
    part_departement_centimes,
    rsa_personne_seule,
)

RSA = np.array([550.93])
TAUX = np.array([0.88])


def test_the_rsa_of_mayotte_is_not_that_of_the_rest_of_france() -> None:
    noms = bareme_rsa(np.array(["metropole_drom", "milieu_penitentiaire"]))

    assert noms.tolist() == ["rsa_montant_forfaitaire_personne_seule"] * 2
    with pytest.raises(SaisieInvalide, match="MLG-REG-227"):
        bareme_rsa(np.array(["metropole_drom", "mayotte"]))


def test_88_percent_of_the_rsa() -> None:
    par_mois = cofinancement_mensuel_par_beneficiaire(rsa_personne_seule(RSA), TAUX)

    np.testing.assert_allclose(par_mois, [484.8184])


@pytest.mark.parametrize(
    ("mois_beneficiaires", "total", "attendu"),
    [
        (0, 10_000_000, 0),
        (1, 10_000_000, 48482),
        (72, 10_000_000, 3490692),  # 34 906,9248 €, rounded once
        (72, 3490692, 3490692),
        (72, 3490691, 3490691),
        (72, 0, 0),
    ],
)
def test_months_by_recipients_capped_at_the_amount(
    mois_beneficiaires: int, total: int, attendu: int
) -> None:
    part = part_departement_centimes(np.array([mois_beneficiaires]), RSA, TAUX, np.array([total]))

    assert part.tolist() == [attendu]


def test_a_real_amount_stands_for_twelve_persons() -> None:
    """ACI972180023A0M1, July to December 2018: 34 907 € of the territorial collectivity."""
    par_mois = cofinancement_mensuel_par_beneficiaire(RSA, TAUX)
    cible = nombre_beneficiaires_cible(np.array([3490700]), np.array([6]), par_mois)

    np.testing.assert_allclose(cible, [12.0], atol=1e-4)


def test_share_of_the_departement() -> None:
    parts = part_departement(np.array([3490700, 0, 0]), np.array([10237008, 10237008, 0]))

    np.testing.assert_allclose(parts, [3490700 / 10237008, 0.0, 0.0])
