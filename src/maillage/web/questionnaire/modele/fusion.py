"""Two people answer at once: what each typed is kept, and what they both changed is asked again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from maillage.kernel.francais import typeset
from maillage.web.questionnaire.modele.saisie import (
    Origine,
    ReponseIllisible,
    Saisie,
    format_saisie,
    read_saisie,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maillage.web.questionnaire.modele.definition import Question

MARQUE: Final = "@"
"""Starts the value of a radio button that is not a value of the question."""


@dataclass(frozen=True, slots=True)
class Envoi:
    """What a form sent for one question.

    Attributes:
        valeurs: Texts of its fields.
        sans: « ne_sait_pas », « sans_objet » or nothing.
        base: Signature of the answer that the form was drawn with; empty for none.
    """

    valeurs: tuple[str, ...]
    sans: str = ""
    base: str = ""


@dataclass
class Fusion:
    """What comes out of a form.

    Attributes:
        saisies: Answers to keep, by code.
        erreurs: French sentences, by code of question: nothing of these was changed.
        changees: Codes of the questions whose answer changed.
    """

    saisies: dict[str, Saisie]
    erreurs: dict[str, str] = field(default_factory=dict)
    changees: list[str] = field(default_factory=list)


def merge(
    questions: Iterable[Question],
    envois: Mapping[str, Envoi],
    gardees: Mapping[str, Saisie],
    proposees: Mapping[str, Saisie],
) -> Fusion:
    """Put what was typed into what is kept.

    What the form did not change is left as another may have changed it meanwhile. What both changed
    is an error at the field, that says what the other wrote.

    Args:
        questions: Those of the form.
        envois: What the form sent, by code of question.
        gardees: What is kept now.
        proposees: What was proposed where nothing was kept.
    """
    fusion = Fusion(dict(gardees))
    for question in questions:
        envoi = envois.get(question.code)
        if envoi is None:
            continue
        try:
            saisie = read_saisie(question, envoi.valeurs, envoi.sans)
        except ReponseIllisible as erreur:
            fusion.erreurs[question.code] = str(erreur)
            continue
        _put(fusion, question, envoi, saisie, proposees)
    return fusion


def _put(
    fusion: Fusion,
    question: Question,
    envoi: Envoi,
    saisie: Saisie | None,
    proposees: Mapping[str, Saisie],
) -> None:
    code = question.code
    garde = fusion.saisies.get(code)
    nouvelle, actuelle = sign(saisie), sign(garde)
    if nouvelle in {envoi.base, actuelle}:
        return
    if envoi.base != actuelle:
        fusion.erreurs[code] = typeset(
            f"Pendant ce temps, quelqu’un a répondu : {format_saisie(question, garde)}. "
            "Votre réponse est dans le champ : enregistrez-la à nouveau pour la garder."
        )
        return
    fusion.changees.append(code)
    if saisie is None:
        del fusion.saisies[code]
    else:
        fusion.saisies[code] = _with_origine(saisie, proposees.get(code))


def sign(saisie: Saisie | None) -> str:
    """Signature of an answer; empty for none."""
    return "" if saisie is None else saisie.signature


def _with_origine(saisie: Saisie, proposee: Saisie | None) -> Saisie:
    if proposee is None or not saisie.is_same(proposee):
        return saisie
    return Saisie(saisie.valeurs, saisie.sans, Origine.CONFIRMEE, proposee.source)


def read_envois(
    questions: Iterable[Question], champs: Mapping[str, Sequence[str]]
) -> dict[str, Envoi]:
    """What a form sent, by code; questions that it did not show are absent.

    Args:
        questions: Those that may be in the form.
        champs: Name of each field and its texts. `b-<code>` is always there for a question shown.
    """
    return {
        question.code: _read_envoi(question.code, champs)
        for question in questions
        if f"b-{question.code}" in champs
    }


def _read_envoi(code: str, champs: Mapping[str, Sequence[str]]) -> Envoi:
    """A radio button of « je ne sais pas » stands among the answers, marked with @."""
    valeurs = [texte for texte in champs.get(f"q-{code}", ()) if not texte.startswith(MARQUE)]
    marques = [texte[1:] for texte in champs.get(f"q-{code}", ()) if texte.startswith(MARQUE)]
    sans = [*marques, *champs.get(f"s-{code}", ())]
    return Envoi(tuple(valeurs), sans[0] if sans else "", champs[f"b-{code}"][0])
