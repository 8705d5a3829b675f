"""What to say at the *dialogue de gestion* of one structure, point by point, each from its facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from maillage.analyses.pilotage.reperes import Repere
    from maillage.analyses.pilotage.versements import Echeance
    from maillage.data.extraits import Extrait
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.kernel.valeur import Valeur


class Rang(Enum):
    """What a point asks for, in the order in which points are said. The value is the word shown."""

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
class Point:
    """Something to say, to ask or to settle.

    Attributes:
        code: Which rule made it, stable ASCII name.
        sujet: In a few words.
        rang: What it asks for.
        constat: What the facts say, with their figures; French sentences.
        a_dire: What to propose, to ask or to do first; French sentences.
        chiffres: Figures it stands on.
        annexes: Numbers of the annexes concerned; empty when all are.
        reperes: Marks of the network that were used, with their values.
        lectures: What Maillage assumes where the texts leave a point open, one sentence each.
    """

    code: str
    sujet: str
    rang: Rang
    constat: str
    a_dire: str
    chiffres: tuple[Chiffre, ...] = ()
    annexes: tuple[str, ...] = ()
    reperes: tuple[Repere, ...] = ()
    lectures: tuple[str, ...] = ()

    @property
    def is_prealable(self) -> bool:
        """Whether it must be settled before the meeting."""
        return self.rang is Rang.AVANT

    @property
    def carte(self) -> str:
        """Code of the card that defends its first figure; empty when there is none."""
        return next((chiffre.carte for chiffre in self.chiffres if chiffre.carte), "")


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
        is_comptee: Whether it counts in the figures, in the perimeter that was asked for.
        echeances: Months of regularisation, in order.
        prochaine: The first of them after the month of the extraction; None when there is none left.
        inconnu: Why there is no calendar, a French sentence; empty otherwise.
    """

    annexe_id: int
    numero: str
    debut: date
    fin: date
    etp: Valeur
    etat: str
    is_comptee: bool
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
        points: What must be settled first, then what to ask, then what to say.
        annexes: Of the year, whatever their state, with their calendar.
        reperes: Every mark of the network that was used.
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
