"""The rules of early warning: each one a sentence, a figure, and the mark under which it keeps quiet.

No text fixes these marks: they are the network's own, and each alert says its rule. A figure that is not known
raises nothing and is told as unknown: silence is never good news.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from maillage.analyses.pilotage.reperes import REPERES
from maillage.kernel.francais import accorder, format_date, format_nombre, format_valeur
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

TRESORERIE_MOIS = 2.0
"""Months of cash under which the team is told."""
BAISSE_DU_RESULTAT = 5.0
"""Fall of the result from one year to the next, in percentage of the charges, from which it is told."""
COMPTES_ANCIENS = timedelta(days=548)
"""Age of the last closing from which accounts say too little: eighteen months."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a structure; an absence where it is not.

    Attributes:
        cloture: Last day of the accounts; None without accounts.
        mois_de_tresorerie: Months of paid charges that the cash covers, at the last closing.
        resultat: Net result of the last year, euros.
        resultat_precedent: That of the year before.
        charges: Operating charges of the last year, euros.
        mois_en_retard: Months of entries that are late, at the last extract.
        taux_realisation: Posts realised for 100 agreed, on the months done.
        ecart_etp: Posts realised less posts agreed, ETP of a year.
    """

    cloture: date | None
    mois_de_tresorerie: Valeur
    resultat: Valeur
    resultat_precedent: Valeur
    charges: Valeur
    mois_en_retard: Valeur
    taux_realisation: Valeur
    ecart_etp: Valeur


@dataclass(frozen=True, slots=True)
class Alerte:
    """Why to call a structure.

    Attributes:
        code: Stable name of the rule.
        phrase: What is seen, with its figure.
        regle: The rule, in words.
    """

    code: str
    phrase: str
    regle: str


def list_alertes(situation: Situation, le: date) -> tuple[Alerte, ...]:
    """What the rules say of a situation, money first."""
    regles: tuple[Callable[[Situation, date], Iterator[Alerte]], ...] = (
        _cash,
        _deficit,
        _fall,
        _late,
        _under,
        _old,
    )
    return tuple(alerte for regle in regles for alerte in regle(situation, le))


def list_inconnues(situation: Situation) -> tuple[str, ...]:
    """What is not known, and over which no rule could speak."""
    noms = {
        "la trésorerie": situation.mois_de_tresorerie,
        "le résultat": situation.resultat,
        "les retards de saisie": situation.mois_en_retard,
        "le taux de réalisation": situation.taux_realisation,
    }
    return tuple(nom for nom, valeur in noms.items() if valeur is Absence.INCONNUE)


def _cash(situation: Situation, _le: date) -> Iterator[Alerte]:
    mois = situation.mois_de_tresorerie
    if not isinstance(mois, Absence) and mois < TRESORERIE_MOIS:
        quand = f" au {format_date(situation.cloture)}" if situation.cloture else ""
        yield Alerte(
            "tresorerie",
            f"La trésorerie couvre {format_valeur(mois, 'mois', 1)} de dépenses{quand}.",
            f"Moins de {format_nombre(TRESORERIE_MOIS)} mois de charges payées, à la clôture.",
        )


def _deficit(situation: Situation, _le: date) -> Iterator[Alerte]:
    if not isinstance(situation.resultat, Absence) and situation.resultat < 0:
        yield Alerte(
            "deficit",
            f"Le dernier exercice est en déficit de {format_valeur(-situation.resultat, '€')}.",
            "Un résultat net sous zéro.",
        )


def _fall(situation: Situation, _le: date) -> Iterator[Alerte]:
    resultat, avant, charges = (
        situation.resultat,
        situation.resultat_precedent,
        situation.charges,
    )
    if isinstance(resultat, Absence) or isinstance(avant, Absence) or isinstance(charges, Absence):
        return
    baisse = avant - resultat
    if charges > 0 and 100 * baisse / charges >= BAISSE_DU_RESULTAT:
        yield Alerte(
            "baisse",
            f"Le résultat est passé de {format_valeur(avant, '€')} à {format_valeur(resultat, '€')} d’un exercice "
            "à l’autre.",
            f"Une baisse d’au moins {format_nombre(BAISSE_DU_RESULTAT)} % des charges d’exploitation.",
        )


def _late(situation: Situation, _le: date) -> Iterator[Alerte]:
    if not isinstance(situation.mois_en_retard, Absence) and situation.mois_en_retard:
        nombre = int(situation.mois_en_retard)
        yield Alerte(
            "retard",
            f"{accorder(nombre, 'mois de saisie est', 'mois de saisie sont')} en retard à l’ASP.",
            "Un mois en retard ou plus, au dernier extrait : l’aide au poste de ce mois n’est pas versée.",
        )


def _under(situation: Situation, _le: date) -> Iterator[Alerte]:
    taux, ecart = situation.taux_realisation, situation.ecart_etp
    if isinstance(taux, Absence) or isinstance(ecart, Absence):
        return
    if taux < 100 - REPERES.tolerance and ecart < -REPERES.ecart_etp:
        yield Alerte(
            "realisation",
            f"Les postes sont réalisés à {format_valeur(taux, '%', 1)}, {format_valeur(-ecart, 'ETP', 2)} sous la "
            "convention.",
            f"Plus de {format_nombre(REPERES.tolerance)} points et de {format_nombre(REPERES.ecart_etp, 2)} ETP "
            "sous la convention, sur les mois faits.",
        )


def _old(situation: Situation, le: date) -> Iterator[Alerte]:
    if situation.cloture is not None and le - situation.cloture > COMPTES_ANCIENS:
        yield Alerte(
            "anciens",
            f"Les derniers comptes sont arrêtés au {format_date(situation.cloture)}.",
            "Des comptes de plus de dix-huit mois : ils ne disent plus où en est la structure.",
        )
