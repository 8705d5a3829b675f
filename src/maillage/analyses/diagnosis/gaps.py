"""The gap of a territory under every key of need, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.model import CleEcart, Ecarts, Rang, Territoire
from maillage.analyses.diagnosis.phrase import Phrase
from maillage.analyses.typography import typeset
from maillage.indicators.gap import CLES, COMPOSITE, POIDS_PAR_DEFAUT
from maillage.kernel.francais import format_nombre, format_ordinal
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.atlas import Atlas

NOMS: dict[str, str] = {
    "demandeurs": "Demandeurs d’emploi",
    "longue_duree": "Demandeurs d’emploi de longue durée",
    "rsa": "Allocataires du RSA",
    "pauvrete": "Personnes sous le seuil de pauvreté",
    COMPOSITE: "Composite des quatre",
}
"""Name of each key on screen."""


def ecarts_of(atlas: Atlas, territoire: Territoire) -> Ecarts | None:
    """Gap under the five keys; None where the supply is not known at this level."""
    if atlas.cube.find_releve(f"ecart_{COMPOSITE}", territoire.niveau) is None:
        return None
    cles = tuple(_key(atlas, territoire, cle) for cle in (*CLES, COMPOSITE))
    rang_min, rang_max = (
        _whole(_valeur(atlas, territoire, code)) for code in ("rang_min", "rang_max")
    )
    reference = f"ecart_{COMPOSITE}"
    periode = atlas.periodes_de(reference, territoire.niveau)[-1]
    return Ecarts(
        cles=cles,
        rang_min=rang_min,
        rang_max=rang_max,
        phrase=Phrase(
            typeset(_sentence(cles, rang_min, rang_max)),
            tuple(
                atlas.reference(code, territoire)
                for code in (*_quoted(cles), "rang_min", "rang_max")
            ),
        ),
        pedigree=atlas.pedigree(reference, territoire.niveau, periode),
    )


def _key(atlas: Atlas, territoire: Territoire, cle: str) -> CleEcart:
    return CleEcart(
        cle=cle,
        nom=NOMS[cle],
        part_besoin=_part(_valeur(atlas, territoire, f"part_besoin_{cle}")),
        part_offre=_part(_valeur(atlas, territoire, f"part_offre_{cle}")),
        ecart=_valeur(atlas, territoire, f"ecart_{cle}"),
        rang=_rank(atlas, territoire, f"rang_{cle}"),
        poids=tuple(POIDS_PAR_DEFAUT.items()) if cle == COMPOSITE else (),
    )


def _valeur(atlas: Atlas, territoire: Territoire, indicateur: str) -> Valeur:
    return atlas.cube.valeur(indicateur, territoire.niveau, territoire.code)


def _part(percent: Valeur) -> Valeur:
    return percent if isinstance(percent, Absence) else percent / 100


def _whole(valeur: Valeur) -> int | None:
    return None if isinstance(valeur, Absence) else round(valeur)


def _rank(atlas: Atlas, territoire: Territoire, indicateur: str) -> Rang | None:
    rang = _whole(_valeur(atlas, territoire, indicateur))
    releve = atlas.cube.find_releve(indicateur, territoire.niveau)
    if rang is None or releve is None:
        return None
    return Rang(rang, int(releve.colonnes[releve.derniere].connues.sum()))


def _quoted(cles: tuple[CleEcart, ...]) -> tuple[str, ...]:
    """Indicators of the two extreme gaps; all of them, to say why, when none is known."""
    known = [(c.ecart, c.nom, c.cle) for c in cles if not isinstance(c.ecart, Absence)]
    cited = [min(known)[2], max(known)[2]] if known else [c.cle for c in cles]
    return tuple(dict.fromkeys(f"ecart_{cle}" for cle in cited))


def _sentence(cles: tuple[CleEcart, ...], rang_min: int | None, rang_max: int | None) -> str:
    known = [(c.ecart, c.nom) for c in cles if not isinstance(c.ecart, Absence)]
    if not known:
        return "L’écart n’est connu sous aucune clé de besoin."
    (low, low_key), (high, high_key) = min(known), max(known)
    if round(low) == round(high):
        spread = f"L’écart à la part du besoin est de {_signed(low)} quelle que soit la clé"
    else:
        spread = (
            f"Selon la clé de besoin, l’écart va de {_signed(low)} ({_inside(low_key)}) à "
            f"{_signed(high)} ({_inside(high_key)}) personnes en IAE"
        )
    return f"{spread} ; {_stability(rang_min, rang_max)}"


def _stability(rang_min: int | None, rang_max: int | None) -> str:
    if rang_min is None or rang_max is None:
        return "son rang n’est connu que sous une clé."
    if rang_min == rang_max:
        return (
            f"son rang est {format_ordinal(rang_min)} sous toutes les clés (1er : le moins servi)."
        )
    return (
        f"son rang va du {format_ordinal(rang_min)} au {format_ordinal(rang_max)} (1er : le moins servi), "
        "la clé retenue compte donc."
        if rang_max - rang_min >= _NOTABLE
        else f"son rang varie peu, du {format_ordinal(rang_min)} au {format_ordinal(rang_max)} "
        "(1er : le moins servi)."
    )


_NOTABLE = 10
"""Ranks between the two extremes from which the choice of the key is said to matter."""


def _inside(nom: str) -> str:
    """Name in the middle of a sentence."""
    return nom[0].lower() + nom[1:]


def _signed(ecart: float) -> str:
    sign = "+" if round(ecart) > 0 else ""
    return sign + format_nombre(round(ecart))
