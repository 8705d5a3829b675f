"""What a questionnaire asks: sections, typed questions, rules between answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal


class Genre(StrEnum):
    """What an answer is made of. The value is the word written in files."""

    ENTIER = "entier"
    DECIMAL = "decimal"
    EUROS = "euros"
    POURCENTAGE = "pourcentage"
    OUI_NON = "oui_non"
    CHOIX = "choix"
    CHOIX_MULTIPLE = "choix_multiple"
    TEXTE = "texte"
    DATE = "date"

    @property
    def libelle(self) -> str:
        """French name on screen."""
        return LIBELLES_GENRES[self]

    @property
    def is_numerique(self) -> bool:
        """Whether answers are numbers, that rules compare."""
        return self in {Genre.ENTIER, Genre.DECIMAL, Genre.EUROS, Genre.POURCENTAGE}

    @property
    def is_ferme(self) -> bool:
        """Whether the answer is taken among some that are given."""
        return self in {Genre.OUI_NON, Genre.CHOIX, Genre.CHOIX_MULTIPLE}


LIBELLES_GENRES = {
    Genre.ENTIER: "nombre entier",
    Genre.DECIMAL: "nombre à virgule",
    Genre.EUROS: "montant en euros",
    Genre.POURCENTAGE: "pourcentage",
    Genre.OUI_NON: "oui ou non",
    Genre.CHOIX: "une réponse parmi plusieurs",
    Genre.CHOIX_MULTIPLE: "plusieurs réponses parmi plusieurs",
    Genre.TEXTE: "texte libre",
    Genre.DATE: "date",
}


class Forme(StrEnum):
    """How a rule compares answers."""

    AU_PLUS = "au_plus"
    """`termes[0] ≤ total`."""
    SOMME = "somme"
    """The terms add up to the total."""


@dataclass(frozen=True, slots=True)
class Choix:
    """One of the answers that are given."""

    code: str
    libelle: str


OUI_NON = (Choix("oui", "Oui"), Choix("non", "Non"))


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is only asked when an earlier one has a given answer."""

    question: str
    valeur: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        code: Stable from a year to the next: that is how last year's answer is found.
        libelle: The question itself.
        genre: What the answer is made of.
        aide: Said under the question.
        unite: Written after the number; euros and percentages have theirs.
        obligatoire: Whether the questionnaire can be sent without. « Je ne sais pas » is an answer.
        minimum, maximum: Limits of a number, both included.
        choix: Answers that are given.
        condition: When it is asked; always when None.
    """

    code: str
    libelle: str
    genre: Genre
    aide: str = ""
    unite: str = ""
    obligatoire: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choix: tuple[Choix, ...] = ()
    condition: Condition | None = None

    @property
    def options(self) -> tuple[Choix, ...]:
        """Answers that can be taken; empty when the answer is free."""
        return OUI_NON if self.genre is Genre.OUI_NON else self.choix

    @property
    def symbole(self) -> str:
        """Unit written after the number."""
        return {Genre.EUROS: "€", Genre.POURCENTAGE: "%"}.get(self.genre, self.unite)

    def name_option(self, code: str) -> str:
        """Words of an answer that is given; its code when the question no longer gives it."""
        return next((choix.libelle for choix in self.options if choix.code == code), code)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that are answered on one screen."""

    code: str
    titre: str
    aide: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Regle:
    """What two or more numbers must agree on.

    Attributes:
        code: Stable name.
        forme: How they are compared.
        termes: Codes of the questions on the left.
        total: Code of the question on the right.
        message: French sentence shown when they disagree.
        is_bloquante: Whether the questionnaire cannot be sent; otherwise it is only said.
    """

    code: str
    forme: Forme
    termes: tuple[str, ...]
    total: str
    message: str
    is_bloquante: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """All that is asked, in order."""

    sections: tuple[Section, ...] = ()
    regles: tuple[Regle, ...] = ()

    @property
    def questions(self) -> Iterator[Question]:
        """Every question, in the order in which it is asked."""
        for section in self.sections:
            yield from section.questions

    def find_section(self, code: str) -> Section | None:
        """The section that has a code."""
        return next((section for section in self.sections if section.code == code), None)

    def find_question(self, code: str) -> Question | None:
        """The question that has a code."""
        return next((question for question in self.questions if question.code == code), None)


def write_definition(definition: Definition) -> dict[str, Any]:
    """The definition as plain mappings and lists, ready for a file; what is empty is left out."""
    return {
        "sections": [
            _compact(
                code=section.code,
                titre=section.titre,
                aide=section.aide,
                questions=[_write_question(question) for question in section.questions],
            )
            for section in definition.sections
        ],
        "regles": [
            {
                "code": regle.code,
                "forme": regle.forme.value,
                "termes": list(regle.termes),
                "total": regle.total,
                "message": regle.message,
                "bloquante": regle.is_bloquante,
            }
            for regle in definition.regles
        ],
    }


def _write_question(question: Question) -> dict[str, Any]:
    condition = question.condition
    return _compact(
        code=question.code,
        libelle=question.libelle,
        genre=question.genre.value,
        aide=question.aide,
        unite=question.unite,
        obligatoire=question.obligatoire,
        minimum=None if question.minimum is None else str(question.minimum),
        maximum=None if question.maximum is None else str(question.maximum),
        choix=[{"code": choix.code, "libelle": choix.libelle} for choix in question.choix],
        si={"question": condition.question, "vaut": condition.valeur} if condition else None,
    )


def _compact(**champs: Any) -> dict[str, Any]:
    return {nom: valeur for nom, valeur in champs.items() if valeur not in ("", None, False, [])}
