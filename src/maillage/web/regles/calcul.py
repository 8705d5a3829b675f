"""One annexe computed: agreed amount, what it rests on, payment month by month, reform beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.analyses.annexes.bareme import socle_path
from maillage.analyses.annexes.complements import Contexte, sum_complements
from maillage.analyses.annexes.explication import complete, list_hypotheses
from maillage.analyses.annexes.versements import payer
from maillage.kernel.money import Centimes
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.trace import trace
from maillage.regles.versement.annexe import Annexe
from maillage.web.regles.deroule import render_calculs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy as np
    from django.utils.safestring import SafeString
    from numpy.typing import NDArray

    from maillage.analyses.annexes.cofinancement import Partage
    from maillage.analyses.annexes.complements import Complement
    from maillage.analyses.annexes.versements import Versements
    from maillage.kernel.errors import Anomalie
    from maillage.regles.engine.calcul import Resultat
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import ValeurLegale
    from maillage.web.regles.saisie import SaisieAnnexe

_MENSUEL = "montant_mensuel_centimes"
_TOTAL = "montant_total_annuel_centimes"
_UNITAIRE = "montant_unitaire_centimes"


@dataclass(frozen=True, slots=True)
class Montants:
    """Agreed amounts of one annexe, or why there are none.

    Attributes:
        unitaire, mensuel, total: To the cent.
        duree_mois: Length of the annexe.
        legale: Amount of the arrêté; None when the user gave their own.
        avertissements: What must be shown beside the amounts.
        calcul: The computation line by line, down to the text.
    """

    unitaire: Centimes
    mensuel: Centimes
    total: Centimes
    duree_mois: int
    legale: ValeurLegale | None
    avertissements: tuple[str, ...]
    calcul: SafeString


@dataclass(frozen=True, slots=True)
class Paiement:
    """Payment of one annexe, its complements, and who pays.

    Attributes:
        versements: Month by month, with what changes during the annexe.
        complements: Those that were asked for, each with its amount or its refusal.
        partage: Share of the département; None when it was not asked.
        hypotheses: Sentences of the readings that were used.
    """

    versements: Versements
    complements: tuple[Complement, ...]
    partage: Partage | None
    hypotheses: tuple[str, ...]

    @property
    def total(self) -> Centimes | None:
        """Annexe and complements together; None as long as one of them is refused."""
        return sum_complements(self.versements.montant_final, self.complements)

    @property
    def refus(self) -> tuple[Anomalie, ...]:
        """Refusals of the complements, each to be said beside its field."""
        refus = tuple(anomalie for un in self.complements for anomalie in un.refus)
        return refus if self.partage is None else (*refus, *self.partage.refus)


@dataclass(frozen=True, slots=True)
class Refus:
    """An amount that is not known, with what can be done about it."""

    anomalies: tuple[Anomalie, ...]


def compute_annexe(saisie: SaisieAnnexe) -> Montants | Refus:
    """Agreed amounts under the law that was asked for."""
    return _compute(saisie.colonnes, legislation_de(saisie))


def compute_reforme(saisie: SaisieAnnexe) -> Montants | Refus:
    """Agreed amounts under the reform that was asked for.

    Raises:
        ValueError: no reform was asked for.
    """
    if saisie.reforme is None:
        msg = "no reform to compare with"
        raise ValueError(msg)
    return _compute(saisie.colonnes, apply_reforme(legislation_de(saisie), saisie.reforme))


def legislation_de(saisie: SaisieAnnexe) -> Legislation:
    """Law as it was known on the day asked for, with the projection when it was chosen."""
    legislation = load_legislation().with_connu_au(saisie.connu_au)
    return legislation.with_choix(Choix.projection_smic()) if saisie.projette else legislation


def _compute(
    colonnes: Mapping[str, NDArray[np.generic]], legislation: Legislation
) -> Montants | Refus:
    debut: date = colonnes["date_debut_effet"][0].item()
    donne = _UNITAIRE in colonnes
    cibles = (_TOTAL, _MENSUEL, "duree_mois", *(() if donne else (_UNITAIRE,)))
    try:
        resultat = compute(cibles, colonnes, legislation, debut)
    except PeriodeNonModelisee as inconnu:
        return Refus(inconnu.anomalies)
    unitaire = colonnes[_UNITAIRE] if donne else resultat[_UNITAIRE]
    return Montants(
        unitaire=Centimes(int(unitaire[0])),
        mensuel=Centimes(int(resultat[_MENSUEL][0])),
        total=Centimes(int(resultat[_TOTAL][0])),
        duree_mois=int(resultat["duree_mois"][0]),
        legale=None if donne else _find_montant(resultat),
        avertissements=resultat.avertissements,
        calcul=render_calculs((trace(resultat, 0, _TOTAL),)),
    )


def _find_montant(resultat: Resultat) -> ValeurLegale:
    """The amount per ETP, among the legal values of a computation."""
    legales = resultat.valeurs_legales
    return next(v for v in legales if v.chemin.startswith("aide_au_poste.montant_socle"))


def compute_paiement(saisie: SaisieAnnexe, montants: Montants) -> Paiement | Refus:
    """Payment of the annexe, month by month, with what was asked in the optional parts."""
    colonnes, loi = saisie.colonnes, legislation_de(saisie)
    debut, fin = (colonnes[nom][0].item() for nom in ("date_debut_effet", "date_fin_effet"))
    type_siae, territoire = str(colonnes["type_siae"][0]), str(colonnes["territoire"][0])
    etp_centiemes = int(colonnes["etp_centiemes"][0])
    annexe = Annexe(
        date_debut_effet=debut,
        date_fin_effet=fin,
        etp_conventionnes=Decimal(etp_centiemes).scaleb(-2),
        montant_unitaire=montants.unitaire,
    )
    try:
        versements = payer(annexe, socle_path(type_siae, territoire), saisie.demande, loi)
    except PeriodeNonModelisee as inconnu:
        return Refus(inconnu.anomalies)
    contexte = Contexte(
        type_siae=type_siae,
        territoire=territoire,
        date_debut=debut,
        date_fin=fin,
        etp_centiemes=etp_centiemes,
        duree_mois=montants.duree_mois,
        montant_unitaire=montants.unitaire,
        montant_final=versements.montant_final,
    )
    complements, partage = complete(contexte, saisie.demande.complements, versements, loi)
    hypotheses = list_hypotheses(versements, complements, partage)
    return Paiement(versements, complements, partage, hypotheses)
