"""Figures as the terminal shows them: French numbers, periods in letters, ranks, references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.carte import Unite
from maillage.kernel.errors import UserError
from maillage.kernel.francais import (
    ESPACE_FINE,
    format_nombre,
    format_ordinal,
    format_valeur,
)
from maillage.kernel.period import parse_periode
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.analyses.diagnosis.model import Chiffre, Rang
    from maillage.indicators.carte import Carte


_SANS_MOT = {Unite.RAPPORT, Unite.RANG}  # the name of the indicator says it already
_POUR = "pour "


def show_valeur(carte: Carte, valeur: Valeur) -> str:
    """Figure of an indicator with its unit, or the word of its absence.

    A unit « pour 1 000 … » is left to `show_nom`: it would make every table too wide.
    """
    unite = carte.unite.value
    if carte.unite in _SANS_MOT or unite.startswith(_POUR):
        unite = ""
    return format_valeur(valeur, unite, carte.decimales)


def show_nom(carte: Carte) -> str:
    """Name of an indicator, with its unit « pour 1 000 … » when the name does not say it."""
    unite = carte.unite.value
    if not unite.startswith(_POUR) or unite.split(" ")[1] in carte.nom:
        return carte.nom
    return f"{carte.nom}, {unite}"


def show_nombre(valeur: Valeur, decimales: int = 0) -> str:
    """Figure without unit, or the word of its absence."""
    return format_valeur(valeur, "", decimales)


def show_signe(valeur: Valeur, decimales: int = 0) -> str:
    """Difference with its sign, « + » included, or the word of its absence."""
    text = show_nombre(valeur, decimales)
    return text if isinstance(valeur, Absence) or valeur <= 0 else f"+{text}"


def show_part(valeur: Valeur, decimales: int = 1) -> str:
    """Share kept as 0–1, in percent, or the word of its absence."""
    if isinstance(valeur, Absence):
        return valeur.value
    return f"{format_nombre(valeur * 100, decimales)}{ESPACE_FINE}%"


def show_croissance(valeur: Valeur, decimales: int = 0) -> str:
    """Growth kept as 0.64, shown « +64 % », or the word of its absence."""
    if isinstance(valeur, Absence):
        return valeur.value
    return f"{show_signe(valeur * 100, decimales)}{ESPACE_FINE}%"


def show_periode(periode: str) -> str:
    """Period in letters; as it stands when it is not of the usual forms, empty for none."""
    try:
        return parse_periode(periode).libelle if periode else ""
    except UserError:
        return periode


def show_rang(rang: Rang | None) -> str:
    """« 12e sur 101 », or empty where there is no rank."""
    return "" if rang is None else f"{format_ordinal(rang.rang)} sur {format_nombre(rang.sur)}"


def show_repere(chiffre: Chiffre, label: str) -> str:
    """Figure of a reference, without unit; « sans objet » where the indicator has none."""
    valeur = dict(chiffre.reperes).get(label, Absence.SANS_OBJET)
    return show_nombre(valeur, chiffre.carte.decimales)


def show_poids(poids: Sequence[tuple[str, float]], noms: Mapping[str, str]) -> str:
    """Weights of a composite key as shares of their sum: « Demandeurs d’emploi 25 %, … »."""
    total = sum(weight for _, weight in poids)
    return ", ".join(
        f"{noms.get(cle, cle)} {show_part(weight / total, 0)}" for cle, weight in poids
    )
