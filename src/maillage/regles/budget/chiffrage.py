"""Costing of an amount per ETP, beside what was published, with the gap and what explains it.

No headcount is invented. ETP by kind of structure were not found after 2019: where the published
costing gives none, the ETP that it *implies* are computed and called so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_nombre, guillemets
from maillage.kernel.valeur import Absence
from maillage.regles.budget.modele import Effectif

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.regles.budget.modele import Budget, ChiffragePublie, LigneBudget

_CENT = Decimal("0.01")
_CENTIMES_PAR_EURO = 100
KINDS_RAP_2019 = ("AI", "ACI", "EI", "ETTI")
"""Kinds that the 2019 execution gives one by one."""


@dataclass(frozen=True, slots=True)
class Chiffrage:
    """A cost computed from ETP × amount, beside the published one.

    Attributes:
        titre: French.
        montant_par_etp: Euros per ETP and year that the cost multiplies: a difference of amounts
            for a reform, an amount for an execution.
        etp: Headcount used; None when none is known.
        valeur_centimes: Cost; `Absence.INCONNUE` without headcount.
        publie_euros: Published cost; None when nothing was published.
        ecart_centimes: Computed minus published; `Absence` when one of the two is missing.
        etp_implicites: Headcount at which the published cost is right; `Absence` without one.
        explications: What the gap is made of and what is unknown, French sentences.
    """

    titre: str
    montant_par_etp: float
    etp: Effectif | None
    valeur_centimes: int | Absence
    publie_euros: int | None
    ecart_centimes: int | Absence
    etp_implicites: float | Absence
    explications: tuple[str, ...]


def chiffrer(
    titre: str,
    montant_par_etp: float,
    etp: Effectif | None,
    publie_euros: int | None = None,
    remarques: Sequence[str] = (),
) -> Chiffrage:
    """Cost of an amount per ETP for a headcount, and its gap to the published cost.

    Args:
        titre: French, what is costed.
        montant_par_etp: Euros per ETP and year; negative for a saving.
        etp: Headcount, None when none is known.
        publie_euros: Published cost, None when there is none.
        remarques: What the reader must know of the source.

    Raises:
        SaisieInvalide: `MLG-BUD-010`, the headcount is negative.
    """
    if etp is not None and etp.valeur < 0:
        anomalie = Anomalie(
            code="MLG-BUD-010",
            quoi=f"Nombre d’ETP négatif\u00a0: {guillemets(format_nombre(etp.valeur, 2))}.",
            que_faire="Donnez un nombre d’ETP positif ou nul.",
            ou=etp.code,
        )
        raise SaisieInvalide(anomalie)
    valeur = Absence.INCONNUE if etp is None else _to_centimes(etp.valeur, montant_par_etp)
    implicites = _implied_etp(publie_euros, montant_par_etp)
    return Chiffrage(
        titre=titre,
        montant_par_etp=montant_par_etp,
        etp=etp,
        valeur_centimes=valeur,
        publie_euros=publie_euros,
        ecart_centimes=_gap(valeur, publie_euros),
        etp_implicites=implicites,
        explications=(*_explain(etp, publie_euros, implicites), *remarques),
    )


def chiffrer_publie(publie: ChiffragePublie, etp: Effectif | None = None) -> Chiffrage:
    """A published costing, recomputed from its own amounts and a headcount.

    Args:
        publie: The costing as published.
        etp: Headcount to try; None to get only the one that the costing implies.
    """
    remarques = [publie.note] if publie.note else []
    return chiffrer(
        publie.titre,
        publie.montant_apres - publie.montant_avant,
        etp,
        publie.cout_euros,
        remarques,
    )


def implied_effectif(publie: ChiffragePublie) -> Effectif:
    """Headcount that a published costing implies: its cost over its difference of amounts.

    Raises:
        ValueError: the costing changes no amount, so it implies no headcount.
    """
    difference = publie.montant_apres - publie.montant_avant
    if not difference:
        msg = f"{publie.code} changes no amount: it implies no headcount"
        raise ValueError(msg)
    return Effectif(
        code=f"implicite_{publie.code}",
        annee=None,
        valeur=publie.cout_euros / difference,
        mesure=f"ETP {publie.type_siae} que suppose le chiffrage {guillemets(publie.titre)}",
        source=publie.source,
        est_implicite=True,
    )


def chiffrer_execution_2019(
    budget: Budget, montants_socle: Mapping[str, float], taux_module_moyen: float
) -> tuple[Chiffrage, ...]:
    """Spending of 2019 by kind of structure, as ETP × amount.

    No ETP by kind were published: each kind gives the ETP that its spending implies, and the sum
    of them meets the only published total, 76 000 funded posts, in `check_total_2019`.

    Args:
        budget: Lines and headcounts.
        montants_socle: Base amount of 2019 by kind, euros per ETP and year.
        taux_module_moyen: Average modulated part added to the base, an assumption: 0 for the base
            alone, 0.05 for the average of its design.
    """
    return tuple(
        _execution(
            budget.get_ligne(f"postes_execute_2019_{kind.lower()}"),
            montants_socle[kind],
            taux_module_moyen,
        )
        for kind in KINDS_RAP_2019
    )


def check_total_2019(
    budget: Budget, chiffrages: Sequence[Chiffrage]
) -> tuple[float | Absence, str]:
    """Sum of the implied ETP against the funded posts published for 2019.

    Args:
        budget: For the published total.
        chiffrages: Those of `chiffrer_execution_2019`.

    Returns:
        The sum minus the published total, in ETP, and a French sentence; `Absence.INCONNUE` when
        the headcount of one kind is not known.
    """
    implicites = [chiffrage.etp_implicites for chiffrage in chiffrages]
    connus = [etp for etp in implicites if not isinstance(etp, Absence)]
    if len(connus) < len(implicites):
        return Absence.INCONNUE, "Les ETP d’un des types de structure ne sont pas connus."
    publie = budget.get_effectif("etp_finances_2019")
    somme = sum(connus)
    ecart = somme - publie.valeur
    phrase = (
        f"Les dépenses par type supposent {format_nombre(somme)} ETP en tout, contre "
        f"{format_nombre(publie.valeur)} {publie.mesure} ({publie.source.titre})\u00a0: écart de "
        f"{format_nombre(ecart)}. Il peut venir de la part modulée, des montants à Mayotte et en milieu "
        "pénitentiaire et des mois incomplets, qu’aucune source trouvée ne sépare."
    )
    return ecart, phrase


def _execution(ligne: LigneBudget, socle: float, taux_module_moyen: float) -> Chiffrage:
    publie = None if isinstance(ligne.montant_euros, Absence) else ligne.montant_euros
    return chiffrer(
        f"Exécution {ligne.annee}, {ligne.perimetre.type_siae}",
        socle * (1 + taux_module_moyen),
        None,
        publie,
        (
            f"Hypothèse\u00a0: part modulée moyenne de {format_nombre(100 * taux_module_moyen)}\u00a0% du socle.",
        ),
    )


def _to_centimes(etp: float, montant: float) -> int:
    """Cents of a product, halves away from zero, through decimal writings."""
    euros = (Decimal(str(etp)) * Decimal(str(montant))).quantize(_CENT, ROUND_HALF_UP)
    return int(euros * _CENTIMES_PAR_EURO)


def _implied_etp(publie_euros: int | None, montant_par_etp: float) -> float | Absence:
    if publie_euros is None:
        return Absence.INCONNUE
    return publie_euros / montant_par_etp if montant_par_etp else Absence.SANS_OBJET


def _gap(valeur: int | Absence, publie_euros: int | None) -> int | Absence:
    if publie_euros is None or isinstance(valeur, Absence):
        return Absence.INCONNUE
    return valeur - publie_euros * _CENTIMES_PAR_EURO


def _explain(
    etp: Effectif | None, publie_euros: int | None, implicites: float | Absence
) -> tuple[str, ...]:
    if publie_euros is None:
        return ("Aucun coût publié\u00a0: rien à quoi se comparer.",)
    if isinstance(implicites, Absence):
        return ("Le montant par ETP est nul\u00a0: le coût publié ne suppose aucun effectif.",)
    suppose = f"Le coût publié suppose {format_nombre(implicites)} ETP."
    if etp is None:
        return (suppose, "Aucun effectif publié n’a été trouvé\u00a0: le coût n’est pas recalculé.")
    nature = "lui-même déduit d’un autre chiffrage" if etp.est_implicite else "publié"
    recalcul = (
        f"Le coût est recalculé avec {format_nombre(etp.valeur)} {etp.mesure}, effectif {nature} "
        f"({etp.source.titre})\u00a0: l’écart vient de la différence de "
        f"{format_nombre(etp.valeur - implicites)} ETP."
    )
    return suppose, recalcul
