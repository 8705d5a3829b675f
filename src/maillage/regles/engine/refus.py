"""Loud refusals: the sentence a reader gets where the law is not known."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NoReturn

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import format_date
from maillage.regles.engine.erreurs import PeriodeNonModelisee

if TYPE_CHECKING:
    from datetime import date

    from maillage.regles.engine.choix import Choix
    from maillage.regles.engine.valeur_legale import Feuille, Lacune, ValeurDatee

_JOUR = timedelta(days=1)
_FIN = "MLG-REG-006"  # the text itself ended the parameter
_PROJETER = "Choisissez une projection indexée sur le SMIC, ou donnez votre propre valeur."
_ABROGE = "Le texte y a mis fin\u202f: rien n’est dû à ce titre à cette date."
_DONNER = "Donnez votre propre valeur, avec son motif, ou changez la date."


def refuse_gap(feuille: Feuille, lacune: Lacune, le: date) -> NoReturn:
    """The day lies in a period whose value was looked for and not found.

    Raises:
        PeriodeNonModelisee: always.
    """
    raise PeriodeNonModelisee(_refuse("MLG-REG-002", feuille, le, lacune.phrase))


def refuse_before_first(feuille: Feuille, le: date, connu_au: date | None) -> NoReturn:
    """No value applies yet, or none was published yet on the day of knowledge.

    Raises:
        PeriodeNonModelisee: always.
    """
    attendue = [v for v in feuille.valeurs if v.date_effet <= le]
    if attendue and connu_au is not None:
        raison = f"aucune valeur publiée au {format_date(connu_au)}"
        raise PeriodeNonModelisee(_refuse("MLG-REG-004", feuille, le, raison))
    premiere = feuille.valeurs[0].date_effet
    raison = f"la première valeur relevée s’applique au {format_date(premiere)}"
    raise PeriodeNonModelisee(_refuse("MLG-REG-003", feuille, le, raison))


def refuse_beyond_horizon(feuille: Feuille, derniere: ValeurDatee, le: date) -> NoReturn:
    """The day is after the last one until which the value is known to hold.

    Raises:
        PeriodeNonModelisee: always.
    """
    raison = feuille.au_dela or (
        f"vérifié pour la dernière fois le {format_date(derniere.derniere_verification)}"
    )
    raise PeriodeNonModelisee(_refuse("MLG-REG-005", feuille, le, raison))


def refuse_without_object(feuille: Feuille, datee: ValeurDatee, le: date) -> NoReturn:
    """The text ended the parameter.

    Raises:
        PeriodeNonModelisee: always.
    """
    raison = (datee.note or "aucune valeur dans le texte").rstrip(".")
    raise PeriodeNonModelisee(_refuse(_FIN, feuille, le, raison))


def days_of(feuille: Feuille) -> set[date]:
    """Days on which the answer for a parameter may change."""
    jours = {valeur.date_effet for valeur in feuille.valeurs}
    for lacune in feuille.lacunes:
        jours.add(lacune.du)
        if lacune.au is not None:
            jours.add(lacune.au + _JOUR)
    if feuille.valable_jusqu_au is not None:
        jours.add(feuille.valable_jusqu_au + _JOUR)
    return jours


def days_of_choix(choix: Choix) -> set[date]:
    """Days on which a choice starts, or has ended."""
    jours = {choix.du} if choix.du is not None else set()
    return jours | ({choix.au + _JOUR} if choix.au is not None else set())


def _refuse(code: str, feuille: Feuille, le: date, raison: str) -> Anomalie:
    quoi = f"{feuille.refus} au {format_date(le)} : {raison}"
    # A projection starts from a known value: it is no way out before the first one.
    projetable = feuille.projection and code in {"MLG-REG-002", "MLG-REG-005"}
    que_faire = _ABROGE if code == _FIN else _PROJETER if projetable else _DONNER
    return Anomalie(code, quoi, que_faire, feuille.chemin)
