"""Roll-ups of the cockpit as one expression, the same on DuckDB, PostgreSQL and Spark.

Whole numbers are added; hours become ETP last, once per number of hours of a full-time year, so that
engines that add in another order give the same figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maillage.indicators.pilotage.etp import MOIS_PAR_AN, PERIMETRES, PILOTAGE
from maillage.indicators.pilotage.faits import A_VENIR, FAIT, RETARD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir  # type: ignore[import-untyped]  # ships no types

AXES: Final[Mapping[str, tuple[str, ...]]] = {
    "mois": ("mois",),
    "structure": ("asp_id", "type"),
    "departement": ("departement_argent",),
    "type": ("type",),
}
"""What a roll-up can be by, and the columns that say it; the département is that of the money."""
ENTIERS: Final = (
    *("annexes_faites", "annexes_en_retard", "annexes_a_venir"),
    *("conventionne_fait_centiemes", "conventionne_en_retard_centiemes"),
    *("conventionne_a_venir_centiemes", "heures_centiemes"),
)
"""Columns of whole numbers."""
DECIMAUX: Final = ("realise", "ecart")
"""Columns in ETP-months: realised, and the gap with what was agreed, in the months done."""


def columns_of(par: Sequence[str]) -> tuple[str, ...]:
    """Columns that a roll-up is by.

    Args:
        par: Axes, keys of `AXES`.

    Raises:
        KeyError: no such axis.
    """
    return tuple(dict.fromkeys(colonne for axe in par for colonne in AXES[axe]))


def aggregate(
    annexes: ir.Table, mois: ir.Table, annee: int, par: Sequence[str], perimetre: str = PILOTAGE
) -> ir.Table:
    """Sums of a year by month, structure, département or kind.

    Args:
        annexes: Rows of `faits.ANNEXES`.
        mois: Rows of `faits.MOIS`.
        annee: Year of the months.
        par: Axes, keys of `AXES`.
        perimetre: `pilotage` or `conventionnees`.

    Returns:
        One row per combination that is met: the columns of the axes, `ENTIERS` (int64) and `DECIMAUX`
        (float64). An annexe without hours of a full-time year counts in no decimal column.

    Raises:
        KeyError: no such axis.
    """
    cles = columns_of(par)
    retenues = annexes.filter(annexes[PERIMETRES[perimetre]])
    dans = mois.filter((mois.annee == annee) & mois.dans_la_periode)
    lignes = dans.join(retenues, "annexe_id")
    fait, retard, a_venir = (lignes.statut == etat for etat in (FAIT, RETARD, A_VENIR))
    etp = lignes.etp_centiemes.fill_null(0)
    par_diviseur = lignes.group_by([*cles, "heures_etp_centiemes"]).aggregate(
        annexes_faites=fait.sum().cast("int64"),
        annexes_en_retard=retard.sum().cast("int64"),
        annexes_a_venir=a_venir.sum().cast("int64"),
        conventionne_fait_centiemes=_sum_where(etp, fait),
        conventionne_en_retard_centiemes=_sum_where(etp, retard),
        conventionne_a_venir_centiemes=_sum_where(etp, a_venir),
        heures_centiemes=lignes.heures_centiemes.fill_null(0).sum().cast("int64"),
    )
    diviseur = par_diviseur.heures_etp_centiemes.nullif(0).cast("float64")
    realise = par_diviseur.heures_centiemes.cast("float64") * float(MOIS_PAR_AN) / diviseur
    prevu = par_diviseur.conventionne_fait_centiemes.cast("float64") / 100.0
    calcules = par_diviseur.mutate(realise=realise, ecart=realise - prevu)
    return calcules.group_by(list(cles)).aggregate(
        **{nom: calcules[nom].sum().cast("int64") for nom in ENTIERS},
        **{nom: calcules[nom].sum() for nom in DECIMAUX},
    )


def _sum_where(colonne: ir.Column, condition: ir.BooleanColumn) -> ir.Column:
    return condition.ifelse(colonne, 0).sum().cast("int64")
