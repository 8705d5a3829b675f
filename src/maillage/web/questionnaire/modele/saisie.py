"""An answer: read from what was typed, kept with where it comes from, shown in French."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from maillage.kernel.francais import format_date, format_nombre, guillemets, typeset
from maillage.web.questionnaire.modele.definition import Genre

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.web.questionnaire.modele.definition import Question

TEXTE_MAX: Final = 4000
_ESPACES: Final = re.compile(r"[\s\u00a0\u202f]")
_CHIFFRES_MAX: Final = 15


class Sans(StrEnum):
    """Answers that are not a value, and never a zero."""

    NE_SAIT_PAS = "ne_sait_pas"
    SANS_OBJET = "sans_objet"

    @property
    def libelle(self) -> str:
        """Words on screen."""
        return "Je ne sais pas" if self is Sans.NE_SAIT_PAS else "Sans objet"


class Origine(StrEnum):
    """Where an answer comes from."""

    SAISIE = "saisie"
    PREREMPLIE = "preremplie"
    CONFIRMEE = "confirmee"


class ReponseIllisible(ValueError):
    """What was typed is no answer to the question; the message is French, for the field."""


@dataclass(frozen=True, slots=True)
class Saisie:
    """One answer.

    Attributes:
        valeurs: One text, several for several choices, none for « je ne sais pas ». Numbers are
            written with a point, days as 2026-12-31: read again, they are the same.
        sans: When it is not a value.
        origine: Typed, prefilled, or prefilled then confirmed.
        source: French sentence: where a prefilled value comes from.
    """

    valeurs: tuple[str, ...] = ()
    sans: Sans | None = None
    origine: Origine = Origine.SAISIE
    source: str = ""

    @property
    def nombre(self) -> Decimal | None:
        """The number; None for « je ne sais pas » and « sans objet »."""
        return Decimal(self.valeurs[0]) if self.valeurs else None

    @property
    def signature(self) -> str:
        """Short mark of what is answered, whatever its origin: to see that another changed it."""
        texte = json.dumps([self.sans, sorted(self.valeurs)], ensure_ascii=False)
        return hashlib.sha256(texte.encode()).hexdigest()[:16]

    def is_same(self, autre: Saisie | None) -> bool:
        """Whether another answer says the same, whatever its origin."""
        return autre is not None and self.signature == autre.signature

    def to_json(self) -> dict[str, Any]:
        """As kept in the database."""
        garde: dict[str, Any] = {"valeurs": list(self.valeurs), "origine": self.origine.value}
        if self.sans is not None:
            garde["sans"] = self.sans.value
        if self.source:
            garde["source"] = self.source
        return garde

    @classmethod
    def from_json(cls, garde: Mapping[str, Any]) -> Saisie:
        """As kept in the database."""
        sans = garde.get("sans")
        return cls(
            tuple(garde["valeurs"]),
            None if sans is None else Sans(sans),
            Origine(garde["origine"]),
            garde.get("source", ""),
        )


def read_saisies(garde: Mapping[str, Any]) -> dict[str, Saisie]:
    """Answers kept in the database, by code of question."""
    return {code: Saisie.from_json(saisie) for code, saisie in garde.items()}


def read_saisie(question: Question, valeurs: Sequence[str], sans: str = "") -> Saisie | None:
    """What somebody typed for a question; None for nothing.

    Args:
        question: The question.
        valeurs: Texts of its fields, as sent by the form.
        sans: « ne_sait_pas », « sans_objet » or nothing.

    Raises:
        ReponseIllisible: it is no answer; the message says what is expected.
    """
    textes = [texte.strip() for texte in valeurs if texte.strip()]
    if sans:
        if sans not in set(Sans):
            message = "Choisissez « Je ne sais pas », « Sans objet », ou répondez."
            raise ReponseIllisible(message)
        if textes:
            message = f"Vous avez répondu et coché {guillemets(Sans(sans).libelle)} : gardez l’un des deux."
            raise ReponseIllisible(typeset(message))
        return Saisie(sans=Sans(sans))
    if not textes:
        return None
    if question.genre is Genre.CHOIX_MULTIPLE:
        return Saisie(tuple(_read_option(question, texte) for texte in dict.fromkeys(textes)))
    return Saisie((_read_texte(question, textes[0]),))


def _read_texte(question: Question, texte: str) -> str:
    if question.genre.is_numerique:
        return str(_read_nombre(question, texte))
    if question.genre.is_ferme:
        return _read_option(question, texte)
    if question.genre is Genre.DATE:
        return _read_date(texte)
    if len(texte) > TEXTE_MAX:
        message = f"Au plus {TEXTE_MAX} signes : il y en a {len(texte)}."
        raise ReponseIllisible(typeset(message))
    return texte


def _read_option(question: Question, texte: str) -> str:
    if texte not in {choix.code for choix in question.options}:
        message = f"{guillemets(texte)} n’est pas une des réponses proposées."
        raise ReponseIllisible(message)
    return texte


def _read_date(texte: str) -> str:
    francais = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", texte)
    try:
        if francais:
            jour, mois, annee = map(int, francais.groups())
            return date(annee, mois, jour).isoformat()
        return date.fromisoformat(texte).isoformat()
    except ValueError:
        message = f"{guillemets(texte)} n’est pas une date : écrivez 31/12/2026."
        raise ReponseIllisible(typeset(message)) from None


def _read_nombre(question: Question, texte: str) -> Decimal:
    nu = _ESPACES.sub("", texte).removesuffix("€").removesuffix("%").replace(",", ".")
    nu = nu.replace("\N{MINUS SIGN}", "-")
    try:
        nombre = Decimal(nu) if re.fullmatch(r"[+-]?\d+(\.\d*)?|[+-]?\.\d+", nu) else None
    except InvalidOperation:
        nombre = None
    if nombre is None:
        message = f"{guillemets(texte)} n’est pas un nombre : écrivez 1250 ou 1250,5."
        raise ReponseIllisible(typeset(message))
    if len(nombre.as_tuple().digits) > _CHIFFRES_MAX:
        message = f"{guillemets(texte)} a trop de chiffres."
        raise ReponseIllisible(message)
    if question.genre is Genre.ENTIER and nombre != nombre.to_integral_value():
        message = f"{guillemets(texte)} n’est pas un nombre entier."
        raise ReponseIllisible(message)
    _check_bornes(question, nombre)
    return (
        nombre.to_integral_value() if nombre == nombre.to_integral_value() else nombre.normalize()
    )


def _check_bornes(question: Question, nombre: Decimal) -> None:
    bas, haut = question.minimum, question.maximum
    if bas is not None and nombre < bas:
        message = f"Au moins {_write(bas)} : vous avez écrit {_write(nombre)}."
        raise ReponseIllisible(typeset(message))
    if haut is not None and nombre > haut:
        message = f"Au plus {_write(haut)} : vous avez écrit {_write(nombre)}."
        raise ReponseIllisible(typeset(message))


def _write(nombre: Decimal) -> str:
    exposant = nombre.as_tuple().exponent
    return format_nombre(nombre, max(0, -exposant) if isinstance(exposant, int) else 0)


def format_saisie(question: Question, saisie: Saisie | None) -> str:
    """An answer in French, with its unit; « pas de réponse » for none."""
    if saisie is None:
        return "pas de réponse"
    if saisie.sans is not None:
        return saisie.sans.libelle.lower()
    if question.genre.is_ferme:
        return ", ".join(question.name_option(code) for code in saisie.valeurs)
    texte = saisie.valeurs[0]
    if question.genre is Genre.DATE:
        return format_date(date.fromisoformat(texte))
    if question.genre.is_numerique:
        ecrit = _write(Decimal(texte))
        return typeset(f"{ecrit} {question.symbole}") if question.symbole else ecrit
    return texte
