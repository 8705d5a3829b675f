"""What a model becomes when something goes wrong: one scenario at a time, the rest unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.modele.leviers import VOLUME, lose_client, scale, shift
from maillage.indicators.modele.modele import compute_modele

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.indicators.modele.cadre import Cadre, Valeurs
    from maillage.indicators.modele.modele import Modele


@dataclass(frozen=True, slots=True)
class Chocs:
    """Sizes of the shocks. None comes from a text: they are the reader's.

    Attributes:
        smic: Rise of the SMIC, in part; prices and aide do not follow.
        volume: Part of the activity that is lost.
        retard_aide: Months by which the aide is late.
        convention: Part of the agreed posts that is cut.
    """

    smic: float = 0.02
    volume: float = 0.10
    retard_aide: int = 3
    convention: float = 0.10


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """A shock and what it does.

    Attributes:
        code: « smic », « volume », « aide_en_retard », « convention », « client.mairie ».
        modele: The model under the shock.
        resultat: Change of the result, euros.
        point_bas: Change of the lowest cash, euros.
    """

    code: str
    modele: Modele
    resultat: float
    point_bas: float


def run_stress(modele: Modele, chocs: Chocs) -> tuple[Scenario, ...]:
    """Each shock alone: SMIC, volume, each client lost, aide late, convention cut."""
    return tuple(
        _run(modele, code, valeurs)
        for code, valeurs in list_stress(modele.cadre, modele.valeurs, chocs)
    )


def list_stress(cadre: Cadre, valeurs: Valeurs, chocs: Chocs) -> Iterator[tuple[str, Valeurs]]:
    """Code of each shock and the figures under it."""
    yield "smic", shift(valeurs, "insertion.hausse_smic", chocs.smic)
    yield "volume", scale(cadre, valeurs, VOLUME, 1 - chocs.volume)
    for client in cadre.clients:
        yield f"client.{client.code}", lose_client(cadre, valeurs, client.code)
    yield "aide_en_retard", shift(valeurs, "aide.retard_mois", float(chocs.retard_aide))
    yield "convention", scale(cadre, valeurs, "aide.etp_conventionnes", 1 - chocs.convention)


def _run(modele: Modele, code: str, valeurs: Valeurs) -> Scenario:
    sous_choc = compute_modele(modele.cadre, valeurs, modele.bareme)
    return Scenario(
        code,
        sous_choc,
        sous_choc.resultat - modele.resultat,
        sous_choc.tresorerie.point_bas - modele.tresorerie.point_bas,
    )
