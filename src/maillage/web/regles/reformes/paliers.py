"""Days on which a reform moves a legal value, and the value under both laws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.erreurs import PeriodeNonModelisee

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.reforme import Reforme
    from maillage.regles.engine.valeur_legale import ValeurLegale

_JOUR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Palier:
    """One parameter on one day, under both laws; None where it is not known.

    Attributes:
        chemin: The parameter.
        jour: The day.
        droit: What the law gives.
        reforme: What the reform makes of it.
    """

    chemin: str
    jour: date
    droit: ValeurLegale | None
    reforme: ValeurLegale | None


def list_paliers(legislation: Legislation, reforme: Reforme) -> list[Palier]:
    """Every day on which a changed parameter changes, from the day before the reform on.

    Raises:
        UserError: the reform cannot be applied, a ratio asking for a value that is not known.
    """
    reformee = apply_reforme(legislation, reforme)
    return [
        palier
        for chemin in dict.fromkeys(c.chemin for c in reforme.changements)
        for palier in _paliers(legislation, reformee, reforme, chemin)
    ]


def _paliers(
    legislation: Legislation, reformee: Legislation, reforme: Reforme, chemin: str
) -> Iterator[Palier]:
    debut = min(c.date_effet for c in reforme.changements if c.chemin == chemin)
    coupures = {*legislation.breakpoints(chemin), *reformee.breakpoints(chemin)}
    suite = sorted(jour for jour in coupures if debut <= jour <= reforme.valable_jusqu_au)
    precedent: tuple[object, object] | None = None
    veille = _last_known(legislation, chemin, debut - _JOUR)
    for jour in dict.fromkeys((veille, debut, *suite)):
        palier = Palier(
            chemin, jour, _find(legislation, chemin, jour), _find(reformee, chemin, jour)
        )
        contenus = (content_of(palier.droit), content_of(palier.reforme))
        if contenus != precedent:
            yield palier
        precedent = contenus


def _last_known(legislation: Legislation, chemin: str, veille: date) -> date:
    """Day before the reform, or the last day to which the law is known when it is earlier."""
    horizon = legislation.leaf(chemin).valable_jusqu_au
    if horizon is not None and horizon < veille and _find(legislation, chemin, veille) is None:
        return horizon
    return veille


def _find(loi: Legislation, chemin: str, jour: date) -> ValeurLegale | None:
    try:
        return loi.resolve(chemin, jour)
    except PeriodeNonModelisee:
        return None


def content_of(legale: ValeurLegale | None) -> object:
    """Value of a day; None where it is not known."""
    return None if legale is None else legale.valeur
