"""How many months of paid operating charges the treasury covers.

Source:
    Définition de Maillage, faute de texte : voir docs/explications/comptes.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.comptes.lignes import total
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.indicators.comptes.lignes import Ligne, Montant, Releve
    from maillage.kernel.valeur import Valeur


def list_decaissables(releve: Releve) -> tuple[Ligne, ...]:
    """Operating charges that are paid out (60 to 65), without stocks, losses and depreciation."""
    return tuple(ligne for ligne in releve.lignes if ligne.poste.is_decaissable)


def charges_decaissables(releve: Releve) -> int:
    """Their total in cents, a charge being positive."""
    return -total(list_decaissables(releve))


def count_mois(tresorerie: Montant, charges: int, nombre_mois: int) -> Valeur:
    """Months covered: treasury over the charges of an average month.

    Args:
        tresorerie: Trésorerie nette in cents, or why it is absent.
        charges: Paid operating charges of the period, in cents.
        nombre_mois: Months of that period.

    Raises:
        ValueError: the period has no month.
    """
    if nombre_mois < 1:
        msg = f"a period has at least one month, not {nombre_mois}"
        raise ValueError(msg)
    if isinstance(tresorerie, Absence):
        return tresorerie
    if charges <= 0:
        return Absence.SANS_OBJET
    return tresorerie * nombre_mois / charges
