"""No-break spaces of French punctuation, so that sentences can be written plainly in the code."""

from __future__ import annotations

import re

from maillage.kernel.francais import ESPACE_FINE, ESPACE_INSECABLE

_AVANT = re.compile(r"[ \u00a0](?=[:;!?%‰€])")
_OUVRANT = re.compile(r"« ")
_FERMANT = re.compile(r" »")


def typeset(texte: str) -> str:
    """Sentence whose signs never stand alone at the start of a line.

    A narrow no-break space before : ; ! ? % ‰ €, a no-break space inside « ».
    """
    texte = _AVANT.sub(ESPACE_FINE, texte)
    return _FERMANT.sub(f"{ESPACE_INSECABLE}»", _OUVRANT.sub(f"«{ESPACE_INSECABLE}", texte))
