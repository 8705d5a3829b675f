"""Value of one job: person, employer, public accounts, and what a rise of pay changes for the three."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from maillage.analyses.emploi.aides import (
    Montant,
    compute_aide_au_poste,
    compute_reduction,
    name_mois,
)
from maillage.analyses.emploi.comptes import (
    Comptes,
    Employeur,
    LignePublique,
    build_employeur,
    build_lignes,
)
from maillage.analyses.emploi.revenus import compare_revenus, compute_marge
from maillage.kernel.francais import format_nombre, typeset
from maillage.kernel.money import Centimes, format_euros, sum_centimes
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.erreurs import PeriodeNonModelisee

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.analyses.emploi.demande import Demande
    from maillage.analyses.emploi.revenus import Composante, Marge
    from maillage.analyses.emploi.table import Point, Table
    from maillage.regles.engine.legislation import Legislation


@dataclass(frozen=True, slots=True)
class Hausse:
    """What a rise of pay changes in a month, everything else alike.

    Attributes:
        montant: Euros by the hour.
        marge: For the person.
        employeur: More cost for the employer.
        public: Lines of the public accounts, positive for what comes back.
    """

    montant: Centimes
    marge: Marge
    employeur: Centimes
    public: tuple[LignePublique, ...]

    @property
    def solde(self) -> Centimes:
        """What public money gains."""
        return sum_centimes(ligne.montant for ligne in self.public)


@dataclass(frozen=True, slots=True)
class ValeurEmploi:
    """Everything about one job.

    Attributes:
        demande: What was asked.
        source: What computed the income, and the month of its law.
        avant: The household without the job.
        apres: With it.
        revenus: Before and after, the sum last.
        marge: What the pay of the job becomes.
        employeur: None when the rules refuse the aide au poste.
        comptes: None likewise.
        hausse: What a rise changes; None when it is not asked.
        refus: Why the accounts are missing; None when they are there.
        avertissements: What must be shown, in French.
    """

    demande: Demande
    source: str
    avant: Point
    apres: Point
    revenus: tuple[Composante, ...]
    marge: Marge
    employeur: Employeur | None
    comptes: Comptes | None
    hausse: Hausse | None
    refus: PeriodeNonModelisee | None
    avertissements: tuple[str, ...]


def compute_valeur(demande: Demande, table: Table, legislation: Legislation) -> ValeurEmploi:
    """Value of a job; the accounts are missing, with the refusal, where the rules refuse.

    Args:
        demande: What is asked.
        table: What OpenFisca-France computed.
        legislation: The law of the aide au poste and of the reduction.
    """
    code, mois = demande.foyer.code, demande.mois
    avant = table.get(mois, code, 0, Centimes(0))
    apres = _with_taux_accident(
        table.get(mois, code, demande.heures, demande.majoration), demande, table
    )
    source = f"{table.source}, {name_mois(mois)}"
    reduire = partial(
        compute_reduction,
        effectif=table.hypotheses.effectif,
        legislation=legislation,
        lecture=demande.lecture or LectureCongesPayes.SANS_OBJET,
    )
    reduction = reduire(apres)
    refus, aide = None, None
    try:
        aide = compute_aide_au_poste(
            apres, demande.type_siae, legislation, demande.montant_unitaire
        )
    except PeriodeNonModelisee as inconnu:
        refus = inconnu
    hausse = None
    if demande.revaloriser is not None:
        plus = _with_taux_accident(
            table.get(mois, code, demande.heures, demande.majoration + demande.revaloriser),
            demande,
            table,
        )
        hausse = compute_hausse(
            demande.revaloriser,
            (apres, reduction),
            (plus, reduire(plus)),
            source,
        )
    return ValeurEmploi(
        demande=demande,
        source=source,
        avant=avant,
        apres=apres,
        revenus=compare_revenus(avant, apres),
        marge=compute_marge(avant, apres),
        employeur=None if aide is None else build_employeur(apres, aide, reduction),
        comptes=None
        if aide is None
        else Comptes(build_lignes(avant, apres, aide, reduction, source), demande.contrefactuel),
        hausse=hausse,
        refus=refus,
        avertissements=tuple(
            dict.fromkeys(
                (
                    *reduction.avertissements,
                    *(aide.avertissements if aide else ()),
                    *_tell_conges(demande, reduction, partial(reduire, apres)),
                    *_tell_taux_accident(demande, table),
                )
            )
        ),
    )


def _with_taux_accident(point: Point, demande: Demande, table: Table) -> Point:
    """Same job at the reader's own rate: contributions of the employer grow with gross pay.

    The reduction of contributions does not move: at the rate of the table it already covers all that
    it may.
    """
    if demande.taux_accident_travail is None:
        return point
    en_plus = demande.taux_accident_travail - table.hypotheses.taux_accident_travail
    cotisations = point["cotisations_employeur"] + point["salaire_brut"].prorata(en_plus)
    return replace(point, montants=point.montants | {"cotisations_employeur": cotisations})


def _tell_taux_accident(demande: Demande, table: Table) -> tuple[str, ...]:
    """That the employer's contributions are no more those of the table."""
    if demande.taux_accident_travail is None:
        return ()
    saisi, sien = (
        format_nombre(taux * 100, 2)
        for taux in (demande.taux_accident_travail, table.hypotheses.taux_accident_travail)
    )
    phrase = f"Accidents du travail : {saisi} %, le taux que vous donnez, au lieu de {sien} %."
    return (typeset(phrase),)


def _tell_conges(
    demande: Demande, reduction: Montant, reduire: Callable[..., Montant]
) -> tuple[str, ...]:
    """What the open point of the AI would change, where the reader did not choose a reading."""
    if demande.type_siae != "AI" or demande.lecture is not None:
        return ()
    autre = reduire(lecture=LectureCongesPayes.SMIC_NON_CORRIGE)
    phrase = (
        "Congés payés d’une AI\u00a0: si l’indemnité s’ajoute à chaque heure et que le SMIC de la "
        f"formule n’en est pas corrigé, la réduction est de {format_euros(autre.montant)} au lieu de "
        f"{format_euros(reduction.montant)}. Aucun texte trouvé ne tranche\u00a0: choisissez la lecture."
    )
    return (phrase,)


def compute_hausse(
    montant: Centimes, avant: tuple[Point, Montant], apres: tuple[Point, Montant], source: str
) -> Hausse:
    """What a rise changes for the person, the employer and public money; the aide au poste does not move.

    Args:
        montant: Euros by the hour.
        avant: The job, and its reduction of contributions.
        apres: The same at the higher pay.
        source: What computed them.
    """
    sans_aide = Montant(Centimes(0), "")  # it does not depend on the pay
    (poste, reduction), (mieux_paye, autre_reduction) = avant, apres
    lignes, autres = (
        build_lignes(poste, un, sans_aide, sa_reduction, source)
        for un, sa_reduction in (avant, apres)
    )
    public = tuple(
        replace(autre, montant=autre.montant - ligne.montant)
        for ligne, autre in zip(lignes, autres, strict=True)
        if not autre.acquise
    )
    employeur = build_employeur(mieux_paye, sans_aide, autre_reduction).cout
    return Hausse(
        montant=montant,
        marge=compute_marge(poste, mieux_paye),
        employeur=employeur - build_employeur(poste, sans_aide, reduction).cout,
        public=public,
    )
