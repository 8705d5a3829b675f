"""What is known, computed and compared of an annexe financière."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from maillage.kernel.money import Centimes
    from maillage.regles.engine.valeur_legale import ValeurLegale

FDI = "FDI"
MOTIF_FDI = (
    "Le FDI est décidé au cas par cas par le préfet : il n’a pas de formule, il n’est pas calculé."
)


@dataclass(frozen=True, slots=True)
class Annexe:
    """One annexe that can be computed.

    Attributes:
        numero: As written in the file; empty for an annexe that is typed.
        avenants: Renewal and modification numbers, « A1M0 »; empty when the file lacks them.
        ligne: Line of the file where it starts; 0 for an annexe that is typed.
        type_siae: AI, ACI, EI, ETTI or EITI.
        territoire: Where the posts are, as far as amounts go: one of the rules' `TERRITOIRES`.
        date_debut, date_fin: First and last day.
        etp_centiemes: Monthly ETP agreed, hundredths.
        montant_unitaire: Amount of the row itself, per ETP and year.
        montant_publie: Agreed amount as published; None when it is not.
    """

    numero: str
    avenants: str
    ligne: int
    type_siae: str
    territoire: str
    date_debut: date
    date_fin: date
    etp_centiemes: int
    montant_unitaire: Centimes
    montant_publie: Centimes | None = None


@dataclass(frozen=True, slots=True)
class AnnexeEcartee:
    """A row that is not computed, and why.

    Attributes:
        numero: As written in the file.
        ligne: Line of the file where it starts.
        motif: French sentence.
    """

    numero: str
    ligne: int
    motif: str


class Conformite(Enum):
    """How the unit amount of a row stands to the legal amounts. The value is shown."""

    EGAL = "égal au socle"
    AUTRE_DATE = "socle d’une autre date"
    DIFFERENT = "différent du socle"
    INCONNU = "socle inconnu"


@dataclass(frozen=True, slots=True)
class Bareme:
    """Unit amount of a row against the legal amount of its kind, territory and first day.

    Attributes:
        conformite: The verdict.
        socle: Legal amount on the first day; None when the law is not known on that day.
        legale: Where that amount comes from; None likewise.
        phrase: The verdict and its text, in French.
    """

    conformite: Conformite
    socle: Centimes | None
    legale: ValeurLegale | None
    phrase: str


@dataclass(frozen=True, slots=True)
class AnnexeCalculee:
    """One annexe and its agreed amount.

    Attributes:
        annexe: What it was computed from.
        duree_mois: Months that it touches.
        montant: Agreed amount, as the ASP rounds it.
        ecart: Ours less the published amount; None when none is published.
        bareme: The unit amount against the law.
    """

    annexe: Annexe
    duree_mois: int
    montant: Centimes
    ecart: Centimes | None
    bareme: Bareme

    @property
    def numero(self) -> str:
        """Number as written in the file."""
        return self.annexe.numero


@dataclass(frozen=True, slots=True)
class Releve:
    """Every row of a file, in its order.

    Attributes:
        fichier: Name of the file.
        extraction: Day of the extraction, None when the file does not say.
        rangees: Computed or set aside.
        avertissements: What a reader must know, in French.
    """

    fichier: str
    extraction: date | None
    rangees: tuple[AnnexeCalculee | AnnexeEcartee, ...]
    avertissements: tuple[str, ...]

    @property
    def calculees(self) -> tuple[AnnexeCalculee, ...]:
        """Rows that have an amount."""
        return tuple(r for r in self.rangees if isinstance(r, AnnexeCalculee))

    @property
    def ecartees(self) -> tuple[AnnexeEcartee, ...]:
        """Rows that have none."""
        return tuple(r for r in self.rangees if isinstance(r, AnnexeEcartee))
