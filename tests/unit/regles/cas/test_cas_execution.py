"""The runner of the cases where a result is not known, and the words of every name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from maillage.regles.cas.execution import verify
from maillage.regles.cas.lecture import REFORMES, list_cas, list_mecanismes
from maillage.regles.engine.formules import load_regles
from maillage.regles.engine.unites import UNITES
from maillage.regles.libelles import LIBELLES, find_unite, get_libelle, is_euros

if TYPE_CHECKING:
    from maillage.regles.cas.modele import Cas

PAGES = (
    "cofinancement",
    "cotisations",
    "mise_a_disposition",
    "smic",
    "taxe_salaires",
    "versement",
)
"""Mechanisms whose formulas are told step by step."""


def find(mecanisme: str, debut: str) -> Cas:
    return next(cas for cas in list_cas(mecanisme) if cas.titre.startswith(debut))


def test_months_that_are_not_given_are_unknown_and_not_zero() -> None:
    cas = find("versement", "Tous les postes")
    obtenu = verify(replace(cas, entrees={**cas.entrees, "realises": ("12",)})).obtenu
    assert isinstance(obtenu["verses"], tuple)
    assert obtenu["verses"][0] == Decimal(20441)
    assert obtenu["droit"] == "inconnue"


def test_a_reform_where_the_law_is_unknown_says_so() -> None:
    cas = find(REFORMES, "AI doublée")
    obtenu = verify(replace(cas, entrees={**cas.entrees, "le_avant": cas.entrees["le_apres"]}))
    assert obtenu.obtenu == {"AI": ("inconnue", 3238)}
    assert not obtenu.concorde


def test_a_case_reads_the_law_as_it_was_known() -> None:
    cas = find("aide_au_poste", "Annexe de janvier 2022")
    sans = {nom: valeur for nom, valeur in cas.entrees.items() if nom != "connu_au"}
    assert verify(replace(cas, entrees=sans)).obtenu["montant_unitaire"] == Decimal(1441)


@pytest.mark.parametrize("mecanisme", [m for m in list_mecanismes() if m != REFORMES])
def test_every_name_of_a_case_has_french_words(mecanisme: str) -> None:
    noms = {nom for cas in list_cas(mecanisme) for nom in (*cas.entrees, *cas.attendu)}
    assert noms - LIBELLES.keys() == set()


@pytest.mark.parametrize("mecanisme", PAGES)
def test_every_formula_and_every_ingredient_has_french_words(mecanisme: str) -> None:
    versions = [
        (nom, version)
        for nom, toutes in load_regles().versions.items()
        for version in toutes
        if version.formule.__module__ == f"maillage.regles.{mecanisme}.formules"
    ]
    assert versions
    for nom, version in versions:
        assert get_libelle(nom)
        assert all(get_libelle(argument.nom) for argument in version.arguments)


@pytest.mark.parametrize("mecanisme", PAGES)
def test_every_formula_says_in_french_what_it_does(mecanisme: str) -> None:
    for toutes in load_regles().versions.values():
        for version in toutes:
            if version.formule.__module__ == f"maillage.regles.{mecanisme}.formules":
                assert version.formule.explication.endswith("."), version.formule.nom


def test_no_words_are_left_without_their_name() -> None:
    connus = {nom for cas in map(list_cas, list_mecanismes()) for c in cas for nom in c.entrees}
    connus |= {nom for cas in map(list_cas, list_mecanismes()) for c in cas for nom in c.attendu}
    for nom, toutes in load_regles().versions.items():
        connus |= {nom, *(argument.nom for version in toutes for argument in version.arguments)}
    assert LIBELLES.keys() - connus == set()


def test_units_are_those_of_the_formulas() -> None:
    assert find_unite("coefficient_reduction") is UNITES["taux"]
    assert find_unite("remuneration") is UNITES["EUR"]
    assert find_unite("arrete_au") is None
    assert is_euros("montant")
    assert is_euros("taxe_due")
    assert not is_euros("coefficient_reduction")
    assert not is_euros("arrete_au")
