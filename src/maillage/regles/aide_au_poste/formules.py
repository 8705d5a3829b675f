"""Aide au poste of an annexe: what is agreed, to the cent, as the ASP computes it; and beside it.

One row is one annexe, avenant included; every column has shape `(n,)`. ETP are whole hundredths and
amounts whole cents; the only roundings are those written in `arrondi.prorata`. The modulated part
has no national weighting: the weights are a département's own, an input. So is the amount of the
FDI, which is discretionary: nothing computes it.
"""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from maillage.regles.aide_au_poste.arrondi import Entiers, prorata, to_centimes
from maillage.regles.aide_au_poste.etp import EtpCentiemes
from maillage.regles.aide_au_poste.lignes import (
    BAREMES_SOCLE,
    DIX_MILLIEMES,
    MAYOTTE,
    MILIEU_PENITENTIAIRE,
    MOIS_PAR_AN,
    TYPES_DETENTION,
    TYPES_PASSERELLE,
    TYPES_SANS_DUREE_MINIMALE,
    count_mois,
    refuse_lignes,
    to_dix_milliemes,
)
from maillage.regles.engine.formule import Parametre, formule
from maillage.regles.engine.unites import (
    UNITES,
    Annees,
    Booleen,
    Centimes,
    EurosParEtp,
    EurosParPoste,
    HeuresParSemaine,
    Jour,
    Mois,
    Taux,
    Texte,
)

CENTIEMES_PAR_ETP = 100
CENT = 100  # weights and marks are percentages
POINTS_MAX = CENT * CENT
MOIS_PASSERELLE = 6

Pourcent = Annotated[NDArray[np.int64], UNITES["nombre"]]
"""Whole percentage, 0 to 100."""


@formule(texte="ASP, annexe financière, formule publique des tableaux de bord nationaux")
def duree_mois(date_debut_effet: Jour, date_fin_effet: Jour) -> Mois:
    """Length of the annexe: difference in years × 12 + difference in months + 1.

    Args:
        date_debut_effet: First day.
        date_fin_effet: Last day.

    Returns:
        Whole months: every month that the annexe touches counts.

    Source:
        Public formula of the national steering dashboards, found again on real annexes.
    """
    return count_mois(date_fin_effet) - count_mois(date_debut_effet) + 1


@formule(texte="Arrêtés fixant les montants de l’aide au poste, un tableau par territoire")
def bareme_socle(territoire: Texte, type_siae: Texte) -> Texte:
    """Table of amounts that applies where the posts are: its name among the legal values.

    Args:
        territoire: One of `TERRITOIRES`.
        type_siae: One of `TYPES_SIAE`.

    Raises:
        ValueError: a territoire is not one of the three.
        SaisieInvalide: MLG-REG-226 posts in prison of a kind that has no amount there.

    Source:
        Arrêtés fixing the amounts: general case, Mayotte, and prison from 2017 for EI and ACI.
    """
    inconnus = sorted({str(nom) for nom in np.unique(territoire)} - BAREMES_SOCLE.keys())
    if inconnus:
        msg = f"unknown territoire {inconnus}; accepted: {list(BAREMES_SOCLE)}"
        raise ValueError(msg)
    refuse_lignes(
        (territoire == MILIEU_PENITENTIAIRE) & ~np.isin(type_siae, TYPES_DETENTION),
        "MLG-REG-226",
        "Les textes ne donnent de montant en milieu pénitentiaire que pour les EI et les ACI.",
        "Corrigez le territoire ou le type de structure.",
    )
    choix = [territoire == nom for nom in BAREMES_SOCLE]
    return np.select(choix, list(BAREMES_SOCLE.values()), default="")


@formule(texte="Arrêtés fixant les montants de l’aide au poste")
def montant_socle(
    montant_de_l_arrete: Annotated[
        EurosParEtp,
        Parametre("aide_au_poste.{bareme_socle}.{type_siae}", le="date_debut_effet"),
    ],
) -> EurosParEtp:
    """Socle per ETP and per year, at the date the annexe takes effect.

    Args:
        montant_de_l_arrete: Amount of the arrêté known for the kind and territoire.

    Returns:
        Euros per ETP and per year.

    Source:
        Arrêtés fixing the amounts; real annexes keep the amount of their first day all along.
    """
    return montant_de_l_arrete


