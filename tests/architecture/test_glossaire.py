"""GLOSSAIRE.toml holds each French term once, and the code uses no forbidden translation of it."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
CHAMPS = {"terme", "nom", "definition", "source", "traductions_interdites"}
Terme = dict[str, Any]  # as tomllib gives it; its shape is what find_defects checks


def load_glossaire() -> list[Terme]:
    termes: list[Terme] = tomllib.loads((ROOT / "GLOSSAIRE.toml").read_text("utf-8"))["terme"]
    return termes


def split_words(identifier: str) -> list[str]:
    """Words of an identifier in snake_case or CamelCase, small letters, without plural s."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", identifier)
    return [word.removesuffix("s") for word in spaced.lower().split("_") if word]


def defined_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of everything that a module defines: names, arguments, attributes, aliases."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr
            case ast.alias(asname=str(name)):
                yield 0, name
            case ast.ExceptHandler(name=str(name)):
                yield node.lineno, name
            case _:
                pass


def find_forbidden(
    names: Iterable[tuple[int, str]], interdites: Mapping[str, str]
) -> list[tuple[int, str, str]]:
    """Line, name and French term of every name that holds a forbidden translation as whole words."""
    searched = [(split_words(english), nom) for english, nom in interdites.items()]
    found = []
    for line, name in names:
        words = split_words(name)
        for english, nom in searched:
            size = len(english)
            if any(words[i : i + size] == english for i in range(len(words) - size + 1)):
                found.append((line, name, nom))
    return found


def find_defects(termes: Iterable[Terme]) -> list[str]:
    """What is wrong with the glossary itself: fields, doubles, names, translations."""
    defects: list[str] = []
    seen: set[str] = set()
    for terme in termes:
        titre = str(terme.get("terme", "?"))
        if set(terme) != CHAMPS:
            defects.append(f"{titre}: fields {sorted(set(terme) ^ CHAMPS)}")
            continue
        vides = [
            champ for champ in ("terme", "nom", "definition", "source") if not terme[champ].strip()
        ]
        defects += [f"{titre}: {champ} is empty" for champ in vides]
        if not re.fullmatch(r"[a-z][a-z0-9_]*", terme["nom"]):
            defects.append(f"{titre}: {terme['nom']!r} is not an ASCII identifier")
        for key in (titre.casefold(), f"nom {terme['nom']}"):
            if key in seen:
                defects.append(f"{titre}: appears twice")
            seen.add(key)
        if not terme["definition"].endswith("."):
            defects.append(f"{titre}: the definition is not a sentence")
    return defects


def read_interdites(termes: Iterable[Terme]) -> dict[str, str]:
    return {
        english: terme["nom"] for terme in termes for english in terme["traductions_interdites"]
    }


def test_each_term_appears_once_with_a_definition_and_a_source() -> None:
    termes = load_glossaire()
    assert find_defects(termes) == []
    assert len(termes) >= 40


def test_no_translation_is_forbidden_twice_or_is_itself_a_term() -> None:
    termes = load_glossaire()
    toutes = [english for terme in termes for english in terme["traductions_interdites"]]
    assert sorted(set(toutes)) == sorted(toutes)
    assert set(toutes).isdisjoint(terme["nom"] for terme in termes)


def test_the_code_uses_no_forbidden_translation() -> None:
    interdites = read_interdites(load_glossaire())
    found = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        names = [(0, path.stem), *defined_names(ast.parse(path.read_text("utf-8")))]
        found += [
            f"{path.relative_to(ROOT)}:{line} {name}: the term is {nom}"
            for line, name, nom in find_forbidden(names, interdites)
        ]
    assert found == []


MAUVAIS = """
import numpy as job_zones
class FinancialAnnex:
    town: str
    def count(self, company_number, *, towns=()):
        self.county = [Municipality for Municipality in towns]
        with open(company_number) as job_subsidy:
            pass
def load_towns(): ...
"""
BON = '''
"""county"""
from towns import county
def parse_siret(countdown, downtown, township_free="county"):
    return countdown.county + count(county=1)
'''


@pytest.mark.parametrize(
    ("code", "attendu"),
    [
        (
            MAUVAIS,
            {
                "job_zones",
                "FinancialAnnex",
                "town",
                "towns",
                "company_number",
                "county",
                "Municipality",
                "job_subsidy",
                "load_towns",
            },
        ),
        (BON, set()),  # a name that we read but do not define is somebody else's
        (
            "try: ...\nexcept OSError as county: ...\nlambda town: 0\nasync def county(): ...",
            {"county", "town"},
        ),
    ],
)
def test_a_forbidden_translation_is_found_where_it_is_defined(code: str, attendu: set[str]) -> None:
    interdites = {
        "town": "commune",
        "municipality": "commune",
        "county": "departement",
        "company_number": "siret",
        "financial_annex": "annexe_financiere",
        "job_subsidy": "aide_au_poste",
        "job_zone": "zone_emploi",
    }
    found = find_forbidden(defined_names(ast.parse(code)), interdites)
    assert {name for _, name, _ in found} == attendu


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("load_towns", ["load", "town"]),
        ("FinancialAnnex", ["financial", "annex"]),
        ("_TOWN_CODES", ["town", "code"]),
        ("parseHTTPTown", ["parse", "http", "town"]),
        ("townhall", ["townhall"]),
    ],
)
def test_identifiers_are_cut_into_words(identifier: str, words: list[str]) -> None:
    assert split_words(identifier) == words


TERME = {
    "terme": "commune",
    "nom": "commune",
    "definition": "Une commune.",
    "source": "INSEE",
    "traductions_interdites": ["town"],
}


@pytest.mark.parametrize(
    ("termes", "defaut"),
    [
        ([TERME, TERME], "appears twice"),
        ([TERME, TERME | {"terme": "Commune", "nom": "autre"}], "appears twice"),
        ([TERME, TERME | {"terme": "autre"}], "appears twice"),
        ([TERME | {"definition": " "}], "definition is empty"),
        ([TERME | {"source": ""}], "source is empty"),
        ([TERME | {"definition": "Une commune"}], "not a sentence"),
        ([TERME | {"nom": "Département"}], "not an ASCII identifier"),
        ([TERME | {"note": "x"}], "fields ['note']"),
        ([{"terme": "commune"}], "fields"),
    ],
)
def test_a_bad_glossary_is_refused(termes: list[Terme], defaut: str) -> None:
    assert find_defects([TERME]) == []
    assert any(defaut in defect for defect in find_defects(termes))
