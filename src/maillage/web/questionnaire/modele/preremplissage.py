"""Answers that are already known, each with the sentence that says where from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maillage.kernel.francais import typeset
from maillage.web.questionnaire.modele.saisie import (
    Origine,
    ReponseIllisible,
    Saisie,
    read_saisie,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.web.questionnaire.modele.definition import Definition, Question


@dataclass(frozen=True, slots=True)
class Connu:
    """What is known of a structure before it answers.

    Attributes:
        types: Kinds of its conventions.
        nombre_conventions: How many it holds.
        commune, departement, region: Official codes, empty when unknown.
        annee_precedente: Year of the last answer sent; None without any.
        precedentes: Its answers, by code of question.
    """

    types: tuple[str, ...] = ()
    nombre_conventions: int = 0
    commune: str = ""
    departement: str = ""
    region: str = ""
    annee_precedente: int | None = None
    precedentes: Mapping[str, Saisie] | None = None


RESERVES: Final = ("types_siae", "nombre_conventions", "commune", "departement", "region")
"""Codes of questions that the file of the structure answers by itself."""
_FICHE = "d’après la fiche de la structure dans le réseau"
_CONVENTIONS = "d’après les conventions enregistrées dans le réseau"


def prefill(definition: Definition, connu: Connu) -> dict[str, Saisie]:
    """Answers to propose, by code: the file of the structure first, then last year's answer."""
    proposees: dict[str, Saisie] = {}
    for question in definition.questions:
        saisie = _from_fiche(question, connu) or _from_precedente(question, connu)
        if saisie is not None:
            proposees[question.code] = saisie
    return proposees


def _from_fiche(question: Question, connu: Connu) -> Saisie | None:
    conventions = str(connu.nombre_conventions) if connu.nombre_conventions else ""
    faits: Mapping[str, tuple[tuple[str, ...], str]] = {
        "types_siae": (tuple(nom.lower() for nom in connu.types), _CONVENTIONS),
        "nombre_conventions": ((conventions,), _CONVENTIONS),
        "commune": ((connu.commune,), _FICHE),
        "departement": ((connu.departement,), _FICHE),
        "region": ((connu.region,), _FICHE),
    }
    if question.code not in faits:
        return None
    valeurs, source = faits[question.code]
    return _propose(question, valeurs, source)


def _from_precedente(question: Question, connu: Connu) -> Saisie | None:
    precedente = (connu.precedentes or {}).get(question.code)
    if precedente is None or precedente.sans is not None:
        return None
    source = f"d’après votre réponse à la même question en {connu.annee_precedente}"
    return _propose(question, precedente.valeurs, source)


def _propose(question: Question, valeurs: tuple[str, ...], source: str) -> Saisie | None:
    """The value, when it is an answer to the question as it is asked now; None otherwise."""
    try:
        lue = read_saisie(question, valeurs)
    except ReponseIllisible:
        return None
    if lue is None:
        return None
    return Saisie(lue.valeurs, None, Origine.PREREMPLIE, typeset(source))