@formule(texte="ASP, annexe financière, montant unitaire annuel, au centime")
def montant_unitaire_centimes(montant_socle: EurosParEtp) -> Centimes:
    """Unit amount of the annexe, in cents.

    Args:
        montant_socle: Euros per ETP and per year.

    Returns:
        Cents per ETP and per year. An amount printed on an annexe can replace it.

    Raises:
        ValueError: an amount is not finite, or is too large.

    Source:
        ASP, `af_montant_unitaire_annuel_valeur`.
    """
    return to_centimes(montant_socle)


@formule(texte="ASP, arrondi du montant mensuel, retrouvé sur les annexes réelles")
def montant_mensuel_centimes(
    etp_centiemes: EtpCentiemes, montant_unitaire_centimes: Centimes
) -> Centimes:
    """One month of the annexe: ETP × unit amount / 12, rounded to the cent, halves up.

    Args:
        etp_centiemes: Monthly ETP agreed, in hundredths.
        montant_unitaire_centimes: Cents per ETP and per year.

    Returns:
        Cents.

    Raises:
        OverflowError: an amount does not fit in int64.

    Source:
        Rounding found on the annexes published as samples: the months of a partial year are
        rounded one by one.
    """
    return prorata(
        montant_unitaire_centimes, etp_centiemes, np.array([CENTIEMES_PAR_ETP * MOIS_PAR_AN])
    )


@formule(texte="ASP, montant total annuel de l’annexe, retrouvé sur les annexes réelles")
def montant_total_annuel_centimes(
    etp_centiemes: EtpCentiemes, montant_unitaire_centimes: Centimes, duree_mois: Mois
) -> Centimes:
    """Agreed amount of the annexe, exactly as the ASP rounds it.

    Twelve months: ETP × unit amount, rounded once. Any other length: so many months × the rounded
    monthly amount. The two differ by a few cents, and the ASP's differ in the same way.

    Args:
        etp_centiemes: Monthly ETP agreed, in hundredths.
        montant_unitaire_centimes: Cents per ETP and per year.
        duree_mois: Length of the annexe.

    Returns:
        Cents: `af_montant_total_annuel`.

    Raises:
        OverflowError: an amount does not fit in int64.

    Source:
        Found on the annexes published as samples, every row that is not FDI. That a twelve-month
        amount with half cents is rounded up is an assumption: no sample shows one.
    """
    mensuel = montant_mensuel_centimes(etp_centiemes, montant_unitaire_centimes)
    annuel = prorata(montant_unitaire_centimes, etp_centiemes, np.array([CENTIEMES_PAR_ETP]))
    return np.where(duree_mois == MOIS_PAR_AN, annuel, prorata(mensuel, duree_mois, np.array([1])))


