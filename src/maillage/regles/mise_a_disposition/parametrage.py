"""The values of the law that a count of the 480 hours needs, read on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.regles.engine.legislation import load_legislation
from maillage.regles.mise_a_disposition.modele import Plafond

if TYPE_CHECKING:
    from datetime import date

    from maillage.regles.engine.legislation import Legislation


def get_plafond(le: date, legislation: Legislation | None = None) -> Plafond:
    """Values of the cap and of its waiver on a day.

    Args:
        le: Day at which the law is read.
        legislation: The law to read, with its reforms; by default the law as found.

    Raises:
        PeriodeNonModelisee: the cap is not modelled on that day.
    """
    valeurs = (load_legislation() if legislation is None else legislation).au(le)
    duree = valeurs.find("mise_a_disposition.derogation_prefet.duree_max_ans")
    return Plafond(
        nombre_heures=float(_number(valeurs.get(_PLAFOND).valeur)),
        duree_mois=int(_number(valeurs.get("mise_a_disposition.fenetre_mois").valeur)),
        derogation_depuis=None if duree is None else duree.date_effet,
        derogation_duree_max_ans=0 if duree is None else int(_number(duree.valeur)),
    )


_PLAFOND = "mise_a_disposition.plafond_heures_secteur_marchand"


def _number(valeur: object) -> float:
    """A legal value that its unit makes a number.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(valeur, int | float):
        msg = f"a number expected, found {valeur!r}"
        raise TypeError(msg)
    return valeur
