"""Counts and euros of what two extracts differ by."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from maillage.analyses.pilotage.comparaison_modele import (
    Classe,
    EvolutionRejet,
    Passage,
    Suspension,
)
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maillage.analyses.pilotage.comparaison_modele import ChangementAnnexe, ChangementMois
    from maillage.kernel.valeur import Valeur

_CENT = 100
_APPARUS = (EvolutionRejet.NOUVEAU, EvolutionRejet.MOTIF_APPARU)


@dataclass(frozen=True, slots=True)
class Somme:
    """How many, and how much.

    Attributes:
        nombre: Of annexes, or of months.
        structures: Distinct (asp_id, type) among them.
        etp_mois: ETP-months; « sans objet » for annexes.
        euros: Sum of what is known; « inconnue » when nothing is.
        sans_montant: Those whose amount is not known, left out of the sum.
    """

    nombre: int
    structures: int
    etp_mois: Valeur
    euros: Valeur
    sans_montant: int


@dataclass(frozen=True, slots=True)
class Totaux:
    """Counts and euros of a set of annexes.

    Attributes:
        classes: Annexes by class. Euros: amount agreed now for the new ones, last known for those that
            are gone, difference for the others.
        suspendues: Annexes that were suspended. Euros: amount agreed.
        suspensions_levees: Annexes that are not suspended any more.
        rejets: Annexes by what became of their rejection.
        rejets_bancaires: Among the new rejections and motifs, those about bank details.
        champs: Annexes by field that changed. Euros: difference of the amounts agreed.
        passages: Months by what became of them.
        structures: Structures of which something differs.
        retards_avant: Late months of the old extract, in the annexes that counted then.
        retards_apres: Late months of the new one, in those that count now.
    """

    classes: dict[Classe, Somme]
    suspendues: Somme
    suspensions_levees: Somme
    rejets: dict[EvolutionRejet, Somme]
    rejets_bancaires: Somme
    champs: dict[str, Somme]
    passages: dict[Passage, Somme]
    structures: int
    retards_avant: int
    retards_apres: int


def total(annexes: Iterable[ChangementAnnexe]) -> Totaux:
    """Counts and euros of a set of annexes."""
    toutes = tuple(annexes)
    rejets = [annexe for annexe in toutes if annexe.rejet is not None]
    return Totaux(
        classes={
            classe: sum_annexes([annexe for annexe in toutes if annexe.classe is classe])
            for classe in Classe
        },
        suspendues=sum_annexes(
            [a for a in toutes if a.suspension is Suspension.SUSPENDUE], held=True
        ),
        suspensions_levees=sum_annexes(
            [a for a in toutes if a.suspension is Suspension.LEVEE], held=True
        ),
        rejets={
            evolution: sum_annexes(
                [a for a in rejets if a.rejet and a.rejet.evolution is evolution], held=True
            )
            for evolution in EvolutionRejet
        },
        rejets_bancaires=sum_annexes(
            [
                a
                for a in rejets
                if a.rejet and a.rejet.is_bancaire and a.rejet.evolution in _APPARUS
            ],
            held=True,
        ),
        champs=_sum_fields(toutes),
        passages={passage: _sum_months(toutes, passage) for passage in Passage},
        structures=len({annexe.cle for annexe in toutes if annexe.has_change}),
        retards_avant=sum(annexe.retards_avant for annexe in toutes),
        retards_apres=sum(annexe.retards_apres for annexe in toutes),
    )


def sum_annexes(annexes: Sequence[ChangementAnnexe], *, held: bool = False) -> Somme:
    """How many annexes, and how much.

    Args:
        annexes: Of which the amounts are summed.
        held: Whether the amount agreed is meant, rather than what changed of it.
    """
    montants = [_held(annexe) if held else _moved(annexe) for annexe in annexes]
    return Somme(
        nombre=len(annexes),
        structures=len({annexe.cle for annexe in annexes}),
        etp_mois=Absence.SANS_OBJET,
        euros=_sum_amounts(montants),
        sans_montant=_count_unknown(montants),
    )


def _held(annexe: ChangementAnnexe) -> Valeur:
    """Amount agreed, now or last."""
    if annexe.montant_apres is Absence.SANS_OBJET:
        return annexe.montant_avant
    return annexe.montant_apres


def _moved(annexe: ChangementAnnexe) -> Valeur:
    """Amount that came, or went, or the difference."""
    if annexe.classe not in {Classe.CHANGEE, Classe.INCHANGEE}:
        return _held(annexe)
    if isinstance(annexe.montant_avant, Absence) or isinstance(annexe.montant_apres, Absence):
        return Absence.INCONNUE
    return annexe.montant_apres - annexe.montant_avant


def _sum_fields(annexes: Sequence[ChangementAnnexe]) -> dict[str, Somme]:
    par_champ: dict[str, list[ChangementAnnexe]] = {}
    for annexe in annexes:
        for champ in annexe.champs:
            par_champ.setdefault(champ.champ, []).append(annexe)
    return {champ: sum_annexes(changees) for champ, changees in par_champ.items()}


def _sum_months(annexes: Sequence[ChangementAnnexe], passage: Passage) -> Somme:
    mois: list[ChangementMois] = []
    structures = set()
    for annexe in annexes:
        siens = annexe.list_mois(passage)
        if siens:
            mois += siens
            structures.add(annexe.cle)
    return Somme(
        nombre=len(mois),
        structures=len(structures),
        etp_mois=_sum_known([un.etp_mois for un in mois]),
        euros=_sum_known([un.euros for un in mois]),
        sans_montant=_count_unknown([un.euros for un in mois]),
    )


def _sum_amounts(montants: Sequence[Valeur]) -> Valeur:
    """Sum of published amounts, exact to the cent."""
    centimes = [round(montant * _CENT) for montant in montants if not isinstance(montant, Absence)]
    return Absence.INCONNUE if montants and not centimes else sum(centimes) / _CENT


def _sum_known(valeurs: Sequence[Valeur]) -> Valeur:
    """Sum of the numbers; unknown when there are none, zero when nothing is summed."""
    nombres = [valeur for valeur in valeurs if not isinstance(valeur, Absence)]
    return Absence.INCONNUE if valeurs and not nombres else fsum(nombres)


def _count_unknown(valeurs: Sequence[Valeur]) -> int:
    return sum(valeur is Absence.INCONNUE for valeur in valeurs)
