"""Réduction générale of 2014–2025, RGDU of 2026, and the exemptions of the AI and ACI until 2018.

A coefficient is rounded to four decimals, to the nearest, as the code says and as OpenFisca-France
does; nothing else is rounded. Until 2018 the reduction bears on social security, family,
accident, FNAL and autonomy contributions; from 2019 also on complementary pension and unemployment
insurance. The formula is the same, what it reduces is not.

An exemption gives hours or a base of pay, never the contributions saved: those depend on rates that
are not part of these rules.
"""

from datetime import date
from typing import Annotated

import numpy as np

from maillage.regles.cotisations.quotients import (
    correct_smic,
    ratio,
    round_half_up,
    smic_over_pay,
)
from maillage.regles.engine.formule import Parametre, formule
from maillage.regles.engine.unites import (
    Booleen,
    Euros,
    EurosParHeure,
    Heures,
    HeuresParAn,
    Jour,
    MultipleSmic,
    Nombre,
    Taux,
    Texte,
)

DECIMALES_RGDU = 4
"""Decimals of the 2026 coefficient: read in OpenFisca-France, the article of 2026 was not re-read."""
# Three SMIC of 62 hours at 12.02 € are 2 235.72 € on the pay slip, a hair more in binary; twelve
# months at three SMIC may add up a hair under three times the SMIC of the year.
_RESIDU_EUROS = 1e-6


@formule(
    texte="Code de la sécurité sociale, article D241-7",
    depuis=date(2014, 1, 1),
    jusqu_au=date(2025, 12, 31),
    explication=(
        "Le coefficient maximal T est lu selon l’effectif\u00a0: l’un sous le seuil, l’autre "
        "à partir du seuil."
    ),
)
def coefficient_maximal(
    effectif: Nombre,
    seuil_effectif: Annotated[Nombre, Parametre("cotisations.reduction_generale.seuil_effectif")],
    coefficient_moins_de_seuil: Annotated[
        Taux, Parametre("cotisations.reduction_generale.coefficient_max_moins_de_seuil")
    ],
    coefficient_seuil_et_plus: Annotated[
        Taux, Parametre("cotisations.reduction_generale.coefficient_max_seuil_et_plus")
    ],
) -> Taux:
    """Maximal coefficient T by size of the employer.

    Args:
        effectif: Employees of the employer, in the meaning of L130-1 CSS. Shape `(n,)`.
        seuil_effectif: 20 until 2019, 50 from 2020. Shape `(n,)`.
        coefficient_moins_de_seuil: T under the threshold. Shape `(n,)`.
        coefficient_seuil_et_plus: T at the threshold and above. Shape `(n,)`.

    Returns:
        Shape `(n,)`.

    Source:
        Code de la sécurité sociale, D241-7.
    """
    return np.where(
        effectif < seuil_effectif, coefficient_moins_de_seuil, coefficient_seuil_et_plus
    )


@formule(
    texte="Code de la sécurité sociale, articles L241-13 et D241-7",
    nom="smic_retenu",
    depuis=date(2014, 1, 1),
    jusqu_au=date(2025, 12, 31),
    explication=(
        "Le SMIC des heures payées, majoré ou non du taux de l’indemnité de congés payés "
        "selon la lecture choisie."
    ),
)
def smic_retenu_2014_2025(smic_periode: Euros, lecture_conges_payes: Texte) -> Euros:
    """SMIC of the formula, under the reading chosen for the paid-leave indemnity.

    Args:
        smic_periode: SMIC of the hours paid, euros. Shape `(n,)`.
        lecture_conges_payes: Values of `LectureCongesPayes`. Shape `(n,)`.

    Returns:
        Euros. Shape `(n,)`.

    Raises:
        SaisieInvalide: a reading does not exist.

    Source:
        NOT FOUND for the AI. D241-10 CSS raises the coefficient of temporary-work agencies by 10 %
        for the same reason; whether that extends to the AI is the open question.
    """
    return correct_smic(smic_periode, lecture_conges_payes)


