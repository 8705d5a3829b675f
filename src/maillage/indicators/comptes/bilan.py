"""Fonds de roulement, besoin en fonds de roulement, trésorerie nette: a balance sheet on one day.

Source:
    Associathèque, « Détermination de la Trésorerie » : trésorerie = fonds de roulement − besoin en
    fonds de roulement ; CNAR Financement (France Active), Juris associations n° 428, 2010, pour la
    définition de chacun.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.comptes.lignes import Solde, gather, total
from maillage.indicators.comptes.postes import BILAN, FONDS_DEDIES, HORS_RESULTAT, Etape

if TYPE_CHECKING:
    from maillage.indicators.comptes.lignes import Balance, Ligne
    from maillage.indicators.comptes.plan import Plan

LIBELLES = {
    Etape.FONDS_DE_ROULEMENT: "Fonds de roulement",
    Etape.BFR: "Besoin en fonds de roulement",
    Etape.TRESORERIE: "Trésorerie nette",
}


@dataclass(frozen=True, slots=True)
class Position:
    """A balance sheet on one day, in three amounts.

    `fonds_de_roulement` − `bfr` = `tresorerie` + `ecart`, to the cent.

    Attributes:
        fonds_de_roulement: Lasting resources minus lasting uses, cents.
        bfr: Stocks and claims minus debts, cents; negative when debts finance the structure.
        tresorerie: Class 5, cents.
        ecart: What accounts of no statement hold (class 8, accounts that no row covers), cents; 0
            when there is none.
        lignes: Lines of the three, in order.
        hors_bilan: Accounts that explain `ecart`, debit minus credit.
    """

    fonds_de_roulement: int
    bfr: int
    tresorerie: int
    ecart: int
    lignes: tuple[Ligne, ...]
    hors_bilan: tuple[Solde, ...]

    def list_lignes(self, etape: Etape) -> tuple[Ligne, ...]:
        """Lines of one of the three."""
        return tuple(ligne for ligne in self.lignes if ligne.poste.etape is etape)

    def get(self, etape: Etape) -> int:
        """One of the three amounts."""
        return total(self.list_lignes(etape))

    @property
    def fonds_de_roulement_sans_fonds_dedies(self) -> int:
        """Second reading: dedicated funds are owed to an action, not at the structure's disposal."""
        dedies = total(ligne for ligne in self.lignes if ligne.poste.code == FONDS_DEDIES)
        return self.fonds_de_roulement - dedies


def compute_position(balance: Balance, plan: Plan) -> Position:
    """The three amounts of a balance that holds its opening.

    Args:
        balance: Every account since the opening included; debits and credits are equal.
        plan: Mapping to follow.
    """
    releve = gather(balance, plan)
    speciaux = {s.compte for ligne in releve.list_lignes(*HORS_RESULTAT) for s in ligne.soldes}
    hors_plan = {solde.compte for solde in releve.hors_plan}
    hors_bilan = tuple(Solde(compte, balance[compte]) for compte in sorted(speciaux | hors_plan))
    montants = {etape: total(releve.list_lignes(etape)) for etape in BILAN}
    return Position(
        fonds_de_roulement=montants[Etape.FONDS_DE_ROULEMENT],
        bfr=montants[Etape.BFR],
        tresorerie=montants[Etape.TRESORERIE],
        ecart=sum(solde.centimes for solde in hors_bilan),
        lignes=releve.list_lignes(*BILAN),
        hors_bilan=hors_bilan,
    )
