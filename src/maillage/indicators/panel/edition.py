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


def publish(
    contributions: Iterable[Contribution],
    annee: int,
    au: date,
    ratios: Sequence[str],
    anterieures: Sequence[Edition] = (),
    regle: RegleDuPanel | None = None,
) -> Edition:
    """Edition of a year.

    Args:
        contributions: Of those who consent on that day (`keep_consenting`); other years are left out.
        annee: Of the ratios.
        au: Day of the edition.
        ratios: Names that the panel asks for; others are left out.
        anterieures: Every edition already published, oldest first.
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
    for ratio in ratios:
        for groupe, parution, jeu in _publish_ratio(ratio, kept, au, before, regle):
            parutions[ratio, groupe] = parution
            jeux[ratio, groupe] = jeu
    given = frozenset(nom for one in kept for nom in one.ratios) & frozenset(ratios)
    given |= {ratio for ratio, _ in parutions}
    return Edition(Affiche(annee, au, tuple(ratios), given, parutions, regle), jeux)


def _publish_ratio(
    ratio: str,
    contributions: Sequence[Contribution],
    au: date,
    before: Sequence[Edition],
    regle: RegleDuPanel,
) -> list[tuple[Groupe, Parution, Jeu]]:
    """Groups of one ratio: those of earlier editions, replaced or completed when nothing is given away."""
    found = {
        groupe: (edition.affiche.parutions[nom, groupe], jeu)
        for edition in before
        for (nom, groupe), jeu in edition.jeux.items()
        if nom == ratio
    }
    known: list[Jeu] = []
    for edition in before:
        known += [
            jeu for (nom, _), jeu in edition.jeux.items() if nom == ratio and jeu not in known
        ]
    for groupe, jeu in _gather(ratio, contributions):
        if groupe in found and found[groupe][1] == jeu:
            continue
        quartiles = regle.find_quartiles(list(jeu.values()))
        if quartiles is not None and are_protected([*known, jeu], regle):
            found[groupe] = (Parution(quartiles, au), jeu)
            known.append(jeu)
    return [(groupe, *found[groupe]) for groupe in sorted(found)]


def _gather(ratio: str, contributions: Sequence[Contribution]) -> list[tuple[Groupe, Jeu]]:
    """Who gives a ratio in each group, the widest groups first, then the largest."""
    jeux: defaultdict[Groupe, dict[str, Apport]] = defaultdict(dict)
    for one in contributions:
        if ratio in one.ratios:
            valeur, poids = one.ratios[ratio]
            for groupe in list_groupes(one.profil):
                jeux[groupe][one.structure] = Apport(one.organisme, valeur, poids)
    return sorted(jeux.items(), key=lambda pair: (len(pair[0].valeurs), -len(pair[1]), pair[0]))
