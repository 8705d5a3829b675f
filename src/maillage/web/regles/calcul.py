"""One annexe computed: agreed amount, what it rests on, payment month by month, reform beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.kernel.money import Centimes
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.trace import trace
from maillage.regles.versement.annexe import Annexe
from maillage.regles.versement.calendrier import calendrier
from maillage.regles.versement.hypotheses import HYPOTHESES
from maillage.regles.versement.regimes import read_regime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from maillage.kernel.errors import Anomalie
    from maillage.regles.engine.calcul import Resultat
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import ValeurLegale
    from maillage.regles.versement.calendrier import LigneVersement
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
    calcul: str


@dataclass(frozen=True, slots=True)
class Versements:
    """Payment of one annexe.

    Attributes:
        lignes: One per month, and the settlement after the end.
        regime: Text that gives the months of regularisation.
        hypotheses: Sentences of the readings that were used.
    """

    lignes: tuple[LigneVersement, ...]
    regime: str
    hypotheses: tuple[str, ...]


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
        calcul=trace(resultat, 0, _TOTAL).to_text(),
    )


def _find_montant(resultat: Resultat) -> ValeurLegale:
    """The amount per ETP, among the legal values of a computation."""
    legales = resultat.valeurs_legales
    return next(v for v in legales if v.chemin.startswith("aide_au_poste.montant_socle"))


def compute_versements(saisie: SaisieAnnexe, montants: Montants) -> Versements | Refus:
    """Payment of the annexe, month by month, on the occupation that was typed."""
    colonnes = saisie.colonnes
    debut, fin = (colonnes[nom][0].item() for nom in ("date_debut_effet", "date_fin_effet"))
    try:
        mois = legislation_de(saisie).resolve("versement.mois_regularisation", debut)
    except PeriodeNonModelisee as inconnu:
        return Refus(inconnu.anomalies)
    annexe = Annexe(
        date_debut_effet=debut,
        date_fin_effet=fin,
        etp_conventionnes=Decimal(int(colonnes["etp_centiemes"][0])).scaleb(-2),
        montant_unitaire=montants.unitaire,
    )
    regime = read_regime(mois.valeur)
    lignes = calendrier(annexe, saisie.occupation, regime=regime)
    return Versements(lignes, regime.texte, tuple(lecture.value for lecture in HYPOTHESES))
