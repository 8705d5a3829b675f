"""Share of the département: 88 % of the RSA of a single person, per month and former recipient."""

from typing import Annotated

import numpy as np

from maillage.kernel.money import CENTIMES_PAR_EURO
from maillage.regles.aide_au_poste.arrondi import prorata, to_centimes
from maillage.regles.aide_au_poste.lignes import (
    DIX_MILLIEMES,
    MAYOTTE,
    refuse_lignes,
    to_dix_milliemes,
)
from maillage.regles.engine.formule import Parametre, formule
from maillage.regles.engine.unites import Centimes, EurosParMois, Mois, Nombre, Taux, Texte


@formule(
    texte="Code du travail, article D5132-41, le RSA a un montant propre à Mayotte",
    explication=(
        "La série des montants du RSA est celle du lieu des postes\u00a0; celle de Mayotte "
        "n’est pas modélisée."
    ),
)
def bareme_rsa(territoire: Texte) -> Texte:
    """Series of RSA amounts that applies where the posts are.

    Args:
        territoire: One of `TERRITOIRES`. Shape `(n,)`.

    Returns:
        Name of the series among the legal values. Shape `(n,)`.

    Raises:
        SaisieInvalide: MLG-REG-227 posts in Mayotte, whose amount is not modelled.

    Source:
        Code du travail, D5132-41.
    """
    refuse_lignes(
        territoire == MAYOTTE,
        "MLG-REG-227",
        "Le montant du RSA à Mayotte n’est pas modélisé.",
        "Donnez vous-même ce montant dans la colonne rsa_personne_seule.",
    )
    return np.full(len(territoire), "rsa_montant_forfaitaire_personne_seule")


@formule(
    texte="Code de l’action sociale, montant forfaitaire du RSA, personne seule",
    explication="Le montant forfaitaire d’une personne seule, au premier jour de l’annexe.",
)
def rsa_personne_seule(
    rsa_au_debut: Annotated[
        EurosParMois, Parametre("cofinancement.{bareme_rsa}", le="date_debut_effet")
    ],
) -> EurosParMois:
    """RSA flat amount for one person, in the first month of the annexe.

    Args:
        rsa_au_debut: Legal value on the first day. Shape `(n,)`.

    Returns:
        Euros a month. Shape `(n,)`. The amount of another month can replace it: the text says per
        month, and keeping that of the first month for the whole annexe is an assumption.

    Source:
        Code du travail, D5132-41.
    """
    return rsa_au_debut


@formule(
    texte="Code du travail, article D5132-41, 88\u00a0% du montant forfaitaire, par mois",
    explication=(
        "Le montant forfaitaire du RSA × la part du département, pour un mois et une personne."
    ),
)
def cofinancement_mensuel_par_beneficiaire(
    rsa_personne_seule: EurosParMois,
    taux_cofinancement: Annotated[
        Taux,
        Parametre(
            "cofinancement.taux_du_montant_forfaitaire_rsa_personne_seule", le="date_debut_effet"
        ),
    ],
) -> EurosParMois:
    """Share of the département for one former recipient and one month, not rounded.

    Args:
        rsa_personne_seule: Euros a month. Shape `(n,)`.
        taux_cofinancement: 88 %. Shape `(n,)`.

    Returns:
        Euros a month, four decimals. Shape `(n,)`.

    Source:
        Code du travail, D5132-41.
    """
    return rsa_personne_seule * taux_cofinancement


@formule(
    texte="Code du travail, article D5132-41, dans la limite du montant de l’annexe",
    explication=(
        "Cette part × le nombre de mois et de personnes, arrondie une fois au centime, et "
        "jamais plus que le montant de l’annexe."
    ),
)
def part_departement_centimes(
    mois_beneficiaires: Mois,
    rsa_personne_seule: EurosParMois,
    taux_cofinancement: Annotated[
        Taux,
        Parametre(
            "cofinancement.taux_du_montant_forfaitaire_rsa_personne_seule", le="date_debut_effet"
        ),
    ],
    montant_total_annuel_centimes: Centimes,
) -> Centimes:
    """Share of the département in the amount of the annexe.

    Args:
        mois_beneficiaires: Months × former recipients, whole. Shape `(n,)`.
        rsa_personne_seule: Euros a month. Shape `(n,)`.
        taux_cofinancement: 88 %. Shape `(n,)`.
        montant_total_annuel_centimes: Agreed amount, which the share cannot exceed. Shape `(n,)`.

    Returns:
        Cents, rounded once over the whole, halves up. Shape `(n,)`.

    Raises:
        OverflowError: an amount does not fit in int64.

    Source:
        Code du travail, D5132-41. Rounding once, and not every month, is an assumption.
    """
    part = prorata(
        to_centimes(rsa_personne_seule),
        mois_beneficiaires * to_dix_milliemes(taux_cofinancement),
        np.array([DIX_MILLIEMES]),
    )
    return np.minimum(part, montant_total_annuel_centimes)


@formule(
    texte="Formule publique des tableaux de bord nationaux, cible de bénéficiaires du RSA",
    explication=(
        "Le montant cofinancé ÷ le nombre de mois ÷ la part mensuelle d’une personne\u00a0: "
        "le nombre moyen de personnes que l’argent du département représente."
    ),
)
def nombre_beneficiaires_cible(
    montant_cofinance_centimes: Centimes,
    duree_mois: Mois,
    cofinancement_mensuel_par_beneficiaire: EurosParMois,
) -> Nombre:
    """Former recipients of the RSA that the département's money stands for, on average.

    Args:
        montant_cofinance_centimes: `af_mt_cofinance`, in cents. Shape `(n,)`.
        duree_mois: Length of the annexe. Shape `(n,)`.
        cofinancement_mensuel_par_beneficiaire: Euros a month. Shape `(n,)`.

    Returns:
        Persons, with decimals: what was agreed is rarely a whole number. Shape `(n,)`.

    Source:
        Public formula of the national steering dashboards.
    """
    par_mois = montant_cofinance_centimes / CENTIMES_PAR_EURO / duree_mois
    return np.divide(par_mois, cofinancement_mensuel_par_beneficiaire)


@formule(
    texte="Formule publique des tableaux de bord nationaux, part du département",
    explication="Le montant cofinancé ÷ le montant de l’annexe\u00a0; rien de rien vaut zéro.",
)
def part_departement(
    montant_cofinance_centimes: Centimes, montant_total_annuel_centimes: Centimes
) -> Taux:
    """Share of the département in the amount of the annexe; nothing of nothing is zero.

    Args:
        montant_cofinance_centimes: `af_mt_cofinance`, in cents. Shape `(n,)`.
        montant_total_annuel_centimes: Agreed amount. Shape `(n,)`.

    Returns:
        Between 0 and 1 as long as the share is under the amount. Shape `(n,)`.

    Source:
        Public formula of the national steering dashboards, which writes 0 for an amount of 0.
    """
    total = montant_total_annuel_centimes
    return np.where(total == 0, 0.0, montant_cofinance_centimes / np.where(total == 0, 1, total))
