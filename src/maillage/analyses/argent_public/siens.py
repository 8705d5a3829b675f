"""Public money of one structure, for whoever directs it: its own figures, side by side, none of them hidden.

Nothing here is a total of several organisations: secrecy has no object, and no figure is to leave for others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from maillage.analyses.argent_public.financeurs import (
    ETAT,
    LIGNES,
    NOMS,
    NON_VENTILE,
    PRODUITS,
    assign_soldes,
)
from maillage.analyses.argent_public.totaux import ANNEXES, COMPTES, DECLARE
from maillage.analyses.argent_public.unites import Rapprochement
from maillage.kernel.money import CENTIMES_PAR_EURO
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maillage.analyses.argent_public.unites import Unite
    from maillage.kernel.valeur import Valeur


class LigneSienne(NamedTuple):
    """One funder.

    Attributes:
        financeur: Code of the line.
        montants: Euros by source; `SANS_OBJET` where a source says nothing of this line.
        couts: Euros for one ETP realised and for one hour worked, by source: declared, and accounts.
    """

    financeur: str
    montants: Mapping[str, Valeur]
    couts: Mapping[str, tuple[Valeur, Valeur]]

    @property
    def nom(self) -> str:
        """Of the funder, in French."""
        return NOMS[self.financeur]


@dataclass(frozen=True, slots=True)
class Siens:
    """Public money of one structure in a calendar year.

    Attributes:
        annee: Calendar year.
        lignes: Funders, in the order of display; those of which no source speaks are left out.
        etp: Realised over the year; unknown unless every month is entered.
        heures: Worked, the same.
        structures: Those of the extract that are hers, with an annexe that touches the year.
        declarantes: Of which declare this year.
        sans_montant: Annexes whose amount is unknown.
        raisons: Why declared money is not set against posts and hours, by structure.
        is_double: Whether two of them declare the very same lines: the same accounts, written twice.
        has_comptes: Whether there are accounts of this calendar year.
        is_seule: Whether the accounts are of these structures only, as far as the extract says.
    """

    annee: int
    lignes: tuple[LigneSienne, ...] = field(repr=False)
    etp: Valeur
    heures: Valeur
    structures: int
    declarantes: int
    sans_montant: int
    raisons: tuple[Rapprochement, ...]
    is_double: bool
    has_comptes: bool
    is_seule: bool

    @property
    def has_couts(self) -> bool:
        """Whether a line has a cost of an ETP or of an hour."""
        return any(
            not isinstance(cout, Absence)
            for ligne in self.lignes
            for couts in ligne.couts.values()
            for cout in couts
        )

    @property
    def is_etat_inferieur(self) -> bool:
        """Whether less is declared of the State than the aide that its annexes agree: to be checked."""
        montants = next((x.montants for x in self.lignes if x.financeur == ETAT), {})
        declare, convenu = (montants.get(nom, Absence.SANS_OBJET) for nom in (DECLARE, ANNEXES))
        if isinstance(declare, Absence) or isinstance(convenu, Absence):
            return False
        return declare < convenu


def gather_siens(
    annee: int,
    unites: Sequence[Unite],
    soldes: Mapping[str, int] | None = None,
    *,
    is_seule: bool = True,
) -> Siens:
    """Account of one structure.

    Args:
        annee: Calendar year.
        unites: Her own, see `assemblage.list_unites`; empty when the extract says nothing of her.
        soldes: Balances of her accounts of income, cents, credit above zero; None without accounts.
        is_seule: Whether no other structure of the extract shares these accounts.
    """
    etp = _add(unite.etp for unite in unites) if unites else Absence.INCONNUE
    heures = _add(unite.heures for unite in unites) if unites else Absence.INCONNUE
    declares = [unite.declare for unite in unites if unite.declare is not None]
    seule = is_seule and all(u.rapprochement is not Rapprochement.HORS_FILTRE for u in unites)
    raisons = tuple(
        unite.rapprochement for unite in unites if unite.rapprochement is not Rapprochement.FAIT
    )
    colonnes = {
        ANNEXES: _read_annexes(unites),
        DECLARE: _read_declares(declares),
        COMPTES: _sum_up({} if soldes is None else _to_euros(assign_soldes(soldes))),
    }
    diviseurs: dict[str, tuple[Valeur, Valeur]] = {
        DECLARE: (Absence.SANS_OBJET, Absence.SANS_OBJET) if raisons else (etp, heures),
        COMPTES: (etp, heures) if seule else (Absence.SANS_OBJET, Absence.SANS_OBJET),
    }
    lignes = (_make_ligne(financeur, colonnes, diviseurs) for financeur in NOMS)
    return Siens(
        annee=annee,
        lignes=tuple(ligne for ligne in lignes if not _is_empty(ligne)),
        etp=etp,
        heures=heures,
        structures=sum(len(unite.cles) for unite in unites),
        declarantes=sum(len(unite.cles) for unite in unites if unite.declare is not None),
        sans_montant=sum(unite.sans_montant for unite in unites),
        raisons=raisons,
        is_double=any(one in declares[:rang] for rang, one in enumerate(declares)),
        has_comptes=soldes is not None,
        is_seule=seule,
    )


def _make_ligne(
    financeur: str,
    colonnes: Mapping[str, Mapping[str, Valeur]],
    diviseurs: Mapping[str, tuple[Valeur, Valeur]],
) -> LigneSienne:
    montants = {source: colonne[financeur] for source, colonne in colonnes.items()}
    if financeur == PRODUITS:
        montants[ANNEXES] = Absence.SANS_OBJET
    couts = {
        source: (_divide(montants[source], par_etp), _divide(montants[source], par_heure))
        for source, (par_etp, par_heure) in diviseurs.items()
    }
    return LigneSienne(financeur, montants, couts)


def _is_empty(ligne: LigneSienne) -> bool:
    return all(montant is Absence.SANS_OBJET for montant in ligne.montants.values())


def _read_annexes(unites: Sequence[Unite]) -> Mapping[str, Valeur]:
    """Nothing without an annexe; unknown when those that there are have no amount."""
    lignes: dict[str, Valeur] = {}
    for unite in unites:
        inconnue = unite.sans_montant and not any(unite.annexes.values())
        for nom, euros in _to_euros(unite.annexes).items():
            lignes[nom] = _plus(lignes.get(nom, 0.0), Absence.INCONNUE if inconnue else euros)
    return _sum_up(lignes)


def _read_declares(declares: Sequence[Mapping[str, int]]) -> Mapping[str, Valeur]:
    """A line that one of them leaves empty is unknown for all."""
    if not declares:
        return _sum_up({})
    noms = [nom for nom in LIGNES.feuilles if nom != NON_VENTILE]
    return _sum_up(
        {
            nom: _add(None if nom not in one else one[nom] / CENTIMES_PAR_EURO for one in declares)
            for nom in noms
        }
    )


def _sum_up(feuilles: Mapping[str, Valeur]) -> Mapping[str, Valeur]:
    """Each line, totals included: unknown as soon as one part is, nothing when no part is said."""
    dites: dict[str, Valeur] = {}
    for feuille, valeur in feuilles.items():
        for noeud in LIGNES.lignee(feuille):
            dites[noeud] = _plus(dites.get(noeud, 0.0), valeur)
    return {noeud: dites.get(noeud, Absence.SANS_OBJET) for noeud in LIGNES.noeuds}


def _to_euros(centimes: Mapping[str, int]) -> dict[str, Valeur]:
    return {nom: valeur / CENTIMES_PAR_EURO for nom, valeur in centimes.items()}


def _add(valeurs: Iterable[float | None]) -> Valeur:
    total: Valeur = 0.0
    for valeur in valeurs:
        total = _plus(total, Absence.INCONNUE if valeur is None else valeur)
    return total


def _plus(un: Valeur, autre: Valeur) -> Valeur:
    if isinstance(un, Absence):
        return un
    return autre if isinstance(autre, Absence) else un + autre


def _divide(montant: Valeur, par: Valeur) -> Valeur:
    if isinstance(montant, Absence):
        return montant
    if isinstance(par, Absence):
        return par
    return montant / par if par else Absence.SANS_OBJET
