"""The panel in words: ratios, groups, places, figures rounded as they were published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.panel.quartiles import Quartiles, count_decimals
from maillage.kernel.errors import DonneesIndisponibles
from maillage.kernel.francais import format_nombre, join_fr, typeset
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.network.places import name_of
from maillage.web.panel.choix import DIMENSIONS, RATIOS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.indicators.panel.groupes import Groupe
    from maillage.indicators.panel.position import Position
    from maillage.kernel.valeur import Valeur

QUARTS = {
    1: "dans le quart le plus bas",
    2: "dans le deuxième quart, sous la médiane",
    3: "dans le troisième quart, au-dessus de la médiane",
    4: "dans le quart le plus haut",
}
_DECIMALES = 2


def split_libelle(ratio: str) -> tuple[str, str]:
    """Name of a ratio and its unit: « Ventes », « pour 100 euros de produits »."""
    nom, _, unite = RATIOS.get(ratio, ratio).partition(", ")
    return nom, unite


def name_groupe(groupe: Groupe) -> str:
    """« AI, de 10 à moins de 30 ETP, Bretagne »."""
    par_dimension = dict(zip(DIMENSIONS, groupe.valeurs, strict=False))
    if "region" in par_dimension:
        par_dimension["region"] = _name_region(par_dimension["region"])
    return ", ".join(par_dimension.values())


def _name_region(code: str) -> str:
    try:
        return name_of(Niveau.REGION, code)
    except DonneesIndisponibles:
        return f"région {code}"


def find_decimales(quartiles: Quartiles | Absence) -> int:
    """Decimals that all the figures of a line are written with: those of its quartiles."""
    if isinstance(quartiles, Absence):
        return _DECIMALES
    return max(0, count_decimals(max(map(abs, quartiles[:3]))))


def format_chiffre(valeur: Valeur, decimales: int) -> str:
    """A figure, or the word that says why there is none."""
    return valeur.value if isinstance(valeur, Absence) else format_nombre(valeur, decimales)


def tell_place(position: Position) -> str:
    """« dans le quart le plus bas », or why it cannot be said beside quartiles."""
    return "votre chiffre n’est pas connu" if position.quart is None else QUARTS[position.quart]


def tell(positions: Sequence[Position]) -> str:
    """The finding: where the structure is far from most, or that it is not."""
    situees = [une for une in positions if une.quart is not None]
    if not situees:
        return "Aucun ratio ne peut encore être comparé."
    parts = [
        f"{QUARTS[quart]} pour {join_fr(_name(une) for une in dedans)}"
        for quart in (1, 4)
        if (dedans := [une for une in situees if une.quart == quart])
    ]
    if not parts:
        return typeset(
            "La structure est dans la moitié du milieu pour tout ce qui peut être comparé."
        )
    return typeset(f"Parmi ses semblables, la structure est {' ; '.join(parts)}.")


def _name(position: Position) -> str:
    nom, unite = split_libelle(position.ratio)
    return f"« {nom} {unite} »"