@formule(
    texte="Code de la sécurité sociale, article D241-7\u00a0; décret 2026-509 du 12 juin 2026",
    depuis=date(2026, 1, 1),
    jusqu_au=date(2026, 12, 31),
    explication=(
        "Toute l’année, le SMIC de la formule est celui du 1er janvier, même s’il monte ensuite."
    ),
)
def premier_janvier(le: Jour) -> Jour:
    """Day at which the SMIC of the 2026 formula is read: 1 January of the year.

    The decree found says it for 2026 only.

    Args:
        le: Day of the pay. Shape `(n,)`.

    Returns:
        Shape `(n,)`.

    Source:
        Code de la sécurité sociale, D241-7 as set by décret 2026-509 (read in OpenFisca-France).
    """
    return le.astype("datetime64[Y]").astype("datetime64[D]")


@formule(
    texte="Code de la sécurité sociale, article D241-7\u00a0; décret 2026-509 du 12 juin 2026",
    nom="smic_retenu",
    depuis=date(2026, 1, 1),
    explication=(
        "Le SMIC horaire du 1er janvier × les heures payées, majoré ou non du taux de "
        "l’indemnité de congés payés selon la lecture choisie."
    ),
)
def smic_retenu_2026(
    smic_horaire_janvier: Annotated[
        EurosParHeure, Parametre("smic.horaire_brut", le="premier_janvier")
    ],
    nombre_heures_remunerees: Heures,
    lecture_conges_payes: Texte,
) -> Euros:
    """SMIC of the 2026 formula: that of 1 January all year long, under the reading chosen.

    Args:
        smic_horaire_janvier: 12.02 € for 2026, the rise of 1 June notwithstanding. Shape `(n,)`.
        nombre_heures_remunerees: Paid hours of the period. Shape `(n,)`.
        lecture_conges_payes: Values of `LectureCongesPayes`. Shape `(n,)`.

    Returns:
        Euros. Shape `(n,)`.

    Raises:
        SaisieInvalide: a reading does not exist.

    Source:
        Code de la sécurité sociale, D241-7 as set by décret 2026-509 (read in OpenFisca-France).
    """
    return correct_smic(smic_horaire_janvier * nombre_heures_remunerees, lecture_conges_payes)


@formule(
    texte="Code de la sécurité sociale, articles L241-13 et D241-7, version jusqu’en 2025",
    nom="coefficient_reduction",
    depuis=date(2014, 1, 1),
    jusqu_au=date(2025, 12, 31),
    explication=(
        "T ÷ (plafond − 1) × (plafond × SMIC ÷ rémunération − 1), entre 0 et T. Le plafond "
        "est en SMIC\u00a0; au-delà, rien n’est réduit."
    ),
)
def coefficient_reduction_generale(
    remuneration: Euros,
    smic_retenu: Euros,
    coefficient_maximal: Taux,
    plafond_en_smic: Annotated[
        MultipleSmic, Parametre("cotisations.reduction_generale.plafond_smic")
    ],
    decimales_coefficient: Annotated[
        Nombre, Parametre("cotisations.reduction_generale.decimales_coefficient")
    ],
) -> Taux:
    """Coefficient T/0.6 × (1.6 × SMIC/pay − 1), between 0 and T, to four decimals.

    Args:
        remuneration: Gross pay of the period, euros. Shape `(n,)`.
        smic_retenu: SMIC of the hours paid, euros. Shape `(n,)`.
        coefficient_maximal: T for the size of the employer and the day. Shape `(n,)`.
        plafond_en_smic: Pay in SMIC from which nothing is reduced: 1.6. Shape `(n,)`.
        decimales_coefficient: Of the coefficient: 4. Shape `(n,)`.

    Returns:
        Shape `(n,)`; 0 without pay.

    Source:
        Code de la sécurité sociale, L241-13 and D241-7.
    """
    part = (plafond_en_smic * smic_over_pay(smic_retenu, remuneration) - 1) / (plafond_en_smic - 1)
    return round_half_up(coefficient_maximal * np.clip(part, 0, 1), 10.0**decimales_coefficient)


