"""An edition of the panel: what is published of a year on a day, knowing what already is.

Groups are tried from the widest to the closest, the largest first. One that would isolate too few structures,
by difference with another or with an earlier edition of the same year, is not published; if an earlier
edition published it, its figures stay, with their date. Two different years are two different figures.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from maillage.indicators.panel.atomes import are_protected
from maillage.indicators.panel.groupes import list_groupes
from maillage.indicators.panel.regle import Apport, RegleDuPanel
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from maillage.indicators.panel.atomes import Jeu
    from maillage.indicators.panel.contribution import Contribution
    from maillage.indicators.panel.groupes import Groupe
    from maillage.indicators.panel.quartiles import Quartiles

Case: TypeAlias = "tuple[str, Groupe]"
"""A ratio and a group."""
AUCUNE = "aucune structure n’a encore donné ce ratio"
"""Why a ratio is empty when nobody gave it."""


@dataclass(frozen=True, slots=True)
class Parution:
    """Quartiles of one ratio in one group, and the day of the edition that first gave them."""

    quartiles: Quartiles
    au: date


@dataclass(frozen=True, slots=True)
class Affiche:
    """What may be shown to everyone: nothing else of an edition leaves the computation.

    Attributes:
        annee: Year of the ratios.
        au: Day of the edition.
        ratios: Names that the panel asks for, in their order.
        donnes: Those that a structure at least gave.
        parutions: What is published.
        regle: It was protected with.
    """

    annee: int
    au: date
    ratios: tuple[str, ...]
    donnes: frozenset[str]
    parutions: Mapping[Case, Parution]
    regle: RegleDuPanel

    def quartiles(self, ratio: str, groupe: Groupe) -> Quartiles | Absence:
        """Quartiles, `SECRETE`, or `PAS_ENCORE_PUBLIEE` when nobody gave the ratio.

        Raises:
            ValueError: the panel has no such ratio.
        """
        if ratio not in self.ratios:
            msg = f"the panel has no ratio « {ratio} »; its ratios: {', '.join(self.ratios)}"
            raise ValueError(msg)
        if (ratio, groupe) in self.parutions:
            return self.parutions[ratio, groupe].quartiles
        return Absence.SECRETE if ratio in self.donnes else Absence.PAS_ENCORE_PUBLIEE

    def raison(self, ratio: str, groupe: Groupe) -> str:
        """Why there are no quartiles, in French; empty when there are.

        Raises:
            ValueError: the panel has no such ratio.
        """
        phrases = {Absence.SECRETE: self.regle.phrase, Absence.PAS_ENCORE_PUBLIEE: AUCUNE}
        found = self.quartiles(ratio, groupe)
        return phrases[found] if isinstance(found, Absence) else ""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition, and what the next one of the same year must know. Only `affiche` may be shown.

    Attributes:
        affiche: What is published.
        jeux: Who brings what to each group published by this edition.
    """

    affiche: Affiche
    jeux: Mapping[Case, Jeu] = field(repr=False)


def publish(  # noqa: PLR0913 — one parameter per thing that callers choose
    contributions: Iterable[Contribution],
    annee: int,
    au: date,
    ratios: Sequence[str],
    anterieures: Sequence[Edition] = (),
    *,
    lies: Sequence[frozenset[str]] = (),
    regle: RegleDuPanel | None = None,
) -> Edition:
    """Edition of a year.

    Args:
        contributions: Of those who consent on that day (`keep_consenting`); other years are left out.
        annee: Of the ratios.
        au: Day of the edition.
        ratios: Names that the panel asks for; others are left out.
        anterieures: Every edition already published, oldest first.
        lies: Sets of ratios that can be worked out from one another, without a ratio in two sets:
            their groups are compared as if they were one ratio.
        regle: The default one when None.

    Raises:
        ValueError: a structure contributes twice to the year.
    """
    regle = regle or RegleDuPanel()
    kept = [one for one in contributions if one.annee == annee]
    structures = [one.structure for one in kept]
    if len(set(structures)) < len(structures):
        msg = f"a structure contributes once to the year {annee}"
        raise ValueError(msg)
    before = [edition for edition in anterieures if edition.affiche.annee == annee]
    parutions: dict[Case, Parution] = {}
    jeux: dict[Case, Jeu] = {}
    for edition in before:
        parutions |= edition.affiche.parutions
        jeux |= edition.jeux
    for ratio in ratios:
        linked = next((noms for noms in lies if ratio in noms), frozenset({ratio}))
        known = _list_known((jeux, *(edition.jeux for edition in before)), linked)
        for groupe, jeu in _gather(ratio, kept):
            if jeux.get((ratio, groupe)) == jeu:
                continue
            quartiles = regle.find_quartiles(list(jeu.values()))
            if quartiles is not None and are_protected([*known, (ratio, jeu)], regle):
                parutions[ratio, groupe] = Parution(quartiles, au)
                jeux[ratio, groupe] = jeu
                known.append((ratio, jeu))
    given = {nom for one in kept for nom in one.ratios} | {ratio for ratio, _ in parutions}
    donnes = frozenset(given) & frozenset(ratios)
    return Edition(Affiche(annee, au, tuple(ratios), donnes, parutions, regle), jeux)


def _list_known(
    published: Iterable[Mapping[Case, Jeu]], linked: frozenset[str]
) -> list[tuple[str, Jeu]]:
    """Groups of some ratios that were published, each once."""
    known: list[tuple[str, Jeu]] = []
    for jeux in published:
        for (ratio, _), jeu in jeux.items():
            if ratio in linked and (ratio, jeu) not in known:
                known.append((ratio, jeu))
    return known


def _gather(ratio: str, contributions: Sequence[Contribution]) -> list[tuple[Groupe, Jeu]]:
    """Who gives a ratio in each group, the widest groups first, then the largest."""
    jeux: defaultdict[Groupe, dict[str, Apport]] = defaultdict(dict)
    for one in contributions:
        if ratio in one.ratios:
            valeur, poids = one.ratios[ratio]
            for groupe in list_groupes(one.profil):
                jeux[groupe][one.structure] = Apport(one.organisme, valeur, poids)
    return sorted(jeux.items(), key=lambda pair: (len(pair[0].valeurs), -len(pair[1]), pair[0]))
