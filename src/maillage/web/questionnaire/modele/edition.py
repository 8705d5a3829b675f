"""Changes to a definition, one gesture at a time: each gives another definition, that holds together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.web.questionnaire.modele.lecture import check_definition

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maillage.web.questionnaire.modele.definition import Definition, Question, Regle, Section


class _Nomme(Protocol):
    @property
    def code(self) -> str:
        """Stable name."""
        ...


N = TypeVar("N", bound=_Nomme)


def put_section(definition: Definition, ancien: str, section: Section) -> Definition:
    """Replace the section that has a code, or add one at the end when the code is empty.

    Raises:
        SaisieInvalide: MLG-QST-002 to 006, the whole no longer holds together.
    """
    return _checked(replace(definition, sections=_put(definition.sections, ancien, section)))


def put_question(
    definition: Definition, section_code: str, ancien: str, question: Question
) -> Definition:
    """Replace a question of a section, or add one at its end.

    Raises:
        SaisieInvalide: MLG-QST-002 to 006, the whole no longer holds together.
    """
    return _checked(
        _map_section(
            definition,
            section_code,
            lambda section: replace(section, questions=_put(section.questions, ancien, question)),
        )
    )


def put_regle(definition: Definition, ancien: str, regle: Regle) -> Definition:
    """Replace a rule, or add one.

    Raises:
        SaisieInvalide: MLG-QST-002 to 006, the whole no longer holds together.
    """
    return _checked(replace(definition, regles=_put(definition.regles, ancien, regle)))


def remove(definition: Definition, code: str, quoi: str) -> Definition:
    """Take out a section, a question or a rule.

    Args:
        definition: Before.
        code: Of what goes.
        quoi: « section », « question » or « regle ».

    Raises:
        SaisieInvalide: MLG-QST-005 or 006, a condition or a rule hangs on it.
    """
    if quoi == "section":
        reste = tuple(section for section in definition.sections if section.code != code)
        return _checked(replace(definition, sections=reste))
    if quoi == "regle":
        regles = tuple(regle for regle in definition.regles if regle.code != code)
        return replace(definition, regles=regles)
    return _checked(
        replace(
            definition,
            sections=tuple(
                replace(s, questions=tuple(q for q in s.questions if q.code != code))
                for s in definition.sections
            ),
        )
    )


def move(definition: Definition, code: str, quoi: str, pas: int) -> Definition:
    """Move a section among sections, or a question within its section, by one rank.

    Raises:
        SaisieInvalide: MLG-QST-005, a condition would come before what it hangs on.
    """
    if quoi == "section":
        return _checked(replace(definition, sections=_shift(definition.sections, code, pas)))
    return _checked(
        replace(
            definition,
            sections=tuple(
                replace(section, questions=_shift(section.questions, code, pas))
                for section in definition.sections
            ),
        )
    )


def check_erratum(ancienne: Definition, nouvelle: Definition) -> None:
    """Refuse a correction that would change what an answer already given means.

    Raises:
        SaisieInvalide: MLG-QST-012, a question changes its kind or loses an answer that it gave.
    """
    anomalies = []
    for question in nouvelle.questions:
        avant = ancienne.find_question(question.code)
        if avant is None:
            continue
        perdus = {choix.code for choix in avant.options} - {c.code for c in question.options}
        if avant.genre is not question.genre or perdus:
            anomalies.append(
                Anomalie(
                    "MLG-QST-012",
                    f"La question {guillemets(question.code)} a déjà pu être répondue sous une autre "
                    "forme.",
                    "Gardez son genre et ses choix, ou donnez un nouveau code à la question corrigée.",
                )
            )
    if anomalies:
        raise SaisieInvalide(*anomalies)


def _checked(definition: Definition) -> Definition:
    anomalies = check_definition(definition)
    if anomalies:
        raise SaisieInvalide(*anomalies)
    return definition


def _put(elements: tuple[N, ...], ancien: str, nouveau: N) -> tuple[N, ...]:
    if not ancien:
        return (*elements, nouveau)
    return tuple(nouveau if element.code == ancien else element for element in elements)


def _shift(elements: Sequence[N], code: str, pas: int) -> tuple[N, ...]:
    rangs = {element.code: rang for rang, element in enumerate(elements)}
    liste = list(elements)
    if code in rangs and 0 <= rangs[code] + pas < len(liste):
        rang = rangs[code]
        liste[rang], liste[rang + pas] = liste[rang + pas], liste[rang]
    return tuple(liste)


def _map_section(
    definition: Definition, code: str, change: Callable[[Section], Section]
) -> Definition:
    return replace(
        definition,
        sections=tuple(
            change(section) if section.code == code else section for section in definition.sections
        ),
    )