@formule(
    texte="Code de la sécurité sociale, article D241-7 (décrets 2025-887 et 2025-1446)",
    depuis=date(2026, 1, 1),
    explication=(
        "L’écart entre les coefficients extrêmes est lu selon l’effectif\u00a0: l’un sous le "
        "seuil, l’autre à partir du seuil."
    ),
)
def t_delta(
    effectif: Nombre,
    seuil_effectif: Annotated[Nombre, Parametre("cotisations.reduction_generale.seuil_effectif")],
    t_delta_moins_50: Annotated[Taux, Parametre("cotisations.rgdu.t_delta_moins_50")],
    t_delta_50_et_plus: Annotated[Taux, Parametre("cotisations.rgdu.t_delta_50_et_plus")],
) -> Taux:
    """Tdelta of the RGDU by size of the employer, threshold of 50.

    Args:
        effectif: Employees of the employer, in the meaning of L130-1 CSS. Shape `(n,)`.
        seuil_effectif: 50. Shape `(n,)`.
        t_delta_moins_50: Under 50. Shape `(n,)`.
        t_delta_50_et_plus: 50 and above. Shape `(n,)`.

    Returns:
        Shape `(n,)`.

    Source:
        Code de la sécurité sociale, D241-7.
    """
    return np.where(effectif < seuil_effectif, t_delta_moins_50, t_delta_50_et_plus)


@formule(
    texte="Code de la sécurité sociale, articles L241-13 et D241-7 (décrets 2025-887 et 2025-1446)",
    nom="coefficient_reduction",
    depuis=date(2026, 1, 1),
    explication=(
        "Tmin + Tdelta × ((plafond × SMIC ÷ rémunération − 1) ÷ (plafond − 1)), la fraction "
        "étant élevée à la puissance, à quatre décimales. Au plafond et au-delà, zéro."
    ),
)
def coefficient_rgdu(
    remuneration: Euros,
    smic_retenu: Euros,
    t_delta: Taux,
    t_min: Annotated[Taux, Parametre("cotisations.rgdu.t_min")],
    puissance: Annotated[Nombre, Parametre("cotisations.rgdu.puissance")],
    plafond_en_smic: Annotated[
        MultipleSmic, Parametre("cotisations.reduction_generale.plafond_smic")
    ],
) -> Taux:
    """Coefficient Tmin + Tdelta × (½ × (3 × SMIC/pay − 1))^1.75, to four decimals.

    It never exceeds Tmin + Tdelta, and falls from Tmin to nothing at three SMIC: the reduction is
    for pay *under* three SMIC.

    Args:
        remuneration: Gross pay of the period, euros. Shape `(n,)`.
        smic_retenu: SMIC of the hours paid, euros. Shape `(n,)`.
        t_delta: For the size of the employer. Shape `(n,)`.
        t_min: Floor rate. Shape `(n,)`.
        puissance: Exponent. Shape `(n,)`.
        plafond_en_smic: Pay in SMIC from which nothing is reduced: 3. Shape `(n,)`.

    Returns:
        Shape `(n,)`; 0 without pay.

    Source:
        Code de la sécurité sociale, L241-13 and D241-7 as set by décrets 2025-887 and 2025-1446.
    """
    rapport = smic_over_pay(smic_retenu, remuneration)
    part = np.clip((plafond_en_smic * rapport - 1) / (plafond_en_smic - 1), 0, 1)
    # `not (pay ≥ …)`, so that an unknown pay stays unknown instead of becoming zero.
    atteint = remuneration >= plafond_en_smic * smic_retenu - _RESIDU_EUROS
    ferme = (remuneration <= 0) | atteint
    coefficient = np.where(ferme, 0.0, t_min + t_delta * part**puissance)
    return round_half_up(coefficient, np.full(coefficient.shape, 10.0**DECIMALES_RGDU))


