"""Copies of the files of an extract without the columns that are about persons.

The marks DEB and FIN, the other columns and the order of the rows stay as they are.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.data.sources.flux_iae.colonnes import Nature, load_dictionnaire
from maillage.data.sources.flux_iae.lignes import Lignes, read_blocs
from maillage.data.sources.flux_iae.personnes import find_personal_content, is_named_personal
from maillage.data.sources.flux_iae.rapport import Releve
from maillage.data.sources.flux_iae.recollage import mend_rows
from maillage.data.sources.flux_iae.vue import is_watched
from maillage.data.sources.flux_iae.vues import find_vue_of_name
from maillage.kernel.errors import Anomalie, FichierInvalide, SaisieInvalide

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from maillage.data.sources.flux_iae.pieces import Flux, Piece


@dataclass(frozen=True, slots=True)
class Copie:
    """A file without its personal columns.

    Attributes:
        fichier: Where it was written.
        retirees: Names of the columns that are not in it.
        lignes: Rows.
    """

    fichier: Path
    retirees: tuple[str, ...]
    lignes: int


def expurge_piece(piece: Piece, dossier: Path, retirees: Sequence[str] = ()) -> Copie:
    """Write the copy of a file; whole or not at all.

    Args:
        piece: The file.
        dossier: Where; created if need be.
        retirees: Further columns to leave out, those that hold persons under another name.

    Raises:
        SaisieInvalide: the copy exists already (MLG-FLX-051).
        FichierInvalide: MLG-FLX-003, 007, 008 or 015: the file is damaged.
    """
    nom = piece.nom if piece.nom.endswith(".gz") else f"{piece.nom}.gz"
    cible = dossier / nom
    if cible.exists():
        raise SaisieInvalide(
            Anomalie(
                "MLG-FLX-051",
                f"« {nom} » existe déjà dans ce dossier.",
                "Choisissez un dossier vide.",
                str(dossier),
            )
        )
    dossier.mkdir(parents=True, exist_ok=True)
    provisoire = cible.with_name(f".{nom}.en-cours")
    try:
        with piece.open() as flux, gzip.open(provisoire, "wb", compresslevel=6) as sortie:
            copie = _copy(piece, flux, sortie, cible, frozenset(retirees))
        provisoire.replace(cible)
    finally:
        provisoire.unlink(missing_ok=True)
    return copie


def _copy(
    piece: Piece,
    flux: Flux,
    sortie: gzip.GzipFile,
    cible: Path,
    en_plus: frozenset[str],
) -> Copie:
    lues, releve = Lignes(piece.chemin), Releve()
    vue = find_vue_of_name(piece.nom)
    garde: list[int] = []
    retirees: tuple[str, ...] = ()
    attente: tuple[bytes, int] | None = None
    ecrites = 0
    for octets, ligne in read_blocs(flux, lues, releve, lambda _bloc: None):
        if not garde:
            garde, retirees = _choose(lues, lues.vue or vue, octets, en_plus)
            if lues.vue:
                marque = f"DEB{lues.vue}{lues.jour}_{lues.heure}" + "|" * (len(garde) - 1)
                sortie.write(f"{marque}\n".encode())
            sortie.write(("|".join(lues.entete[rang] for rang in garde) + "\n").encode())
        recolle = mend_rows(octets, ligne, len(lues.entete), attente)
        attente = recolle.attente
        if recolle.fautives:
            raise FichierInvalide(
                Anomalie(
                    "MLG-FLX-015",
                    "Une ligne n’a pas autant de cellules que l’en-tête a de colonnes.",
                    "Demandez de nouveau l’extrait.",
                    f"{piece.chemin}, ligne {recolle.fautives[0]}",
                )
            )
        for rangee in recolle.rangees:
            cellules = rangee.split(b"|")
            sortie.write(b"|".join([cellules[rang] for rang in garde]) + b"\n")
        ecrites += len(recolle.rangees)
    if lues.annonce is not None and garde:
        sortie.write(f"FIN{lues.annonce}{'|' * (len(garde) - 1)}\n".encode())
    return Copie(cible, retirees, ecrites)


def _choose(
    lues: Lignes, vue: str, octets: bytes, en_plus: frozenset[str]
) -> tuple[list[int], tuple[str, ...]]:
    """Ranks of the columns to keep, and names of the others.

    A column goes when its name is about persons, when the dictionary says so, when it is asked for, or
    when it is of text and its first cells are about persons.
    """
    import pyarrow as pa  # noqa: PLC0415 — only the first block is looked at

    connues = {colonne.nom: colonne for colonne in load_dictionnaire().get(vue, ())}
    rangees = [texte.split(b"|") for texte in octets.split(b"\n")[:5000]]
    rangees = [rangee for rangee in rangees if len(rangee) == len(lues.entete)]
    retirees = []
    for rang, nom in enumerate(lues.entete):
        colonne = connues.get(nom)
        personnel = nom in en_plus or (
            colonne.nature is Nature.PERSONNELLE if colonne else is_named_personal(nom)
        )
        if not personnel and is_watched(colonne):
            textes = [rangee[rang].decode("utf-8", "replace") for rangee in rangees]
            cellules = pa.chunked_array([pa.array(textes, pa.string())])
            personnel = bool(find_personal_content(cellules))
        if personnel:
            retirees.append(rang)
    garde = [rang for rang in range(len(lues.entete)) if rang not in retirees]
    return garde, tuple(lues.entete[rang] for rang in retirees)
