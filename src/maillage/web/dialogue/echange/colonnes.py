"""Columns of the exchanged files: what each cell may say, and how the base keeps it.

Every cell has one canonical text: what the export writes, what the import reads, what is compared.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from maillage.analyses.diagnosis.names import normalize
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_nombre, guillemets, join_fr
from maillage.web.network.echange.cellules import (
    clean_lines,
    clean_text,
    format_bool,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

_MOIS = re.compile(r"(\d{4})-(\d{2})|(\d{1,2})/(\d{4})")
_ANNEE = re.compile(r"\d{4}")
_HEURE = re.compile(r"(\d{1,2})[:hH](\d{2})?(?::00)?")
_NOMBRE = re.compile(r"-?\d{1,12}(?:[.,]\d{1,4})?")
_VRAI, _FAUX = frozenset({"oui", "o", "1", "vrai", "true"}), frozenset({"non", "n", "0", "faux"})
_DERNIER_MOIS = 12


class CelluleInvalide(SaisieInvalide):
    """A cell that cannot be read."""

    def __init__(self, code: str, quoi: str, que_faire: str) -> None:
        super().__init__(Anomalie(code, quoi, que_faire))


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: a text on one line.

    Attributes:
        nom: Its header.
        champ: Field of the model; the name of the column when empty.
        is_obligatoire: Whether the file must have it, and a new thing fill it.
        longueur: Characters at most; 0 for no limit of its own.
        has_lignes: Whether breaks of lines are kept.
        is_ecrite: Whether the field is written from the cell; what is deduced otherwise is not.
        is_comparee: Whether a difference is a change.
    """

    nom: str
    champ: str = ""
    is_obligatoire: bool = False
    longueur: int = 0
    has_lignes: bool = False
    is_ecrite: bool = True
    is_comparee: bool = True
    genre: ClassVar[str] = ""
    is_videe: ClassVar[bool] = True
    """Whether an empty cell says that there is nothing; otherwise it says nothing."""

    @property
    def attribut(self) -> str:
        """Field of the model."""
        return self.champ or self.nom

    def read(self, texte: str) -> str:
        """Canonical text of a cell; empty for an empty one.

        Raises:
            CelluleInvalide: it cannot be read.
        """
        if self.longueur and len(texte) > self.longueur:
            raise CelluleInvalide(
                "MLG-DIA-110",
                f"Le texte a {format_nombre(len(texte))} caractères.",
                f"Raccourcissez-le\u00a0: {format_nombre(self.longueur)} au plus.",
            )
        return texte

    def of(self, objet: Model) -> str:
        """Canonical text of the field of a thing of the base."""
        nettoyer = clean_lines if self.has_lignes else clean_text
        return nettoyer(str(getattr(objet, self.attribut) or ""))

    def to_model(self, texte: str) -> dict[str, Any]:
        """Fields of the model that a canonical text gives."""
        return {self.attribut: texte}


@dataclass(frozen=True, slots=True)
class Identifiant(Colonne):
    """The name under which a thing is exchanged."""

    def read(self, texte: str) -> str:
        """Canonical text.

        Raises:
            CelluleInvalide: MLG-DIA-111.
        """
        if not texte:
            return ""
        try:
            return str(uuid.UUID(texte))
        except ValueError as error:
            raise CelluleInvalide(
                "MLG-DIA-111",
                f"{guillemets(texte[:60])} n’est pas un identifiant de Maillage.",
                "Reprenez celui de l’export, ou laissez la cellule vide\u00a0: c’est alors une chose nouvelle.",
            ) from error

    def to_model(self, texte: str) -> dict[str, Any]:
        """The identifiant."""
        return {self.attribut: uuid.UUID(texte)}


@cache
def _codes(valeurs: tuple[tuple[str, Any], ...]) -> dict[str, str]:
    """Every way of writing a code, to the code."""
    return {normalize(str(mot)): str(v) for v, nom in valeurs if v for mot in (nom, v)}


