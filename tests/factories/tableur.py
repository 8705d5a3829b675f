"""A spreadsheet in small: reads a workbook and computes its formulas, knowing nothing of what they mean.

Enough for + - * / ^, comparisons, texts, ranges, and SUM, MIN, MAX, IF, AND, OR, ROUND, MOD, INDEX, MATCH.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Valeur = Any  # number, text, truth, or a list of them for a range
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_JETON = re.compile(
    r"\s*(?P<nombre>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|\s*(?P<texte>\"(?:[^\"]|\"\")*\")"
    r"|\s*(?P<plage>(?:'[^']+'!)?\$?[A-Z]{1,2}\$?\d+:\$?[A-Z]{1,2}\$?\d+)"
    r"|\s*(?P<cellule>(?:'[^']+'!)?\$?[A-Z]{1,2}\$?\d+)"
    r"|\s*(?P<fonction>[A-Z]+)\("
    r"|\s*(?P<signe><=|>=|<>|[-+*/^=<>(),])"
)


class Classeur:
    """A workbook: `classeur["Calcul", "B4"]` is what its formula gives."""

    def __init__(self, octets: bytes) -> None:
        self.gardees: dict[tuple[str, str], Valeur] = {}
        self.formules: dict[tuple[str, str], str] = {}
        self._trouvees: dict[tuple[str, str], Valeur] = {}
        self._en_cours: set[tuple[str, str]] = set()
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            textes = _read_textes(archive)
            for rang, nom in enumerate(_read_noms(archive), 1):
                self._read(nom, archive.read(f"xl/worksheets/sheet{rang}.xml"), textes)

    def _read(self, nom: str, xml: bytes, textes: list[str]) -> None:
        for cellule in ET.fromstring(xml).iter(f"{{{_NS['m']}}}c"):  # noqa: S314 — our own file
            ou = (nom, cellule.attrib["r"])
            formule, valeur = cellule.find("m:f", _NS), cellule.find("m:v", _NS)
            if formule is not None and formule.text:
                self.formules[ou] = formule.text
            if valeur is not None and valeur.text is not None:
                genre = cellule.attrib.get("t")
                if genre == "s":
                    self.gardees[ou] = textes[int(valeur.text)]
                elif genre == "str":
                    self.gardees[ou] = valeur.text
                else:
                    self.gardees[ou] = float(valeur.text)

    def __getitem__(self, ou: tuple[str, str]) -> Valeur:
        if ou not in self.formules:
            return self.gardees.get(ou, 0.0)
        if ou not in self._trouvees:
            assert ou not in self._en_cours, f"circular: {ou}"
            self._en_cours.add(ou)
            self._trouvees[ou] = _Lecture(self, ou[0], self.formules[ou]).read()
            self._en_cours.discard(ou)
        return self._trouvees[ou]

    def set(self, ou: tuple[str, str], valeur: float) -> None:
        """Type a number in a cell: everything is computed again when it is asked for."""
        self.formules.pop(ou, None)
        self.gardees[ou] = valeur
        self._trouvees.clear()

    def find(self, feuille: str, libelle: str) -> str:
        """Address of the figure on the row of a label, or of a name in column F."""
        for (nom, adresse), valeur in self.gardees.items():
            if nom == feuille and valeur == libelle and adresse[0] in "AF":
                return f"B{adresse[1:]}"
        raise KeyError(libelle)

    def value(self, feuille: str, libelle: str) -> Valeur:
        """Figure on the row of a label."""
        return self[feuille, self.find(feuille, libelle)]

    def row(self, feuille: str, libelle: str, nombre: int) -> list[Valeur]:
        """So many figures on the row of a label."""
        ligne = self.find(feuille, libelle)[1:]
        return [self[feuille, f"{_letters(rang)}{ligne}"] for rang in range(1, nombre + 1)]


class _Lecture:
    """One formula: comparisons, then sums, then products, then powers, then signs."""

    def __init__(self, classeur: Classeur, feuille: str, texte: str) -> None:
        self.classeur, self.feuille, self.texte = classeur, feuille, texte
        self.ici, self.jeton, self.genre = 0, "", ""
        self._next()

    def read(self) -> Valeur:
        valeur = self._compare()
        assert self.genre == "fin", self.texte
        return valeur

    def _next(self) -> str:
        lu = self.jeton
        if self.ici >= len(self.texte):
            self.jeton, self.genre = "", "fin"
            return lu
        trouve = _JETON.match(self.texte, self.ici)
        assert trouve is not None, f"{self.texte} at {self.ici}"
        self.genre = str(trouve.lastgroup)
        self.jeton, self.ici = trouve[self.genre], trouve.end()
        return lu

    def _compare(self) -> Valeur:
        gauche = self._sum()
        while self.genre == "signe" and self.jeton in _COMPARER:
            gauche = _COMPARER[self._next()](gauche, self._sum())
        return gauche

    def _sum(self) -> Valeur:
        gauche = self._product()
        while self.genre == "signe" and self.jeton in "+-":
            gauche = gauche + self._product() if self._next() == "+" else gauche - self._product()
        return gauche

    def _product(self) -> Valeur:
        gauche = self._power()
        while self.genre == "signe" and self.jeton in "*/":
            gauche = gauche * self._power() if self._next() == "*" else gauche / self._power()
        return gauche

    def _power(self) -> Valeur:
        base = self._sign()
        while self.genre == "signe" and self.jeton == "^":
            self._next()
            base **= self._sign()
        return base

    def _sign(self) -> Valeur:
        if self.genre == "signe" and self.jeton in "+-":
            return -self._sign() if self._next() == "-" else self._sign()
        return self._atom()

    def _atom(self) -> Valeur:
        genre, lu = self.genre, self._next()
        if genre == "nombre":
            return float(lu)
        if genre == "texte":
            return lu[1:-1].replace('""', '"')
        if genre == "cellule":
            return self.classeur[self._locate(lu)]
        if genre == "plage":
            return [self.classeur[ou] for ou in self._spread(lu)]
        if genre == "fonction":
            return self._call(lu)
        assert lu == "(", self.texte
        valeur = self._compare()
        assert self._next() == ")", self.texte
        return valeur

    def _call(self, nom: str) -> Valeur:
        if nom == "IF":
            return self._choose()
        arguments = [self._compare()]
        while self.jeton == ",":
            self._next()
            arguments.append(self._compare())
        assert self._next() == ")", self.texte
        return _FONCTIONS[nom](*arguments)

    def _choose(self) -> Valeur:
        """Only the branch that is taken is computed, as spreadsheets do."""
        verite = self._compare()
        self._next()
        if verite:
            valeur = self._compare()
            self._next()
            self._skip()
        else:
            self._skip()
            self._next()
            valeur = self._compare()
        self._next()
        return valeur

    def _skip(self) -> None:
        profondeur = 0
        while profondeur or self.jeton not in {",", ")"} or self.genre != "signe":
            if self.genre == "fonction" or self.jeton == "(":
                profondeur += 1
            elif self.jeton == ")" and self.genre == "signe":
                profondeur -= 1
            self._next()

    def _locate(self, reference: str) -> tuple[str, str]:
        feuille, _, adresse = reference.rpartition("!")
        return feuille.strip("'") or self.feuille, adresse.replace("$", "")

    def _spread(self, reference: str) -> Iterator[tuple[str, str]]:
        feuille, plage = self._locate(reference)
        debut, fin = plage.split(":")
        colonnes = range(_rank(debut), _rank(fin) + 1)
        for ligne in range(_line(debut), _line(fin) + 1):
            for colonne in colonnes:
                yield feuille, f"{_letters(colonne)}{ligne}"


_COMPARER: dict[str, Callable[[Valeur, Valeur], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def _flat(arguments: tuple[Valeur, ...]) -> list[float]:
    return [
        float(un)
        for argument in arguments
        for un in (argument if isinstance(argument, list) else [argument])
        if not isinstance(un, str)
    ]


def _round(nombre: float, decimales: float) -> float:
    pas = Decimal(1).scaleb(-int(decimales))
    return float(Decimal(repr(round(nombre, 12))).quantize(pas, ROUND_HALF_UP))


_FONCTIONS: dict[str, Callable[..., Valeur]] = {
    "SUM": lambda *un: math.fsum(_flat(un)),
    "MIN": lambda *un: min(_flat(un)),
    "MAX": lambda *un: max(_flat(un)),
    "AND": lambda *un: all(un),
    "OR": lambda *un: any(un),
    "ROUND": _round,
    "MOD": lambda a, b: a - b * math.floor(a / b),
    "INDEX": lambda plage, _ligne, colonne: plage[int(colonne) - 1],
    "MATCH": lambda un, plage, _exact: float(plage.index(un) + 1),
}


def _rank(adresse: str) -> int:
    rang = 0
    for lettre in re.sub(r"\d", "", adresse):
        rang = rang * 26 + ord(lettre) - ord("A") + 1
    return rang - 1


def _line(adresse: str) -> int:
    return int(re.sub(r"\D", "", adresse))


def _letters(rang: int) -> str:
    return (chr(ord("A") + rang // 26 - 1) if rang >= 26 else "") + chr(ord("A") + rang % 26)


def _read_textes(archive: zipfile.ZipFile) -> list[str]:
    racine = ET.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314 — our own file
    return ["".join(t.text or "" for t in si.iter(f"{{{_NS['m']}}}t")) for si in racine]


def _read_noms(archive: zipfile.ZipFile) -> list[str]:
    racine = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 — our own file
    return [feuille.attrib["name"] for feuille in racine.iter(f"{{{_NS['m']}}}sheet")]