@formule(texte="Code du travail, articles R5132-8, R5132-10-12, R5132-23 et R5132-38")
def points_modulation(
    poids_publics: Pourcent,
    poids_moyens: Pourcent,
    poids_resultats: Pourcent,
    note_publics: Pourcent,
    note_moyens: Pourcent,
    note_resultats: Pourcent,
) -> Pourcent:
    """Appreciation of a structure on the three headings of the code, weighted by its département.

    Args:
        poids_publics: Weight of the characteristics of the persons hired.
        poids_moyens: Weight of the actions and means of insertion.
        poids_resultats: Weight of the results at exit.
        note_publics: Mark for the persons hired.
        note_moyens: Mark for the actions and means.
        note_resultats: Mark for the results at exit.

    Returns:
        Sum of weights × marks, 0 to 10 000.

    Raises:
        SaisieInvalide: MLG-REG-211 the weights of a row do not add up to 100; MLG-REG-212 a weight
            or a mark is not between 0 and 100.

    Source:
        Code du travail, R5132-23 for the AI and its counterparts: three headings, set by the
        préfet. No national weighting was found: the weighted mean is an assumption, the weights
        are the user's.
    """
    poids = np.stack([poids_publics, poids_moyens, poids_resultats])
    notes = np.stack([note_publics, note_moyens, note_resultats])
    refuse_lignes(
        (poids.sum(axis=0) != CENT) & ((poids >= 0) & (poids <= CENT)).all(axis=0),
        "MLG-REG-211",
        "Les poids des trois critères de modulation ne font pas 100.",
        "Donnez les poids du département, en pour cent\u00a0: aucun poids national n’existe.",
    )
    hors_bornes = np.concatenate([poids, notes])
    refuse_lignes(
        ((hors_bornes < 0) | (hors_bornes > CENT)).any(axis=0),
        "MLG-REG-212",
        "Un poids ou une note de modulation n’est pas entre 0 et 100.",
        "Écrivez poids et notes en pour cent, sans décimale.",
    )
    points: Entiers = (poids * notes).sum(axis=0)
    return points


@formule(texte="Arrêtés fixant les montants, un plafond ordinaire, un autre en détention")
def bareme_part_modulee(territoire: Texte) -> Texte:
    """Legal maximum that applies to the modulated part where the posts are.

    Source:
        Arrêtés fixing the amounts: 10 % of the socle, 5 % in prison.
    """
    en_detention = territoire == MILIEU_PENITENTIAIRE
    return np.where(en_detention, "part_modulee_taux_penitentiaire", "part_modulee_max_taux")


@formule(texte="Arrêtés fixant les montants, 0 à 10\u00a0% du socle, 5\u00a0% au plus en détention")
def part_modulee_centimes(
    montant_total_annuel_centimes: Centimes,
    points_modulation: Pourcent,
    taux_modulation_max: Annotated[
        Taux, Parametre("aide_au_poste.{bareme_part_modulee}", le="date_debut_effet")
    ],
) -> Centimes:
    """Modulated part of the annexe, paid once, on top of the socle.

    Args:
        montant_total_annuel_centimes: Agreed socle.
        points_modulation: 0 to 10 000.
        taux_modulation_max: Legal maximum.

    Returns:
        Cents, rounded once, halves up.

    Raises:
        OverflowError: an amount does not fit in int64.

    Source:
        Arrêtés fixing the amounts. That full marks give the maximum is an assumption; when the
        single payment is made was not found.
    """
    return prorata(
        montant_total_annuel_centimes,
        points_modulation * to_dix_milliemes(taux_modulation_max),
        np.array([POINTS_MAX * DIX_MILLIEMES]),
    )


@formule(texte="Loi du 14 décembre 2020, article 5, décret 2021-1129, EI et ACI seulement")
def est_passerelle(etp_passerelle_centiemes: EtpCentiemes, type_siae: Texte) -> Booleen:
    """Whether the annexe has posts in contrat passerelle.

    Args:
        etp_passerelle_centiemes: Full-time posts in contrat passerelle, hundredths.
        type_siae: Kind of structure.

    Raises:
        SaisieInvalide: MLG-REG-213 a contrat passerelle in a kind that cannot have one.

    Source:
        Loi 2020-1577 of 14 December 2020, art. 5; décret 2021-1129 of 30 August 2021.
    """
    presents = etp_passerelle_centiemes > 0
    refuse_lignes(
        presents & ~np.isin(type_siae, TYPES_PASSERELLE),
        "MLG-REG-213",
        "Le contrat passerelle n’est ouvert qu’aux EI et aux ACI.",
        "Mettez à zéro les postes passerelle, ou corrigez le type de structure.",
    )
    return presents


