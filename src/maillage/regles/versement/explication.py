"""A month of payment told in French, with the figures that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.kernel.francais import (
    ESPACE_FINE,
    ESPACE_INSECABLE,
    accorder,
    format_nombre,
    format_ordinal,
)
from maillage.kernel.money import Centimes, format_euros
from maillage.regles.versement.hypotheses import Plafond

if TYPE_CHECKING:
    from fractions import Fraction

    from maillage.kernel.period import Mois


@dataclass(frozen=True, slots=True)
class Constat:
    """What is true of one line of a schedule.

    Attributes:
        rang: Month of the annexe, from 1.
        apres_fin: Whether it is the month after the end.
        observes: Months of occupation that the regularisation looks at, 0 where there is none.
        inconnus: First month whose occupation is missing for this line; None when nothing is.
        etp_moyens: Mean monthly ETP over the months observed.
        etp_conventionnes: Monthly ETP agreed, on average over the months observed.
        est_variable: Whether the months observed do not all agree the same.
        est_plafonne: Whether some of the occupation observed is above the cap.
        plafond: How the cap applies.
        avance: Twelfth of the month.
        droit: Right over the months observed.
        regularisation: Added to the advance.
        verse: Paid in the month.
        reste_a_reprendre: Recovery still to come.
    """

    rang: int
    apres_fin: bool
    observes: int
    inconnus: Mois | None
    etp_moyens: Fraction
    etp_conventionnes: Fraction
    est_variable: bool
    est_plafonne: bool
    plafond: Plafond
    avance: Centimes
    droit: Centimes
    regularisation: Centimes
    verse: Centimes
    reste_a_reprendre: Centimes


_DEUX_POINTS = f"{ESPACE_INSECABLE}:"
_POINT_VIRGULE = f"{ESPACE_FINE};"


def explain(constat: Constat) -> str:
    """The line in one to four French sentences."""
    if constat.inconnus is not None:
        return _explain_unknown(constat, constat.inconnus)
    phrases = [_explain_regularisation(constat) if constat.observes else _explain_avance(constat)]
    if constat.est_plafonne:
        phrases.append(_explain_plafond(constat))
    if constat.verse.nombre < 0:
        phrases.append(_explain_reversement(constat))
    if constat.reste_a_reprendre.nombre > 0:
        phrases.append(_explain_reste(constat))
    return " ".join(phrases)


def _explain_reversement(constat: Constat) -> str:
    anciens = constat.avance + constat.regularisation - constat.verse
    detail = (
        f", dont {format_euros(anciens)} qui restaient à reprendre" if anciens.nombre > 0 else ""
    )
    return f"La structure reverse {format_euros(-constat.verse)}{detail}."


def _explain_reste(constat: Constat) -> str:
    reste = format_euros(constat.reste_a_reprendre)
    if constat.regularisation.nombre < 0:
        return f"L’avance du mois n’y suffit pas{_DEUX_POINTS} {reste} restent à reprendre."
    return f"Il reste {reste} à reprendre."


def _explain_unknown(constat: Constat, mois: Mois) -> str:
    avance = (
        f"L’avance du mois est de {format_euros(constat.avance)}, mais le"
        if constat.avance.nombre
        else "Le"
    )
    return (
        f"{avance} versement n’est pas connu{_DEUX_POINTS} il dépend des ETP réalisés en "
        f"{mois.libelle}, qui ne sont pas saisis. Un mois non saisi n’est pas compté pour zéro."
    )


def _explain_avance(constat: Constat) -> str:
    du = constat.avance + constat.regularisation
    if constat.regularisation.nombre:
        # Outside a month of regularisation, only a change of terms corrects the past.
        phrase = (
            f"Avance du mois{_DEUX_POINTS} {format_euros(constat.avance)}{_POINT_VIRGULE} sur les "
            f"mois passés, {_explain_difference(constat.regularisation)}."
        )
        return (
            phrase if du == constat.verse else f"{phrase} {_explain_retenue(constat, du)}".strip()
        )
    if constat.verse == constat.avance:
        return f"Avance du mois{_DEUX_POINTS} {format_euros(constat.avance)}."
    retenu = constat.avance - constat.verse
    return (
        f"Sur l’avance du mois de {format_euros(constat.avance)}, {format_euros(retenu)} sont "
        "retenus pour la reprise déjà décidée."
    )


def _explain_retenue(constat: Constat, du: Centimes) -> str:
    """What an older recovery keeps of a sum that is due; nothing when the sum is itself owed."""
    if du.nombre <= constat.verse.nombre:
        return ""
    return f"{format_euros(du - constat.verse)} sont retenus pour la reprise déjà décidée."


def _explain_regularisation(constat: Constat) -> str:
    """« Au 5e mois, 18,50 ETP réalisés en moyenne sur 4 mois pour 20,00 conventionnés : … »."""
    quand = (
        "Au mois qui suit la fin de l’annexe"
        if constat.apres_fin
        else f"Au {format_ordinal(constat.rang)}{ESPACE_INSECABLE}mois"
    )
    compte = constat.droit - constat.regularisation
    moyenne = " en moyenne" if constat.est_variable else ""
    return (
        f"{quand}, {format_etp(constat.etp_moyens)}{ESPACE_INSECABLE}ETP réalisés en moyenne sur "
        f"{accorder(constat.observes, 'mois', 'mois')} pour {format_etp(constat.etp_conventionnes)} "
        f"conventionnés{moyenne}{_DEUX_POINTS} le droit acquis est de {format_euros(constat.droit)}, "
        f"{format_euros(compte)} ont été comptés jusque-là{_POINT_VIRGULE} "
        f"{_explain_difference(constat.regularisation)}."
    )


def _explain_difference(regularisation: Centimes) -> str:
    if regularisation.nombre > 0:
        return f"{format_euros(regularisation)} s’ajoutent"
    if regularisation.nombre < 0:
        return f"{format_euros(-regularisation)} sont repris"
    return "il n’y a rien à régulariser"


def _explain_plafond(constat: Constat) -> str:
    periode = "en cumul" if constat.plafond is Plafond.CUMULE else "chaque mois"
    convenus = "postes" if constat.est_variable else format_etp(constat.etp_conventionnes)
    return (
        f"Les ETP réalisés au-delà des {convenus} conventionnés ne sont pas "
        f"payés{_DEUX_POINTS} la convention est un plafond, apprécié {periode}."
    )


def format_etp(nombre: Fraction) -> str:
    """Two decimals, halves up: what is shown, the amounts are computed on the exact figure."""
    centiemes = (2 * nombre.numerator * 100 + nombre.denominator) // (2 * nombre.denominator)
    return format_nombre(Decimal(centiemes).scaleb(-2), 2)
