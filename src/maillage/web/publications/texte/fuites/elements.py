"""What gives a passage away by itself: an amount, an e-mail, a number, a proper name.

An ordinary word never does. The rules are written in docs/explications/deux-versions.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.web.publications.texte.folding import fold_text, word_forms
from maillage.web.publications.texte.lexique import lexique
from maillage.web.publications.texte.montants import find_montants, find_nombres, is_annee

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maillage.web.publications.texte.montants import Nombre, NombreEcrit

_COURRIEL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_TELEPHONE = re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.-]*[1-9](?:[\s.-]*\d{2}){4}(?!\d)")
_ADRESSE = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_MAJUSCULE = r"[A-ZÀ-ÖØ-ÞŒŸ]"
_NOM_PROPRE = re.compile(
    rf"(?<!\w){_MAJUSCULE}[\w’'\-]*(?:[ \u00a0\u202f](?:(?:de|du|des|la|le|d[’'])[ \u00a0\u202f]?)?"
    rf"{_MAJUSCULE}[\w’'\-]*)*"
)
_FIN_DE_PHRASE = re.compile(r"(?:^|[.!?:;…•\n«\"(\-–|])[\s\u00a0\u202f]*$")
_CHIFFRES_MIN = 3
_CENT = 100
_LETTRES_MIN = 3
GENERIQUES = lexique("generiques")
"""Names and acronyms of the whole sector, which give nobody away; folded."""


@dataclass(frozen=True, slots=True)
class Element:
    """A distinctive part of a passage.

    Attributes:
        texte: As the source writes it.
        ou: Where it is reserved.
        cles: Folded forms, one of which suffices to recognise it.
        nombres: Readings, for an amount or a number.
        monnaie: Whether it is an amount.
        pourcent: Whether it is a percentage.
        nom: Whether it is a proper name.
    """

    texte: str
    ou: str
    cles: tuple[str, ...] = ()
    nombres: tuple[Nombre, ...] = ()
    monnaie: bool = False
    pourcent: bool = False
    nom: bool = False


def find_elements(texte: str, ou: str, adresses: Iterable[str] = ()) -> tuple[Element, ...]:
    """Distinctive parts of a passage, each once."""
    found = [
        *_fixed(_COURRIEL, texte, ou),
        *_phones(texte, ou),
        *_links([*_ADRESSE.findall(texte), *adresses], ou),
        *_amounts(texte, ou),
        *_numbers(texte, ou),
        *_names(texte, ou),
    ]
    return tuple(dict.fromkeys(found))


def normal_address(adresse: str) -> str:
    """An address without what does not change where it leads."""
    courte = re.sub(r"^(?:https?://)?(?:www\.)?", "", adresse.strip(), flags=re.IGNORECASE)
    return fold_text(courte.rstrip("/.,;"))


def normal_phone(texte: str) -> str:
    """A French telephone number as nine digits."""
    return re.sub(r"\D", "", texte)[-9:]


def find_phones(texte: str) -> frozenset[str]:
    """Telephone numbers of a text, as nine digits."""
    return frozenset(normal_phone(match.group()) for match in _TELEPHONE.finditer(texte))


def is_distinctive(ecrit: NombreEcrit) -> bool:
    """Whether a number says something by itself: three digits at least, or a percentage; no year.

    A number in words is held to say something from the hundreds.
    """
    if is_annee(ecrit.texte):
        return False
    if ecrit.pourcent:
        return True
    chiffres = sum(caractere.isdecimal() for caractere in ecrit.texte)
    return chiffres >= _CHIFFRES_MIN or (not chiffres and ecrit.nombres[0].valeur >= _CENT)


def _fixed(forme: re.Pattern[str], texte: str, ou: str) -> Iterator[Element]:
    for match in forme.finditer(texte):
        yield Element(match.group(), ou, (fold_text(match.group()),))


def _phones(texte: str, ou: str) -> Iterator[Element]:
    for match in _TELEPHONE.finditer(texte):
        yield Element(match.group(), ou, (f"tel:{normal_phone(match.group())}",))


def _links(adresses: Iterable[str], ou: str) -> Iterator[Element]:
    for adresse in adresses:
        courte = normal_address(adresse)
        if not adresse.startswith(("pj:", "#", "/")) and len(courte) > _LETTRES_MIN:
            yield Element(adresse, ou, (courte,))


def _amounts(texte: str, ou: str) -> Iterator[Element]:
    for montant in find_montants(texte):
        ecrit = texte[montant.debut : montant.fin]
        yield Element(ecrit.strip(), ou, nombres=montant.nombres, monnaie=True)


def _numbers(texte: str, ou: str) -> Iterator[Element]:
    montants = find_montants(texte)
    for ecrit in find_nombres(texte):
        if any(m.debut <= ecrit.debut < m.fin for m in montants) or not is_distinctive(ecrit):
            continue
        yield Element(ecrit.texte.strip(), ou, nombres=ecrit.nombres, pourcent=ecrit.pourcent)


def _names(texte: str, ou: str) -> Iterator[Element]:
    for match in _NOM_PROPRE.finditer(texte):
        debut_de_phrase = _FIN_DE_PHRASE.search(texte[: match.start()]) is not None
        for nom in _name_forms(match.group(), at_start=debut_de_phrase):
            yield Element(" ".join(nom.split()), ou, (" ".join(word_forms(nom)),), nom=True)


def _name_forms(nom: str, *, at_start: bool) -> Iterator[str]:
    """A name whole, then each of its words; the word that opens a sentence is an ordinary one."""
    mots = nom.split()
    if at_start and not _is_sigle(mots[0]):
        mots = mots[1:]
    while mots and not mots[0][:1].isupper():  # the particle that followed it
        mots = mots[1:]
    if len(mots) > 1:
        yield " ".join(mots)
    for mot in mots:
        propre = re.sub(r"^[A-Za-z][’']", "", mot)
        forme = " ".join(word_forms(propre))
        if len(forme) >= _LETTRES_MIN and forme not in GENERIQUES and propre[:1].isupper():
            yield propre


def _is_sigle(mot: str) -> bool:
    return mot.isupper() and len(mot) >= _LETTRES_MIN
