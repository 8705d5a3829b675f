"""Annexes before and after a reform of the legal amounts, one by one and by kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maillage.analyses.annexes.bareme import socle_centimes, socle_path
from maillage.analyses.annexes.calcul import calculer
from maillage.kernel.money import Centimes, sum_centimes
from maillage.regles.aide_au_poste.lignes import BAREMES_SOCLE, TYPES_SIAE
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.erreurs import PeriodeNonModelisee

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from maillage.analyses.annexes.model import Annexe
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.reforme import Reforme
    from maillage.regles.engine.valeur_legale import ValeurLegale

DEPART_ANNEXE = (
    "Avant la réforme : le montant unitaire de chaque annexe. Après : le socle de la réforme au "
    "premier jour de l’annexe, si la réforme le change."
)
DEPART_DROIT = (
    "Avant : le socle du droit au {avant}. Après : celui de la réforme au {le}. ETP et durées sont "
    "ceux des annexes ; leurs propres montants ne servent pas."
)


@dataclass(frozen=True, slots=True)
class AnnexeComparee:
    """One annexe before and after.

    Attributes:
        annexe: The annexe as it is.
        unitaire_avant, unitaire_apres: Unit amounts; None when the law or the reform is not known.
        avant, apres: Agreed amounts; None likewise.
        touchee: Whether the reform sets the unit amount.
        motif: Why an amount is missing, in French; empty otherwise.
    """

    annexe: Annexe
    unitaire_avant: Centimes | None
    unitaire_apres: Centimes | None
    avant: Centimes | None
    apres: Centimes | None
    touchee: bool
    motif: str = ""

    @property
    def ecart(self) -> Centimes | None:
        """After less before."""
        return None if self.avant is None or self.apres is None else self.apres - self.avant


@dataclass(frozen=True, slots=True)
class TotalCompare:
    """Sum over the annexes that have both amounts.

    Attributes:
        type_siae: Kind; empty for all of them.
        nombre: Annexes summed.
        manquantes: Annexes left out because an amount is not known.
        touchees: Annexes of the sum that the reform changes.
        avant, apres: Sums.
    """

    type_siae: str
    nombre: int
    manquantes: int
    touchees: int
    avant: Centimes
    apres: Centimes

    @property
    def ecart(self) -> Centimes:
        """After less before."""
        return self.apres - self.avant


@dataclass(frozen=True, slots=True)
class Comparaison:
    """A file before and after a reform.

    Attributes:
        reforme: With the value chosen for each of its hypotheses.
        annexes: In the order of the file.
        totaux: By kind, then for all.
        depart: What is compared with what, in French.
        hors_champ: Parameters that the reform changes and that no agreed amount reads.
        premier_effet: First day on which the reform changes a legal amount; None when it changes
            none.
    """

    reforme: Reforme
    annexes: tuple[AnnexeComparee, ...]
    totaux: tuple[TotalCompare, ...]
    depart: str
    hors_champ: tuple[str, ...]
    premier_effet: date | None


def comparer(
    annexes: Sequence[Annexe],
    reforme: Reforme,
    legislation: Legislation,
    *,
    le: date | None = None,
    avant: date | None = None,
) -> Comparaison:
    """What a reform of the amounts makes of annexes.

    Args:
        annexes: As they are.
        reforme: The reform.
        legislation: The law that it changes.
        le: Day at which the reform is read, the first day of each annexe by default.
        avant: Day at which the law is read, `le` by default; only used with it.

    Raises:
        PeriodeNonModelisee: the reform multiplies a value that the law does not give.
    """
    reformee = apply_reforme(legislation, reforme)
    unitaires = [_read_unitaires(a, legislation, reformee, le, avant or le) for a in annexes]
    comparees = tuple(_compute(annexes, unitaires))
    socles = {socle_path(t, lieu) for t in TYPES_SIAE for lieu in BAREMES_SOCLE}
    effets = [c.date_effet for c in reforme.changements if c.chemin in socles]
    return Comparaison(
        reforme=reforme,
        annexes=comparees,
        totaux=tuple(_sum(comparees)),
        depart=DEPART_ANNEXE
        if le is None
        else DEPART_DROIT.format(avant=f"{avant or le:%d/%m/%Y}", le=f"{le:%d/%m/%Y}"),
        hors_champ=tuple(
            dict.fromkeys(c.chemin for c in reforme.changements if c.chemin not in socles)
        ),
        premier_effet=min(effets, default=None),
    )


def _read_unitaires(
    annexe: Annexe,
    droit: Legislation,
    reformee: Legislation,
    le: date | None,
    avant: date | None,
) -> AnnexeComparee:
    """Unit amounts of one annexe, before and after; the amounts come later, all at once."""
    chemin = socle_path(annexe.type_siae, annexe.territoire)
    motif = ""
    if avant is None:
        unitaire_avant: Centimes | None = annexe.montant_unitaire
    else:
        unitaire_avant, _, motif = _resolve(droit, chemin, avant)
    unitaire, touchee, refus = _resolve(reformee, chemin, le or annexe.date_debut)
    if not touchee and le is None:
        # The reform says nothing of this day: what the annexe says stands, known to us or not.
        unitaire, refus = annexe.montant_unitaire, ""
    motif = motif or refus
    return AnnexeComparee(annexe, unitaire_avant, unitaire, None, None, touchee, motif)


def _resolve(loi: Legislation, chemin: str, le: date) -> tuple[Centimes | None, bool, str]:
    """Amount, whether a reform sets it, and why it is missing."""
    try:
        legale = loi.resolve(chemin, le)
    except PeriodeNonModelisee as refus:
        return None, False, refus.anomalies[0].quoi
    return socle_centimes(legale), _is_reformee(legale), ""


def _is_reformee(legale: ValeurLegale) -> bool:
    """Whether a reform sets the value, or the one it is taken from (prison since 2022)."""
    source: ValeurLegale | None = legale
    while source is not None:
        if source.reforme:
            return True
        source = source.renvoi
    return False


def _compute(
    annexes: Sequence[Annexe], unitaires: Sequence[AnnexeComparee]
) -> list[AnnexeComparee]:
    """Agreed amounts before and after, where both unit amounts are known."""
    nul = Centimes(0)
    avant = calculer(
        [
            replace(a, montant_unitaire=u.unitaire_avant or nul)
            for a, u in zip(annexes, unitaires, strict=True)
        ]
    )
    apres = calculer(
        [
            replace(a, montant_unitaire=u.unitaire_apres or nul)
            for a, u in zip(annexes, unitaires, strict=True)
        ]
    )
    return [
        replace(
            u,
            avant=None if u.unitaire_avant is None else avant[rang].montant,
            apres=None if u.unitaire_apres is None else apres[rang].montant,
        )
        for rang, u in enumerate(unitaires)
    ]


def _sum(comparees: Sequence[AnnexeComparee]) -> list[TotalCompare]:
    presents = [t for t in TYPES_SIAE if any(c.annexe.type_siae == t for c in comparees)]
    return [_total(comparees, type_siae) for type_siae in (*presents, "")]


def _total(comparees: Sequence[AnnexeComparee], type_siae: str) -> TotalCompare:
    du_type = [c for c in comparees if type_siae in {"", c.annexe.type_siae}]
    sommees = [c for c in du_type if c.ecart is not None]
    return TotalCompare(
        type_siae=type_siae,
        nombre=len(sommees),
        manquantes=len(du_type) - len(sommees),
        touchees=sum(c.touchee for c in sommees),
        avant=sum_centimes(c.avant for c in sommees if c.avant is not None),
        apres=sum_centimes(c.apres for c in sommees if c.apres is not None),
    )
