"""Whose money: the kinds of one organisation that share its accounts, and what is known of them for a year."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from maillage.indicators.pilotage.etp import PILOTAGE
from maillage.indicators.pilotage.filtre import Filtre

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.indicators.pilotage.structures import Cle

PLUSIEURS = "plusieurs types"
REGION_INCONNUE = "région inconnue"


class Rapprochement(Enum):
    """Whether declared money can be set against the ETP and the hours of the same calendar year."""

    FAIT = "fait"
    HORS_FILTRE = "hors_filtre"
    SANS_DECLARATION = "sans_declaration"
    AUTRE_EXERCICE = "autre_exercice"
    DECALE = "decale"
    INCOHERENT = "incoherent"
    DETAIL_INCOMPLET = "detail_incomplet"
    SAISIE_INCOMPLETE = "saisie_incomplete"


@dataclass(frozen=True, slots=True)
class Comptes:
    """Balances of the accounts of one organisation over one year.

    Attributes:
        cloture: Last day of the year.
        soldes: Account, or its first digits, to cents; credit above zero.
    """

    cloture: date
    soldes: Mapping[str, int] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unite:
    """One set of accounts, and the structures that they are those of. Amounts in cents.

    Attributes:
        organisme: Identifier of the ASP: the contributor, for secrecy.
        cles: Structures of the year that a filter keeps.
        type: Their kind, `PLUSIEURS` when they have several.
        region: Name.
        etp_conventionnes: ETP agreed for the year.
        annexes: Aide au poste agreed, by who pays.
        sans_montant: Annexes whose amount is unknown, not counted in it.
        acquis: Aide that the hours entered earn, within what is agreed; None when unknown.
        declare: Declared by line, of the year that closed in this one; None when there is none.
        comptes: From accounts, the same; None when there are none.
        etp: ETP realised over the year; None unless every month is entered.
        heures: Hours worked, the same.
        rapprochement: Whether `declare` is of this very calendar year, or why not.
    """

    organisme: str
    cles: tuple[Cle, ...]
    type: str
    region: str
    etp_conventionnes: float
    annexes: Mapping[str, int] = field(repr=False)
    sans_montant: int
    acquis: int | None = field(repr=False)
    declare: Mapping[str, int] | None = field(repr=False)
    comptes: Mapping[str, int] | None = field(repr=False)
    etp: float | None
    heures: float | None
    rapprochement: Rapprochement


@dataclass(frozen=True, slots=True)
class Demande:
    """What an account is asked of.

    Attributes:
        annee: Calendar year.
        filtre: Which annexes.
        perimetre: `pilotage` or `conventionnees`.
        regions: Name of the region of each structure.
        comptes: By identifier of the ASP; empty when no accounts are given.
        correspondance: Accounts to lines, see `financeurs.assign_soldes`.
    """

    annee: int
    filtre: Filtre = field(default_factory=Filtre)
    perimetre: str = PILOTAGE
    regions: Mapping[Cle, str] = field(default_factory=dict)
    comptes: Mapping[int, Comptes] = field(default_factory=dict)
    correspondance: Mapping[str, str] = field(default_factory=dict)
