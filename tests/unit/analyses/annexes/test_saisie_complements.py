"""Complements and avenants as typed: read exactly, every problem at its field, all at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from maillage.analyses.annexes.demande import (
    Beneficiaires,
    CdiInclusion,
    Modulation,
    Passerelle,
)
from maillage.analyses.annexes.saisie import (
    CHAMPS_COMPLEMENTS,
    parse_centiemes,
    parse_euros,
    parse_jour,
    parse_mois,
    read_avenant,
    read_complements,
)
from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.money import Centimes
from maillage.kernel.period import Mois
from maillage.regles.versement.avenant import Avenant

JUSTE = {
    "poids_personnes": "40",
    "poids_moyens": " 30 ",
    "poids_resultats": "30",
    "note_personnes": "0",
    "note_moyens": "100",
    "note_resultats": "70",
    "passerelle_etp": "2,5",
    "passerelle_mois": "6",
    "cdi_etp": "1.25",
    "cdi_embauche": "15/03/2022",
    "rsa_beneficiaires": "5, 6;7",
    "rsa_montant": "1 246,52 €",
}


def problems(**changes: str) -> list[tuple[str, str]]:
    return [(a.ou, a.code) for a in read_complements({**JUSTE, **changes})[1]]


def test_what_is_right_is_read_exactly() -> None:
    demande, anomalies = read_complements(JUSTE)
    assert anomalies == ()
    assert demande.modulation == Modulation((40, 30, 30), (0, 100, 70))
    assert demande.passerelle == Passerelle(250, 6)
    assert demande.cdi == CdiInclusion(125, date(2022, 3, 15))
    assert demande.beneficiaires == Beneficiaires((5, 6, 7), Centimes(124652))
    assert tuple(JUSTE) == CHAMPS_COMPLEMENTS


def test_nothing_typed_asks_nothing() -> None:
    demande, anomalies = read_complements({})
    assert not demande
    assert anomalies == ()
    assert read_avenant({}) == (None, ())


@pytest.mark.parametrize(
    ("champ", "texte", "code"),
    [
        ("poids_personnes", "", "MLG-CAL-002"),
        ("poids_personnes", "-1", "MLG-CAL-001"),
        ("poids_personnes", "40,5", "MLG-CAL-001"),
        ("poids_personnes", "101", "MLG-CAL-001"),
        ("note_moyens", "101", "MLG-CAL-001"),
        ("poids_personnes", "39", "MLG-REG-211"),
        ("passerelle_etp", "-1", "MLG-CAL-001"),
        ("passerelle_etp", "1,001", "MLG-CAL-001"),
        ("passerelle_etp", "deux", "MLG-CAL-001"),
        ("passerelle_etp", "100000,01", "MLG-CAL-001"),
        ("passerelle_mois", "7", "MLG-CAL-001"),
        ("passerelle_mois", "", "MLG-CAL-002"),
        ("cdi_etp", "", "MLG-CAL-002"),
        ("cdi_embauche", "31/02/2022", "MLG-CAL-004"),
        ("cdi_embauche", "2031-01-01", "MLG-CAL-004"),
        ("cdi_embauche", "", "MLG-CAL-002"),
        ("rsa_beneficiaires", "5 x", "MLG-CAL-001"),
        ("rsa_beneficiaires", "", "MLG-CAL-002"),
        ("rsa_montant", "-3", "MLG-CAL-001"),
        ("rsa_montant", "beaucoup", "MLG-CAL-001"),
    ],
)
def test_a_problem_is_at_its_field(champ: str, texte: str, code: str) -> None:
    assert problems(**{champ: texte}) == [(champ, code)]


def test_all_problems_come_together() -> None:
    assert problems(poids_moyens="x", passerelle_mois="9", cdi_embauche="hier") == [
        ("poids_moyens", "MLG-CAL-001"),
        ("passerelle_mois", "MLG-CAL-001"),
        ("cdi_embauche", "MLG-CAL-004"),
    ]


@pytest.mark.parametrize("mois", ["07/2022", "7/2022", "2022-07"])
def test_an_avenant_is_read(mois: str) -> None:
    textes = {"avenant_mois": mois, "avenant_etp": "14,5", "avenant_montant": "1 509"}
    lu, anomalies = read_avenant({**textes, "avenant_decision": "09/2022"})
    assert anomalies == ()
    assert lu == Avenant(Mois(2022, 7), Decimal("14.5"), Centimes(150900), Mois(2022, 9))


@pytest.mark.parametrize(
    ("changes", "attendus"),
    [
        ({"avenant_mois": ""}, [("avenant_mois", "MLG-CAL-002")]),
        ({"avenant_mois": "juillet"}, [("avenant_mois", "MLG-CAL-003")]),
        ({"avenant_mois": "13/2022"}, [("avenant_mois", "MLG-CAL-003")]),
        ({"avenant_mois": "07/2031"}, [("avenant_mois", "MLG-CAL-003")]),
        ({"avenant_etp": ""}, [("avenant_mois", "MLG-REG-230")]),
        (
            {"avenant_etp": "-1", "avenant_montant": "x", "avenant_decision": "x"},
            [
                ("avenant_etp", "MLG-CAL-001"),
                ("avenant_montant", "MLG-CAL-001"),
                ("avenant_decision", "MLG-CAL-003"),
            ],
        ),
    ],
)
def test_every_problem_of_an_avenant_is_at_its_field(
    changes: dict[str, str], attendus: list[tuple[str, str]]
) -> None:
    lu, anomalies = read_avenant({"avenant_mois": "07/2022", "avenant_etp": "14", **changes})
    assert lu is None
    assert [(a.ou, a.code) for a in anomalies] == attendus


def test_both_sides_of_the_years_and_of_the_numbers() -> None:
    assert parse_mois("01/2014") == Mois(2014, 1)
    assert parse_mois("12/2027") == Mois(2027, 12)
    assert parse_jour("31/12/2027") == date(2027, 12, 31)
    assert parse_jour("2014-01-01") == date(2014, 1, 1)
    assert parse_centiemes("100000") == 10_000_000
    assert parse_euros("1000000") == Centimes(100_000_000)
    for faux in ("12/2013", "01/2028"):
        with pytest.raises(SaisieInvalide):
            parse_mois(faux)
    for faux in ("31/12/2013", "01/01/2028"):
        with pytest.raises(SaisieInvalide):
            parse_jour(faux)
    with pytest.raises(SaisieInvalide):
        parse_euros("1000000,01")
