"""What a download tells, once read: hours of an annexe over a month, posts agreed by an annexe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MILLION = 1_000_000
Cle: TypeAlias = tuple["CleAnnexe", int, int]
"""Annexe, year, month from 1; year and month are 0 for what is told of the annexe itself."""


@dataclass(frozen=True, slots=True, order=True)
class CleAnnexe:
    """How a file names an annexe.

    Attributes:
        identifiant: Number of the ASP's own base; 0 when the file does not give it.
        numero: As printed, with its amendments when the file gives them; empty when it does not.
    """

    identifiant: int
    numero: str


@dataclass(frozen=True, slots=True)
class Dit:
    """What one file says of an annexe, over a month or in itself; numbers are in millionths.

    Attributes:
        chiffres: By name, see `colonnes.CHIFFRES`; a figure that no row gives is not there.
        brouillon: Hours of the drafts, that the figures leave out; None when there is no draft.
        lignes: Rows that say it, drafts left out.
        touche_le: Last day on which a row was validated or changed; None when the file does not say.
    """

    chiffres: Mapping[str, int]
    brouillon: int | None
    lignes: int
    touche_le: date | None


@dataclass(frozen=True, slots=True)
class FichierReleve:
    """One sheet of one file, read.

    Attributes:
        nom: Name of the file, with its sheet when it has several.
        sha256: Of the bytes of the file.
        encodage: As a person says it; « classeur » for a workbook.
        lignes: Rows read.
        dits: What it says.
        structures: Denomination of the structure of each annexe, where the file gives it.
        ecartees: Columns that identify persons, not read.
        inutiles: Public columns of no use here.
        inconnues: Columns that no public text names, not read.
        absentes: Figures that the file does not give.
        a_savoir: French sentences.
    """

    nom: str
    sha256: str
    encodage: str
    lignes: int
    dits: Mapping[Cle, Dit]
    structures: Mapping[CleAnnexe, str]
    ecartees: tuple[str, ...]
    inutiles: tuple[str, ...]
    inconnues: tuple[str, ...]
    absentes: tuple[str, ...]
    a_savoir: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Releves:
    """Every file that was given, read together.

    Attributes:
        fichiers: In the order given.
        dits: What they say; when two files say the same of one month, once.
        sources: Names of the files that say each of them.
        structures: Denomination of the structure of each annexe, where a file gives it.
        a_savoir: French sentences about the files together.
    """

    fichiers: tuple[FichierReleve, ...]
    dits: Mapping[Cle, Dit]
    sources: Mapping[Cle, tuple[str, ...]]
    structures: Mapping[CleAnnexe, str]
    a_savoir: tuple[str, ...]
