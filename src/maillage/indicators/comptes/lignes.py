"""Balances of accounts gathered into lines; nothing is lost on the way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from maillage.indicators.comptes.postes import (
    NON_RATTACHES,
    RESULTAT,
    RESULTAT_EN_COURS,
    Etape,
    load_postes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maillage.indicators.comptes.plan import Plan
    from maillage.indicators.comptes.postes import Poste
    from maillage.kernel.valeur import Absence

Balance: TypeAlias = "Mapping[str, int]"
"""Account to its balance in cents, debit minus credit."""
Montant: TypeAlias = "int | Absence"
"""Cents, or the reason why there is no amount."""

_GESTION = ("6", "7")
_CREDITEURS = frozenset({*RESULTAT, Etape.FONDS_DE_ROULEMENT, Etape.CONTRIBUTIONS_VOLONTAIRES})
"""What is read as credit minus debit: a product, a resource is positive."""


@dataclass(frozen=True, slots=True, order=True)
class Solde:
    """What one account brings to a line.

    Attributes:
        compte: Its number, as it is kept.
        centimes: Signed as the line is: what increases the balance is positive.
    """

    compte: str
    centimes: int


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of a statement, with the accounts that it opens to.

    Attributes:
        poste: Which line.
        soldes: Its accounts, in order.
    """

    poste: Poste
    soldes: tuple[Solde, ...]

    @property
    def centimes(self) -> int:
        """Amount of the line."""
        return sum(solde.centimes for solde in self.soldes)


@dataclass(frozen=True, slots=True)
class Releve:
    """A whole balance, line by line.

    Attributes:
        lignes: In the order of the statements; a line without any account is not there.
        hors_plan: Accounts of the balance sheet or of no class that no row covers, debit minus
            credit. Those of classes 6 and 7 are in the line « non_rattaches ».
        alertes: What the mapping has to say of the accounts that were met: prefix, sentence.
    """

    lignes: tuple[Ligne, ...]
    hors_plan: tuple[Solde, ...]
    alertes: tuple[tuple[str, str], ...]

    def list_lignes(self, *etapes: Etape) -> tuple[Ligne, ...]:
        """Lines that enter any of these steps."""
        return tuple(ligne for ligne in self.lignes if ligne.poste.etape in etapes)

    @property
    def non_rattaches(self) -> tuple[Solde, ...]:
        """Accounts that no row covers, debit minus credit, in order."""
        gestion = (ligne for ligne in self.lignes if ligne.poste.code == NON_RATTACHES)
        retournes = (Solde(s.compte, -s.centimes) for ligne in gestion for s in ligne.soldes)
        return tuple(sorted((*self.hors_plan, *retournes)))


def gather(balance: Balance, plan: Plan) -> Releve:
    """Lines of a balance.

    Every account lands in exactly one line of its class: a product or a charge that no row covers
    is in « non_rattaches », another account in `hors_plan`. Besides, the balance sheet has the line
    « resultat_en_cours »: all accounts of classes 6 and 7 once more.
    """
    par_poste: dict[str, list[Solde]] = defaultdict(list)
    hors_plan: list[Solde] = []
    alertes: dict[str, str] = {}
    postes = load_postes()
    for compte, centimes in sorted(balance.items()):
        trouvee = plan.find(compte)
        if compte.startswith(_GESTION):
            par_poste[RESULTAT_EN_COURS].append(Solde(compte, -centimes))
        if trouvee is not None:
            poste = postes[trouvee.poste]
            signe = -1 if poste.etape in _CREDITEURS else 1
            par_poste[poste.code].append(Solde(compte, signe * centimes))
            if trouvee.alerte:
                alertes[trouvee.prefixe] = trouvee.alerte
        elif compte.startswith(_GESTION):
            par_poste[NON_RATTACHES].append(Solde(compte, -centimes))
        else:
            hors_plan.append(Solde(compte, centimes))
    lignes = tuple(
        Ligne(poste, tuple(par_poste[code])) for code, poste in postes.items() if code in par_poste
    )
    return Releve(lignes, tuple(hors_plan), tuple(alertes.items()))


def add_balances(balances: Iterable[Balance]) -> dict[str, int]:
    """Sum of several balances, account by account."""
    somme: dict[str, int] = defaultdict(int)
    for balance in balances:
        for compte, centimes in balance.items():
            somme[compte] += centimes
    return dict(somme)


def cumulate(ouverture: Balance, mouvements: Iterable[Balance]) -> Iterator[dict[str, int]]:
    """Balance after each of the movements, the opening counted first."""
    courante = dict(ouverture)
    for mouvement in mouvements:
        courante = add_balances((courante, mouvement))
        yield courante


def total(lignes: Iterable[Ligne]) -> int:
    """Sum of lines."""
    return sum(ligne.centimes for ligne in lignes)
