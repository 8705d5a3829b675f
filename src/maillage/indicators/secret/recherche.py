"""The search for complementary suppressions: cheap, deterministic, each step proven by a movement.

For each figure to protect, a linear program looks for the cheapest movement that raises it, then
lowers it, by what the rule asks; the visible cells that the movement changes are hidden. Movements
stay valid as more is hidden, and one often protects several figures. At the end, what has become
superfluous is published again.

Source:
    Handbook on Statistical Disclosure Control, chapter 4: Castro's shortest paths (4.4.3) and the
    attacker problems of Fischetti and Salazar-González (4.4.1) for the movements, the « singletons »
    (4.2.2) for those who know their own figure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import permutations, takewhile
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from maillage.indicators.secret.mouvement import BRUIT, Savoir, find_mouvement, make_terrain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from maillage.indicators.secret.atomes import Atomes
    from maillage.indicators.secret.cibles import Cible, Etalon
    from maillage.indicators.secret.mouvement import Mouvement, Terrain

_DEUX = 2  # a figure of two structures gives each of them the part of the other
EXTERIEUR = ""
"""The attacker who contributes nothing."""
_NET = 1e-4  # least effect on a figure, relative to the movement, that is not the solver's rounding
_ADMIS = 1e-6  # what the solver may take too much from an atom, relative to what is asked
_EXTERIEURS = frozenset({EXTERIEUR})


@dataclass(frozen=True, slots=True, eq=False)
class Exigence:
    """One movement that must stay possible in the eyes of some attackers.

    Attributes:
        cible: The figure.
        ecarts: Movements of it, any of which will do; negative to lower it.
        attaquants: Structures that attack with what they know of themselves, or `EXTERIEUR`; None
            for everyone but those who make the figure.
        repli: Movements asked for when earlier publications alone exclude the first; empty when
            nothing is then asked for, None when the requirement is a must.
        complementaire: Rank of the cell when it is hidden only to protect another, else None.
    """

    cible: Cible
    ecarts: tuple[float, ...]
    attaquants: frozenset[str] | None
    repli: tuple[float, ...] | None = None
    complementaire: int | None = None

    def concerned(self, noms: set[str]) -> set[str]:
        """Those of the names that are attackers here."""
        if self.attaquants is None:
            return noms - set(self.cible.parts)
        return noms & self.attaquants

    @property
    def first(self) -> str:
        """Attacker to convince first."""
        return EXTERIEUR if self.attaquants is None else min(self.attaquants)


@dataclass(frozen=True, slots=True, eq=False)
class Preuve:
    """A requirement that is met, and the movements that meet it, as ranks.

    With several movements, each convinces some attackers; none refutes them all.
    """

    exigence: Exigence
    appuis: frozenset[int]


@dataclass(slots=True, eq=False)
class Recherche:
    """State of the search: what is still visible, and the movements found so far.

    Attributes:
        atomes: Of all tables, the new one first.
        couts: Information lost by hiding each cell of the new table. Shape `(cellules,)`.
        visibles: Cells of the new table published so far, empty ones excluded. Shape `(cellules,)`.
        fixes: Published cells of the earlier tables. Shape `(fixes, atomes)`.
        mouvements: Movements found. Shape `(mouvements, atomes)`.
        valides: Those that change no published cell. Shape `(mouvements,)`.
        preuves: Requirements that are met, in order.
        terrain: Linear program of the last search, and the state that it is right for.
    """

    atomes: Atomes
    couts: NDArray[np.float64]
    visibles: NDArray[np.bool_]
    fixes: sparse.csr_array
    mouvements: NDArray[np.float64] = field(init=False)
    valides: NDArray[np.bool_] = field(init=False)
    preuves: list[Preuve] = field(init=False, default_factory=list)
    terrain: tuple[tuple[bool, bytes], Terrain] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.mouvements = np.empty((0, len(self.atomes)))
        self.valides = np.empty(0, dtype=bool)

    def require(self, exigence: Exigence) -> bool:
        """Hide what is needed for a movement to be possible; False when nothing can make it so.

        Raises:
            ArithmeticError: the solver fails.
        """
        proof = self._prove(exigence, may_hide=True)
        if proof is None and exigence.repli:
            return self.require(replace(exigence, ecarts=exigence.repli, repli=None))
        if proof is not None:
            self.preuves.append(proof)
        return proof is not None or exigence.repli is not None

    def reopen(self, complementaires: Iterable[int]) -> None:
        """Publish again, dearest first, what no proof needs any more."""
        ordered = sorted(complementaires, key=lambda rank: (-self.couts[rank], rank))
        kept = [rank for rank in ordered if not self._try_to_publish(rank)]
        for rank in kept:
            self.visibles[rank] = not (self._moving(rank) & self.valides).any()

    def _try_to_publish(self, rank: int) -> bool:
        """Publish a hidden cell if all that is proven can be without it."""
        before = self.valides, self.mouvements
        self.visibles[rank] = True
        lost = set(np.flatnonzero(self._moving(rank)).tolist())
        self.valides = self.valides & ~self._moving(rank)
        proofs = self._prove_again(rank, lost)
        if proofs is None:
            self.visibles[rank] = False
            self.valides, self.mouvements = before
            return False
        self.preuves = proofs
        return True

    def _prove_again(self, rank: int, lost: set[int]) -> list[Preuve] | None:
        """All proofs without some movements, hiding nothing; None when one cannot be made."""
        proofs = []
        for preuve in self.preuves:
            if preuve.exigence.complementaire == rank:
                continue
            if preuve.appuis.isdisjoint(lost):
                proofs.append(preuve)
                continue
            found = self._prove(preuve.exigence, may_hide=False)
            if found is None:
                return None
            proofs.append(found)
        return proofs

    def _moving(self, rank: int) -> NDArray[np.bool_]:
        """Movements that change a cell of the new table. Shape `(mouvements,)`."""
        effects = np.abs(self.mouvements @ self.atomes.tables[0][[rank]].toarray()[0])
        return np.asarray(effects > BRUIT * np.abs(self.mouvements).max(axis=1, initial=0.0))

    def _prove(self, exigence: Exigence, *, may_hide: bool) -> Preuve | None:
        """Proof of a requirement, hiding the cells that it takes; None when there is none.

        Raises:
            ArithmeticError: the solver gave a movement that is not one.
        """
        answered: set[str] = set()
        while True:
            attaquant, appuis = self._find_unconvinced(exigence)
            if attaquant is None:
                return Preuve(exigence, appuis)
            if attaquant in answered:
                msg = "a movement found by the solver is not one: its rounding is too coarse"
                raise ArithmeticError(msg)
            answered.add(attaquant)
            terrain = self._current_terrain(may_hide=may_hide)
            mouvement = self._search(terrain, exigence, attaquant)
            if mouvement is None:
                return None
            self.visibles[terrain.rangs[mouvement.touchees]] = False
            self.mouvements = np.vstack([self.mouvements, mouvement.atomes])
            self.valides = np.append(self.valides, values=True)

    def _current_terrain(self, *, may_hide: bool) -> Terrain:
        """What movements may change now; kept as long as it stays the same."""
        state = (may_hide, self.visibles.tobytes())
        if self.terrain is None or self.terrain[0] != state:
            rows = np.flatnonzero(self.visibles)
            seen = self.atomes.tables[0][rows]
            if may_hide:
                terrain = make_terrain(self.fixes, seen, self.couts[rows], rows)
            else:
                nothing = np.empty(0, dtype=np.intp)
                fixes = sparse.vstack([self.fixes, seen], format="csr")
                terrain = make_terrain(fixes, seen[nothing], self.couts[nothing], nothing)
            self.terrain = (state, terrain)
        return self.terrain[1]

    def _search(self, terrain: Terrain, exigence: Exigence, attaquant: str) -> Mouvement | None:
        """Cheapest movement that meets a requirement, the first of its ways when they tie."""
        savoir = self._savoir(attaquant)
        cible = exigence.cible.atomes
        found = (
            find_mouvement(terrain, self.atomes.montants, savoir, cible, ecart)
            for ecart in exigence.ecarts
        )
        possible = [mouvement for mouvement in found if mouvement is not None]
        return min(possible, key=lambda mouvement: mouvement.cout, default=None)

    def _savoir(self, initie: str) -> Savoir:
        """What a structure knows of each atom: its own part, or all of it when it is alone."""
        planchers = np.array([parts.get(initie, 0.0) for parts in self.atomes.parts])
        owned = np.array([initie in parts for parts in self.atomes.parts])
        geles = owned & self.atomes.seuls
        return Savoir(planchers, geles)

    def _find_unconvinced(self, exigence: Exigence) -> tuple[str | None, frozenset[int]]:
        """An attacker who can exclude every movement known so far, None when nobody can.

        With the ranks of the movements that were enough to convince all of them.
        """
        suspects: set[str] | None = None
        used = set()
        for rank, everyone in self._movements(exigence):
            refuters = exigence.concerned(everyone)
            if suspects is None or not suspects <= refuters:
                used.add(rank)
                suspects = refuters if suspects is None else suspects & refuters
            if not suspects:
                return None, frozenset(used)
        return (exigence.first if suspects is None else min(suspects)), frozenset()

    def _movements(self, exigence: Exigence) -> Iterator[tuple[int, set[str]]]:
        """Valid movements that leave no atom under zero at the size asked, and who refutes them."""
        effects = self.mouvements @ exigence.cible.atomes
        scale = np.abs(self.mouvements).max(axis=1, initial=0.0)
        useful = np.flatnonzero(self.valides & (np.abs(effects) > _NET * scale)).tolist()
        for ecart in exigence.ecarts:
            for rank in useful:
                scaled = self.mouvements[rank] * (ecart / effects[rank])
                noise = _ADMIS * abs(ecart)
                if (self.atomes.montants + scaled).min() >= -noise:
                    yield rank, self._refuters(scaled, noise)

    def _refuters(self, mouvement: NDArray[np.float64], noise: float) -> set[str]:
        """Structures that know by themselves that a movement did not happen."""
        after = self.atomes.montants + mouvement
        moved = np.abs(mouvement) > noise
        told = moved & (self.atomes.seuls | (after < self.atomes.maxima - noise))
        found: set[str] = set()
        for rank in np.flatnonzero(told).tolist():
            least = 0.0 if self.atomes.seuls[rank] else after[rank] + noise
            parts = self.atomes.parts[rank]  # largest first
            found.update(takewhile(lambda nom: parts[nom] >= least, parts))  # noqa: B023 — used at once
        return found


def requirements(cibles: Sequence[Cible], etalon: Etalon) -> Iterator[Exigence]:
    """All that must stay possible: first against outsiders, the widest movements first."""
    ordered = sorted(cibles, key=etalon.haut, reverse=True)
    for cible in ordered:
        yield from _outsider_requirements(cible, etalon)
    for cible in ordered:
        yield from _insider_requirements(cible, etalon)


def _outsider_requirements(cible: Cible, etalon: Etalon) -> Iterator[Exigence]:
    """A hidden cell keeps its margin above and below.

    A group that no table shows, or a cell that earlier publications already bound closer, keeps
    what the rule of dominance asks for, and its margin on one side.
    """
    dominance, jeu = etalon.dominance(cible), etalon.jeu(cible.montant)
    if cible.montant == 0:
        yield Exigence(cible, jeu, _EXTERIEURS, repli=())
    elif cible.is_groupe:
        if dominance:
            yield Exigence(cible, dominance, _EXTERIEURS)
        yield Exigence(cible, jeu, _EXTERIEURS)
    else:
        yield Exigence(cible, (etalon.haut(cible),), _EXTERIEURS, repli=dominance)
        yield Exigence(cible, (-etalon.bas(cible),), _EXTERIEURS, repli=jeu)


def _insider_requirements(cible: Cible, etalon: Etalon) -> Iterator[Exigence]:
    """No structure may compute the part of another.

    When a figure is of one structure alone, everyone else could; when it is of two, each of them.
    """
    if len(cible.parts) == 1:
        (part,) = cible.parts.values()
        yield Exigence(cible, etalon.jeu(part), None, repli=None if part else ())
    elif len(cible.parts) == _DEUX:
        for nom, other in permutations(cible.parts):
            part = cible.parts[other]
            jeu = etalon.jeu(part)
            yield Exigence(cible, jeu, frozenset({nom}), repli=None if part else ())


def complementary_requirement(cible: Cible, etalon: Etalon, rank: int) -> Exigence:
    """Play that a cell hidden to protect another must keep."""
    ecarts = etalon.jeu_complementaire(cible.montant)
    return Exigence(cible, ecarts, _EXTERIEURS, repli=(), complementaire=rank)
