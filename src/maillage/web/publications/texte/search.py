"""French search text: what is indexed, what is asked, and the extract that shows why it answers.

Words lose capitals, accents, elisions and ligatures, then their ending: « départements » and
« departement » are one stem. The same function serves the index and the query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from maillage.web.publications.texte.folding import Mot, fold_text, split_words
from maillage.web.publications.texte.lexique import lexique

_STEMMER = snowballstemmer.stemmer("french")
MOTS_VIDES = lexique("mots_vides")
"""Words that carry no meaning by themselves, folded."""
_IRREGULIERS = {
    "travaux": "travail",
    "baux": "bail",
    "yeux": "oeil",
    "cieux": "ciel",
    "emaux": "email",
}
_COURT = 3
_SIGLES = 4
_LARGEUR = 240


@dataclass(frozen=True, slots=True)
class Extrait:
    """A part of a text that answers a query.

    Attributes:
        texte: The part, whole words, « … » where it is cut.
        surlignages: (start, end) of the words that answer, in `texte`.
    """

    texte: str
    surlignages: tuple[tuple[int, int], ...]


@lru_cache(maxsize=65_536)
def stem(mot: str) -> str:
    """Stem of one folded word; figures and one-letter words stay as they are."""
    if len(mot) <= _COURT or not mot.isalpha():
        return mot
    mot = _IRREGULIERS.get(mot, mot)
    if mot.endswith("aux") and not mot.endswith("eaux"):
        mot = f"{mot[:-3]}al"
    elif mot.endswith(("s", "x")):
        mot = mot[:-1]
    # Without accents the stemmer leaves « employe » of « employee »: it is asked until it is done.
    precedent = ""
    while mot != precedent:
        precedent, mot = mot, fold_text(_STEMMER.stemWord(mot)) or mot
    return mot


def stems(texte: str) -> tuple[str, ...]:
    """Stems of a text in order, empty words apart: what the index keeps and what a query asks.

    A text of empty words only keeps them: « ai », typed in small letters, still finds the AI.
    """
    mots = split_words(texte)
    kept = [mot for mot in mots if _is_indexed(texte, mot)]
    return tuple(stem(mot.forme) for mot in kept or mots)


def excerpt(texte: str, query: str, largeur: int = _LARGEUR) -> Extrait:
    """The part of a text that holds most of the words asked for, its first words when none does.

    Args:
        texte: Plain text.
        query: What was asked.
        largeur: Characters wanted, whole words.
    """
    texte = re.sub(r"\s*\n\s*", " ", texte).strip()
    asked = frozenset(stems(query))
    mots = split_words(texte)
    hits = [mot for mot in mots if stem(mot.forme) in asked]
    debut, fin = _window(texte, mots, hits, largeur)
    avant, apres = ("… " if debut > 0 else ""), (" …" if fin < len(texte) else "")
    decalage = len(avant) - debut
    surlignages = tuple(
        (mot.debut + decalage, mot.fin + decalage)
        for mot in hits
        if mot.debut >= debut and mot.fin <= fin
    )
    return Extrait(f"{avant}{texte[debut:fin]}{apres}", surlignages)


def _is_indexed(texte: str, mot: Mot) -> bool:
    """AI, « aide » of the sector, is a word; « ai » is not."""
    ecrit = texte[mot.debut : mot.fin]
    if ecrit.isupper() and 1 < len(ecrit) <= _SIGLES and ecrit.isalpha():
        return True
    return mot.forme not in MOTS_VIDES


def _window(texte: str, mots: tuple[Mot, ...], hits: list[Mot], largeur: int) -> tuple[int, int]:
    """Where the extract starts and ends: on word limits, around the densest hits."""
    if len(texte) <= largeur:
        return 0, len(texte)
    depart = 0
    if hits:
        best = max(hits, key=lambda mot: (_distinct_after(hits, mot, largeur), -mot.debut))
        depart = max(0, best.debut - largeur // 4)
    debut = next((mot.debut for mot in mots if mot.debut >= depart), 0) if depart else 0
    inside = [mot.fin for mot in mots if debut < mot.fin <= debut + largeur]
    return debut, max(inside, default=min(len(texte), debut + largeur))


def _distinct_after(hits: list[Mot], depuis: Mot, largeur: int) -> int:
    """Different words that answer within one width."""
    limite = depuis.debut + largeur * 3 // 4
    return len({stem(m.forme) for m in hits if depuis.debut <= m.debut and m.fin <= limite})
