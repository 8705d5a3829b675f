"""Names of persons in a text: those the network knows, those the editor lists, those a civility shows.

Rules, documented in docs/explications/deux-versions.md:

1. first name and surname in either order, or initials and surname, whatever the case or accents;
2. a surname alone, when it bears a capital (« Exemple » but not « exemple »);
3. after a civility (M., Mme, Monsieur…), the capitalised words that follow, known or not;
4. an e-mail address whose left part holds a known surname;
5. never a holder of a public office, unless a known person bears the same surname and nothing tells
   them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from maillage.web.publications.texte.folding import Mot, split_words, word_forms
from maillage.web.publications.texte.lexique import lexique

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_CIVILITE = (
    r"(?:MM\.?|M\.|Mr\.?|Mmes?\b\.?|Mlles?\b\.?|Me\b|Dr\b\.?|Pr\b\.?|Messieurs|Mesdames|Monsieur|Madame|"
    r"Mademoiselle|Maître|Docteur|Docteure|Professeur|Professeure)"
)
_MAJUSCULE = r"[A-ZÀ-ÖØ-ÞŒŸ]"
_NOM = rf"{_MAJUSCULE}[\w.]*(?:[’'\-‐‑]{_MAJUSCULE}?[\w]+)*"
_PARTICULE = r"(?:de la|de l[’']|de|du|des|d[’']|von|van|der|den|di|da|del|el|al|ben|bin)"
_NOMS = rf"(?:{_PARTICULE}\s*)?{_NOM}(?:[ \u00a0\u202f\n]+(?:{_PARTICULE}\s*)?{_NOM}){{0,3}}"
_TITRE = r"(?:(?:l[ea]\s+|l[’']|les\s+)[\w-]+(?:\s+(?:[a-zà-ÿ-]+(?:e|é|ée|al|ale|eur|rice)))?\s+)?"
_AVEC_CIVILITE = re.compile(rf"(?<![\w])(?P<civilite>{_CIVILITE})\s+{_TITRE}(?P<noms>{_NOMS})")
_AUTRE_NOM = re.compile(rf"\s*(?:,|et)\s+(?P<noms>{_NOMS})")
_COURRIEL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LIAISON = re.compile(r"[\s\u00ad\u200b.’'\-‐‑]{0,4}")
_TRAITS = "-‐‑"
_PLURIELS = ("MM", "Mmes", "Mlles", "Messieurs", "Mesdames")
_FONCTIONS = lexique("fonctions")
_LETTRES_D_INITIALES = 2
_LETTRES_D_UN_COURRIEL = 4


@dataclass(frozen=True, slots=True)
class Personne:
    """Someone who may be named.

    Attributes:
        nom: Surname, particle included.
        prenom: First name; empty when only a surname is given.
    """

    nom: str
    prenom: str = ""

    @classmethod
    def from_text(cls, texte: str) -> Personne:
        """Person written in one line: « Camille Exemple », « EXEMPLE Camille », « Exemple ».

        The words in capitals are the surname; without any, the first word is the first name.
        """
        mots = re.sub(rf"^{_CIVILITE}\s+", "", texte.strip()).split()
        capitales = [mot for mot in mots if mot.isupper() and len(mot.strip(".")) > 1]
        if capitales and len(capitales) < len(mots):
            return cls(" ".join(capitales), " ".join(m for m in mots if m not in capitales))
        if len(mots) <= 1:
            return cls(" ".join(mots))
        return cls(" ".join(mots[1:]), mots[0])


@dataclass(frozen=True, slots=True)
class NomTrouve:
    """A name that a rule found.

    Attributes:
        debut, fin: Where it stands, civility included.
        formes: Folded words of the name alone.
        connu: Whether it is in the directory, and not only shown by a civility.
        complet: Whether a first name or an initial stands with the surname.
    """

    debut: int
    fin: int
    formes: tuple[str, ...]
    connu: bool = False
    complet: bool = False


@dataclass(frozen=True, slots=True)
class _Connu:
    nom: tuple[str, ...]
    prenom: tuple[str, ...]

    @property
    def initiales(self) -> str:
        return "".join(mot[0] for mot in self.prenom)


@dataclass(frozen=True)
class Annuaire:
    """Who must not be named in the public version, and who may.

    Attributes:
        personnes: Persons known to the network, and those that the editor lists.
        titulaires: Holders of public offices, whom the public version names.
        laisser: Words that only look like a name and stay (« Rose », « Petit »), folded or not.
        civilites: Whether a name that only a civility shows is one.
    """

    personnes: tuple[Personne, ...] = ()
    titulaires: tuple[Personne, ...] = ()
    laisser: tuple[str, ...] = ()
    civilites: bool = True
    _par_nom: Mapping[str, tuple[_Connu, ...]] = field(init=False, repr=False, compare=False)
    _titulaires: tuple[_Connu, ...] = field(init=False, repr=False, compare=False)
    _laisser: frozenset[tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[str, list[_Connu]] = {}
        for connu in _known(self.personnes):
            index.setdefault(connu.nom[0], []).append(connu)
        longest = {
            mot: tuple(sorted(noms, key=lambda c: (-len(c.nom), -len(c.prenom))))
            for mot, noms in index.items()
        }
        object.__setattr__(self, "_par_nom", longest)
        object.__setattr__(self, "_titulaires", _known(self.titulaires))
        object.__setattr__(self, "_laisser", frozenset(map(word_forms, self.laisser)))

    def find_noms(self, texte: str, *, casse: bool = True) -> tuple[NomTrouve, ...]:
        """Names to hide in a text, in order, none inside another.

        Args:
            texte: What is read.
            casse: Whether a surname alone needs a capital. False where nothing has capitals:
                addresses, file names, search index.
        """
        mots = split_words(texte)
        found = [*self._known_names(texte, mots, casse=casse), *self._in_addresses(texte)]
        if self.civilites:
            found += self._after_civility(texte)
        kept: list[NomTrouve] = []
        for nom in sorted(found, key=lambda n: (n.debut, -n.fin)):
            if kept and nom.debut < kept[-1].fin:
                dernier = kept[-1]
                kept[-1] = replace(
                    dernier,
                    fin=max(dernier.fin, nom.fin),
                    connu=dernier.connu or nom.connu,
                    complet=dernier.complet or nom.complet,
                )
            else:
                kept.append(nom)
        return tuple(kept)

    def may_name(self, nom: Sequence[str], prenom: Sequence[str]) -> bool:
        """Whether these folded words name a holder of a public office and nobody else."""
        holders = [
            connu
            for connu in self._titulaires
            if connu.nom == tuple(nom) and _first_name_agrees(connu, prenom)
        ]
        if not holders:
            return False
        others = [c for c in self._par_nom.get(nom[0], ()) if c.nom == tuple(nom)]
        return bool(prenom) or all(other in holders for other in others)

    def _known_names(
        self, texte: str, mots: tuple[Mot, ...], *, casse: bool
    ) -> Iterator[NomTrouve]:
        rang = 0
        while rang < len(mots):
            found = self._name_at(texte, mots, rang, casse=casse)
            if found is None:
                rang += 1
            else:
                nom, suivant = found
                rang = max(suivant, rang + 1)
                if nom is not None:
                    yield nom

    def _name_at(
        self, texte: str, mots: tuple[Mot, ...], rang: int, *, casse: bool
    ) -> tuple[NomTrouve | None, int] | None:
        for connu in self._par_nom.get(mots[rang].forme, ()):
            fin = rang + len(connu.nom)
            if not _matches(texte, mots, rang, connu.nom):
                continue
            debut, apres = _extend(texte, mots, (rang, fin), connu)
            alone = (debut, apres) == (rang, fin)
            if alone and not self._stands_alone(texte, mots, rang, fin, casse=casse):
                continue
            formes = tuple(mot.forme for mot in mots[debut:apres])
            prenom = (*formes[: rang - debut], *formes[fin - debut :])
            if formes in self._laisser or self.may_name(connu.nom, prenom):
                return None, apres
            place = (mots[debut].debut, mots[apres - 1].fin)
            return NomTrouve(*place, formes, connu=True, complet=not alone), apres
        return None

    def _stands_alone(
        self, texte: str, mots: tuple[Mot, ...], rang: int, fin: int, *, casse: bool
    ) -> bool:
        """A surname alone: with its capital, and not a part of a compound name."""
        debut, dernier = mots[rang].debut, mots[fin - 1].fin
        if texte[debut - 1 : debut] in set(_TRAITS) or texte[dernier : dernier + 1] in set(_TRAITS):
            return not casse
        ecrits = [texte[mot.debut : mot.fin] for mot in mots[rang:fin]]
        if casse and not any(ecrit[:1].isupper() for ecrit in ecrits):
            return False
        if not casse:
            return True
        precedent = tuple(mot.forme for mot in mots[max(0, rang - 1) : rang])
        nom = tuple(mot.forme for mot in mots[rang:fin])
        return not (precedent and self._is_titulaire((*precedent, *nom)))

    def _is_titulaire(self, formes: tuple[str, ...]) -> bool:
        """Whether folded words are the name of a holder, with or without the first name."""
        for rang in range(len(formes)):
            if self.may_name(formes[rang:], formes[:rang]):
                return True
            if rang and self.may_name(formes[:rang], formes[rang:]):
                return True
        return False

    def _in_addresses(self, texte: str) -> Iterator[NomTrouve]:
        for match in _COURRIEL.finditer(texte):
            gauche = match.group().partition("@")[0]
            formes = word_forms(gauche.replace("_", " "))
            if self._holds_surname(formes):
                formes = word_forms(match.group())
                yield NomTrouve(match.start(), match.end(), formes, connu=True, complet=True)

    def _holds_surname(self, formes: tuple[str, ...]) -> bool:
        """Whether the left part of an address is somebody's: « c.exemple », « cexemple »."""
        for rang, forme in enumerate(formes):
            for connu in self._par_nom.get(forme, ()):
                if formes[rang : rang + len(connu.nom)] == connu.nom:
                    return True
        soude = "".join(formes)
        return any(
            len("".join(connu.nom)) >= _LETTRES_D_UN_COURRIEL
            and soude in {connu.initiales + "".join(connu.nom), "".join(connu.prenom + connu.nom)}
            for noms in self._par_nom.values()
            for connu in noms
            if connu.prenom
        )

    def _after_civility(self, texte: str) -> Iterator[NomTrouve]:
        for match in _AVEC_CIVILITE.finditer(texte):
            yield from self._civil(match.start(), match["noms"], match.start("noms"))
            if not match["civilite"].startswith(_PLURIELS):
                continue
            suivant = _AUTRE_NOM.match(texte, match.end())
            while suivant is not None:
                yield from self._civil(
                    suivant.start("noms"), suivant["noms"], suivant.start("noms")
                )
                suivant = _AUTRE_NOM.match(texte, suivant.end())

    def _civil(self, debut: int, noms: str, rang: int) -> Iterator[NomTrouve]:
        propre = noms.rstrip(".")
        formes = word_forms(propre)
        if not formes or _FONCTIONS.issuperset(formes[:1]) or formes in self._laisser:
            return
        while formes and formes[-1] in _FONCTIONS:
            formes = formes[:-1]
        if not self._is_titulaire(formes):
            yield NomTrouve(debut, rang + len(propre), formes)


