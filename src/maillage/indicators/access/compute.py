"""Access indicators of every territory, from the reference pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from maillage.indicators.access.catchment import ZONES, e2sfca
from maillage.indicators.access.lieux import KINDS_IAE, read_origines, read_structures
from maillage.indicators.access.pairs import Pairs, build_pairs, count_reachable
from maillage.indicators.access.travel import CENTRALES, Hypotheses
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import CONNUE, Absence, Colonne, code_etat

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.data.reference.pack import Pack
    from maillage.indicators.access.lieux import Origines, Structures

PERIODE = "2020-12"
"""Period of every access indicator: the date of the register of structures."""

TOUS = "tous"
KINDS: tuple[str, ...] = (TOUS, *(kind.lower() for kind in KINDS_IAE))
"""Kinds in the codes of the indicators; « tous » is the four together."""

SEUILS = (15, 30, 45)
"""Travel times of the counts, in minutes, inclusive."""
SEUIL_ABSENCE = 30
_MILLE = 1000
_INCONNUE = code_etat(Absence.INCONNUE)
_SANS_OBJET = code_etat(Absence.SANS_OBJET)


@dataclass(frozen=True, slots=True, eq=False)
class AccessResult:
    """Access of every territory.

    Attributes:
        colonnes: (indicator, level) to its figures, in the order of the codes asked.
        absents_30min: Commune or arrondissement to the kinds (of `KINDS`) of which no structure is
            within 30 minutes of its centre, job seekers or not; communes without a published
            centre are left out, so are Paris, Lyon and Marseille as wholes.
        pairs: Trips under the hypotheses asked, one row per origin of `codes_origines`.
        codes_origines: Commune or arrondissement of each row of `pairs`.
    """

    colonnes: dict[tuple[str, Niveau], Colonne]
    absents_30min: dict[str, frozenset[str]]
    pairs: Pairs
    codes_origines: tuple[str, ...]


def compute_access(
    pack: Pack, codes: dict[Niveau, tuple[str, ...]], hypotheses: Hypotheses = CENTRALES
) -> AccessResult:
    """Every access indicator at every level asked.

    Args:
        pack: Reference pack; its tables communes, besoin_communes and structures are read.
        codes: Level to the codes of its territories, in the order wanted. Communes may include
            arrondissements.
        hypotheses: Those of the figures; the band always runs from the favourable to the cautious.
    """
    origines = read_origines(pack.tables["communes"], pack.tables["besoin_communes"])
    structures = read_structures(pack.tables["structures"], pack.tables["communes"])
    pairs = build_pairs(origines.points, structures.points, hypotheses)
    measures = _measure(origines, structures, pairs)
    colonnes = {
        (indicateur, niveau): colonne
        for niveau, wanted in codes.items()
        for indicateur, colonne in _columns(origines, measures, niveau, wanted).items()
    }
    codes_origines = tuple(np.array(origines.codes)[origines.situees])
    return AccessResult(colonnes, _absents(measures, origines), pairs, codes_origines)


def masks_by_kind(structures: Structures) -> dict[str, NDArray[np.bool_]]:
    """Which structures are of each kind of `KINDS`. Shape `(m,)` each."""
    every = np.ones(len(structures.kinds), dtype=bool)
    return {kind: every if kind == TOUS else structures.kinds == kind.upper() for kind in KINDS}


def _measure(
    origines: Origines, structures: Structures, pairs: Pairs
) -> dict[str, NDArray[np.float64]]:
    """Each indicator at each origin: shape `(n,)`, NaN where the centre is not published."""
    masks = masks_by_kind(structures)
    found: dict[str, NDArray[np.float64]] = {}
    for kind, mask in masks.items():
        for seuil in SEUILS:
            counts = count_reachable(pairs, mask, seuil)
            found[f"structures_{seuil}min_{kind}"] = counts.astype(np.float64)
        found[f"part_sans_{kind}_30min"] = _without(pairs, mask)
    for suffix, band in (("bas", Hypotheses.favorables()), ("haut", Hypotheses.prudentes())):
        others = build_pairs(origines.points, structures.points, band, SEUIL_ABSENCE)
        for kind, mask in masks.items():
            found[f"part_sans_{kind}_30min_{suffix}"] = _without(others, mask)
    scores = _scores(origines, pairs, masks)
    found |= {f"acces_e2sfca_{kind}": scores[:, rank] for rank, kind in enumerate(masks)}
    return {name: _spread(values, origines.situees) for name, values in found.items()}


def _without(pairs: Pairs, mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """100 where no structure is within 30 minutes, else 0."""
    return np.where(count_reachable(pairs, mask, SEUIL_ABSENCE) == 0, 100.0, 0.0)


def _scores(
    origines: Origines, pairs: Pairs, masks: dict[str, NDArray[np.bool_]]
) -> NDArray[np.float64]:
    """Catchment scores per 1,000 job seekers, one column per kind; one structure supplies 1."""
    demande = np.nan_to_num(origines.demandeurs[origines.situees])
    offre = np.column_stack(list(masks.values())).astype(np.float64)
    return e2sfca(pairs, demande, offre, ZONES) * _MILLE


def _spread(values: NDArray[np.generic], situees: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Values of the located origins in their places among all the origins."""
    spread = np.full(len(situees), np.nan)
    spread[situees] = values
    return spread


