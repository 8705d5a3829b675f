"""Figures typed in a form, written back into a text of hypotheses whose other lines stay as they are."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from maillage.analyses.modele.ecriture import write_hypotheses
from maillage.analyses.modele.hypotheses import Chiffre, Origine
from maillage.analyses.modele.lecture import parse_hypotheses
from maillage.analyses.modele.toml_situe import find_lignes
from maillage.kernel.errors import UserError
from maillage.web.economie.modele.calculs import NOM

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from maillage.analyses.modele.hypotheses import Hypotheses

_CHIFFRE = re.compile(r"^(?P<debut>\s*[\w\-]+\s*=\s*)\{.*\}(?P<fin>\s*(#.*)?)$")
_ENTETE = re.compile(r"^(?P<debut>\s*\w+\s*=\s*)(\"(?:[^\"\\]|\\.)*\"|[\d-]+)(?P<fin>\s*(#.*)?)$")


def rewrite(texte: str, chiffres: Mapping[str, Decimal], raison: str, nom: str, le: date) -> str:
    """Text where some figures become assumptions of a day, with their reason, under a name.

    A text written in an unusual way is written anew, without its comments: what it says is the same.

    Args:
        texte: A text that can be read.
        chiffres: New values, by path.
        raison: Why, in a sentence.
        nom: Name of the model.
        le: Day of this version.

    Raises:
        FichierInvalide: the text cannot be read (MLG-MEC-002 to 011).
    """
    lues = parse_hypotheses(texte, NOM)
    nouveaux = {
        chemin: Chiffre(float(valeur), Origine.HYPOTHESE, raison)
        for chemin, valeur in chiffres.items()
    }
    voulues = replace(lues, nom=nom, le=le, chiffres={**lues.chiffres, **nouveaux})
    lignes = texte.splitlines()
    _put_head(lignes, "nom", _quote(nom))
    _put_head(lignes, "date", le.isoformat())
    for chemin, valeur in chiffres.items():
        ecrit = f"{{ valeur = {valeur:f}, hypothese = {_quote(raison)} }}"
        _put_chiffre(lignes, chemin, ecrit)
    recrit = "\n".join(lignes) + "\n"
    return recrit if _says(recrit, voulues) else write_hypotheses(voulues)


def _put_head(lignes: list[str], cle: str, valeur: str) -> None:
    numero = find_lignes("\n".join(lignes)).get(cle)
    trouve = _ENTETE.match(lignes[numero - 1]) if numero else None
    if numero and trouve:
        lignes[numero - 1] = f"{trouve['debut']}{valeur}{trouve['fin']}"


def _put_chiffre(lignes: list[str], chemin: str, ecrit: str) -> None:
    """Rewrite the line of a figure, or add it under the head of its section."""
    places = find_lignes("\n".join(lignes))
    section, _, cle = chemin.rpartition(".")
    if chemin in places:
        numero = places[chemin]
        trouve = _CHIFFRE.match(lignes[numero - 1])
        if trouve is not None:
            lignes[numero - 1] = f"{trouve['debut']}{ecrit}{trouve['fin']}"
    elif section in places:
        lignes.insert(places[section], f"{cle} = {ecrit}")


def _says(texte: str, voulues: Hypotheses) -> bool:
    """Whether a text says what is wanted, no more and no less."""
    try:
        lues = parse_hypotheses(texte, NOM)
    except UserError:
        return False
    return lues == voulues


def _quote(texte: str) -> str:
    return json.dumps(texte, ensure_ascii=False)
