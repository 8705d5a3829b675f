"""What reading an accounting file gives: its lines without third parties, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

LIGNES_CITEES = 5
"""How many lines a finding names; it always says how many there are."""


class Gravite(Enum):
    """What a finding prevents."""

    BLOQUANT = "empêche l’usage"
    IRREGULIER = "irrégulier, sans empêcher l’usage"


@dataclass(frozen=True, slots=True)
class Constat:
    """One rule of the tax administration, or of sense, that the file does not follow.

    Attributes:
        code: `MLG-FEC-…`, documented in docs/reference/erreurs.md.
        gravite: Whether figures can still be drawn from the file.
        quoi: What is found, in French.
        que_faire: What to do about it.
        nombre: How many times; 1 when it is said of the whole file.
        lignes: First lines concerned; the header is line 1.
    """

    code: str
    gravite: Gravite
    quoi: str
    que_faire: str
    nombre: int = 1
    lignes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reparation:
    """What had to be understood otherwise than written; never silent.

    Attributes:
        code: `MLG-FEC-…`, documented in docs/reference/erreurs.md.
        quoi: What was done, in French.
        nombre: How many cells or lines.
        lignes: First lines concerned.
    """

    code: str
    quoi: str
    nombre: int = 1
    lignes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fec:
    """An accounting file that was read.

    Third parties, labels, references of documents and lettering are not in it, and were never
    kept: see `colonnes.GARDEES`.

    Attributes:
        nom: Name of the file.
        sha256: Of its bytes.
        encodage: How its characters were understood.
        separateur: Name of the separator: tabulation, barre verticale, point-virgule, virgule,
            largeur fixe.
        colonnes: Names of the columns as written, in order.
        ecritures: One row per line of the file. `ligne` int32, line in the file, the header being 1;
            `ecriture` int32, rank of the entry; `journal` dictionary of strings; `jour` date32;
            `compte` dictionary of strings, digits only; `debit_centimes`, `credit_centimes` int64;
            `validee` bool, whether the line carries a date of validation.
        debit_centimes: Total, in cents.
        credit_centimes: Total, in cents.
        premier_jour: First date of an entry, None without any line.
        dernier_jour: Last date.
        constats: What does not conform.
        reparations: What was understood otherwise than written.
    """

    nom: str
    sha256: str
    encodage: str
    separateur: str
    colonnes: tuple[str, ...]
    ecritures: pa.Table
    debit_centimes: int
    credit_centimes: int
    premier_jour: date | None
    dernier_jour: date | None
    constats: tuple[Constat, ...] = ()
    reparations: tuple[Reparation, ...] = field(default=())

    @property
    def is_utilisable(self) -> bool:
        """Whether figures can be drawn from it."""
        return not any(constat.gravite is Gravite.BLOQUANT for constat in self.constats)
