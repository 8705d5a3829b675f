"""Unit amount of an annexe against the law: the same, that of another date, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.annexes.model import Bareme, Conformite
from maillage.kernel.francais import format_date
from maillage.kernel.money import Centimes, format_euros
from maillage.regles.aide_au_poste.arrondi import to_centimes
from maillage.regles.aide_au_poste.lignes import BAREMES_SOCLE
from maillage.regles.engine.erreurs import PeriodeNonModelisee

if TYPE_CHECKING:
    from datetime import date

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import Feuille, ValeurDatee, ValeurLegale


def socle_path(type_siae: str, territoire: str) -> str:
    """Path of the legal amount of a kind where its posts are."""
    return f"aide_au_poste.{BAREMES_SOCLE[territoire]}.{type_siae}"


def socle_centimes(legale: ValeurLegale) -> Centimes:
    """Legal amount, in cents.

    Raises:
        TypeError: the value is not a number.
    """
    return to_amount(legale.valeur)


def to_amount(valeur: object) -> Centimes:
    """Euros of the law, in cents.

    Raises:
        TypeError: the value is not a number.
    """
    import numpy as np  # noqa: PLC0415 — heavy

    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        msg = f"an amount is a number, not {valeur!r}"
        raise TypeError(msg)
    return Centimes(int(to_centimes(np.array([float(valeur)]))[0]))


def compare_bareme(
    montant: Centimes, type_siae: str, territoire: str, le: date, legislation: Legislation
) -> Bareme:
    """Unit amount of an annexe against the legal amount on its first day.

    Args:
        montant: Unit amount of the annexe.
        type_siae: Kind of structure.
        territoire: Where the posts are.
        le: First day of the annexe.
        legislation: The law.
    """
    feuille = legislation.leaf(socle_path(type_siae, territoire))
    try:
        legale = legislation.resolve(feuille.chemin, le)
    except PeriodeNonModelisee as refus:
        phrase = f"{refus.anomalies[0].quoi}. {_other_text(feuille, montant, le)}"
        return Bareme(Conformite.INCONNU, None, None, phrase.strip())
    socle = socle_centimes(legale)
    attention = f" {legale.avertissement}" if legale.avertissement else ""
    if socle == montant:
        phrase = (
            f"Égal au socle en vigueur au {format_date(le)} : {legale.reference.titre}, "
            f"effet au {format_date(legale.date_effet)}, confiance {legale.confiance}.{attention}"
        )
        return Bareme(Conformite.EGAL, socle, legale, phrase)
    autre = _other_text(feuille, montant, le)
    phrase = (
        f"Le socle en vigueur au {format_date(le)} est de {format_euros(socle)} "
        f"({legale.reference.titre}), l’annexe porte {format_euros(montant)}. "
        f"{autre or 'Aucun texte relevé ne donne ce montant.'}{attention}"
    )
    verdict = Conformite.AUTRE_DATE if autre else Conformite.DIFFERENT
    return Bareme(verdict, socle, legale, phrase)


def _other_text(feuille: Feuille, montant: Centimes, le: date) -> str:
    """The text nearest to the day that gives this amount, in a sentence; empty when none does."""
    memes = [valeur for valeur in feuille.valeurs if _is_amount(valeur, montant)]
    if not memes:
        return ""
    proche = min(memes, key=lambda valeur: abs(valeur.date_effet - le))
    return (
        f"C’est le socle en vigueur au {format_date(proche.date_effet)} "
        f"({proche.references[0].titre})."
    )


def _is_amount(valeur: ValeurDatee, montant: Centimes) -> bool:
    return isinstance(valeur.valeur, int | float) and to_amount(valeur.valeur) == montant
