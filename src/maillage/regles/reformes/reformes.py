"""What a reform does to the amounts of the aide au poste, and what it costs for a headcount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.valeur import Absence
from maillage.regles.budget.chiffrage import Chiffrage, chiffrer
from maillage.regles.engine.application import apply_reforme

if TYPE_CHECKING:
    from datetime import date

    from maillage.regles.budget.modele import Effectif
    from maillage.regles.engine.legislation import JeuParametres, Legislation
    from maillage.regles.engine.reforme import Reforme

CHEMIN_SOCLE = "aide_au_poste.montant_socle.{type_siae}"
"""Path of the base amount that a costing compares before and after a reform."""


@dataclass(frozen=True, slots=True)
class MontantCompare:
    """Base amount of one kind of structure, before and after a reform.

    Attributes:
        type_siae: AI, ACI, EI, ETTI or EITI.
        le_avant, le_apres: Days at which the two are read.
        avant, apres: Euros per ETP and year, or why there is none.
    """

    type_siae: str
    le_avant: date
    le_apres: date
    avant: float | Absence
    apres: float | Absence


def compare_montant(
    reforme: Reforme, legislation: Legislation, type_siae: str, le_avant: date, le_apres: date
) -> MontantCompare:
    """Base amount before and after a reform.

    The two days differ where the law is unknown on the day of the reform: no order was found after
    4 December 2024, so a reform of 2026 compares with the last day of 2025.

    Args:
        reforme: The reform.
        legislation: The law that it changes.
        type_siae: AI, ACI, EI, ETTI or EITI.
        le_avant: Day at which the law is read.
        le_apres: Day at which the reformed law is read.

    Raises:
        Introuvable: MLG-REG-001, there is no such kind of structure.
    """
    chemin = CHEMIN_SOCLE.format(type_siae=type_siae)
    reformee = apply_reforme(legislation, reforme)
    return MontantCompare(
        type_siae,
        le_avant,
        le_apres,
        _read(legislation.au(le_avant), chemin),
        _read(reformee.au(le_apres), chemin),
    )


def chiffrer_reforme(
    reforme: Reforme,
    montant: MontantCompare,
    etp: Effectif | None,
    publie_euros: int | None = None,
) -> Chiffrage | Absence:
    """Cost of a reform of the base amount of one kind of structure.

    Args:
        reforme: The reform, whose open points go with the cost.
        montant: Amounts before and after.
        etp: Headcount; None when none is known: only the implied one is then given.
        publie_euros: Published cost, None when there is none.

    Returns:
        The costing, or `Absence.INCONNUE` when one of the two amounts is not known.

    Raises:
        SaisieInvalide: MLG-BUD-010, the headcount is negative.
    """
    if isinstance(montant.avant, Absence) or isinstance(montant.apres, Absence):
        return Absence.INCONNUE
    titre = f"{reforme.titre}, {montant.type_siae}"
    difference = montant.apres - montant.avant
    return chiffrer(titre, difference, etp, publie_euros, reforme.indetermine)


def _read(valeurs: JeuParametres, chemin: str) -> float | Absence:
    trouvee = valeurs.find(chemin)
    if trouvee is None or not isinstance(trouvee.valeur, int | float):
        return Absence.INCONNUE
    return float(trouvee.valeur)
