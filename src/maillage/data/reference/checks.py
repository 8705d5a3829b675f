"""Checks across published tables: every code of a territory exists in the geography of 2025."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.data.reference.geographie import FRANCE
from maillage.data.reference.recipes import RECETTES
from maillage.data.sources import besoin, cog, offre
from maillage.data.sources.contours import outlines_path
from maillage.data.sources.publie import INCONNU, Place, check_known
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from maillage.data.sources.contours import Anneau
    from maillage.data.sources.publie import Constats, FichierPublie

_WAY_OUT = (
    "corrigez le code, ou remettez le fichier dans la géographie officielle au 1er janvier 2025."
)
_TABLES = {
    Niveau.REGION.value: "regions",
    Niveau.DEPARTEMENT.value: "departements",
    Niveau.ZONE_EMPLOI.value: "zones_emploi",
    Niveau.EPCI.value: "epci",
    Niveau.CLPE.value: "clpe",
}
_HORS_COG = ("975", "977", "978", "986", "987", "988")
"""Overseas collectivities: outside the COG's départements, yet in some national lists."""


@dataclass(frozen=True, slots=True)
class _Lien:
    fichier: FichierPublie
    colonne: str
    niveau: str


_LIENS = (
    _Lien(cog.COMMUNES, "code_departement", "departement"),
    _Lien(cog.COMMUNES, "code_region", "region"),
    _Lien(cog.COMMUNES, "code_epci", "epci"),
    _Lien(cog.COMMUNES, "code_ze2020", "zone-emploi"),
    _Lien(cog.COMMUNES, "code_clpe", "clpe"),
    _Lien(cog.COMMUNES, "code_parent", "commune"),
    _Lien(cog.COMMUNES_ANCIENNES, "code_insee_actuel", "commune"),
    _Lien(cog.COMMUNES_TYPOLOGIES, "code_insee", "commune"),
    _Lien(cog.DEPARTEMENTS, "code_region", "region"),
    _Lien(cog.DEPARTEMENTS, "chef_lieu", "commune"),
    _Lien(cog.REGIONS, "chef_lieu", "commune"),
    _Lien(besoin.COMMUNES_BESOIN, "code_insee", "commune"),
    _Lien(offre.SIAE, "code_insee", "commune"),
)


def check_codes(
    brut: Mapping[str, pa.Table],
    outlines: Mapping[Niveau, Mapping[str, list[Anneau]]],
    constats: Constats,
) -> None:
    """Note every code of commune, EPCI, zone, CLPE, département or région that does not exist."""
    known = {niveau: set(brut[name]["code"].to_pylist()) for niveau, name in _TABLES.items()}
    known[Niveau.COMMUNE.value] = set(brut["communes"]["code_insee"].to_pylist())
    known[Niveau.FRANCE.value] = {FRANCE, "FM"}
    for lien in _LIENS:
        column = brut[lien.fichier.code][lien.colonne]
        place = Place("MLG-REF-107", lien.fichier.chemin, lien.colonne, _WAY_OUT)
        check_known(column, known[lien.niveau], place, constats)
    _check_series(brut, known, constats)
    _check_qpv(brut["qpv_2024"], known, constats)
    for niveau, rings in outlines.items():
        _check_outlines(niveau, set(rings), known[niveau.value], constats)


def _check_series(
    brut: Mapping[str, pa.Table], known: Mapping[str, set[str]], constats: Constats
) -> None:
    for recette in RECETTES:
        table = brut[recette.fichier.code]
        if "epci_existe_2025" in table.column_names:
            continue  # EPCI of the past are expected there: counted, and left out
        columns = [recette.code] if recette.niveau else [recette.code, "niveau"]
        rows = [
            (position, str(row[recette.code]))
            for position, row in enumerate(table.select(columns).to_pylist())
            if row[recette.code] not in known.get(recette.level(row), set())
        ]
        place = Place("MLG-REF-107", recette.fichier.chemin, recette.code, _WAY_OUT)
        constats.refuse_rows(place, rows, INCONNU)


def _check_qpv(table: pa.Table, known: Mapping[str, set[str]], constats: Constats) -> None:
    rows = [
        (position, code)
        for position, codes in enumerate(table["codes_communes"].to_pylist())
        for code in codes
        if code not in known["commune"] and not code.startswith(_HORS_COG)
    ]
    place = Place("MLG-REF-107", besoin.QPV.chemin, "codes_communes", _WAY_OUT)
    constats.refuse_rows(place, rows, INCONNU)


def _check_outlines(
    niveau: Niveau, drawn: set[str], expected: set[str], constats: Constats
) -> None:
    for code in sorted(expected ^ drawn):
        what = "n’a pas de contour" if code in expected else "a un contour mais n’existe pas"
        constats.refuse(
            "MLG-REF-108",
            f"{niveau.libelle} « {code} » {what}",
            "rétablissez un contour par territoire.",
            outlines_path(niveau),
        )
