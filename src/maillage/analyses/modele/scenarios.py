"""Shocks told in French, and the distribution of the result under each, with the same draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.modele.hypotheses import to_valeurs
from maillage.indicators.modele.stress import list_stress
from maillage.indicators.modele.tirages import draw_resultats, draw_uniformes, summarise
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.analyses.modele.hypotheses import ModeleCalcule
    from maillage.indicators.modele.cadre import Cadre
    from maillage.indicators.modele.stress import Chocs
    from maillage.indicators.modele.tirages import Distribution

PREVU = "prevu"
LIBELLES_CHOCS = {
    PREVU: "Comme prévu",
    "smic": "Hausse du SMIC, sans que prix ni aide suivent",
    "volume": "Baisse de toute l’activité",
    "aide_en_retard": "Aide au poste en retard",
    "convention": "Postes conventionnés en moins",
}


@dataclass(frozen=True, slots=True)
class DistributionScenario:
    """Distribution of the result under a scenario.

    Attributes:
        code: « prevu », or that of the shock.
        libelle: As shown.
        distribution: Of the year's result.
    """

    code: str
    libelle: str
    distribution: Distribution


def name_choc(code: str, cadre: Cadre) -> str:
    """A shock in French."""
    client = code.removeprefix("client.")
    if client == code:
        return LIBELLES_CHOCS[code]
    libelle = next(un.libelle for un in cadre.clients if un.code == client)
    return f"Client perdu : {libelle}"


def draw_scenarios(
    calcule: ModeleCalcule, chocs: Chocs, nombre: int | None = None, graine: int | None = None
) -> tuple[DistributionScenario, ...]:
    """Distribution as planned, then under each shock: every one sees the same draws.

    Args:
        calcule: The model.
        chocs: Sizes of the shocks.
        nombre: Draws; None for those of the file.
        graine: Seed, idem.

    Raises:
        SaisieInvalide: MLG-MEC-014, the file states no law.
    """
    tirages, cadre = calcule.hypotheses.tirages, calcule.hypotheses.cadre
    lois = tuple(un.loi for un in tirages.lois)
    if not lois:
        raise SaisieInvalide(
            Anomalie(
                "MLG-MEC-014",
                "Le fichier n’énonce aucune loi : il n’y a rien à tirer.",
                "Ajoutez une section [[tirages.lois]] : « maillage modele exemple » en a deux.",
                calcule.hypotheses.fichier,
            )
        )
    uniformes = draw_uniformes(
        lois,
        tirages.graine if graine is None else graine,
        tirages.nombre if nombre is None else nombre,
    )
    valeurs = to_valeurs(calcule.hypotheses)
    return tuple(
        DistributionScenario(
            code,
            name_choc(code, cadre),
            summarise(draw_resultats(cadre, sous_choc, calcule.modele.bareme, lois, uniformes)),
        )
        for code, sous_choc in ((PREVU, valeurs), *list_stress(cadre, valeurs, chocs))
    )
