"""Columns about persons in a download: refused by their name when filled, by content under any name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from maillage.data.sources.flux_iae.personnes import find_personal_content
from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import guillemets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.data.sources.releves.colonnes import Disposition
    from maillage.data.sources.releves.feuilles import Feuille

_DEUX = 2
_SUITE = (
    "Retirez-la du fichier, puis recommencez : Maillage ne prend rien sur les personnes et n’en a pas besoin "
    "ici."
)


def check_persons(feuille: Feuille, disposition: Disposition) -> dict[int, Anomalie]:
    """Faults of the columns about persons, by place; a message never repeats a cell.

    Headers are looked at as well: a table turned on its side has a column for each person.
    """
    lues = {rang for rangs in disposition.places.values() for rang in rangs}
    publiques = lues.union(disposition.inutiles)  # towns and regions are not turned round
    fautes = {}
    for rang, entete in enumerate(feuille.entetes):
        cellules = [r[rang].strip() for r in feuille.rangees if r[rang].strip()]
        if not cellules:
            continue
        quoi = _recognise(cellules, turned=rang not in publiques)
        if quoi or rang in disposition.personnes:
            dit = f" : {quoi}" if quoi else ""
            nommee = guillemets(entete) if entete else "sans nom"
            fautes[rang] = Anomalie(
                "MLG-RLV-006",
                f"La colonne {nommee} décrit des personnes{dit}.",
                _SUITE,
                f"{feuille.nom}, colonne {rang + 1}",
            )
    inconnus = [feuille.entetes[rang] for rang in disposition.inconnues]
    if _recognise(inconnus, turned=True):
        fautes[-1] = Anomalie(
            "MLG-RLV-006",
            "Des colonnes ont pour en-tête des personnes.",
            "Téléchargez les données en lignes, sans le détail par personne.",
            f"{feuille.nom}, en-tête",
        )
        for rang in disposition.inconnues:
            fautes.pop(rang, None)  # their names would be told
    return fautes


def _recognise(cellules: list[str], *, turned: bool) -> str:
    """What of persons the cells hold; `turned` looks for « NOM Prénom » as well as « Prénom Nom »."""
    if not cellules:
        return ""
    quoi = find_personal_content(pa.chunked_array([pa.array(cellules)]))
    if quoi or not turned:
        return quoi
    return find_personal_content(pa.chunked_array([pa.array(_turn(cellules))]))


def _turn(cellules: Sequence[str]) -> list[str]:
    mots = [cellule.split() for cellule in cellules]
    return [" ".join(reversed(m)) if len(m) == _DEUX else " ".join(m) for m in mots]
