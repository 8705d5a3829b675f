"""What to say at the *dialogue de gestion* of one structure, point by point, each from its facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from maillage.data.extraits import Extrait
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.kernel.period import Mois
    from maillage.kernel.valeur import Valeur


class Rang(Enum):
    """What a point asks for. The value is the word shown."""

    AVANT = "à régler avant"
    DEMANDER = "à demander"
    DIRE = "à dire"

    @property
    def code(self) -> str:
        """ASCII identifier, stable in files and addresses."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A figure that a point stands on.

    Attributes:
        libelle: As shown.
        valeur: The figure, or why there is none.
        unite: « ETP », « € », « % ».
        decimales: Digits shown after the comma.
        carte: Code of its definition card (`indicators.pilotage.cartes`); empty when it is read as is on
            the annexe.
    """

    libelle: str
    valeur: Valeur
    unite: str
    decimales: int = 0
    carte: str = ""


@dataclass(frozen=True, slots=True)
class Repere:
    """A threshold of the network: no text gives it, it can be changed.

    Attributes:
        code: Name of the attribute of `Reperes`.
        nom: As shown.
        valeur: The value used.
        unite: Its unit.
        sens: What it is for, a French sentence.
    """

    code: str
    nom: str
    valeur: float
    unite: str
    sens: str


@dataclass(frozen=True, slots=True)
class Point:
    """Something to say, to ask or to settle.

    Attributes:
        code: Which rule made it, stable ASCII name.
        sujet: In a few words.
        rang: What it asks for.
        constat: What the facts say, with their figures; French sentences.
        position: What to propose or to ask; French sentences.
        chiffres: Figures it stands on.
        annexes: Numbers of the annexes concerned.
        reperes: Codes of the thresholds that were used.
    """

    code: str
    sujet: str
    rang: Rang
    constat: str
    position: str
    chiffres: tuple[Chiffre, ...]
    annexes: tuple[str, ...] = ()
    reperes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Echeance:
    """A month in which the ASP sets an annexe right by what was realised.

    Attributes:
        numero: Of the annexe.
        rang: Month of the annexe, from 1; its length + 1 for the one after the end.
        mois: Calendar month. No text read gives a day.
        apres_fin: Whether it is the settlement after the end.
        texte: Text the month comes from.
    """

    numero: str
    rang: int
    mois: Mois
    apres_fin: bool
    texte: str


@dataclass(frozen=True, slots=True)
class AnnexeDuDialogue:
    """An annexe of the year, and its calendar.

    Attributes:
        annexe_id: Identifier.
        numero: With its amendments.
        debut: First day.
        fin: Last day.
        etp: Monthly posts agreed.
        etat: State.
        echeances: Months of regularisation, in order; empty when no text is known for its first day.
        prochaine: The first of them that is not before the month of the extraction; None when all are
            past or none is known.
        inconnu: Why there is no calendar, a French sentence; empty otherwise.
    """

    annexe_id: int
    numero: str
    debut: date
    fin: date
    etp: Valeur
    etat: str
    echeances: tuple[Echeance, ...]
    prochaine: Echeance | None
    inconnu: str


@dataclass(frozen=True, slots=True)
class DialogueDeGestion:
    """What to bring to the *dialogue de gestion*.

    Attributes:
        cle: (asp_id, type).
        denomination: Of the structure.
        siret: Of the structure.
        annee: The year spoken of.
        perimetre: `pilotage` or `conventionnees`.
        extrait: Where the figures come from.
        synthese: Its figures of the year.
        points: In the order in which they are to be said: settle first, then ask, then say.
        annexes: Of the year, with their calendar.
        reperes: Every threshold used, with its value and its meaning.
        inconnus: What the extract does not say, one sentence each.
    """

    cle: Cle
    denomination: str
    siret: str
    annee: int
    perimetre: str
    extrait: Extrait
    synthese: Synthese
    points: tuple[Point, ...]
    annexes: tuple[AnnexeDuDialogue, ...]
    reperes: tuple[Repere, ...]
    inconnus: tuple[str, ...]
