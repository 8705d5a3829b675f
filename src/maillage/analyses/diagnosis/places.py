"""The communes of a territory as points of its map: who reaches what, and the zones blanches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.model import PointCommune, Territoire
from maillage.analyses.diagnosis.selection import KINDS
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.kernel.valeur import Colonne

_TOUT_LE_MONDE = 100.0  # percent of the job seekers of a commune


def points_of(atlas: Atlas, territoire: Territoire) -> tuple[PointCommune, ...]:
    """Its communes with their position and their access; empty for France, which has too many."""
    if territoire.niveau is Niveau.FRANCE:
        return ()
    colonnes = {code: _latest(atlas, code) for code in _INDICATEURS}
    return tuple(_point(atlas, commune, colonnes) for commune in atlas.communes_de(territoire))


_INDICATEURS = (
    "demandeurs_emploi",
    "structures_30min_tous",
    "part_sans_tous_30min",
    *(f"part_sans_{kind}_30min" for kind in KINDS),
)


def _latest(atlas: Atlas, indicateur: str) -> Colonne | None:
    releve = atlas.cube.find_releve(indicateur, Niveau.COMMUNE)
    return None if releve is None else releve.colonnes[releve.derniere]


def _point(atlas: Atlas, commune: Territoire, colonnes: dict[str, Colonne | None]) -> PointCommune:
    position = atlas.cube.position(Niveau.COMMUNE, commune.code)
    valeurs: dict[str, Valeur] = {
        code: Absence.INCONNUE if colonne is None else colonne[position]
        for code, colonne in colonnes.items()
    }
    ligne = atlas.geographie.communes[commune.code]
    return PointCommune(
        code=commune.code,
        nom=commune.nom,
        x=ligne["x"],
        y=ligne["y"],
        demandeurs=valeurs["demandeurs_emploi"],
        atteignables=valeurs["structures_30min_tous"],
        sans=tuple(
            kind.upper() for kind in KINDS if valeurs[f"part_sans_{kind}_30min"] == _TOUT_LE_MONDE
        ),
        blanche=valeurs["part_sans_tous_30min"] == _TOUT_LE_MONDE,
    )
