"""French typography: numbers, dates, plurals, lists and elision, for the screen and for the terminal.

Nothing here depends on the locale of the machine: the same value gives the same text everywhere.

Source:
    Lexique des règles typographiques en usage à l'Imprimerie nationale.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from maillage.kernel.valeur import Valeur

ESPACE_INSECABLE = "\N{NO-BREAK SPACE}"
"""Between a number and a word, and inside « ». """
ESPACE_FINE = "\N{NARROW NO-BREAK SPACE}"
"""Between thousands, and before : ; ! ? % and currency symbols."""
MOINS = "\N{MINUS SIGN}"
"""The sign of negative numbers; a hyphen is another character."""

_SYMBOLES_SERRES = ("%", "‰", "€", "k€", "M€")
_MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_UNITES = (
    "minutes?|heures?|jours?|mois|ans?|fois|points?|euros?|kilomètres?|km|m|habitants?|personnes?|"
    "demandeurs?|allocataires?|structures?|communes?|départements?|régions?|territoires?|"
    "arrondissements?|intercommunalités?|chiffres?|lignes?|périodes?|ETP|ACI|AI|EI|ETTI"
)
_FINES = re.compile(r"[ \u00a0](?=[:;!?%‰€])|(?<=\d)[ \u00a0](?=\d{3}(?!\d))(?<!\d{4}.)")
_INSECABLES = re.compile(rf"(?<=«) | (?=»)|(?<=\d) (?=(?:{_UNITES})\b)")
_SEUIL_PLURIEL = 2  # French: 0, 1 and 1,9 are singular, 2 is plural
_INVARIABLES = ("mois", "fois")
_VOYELLES = "aeiouœæ"
_CONTRACTIONS = {"de": {"Le ": "du ", "Les ": "des "}, "à": {"Le ": "au ", "Les ": "aux "}}


def typeset(texte: str) -> str:
    """Sentence written plainly, with the spaces that French never breaks.

    A narrow no-break space between thousands and before : ; ! ? % ‰ €, a no-break space inside « »
    and between a number and its unit.
    """
    return _INSECABLES.sub(ESPACE_INSECABLE, _FINES.sub(ESPACE_FINE, texte))


def round_half_up(nombre: Decimal, decimales: int) -> Decimal:
    """Number rounded to so many decimals, halves away from zero.

    Raises:
        ValueError: the number is not finite, or `decimales` is negative.
    """
    if not nombre.is_finite() or decimales < 0:
        msg = f"cannot round {nombre} to {decimales} decimals"
        raise ValueError(msg)
    # As many digits as this number needs: the default context stops at 28.
    precision = max(1, nombre.adjusted() + decimales + 2)
    contexte = Context(prec=precision, rounding=ROUND_HALF_UP)
    return nombre.quantize(Decimal(1).scaleb(-decimales), context=contexte)


def _decimal(nombre: float | Decimal) -> Decimal:
    """Decimal that a reader sees: 2.675 is 2.675, not the binary value just under it.

    Raises:
        ValueError: the number is not finite.
    """
    if isinstance(nombre, Decimal | int):
        return Decimal(nombre)
    if not math.isfinite(nombre):
        msg = f"{nombre} is not a number to show: an unknown figure is an Absence"
        raise ValueError(msg)
    return Decimal(repr(float(nombre)))


def format_nombre(nombre: float | Decimal, decimales: int = 0) -> str:
    """Number as French reads it: 1234567.5 gives « 1 234 567,5 » with narrow no-break spaces.

    Args:
        nombre: Finite number.
        decimales: Digits after the comma, always all shown. Halves go away from zero.

    Raises:
        ValueError: the number is not finite, or `decimales` is negative.
    """
    arrondi = round_half_up(_decimal(nombre), decimales)
    # copy_abs, unlike abs, keeps more than the 28 digits of the default context
    texte = f"{arrondi.copy_abs():,.{decimales}f}".replace(",", ESPACE_FINE).replace(".", ",")
    return f"{MOINS}{texte}" if arrondi < 0 else texte


def format_valeur(valeur: Valeur, unite_symbole: str = "", decimales: int = 0) -> str:
    """Figure with its unit, or the word that says why there is none.

    Args:
        valeur: The figure.
        unite_symbole: What follows the number, words in the plural: « € », « personnes »,
            « pour 100 habitants ». Its first word loses its s when the number shown is singular.
        decimales: Digits after the comma.

    Raises:
        ValueError: the number is not finite, or `decimales` is negative.
    """
    if isinstance(valeur, Absence):
        return valeur.value
    nombre = format_nombre(valeur, decimales)
    if not unite_symbole:
        return nombre
    premier, espace, suite = unite_symbole.partition(" ")
    if premier in _SYMBOLES_SERRES:
        return f"{nombre}{ESPACE_FINE}{unite_symbole}"
    singulier = not is_pluriel(round_half_up(_decimal(valeur), decimales))
    if singulier and not premier.endswith(_INVARIABLES):
        premier = premier.removesuffix("s")
    return f"{nombre}{ESPACE_INSECABLE}{premier}{espace}{suite}"


def is_pluriel(nombre: float | Decimal) -> bool:
    """Whether French puts the noun in the plural after this number: from 2, in absolute value.

    Raises:
        ValueError: the number is not finite.
    """
    return abs(_decimal(nombre)) >= _SEUIL_PLURIEL


def pluriel(nombre: float | Decimal, singulier: str, forme_plurielle: str) -> str:
    """The form that agrees with the number, without the number itself.

    Raises:
        ValueError: the number is not finite.
    """
    return forme_plurielle if is_pluriel(nombre) else singulier


def accorder(nombre: float | Decimal, singulier: str, forme_plurielle: str) -> str:
    """Whole number and its noun: « 0 structure », « 2 structures ».

    Raises:
        ValueError: the number is not finite.
    """
    arrondi = round_half_up(_decimal(nombre), 0)
    nom = pluriel(arrondi, singulier, forme_plurielle)
    return f"{format_nombre(arrondi)}{ESPACE_INSECABLE}{nom}"


def format_ordinal(rang: int) -> str:
    """Masculine ordinal: « 1er », « 2e », « 1 254e ».

    Raises:
        ValueError: the rank is under 1.
    """
    if rang < 1:
        msg = f"a rank starts at 1, not {rang}"
        raise ValueError(msg)
    return "1er" if rang == 1 else f"{format_nombre(rang)}e"


def format_mois(annee: int, mois: int) -> str:
    """Month in letters and its year: « septembre 2022 ». Months count from 1.

    Raises:
        ValueError: the month is not between 1 and 12.
    """
    if not 1 <= mois <= len(_MOIS):
        msg = f"month {mois} is not between 1 and {len(_MOIS)}"
        raise ValueError(msg)
    return f"{_MOIS[mois - 1]} {annee}"


def format_date(jour: date) -> str:
    """Day in letters: « 28 juin 2022 », « 1er janvier 2022 »."""
    numero = "1er" if jour.day == 1 else str(jour.day)
    return f"{numero} {format_mois(jour.year, jour.month)}"


def join_fr(elements: Iterable[str], conjonction: str = "et") -> str:
    """List in a sentence: « a, b et c ». Empty for no element."""
    *debut, dernier = [*elements] or [""]
    return f"{', '.join(debut)} {conjonction} {dernier}" if debut else dernier


def guillemets(texte: str) -> str:
    """Text between French quotation marks, which never stand alone at the end of a line."""
    return f"«{ESPACE_INSECABLE}{texte}{ESPACE_INSECABLE}»"


def is_elidable(nom: str) -> bool:
    """Whether « de » loses its vowel before this name: d’Arles, d’Évry, d’Yvetot; de Rennes, de Yutz.

    Rule: before a vowel, accented or not, and before Y when no vowel follows it. Never before H:
    the spelling does not say whether it is aspirated, and « de » is then never a mistake.
    """
    lettres = unicodedata.normalize("NFKD", nom).casefold()
    lettres = "".join(lettre for lettre in lettres if not unicodedata.combining(lettre))
    if lettres.startswith("y"):
        return lettres[1:2] == "" or lettres[1] not in _VOYELLES
    return lettres[:1] != "" and lettres[0] in _VOYELLES


def _contracted(preposition: str, nom: str) -> str | None:
    """Name whose own published article merges with the preposition; None when it has none."""
    for article, forme in _CONTRACTIONS[preposition].items():
        if nom.startswith(article):
            return forme + nom.removeprefix(article)
    return None


def de(nom: str) -> str:
    """« de » and a name: d’Arles, de Rennes, du Havre, des Ulis, de La Rochelle.

    Only an article that is part of the published name merges. Names that usage precedes with an
    article nobody publishes (la Somme, les Landes) come out without it: « département de Landes »
    is to be avoided by writing the level and the name side by side.
    """
    contraction = _contracted("de", nom)
    if contraction is not None:
        return contraction
    return f"d’{nom}" if is_elidable(nom) else f"de {nom}"


def a(nom: str) -> str:
    """« à » and a name: à Arles, au Havre, aux Ulis, à La Rochelle. Same limits as `de`."""
    contraction = _contracted("à", nom)
    return f"à {nom}" if contraction is None else contraction
