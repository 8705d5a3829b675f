"""A question as a form draws it: what is in its fields, where that comes from, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.francais import guillemets, typeset
from maillage.web.questionnaire.modele.definition import Genre
from maillage.web.questionnaire.modele.fusion import MARQUE, sign
from maillage.web.questionnaire.modele.saisie import Sans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.web.questionnaire.modele.definition import Definition, Question
    from maillage.web.questionnaire.modele.fusion import Envoi
    from maillage.web.questionnaire.modele.saisie import Saisie


@dataclass(frozen=True, slots=True)
class Option:
    """A button of a question: its value, its words, whether it is taken."""

    valeur: str
    libelle: str
    is_prise: bool


@dataclass(frozen=True, slots=True)
class Champ:
    """One question of a form.

    Attributes:
        question: The question.
        texte: In the field of a free answer.
        options: Buttons of the answers that are given, « je ne sais pas » included for radios.
        sans: Boxes of « je ne sais pas » and « sans objet », for the other kinds.
        base: Signature of the answer kept when the form is drawn.
        source: Where a prefilled answer comes from; empty for none.
        is_a_confirmer: Whether it is prefilled and nobody has confirmed it yet.
        erreur: What is wrong with what was typed.
        condition: Sentence that says when the question is asked.
        attend: Code and value of the answer that a question of the same form waits for.
    """

    question: Question
    texte: str
    options: tuple[Option, ...]
    sans: tuple[Option, ...]
    base: str
    source: str = ""
    is_a_confirmer: bool = False
    erreur: str = ""
    condition: str = ""
    attend: str = ""

    @property
    def nature(self) -> str:
        """How it is drawn."""
        genre = self.question.genre
        if genre is Genre.CHOIX_MULTIPLE:
            return "checkbox"
        if genre.is_ferme:
            return "radio"
        return {Genre.TEXTE: "texte", Genre.DATE: "date"}.get(genre, "nombre")

    @property
    def clavier(self) -> str:
        """Keyboard of a phone: digits alone, or with a comma."""
        entier = self.question.genre is Genre.ENTIER and (self.question.minimum or -1) >= 0
        return "numeric" if entier else "decimal"


def draw(
    definition: Definition,
    questions: Iterable[Question],
    gardees: Mapping[str, Saisie],
    proposees: Mapping[str, Saisie],
    envois: Mapping[str, tuple[Envoi, str]] | None = None,
) -> list[Champ]:
    """Fields of a form.

    Args:
        definition: Where conditions are read.
        questions: To draw.
        gardees: Answers kept.
        proposees: Answers to propose where none is kept.
        envois: What was just typed and is wrong, with its error, by code: kept in the fields.
    """
    return [
        _draw(
            definition,
            question,
            gardees.get(question.code),
            proposees.get(question.code),
            (envois or {}).get(question.code),
        )
        for question in questions
    ]


def _draw(
    definition: Definition,
    question: Question,
    gardee: Saisie | None,
    proposee: Saisie | None,
    envoi: tuple[Envoi, str] | None,
) -> Champ:
    montree = gardee or proposee
    valeurs = montree.valeurs if montree else ()
    sans: str = montree.sans or "" if montree else ""
    erreur = ""
    if envoi is not None:
        valeurs, sans, erreur = envoi[0].valeurs, envoi[0].sans, envoi[1]
    radio = question.genre in {Genre.OUI_NON, Genre.CHOIX}
    prises = {*valeurs, MARQUE + sans}
    autres = tuple(Option(MARQUE + s if radio else s, s.libelle, s == sans) for s in Sans)
    options = tuple(Option(c.code, c.libelle, c.code in prises) for c in question.options)
    condition = question.condition
    return Champ(
        question=question,
        texte=_text(question, valeurs),
        options=(*options, *autres) if radio else options,
        sans=() if radio else autres,
        base=sign(gardee),
        source=montree.source if montree and envoi is None else "",
        is_a_confirmer=gardee is None and proposee is not None and envoi is None,
        erreur=erreur,
        condition=_phrase(definition, question),
        attend=f"{condition.question}={condition.valeur}" if condition else "",
    )


def _text(question: Question, valeurs: tuple[str, ...]) -> str:
    texte = valeurs[0] if valeurs else ""
    return texte.replace(".", ",") if question.genre.is_numerique else texte


def _phrase(definition: Definition, question: Question) -> str:
    condition = question.condition
    dont = definition.find_question(condition.question) if condition else None
    if condition is None or dont is None:
        return ""
    reponse = guillemets(dont.name_option(condition.valeur))
    return typeset(f"À remplir si vous avez répondu {reponse} à {guillemets(dont.libelle)}.")
