"""Reading of the case files, `cas.toml` in the folder of each mechanism."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from maillage.regles.cas.modele import REFUS, Cas
from maillage.regles.engine.lecture import RACINE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.regles.cas.modele import Donnee

Table = dict[str, Any]  # as tomllib gives it; what is built from it is typed

FICHIER = "cas.toml"
REFORMES = "reformes"
DECOMPTE = "decompte"
FORMULES = "formules"
ANNEXES = ("aide_au_poste", "cofinancement", "versement")
"""Mechanisms whose cases are annexes; their amounts are exact."""
_TITRES = {"titre", "texte", "url", "calcul", "regle", "attendu", "entrees"}


def list_mecanismes() -> tuple[str, ...]:
    """Folders of the rules that have cases, in order."""
    dossiers = (dossier for dossier in files(RACINE).iterdir() if dossier.is_dir())
    return tuple(sorted(dossier.name for dossier in dossiers if (dossier / FICHIER).is_file()))


@cache
def list_cas(mecanisme: str) -> tuple[Cas, ...]:
    """Cases of a mechanism, in the order of its file; none for a mechanism without cases."""
    fichier = files(RACINE) / mecanisme / FICHIER
    if not fichier.is_file():
        return ()
    tables = tomllib.loads(fichier.read_text(encoding="utf-8"))["cas"]
    return tuple(_read(mecanisme, table) for table in tables)


def _read(mecanisme: str, table: Table) -> Cas:
    if mecanisme == REFORMES:
        return _read_reforme(table)
    entrees = _values(table.get("entrees", {}))
    # What a count is given stands beside its title; the other files have a table of their own.
    entrees |= _values({cle: valeur for cle, valeur in table.items() if cle not in _TITRES})
    entrees.pop("cibles", None)
    decimales = entrees.pop("decimales", None)
    exact = mecanisme in ANNEXES
    return Cas(
        mecanisme=mecanisme,
        titre=table["titre"],
        texte=table["texte"],
        url=table["url"],
        calcul=table.get("calcul", ""),
        regle=table.get("regle", FORMULES if "cibles" in table else DECOMPTE),
        entrees=entrees,
        attendu={
            nom: _to_decimal(valeur) if exact and nom != REFUS else valeur
            for nom, valeur in _values(table["attendu"]).items()
        },
        decimales=decimales if isinstance(decimales, int) else None,
    )


def _read_reforme(table: Table) -> Cas:
    entrees = {"le_avant": table["le_avant"], "le_apres": table["le_apres"]}
    return Cas(
        mecanisme=REFORMES,
        titre=table["titre"],
        texte=table["texte"],
        url="",
        calcul="",
        regle=table["reforme"],
        entrees=entrees | _values(table.get("hypotheses", {})),
        attendu=_values(table["montants"]),
    )


def _values(table: Mapping[str, Any]) -> dict[str, Donnee]:
    return {nom: _freeze(valeur) for nom, valeur in table.items()}


def _freeze(valeur: Any) -> Donnee:
    if isinstance(valeur, list):
        return tuple(_freeze(item) for item in valeur)
    donnee: Donnee = valeur
    return donnee


def _to_decimal(valeur: Donnee) -> Donnee:
    """An amount is written as text, so that no binary fraction comes between."""
    if isinstance(valeur, tuple):
        return tuple(_to_decimal(item) for item in valeur)
    return Decimal(str(valeur))
