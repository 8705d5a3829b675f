"""The price of an hour, as the accounts of a year and its hours tell it; the volume that balances the year.

A reading of the past, not a model: the year is cut in what follows the hours and what does not. Follow the
hours: sales, the aide au poste, and the pay of the people in insertion with its contributions. All the rest is
held fixed. `docs/explications/comptes.md` says what this leaves aside.
"""

from __future__ import annotations

from dataclasses import dataclass

from maillage.kernel.valeur import Absence, Valeur


@dataclass(frozen=True, slots=True)
class Annee:
    """What is known of a year, in euros and hours; an absence where it is not.

    Attributes:
        heures: Hours that the year is divided by.
        charges: Every operating charge.
        ventes: Sales.
        aide_au_poste: As the accounts hold it.
        salaires_insertion: Gross pay of the people in insertion.
        taux_charges_sociales: Employer's contributions for one euro of gross pay, over all the staff.
        resultat: Net result.
    """

    heures: Valeur
    charges: Valeur
    ventes: Valeur
    aide_au_poste: Valeur
    salaires_insertion: Valeur
    taux_charges_sociales: Valeur
    resultat: Valeur


@dataclass(frozen=True, slots=True)
class PrixDUneHeure:
    """What an hour costs and brings, and how many balance the year; euros per hour, hours.

    Attributes:
        cout: Every operating charge, by hour.
        ventes: Sales, by hour.
        aide_au_poste: Aide au poste, by hour.
        cout_variable: Pay of insertion and its contributions, by hour.
        marge_variable: What one more hour brings: sales and aide au poste, less that pay.
        fixe: What the margin of the hours must cover over the year, euros: other charges less other income.
        seuil: Hours at which the result is nil; without object when one more hour brings nothing.
        ecart: Hours of the year above the threshold; negative below it.
    """

    cout: Valeur
    ventes: Valeur
    aide_au_poste: Valeur
    cout_variable: Valeur
    marge_variable: Valeur
    fixe: Valeur
    seuil: Valeur
    ecart: Valeur


def price_hour(annee: Annee) -> PrixDUneHeure:
    """The price of an hour of a year; what an absence enters is absent too."""
    variable = _times(annee.salaires_insertion, _plus(1, annee.taux_charges_sociales))
    marge = _minus(_plus(annee.ventes, annee.aide_au_poste), variable)
    fixe = _minus(marge, annee.resultat)
    seuil = _threshold(annee.heures, marge, fixe)
    return PrixDUneHeure(
        cout=_by(annee.charges, annee.heures),
        ventes=_by(annee.ventes, annee.heures),
        aide_au_poste=_by(annee.aide_au_poste, annee.heures),
        cout_variable=_by(variable, annee.heures),
        marge_variable=_by(marge, annee.heures),
        fixe=fixe,
        seuil=seuil,
        ecart=_minus(annee.heures, seuil),
    )


def _threshold(heures: Valeur, marge: Valeur, fixe: Valeur) -> Valeur:
    if not isinstance(marge, Absence) and marge <= 0:
        return Absence.SANS_OBJET
    seuil = _times(heures, _by(fixe, marge))
    return seuil if isinstance(seuil, Absence) else max(0.0, seuil)


def _plus(a: Valeur, b: Valeur) -> Valeur:
    if isinstance(a, Absence):
        return a
    return b if isinstance(b, Absence) else a + b


def _minus(a: Valeur, b: Valeur) -> Valeur:
    if isinstance(a, Absence):
        return a
    return b if isinstance(b, Absence) else a - b


def _times(a: Valeur, b: Valeur) -> Valeur:
    if isinstance(a, Absence):
        return a
    return b if isinstance(b, Absence) else a * b


def _by(a: Valeur, b: Valeur) -> Valeur:
    if isinstance(a, Absence):
        return a
    if isinstance(b, Absence):
        return b
    return a / b if b else Absence.SANS_OBJET
