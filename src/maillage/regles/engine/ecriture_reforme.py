"""Writing of reforms in their own grammar: the commonest one in full, other hypotheses in a text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from maillage.kernel.francais import ESPACE_FINE, ESPACE_INSECABLE, format_date
from maillage.regles.engine.noeuds import parse_noeud

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from maillage.kernel.money import Centimes

_ESPACES = (ESPACE_FINE, ESPACE_INSECABLE)
CLE_MONTANT = "montant"
SANS_SOURCE = (
    "Montant saisi dans Maillage, sans texte : une question posée, pas une proposition publiée"
)
"""Source of a reform that nobody has published; a reform without a source is refused."""


@dataclass(frozen=True, slots=True)
class ChangementMontant:
    """The commonest reform: one amount, from one day to another.

    Attributes:
        chemin: Parameter that changes.
        code: Short name of the reform.
        quoi: What changes, in French: « Aide au poste des AI ».
        montant: New amount per ETP and year.
        du: First day.
        au: Last day.
        source: Text or author; empty when there is none.
        indetermine: What the reform leaves open, a French sentence each.
    """

    chemin: str
    code: str
    quoi: str
    montant: Centimes
    du: date
    au: date
    source: str
    indetermine: tuple[str, ...]


def write_changement(changement: ChangementMontant) -> str:
    """The reform as a file that `parse_reforme` reads."""
    # Neither names the amount: it is a hypothesis, that can be changed afterwards.
    phrase = (
        f"Montant par ETP et par an, du {format_date(changement.du)} au "
        f"{format_date(changement.au)}, sans suivre le SMIC."
    )
    titre = f"{changement.quoi}, nouveau montant au {format_date(changement.du)}"
    lignes = [
        f"code: {changement.code}",
        f"titre: {_quote(titre)}",
        "source:",
        f"  - title: {_quote(changement.source or SANS_SOURCE)}",
        f"valable_jusqu_au: {changement.au.isoformat()}",
        "indetermine:",
        *(f"  - {_quote(indetermine)}" for indetermine in changement.indetermine),
        "hypotheses:",
        f"  {CLE_MONTANT}:",
        f"    phrase: {_quote(phrase)}",
        f"    valeur: {_plain(changement.montant)}",
        "changements:",
        f"  - chemin: {changement.chemin}",
        "    values:",
        f"      {changement.du.isoformat()}:",
        f"        hypothese: {CLE_MONTANT}",
    ]
    return "\n".join(lignes) + "\n"


def set_hypotheses(text: str, valeurs: Mapping[str, float]) -> str:
    """Same text, with other values for some of its hypotheses; comments and layout are kept.

    Args:
        text: A reform that `parse_reforme` accepts.
        valeurs: New values by key; a key that the text does not have is ignored.

    Raises:
        FichierInvalide: MLG-REG-101, the text is not YAML.
    """
    parse_noeud(text, "")  # the same refusals as the reader, before anything is composed
    for debut, fin, nombre in sorted(_places(text, valeurs), reverse=True):
        text = f"{text[:debut]}{_number(nombre)}{text[fin:]}"
    return text


def _places(text: str, valeurs: Mapping[str, float]) -> Iterator[tuple[int, int, float]]:
    """Where each value to change starts and ends, and its new number."""
    racine = yaml.compose(text, Loader=yaml.SafeLoader)
    for cle, hypothese in _items(_find(racine, "hypotheses")):
        noeud = _find(hypothese, "valeur")
        if cle in valeurs and isinstance(noeud, yaml.ScalarNode):
            yield noeud.start_mark.index, noeud.end_mark.index, valeurs[cle]


def _find(noeud: yaml.Node | None, cle: str) -> yaml.Node | None:
    return dict(_items(noeud)).get(cle)


def _items(noeud: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    if not isinstance(noeud, yaml.MappingNode):
        return []
    return [(str(cle.value), valeur) for cle, valeur in noeud.value]


def _quote(texte: str) -> str:
    """Text between double quotes, which YAML reads as JSON does; unprintable signs are dropped."""
    garde = (c for c in texte if c.isprintable() or c in _ESPACES)
    return json.dumps("".join(garde), ensure_ascii=False)


def _plain(montant: Centimes) -> str:
    euros = montant.to_euros()
    return str(int(euros)) if euros == int(euros) else str(euros)


def _number(nombre: float) -> str:
    """As YAML reads a number: no exponent, a point, no needless decimals."""
    return str(int(nombre)) if nombre == int(nombre) else f"{nombre:.12f}".rstrip("0")
