"""What each source covers and what it leaves out: counts of structures, and shares of their posts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.argent_public.financeurs import ETAT
from maillage.analyses.argent_public.totaux import ANNEXES, COMPTES, DECLARE, has_negative
from maillage.analyses.argent_public.unites import Rapprochement
from maillage.indicators.secret.regle import Regle
from maillage.kernel.money import CENTIMES_PAR_EURO
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maillage.analyses.argent_public.unites import Unite
    from maillage.kernel.valeur import Valeur


@dataclass(frozen=True, slots=True)
class Part:
    """What one source covers.

    Attributes:
        structures: How many.
        part_etp: Share of the ETP agreed for the year that are theirs, 0 to 1; `SANS_OBJET` when none is.
    """

    structures: int
    part_etp: Valeur


@dataclass(frozen=True, slots=True)
class Couverture:
    """What an account covers.

    Attributes:
        annee: Calendar year.
        structures: All those of the year, whatever is known of them.
        sources: What each of the three sources covers.
        annexes_sans_montant: Annexes whose aide is unknown.
        ecartees: Structures whose declaration is left out, by reason.
        comptes_negatifs: Structures whose accounts have a line below zero: left out.
        acquis: Euros of aide au poste that the hours entered earn, within what is agreed.
        acquis_structures: Structures whose every annexe lets it be computed: the only ones added.
        deux_fois: Structures whose aide au poste is in the annexes and in what they declare.
        etat_inferieur: Of which declare less from the État than the aide that it agrees.
    """

    annee: int
    structures: int
    sources: Mapping[str, Part]
    annexes_sans_montant: int
    ecartees: Mapping[Rapprochement, int]
    comptes_negatifs: int
    acquis: Valeur
    acquis_structures: int
    deux_fois: int
    etat_inferieur: int


def measure_couverture(
    unites: Sequence[Unite], annee: int, regle: Regle | None = None
) -> Couverture:
    """Coverage of a year."""
    regle = regle or Regle()
    matched = [u for u in unites if u.rapprochement is Rapprochement.FAIT]
    accounts = [u for u in unites if u.comptes is not None]
    kept = {
        ANNEXES: [u for u in unites if any(u.annexes.values())],
        DECLARE: matched,
        COMPTES: [u for u in accounts if not has_negative(u.comptes or {})],
    }
    ecartees: Counter[Rapprochement] = Counter()
    for unite in unites:
        if unite.rapprochement is not Rapprochement.FAIT:
            ecartees[unite.rapprochement] += len(unite.cles)
    twice = [u for u in matched if u.annexes[ETAT]]
    return Couverture(
        annee=annee,
        structures=count(unites),
        sources={source: _share(some, unites) for source, some in kept.items()},
        annexes_sans_montant=sum(u.sans_montant for u in unites),
        ecartees=dict(ecartees),
        comptes_negatifs=count(accounts) - count(kept[COMPTES]),
        acquis=_add_acquis(unites, regle),
        acquis_structures=count(u for u in unites if u.acquis is not None),
        deux_fois=count(twice),
        etat_inferieur=count(u for u in twice if (u.declare or {})[ETAT] < u.annexes[ETAT]),
    )


def count(unites: Iterable[Unite]) -> int:
    """Structures of units: one organisation may have several."""
    return sum(len(unite.cles) for unite in unites)


def _share(some: Sequence[Unite], unites: Sequence[Unite]) -> Part:
    total = sum(u.etp_conventionnes for u in unites)
    part = sum(u.etp_conventionnes for u in some) / total if total else Absence.SANS_OBJET
    return Part(count(some), part)


def _add_acquis(unites: Sequence[Unite], regle: Regle) -> Valeur:
    """Sum over the network, under the same rule as any other figure."""
    par_organisme: Counter[str] = Counter()
    for unite in unites:
        if unite.acquis is not None:
            par_organisme[unite.organisme] += unite.acquis
    if not par_organisme:
        return Absence.INCONNUE
    total = sum(par_organisme.values())
    motif = regle.find_motif(len(par_organisme), max(par_organisme.values()), total)
    return Absence.SECRETE if motif else total / CENTIMES_PAR_EURO
