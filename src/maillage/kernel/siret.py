"""SIREN of a legal person and SIRET of its establishments: text of 9 and 14 digits, never numbers.

The check digit, and the exception of La Poste whose establishments follow another rule, are those
of python-stdnum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets

if TYPE_CHECKING:
    from collections.abc import Callable

_SCIENTIFIQUE = re.compile(r"[0-9]([.,][0-9]+)?[eE][+]?[0-9]+")
_LONGUEUR_SIREN = 9
_ZEROS_PERDUS = 3  # no SIREN in use begins with more; beyond, a guess would be noise


@dataclass(frozen=True, slots=True, order=True)
class Siren:
    """Number of a legal person.

    Attributes:
        numero: Nine digits, leading zeros kept.

    Raises:
        ValueError: the number is not a valid SIREN without spaces.
    """

    numero: str

    def __post_init__(self) -> None:
        _check_numero(self.numero, _SIREN)

    def __str__(self) -> str:
        return self.numero

    @property
    def lisible(self) -> str:
        """As printed on documents: « 732 829 320 », with no-break spaces."""
        return _group(self.numero)


@dataclass(frozen=True, slots=True, order=True)
class Siret:
    """Number of an establishment.

    Attributes:
        numero: Fourteen digits, leading zeros kept; the first nine are the SIREN.

    Raises:
        ValueError: the number is not a valid SIRET without spaces.
    """

    numero: str

    def __post_init__(self) -> None:
        _check_numero(self.numero, _SIRET)

    def __str__(self) -> str:
        return self.numero

    @property
    def siren(self) -> Siren:
        """Legal person that the establishment belongs to."""
        return Siren(self.numero[:_LONGUEUR_SIREN])

    @property
    def nic(self) -> str:
        """Number of the establishment within its legal person: the last five digits."""
        return self.numero[_LONGUEUR_SIREN:]

    @property
    def lisible(self) -> str:
        """As printed on documents: « 732 829 320 00074 », with no-break spaces."""
        return f"{_group(self.numero[:_LONGUEUR_SIREN])}\N{NO-BREAK SPACE}{self.nic}"


@dataclass(frozen=True, slots=True)
class _Numero:
    """What distinguishes a SIREN from a SIRET when it is read."""

    nom: str
    longueur: int
    is_valid: Callable[[str], bool]
    code_forme: str
    code_controle: str


_SIREN = _Numero("SIREN", 9, stdnum_siren.is_valid, "MLG-ID-003", "MLG-ID-004")
_SIRET = _Numero("SIRET", 14, stdnum_siret.is_valid, "MLG-ID-005", "MLG-ID-006")


def parse_siren(saisie: object) -> Siren:
    """SIREN that a text stands for; spaces between groups of digits are accepted.

    Raises:
        SaisieInvalide: MLG-ID-001 not text, MLG-ID-002 empty, MLG-ID-003 not nine digits,
            MLG-ID-004 wrong check digit.
    """
    return Siren(_parse(saisie, _SIREN))


def parse_siret(saisie: object) -> Siret:
    """SIRET that a text stands for; spaces between groups of digits are accepted.

    Raises:
        SaisieInvalide: MLG-ID-001 not text, MLG-ID-002 empty, MLG-ID-005 not fourteen digits,
            MLG-ID-006 wrong check digit.
    """
    return Siret(_parse(saisie, _SIRET))


def is_siren(texte: str) -> bool:
    """Whether the text, spaces aside, is a SIREN with a right check digit."""
    return _is_numero("".join(texte.split()), _SIREN)


def is_siret(texte: str) -> bool:
    """Whether the text, spaces aside, is a SIRET with a right check digit. Published ones may not be."""
    return _is_numero("".join(texte.split()), _SIRET)


def read_identifiant(saisie: object, nom: str) -> str:
    """Text of an identifier, without any space, in capitals.

    Args:
        saisie: What was typed or read from a cell.
        nom: What it should be, with its article: « le SIRET ».

    Raises:
        SaisieInvalide: MLG-ID-001 it is a number, whose leading zeros are lost; MLG-ID-002 empty.
    """
    serre = "" if saisie is None else saisie
    if not isinstance(serre, str):
        raise SaisieInvalide(
            Anomalie(
                "MLG-ID-001",
                f"{_capitalise(nom)} est arrivé comme un nombre ({saisie}) et non comme un texte.",
                "Mettez la colonne au format Texte dans le tableur, vérifiez les zéros du début, "
                "puis recommencez.",
            )
        )
    serre = "".join(serre.split()).upper()
    if not serre:
        raise SaisieInvalide(
            Anomalie("MLG-ID-002", f"{_capitalise(nom)} est vide.", "Indiquez-le.")
        )
    return serre


def is_scientifique(texte: str) -> bool:
    """Whether a spreadsheet turned the identifier into a power of ten: its digits are lost."""
    return _SCIENTIFIQUE.fullmatch(texte) is not None


def _parse(saisie: object, numero: _Numero) -> str:
    serre = read_identifiant(saisie, f"le {numero.nom}")
    if len(serre) != numero.longueur or not (serre.isascii() and serre.isdigit()):
        quoi = f"{guillemets(str(saisie))} n’est pas un {numero.nom} : il faut {numero.longueur} chiffres."
        raise SaisieInvalide(Anomalie(numero.code_forme, quoi, _advice(serre, numero)))
    if not numero.is_valid(serre):
        quoi = f"Le {numero.nom} {guillemets(str(saisie))} a une clé de contrôle fausse."
        que_faire = (
            "Un chiffre est faux ou deux sont inversés : comparez-le avec l’avis de situation."
        )
        raise SaisieInvalide(Anomalie(numero.code_controle, quoi, que_faire))
    return serre


def _advice(serre: str, numero: _Numero) -> str:
    """What to do with a number of the wrong shape: guess the damage, never repair it silently."""
    if is_scientifique(serre):
        return (
            "Le tableur l’a transformé en puissance de dix et a perdu des chiffres : "
            "reprenez-le à la source, dans une colonne au format Texte."
        )
    autre = _SIRET if numero is _SIREN else _SIREN
    if _is_numero(serre, autre):
        return f"C’est un {autre.nom} ({autre.longueur} chiffres) : indiquez le {numero.nom}."
    complet = serre.zfill(numero.longueur)
    perdus = numero.longueur - len(serre)
    if 0 < perdus <= _ZEROS_PERDUS and _is_numero(complet, numero):
        return f"Un zéro du début s’est peut-être perdu : avez-vous voulu dire {complet} ?"
    return f"Vérifiez le nombre de chiffres ({len(serre)} caractères reçus)."


def _is_numero(serre: str, numero: _Numero) -> bool:
    """Stricter than the library, which skips dots: only digits."""
    return serre.isascii() and serre.isdigit() and numero.is_valid(serre)


def _check_numero(texte: str, numero: _Numero) -> None:
    if not _is_numero(texte, numero):
        msg = f"{texte!r} is not a valid {numero.nom} ({numero.longueur} digits, no spaces)"
        raise ValueError(msg)


def _group(chiffres: str) -> str:
    return "\N{NO-BREAK SPACE}".join(chiffres[i : i + 3] for i in range(0, len(chiffres), 3))


def _capitalise(texte: str) -> str:
    return texte[:1].upper() + texte[1:]
