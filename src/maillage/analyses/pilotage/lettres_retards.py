"""The letter on late entries: which months, what they are worth, why it matters, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.pilotage.lettres_modele import Tableau, make_lettre
from maillage.analyses.pilotage.versements import list_echeances, next_echeance
from maillage.indicators.pilotage.etp import PERIMETRES, PILOTAGE
from maillage.indicators.pilotage.faits import RETARD
from maillage.kernel.francais import (
    accorder,
    de,
    format_date,
    format_mois,
    format_nombre,
    format_valeur,
    join_fr,
    pluriel,
)
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from numpy.typing import NDArray

    from maillage.analyses.pilotage.lettres_modele import Lettre
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.tableaux import Retard
    from maillage.kernel.valeur import Valeur

_GARDES = 2
_POURQUOI = (
    "Pourquoi cela compte : l’ASP verse chaque mois une avance, puis la corrige d’après les heures que vous "
    "saisissez (c’est la régularisation). L’aide au poste est payée sur les heures saisies ; celles qui ne "
    "le sont pas ne peuvent pas être prises en compte."
)
_REGLE = (
    "Un mois est dit en retard quand aucun relevé n’y est saisi, brouillons mis à part, et que le deuxième "
    "mois qui le suit a commencé : en août, juin est dû, juillet ne l’est pas."
)
_CALCUL = (
    "Aide en jeu : postes conventionnés du mois × montant par poste et par an de l’annexe ÷ 12. C’est un "
    "maximum : l’aide dépend des heures faites."
)


@dataclass(frozen=True, slots=True)
class _Dossier:
    """What a letter is made of.

    Attributes:
        faits: Of the extract.
        annee: Year of the letter.
        retards: Late annexes of the structure in the year.
    """

    faits: Faits
    annee: int
    retards: tuple[Retard, ...]

    @property
    def jour(self) -> date:
        """Of the extraction."""
        return self.faits.extrait.extraction

    @property
    def mois(self) -> list[int]:
        """Late months of the year, whatever the annexe."""
        return sorted({numero for retard in self.retards for numero in retard.mois})

    def place(self, retard: Retard) -> int:
        """Row of an annexe in the facts."""
        return self.faits.find_annexe(retard.annexe_id)

    def dates(self, retard: Retard) -> tuple[date, date]:
        """First and last day of an annexe; one that has months has both."""
        debut, fin = (
            self.faits.annexes.column(nom)[self.place(retard)].as_py() for nom in ("debut", "fin")
        )
        return debut, fin

    def stake(self, retard: Retard) -> Valeur:
        """What its late months are worth; unknown when the annexe does not say its amount."""
        place = self.place(retard)
        connus = (
            self.faits.is_known(nom)[place]
            for nom in ("montant_unitaire_centimes", "etp_centiemes")
        )
        return retard.euros if all(connus) else Absence.INCONNUE


def write_lettre(faits: Faits, annee: int, retards: Iterable[Retard], expediteur: str) -> Lettre:
    """The letter to one structure.

    Args:
        faits: Of the extract.
        annee: Year of the months.
        retards: Its late annexes, one at least.
        expediteur: Who signs.
    """
    dossier = _Dossier(faits, annee, tuple(retards))
    premier = dossier.retards[0]
    quels = join_fr(format_mois(annee, numero) for numero in dossier.mois)
    annexes = join_fr(f"annexe financière {retard.numero}" for retard in dossier.retards)
    return make_lettre(
        genre="retards",
        cle=(premier.asp_id, premier.type),
        structure=(premier.denomination, str(faits.annexe("siret")[dossier.place(premier)])),
        expediteur=expediteur,
        extrait=faits.extrait,
        objet=f"relevés mensuels à saisir sur l’extranet de l’ASP, {quels}",
        debut=(
            f"Au {format_date(dossier.jour)}, jour de l’extrait de l’ASP que nous lisons, les heures de vos "
            f"salariés en insertion n’étaient pas saisies pour {quels} ({annexes}). Si vous l’avez fait "
            "depuis, merci, et ne tenez pas compte de cette lettre."
        ),
        tableau=_tabulate(dossier),
        suite=(
            _tell_stake(dossier),
            _POURQUOI,
            *_tell_next(dossier),
            (
                "Cette semaine : saisissez sur l’extranet IAE de l’ASP le relevé mensuel de chaque salarié "
                f"pour ces mois. {_tell_drafts(dossier)}"
            ),
            (
                "Si personne n’a travaillé un de ces mois, dites-le-nous : l’extrait ne permet pas de le "
                "distinguer d’un oubli. Si la saisie est bloquée (accès, logiciel, annexe pas encore "
                "valide), appelez-nous : nous pouvons vous aider, et en parler avec vous à la DDETS ou à "
                "l’ASP."
            ),
            *_tell_others(dossier),
        ),
        sources=(_REGLE, _CALCUL, *_list_texts(dossier)),
    )


def _tell_stake(dossier: _Dossier) -> str:
    nombre = sum(len(retard.mois) for retard in dossier.retards)
    etp = sum(retard.etp_mois for retard in dossier.retards)
    montants = [dossier.stake(retard) for retard in dossier.retards]
    connus = [montant for montant in montants if not isinstance(montant, Absence)]
    vaut = "l’extrait n’en donne pas le montant"
    if connus:
        vaut = f"l’aide au poste correspondante est de {format_nombre(sum(connus))} € au plus"
        if len(connus) < len(montants):
            vaut += ", sans les annexes dont le montant n’est pas connu"
    return (
        f"Ce qui est en jeu : {accorder(nombre, 'mois', 'mois')}, soit {format_nombre(etp, 2)} ETP-mois "
        f"conventionnés (un ETP-mois est un poste à temps plein pendant un mois) ; {vaut}."
    )


def _tell_next(dossier: _Dossier) -> Iterator[str]:
    """The next regularisation of each annexe, when a text gives it."""
    for retard in dossier.retards:
        prochaine = next_echeance(*dossier.dates(retard), dossier.jour)
        if prochaine is not None:
            yield (
                f"La prochaine régularisation de l’annexe {retard.numero} est celle "
                f"{de(prochaine.libelle)} : mieux vaut saisir avant."
            )


def _list_texts(dossier: _Dossier) -> list[str]:
    textes = {
        echeance.texte
        for retard in dossier.retards
        for echeance in list_echeances(*dossier.dates(retard))
    }
    return [f"Mois de régularisation : {texte}." for texte in sorted(textes)]


def _tell_drafts(dossier: _Dossier) -> str:
    """Statements of these months that are drafts: they only have to be finished."""
    faits = dossier.faits
    places = [dossier.place(retard) for retard in dossier.retards]
    tardifs = _list_late(faits)
    siens = np.isin(faits.rangs[tardifs], places)
    siens &= faits.month("annee")[tardifs] == dossier.annee
    brouillons = int(faits.month("lignes_brouillon")[tardifs[siens]].sum())
    if not brouillons:
        return "Puis validez-les : un relevé resté en brouillon ne compte pas."
    return (
        f"{accorder(brouillons, 'relevé y est', 'relevés y sont')} en brouillon, ce qui ne compte pas : "
        f"{pluriel(brouillons, 'terminez-le et validez-le', 'terminez-les et validez-les')}."
    )


def _tell_others(dossier: _Dossier) -> Iterator[str]:
    """Late months of the other years, of all the annexes of the structure that count."""
    faits, premier = dossier.faits, dossier.retards[0]
    tardifs = _list_late(faits)
    rangs = faits.rangs[tardifs]
    siens = (
        (faits.annexe("asp_id")[rangs] == premier.asp_id)
        & (faits.annexe("type")[rangs] == premier.type)
        & faits.annexe(PERIMETRES[PILOTAGE])[rangs]
        & (faits.month("annee")[tardifs] != dossier.annee)
    )
    annees, nombres = np.unique(faits.month("annee")[tardifs[siens]], return_counts=True)
    if len(annees):
        dits = zip(annees.tolist(), nombres.tolist(), strict=True)
        quoi = join_fr(f"{accorder(nombre, 'mois', 'mois')} de {an}" for an, nombre in dits)
        yield (
            f"À part cela, l’extrait n’a pas non plus de relevé pour {quoi}. Demandez à la DDETS ou à l’ASP "
            "si une saisie est encore possible."
        )


@lru_cache(maxsize=_GARDES)
def _list_late(faits: Faits) -> NDArray[np.int64]:
    """Places of the late months of an extract, found once for all the letters."""
    return np.flatnonzero((faits.month("statut") == RETARD) & faits.month("dans_la_periode"))


def _tabulate(dossier: _Dossier) -> Tableau:
    annee = dossier.annee
    return Tableau(
        colonnes=(
            "Annexe",
            "Mois à saisir",
            "Dernier mois saisi",
            "Postes par mois",
            "Aide en jeu",
        ),
        lignes=tuple(
            (
                retard.numero,
                join_fr(format_mois(annee, mois) for mois in retard.mois),
                format_mois(annee, retard.dernier_mois) if retard.dernier_mois else "aucun",
                f"{format_nombre(retard.etp_mois / len(retard.mois), 2)} ETP",
                format_valeur(dossier.stake(retard), "€"),
            )
            for retard in dossier.retards
        ),
        nombres=frozenset({3, 4}),
    )


def group_retards(retards: Iterable[Retard]) -> dict[Cle, list[Retard]]:
    """Late annexes by structure and kind, in the order in which they come."""
    par_cle: dict[Cle, list[Retard]] = {}
    for retard in retards:
        par_cle.setdefault((retard.asp_id, retard.type), []).append(retard)
    return par_cle
