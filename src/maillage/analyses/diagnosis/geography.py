"""The territories of the reference pack, indexed once: who contains whom, and where things stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from maillage.analyses.diagnosis.model import PointStructure, Territoire
from maillage.data.reference.projection import project
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.data.reference.pack import Pack

CODE_FRANCE = "FR"
"""Code of the country in every table."""
GEIQ = "GEIQ"
"""Kind of the groupings of employers, which are not IAE in the legal sense."""
ARM = "ARM"
"""Nature of a municipal arrondissement of Paris, Lyon or Marseille."""

Ligne: TypeAlias = "Mapping[str, Any]"
"""One row of a table of the pack: column to value."""
Parent: TypeAlias = "tuple[Niveau, str, str]"

#: Column of the tables of communes and of structures that gives the territory of each level.
COLONNES: Mapping[Niveau, str] = MappingProxyType(
    {
        Niveau.REGION: "code_region",
        Niveau.DEPARTEMENT: "code_departement",
        Niveau.ZONE_EMPLOI: "code_zone_emploi",
        Niveau.EPCI: "code_epci",
        Niveau.CLPE: "code_clpe",
    }
)

_COLONNES_COMMUNES = [
    "code",
    "type",
    "code_parent",
    "nom",
    *COLONNES.values(),
    "codes_postaux",
    "latitude",
    "x",
    "y",
    "projection",
]


@dataclass(frozen=True, slots=True)
class AncienneCommune:
    """A commune of the past and the one that took its place.

    Attributes:
        code, nom: Of the past.
        code_actuel: Commune of today; None when the sources name no successor.
    """

    code: str
    nom: str
    code_actuel: str | None


@dataclass(frozen=True, slots=True)
class Geographie:
    """Territories and rows of the pack, by the keys that pages ask for.

    Attributes:
        territoires: Level to code to territory, in the order of the pack.
        communes: Code to the useful columns of the table of communes, arrondissements included.
        communes_par: (level, code) to the codes of its communes; Paris, Lyon and Marseille as
            communes, never as arrondissements.
        arrondissements: Code of Paris, Lyon, Marseille to the codes of their arrondissements.
        structures_par: (level, code) to the structures of the register, by kind then name.
        anciennes: Code to commune of the past.
    """

    territoires: dict[Niveau, dict[str, Territoire]]
    communes: dict[str, Ligne]
    communes_par: dict[tuple[Niveau, str], tuple[str, ...]]
    arrondissements: dict[str, tuple[str, ...]]
    structures_par: dict[tuple[Niveau, str], tuple[PointStructure, ...]]
    anciennes: dict[str, AncienneCommune]


def build_geographie(pack: Pack) -> Geographie:
    """Index of the tables `territoires`, `communes`, `communes_anciennes` and `structures`."""
    table = pack.tables["communes"].select(_COLONNES_COMMUNES)
    communes = {ligne["code"]: ligne for ligne in table.to_pylist()}
    hauts = _territoires_hauts(pack.tables["territoires"].to_pylist())
    hauts[Niveau.COMMUNE] = _communes(communes, hauts)
    anciennes = {
        ligne["code"]: AncienneCommune(ligne["code"], ligne["nom"], ligne["code_actuel"])
        for ligne in pack.tables["communes_anciennes"].to_pylist()
    }
    return Geographie(
        territoires=hauts,
        communes=communes,
        communes_par=_group_communes(communes),
        arrondissements=_group_arrondissements(communes),
        structures_par=_group_structures(pack.tables["structures"].to_pylist(), communes, hauts),
        anciennes=anciennes,
    )


def _territoires_hauts(lignes: list[Ligne]) -> dict[Niveau, dict[str, Territoire]]:
    noms = {(Niveau(ligne["niveau"]), ligne["code"]): ligne["nom"] for ligne in lignes}
    hauts: dict[Niveau, dict[str, Territoire]] = {niveau: {} for niveau in Niveau}
    for ligne in lignes:
        niveau, code = Niveau(ligne["niveau"]), ligne["code"]
        hauts[niveau][code] = Territoire(
            niveau=niveau,
            code=code,
            nom=ligne["nom"],
            nature=ligne["nature"] or "",
            parents=_parents(niveau, ligne, noms),
            departements=tuple(ligne["codes_departements"] or ()),
        )
    return hauts


def _parents(
    niveau: Niveau, ligne: Ligne, noms: dict[tuple[Niveau, str], str]
) -> tuple[Parent, ...]:
    if niveau is Niveau.FRANCE:
        return ()
    keys: list[tuple[Niveau, str | None]] = [(Niveau.FRANCE, CODE_FRANCE)]
    if niveau is not Niveau.REGION:
        keys.append((Niveau.REGION, ligne["code_region"]))
    if niveau not in {Niveau.REGION, Niveau.DEPARTEMENT}:
        keys.append((Niveau.DEPARTEMENT, ligne["code_departement"]))
    return tuple((n, c, noms[n, c]) for n, c in keys if c is not None and (n, c) in noms)


def _communes(
    communes: dict[str, Ligne], hauts: dict[Niveau, dict[str, Territoire]]
) -> dict[str, Territoire]:
    """Communes and arrondissements; those of one intercommunalité share their breadcrumb."""
    chains: dict[tuple[str, str, str | None], tuple[Parent, ...]] = {}
    territoires = {}
    for code, ligne in communes.items():
        key = (ligne["code_region"], ligne["code_departement"], ligne["code_epci"])
        if key not in chains:
            chains[key] = _chain(ligne, hauts)
        territoires[code] = _commune(ligne, chains[key], communes)
    return territoires


def _chain(ligne: Ligne, hauts: dict[Niveau, dict[str, Territoire]]) -> tuple[Parent, ...]:
    keys = (
        (Niveau.FRANCE, CODE_FRANCE),
        (Niveau.REGION, ligne["code_region"]),
        (Niveau.DEPARTEMENT, ligne["code_departement"]),
        (Niveau.EPCI, ligne["code_epci"]),
    )
    return tuple((n, code, hauts[n][code].nom) for n, code in keys if code in hauts[n])


def _commune(ligne: Ligne, parents: tuple[Parent, ...], communes: dict[str, Ligne]) -> Territoire:
    is_arm = ligne["type"] == ARM
    if is_arm:
        mere = communes[ligne["code_parent"]]
        parents = (*parents, (Niveau.COMMUNE, mere["code"], mere["nom"]))
    return Territoire(
        niveau=Niveau.COMMUNE,
        code=ligne["code"],
        nom=ligne["nom"],
        nature=ARM if is_arm else "",
        parents=parents,
        departements=(ligne["code_departement"],),
        codes_postaux=tuple(ligne["codes_postaux"] or ()),
    )


def _group_communes(communes: dict[str, Ligne]) -> dict[tuple[Niveau, str], tuple[str, ...]]:
    whole = {code: ligne for code, ligne in communes.items() if ligne["type"] != ARM}
    found = {(Niveau.FRANCE, CODE_FRANCE): tuple(whole)}
    for niveau, column in COLONNES.items():
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for code, ligne in whole.items():
            if ligne[column] is not None:
                groups[ligne[column]].append(code)
        found |= {(niveau, key): tuple(codes) for key, codes in groups.items()}
    return found


def _group_arrondissements(communes: dict[str, Ligne]) -> dict[str, tuple[str, ...]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for code, ligne in communes.items():
        if ligne["type"] == ARM:
            groups[ligne["code_parent"]].append(code)
    return {mere: tuple(codes) for mere, codes in groups.items()}


def _group_structures(
    lignes: list[Ligne],
    communes: dict[str, Ligne],
    hauts: dict[Niveau, dict[str, Territoire]],
) -> dict[tuple[Niveau, str], tuple[PointStructure, ...]]:
    groups: defaultdict[tuple[Niveau, str], list[PointStructure]] = defaultdict(list)
    points = _project(lignes, communes)
    for ligne, (x, y) in zip(lignes, points, strict=True):
        point = _structure(ligne, communes, x, y)
        for key in _places(ligne, communes, hauts):
            groups[key].append(point)
    return {key: tuple(sorted(points, key=_structure_order)) for key, points in groups.items()}


def _structure(
    ligne: Ligne, communes: dict[str, Ligne], x: int | None, y: int | None
) -> PointStructure:
    commune = communes.get(ligne["code_commune"] or "")
    return PointStructure(
        siret=ligne["siret"],
        kind=ligne["kind"],
        nom=ligne["enseigne"] or ligne["nom"],
        commune=commune["nom"] if commune is not None else ligne["ville"] or "",
        x=x,
        y=y,
        localisation=ligne["localisation"],
    )


def _structure_order(point: PointStructure) -> tuple[bool, str, str, str]:
    return (point.kind == GEIQ, point.kind, point.nom.casefold(), point.siret)


def _project(
    lignes: list[Ligne], communes: dict[str, Ligne]
) -> list[tuple[int | None, int | None]]:
    """Display coordinates of the structures, in the projection of their commune."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for rank, ligne in enumerate(lignes):
        commune = communes.get(ligne["code_commune"] or "")
        if commune is not None and commune["projection"] and ligne["latitude"] is not None:
            groups[commune["projection"]].append(rank)
    points: list[tuple[int | None, int | None]] = [(None, None)] * len(lignes)
    for projection, ranks in groups.items():
        longitudes = np.array([lignes[rank]["longitude"] for rank in ranks], dtype=np.float64)
        latitudes = np.array([lignes[rank]["latitude"] for rank in ranks], dtype=np.float64)
        xs, ys = project(longitudes, latitudes, projection)
        for rank, x, y in zip(ranks, xs, ys, strict=True):
            points[rank] = (int(x), int(y))
    return points


def _places(
    ligne: Ligne,
    communes: dict[str, Ligne],
    hauts: dict[Niveau, dict[str, Territoire]],
) -> list[tuple[Niveau, str]]:
    """Territories that a structure belongs to, counted as the supply indicators count it.

    From the département upward, by the département that the register gives; below it, by its
    commune, which a border postal code may have placed in another one.
    """
    places: list[tuple[Niveau, str]] = []
    departement = hauts[Niveau.DEPARTEMENT].get(ligne["code_departement"] or "")
    if departement is not None:
        places.append((Niveau.DEPARTEMENT, departement.code))
        places += [(niveau, code) for niveau, code, _ in departement.parents]
    commune = communes.get(ligne["code_commune"] or "")
    if commune is not None:
        places += [(n, commune[COLONNES[n]]) for n in _ZONAGES if commune[COLONNES[n]] is not None]
        places.append((Niveau.COMMUNE, commune["code"]))
        if commune["type"] == ARM:
            places.append((Niveau.COMMUNE, commune["code_parent"]))
    return places


_ZONAGES = (Niveau.EPCI, Niveau.ZONE_EMPLOI, Niveau.CLPE)
