"""Names and codes of the territories, in the forms in which people type them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from maillage.analyses.diagnosis.geography import ARM
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.analyses.diagnosis.geography import AncienneCommune, Geographie
    from maillage.analyses.diagnosis.model import Territoire

Cle = TypeVar("Cle")
Membre = TypeVar("Membre")

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SEPARATEURS = re.compile(r"[\W_]+")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ARRONDISSEMENT = re.compile(r"^(?P<ville>\D+) (?P<numero>\d+)(?:e|er)? arrondissement$")


def spell(texte: str) -> str:
    """Text in lower case, words apart by one space, accents kept: « L’Haÿ-les-Roses » → « l haÿ les roses »."""
    composed = unicodedata.normalize("NFC", texte).casefold().translate(_LIGATURES)
    words = _SEPARATEURS.sub(" ", composed).split()
    return " ".join(_SAINTS.get(word, word) for word in words)


def normalize(texte: str) -> str:
    """As `spell`, without accents: what two ways of typing one name have in common."""
    decomposed = unicodedata.normalize("NFD", spell(texte))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def designate(territoire: Territoire) -> str:
    """Name, level, département and code: « Saint-Denis, commune, Seine-Saint-Denis (93066) »."""
    departement = [nom for niveau, _, nom in territoire.parents if niveau is Niveau.DEPARTEMENT]
    parts = [territoire.nom, territoire.niveau.libelle, *departement[-1:]]
    if territoire.niveau is Niveau.FRANCE:
        parts = [territoire.nom]
    return f"{', '.join(parts)} ({territoire.code})"


@dataclass(frozen=True, slots=True)
class IndexNoms:
    """Territories by the forms in which they are typed.

    Attributes:
        noms: Normalised name to the territories that carry it.
        tries: The normalised names in order, for prefixes.
        mots: Word of a name to the normalised names that hold it.
        anciens: Normalised name of the past to the communes that carried it.
        codes: Code to the territories that carry it, at any level.
        postaux: Postal code to its communes and arrondissements.
    """

    noms: Mapping[str, tuple[Territoire, ...]]
    tries: tuple[str, ...]
    mots: Mapping[str, tuple[str, ...]]
    anciens: Mapping[str, tuple[AncienneCommune, ...]]
    codes: Mapping[str, tuple[Territoire, ...]]
    postaux: Mapping[str, tuple[Territoire, ...]]

    def starting_with(self, prefix: str) -> tuple[str, ...]:
        """Normalised names that start so, the name itself left out."""
        first = bisect_left(self.tries, prefix)
        last = bisect_left(self.tries, prefix + "\U0010ffff")
        return tuple(nom for nom in self.tries[first:last] if nom != prefix)


def build_index(geographie: Geographie) -> IndexNoms:
    """Index of every territory, of every commune of the past and of the postal codes."""
    territoires = [t for level in geographie.territoires.values() for t in level.values()]
    noms = _group((nom, t) for t in territoires for nom in _forms(t))
    return IndexNoms(
        noms=noms,
        tries=tuple(sorted(noms)),
        mots=_group((mot, nom) for nom in noms for mot in set(nom.split()[1:])),
        anciens=_group(
            (normalize(a.nom), a) for a in geographie.anciennes.values() if _is_gone(a, geographie)
        ),
        codes=_group((t.code, t) for t in territoires),
        postaux=_group((postal, t) for t in territoires for postal in t.codes_postaux),
    )


def _group(pairs: Iterable[tuple[Cle, Membre]]) -> dict[Cle, tuple[Membre, ...]]:
    groups: defaultdict[Cle, list[Membre]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _forms(territoire: Territoire) -> Iterable[str]:
    nom = normalize(territoire.nom)
    yield nom
    if territoire.nature == ARM and (parts := _ARRONDISSEMENT.match(nom)):
        yield f"{parts['ville']} {parts['numero']}"


def _is_gone(ancienne: AncienneCommune, geographie: Geographie) -> bool:
    """Whether the name of the past says something that no commune of today says by itself."""
    actuelle = geographie.territoires[Niveau.COMMUNE].get(ancienne.code_actuel or "")
    return actuelle is not None and normalize(actuelle.nom) != normalize(ancienne.nom)