def _columns(
    origines: Origines,
    measures: dict[str, NDArray[np.float64]],
    niveau: Niveau,
    wanted: tuple[str, ...],
) -> dict[str, Colonne]:
    """Every indicator at one level."""
    if niveau is Niveau.COMMUNE:
        return _commune_columns(origines, measures, wanted)
    etats, means = _weighted_means(origines, measures, origines.parents[niveau], wanted)
    return {name: _colonne(means[:, rank], etats) for rank, name in enumerate(measures)}


def _weighted_means(
    origines: Origines,
    measures: dict[str, NDArray[np.float64]],
    parents: list[str | None],
    wanted: tuple[str, ...],
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """State of each territory, and its means weighted by job seekers, shape `(t, indicators)`.

    Origins without a centre or without a known number of job seekers weigh nothing; a territory
    that has only such ones is unknown, one whose job seekers are known to be 0 has no object.
    """
    place = {code: rank for rank, code in enumerate(wanted)}
    territoire = np.array([place.get(code or "", -1) for code in parents])
    inside = territoire >= 0
    usable = inside & origines.situees & ~np.isnan(origines.demandeurs)
    rows, weights = territoire[usable], origines.demandeurs[usable]
    sums = csr_array(
        (weights, (rows, np.arange(len(rows)))), shape=(len(wanted), len(rows))
    ) @ np.column_stack([values[usable] for values in measures.values()])
    total = np.bincount(rows, weights, len(wanted))
    partly_unknown = np.bincount(territoire[inside & ~usable], minlength=len(wanted)) > 0
    etats = np.where(total > 0, CONNUE, np.where(partly_unknown, _INCONNUE, _SANS_OBJET))
    etats[np.bincount(territoire[inside], minlength=len(wanted)) == 0] = _INCONNUE
    means = sums / np.where(total > 0, total, np.nan)[:, np.newaxis]
    return etats.astype(np.uint8), means


def _commune_columns(
    origines: Origines, measures: dict[str, NDArray[np.float64]], wanted: tuple[str, ...]
) -> dict[str, Colonne]:
    """Every indicator at the communes: that of the origin itself, or the mean of arrondissements."""
    etats, means = _weighted_means(origines, measures, origines.parents[Niveau.COMMUNE], wanted)
    place = {code: rank for rank, code in enumerate(wanted)}
    own = [(place[code], rank) for rank, code in enumerate(origines.codes) if code in place]
    rows, ranks = np.array(own, dtype=np.int64).reshape(-1, 2).T
    colonnes = {}
    for rank, (name, values) in enumerate(measures.items()):
        numbers, states = means[:, rank].copy(), etats.copy()
        numbers[rows] = values[ranks]
        states[rows] = _states_of_places(origines, name.startswith("part_sans"))[ranks]
        colonnes[name] = _colonne(numbers, states)
    return colonnes


def _states_of_places(origines: Origines, is_share: bool) -> NDArray[np.uint8]:  # noqa: FBT001 — two kinds of indicators, private
    """State of each origin's own figure.

    A count or a score describes the place, whoever lives there, unless nobody does. A share of job
    seekers needs job seekers: their own state when unknown, no object when there are none.
    """
    states = np.where(origines.habitees, CONNUE, _SANS_OBJET)
    if is_share:
        states = np.where(origines.demandeurs == 0, _SANS_OBJET, origines.etats)
    return np.where(origines.situees, states, _INCONNUE).astype(np.uint8)


def _colonne(numbers: NDArray[np.float64], etats: NDArray[np.uint8]) -> Colonne:
    return Colonne(np.where(etats == CONNUE, numbers, np.nan), etats)


def _absents(
    measures: dict[str, NDArray[np.float64]], origines: Origines
) -> dict[str, frozenset[str]]:
    """Kinds out of reach of each located origin."""
    without = np.column_stack([measures[f"part_sans_{kind}_30min"] for kind in KINDS]) == 100  # noqa: PLR2004 — per cent
    return {
        code: frozenset(kind for kind, lacks in zip(KINDS, row, strict=True) if lacks)
        for code, located, row in zip(origines.codes, origines.situees, without, strict=True)
        if located
    }