@dataclass(frozen=True, slots=True)
class Choix(Colonne):
    """A code of a list; its name on screen is read too.

    Attributes:
        valeurs: Each code and its name.
    """

    valeurs: Sequence[tuple[str, Any]] = ()
    is_videe: ClassVar[bool] = False

    def read(self, texte: str) -> str:
        """Canonical text.

        Raises:
            CelluleInvalide: MLG-DIA-112, with the accepted codes.
        """
        if not texte:
            return ""
        code = _codes(tuple(self.valeurs)).get(normalize(texte))
        if code is not None:
            return code
        acceptes = join_fr((v for v, _ in self.valeurs if v), "ou")
        raise CelluleInvalide(
            "MLG-DIA-112",
            f"{guillemets(texte[:60])} n’est pas de ceux qui sont acceptés.",
            f"Écrivez {acceptes}.",
        )


@dataclass(frozen=True, slots=True)
class Drapeau(Colonne):
    """Yes or no; an empty cell says nothing."""

    is_videe: ClassVar[bool] = False

    def read(self, texte: str) -> str:
        """Canonical text: `oui`, `non`.

        Raises:
            CelluleInvalide: MLG-DIA-116.
        """
        mot = normalize(texte)
        if not mot:
            return ""
        if mot in _VRAI | _FAUX:
            return format_bool(is_vrai=mot in _VRAI)
        raise CelluleInvalide(
            "MLG-DIA-116", f"{guillemets(texte[:60])} n’est ni oui ni non.", "Écrivez oui ou non."
        )

    def of(self, objet: Model) -> str:
        """« oui », « non », empty when nobody knows."""
        valeur = getattr(objet, self.attribut)
        return "" if valeur is None else format_bool(is_vrai=valeur)

    def to_model(self, texte: str) -> dict[str, Any]:
        """The value, None when nobody knows."""
        return {self.attribut: texte == "oui" if texte else None}


@dataclass(frozen=True, slots=True)
class Retrait(Drapeau):
    """Whether a thing was withdrawn: the base keeps when, which is not exchanged."""

    def of(self, objet: Model) -> str:
        """« oui » or « non »."""
        return format_bool(is_vrai=getattr(objet, self.attribut) is not None)


@dataclass(frozen=True, slots=True)
class Adresse(Colonne):
    """The address of a page."""

    def read(self, texte: str) -> str:
        """Canonical text.

        Raises:
            CelluleInvalide: MLG-DIA-117.
        """
        if not Colonne.read(self, texte):
            return ""
        try:
            URLValidator(("http", "https"))(texte)
        except ValidationError as error:
            raise CelluleInvalide(
                "MLG-DIA-117",
                "Ce n’est pas l’adresse d’une page.",
                f"Écrivez-la comme {guillemets('https://www.exemple.fr/page')}.",
            ) from error
        return texte


@dataclass(frozen=True, slots=True)
class Lien(Colonne):
    """What the thing is tied to, by identifiant or by name.

    Attributes:
        vers: Name of the kind that it leads to; « organisations » for those of the network.
        is_differe: Whether it may lead to a thing of its own kind: written once all are.
        has_plusieurs: Whether it leads to several, apart by bars.
    """

    vers: str = ""
    is_differe: bool = False
    has_plusieurs: bool = False


@dataclass(frozen=True, slots=True)
class Etiquette(Colonne):
    """A line without identifiant that belongs to the same thing, by its words.

    Attributes:
        vers: Kind of that line.
        par: Column that names the thing to which both belong.
    """

    vers: str = ""
    par: str = ""


@dataclass(frozen=True, slots=True)
class Deduite(Colonne):
    """What the base deduces from other lines; a new value adds one there."""

    is_ecrite: bool = False

    def of(self, objet: Model) -> str:
        """Put in by what loads the base."""
        del objet
        return ""
