"""Rows that a stray line feed cut in several lines, put together again by counting the pipes."""

from __future__ import annotations

from dataclasses import dataclass, field

_TUYAU = b"|"


@dataclass(slots=True)
class Recollage:
    """What a block gives once its cut rows are whole.

    Attributes:
        rangees: One whole row each.
        departs: Line where each starts.
        recollees: Lines where a row that was cut starts.
        fautives: Lines that cannot be put into any row.
        attente: Beginning of a row that the next block may end, with its line; None when there is none.
    """

    rangees: list[bytes] = field(default_factory=list)
    departs: list[int] = field(default_factory=list)
    recollees: list[int] = field(default_factory=list)
    fautives: list[int] = field(default_factory=list)
    attente: tuple[bytes, int] | None = None


def mend_rows(
    bloc: bytes, ligne: int, colonnes: int, attente: tuple[bytes, int] | None
) -> Recollage:
    """Whole rows of a block.

    A row that lacks pipes goes on in the next line; a line without any pipe ends the last cell of the
    row above. A line feed inside a cell becomes a space.

    Args:
        bloc: Lines that end with a line feed.
        ligne: Line of the first one.
        colonnes: How many cells a row has.
        attente: Beginning of a row that the former block left.
    """
    voulu = colonnes - 1
    fait = Recollage(attente=attente)
    for rang, texte in enumerate(bloc.removesuffix(b"\n").split(b"\n")):
        if texte.strip():
            _take(fait, texte, ligne + rang, voulu)
    return fait


def _take(fait: Recollage, texte: bytes, ligne: int, voulu: int) -> None:
    tuyaux = texte.count(_TUYAU)
    if tuyaux == voulu:
        _drop(fait)
        _keep(fait, texte, ligne)
    elif fait.attente is not None:
        debut, depart = fait.attente
        ensemble = debut + b" " + texte
        if ensemble.count(_TUYAU) < voulu:
            fait.attente = (ensemble, depart)
        elif ensemble.count(_TUYAU) == voulu:
            fait.attente = None
            fait.recollees.append(depart)
            _keep(fait, ensemble, depart)
        else:
            _drop(fait)
            fait.fautives.append(ligne)
    elif tuyaux == 0 and fait.rangees:
        fait.rangees[-1] += b" " + texte
        fait.recollees.append(fait.departs[-1])
    elif tuyaux < voulu:
        fait.attente = (texte, ligne)
    else:
        fait.fautives.append(ligne)


def _keep(fait: Recollage, texte: bytes, ligne: int) -> None:
    fait.rangees.append(texte)
    fait.departs.append(ligne)


def _drop(fait: Recollage) -> None:
    if fait.attente is not None:
        fait.fautives.append(fait.attente[1])
        fait.attente = None