@formule(texte="Arrêtés fixant les montants du contrat passerelle, cas général et Mayotte")
def bareme_passerelle(territoire: Texte, est_passerelle: Booleen) -> Texte:
    """Amount of contrat passerelle that applies where the posts are.

    Raises:
        SaisieInvalide: MLG-REG-214 posts in prison, for which no amount was found.

    Source:
        Arrêtés of 2021 to 2024 fixing the amounts.
    """
    refuse_lignes(
        est_passerelle & (territoire == MILIEU_PENITENTIAIRE),
        "MLG-REG-214",
        "Aucun montant de contrat passerelle n’a été trouvé pour le milieu pénitentiaire.",
        "Retirez ces postes du calcul, ou donnez le montant de votre convention.",
    )
    return np.where(territoire == MAYOTTE, "mayotte", "montant")


@formule(texte="Arrêtés de 2021 à 2024, montant par poste à temps plein sur six mois")
def contrat_passerelle_centimes(
    etp_passerelle_centiemes: EtpCentiemes,
    mois_passerelle: Mois,
    est_passerelle: Booleen,
    montant_passerelle: Annotated[
        EurosParPoste,
        Parametre(
            "aide_au_poste.contrat_passerelle.{bareme_passerelle}",
            le="date_debut_effet",
            si="est_passerelle",
        ),
    ],
) -> Centimes:
    """Aide for the posts in contrat passerelle.

    Args:
        etp_passerelle_centiemes: Full-time posts, hundredths.
        mois_passerelle: Length of the contracts, 0 to 6.
        est_passerelle: Whether there are such posts.
        montant_passerelle: Euros per full-time post over six months; NaN without such posts.

    Returns:
        Cents, rounded once, halves up.

    Raises:
        SaisieInvalide: MLG-REG-215 a contract shorter than 0 or longer than 6 months.
        OverflowError: an amount does not fit in int64.

    Source:
        Arrêtés of 2021 to 2024 fixing the amounts. That part-time posts and shorter contracts are
        paid in proportion is an assumption.
    """
    refuse_lignes(
        (mois_passerelle < 0) | (mois_passerelle > MOIS_PASSERELLE),
        "MLG-REG-215",
        "Un contrat passerelle dure de 0 à 6 mois.",
        "Corrigez le nombre de mois.",
    )
    return prorata(
        to_centimes(np.where(est_passerelle, montant_passerelle, 0.0)),
        etp_passerelle_centiemes * mois_passerelle,
        np.array([CENTIEMES_PAR_ETP * MOIS_PASSERELLE]),
    )


@formule(texte="Communauté de l’inclusion, CDI inclusion, 24 heures, sauf AI et ETTI")
def est_duree_cdi_suffisante(
    duree_hebdomadaire: HeuresParSemaine,
    type_siae: Texte,
    cdi_duree_min: Annotated[
        HeuresParSemaine, Parametre("aide_au_poste.cdi_inclusion.duree_hebdo_min_h")
    ],
) -> Booleen:
    """Whether the hours of the contract are enough for a CDI inclusion.

    Source:
        Communauté de l'inclusion, CDI inclusion.
    """
    sans_minimum = np.isin(type_siae, TYPES_SANS_DUREE_MINIMALE)
    return sans_minimum | (duree_hebdomadaire >= cdi_duree_min)


@formule(texte="Code du travail, articles R5132-10-13-1 et R5132-24-1, 57 ans et 12 mois")
def est_cdi_inclusion_possible(
    age: Annees,
    anciennete_parcours_mois: Mois,
    est_duree_cdi_suffisante: Booleen,
    cdi_age_min: Annotated[Annees, Parametre("aide_au_poste.cdi_inclusion.age_min")],
    cdi_anciennete_min: Annotated[
        Mois, Parametre("aide_au_poste.cdi_inclusion.anciennete_parcours_min_mois")
    ],
) -> Booleen:
    """Whether a person can be hired in CDI inclusion, as far as age, parcours and hours go.

    Args:
        age: Completed years on the day of hiring.
        anciennete_parcours_mois: Months of parcours without a gap.
        est_duree_cdi_suffisante: Whether the contract has enough hours.
        cdi_age_min: Legal value.
        cdi_anciennete_min: Legal value.

    Source:
        Code du travail, R5132-24-1 and R5132-10-13-1; décrets 2021-1128 and 2021-1129.
    """
    assez_ancien = anciennete_parcours_mois >= cdi_anciennete_min
    return (age >= cdi_age_min) & assez_ancien & est_duree_cdi_suffisante


