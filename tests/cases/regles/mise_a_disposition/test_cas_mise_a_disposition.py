"""Every case of the 480 hours, with the values that the parameters give."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maillage.regles.mise_a_disposition.decompte import compute_decompte
from maillage.regles.mise_a_disposition.modele import (
    Derogation,
    EmployeurPublic,
    HeuresSousDerogation,
    Lecture,
    MiseADisposition,
    PointDeDepart,
    TypeClient,
)
from maillage.regles.mise_a_disposition.parametrage import get_plafond

TEXT = Path(__file__).with_name("mise_a_disposition.toml").read_text(encoding="utf-8")
CASES = tomllib.loads(TEXT)["cas"]


@pytest.mark.parametrize("cas", CASES, ids=[cas["titre"] for cas in CASES])
def test_case(cas: dict[str, Any]) -> None:
    lecture = Lecture(
        PointDeDepart(cas.get("point_de_depart", "premiere_mise_a_disposition_plafonnee")),
        EmployeurPublic(cas.get("employeur_public", "plafonne")),
        HeuresSousDerogation(cas.get("heures_sous_derogation", "comptees")),
    )
    decompte = compute_decompte(
        [MiseADisposition(j, h, TypeClient(t)) for j, h, t in cas["mises_a_disposition"]],
        cas["arrete_au"],
        plafond=get_plafond(cas["arrete_au"]),
        lecture=lecture,
        derogations=[Derogation(debut, fin) for debut, fin in cas.get("derogations", [])],
    )
    assert {nom: getattr(decompte, nom) for nom in cas["attendu"]} == cas["attendu"]
    assert decompte.lecture.phrases == lecture.phrases


def test_every_case_cites_its_text_and_address() -> None:
    assert all(cas["texte"].strip() and cas["url"].startswith("http") for cas in CASES)


def test_values_of_the_law() -> None:
    plafond = get_plafond(date(2026, 11, 23))
    assert (plafond.nombre_heures, plafond.duree_mois) == (480, 24)
    assert (plafond.derogation_depuis, plafond.derogation_duree_max_ans) == (date(2021, 9, 1), 3)


def test_before_september_2021_no_waiver_is_known() -> None:
    assert get_plafond(date(2021, 8, 31)).derogation_depuis is None
    assert get_plafond(date(2021, 9, 1)).derogation_depuis == date(2021, 9, 1)
