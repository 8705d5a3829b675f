"""The dictionary of the columns: which ones are known of a view, their type, and what may be kept.

Source:
    Headers of the public extracts of February 2022 (AnnexeFinanciere, Structure), the model of
    EtatMensuelIndiv and the columns that the public models use (pilotage-airflow), 2026-11-23. The
    columns of the other views are not public: they are not invented.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = "2022-02"
COMPLETES = ("AnnexeFinanciere", "Structure", "EtatMensuelIndiv")
"""Views of which the whole header is public; of the others, only the columns that models use."""


class Type(Enum):
    """How a cell is read. Numbers with decimals are kept as integers, in the unit that is named."""

    TEXTE = "texte"
    ENTIER = "entier"
    CENTIEMES = "centiemes"
    MILLIONIEMES = "millioniemes"
    BOOLEEN = "booleen"
    DATE = "date"
    HORODATAGE = "horodatage"


class Nature(Enum):
    """What becomes of a column."""

    VALEUR = "valeur"
    CLE = "cle"
    """Without it, nothing is known of the row: a file that lacks it is refused."""
    CLE_PERSONNE = "cle_personne"
    """Identifies a person or a contract: only its salted hash is kept."""
    PERSONNELLE = "personnelle"
    """Refused as soon as one cell is filled."""


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column that is known.

    Attributes:
        nom: As published.
        type: How its cells are read.
        nature: What becomes of it.
    """

    nom: str
    type: Type
    nature: Nature

    @property
    def nom_garde(self) -> str:
        """Name in the tables we keep: the published one, with the unit when it is not the unit."""
        if self.type in {Type.CENTIEMES, Type.MILLIONIEMES}:
            return f"{self.nom}_{self.type.value}"
        return self.nom


@cache
def load_dictionnaire() -> Mapping[str, tuple[Colonne, ...]]:
    """Known columns by view, in the order of the published header where it is public."""
    texte = (resources.files(__package__) / "dictionnaire" / f"{VERSION}.csv").read_text("utf-8")
    vues: dict[str, list[Colonne]] = {}
    for ligne in csv.DictReader(texte.splitlines()):
        colonne = Colonne(ligne["colonne"], Type(ligne["type"]), Nature(ligne["nature"]))
        vues.setdefault(ligne["vue"], []).append(colonne)
    return {vue: tuple(colonnes) for vue, colonnes in vues.items()}
