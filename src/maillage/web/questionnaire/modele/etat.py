"""Where an answer stands: what is asked, what is missing, what disagrees."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.web.questionnaire.modele.definition import Forme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.web.questionnaire.modele.definition import Definition, Question, Regle
    from maillage.web.questionnaire.modele.saisie import Saisie


@dataclass(frozen=True, slots=True)
class Avancement:
    """How far an answer is."""

    repondues: int
    posees: int

    @property
    def pourcentage(self) -> int:
        """Share of the questions asked that have an answer; 100 only when all do."""
        return 100 * self.repondues // self.posees if self.posees else 0


@dataclass(frozen=True, slots=True)
class Bilan:
    """What stands between an answer and its sending.

    Attributes:
        manquantes: Compulsory questions without answer.
        facultatives: Others without answer.
        bloquantes: Rules that stop the sending.
        signalees: Rules that are only said.
    """

    manquantes: tuple[Question, ...]
    facultatives: tuple[Question, ...]
    bloquantes: tuple[Regle, ...]
    signalees: tuple[Regle, ...]

    @property
    def is_envoyable(self) -> bool:
        """Whether it can be sent."""
        return not self.manquantes and not self.bloquantes


def list_posees(definition: Definition, saisies: Mapping[str, Saisie]) -> list[Question]:
    """Questions that are asked, given the answers: a question that hangs on one not asked is not."""
    posees: dict[str, Question] = {}
    for question in definition.questions:
        condition = question.condition
        if condition is None or (
            condition.question in posees
            and condition.question in saisies
            and condition.valeur in saisies[condition.question].valeurs
        ):
            posees[question.code] = question
    return list(posees.values())


def measure(questions: Iterable[Question], saisies: Mapping[str, Saisie]) -> Avancement:
    """How many of these questions have an answer."""
    codes = [question.code for question in questions]
    return Avancement(sum(code in saisies for code in codes), len(codes))


def examine(definition: Definition, saisies: Mapping[str, Saisie]) -> Bilan:
    """What is missing and what disagrees."""
    posees = list_posees(definition, saisies)
    muettes = [question for question in posees if question.code not in saisies]
    utiles = {q.code: saisies[q.code] for q in posees if q.code in saisies}
    fausses = [regle for regle in definition.regles if is_broken(regle, utiles)]
    return Bilan(
        tuple(question for question in muettes if question.obligatoire),
        tuple(question for question in muettes if not question.obligatoire),
        tuple(regle for regle in fausses if regle.is_bloquante),
        tuple(regle for regle in fausses if not regle.is_bloquante),
    )


def is_broken(regle: Regle, saisies: Mapping[str, Saisie]) -> bool:
    """Whether numbers disagree; a rule with an unknown number says nothing."""
    nombres: list[Decimal] = []
    for code in (*regle.termes, regle.total):
        nombre = saisies[code].nombre if code in saisies else None
        if nombre is None:
            return False
        nombres.append(nombre)
    *termes, total = nombres
    if regle.forme is Forme.AU_PLUS:
        return termes[0] > total
    return sum(termes, Decimal(0)) != total
