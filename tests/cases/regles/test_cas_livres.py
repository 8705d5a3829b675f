"""Every case shipped with the rules, written for a jurist, through the whole engine."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from maillage.regles.cas.execution import verify, verify_mecanisme
from maillage.regles.cas.lecture import FICHIER, REFORMES, list_cas, list_mecanismes
from maillage.regles.engine.lecture_reforme import list_reformes

if TYPE_CHECKING:
    from maillage.regles.cas.modele import Cas

NOMBRES = {
    "aide_au_poste": 21,
    "cofinancement": 3,
    "cotisations": 37,
    "mise_a_disposition": 13,
    "reformes": 7,
    "smic": 5,
    "taxe_salaires": 9,
    "versement": 5,
}
"""How many each file holds at least: a case is added, never lost."""
# its amounts are those of the law, like the central scenario's
REFORMES_SANS_CAS = {"revue_depenses_2024_gel"}
TOUS = [cas for mecanisme in list_mecanismes() for cas in list_cas(mecanisme)]


def read_tables(mecanisme: str) -> list[dict[str, Any]]:
    fichier = files("maillage.regles") / mecanisme / FICHIER
    tables: list[dict[str, Any]] = tomllib.loads(fichier.read_text(encoding="utf-8"))["cas"]
    return tables


def names(cas: Cas) -> str:
    return f"{cas.mecanisme}: {cas.titre}"


@pytest.mark.parametrize("cas", TOUS, ids=names)
def test_case(cas: Cas) -> None:
    verification = verify(cas)
    assert verification.obtenu == cas.attendu
    assert verification.concorde


@pytest.mark.parametrize("cas", TOUS, ids=names)
def test_a_case_that_expects_something_else_disagrees(cas: Cas) -> None:
    """The page shows agreement: it must be able to show the contrary."""
    faux = replace(cas, attendu=dict.fromkeys(cas.attendu, "autre chose"))
    assert not verify(faux).concorde


def test_no_mechanism_lost_its_cases() -> None:
    assert set(list_mecanismes()) == set(NOMBRES)
    for mecanisme, nombre in NOMBRES.items():
        assert len(list_cas(mecanisme)) == len(read_tables(mecanisme)) >= nombre
        assert [v.cas for v in verify_mecanisme(mecanisme)] == list(list_cas(mecanisme))


def test_the_targets_of_a_case_are_what_it_expects() -> None:
    """A file names its targets before its results, for who reads it alone."""
    for mecanisme in NOMBRES:
        for table in read_tables(mecanisme):
            assert table.get("cibles") in {None, list(table.get("attendu", {}))}


@pytest.mark.parametrize("cas", TOUS, ids=names)
def test_a_case_can_be_read_by_a_jurist(cas: Cas) -> None:
    assert cas.titre.strip()
    assert cas.texte.strip()
    assert cas.attendu
    assert cas.url.startswith("http") or (cas.mecanisme == REFORMES and not cas.url)
    assert any(isinstance(valeur, date) for valeur in cas.entrees.values())


def test_titles_are_unique_in_a_file() -> None:
    for mecanisme in NOMBRES:
        titres = [cas.titre for cas in list_cas(mecanisme)]
        assert len(set(titres)) == len(titres)


def test_a_refusal_is_a_result() -> None:
    refuses = [cas for cas in TOUS if "refus" in cas.attendu]
    assert len(refuses) >= 6
    autre = replace(refuses[0], attendu={"montant_unitaire": "1", "montant": "1"})
    assert verify(autre).obtenu == refuses[0].attendu


def test_every_reform_has_a_case() -> None:
    assert {cas.regle for cas in list_cas(REFORMES)} == set(list_reformes()) - REFORMES_SANS_CAS


def test_a_mechanism_without_cases_has_none() -> None:
    assert list_cas("budget") == ()
    assert verify_mecanisme("budget") == ()
