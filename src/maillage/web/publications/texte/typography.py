"""French typography of what people type: the spaces they forget before ; ! ? : % and €.

Addresses, times (12:30) and code are left alone; code never comes here.
"""

from __future__ import annotations

import re

from maillage.kernel.francais import ESPACE_FINE, ESPACE_INSECABLE, typeset

_ADRESSE = re.compile(
    r"(?<!\w)(?:(?:https?|mailto|tel|ftp|pj):|www\.)\S+|[\w.+%-]{1,64}@\S+", re.IGNORECASE
)
# A mark that closes a word, a number, a quotation or a bracket, and is itself followed by a space,
# another mark, a closing bracket or nothing: « oui! », never « a!=b » nor « 12:30 ».
_PONCTUATION = re.compile(r"(?<=[^\W_]|[»)\]…%‰€])([;!?:]+)(?=[\s)\]»”\"'’.,]|$)")
_SYMBOLE = re.compile(r"(?<=\d)([%‰€]|[kM]€)")
_OUVRANT = re.compile(r"«[ \u00a0\u202f]*(?=\S)")
_FERMANT = re.compile(r"(?<=\S)[ \u00a0\u202f]*»")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W_])")


def typeset_prose(texte: str, avant: str = "") -> str:
    """The text with the spaces of French, those that were forgotten included.

    Args:
        texte: Prose, without markup.
        avant: What precedes it in the same paragraph, so that « mot » in bold followed by « ! »
            gets its space too.
    """
    debut = avant[-1:]
    pieces: list[str] = []
    position = 0
    entier = debut + texte
    for adresse in _ADRESSE.finditer(entier):
        pieces += [_typeset(entier[position : adresse.start()]), adresse.group()]
        position = adresse.end()
    pieces.append(_typeset(entier[position:]))
    return typeset("".join(pieces))[len(debut) :]


def _typeset(texte: str) -> str:
    texte = _PONCTUATION.sub(rf"{ESPACE_FINE}\1", texte)
    texte = _SYMBOLE.sub(rf"{ESPACE_FINE}\1", texte)
    texte = _OUVRANT.sub(f"«{ESPACE_INSECABLE}", texte)
    texte = _FERMANT.sub(f"{ESPACE_INSECABLE}»", texte)
    return _APOSTROPHE.sub("’", texte)
