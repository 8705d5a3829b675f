"""Taxe sur les salaires of an association of mainland France, over the year.

Whether the pay of the people in insertion of an AI is in the base was not found in any text: it is
an explicit column, never a default. The increased brackets are taken on the pay of each employee,
one row each (`majoration_individuelle`); their sum by employer is a column of the second
computation. Without it, `taxe_au_taux_normal` is the normal-rate part *only*, and its name says so.
"""

from datetime import date
from typing import Annotated

import numpy as np

from maillage.regles.engine.formule import Parametre, formule
from maillage.regles.engine.unites import Booleen, EurosParAn, Taux


@formule(
    texte="Code général des impôts, article 231\u00a0; salaires d’insertion\u00a0: texte non trouvé",
    explication=(
        "Les salaires des permanents, plus ceux des personnes en parcours si la lecture "
        "choisie les met dans l’assiette\u00a0: aucun texte trouvé ne le dit."
    ),
)
def assiette_taxe_salaires(
    remuneration_permanents_annuelle: EurosParAn,
    remuneration_insertion_annuelle: EurosParAn,
    insertion_dans_assiette: Booleen,
) -> EurosParAn:
    """Base of the tax: pay of the permanent staff, and that of people in insertion if so chosen.

    Args:
        remuneration_permanents_annuelle: Shape `(n,)`, one employer per row.
        remuneration_insertion_annuelle: Shape `(n,)`.
        insertion_dans_assiette: Whether the latter is taxed: the caller's choice. Shape `(n,)`.

    Returns:
        Euros a year. Shape `(n,)`.

    Source:
        Code général des impôts, art. 231. For the insertion pay of an AI: NOT FOUND.
    """
    insertion = np.where(insertion_dans_assiette, remuneration_insertion_annuelle, 0.0)
    return remuneration_permanents_annuelle + insertion


@formule(
    texte="Code général des impôts, article 231, 1 (taux normal)",
    explication="L’assiette × le taux normal. Les majorations s’y ajoutent.",
)
def taxe_au_taux_normal(
    assiette_taxe_salaires: EurosParAn,
    taux_normal: Annotated[Taux, Parametre("taxe_salaires.taux_normal")],
) -> EurosParAn:
    """Part of the tax at the normal rate, which bears on the whole base.

    Args:
        assiette_taxe_salaires: Shape `(n,)`.
        taux_normal: 4.25 %. Shape `(n,)`.

    Returns:
        Euros a year. Shape `(n,)`. Not the tax: the increased brackets are missing.

    Source:
        Code général des impôts, art. 231, 1.
    """
    return assiette_taxe_salaires * taux_normal


@formule(
    texte="Code général des impôts, article 231, 2 bis (deux tranches majorées)",
    nom="majoration_individuelle",
    depuis=date(2018, 1, 1),
    explication=(
        "Pour chaque salarié\u00a0: la part de son salaire au-delà du premier seuil × la "
        "première majoration, et au-delà du second seuil × la différence avec la deuxième."
    ),
)
def majoration_individuelle_depuis_2018(
    remuneration_individuelle_annuelle: EurosParAn,
    seuil_1: Annotated[EurosParAn, Parametre("taxe_salaires.seuils.premiere_majoration")],
    seuil_2: Annotated[EurosParAn, Parametre("taxe_salaires.seuils.deuxieme_majoration")],
    taux_1: Annotated[Taux, Parametre("taxe_salaires.majorations.premiere")],
    taux_2: Annotated[Taux, Parametre("taxe_salaires.majorations.deuxieme")],
) -> EurosParAn:
    """Increase over the normal rate on the pay of one employee, mainland.

    Args:
        remuneration_individuelle_annuelle: Shape `(n,)`, one employee per row.
        seuil_1: Pay from which the first increase applies. Shape `(n,)`.
        seuil_2: Pay from which the second replaces it. Shape `(n,)`.
        taux_1: First increase, over the normal rate. Shape `(n,)`.
        taux_2: Second increase, over the normal rate. Shape `(n,)`.

    Returns:
        Euros a year. Shape `(n,)`, to be summed by employer.

    Source:
        Code général des impôts, art. 231, 2 bis; not in the overseas départements.
    """
    premiere = taux_1 * np.maximum(remuneration_individuelle_annuelle - seuil_1, 0)
    # A bracket at rate r after one at rate q adds r − q on all that is above its bound.
    return premiere + (taux_2 - taux_1) * np.maximum(
        remuneration_individuelle_annuelle - seuil_2, 0
    )


