"""Kinds of values: what OpenFisca holds, what Maillage computes with, and how nothing is lost.

OpenFisca fills what is not given with a default. Here every default means « non renseigné », and a
formula refuses it: an unknown is never a zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray

from maillage.kernel.errors import Anomalie
from maillage.regles.aide_au_poste.lignes import TERRITOIRES, TYPES_SIAE
from maillage.regles.cotisations.lecture import LectureCongesPayes
from openfisca_maillage.refus import Refus

if TYPE_CHECKING:
    from numpy.typing import NDArray

NON_RENSEIGNE = -(2**31)
"""Default of every number: the smallest int32, which float32 holds exactly."""
JOUR_NON_RENSEIGNE = date(1970, 1, 1)
"""Default of every date: before anything that is modelled."""
TEXTE_NON_RENSEIGNE = "non_renseigne"
_ENTIER_MAX = 2**31 - 1


def _build_enum(nom: str, libelles: dict[str, str]) -> type[Enum]:
    membres = {TEXTE_NON_RENSEIGNE: "Non renseigné", **libelles}
    enum: type[Enum] = Enum(nom, membres)
    return enum


OuiNon = _build_enum("OuiNon", {"oui": "Oui", "non": "Non"})
TypeSiae = _build_enum("TypeSiae", {code: code for code in TYPES_SIAE})
Territoire = _build_enum(
    "Territoire",
    dict(
        zip(
            TERRITOIRES,
            ("Métropole et outre-mer hors Mayotte", "Mayotte", "Milieu pénitentiaire"),
            strict=True,
        )
    ),
)
LectureConges = _build_enum(
    "LectureConges", {lecture.value: lecture.libelle for lecture in LectureCongesPayes}
)
ENUMS = {
    "type_siae": TypeSiae,
    "territoire": Territoire,
    "lecture_conges_payes": LectureConges,
}
"""Columns of text that are given, each with the values that it accepts."""


@dataclass(frozen=True, slots=True)
class Genre:
    """How one kind of column is held by OpenFisca.

    Attributes:
        value_type: Type of the OpenFisca variable.
        possible_values: Enumeration of a given text or yes/no, None otherwise.
    """

    value_type: type
    possible_values: type[Enum] | None = None

    @property
    def default_value(self) -> object:
        """What OpenFisca fills in: it stands for « non renseigné »."""
        if self.possible_values is not None:
            return self.possible_values[TEXTE_NON_RENSEIGNE]
        return {int: NON_RENSEIGNE, float: float(NON_RENSEIGNE), date: JOUR_NON_RENSEIGNE}.get(
            self.value_type
        )


def find_genre(nom: str, dtype: type[np.generic], *, est_donnee: bool) -> Genre:
    """Kind of a column from the type that its formula declares.

    Args:
        nom: Name of the column.
        dtype: NumPy type in the annotation of Maillage.
        est_donnee: Whether it is given rather than computed.

    Raises:
        ValueError: no kind is known for the type.
    """
    kind = np.dtype(dtype).kind
    if kind == "U":
        return Genre(Enum, ENUMS[nom]) if est_donnee else Genre(str)
    if kind == "b":
        return Genre(Enum, OuiNon) if est_donnee else Genre(bool)
    types = {"i": int, "f": float, "M": date}
    if kind not in types:
        msg = f"{nom}: no OpenFisca type for {dtype}"
        raise ValueError(msg)
    return Genre(types[kind])


def find_absents(colonne: NDArray[Any]) -> NDArray[np.bool_]:
    """Rows that were not given."""
    if isinstance(colonne, EnumArray):
        return np.asarray(colonne.decode_to_str() == TEXTE_NON_RENSEIGNE)
    if colonne.dtype.kind in "if":
        return np.asarray(colonne == NON_RENSEIGNE)
    if colonne.dtype.kind == "M":
        return np.asarray(colonne == np.datetime64(JOUR_NON_RENSEIGNE))
    return np.zeros(len(colonne), dtype=bool)


def to_maillage(colonne: NDArray[Any]) -> NDArray[Any]:
    """A column as the formulas of Maillage want it: int64, float64, text, yes/no, days.

    A float32 is read as the shortest decimal that it stands for, so that 65 629.20 €, which
    OpenFisca holds as 65 629.203125, is 65 629.20 € again: exact to the cent under 131 072 €.
    """
    if isinstance(colonne, EnumArray):
        textes: NDArray[np.str_] = colonne.decode_to_str().astype(np.str_)
        return np.equal(textes, "oui") if colonne.possible_values is OuiNon else textes
    if colonne.dtype.kind == "i":
        return colonne.astype(np.int64)
    if colonne.dtype.kind == "f":
        return colonne.astype(np.str_).astype(np.float64)
    return colonne.astype(np.str_) if colonne.dtype.kind == "O" else colonne


def to_openfisca(nom: str, colonne: NDArray[Any]) -> NDArray[Any]:
    """A result as OpenFisca holds it; cents that int32 cannot hold are refused, never wrapped.

    Raises:
        Refus: MLG-OPF-002, a whole number is too large for OpenFisca.
    """
    if colonne.dtype.kind == "i":
        trop = np.abs(colonne) > _ENTIER_MAX
        if trop.any():
            raise Refus(
                Anomalie(
                    "MLG-OPF-002",
                    f"{colonne[trop][0]} est trop grand pour un entier d’OpenFisca "
                    f"(21\u202f474\u202f836,47\u00a0€ au plus).",
                    "Faites ce calcul dans Maillage, qui n’a pas cette limite.",
                    nom,
                )
            )
        return colonne.astype(np.int32)
    if colonne.dtype.kind == "U":
        return colonne.astype(object)
    return colonne