@formule(texte="Code du travail, articles R5132-10-13-2 et R5132-24-2, première année")
def mois_cdi_annee_1(date_embauche_cdi: Jour, date_debut_effet: Jour, date_fin_effet: Jour) -> Mois:
    """Months of the annexe that fall in the first year of the CDI inclusion.

    Source:
        Code du travail, R5132-24-2. That a year is counted in whole months, that of hiring
        included, is an assumption.
    """
    embauche = count_mois(date_embauche_cdi)
    debut = np.maximum(count_mois(date_debut_effet), embauche)
    fin = np.minimum(count_mois(date_fin_effet), embauche + MOIS_PAR_AN - 1)
    mois: Entiers = np.maximum(fin - debut + 1, 0)
    return mois


@formule(texte="Code du travail, articles R5132-10-13-2 et R5132-24-2, à partir de la deuxième")
def mois_cdi_suivants(
    date_embauche_cdi: Jour, date_debut_effet: Jour, date_fin_effet: Jour
) -> Mois:
    """Months of the annexe that come after the first year of the CDI inclusion.

    Source:
        Same as `mois_cdi_annee_1`.
    """
    depuis = np.maximum(count_mois(date_debut_effet), count_mois(date_embauche_cdi) + MOIS_PAR_AN)
    return np.maximum(count_mois(date_fin_effet) - depuis + 1, 0)


@formule(texte="Code du travail, article R5132-24-2 et voisins, année 1 puis suivantes")
def aide_cdi_inclusion_centimes(
    etp_cdi_centiemes: EtpCentiemes,
    montant_unitaire_centimes: Centimes,
    mois_cdi_annee_1: Mois,
    mois_cdi_suivants: Mois,
    taux_cdi_annee_1: Annotated[
        Taux, Parametre("aide_au_poste.cdi_inclusion.taux_aide_annee_1", le="date_debut_effet")
    ],
    taux_cdi_suivants: Annotated[
        Taux,
        Parametre("aide_au_poste.cdi_inclusion.taux_aide_annees_suivantes", le="date_debut_effet"),
    ],
) -> Centimes:
    """Aide for posts in CDI inclusion: the whole socle the first year, 70 % afterwards.

    Args:
        etp_cdi_centiemes: Monthly ETP in CDI inclusion, hundredths.
        montant_unitaire_centimes: Socle, cents per ETP and per year.
        mois_cdi_annee_1: Months in the first year.
        mois_cdi_suivants: Months afterwards.
        taux_cdi_annee_1: Legal value.
        taux_cdi_suivants: Legal value.

    Returns:
        Cents, rounded once, halves up.

    Raises:
        OverflowError: an amount does not fit in int64.

    Source:
        Code du travail, R5132-24-2 (AI), R5132-10-13-2 (ETTI) and their counterparts.
    """
    mois_ponderes = mois_cdi_annee_1 * to_dix_milliemes(
        taux_cdi_annee_1
    ) + mois_cdi_suivants * to_dix_milliemes(taux_cdi_suivants)
    return prorata(
        montant_unitaire_centimes,
        etp_cdi_centiemes * mois_ponderes,
        np.array([CENTIEMES_PAR_ETP * MOIS_PAR_AN * DIX_MILLIEMES]),
    )


@formule(texte="Fonds départemental d’insertion, montant décidé par le préfet, donné en entrée")
def aide_avec_fdi_centimes(
    montant_total_annuel_centimes: Centimes, montant_fdi_centimes: Centimes
) -> Centimes:
    """Agreed socle and FDI together.

    Source:
        The FDI is discretionary: it is an input, never a result.
    """
    return montant_total_annuel_centimes + montant_fdi_centimes
