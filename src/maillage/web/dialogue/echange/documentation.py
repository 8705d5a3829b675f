"""Writes the page of the reference that lists every column of the files of dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.francais import format_nombre, join_fr
from maillage.web.dialogue.echange import lieu
from maillage.web.dialogue.echange.base import ORGANISATIONS
from maillage.web.dialogue.echange.colonnes import (
    Adresse,
    Choix,
    Drapeau,
    Etiquette,
    Identifiant,
    Lien,
    Retrait,
)
from maillage.web.dialogue.echange.genres import GENRES, PAR_NOM
from maillage.web.dialogue.echange.mesures import Compte, DateDite, Heure, Jour, Montant, Nombre

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from maillage.web.dialogue.echange.colonnes import Colonne
    from maillage.web.dialogue.echange.model import Genre

_DEBUT = """# Les colonnes des fichiers du dialogue

Cette page est écrite par le programme, d’après les colonnes qu’il lit (`tools/documentation.py`). Les règles qui valent pour tous ces fichiers sont dans [formats.md](formats.md).

Une colonne **en gras** doit être dans le fichier et remplie pour une chose nouvelle. Les autres peuvent manquer.
"""
_PRECISIONS = {
    "constate_le": "jour où le statut a changé ; ne sert que si `statut` change",
    "texte des propositions": "texte actuel ; un texte qui n’est pas encore connu s’ajoute aux précédents",
    "statut des engagements": "un statut nouveau ajoute un état, daté par `constate_le`",
    "instance": "code de l’instance prévue par les textes, laissé vide pour un autre espace",
    "slug": "adresse du sujet ; vide, elle se déduit du titre",
    "fichier": "à l’export seulement : le type du fichier joint, qui n’est pas transporté",
    "territoire": "nom ou code officiel ; vide pour la France",
}

_JOUR = "jour : `2024-06-14` ou `14/06/2024`"
_FORMES: Mapping[type[Colonne], str] = {
    Identifiant: "celui de l’export ; vide pour une chose nouvelle",
    Drapeau: "`oui` ou `non`",
    Retrait: "`oui` ou `non`",
    DateDite: "`2024-06-14`, `2024-06`, `2024` ou vide, selon ce qui est connu",
    Jour: _JOUR,
    lieu.JourInstant: _JOUR,
    lieu.JourDeduit: _JOUR,
    Heure: "`14:30`",
    Montant: "euros : `1200.50` ; vide, il est inconnu",
    Compte: "nombre entier",
    Nombre: "nombre ; vide, il est inconnu",
    Adresse: "adresse `https://…`",
}


def render() -> str:
    """Text of the page."""
    parties = [_DEBUT]
    for genre in GENRES:
        parties.append(f"\n## {genre.titre[0].upper()}{genre.titre[1:]} : `{genre.fichier}`\n")
        parties.append(f"{_identity(genre)}\n")
        parties.append("| colonne | contenu |\n|---|---|")
        parties += [_row(genre, colonne) for colonne in genre.colonnes]
    return "\n".join(parties) + "\n"


def write(page: Path) -> None:
    """Write the page again."""
    page.write_text(render(), encoding="utf-8")


def _identity(genre: Genre) -> str:
    """What makes two lines the same one."""
    if genre.is_identifie:
        mots = join_fr(f"`{c}`" for c in genre.reconnu)
        return f"Clé : `identifiant`. Sans lui, la ressemblance se juge sur {mots}."
    cle = join_fr(f"`{c}`" for c in genre.cle)
    if genre.is_fige:
        return f"Ce qui a été dit ne se récrit pas : une ligne est connue mot pour mot, ou s’ajoute. Clé : {cle}."
    return f"Clé : {cle}. En JSON, dans la liste `{genre.nom}` de ce que désigne `{genre.parent}`."


def _row(genre: Genre, colonne: Colonne) -> str:
    nom = f"**`{colonne.nom}`**" if colonne.is_obligatoire else f"`{colonne.nom}`"
    precision = _PRECISIONS.get(f"{colonne.nom} des {genre.nom}", _PRECISIONS.get(colonne.nom, ""))
    return f"| {nom} | {' ; '.join(filter(None, (_content(colonne), precision)))} |"


def _content(colonne: Colonne) -> str:
    if type(colonne) in _FORMES:
        return _FORMES[type(colonne)]
    match colonne:
        case Choix():
            return join_fr((f"`{v}`" for v, _ in colonne.valeurs if v), "ou")
        case Lien():
            return _link(colonne)
        case Etiquette():
            return f"nom écrit comme dans `{colonne.vers}.csv`"
        case _:
            return _text(colonne)


def _link(lien: Lien) -> str:
    if lien.vers == ORGANISATIONS:
        return "organisation du réseau : nom, SIREN ou identifiant"
    genre = PAR_NOM[lien.vers]
    combien = "plusieurs, séparés par `|`" if lien.has_plusieurs else "un seul"
    return f"vers `{genre.fichier}`, {combien}"


def _text(colonne: Colonne) -> str:
    if colonne is lieu.TERRITOIRE or colonne.nom == "fichier":
        return ""
    lignes = ", sur plusieurs lignes s’il le faut" if colonne.has_lignes else ""
    return f"texte, {format_nombre(colonne.longueur)} caractères au plus{lignes}"