@formule(
    texte="Code de la sécurité sociale, article L241-13, III",
    depuis=date(2014, 1, 1),
    explication="La rémunération × le coefficient, sans arrondi.",
)
def reduction_cotisations(remuneration: Euros, coefficient_reduction: Taux) -> Euros:
    """Amount of the reduction: pay × coefficient, not rounded.

    Args:
        remuneration: Gross pay of the period, euros. Shape `(n,)`.
        coefficient_reduction: Of the réduction générale or of the RGDU. Shape `(n,)`.

    Returns:
        Euros for the period. Shape `(n,)`.

    Source:
        Code de la sécurité sociale, L241-13, III.
    """
    return remuneration * coefficient_reduction


@formule(
    texte="Code de la sécurité sociale, articles L241-11 et D241-6, version jusqu’en 2018",
    depuis=date(2014, 1, 1),
    jusqu_au=date(2018, 12, 31),
    explication=(
        "Les heures payées de la période, dans la limite de ce qui reste des heures exonérées "
        "de l’année."
    ),
)
def heures_exonerees_ai(
    nombre_heures_cumulees_avant: Heures,
    nombre_heures_remunerees: Heures,
    heures_exonerees_max: Annotated[
        HeuresParAn, Parametre("cotisations.ai_exoneration_750h.heures_max_par_an")
    ],
) -> Heures:
    """Hours of the period that fall under the yearly 750 exempted hours of the worker.

    Args:
        nombre_heures_cumulees_avant: Paid hours of the same worker since 1 January. Shape `(n,)`.
        nombre_heures_remunerees: Paid hours of the period. Shape `(n,)`.
        heures_exonerees_max: 750. Shape `(n,)`.

    Returns:
        Hours. Shape `(n,)`.

    Source:
        Code de la sécurité sociale, L241-11 and D241-6; abolished on 1 January 2019 (Urssaf).
    """
    reste = np.maximum(heures_exonerees_max - nombre_heures_cumulees_avant, 0)
    return np.minimum(nombre_heures_remunerees, reste)


@formule(
    texte="Code de la sécurité sociale, articles L241-11 et D241-6, version jusqu’en 2018",
    depuis=date(2014, 1, 1),
    jusqu_au=date(2018, 12, 31),
    explication=(
        "La rémunération × heures exonérées ÷ heures payées\u00a0: chaque heure de la période "
        "est supposée payée au même taux."
    ),
)
def assiette_exoneree_ai(
    remuneration: Euros, nombre_heures_remunerees: Heures, heures_exonerees_ai: Heures
) -> Euros:
    """Pay of the exempted hours, as if every hour of the period were paid alike.

    The pro rata is an assumption: it is exact for the AI, paid by the hour at one rate.

    Args:
        remuneration: Gross pay of the period. Shape `(n,)`.
        nombre_heures_remunerees: Paid hours of the period. Shape `(n,)`.
        heures_exonerees_ai: Exempted hours among them. Shape `(n,)`.

    Returns:
        Euros. Shape `(n,)`; 0 without hours.

    Source:
        Code de la sécurité sociale, L241-11 and D241-6.
    """
    return remuneration * ratio(heures_exonerees_ai, nombre_heures_remunerees)


@formule(
    texte="Loi de financement de la sécurité sociale pour 2013, article 15",
    depuis=date(2012, 1, 1),
    jusqu_au=date(2013, 12, 31),
    explication="La rémunération des heures exonérées × le taux forfaitaire.",
)
def cotisation_accident_ai(
    remuneration_des_750_heures: Euros,
    taux_accident_forfaitaire_ai: Annotated[
        Taux, Parametre("cotisations.ai_cotisation_at_forfaitaire")
    ],
) -> Euros:
    """Flat accident contribution of an AI on the pay of the exempted hours, until 31/12/2013.

    From 1 January 2014 no flat rate is left: the engine refuses, rather than computing with zero.

    Args:
        remuneration_des_750_heures: Pay of the hours within the yearly 750, given by the caller:
            the exemption itself is modelled from 2014 only. Shape `(n,)`.
        taux_accident_forfaitaire_ai: 3.7 % until 2012, 3.1 % in 2013. Shape `(n,)`.

    Returns:
        Euros. Shape `(n,)`.

    Source:
        Loi de financement de la sécurité sociale pour 2013, art. 15 (ASH 2789).
    """
    return remuneration_des_750_heures * taux_accident_forfaitaire_ai


