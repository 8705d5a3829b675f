"""Amounts in euros as people write them: « 1 619 € », « 1,6 M€ », « deux mille euros ».

One reading serves the redaction of the public version and the leak test, which also looks for the
same value under another spelling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.web.publications.texte.folding import INVISIBLES, fold_text
from maillage.web.publications.texte.nombres_en_lettres import MOTS_NOMBRES, parse_lettres

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESPACE = rf"[\s{INVISIBLES}]"
_SEPARATEUR = rf"(?:{_ESPACE}{{1,3}}|[.,'’])"
_NOMBRE = rf"(?:\d{{1,3}}(?:{_SEPARATEUR}\d{{3}}){{1,6}}(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_MULTIPLE = r"milliards?|millions?|milliers?|mille|mi?ll?iards?|mrds?|mds?|[kmg]"
_DE = rf"(?:d{_ESPACE}?['’]{_ESPACE}?|de{_ESPACE}+)?"
_DEMI = rf"(?P<demi>{_ESPACE}{{1,3}}et{_ESPACE}{{1,3}}demie?)?"
_EURO = r"(?:€|(?:euros?|eur|centimes?|cts?)(?![^\W_]))"
_LIEN = rf"{_ESPACE}{{0,3}}(?:à|a|et|ou|jusqu['’]à|[-–—→/>+]|->){_ESPACE}{{0,3}}"
_LETTRES = rf"(?:{MOTS_NOMBRES})(?:[\s-]{{1,3}}(?:et[\s-]{{1,3}})?(?:{MOTS_NOMBRES})){{0,20}}"

# A number that has no unit of its own because the next one carries it: « 1 619 → 3 238 € ».
_AVANT = rf"(?:{_NOMBRE}(?:{_ESPACE}{{0,3}}(?:{_MULTIPLE}))?{_LIEN}){{0,8}}"
_SUFFIXE = re.compile(
    rf"(?<![\d.,])[-−+]?(?P<avant>{_AVANT})(?P<nombre>{_NOMBRE}){_ESPACE}{{0,3}}"
    rf"(?:(?P<multiple>{_MULTIPLE}){_DEMI}{_ESPACE}{{0,3}}{_DE})?(?P<unite>{_EURO})",
    re.IGNORECASE,
)
_PREFIXE = re.compile(
    rf"(?<![^\W_])(?P<multiple>[km])?(?:€|eur(?![^\W_])){_ESPACE}{{0,3}}(?P<nombre>{_NOMBRE})",
    re.IGNORECASE,
)
_EN_LETTRES = re.compile(
    rf"(?<![^\W_])(?P<lettres>{_LETTRES}){_DEMI}{_ESPACE}+{_DE}{_EURO}", re.IGNORECASE
)
_NOMBRE_SEUL = re.compile(
    rf"(?<![\d.,])(?P<nombre>{_NOMBRE})(?:{_ESPACE}{{0,3}}(?P<multiple>{_MULTIPLE})(?![^\W_]))?",
    re.IGNORECASE,
)
_LETTRES_SEULES = re.compile(rf"(?<![^\W_]){_LETTRES}(?![^\W_])", re.IGNORECASE)
_POURCENT = re.compile(r"[\s\u00a0\u202f]*(?:[%‰]|pour cent)")
_ANNEE = re.compile(r"(?:19|20)\d\d")
_ENTRE = re.compile(r"(?:entre|de|from)\s*$", re.IGNORECASE)
_FACTEURS = {"k": 3, "g": 9}
_CHIFFRES_D_UN_GROUPE = 3
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Nombre:
    """One reading of a number, with the precision at which it was written.

    Attributes:
        valeur: In units (euros for an amount).
        pas: Value of its last written digit: « 1,6 M » is 1 600 000 by steps of 100 000.
    """

    valeur: Decimal
    pas: Decimal

    @property
    def chiffres(self) -> int:
        """How many digits were written, leading zeros apart."""
        return len(str(int(abs(self.valeur) / self.pas)))

    def agrees_with(self, autre: Nombre) -> bool:
        """Whether both may be the same number, one of them rounded.

        A rounding to a single digit (« 2 k€ ») says too little and is not held against anyone.
        """
        if self.valeur == autre.valeur:
            return True
        grossier = max(self, autre, key=lambda nombre: nombre.pas)
        if grossier.chiffres < _CHIFFRES_UTILES:
            return False
        return abs(self.valeur - autre.valeur) * 2 <= grossier.pas


_CHIFFRES_UTILES = 2


@dataclass(frozen=True, slots=True)
class Montant:
    """An amount found in a text.

    Attributes:
        debut, fin: Where it stands, every number of a range included.
        nombres: The numbers that it may mean, in euros; several for a range or an unclear comma.
    """

    debut: int
    fin: int
    nombres: tuple[Nombre, ...]


def find_montants(texte: str) -> tuple[Montant, ...]:
    """Amounts in euros of a text, in order, none inside another."""
    found = [*_suffixed(texte), *_prefixed(texte), *_in_letters(texte)]
    kept: list[Montant] = []
    for montant in sorted(found, key=lambda m: (m.debut, -m.fin)):
        if not kept or montant.debut >= kept[-1].fin:
            kept.append(montant)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class NombreEcrit:
    """A number found in a text, that may carry a multiple but no currency.

    Attributes:
        debut, fin: Where it stands.
        texte: As it is written.
        nombres: Its readings.
        pourcent: Whether it is a percentage.
    """

    debut: int
    fin: int
    texte: str
    nombres: tuple[Nombre, ...]
    pourcent: bool


def find_nombres(texte: str) -> tuple[NombreEcrit, ...]:
    """Numbers of a text, in figures then in words."""
    found = []
    for match in _NOMBRE_SEUL.finditer(texte):
        nombres = read_nombre(match["nombre"], match["multiple"] or "")
        pourcent = _POURCENT.match(texte, match.end()) is not None
        found.append(NombreEcrit(*match.span(), match.group(), nombres, pourcent))
    fins = {ecrit.fin for ecrit in found}
    for match in _LETTRES_SEULES.finditer(texte):
        if match.end() in fins:  # the multiple of a number in figures: « 54 millions »
            continue
        valeur = parse_lettres(fold_text(match.group()))
        if valeur is not None:
            nombre = Nombre(Decimal(valeur), Decimal(1))
            found.append(NombreEcrit(*match.span(), match.group(), (nombre,), pourcent=False))
    return tuple(found)


def read_nombre(texte: str, multiple: str = "") -> tuple[Nombre, ...]:
    """Readings of a written number: « 1,619 » is 1.619 in French and 1619 in English."""
    exposant = _exponent(multiple)
    ordinaire = re.sub(rf"[{INVISIBLES}]", "", re.sub(r"[\s'’]", "", texte))
    entier, marque, reste = _split_decimals(ordinaire)
    readings = []
    if marque and len(reste) == _CHIFFRES_D_UN_GROUPE and len(entier) <= _CHIFFRES_D_UN_GROUPE:
        readings.append((entier + reste, ""))
    readings.append((entier, reste))
    return tuple(
        Nombre(
            Decimal(f"{gauche}.{droite or 0}").scaleb(exposant),
            Decimal(1).scaleb(exposant - len(droite)),
        )
        for gauche, droite in readings
    )


def is_annee(texte: str) -> bool:
    """Whether a number written without any space looks like a year."""
    return _ANNEE.fullmatch(texte.strip()) is not None


def _split_decimals(texte: str) -> tuple[str, str, str]:
    """Whole part, last mark, decimals of a number without spaces."""
    marques = [rang for rang, caractere in enumerate(texte) if caractere in ".,"]
    if not marques:
        return texte, "", ""
    genres = {texte[rang] for rang in marques}
    dernier = marques[-1]
    if len(marques) > 1 and len(genres) == 1:  # 1.619.000: thousands, all of them
        return re.sub("[.,]", "", texte), "", ""
    return re.sub("[.,]", "", texte[:dernier]), texte[dernier], texte[dernier + 1 :]


def _exponent(multiple: str) -> int:
    petit = multiple.lower()
    if petit.startswith(("milliard", "md", "mrd")):
        return 9
    if petit.startswith("million") or petit == "m":
        return 6
    if petit.startswith("mill"):
        return 3
    return _FACTEURS.get(petit, 0)


def _suffixed(texte: str) -> Iterator[Montant]:
    for match in _SUFFIXE.finditer(texte):
        debut = match.start()
        avant = match["avant"]
        multiple = match["multiple"] or ""
        if avant and _starts_with_a_year(texte, match):
            debut = match.start("nombre")
            avant = ""
        premiers = [n["nombre"] for n in _NOMBRE_SEUL.finditer(avant)]
        nombres = [
            n for ecrit in (*premiers, match["nombre"]) for n in read_nombre(ecrit, multiple)
        ]
        if match["demi"]:
            nombres = [_add_half(n, multiple) for n in nombres]
        if fold_text(match["unite"]).startswith(("centime", "ct")):
            nombres = [Nombre(n.valeur * _CENT, n.pas * _CENT) for n in nombres]
        yield Montant(debut, match.end(), tuple(nombres))


def _add_half(nombre: Nombre, multiple: str) -> Nombre:
    """« 2 millions et demi »: half of the multiple more, and one digit more of precision."""
    unite = Decimal(1).scaleb(_exponent(multiple))
    return Nombre(nombre.valeur + unite / 2, unite / 10)


def _starts_with_a_year(texte: str, match: re.Match[str]) -> bool:
    """« en 2022 et 54 M€ » holds one amount; « entre 1950 et 2000 € » holds two."""
    premier = re.match(_NOMBRE, match["avant"])
    if premier is None or not is_annee(premier.group()):
        return False
    return _ENTRE.search(texte[: match.start()]) is None


def _prefixed(texte: str) -> Iterator[Montant]:
    for match in _PREFIXE.finditer(texte):
        nombres = read_nombre(match["nombre"], match["multiple"] or "")
        yield Montant(match.start(), match.end(), nombres)


def _in_letters(texte: str) -> Iterator[Montant]:
    for match in _EN_LETTRES.finditer(texte):
        valeur = parse_lettres(fold_text(match["lettres"]))
        nombres = () if valeur is None else (Nombre(Decimal(valeur), Decimal(1)),)
        yield Montant(match.start(), match.end(), nombres)
