"""What the public version hides by rule: amounts in euros, and names of persons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import unquote

from maillage.web.publications.texte.montants import find_montants
from maillage.web.publications.texte.personnes import Annuaire

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHIFFRES_SEULS = re.compile(r"[\s\d.,'’+\-−–/~≈()à→]*\d[\s\d.,'’+\-−–/~≈()à→]*")
_MONNAIE = re.compile(r"€|\beuros?\b|\bEUR\b", re.IGNORECASE)


class Regle(Enum):
    """A rule; the value is what the public version reads in place of what it hides."""

    MONTANT = "[montant réservé aux adhérents]"
    NOM = "[nom réservé aux adhérents]"

    @property
    def libelle(self) -> str:
        """What the rule hides, singular, in French."""
        return "montant" if self is Regle.MONTANT else "nom"


@dataclass(frozen=True, slots=True)
class Regles:
    """Rules chosen for one publication.

    Attributes:
        montants: Hide amounts in euros.
        noms: Hide names of persons.
        annuaire: Who is known, listed, or the holder of a public office.
    """

    montants: bool = False
    noms: bool = False
    annuaire: Annuaire = field(default_factory=Annuaire)


@dataclass(frozen=True, slots=True)
class Remplacement:
    """One thing that a rule hid.

    Attributes:
        regle: Which rule.
        original: What stood there.
        ou: Field and line, in French: « titre », « corps, ligne 3 ».
    """

    regle: Regle
    original: str
    ou: str


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """Where a rule applies in a text."""

    debut: int
    fin: int
    regle: Regle


def find_hidden(texte: str, regles: Regles, *, casse: bool = True) -> tuple[Trouvaille, ...]:
    """Parts of a text that the rules hide, in order, none over another."""
    found: list[Trouvaille] = []
    if regles.montants:
        found += [Trouvaille(m.debut, m.fin, Regle.MONTANT) for m in find_montants(texte)]
    if regles.noms:
        noms = regles.annuaire.find_noms(texte, casse=casse)
        found += [Trouvaille(n.debut, n.fin, Regle.NOM) for n in noms]
    return merge(found)


def merge(found: Iterable[Trouvaille]) -> tuple[Trouvaille, ...]:
    """The same parts without overlap: one that overlaps another widens it."""
    kept: list[Trouvaille] = []
    for part in sorted(found, key=lambda t: (t.debut, -t.fin)):
        if kept and part.debut < kept[-1].fin:
            dernier = kept[-1]
            kept[-1] = Trouvaille(dernier.debut, max(dernier.fin, part.fin), dernier.regle)
        else:
            kept.append(part)
    return tuple(kept)


def redact_text(texte: str, regles: Regles, ou: str) -> tuple[str, tuple[Remplacement, ...]]:
    """A plain text with the replacements of the rules, and what was replaced."""
    pieces: list[str] = []
    done: list[Remplacement] = []
    position = 0
    for part in find_hidden(texte, regles):
        pieces += [texte[position : part.debut], part.regle.value]
        done.append(Remplacement(part.regle, texte[part.debut : part.fin], ou))
        position = part.fin
    pieces.append(texte[position:])
    return "".join(pieces), tuple(done)


def hides_address(adresse: str, regles: Regles) -> tuple[Trouvaille, ...]:
    """Parts of an address, decoded, that the rules hide: nothing has capitals there."""
    return find_hidden(readable_address(adresse), regles, casse=False)


def readable_address(adresse: str) -> str:
    """An address as a reader would say it: escapes decoded, hyphens and underscores as spaces."""
    return re.sub(r"[_+\-]+", " ", unquote(adresse))


def is_bare_number(texte: str) -> bool:
    """Whether a cell holds figures only, so that its heading says what they are."""
    return _CHIFFRES_SEULS.fullmatch(texte) is not None


def says_euros(texte: str) -> bool:
    """Whether a heading says that the figures under it are euros."""
    return _MONNAIE.search(texte) is not None
