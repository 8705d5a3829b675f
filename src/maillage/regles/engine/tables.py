"""Legal values as columns: each row reads the value of its own date and of its own kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from string import Formatter
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from maillage.regles.engine.erreurs import PeriodeNonModelisee

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from maillage.kernel.errors import Anomalie
    from maillage.regles.engine.formules import Argument
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import ValeurLegale

Colonne: TypeAlias = "NDArray[np.generic]"
_FEW = 32
_DTYPES: dict[str, str] = {
    "f": "float64",
    "i": "int64",
    "if": "float64",
    "b": "bool",
    "M": "datetime64[D]",
}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One parameter over time.

    Attributes:
        debuts: First day of each interval but the first. Shape `(k,)`, datetime64[D].
        valeurs: Value in each interval. Shape `(k + 1,)`; any value where it is refused.
        legales: What the law says in each interval, None where it is refused.
    """

    debuts: NDArray[np.datetime64]
    valeurs: Colonne
    legales: tuple[ValeurLegale | None, ...]


def columns_of(chemin: str) -> tuple[str, ...]:
    """Names in braces in a path: the columns that choose the parameter row by row."""
    return tuple(nom for _, nom, _, _ in Formatter().parse(chemin) if nom)


def read_column(
    legislation: Legislation,
    argument: Argument,
    index: Mapping[str, Colonne],
    jours: NDArray[np.datetime64],
    actives: NDArray[np.bool_] | None,
) -> tuple[Colonne, set[ValeurLegale]]:
    """Legal value of each row.

    Args:
        legislation: Where to read.
        argument: Argument that carries the path and the unit.
        index: Columns that the path names in braces. Shape `(n,)` each.
        jours: Date of each row. Shape `(n,)`.
        actives: Rows where the value is read, None for all. Others get NaN.

    Returns:
        Column of shape `(n,)`, and every legal value that it used.

    Raises:
        Introuvable: MLG-REG-001, a row asks for a parameter that does not exist.
        PeriodeNonModelisee: a row asks for a value that is not known, all rows told together.
        ValueError: the parameter is not in the unit of the argument.
    """
    resultat: Colonne | None = None
    legales: set[ValeurLegale] = set()
    anomalies: list[Anomalie] = []
    for chemin, lignes in _split(argument.chemin, index, actives):
        table = _load_table(legislation, chemin, argument.unite.code, argument.unite.genre)
        choisis = jours if lignes is None else jours[lignes]
        rangs = np.searchsorted(table.debuts, choisis, side="right")
        anomalies += _refusals(legislation, chemin, table, rangs, choisis)
        legales |= {v for r in np.unique(rangs) if (v := table.legales[int(r)]) is not None}
        if lignes is None:
            resultat = table.valeurs[rangs]
        else:
            resultat = _blank(table.valeurs.dtype, len(jours)) if resultat is None else resultat
            resultat = _fill(resultat, lignes, table.valeurs[rangs])
    if anomalies:
        raise PeriodeNonModelisee(*dict.fromkeys(anomalies))
    if resultat is None:
        resultat = _blank(np.dtype(_DTYPES.get(argument.unite.genre, "U1")), len(jours))
    return resultat, legales


def path_of_row(chemin: str, index: Mapping[str, Colonne], ligne: int) -> str:
    """Path that one row reads."""
    return chemin.format(**{nom: str(index[nom][ligne]) for nom in columns_of(chemin)})


def distinct(colonne: Colonne) -> list[np.generic]:
    """Distinct values of a column, quick when they are few, as kinds of structures are."""
    trouves: list[np.generic] = []
    reste = np.ones(len(colonne), dtype=bool)
    while len(trouves) < _FEW:
        premier = int(reste.argmax()) if len(reste) else 0
        if not len(reste) or not reste[premier]:
            return trouves
        trouves.append(colonne[premier])
        reste &= colonne != colonne[premier]
    return list(np.unique(colonne))


def _split(
    chemin: str, index: Mapping[str, Colonne], actives: NDArray[np.bool_] | None
) -> Iterator[tuple[str, NDArray[np.bool_] | None]]:
    """Each path met, with the mask of its rows; no mask when it is every row."""
    noms = columns_of(chemin)
    if actives is not None and not actives.any():
        return
    choix = [distinct(index[nom] if actives is None else index[nom][actives]) for nom in noms]
    uniques = all(len(valeurs) == 1 for valeurs in choix)
    for valeurs in product(*choix):
        lignes = actives
        if not uniques:
            for nom, valeur in zip(noms, valeurs, strict=True):
                egales = np.asarray(index[nom] == valeur)
                lignes = egales if lignes is None else lignes & egales
            if lignes is not None and not lignes.any():
                continue
        yield chemin.format(**dict(zip(noms, map(str, valeurs), strict=True))), lignes


@lru_cache(maxsize=4096)
def _load_table(legislation: Legislation, chemin: str, unite: str, genre: str) -> Table:
    feuille = legislation.leaf(chemin)
    if feuille.unite != unite:
        msg = f"{chemin} is in {feuille.unite}, asked for in {unite}"
        raise ValueError(msg)
    debuts = legislation.breakpoints(chemin)
    jours = [debuts[0] - timedelta(days=1), *debuts]
    legales = tuple(_resolve(legislation, chemin, jour) for jour in jours)
    connues = [legale.valeur for legale in legales if legale is not None]
    defaut = connues[0] if connues else 0
    brutes = [defaut if legale is None else legale.valeur for legale in legales]
    valeurs = np.array(
        [float(v) if genre in {"f", "if"} else v for v in brutes],  # type: ignore[arg-type]  # a number, by its unit
        dtype=_DTYPES.get(genre),
    )
    return Table(np.array(debuts, dtype="datetime64[D]"), valeurs, legales)


def _resolve(legislation: Legislation, chemin: str, le: date) -> ValeurLegale | None:
    try:
        return legislation.resolve(chemin, le)
    except PeriodeNonModelisee:
        return None


def _refusals(
    legislation: Legislation,
    chemin: str,
    table: Table,
    rangs: NDArray[np.intp],
    jours: NDArray[np.datetime64],
) -> list[Anomalie]:
    """Why each refused interval is, told at the first day on which a row asks for it."""
    anomalies: list[Anomalie] = []
    for rang in np.unique(rangs):
        if table.legales[int(rang)] is None:
            le = jours[rangs == rang].min().astype(date)
            try:
                legislation.resolve(chemin, le)
            except PeriodeNonModelisee as refus:
                anomalies.extend(refus.anomalies)
    return anomalies


def _blank(dtype: np.dtype[np.generic], taille: int) -> Colonne:
    vide = np.zeros(taille, dtype=dtype)
    if dtype.kind == "f":
        vide[:] = np.nan
    return vide


def _fill(resultat: Colonne, lignes: NDArray[np.bool_], valeurs: Colonne) -> Colonne:
    if resultat.dtype.kind == "U" and valeurs.dtype.itemsize > resultat.dtype.itemsize:
        resultat = resultat.astype(valeurs.dtype)
    resultat[lignes] = valeurs
    return resultat
