"""Texts as sequences of words, so that case, accents, spaces and punctuation change nothing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from maillage.web.publications.texte.folding import compact, fold_text, split_words
from maillage.web.publications.texte.fuites.elements import is_distinctive
from maillage.web.publications.texte.lexique import lexique
from maillage.web.publications.texte.montants import find_montants, find_nombres
from maillage.web.publications.texte.search import MOTS_VIDES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from maillage.web.publications.texte.montants import Nombre

MOTS_D_UNE_SUITE = 5
"""Words in a row that are no accident, elided articles apart."""
_MOTS_PLEINS = 3
_LETTRES_COLLEES = 12
"""Letters from which a passage is also looked for without its spaces, as PDF and slugs lose them."""
_LETTRES_PLEINES = 4
_EXPRESSIONS = tuple(tuple(phrase.split()) for phrase in sorted(lexique("expressions")))
"""Phrases of the whole sector: their words do not make a run of words recognisable."""


class Words:
    """A text and its folded words."""

    def __init__(self, texte: str) -> None:
        self.texte = texte

    @cached_property
    def mots(self) -> tuple[str, ...]:
        """Folded words."""
        return tuple(mot.forme for mot in split_words(self.texte))

    @cached_property
    def suite(self) -> str:
        """Words between single spaces, spaces at both ends."""
        return f" {' '.join(self.mots)} "

    @cached_property
    def colle(self) -> str:
        """Letters and digits without anything between them."""
        return compact(self.texte)

    @cached_property
    def plat(self) -> str:
        """The folded text, punctuation kept."""
        return fold_text(self.texte)

    @cached_property
    def montants(self) -> tuple[Nombre, ...]:
        """Readings of its amounts."""
        return tuple(n for montant in find_montants(self.texte) for n in montant.nombres)

    @cached_property
    def valeurs(self) -> frozenset[Decimal]:
        """Values of its distinctive numbers."""
        return frozenset(
            n.valeur for e in find_nombres(self.texte) if is_distinctive(e) for n in e.nombres
        )

    @cached_property
    def pourcents(self) -> frozenset[Decimal]:
        """Values of its percentages."""
        return frozenset(
            n.valeur for e in find_nombres(self.texte) if e.pourcent for n in e.nombres
        )

    @cached_property
    def filtres(self) -> tuple[str, ...]:
        """Words of two letters or more: elisions gone."""
        return tuple(mot for mot in self.mots if len(mot) > 1)

    @cached_property
    def suites(self) -> frozenset[tuple[str, ...]]:
        """Runs of words of the length that is held against a text."""
        mots = self.filtres
        last = len(mots) - MOTS_D_UNE_SUITE + 1
        return frozenset(mots[k : k + MOTS_D_UNE_SUITE] for k in range(max(0, last)))

    @cached_property
    def capitales(self) -> frozenset[str]:
        """Words that bear a capital, folded."""
        return frozenset(
            mot.forme
            for mot in split_words(self.texte)
            if any(lettre.isupper() for lettre in self.texte[mot.debut : mot.fin])
        )

    def holds(self, autre: Words) -> bool:
        """Whether it says the other's words in a row, or its letters when they are many."""
        if not autre.mots:
            return False
        if autre.suite in self.suite:
            return True
        return len(autre.colle) >= _LETTRES_COLLEES and autre.colle in self.colle

    def holds_name(self, cle: str, *, casse: bool) -> bool:
        """Whether it holds a name; a single word must bear a capital where capitals mean something."""
        if f" {cle} " not in self.suite:
            return False
        return not casse or cle in self.capitales


class Baseline(Words):
    """What everyone may read: nothing that stands in it is a leak."""


def find_runs(passage: Words, lu: Words, base: Words) -> Iterator[str]:
    """Longest runs of words of a passage that a text repeats and that nothing public says."""
    mots = passage.filtres
    depuis = -1
    fin = 0
    for rang in range(max(0, len(mots) - MOTS_D_UNE_SUITE + 1)):
        suite = mots[rang : rang + MOTS_D_UNE_SUITE]
        if suite in lu.suites and suite not in base.suites and _is_recognisable(suite):
            if depuis < 0 or rang > fin:
                if depuis >= 0:
                    yield " ".join(mots[depuis:fin])
                depuis = rang
            fin = rang + MOTS_D_UNE_SUITE
    if depuis >= 0:
        yield " ".join(mots[depuis:fin])


def _is_recognisable(suite: tuple[str, ...]) -> bool:
    """Three full words at least, phrases of the sector apart."""
    libres = list(suite)
    for expression in _EXPRESSIONS:
        taille = len(expression)
        for rang in range(len(suite) - taille + 1):
            if suite[rang : rang + taille] == expression:
                libres[rang : rang + taille] = [""] * taille
    pleins = [m for m in libres if len(m) >= _LETTRES_PLEINES and m not in MOTS_VIDES]
    return len(pleins) >= _MOTS_PLEINS