def _known(personnes: Iterable[Personne]) -> tuple[_Connu, ...]:
    connus = (_Connu(word_forms(p.nom), word_forms(p.prenom)) for p in personnes)
    return tuple(dict.fromkeys(connu for connu in connus if connu.nom))


def _first_name_agrees(connu: _Connu, prenom: Sequence[str]) -> bool:
    if not prenom or tuple(prenom) == connu.prenom:
        return True
    return "".join(prenom) == connu.initiales


def _linked(texte: str, gauche: Mot, droite: Mot) -> bool:
    return _LIAISON.fullmatch(texte, gauche.fin, droite.debut) is not None


def _matches(texte: str, mots: tuple[Mot, ...], rang: int, formes: tuple[str, ...]) -> bool:
    if tuple(mot.forme for mot in mots[rang : rang + len(formes)]) != formes:
        return False
    return all(_linked(texte, mots[k], mots[k + 1]) for k in range(rang, rang + len(formes) - 1))


def _extend(
    texte: str, mots: tuple[Mot, ...], place: tuple[int, int], connu: _Connu
) -> tuple[int, int]:
    """Surname widened to the first name or the initials that stand before or after it."""
    debut, fin = place
    for taille, formes in _first_names(connu):
        avant = debut - taille
        if avant >= 0 and _is_run(texte, mots[avant : debut + 1], formes):
            return avant, fin
        if _is_run(texte, mots[fin - 1 : fin + taille], formes, after=True):
            return debut, fin + taille
    return debut, fin


def _first_names(connu: _Connu) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Ways of writing a first name, longest first: all words, initials apart, initials together."""
    if not connu.prenom:
        return
    initiales = connu.initiales
    ways = {connu.prenom, tuple(initiales), (initiales,), connu.prenom[:1]}
    for formes in sorted(ways, key=lambda f: (-len(f), -len("".join(f)))):
        yield len(formes), formes


def _is_run(
    texte: str, mots: tuple[Mot, ...], formes: tuple[str, ...], *, after: bool = False
) -> bool:
    """Whether linked words are these ones beside the surname; initials bear a capital."""
    if len(mots) != len(formes) + 1:
        return False
    cotes = mots[1:] if after else mots[:-1]
    if tuple(mot.forme for mot in cotes) != formes:
        return False
    if not all(_linked(texte, a, b) for a, b in pairwise(mots)):
        return False
    courts = [mot for mot in cotes if len(mot.forme) <= _LETTRES_D_INITIALES]
    return all(texte[mot.debut].isupper() for mot in courts)