@formule(
    texte="Code général des impôts, article 231, 2 bis (trois tranches majorées, 2013-2017)",
    nom="majoration_individuelle",
    depuis=date(2014, 1, 1),
    jusqu_au=date(2017, 12, 31),
    explication="De même, avec une troisième tranche au-delà du troisième seuil.",
)
def majoration_individuelle_2014_2017(  # noqa: PLR0913, PLR0917 - three brackets are three bounds and rates
    remuneration_individuelle_annuelle: EurosParAn,
    seuil_1: Annotated[EurosParAn, Parametre("taxe_salaires.seuils.premiere_majoration")],
    seuil_2: Annotated[EurosParAn, Parametre("taxe_salaires.seuils.deuxieme_majoration")],
    seuil_3: Annotated[EurosParAn, Parametre("taxe_salaires.seuils.troisieme_majoration")],
    taux_1: Annotated[Taux, Parametre("taxe_salaires.majorations.premiere")],
    taux_2: Annotated[Taux, Parametre("taxe_salaires.majorations.deuxieme")],
    taux_3: Annotated[Taux, Parametre("taxe_salaires.majorations.troisieme")],
) -> EurosParAn:
    """The same with the third bracket of 2013–2017.

    Args:
        remuneration_individuelle_annuelle: Shape `(n,)`, one employee per row.
        seuil_1: Pay from which the first increase applies. Shape `(n,)`.
        seuil_2: Pay from which the second replaces it. Shape `(n,)`.
        seuil_3: Pay from which the third replaces it. Shape `(n,)`.
        taux_1: First increase, over the normal rate. Shape `(n,)`.
        taux_2: Second increase, over the normal rate. Shape `(n,)`.
        taux_3: Third increase, over the normal rate. Shape `(n,)`.

    Returns:
        Euros a year. Shape `(n,)`, to be summed by employer.

    Source:
        Code général des impôts, art. 231, 2 bis; third bracket repealed by loi 2017-1837, art. 90.
    """
    premiere = taux_1 * np.maximum(remuneration_individuelle_annuelle - seuil_1, 0)
    deuxieme = (taux_2 - taux_1) * np.maximum(remuneration_individuelle_annuelle - seuil_2, 0)
    troisieme = (taux_3 - taux_2) * np.maximum(remuneration_individuelle_annuelle - seuil_3, 0)
    return premiere + deuxieme + troisieme


@formule(
    texte="Code général des impôts, article 231, 1 et 2 bis",
    explication="La taxe au taux normal, plus la somme des majorations de tous les salariés.",
)
def taxe_brute(taxe_au_taux_normal: EurosParAn, majorations_employeur: EurosParAn) -> EurosParAn:
    """Tax of the employer before franchise, décote and allowance.

    Args:
        taxe_au_taux_normal: Shape `(n,)`.
        majorations_employeur: Sum of the increases of its employees (`majoration_individuelle`). An
            unknown is not zero: NaN gives NaN. Shape `(n,)`.

    Returns:
        Euros a year. Shape `(n,)`.

    Source:
        Code général des impôts, art. 231, 1 and 2 bis.
    """
    return taxe_au_taux_normal + majorations_employeur


@formule(
    texte="Code général des impôts, article 1679 (franchise et décote)",
    explication=(
        "Rien jusqu’à la franchise. Entre la franchise et le plafond de la décote, la taxe "
        "est réduite d’une part de l’écart à ce plafond."
    ),
)
def taxe_apres_decote(
    taxe_brute: EurosParAn,
    franchise: Annotated[EurosParAn, Parametre("taxe_salaires.franchise")],
    decote_plafond: Annotated[EurosParAn, Parametre("taxe_salaires.decote_plafond")],
    decote_taux: Annotated[Taux, Parametre("taxe_salaires.decote_taux")],
) -> EurosParAn:
    """Tax after franchise (nothing up to it) and décote (less, up to its ceiling).

    OpenFisca-France starts the décote *at* the franchise; the law says that nothing is due when the
    tax does not exceed it. The two differ at exactly 1 200 €.

    Args:
        taxe_brute: Shape `(n,)`.
        franchise: 1 200 €. Shape `(n,)`.
        decote_plafond: 2 040 €. Shape `(n,)`.
        decote_taux: Share of the gap to the ceiling that is let off: three quarters. Shape `(n,)`.

    Returns:
        Euros a year. Shape `(n,)`.

    Source:
        Code général des impôts, art. 1679.
    """
    avec_decote = taxe_brute - decote_taux * (decote_plafond - taxe_brute)
    reduite = np.where(taxe_brute <= decote_plafond, avec_decote, taxe_brute)
    return np.where(taxe_brute <= franchise, 0.0, reduite)


@formule(
    texte="Code général des impôts, article 1679 A (abattement des associations)",
    explication="L’abattement des associations est retranché, sans descendre sous zéro.",
)
def taxe_due(
    taxe_apres_decote: EurosParAn,
    est_association: Booleen,
    abattement_associations: Annotated[
        EurosParAn, Parametre("taxe_salaires.abattement_associations")
    ],
) -> EurosParAn:
    """Tax due, after the allowance of the non-profit bodies.

    The allowance comes after franchise and décote, as in OpenFisca-France.

    Args:
        taxe_apres_decote: Shape `(n,)`.
        est_association: Whether the employer has right to the allowance. Shape `(n,)`.
        abattement_associations: For the year of the pay. Shape `(n,)`.

    Returns:
        Euros a year. Shape `(n,)`.

    Source:
        Code général des impôts, art. 1679 A.
    """
    abattue = np.maximum(taxe_apres_decote - abattement_associations, 0)
    return np.where(est_association, abattue, taxe_apres_decote)
