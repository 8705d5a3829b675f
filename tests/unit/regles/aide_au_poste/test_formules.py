"""Length, table of amounts and unit amount of an annexe."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.regles.aide_au_poste.formules import (
    bareme_socle,
    duree_mois,
    montant_socle,
    montant_unitaire_centimes,
)


def days(*texts: str) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array(texts, dtype="datetime64[D]")


def test_every_month_that_is_touched_counts() -> None:
    debuts = days("2022-01-01", "2022-01-31", "2021-07-01", "2020-02-29")
    fins = days("2022-12-31", "2022-02-01", "2022-06-30", "2020-02-29")

    assert duree_mois(debuts, fins).tolist() == [12, 2, 12, 1]


def test_each_territoire_has_its_table() -> None:
    tables = bareme_socle(
        np.array(["metropole_drom", "mayotte", "milieu_penitentiaire"]),
        np.array(["AI", "ETTI", "EI"]),
    )

    assert tables.tolist() == [
        "montant_socle",
        "montant_socle_mayotte",
        "montant_socle_milieu_penitentiaire",
    ]


def test_an_unknown_territoire_is_refused() -> None:
    with pytest.raises(ValueError, match="guyane"):
        bareme_socle(np.array(["mayotte", "guyane"]), np.array(["AI", "AI"]))


@pytest.mark.parametrize("type_siae", ["AI", "ETTI", "EITI"])
def test_prison_has_amounts_for_ei_and_aci_only(type_siae: str) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-REG-226"):
        bareme_socle(np.array(["milieu_penitentiaire"]), np.array([type_siae]))


def test_the_unit_amount_is_the_socle_in_cents() -> None:
    socles = montant_socle(np.array([21096.0, 1428.5]))

    assert montant_unitaire_centimes(socles).tolist() == [2109600, 142850]
