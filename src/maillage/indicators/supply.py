"""Supply: structures of the register, people in IAE at month end, targets of 2022."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maillage.indicators.columns import INCONNUE, make_colonne, ratio
from maillage.indicators.ground import rows_of
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import CONNUE, Colonne

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.data.reference.pack import Pack
    from maillage.indicators.ground import Ground
    from maillage.indicators.published import Published
    from maillage.indicators.releves import Recueil

KINDS = ("ACI", "AI", "EI", "ETTI")
"""Kinds that the law calls IAE and that the register of December 2020 holds; GEIQ are not."""
PERIODE_REGISTRE = "2020-12"
SOURCE_REGISTRE = "siae_2020_12"
STOCK = "personnes_iae"
CIBLE = "cible_iae"
STOCK_CIBLE = "2022-09"
DEPARTS = {"croissance_demandee_2019": "2019-12", "croissance_demandee_2021": "2021-12"}
_LEVELS = (Niveau.FRANCE, Niveau.REGION, Niveau.DEPARTEMENT)


def add_supply(recueil: Recueil, pack: Pack, ground: Ground, published: Published) -> None:
    """Add every supply indicator; job seekers must have been added before."""
    _add_structures(recueil, pack, ground)
    _add_personnes(recueil, published)


def count_structures(pack: Pack, ground: Ground, niveau: Niveau) -> dict[str, NDArray[np.float64]]:
    """Structures per territory and kind, `tous` being all the kinds of IAE.

    From the département upward, by the département that the register gives, so that a structure
    without a commune still counts; below it, by its commune. A structure of a municipal
    arrondissement counts in the arrondissement and in its commune; one that the register places
    in the commune as a whole counts in no arrondissement.
    """
    table = pack.tables["structures"]
    kinds = np.array(table["kind"].to_pylist(), dtype=object)
    if niveau in _LEVELS:
        departements = rows_of(ground.codes[Niveau.DEPARTEMENT], table["code_departement"])
        upward = ground.upward(niveau) if niveau is not Niveau.DEPARTEMENT else None
        places = [departements if upward is None else _through(upward, departements)]
    else:
        communes = rows_of(ground.codes[Niveau.COMMUNE], table["code_commune"])
        places = [_through(ground.groupes[niveau], communes)]
        if niveau is Niveau.COMMUNE:
            parents = _through(ground.parents, communes)
            places.append(np.where(parents == communes, -1, parents))
    counts = {
        kind: np.sum(
            [_counts(place[kinds == kind], ground.taille(niveau)) for place in places], axis=0
        )
        for kind in KINDS
    }
    return {**counts, "tous": np.sum(list(counts.values()), axis=0)}


def _through(mapping: NDArray[np.intp], rows: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.where(rows >= 0, mapping[rows], -1)


def _counts(place: NDArray[np.intp], taille: int) -> NDArray[np.float64]:
    return np.bincount(place[place >= 0], minlength=taille).astype(np.float64)


def _add_structures(recueil: Recueil, pack: Pack, ground: Ground) -> None:
    for niveau in Niveau:
        counts = count_structures(pack, ground, niveau)
        etats = _states(pack, ground, niveau)
        for kind, nombres in counts.items():
            colonne = make_colonne(nombres, etats)
            indicateur = f"structures_{kind.lower()}"
            recueil.add(indicateur, niveau, PERIODE_REGISTRE, colonne, (SOURCE_REGISTRE,))
        demandeurs = _latest(recueil, "demandeurs_emploi", niveau)
        if demandeurs is None:
            continue
        _, colonne, sources = demandeurs
        tous = recueil.get("structures_tous", niveau, PERIODE_REGISTRE)
        recueil.add(
            "structures_pour_10000_demandeurs",
            niveau,
            PERIODE_REGISTRE,
            ratio(tous, colonne, 10_000.0),
            (SOURCE_REGISTRE, *sources),
        )


def _states(pack: Pack, ground: Ground, niveau: Niveau) -> NDArray[np.uint8]:
    """Unknown in the arrondissements of a commune that the register does not divide."""
    etats = np.full(ground.taille(niveau), CONNUE, dtype=np.uint8)
    if niveau is Niveau.COMMUNE:
        table = pack.tables["structures"]
        iae = pc.is_in(table["kind"], pa.array(KINDS))
        communes = rows_of(ground.codes[niveau], table.filter(iae)["code_commune"])
        undivided = np.isin(ground.parents, communes)
        etats[undivided & ~ground.est_commune] = INCONNUE
    return etats


def _add_personnes(recueil: Recueil, published: Published) -> None:
    for niveau in _LEVELS:
        for serie in (STOCK, CIBLE):
            for periode, tirage in published.find(niveau, serie).items():
                recueil.add(serie, niveau, periode, tirage.colonne, tirage.sources)
        _add_rolling_mean(recueil, niveau)
        _add_per_demandeur(recueil, niveau)
        _add_targets(recueil, niveau)


def _add_rolling_mean(recueil: Recueil, niveau: Niveau) -> None:
    """Mean of the twelve month-end stocks that end with each month: months are never added."""
    mois = recueil.colonnes.get((STOCK, niveau), {})
    for periode in mois:
        window = twelve_months(periode)
        if not all(month in mois for month in window):
            continue
        etats = np.max([mois[month][0].etats for month in window], axis=0)
        moyenne = np.mean([mois[month][0].nombres for month in window], axis=0)
        sources = [source for month in window for source in mois[month][1]]
        colonne = make_colonne(moyenne, etats.astype(np.uint8))
        recueil.add("personnes_iae_moyenne_12_mois", niveau, periode, colonne, sources)


def twelve_months(periode: str) -> list[str]:
    """The twelve months, oldest first, that end with a month written « 2022-09 »."""
    last = int(periode[:4]) * 12 + int(periode[5:7]) - 1
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(last - 11, last + 1)]


def _add_per_demandeur(recueil: Recueil, niveau: Niveau) -> None:
    demandeurs = _latest(recueil, "demandeurs_emploi", niveau)
    if demandeurs is None:
        return
    _, colonne, sources = demandeurs
    for serie, indicateur in (
        (STOCK, "personnes_iae_pour_1000_demandeurs"),
        (CIBLE, "cible_par_1000_demandeurs"),
    ):
        latest = _latest(recueil, serie, niveau)
        if latest is not None:
            periode, nombre, origin = latest
            taux = ratio(nombre, colonne, 1000.0)
            recueil.add(indicateur, niveau, periode, taux, (*origin, *sources))


def _add_targets(recueil: Recueil, niveau: Niveau) -> None:
    """How far the stock stood from the target, and the growth that the target asked for."""
    cible = _latest(recueil, CIBLE, niveau)
    mois = recueil.colonnes.get((STOCK, niveau), {})
    if cible is None:
        return
    periode, objectif, origin = cible
    if STOCK_CIBLE in mois:
        stock, sources = mois[STOCK_CIBLE]
        atteinte = ratio(stock, objectif, 100.0)
        recueil.add("atteinte_cible", niveau, STOCK_CIBLE, atteinte, (*origin, *sources))
    for indicateur, depart in DEPARTS.items():
        if depart in mois:
            stock, sources = mois[depart]
            rapport = ratio(objectif, stock)
            croissance = make_colonne(100 * (rapport.nombres - 1), rapport.etats)
            recueil.add(indicateur, niveau, periode, croissance, (*origin, *sources))


def _latest(
    recueil: Recueil, indicateur: str, niveau: Niveau
) -> tuple[str, Colonne, tuple[str, ...]] | None:
    periodes = recueil.colonnes.get((indicateur, niveau))
    if not periodes:
        return None
    periode = max(periodes)
    return (periode, *periodes[periode])
