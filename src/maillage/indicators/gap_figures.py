"""Gap indicators of the départements and régions: which need, which stock, under which key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.columns import make_colonne, product, ratio, sum_by_group, unknown
from maillage.indicators.gap import (
    CLES,
    COMPOSITE,
    POIDS_PAR_DEFAUT,
    Ecart,
    agreement,
    composite,
    gaps,
    rank_range,
    shares,
)
from maillage.indicators.supply import STOCK, STOCK_CIBLE
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Colonne

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from maillage.indicators.cube import Cube
    from maillage.indicators.ground import Ground
    from maillage.indicators.published import Published
    from maillage.indicators.releves import Recueil

NIVEAUX = (Niveau.REGION, Niveau.DEPARTEMENT)
Besoin = tuple[Colonne, tuple[str, ...]]


def add_gap(
    recueil: Recueil,
    ground: Ground,
    published: Published,
    poids: Mapping[str, float] = POIDS_PAR_DEFAUT,
) -> None:
    """Add the gap under every key; need and supply must have been added before."""
    for niveau in NIVEAUX:
        stocks = recueil.colonnes.get((STOCK, niveau), {})
        if STOCK_CIBLE not in stocks:
            continue
        stock, origin = stocks[STOCK_CIBLE]
        besoins = needs(recueil, ground, published, niveau)
        parts = {cle: shares(besoin) for cle, (besoin, _) in besoins.items()}
        mixed = composite(parts, poids)
        everything = tuple(source for _, sources in besoins.values() for source in sources)
        rangs = []
        for cle, (besoin, own) in {**besoins, COMPOSITE: (mixed, everything)}.items():
            rangs.append(_add_key(recueil, niveau, cle, gaps(besoin, stock), (*origin, *own)))
        lowest, highest = rank_range(rangs)
        etendue = make_colonne(highest.nombres - lowest.nombres, lowest.etats)
        for indicateur, colonne in (
            ("rang_min", lowest),
            ("rang_max", highest),
            ("etendue_rangs", etendue),
        ):
            recueil.add(indicateur, niveau, STOCK_CIBLE, colonne, (*origin, *everything))


def _add_key(
    recueil: Recueil,
    niveau: Niveau,
    cle: str,
    found: Ecart,
    sources: tuple[str, ...],
) -> Colonne:
    demandeurs, origin = _latest(recueil, "demandeurs_emploi", niveau, len(found.ecart))
    for indicateur, colonne in (
        (f"part_besoin_{cle}", _percent(found.part_besoin)),
        (f"part_offre_{cle}", _percent(found.part_offre)),
        (f"ecart_{cle}", found.ecart),
        (f"ecart_relatif_{cle}", _percent(found.relatif)),
        (f"rang_{cle}", found.rang),
    ):
        recueil.add(indicateur, niveau, STOCK_CIBLE, colonne, sources)
    recueil.add(
        f"ecart_pour_1000_{cle}",
        niveau,
        STOCK_CIBLE,
        ratio(found.ecart, demandeurs, 1000.0),
        (*sources, *origin),
    )
    return found.rang


def needs(
    recueil: Recueil, ground: Ground, published: Published, niveau: Niveau
) -> dict[str, Besoin]:
    """People in need under each simple key, in the order of `CLES`."""
    taille = ground.taille(niveau)
    besoins = {
        "demandeurs": _latest(recueil, "demandeurs_emploi", niveau, taille),
        "longue_duree": _longue_duree(recueil, ground, niveau),
        "rsa": _latest(recueil, "rsa_allocataires", niveau, taille),
        "pauvrete": _pauvrete(published, niveau),
    }
    return {cle: besoins[cle] for cle in CLES}


def _longue_duree(recueil: Recueil, ground: Ground, niveau: Niveau) -> Besoin:
    """Job seekers times the share of long-term ones among them: two years, an approximation.

    The share is published by département only; a région is the sum of all its départements.
    """
    departement, taille = Niveau.DEPARTEMENT, ground.taille(Niveau.DEPARTEMENT)
    part, origin = _latest(recueil, "part_longue_duree_departement", departement, taille)
    demandeurs, sources = _latest(recueil, "demandeurs_emploi", departement, taille)
    nombre = product(demandeurs, part, 1 / 100)
    if niveau is not Niveau.DEPARTEMENT:
        nombre = sum_by_group(nombre, ground.upward(niveau), ground.taille(niveau))
    return nombre, (*origin, *sources)


def _pauvrete(published: Published, niveau: Niveau) -> Besoin:
    """People under the poverty line: rate times persons of tax households, same publication."""
    periode = published.last(niveau, "taux_pauvrete") or ""
    taux = published.at(niveau, "taux_pauvrete", periode)
    personnes = published.at(niveau, "personnes_menages_fiscaux", periode)
    nombre = product(taux.colonne, personnes.colonne, 1 / 100)
    return nombre, (*taux.sources, *personnes.sources)


def _latest(recueil: Recueil, indicateur: str, niveau: Niveau, taille: int) -> Besoin:
    """Latest figures of an indicator; unknown ones when the pack holds nothing of it."""
    periodes = recueil.colonnes.get((indicateur, niveau))
    return periodes[max(periodes)] if periodes else (unknown(taille), ())


def weighted_gap(cube: Cube, niveau: Niveau, poids: Mapping[str, float]) -> Ecart:
    """Composite gap of every territory under other weights than those of the cube.

    Args:
        cube: Computed figures.
        niveau: Département or région.
        poids: Weight of each simple key, zero or more; a key left out weighs nothing.

    Raises:
        ValueError: a weight is negative or not finite, or names no key.
    """
    parts = {cle: _of_cube(cube, f"part_besoin_{cle}", niveau) for cle in CLES}
    return gaps(composite(parts, poids), _of_cube(cube, STOCK, niveau))


def key_agreement(cube: Cube, niveau: Niveau) -> NDArray[np.float64]:
    """How much the keys agree: Spearman correlation of the relative gaps under each pair.

    Returns:
        Shape `(5, 5)`, in the order of `CLES` then the composite; NaN where it has no meaning.
    """
    keys = (*CLES, COMPOSITE)
    return agreement({cle: _of_cube(cube, f"ecart_relatif_{cle}", niveau) for cle in keys})


def _of_cube(cube: Cube, indicateur: str, niveau: Niveau) -> Colonne:
    releve = cube.find_releve(indicateur, niveau)
    if releve is None:
        return unknown(len(cube.codes[niveau]))
    return releve.colonnes.get(STOCK_CIBLE, unknown(len(cube.codes[niveau])))


def _percent(part: Colonne) -> Colonne:
    return make_colonne(100 * part.nombres, part.etats)
