"""A plan as people read it: by kind, what is new, what changes, what must be decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maillage.web.dialogue.echange.colonnes import Lien
from maillage.web.dialogue.echange.model import describe
from maillage.web.network.echange.cellules import LISTE, split_list
from maillage.web.network.echange.plan import Changement, Sort

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.web.dialogue.echange.designations import Redacteur
    from maillage.web.dialogue.echange.model import Genre, Ligne
    from maillage.web.dialogue.echange.plan import Plan

_MONTREES: Final = 200
"""Lines of one kind that a preview shows; the others are counted."""


@dataclass(frozen=True, slots=True)
class Nouvelles:
    """What would be created of one kind.

    Attributes:
        genre: Which.
        lignes: Where each stands, and what it says in a few words.
        autres: How many more are not shown.
    """

    genre: Genre
    lignes: tuple[tuple[str, str], ...]
    autres: int


@dataclass(frozen=True, slots=True)
class Modifiee:
    """A line that would change a thing: where it stands, the thing, and each change in words."""

    numero: str
    qui: str
    raison: str
    changements: tuple[Changement, ...]


@dataclass(frozen=True, slots=True)
class Doute:
    """A line that may be about a known thing.

    Attributes:
        ligne: Which.
        choisi: What was chosen.
        propositions: Key and words of each known thing.
        changements: What merging would change.
    """

    ligne: Ligne
    choisi: str
    propositions: tuple[tuple[str, str], ...]
    changements: tuple[Changement, ...]


def show_new(plan: Plan, redacteur: Redacteur) -> list[Nouvelles]:
    """What would be created, by kind."""
    par_genre: defaultdict[str, list[Ligne]] = defaultdict(list)
    for ligne in plan.of(Sort.CREEE):
        par_genre[ligne.genre.nom].append(ligne)
    noms = _names(plan, redacteur)
    return [
        Nouvelles(
            lignes[0].genre,
            tuple((x.numero, _describe(x, noms)) for x in lignes[:_MONTREES]),
            max(0, len(lignes) - _MONTREES),
        )
        for lignes in par_genre.values()
    ]


def show_changes(plan: Plan, redacteur: Redacteur) -> list[Modifiee]:
    """What would change, each field before and after."""
    noms = _names(plan, redacteur)
    return [
        Modifiee(x.numero, _describe(x, noms), x.raison, _in_words(x, noms))
        for x in plan.of(Sort.MODIFIEE)
    ]


def show_doubts(plan: Plan, redacteur: Redacteur, choix: Mapping[str, str]) -> list[Doute]:
    """Lines that wait for a choice, and those for which one was made."""
    noms = _names(plan, redacteur)
    return [
        Doute(
            ligne,
            choix.get(ligne.choix, ""),
            tuple((c.cle, describe(ligne.genre, c.cellules)) for c in ligne.propositions),
            _in_words(ligne, noms),
        )
        for ligne in plan.lignes
        if ligne.sort is Sort.DOUTEUSE or (ligne.propositions and ligne.choix in choix)
    ]


def _names(plan: Plan, redacteur: Redacteur) -> dict[str, str]:
    """Key to words, of what is known and of what the file brings."""
    noms = {cle: nom for genre in redacteur.premiers.values() for cle, nom in genre.items()}
    noms |= {ligne.cle: ligne.qui for ligne in plan.lignes if ligne.genre.is_identifie}
    return noms


def _describe(ligne: Ligne, noms: Mapping[str, str]) -> str:
    return describe(ligne.genre, _words(ligne.genre, ligne.cellules, noms))


def _words(genre: Genre, cellules: Mapping[str, str], noms: Mapping[str, str]) -> dict[str, str]:
    """Cells with the names of what they lead to, in place of the keys."""
    liens = {c.nom for c in genre.colonnes if isinstance(c, Lien)}
    return {
        colonne: LISTE.join(noms.get(cle, cle) for cle in split_list(texte))
        if colonne in liens
        else texte
        for colonne, texte in cellules.items()
    }


def _in_words(ligne: Ligne, noms: Mapping[str, str]) -> tuple[Changement, ...]:
    avant = _words(ligne.genre, {c.champ: c.avant for c in ligne.changements}, noms)
    apres = _words(ligne.genre, {c.champ: c.apres for c in ligne.changements}, noms)
    return tuple(Changement(c.champ, avant[c.champ], apres[c.champ]) for c in ligne.changements)
