"""Files of everything that the base holds of dialogue, which imported again change nothing."""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from maillage.web.dialogue.echange import base
from maillage.web.dialogue.echange.colonnes import Drapeau, Lien
from maillage.web.dialogue.echange.designations import protect_all, redacteur_of
from maillage.web.dialogue.echange.genres import GENRES, RACINES, children_of
from maillage.web.dialogue.echange.mesures import Compte
from maillage.web.network.echange.cellules import split_list
from maillage.web.network.echange.lecture import write_tableau

if TYPE_CHECKING:
    from maillage.web.dialogue.echange.designations import Redacteur
    from maillage.web.dialogue.echange.model import Connue, Genre

FORMAT: Final = "maillage-dialogue"
VERSION: Final = 1
_JOUR_ZIP = (1980, 1, 1, 0, 0, 0)  # the same bytes whatever the day


def csv_text(genre: Genre, redacteur: Redacteur | None = None) -> str:
    """The CSV of one kind."""
    redacteur = redacteur or redacteur_of(base.load())
    return write_tableau(
        genre.format,
        (
            protect_all(redacteur.write(genre, connue))
            for connue in redacteur.base.connues[genre.nom]
        ),
    )


def zip_bytes() -> bytes:
    """Every CSV, in one ZIP."""
    redacteur = redacteur_of(base.load())
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        for genre in GENRES:
            membre = zipfile.ZipInfo(genre.fichier, _JOUR_ZIP)
            membre.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(membre, csv_text(genre, redacteur).encode())
    return tampon.getvalue()


def json_text() -> str:
    """One document: lists by kind, what belongs to a thing nested in it, nothing that is empty."""
    redacteur = redacteur_of(base.load())
    enfants = {genre.nom: _by_parent(genre, redacteur) for genre in GENRES if genre.parent}
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for genre in RACINES:
        document[genre.nom] = [
            _to_object(genre, connue, redacteur, enfants)
            for connue in redacteur.base.connues[genre.nom]
        ]
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n"


def _by_parent(genre: Genre, redacteur: Redacteur) -> dict[str, list[Connue]]:
    groupes: defaultdict[str, list[Connue]] = defaultdict(list)
    for connue in redacteur.base.connues[genre.nom]:
        groupes[connue.cellules[genre.parent]].append(connue)
    return groupes


def _to_object(
    genre: Genre,
    connue: Connue,
    redacteur: Redacteur,
    enfants: dict[str, dict[str, list[Connue]]],
) -> dict[str, Any]:
    ecrites = redacteur.write(genre, connue)
    objet: dict[str, Any] = {
        colonne.nom: _value(colonne, ecrites[colonne.nom])
        for colonne in genre.colonnes
        if ecrites[colonne.nom] and colonne.nom != genre.parent
    }
    for enfant in children_of(genre):
        siens = enfants[enfant.nom].get(connue.cle)
        if siens:
            objet[enfant.nom] = [_to_object(enfant, c, redacteur, enfants) for c in siens]
    return objet


def _value(colonne: Any, texte: str) -> Any:
    if isinstance(colonne, Drapeau):
        return texte == "oui"
    if isinstance(colonne, Compte):
        return int(texte)
    if isinstance(colonne, Lien) and colonne.has_plusieurs:
        return split_list(texte)
    return texte
