"""Terms of the annexe of a structure, as an extract gives them: agreed posts and hours of a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.pilotage.etp import PERIMETRES, PILOTAGE
from maillage.indicators.pilotage.structures import index_structures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

_CENT = 100


@dataclass(frozen=True, slots=True)
class Convention:
    """What an annexe agrees.

    Attributes:
        numero: Of the annexe.
        etp: Agreed posts of a month, full-time equivalents.
        heures_par_etp: Hours of a full-time year, printed on it.
    """

    numero: str
    etp: float
    heures_par_etp: float


def find_cles(faits: Faits, siren: str, type_siae: str) -> tuple[Cle, ...]:
    """Structures of an extract that belong to a SIREN, of one kind."""
    sirets, types = faits.annexe("siret"), faits.annexe("type")
    siennes = [
        (int(asp_id), str(genre))
        for siret, asp_id, genre in zip(sirets, faits.annexe("asp_id"), types, strict=True)
        if str(siret).startswith(siren) and genre == type_siae
    ]
    return tuple(sorted(set(siennes)))


def find_convention(faits: Faits, cles: Sequence[Cle], fin: date) -> Convention | None:
    """The last annexe of some structures that started on or before a day; None without any.

    Args:
        faits: Of an extract.
        cles: The structures.
        fin: Last day of the exercice.
    """
    index = index_structures(faits)
    siennes = np.isin(index.rangs, [index.places[cle] for cle in cles])
    commencees = faits.annexe("debut") <= np.datetime64(fin)
    gardees = siennes & commencees & faits.annexe(PERIMETRES[PILOTAGE])
    connues = gardees & faits.is_known("etp_centiemes") & faits.is_known("heures_etp_centiemes")
    if not connues.any():
        return None
    debuts = np.where(connues, faits.annexe("debut").astype(np.int64), -1)
    rang = int(np.argmax(debuts))
    return Convention(
        str(faits.annexe("numero")[rang]),
        int(faits.annexe("etp_centiemes")[rang]) / _CENT,
        int(faits.annexe("heures_etp_centiemes")[rang]) / _CENT,
    )