@formule(
    texte="Code de la sécurité sociale, exonération des ACI, version 2014-2018",
    nom="assiette_exoneree_aci",
    depuis=date(2014, 1, 1),
    jusqu_au=date(2018, 12, 31),
    explication=(
        "La part de la rémunération qui ne dépasse pas le plafond en SMIC, si le contrat "
        "ouvre droit à l’aide au poste."
    ),
)
def assiette_exoneree_aci_2014_2018(
    remuneration: Euros,
    smic_periode: Euros,
    contrat_ouvre_aide_au_poste: Booleen,
    plafond_exoneration_aci: Annotated[
        MultipleSmic, Parametre("cotisations.aci_exoneration.plafond_en_smic")
    ],
) -> Euros:
    """Pay of a CDDI with aide au poste that is exempted in an ACI: its part up to the SMIC.

    Tax on wages, apprenticeship and construction follow the same base.

    Args:
        remuneration: Gross pay of the period. Shape `(n,)`.
        smic_periode: SMIC of the hours paid. Shape `(n,)`.
        contrat_ouvre_aide_au_poste: Whether the contract carries the aide au poste. Shape `(n,)`.
        plafond_exoneration_aci: 1 SMIC. Shape `(n,)`.

    Returns:
        Euros. Shape `(n,)`.

    Source:
        ASH 2914 (2015) on the exemptions of the ACI.
    """
    sous_plafond = np.minimum(remuneration, plafond_exoneration_aci * smic_periode)
    return np.where(contrat_ouvre_aide_au_poste, sous_plafond, 0.0)


@formule(
    texte="Exonération des ACI maintenue aux seuls employeurs publics (MSA, 25/07/2022)",
    nom="assiette_exoneree_aci",
    depuis=date(2019, 1, 1),
    explication="La même part, pour les seuls employeurs publics.",
)
def assiette_exoneree_aci_depuis_2019(
    remuneration: Euros,
    smic_periode: Euros,
    contrat_ouvre_aide_au_poste: Booleen,
    employeur_public: Booleen,
    plafond_exoneration_aci: Annotated[
        MultipleSmic, Parametre("cotisations.aci_exoneration.plafond_en_smic")
    ],
) -> Euros:
    """The same from 1 January 2019: only with a public employer.

    Args:
        remuneration: Gross pay of the period. Shape `(n,)`.
        smic_periode: SMIC of the hours paid. Shape `(n,)`.
        contrat_ouvre_aide_au_poste: Whether the contract carries the aide au poste. Shape `(n,)`.
        employeur_public: Whether the ACI is carried by a public employer. Shape `(n,)`.
        plafond_exoneration_aci: 1 SMIC. Shape `(n,)`.

    Returns:
        Euros. Shape `(n,)`; 0 for private employers.

    Source:
        MSA, exonération ACI, page of 25/07/2022.
    """
    sous_plafond = np.minimum(remuneration, plafond_exoneration_aci * smic_periode)
    return np.where(contrat_ouvre_aide_au_poste & employeur_public, sous_plafond, 0.0)


@formule(
    texte="Taux d’accident du travail des ACI (ASH 2914)",
    depuis=date(2015, 1, 1),
    jusqu_au=date(2018, 12, 31),
    explication="L’assiette donnée × le taux. La source trouvée donne le taux, non l’assiette.",
)
def cotisation_accident_aci(
    assiette_accident_aci: Euros,
    taux_accident_aci: Annotated[Taux, Parametre("cotisations.aci_exoneration.taux_at")],
) -> Euros:
    """Accident contribution of an ACI from 2015, on the base that the caller gives.

    The source found gives the rate and not its base, so the base is a column of its own.

    Args:
        assiette_accident_aci: Shape `(n,)`.
        taux_accident_aci: 1.5 % from 2015. Shape `(n,)`.

    Returns:
        Euros. Shape `(n,)`.

    Source:
        ASH 2914 (2015).
    """
    return assiette_accident_aci * taux_accident_aci
