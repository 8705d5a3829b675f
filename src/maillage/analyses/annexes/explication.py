"""One annexe explained: its amount step by step, then its payment month by month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.analyses.annexes.calcul import calculer
from maillage.kernel.francais import accorder, format_date, format_nombre
from maillage.kernel.money import Centimes, format_euros
from maillage.regles.aide_au_poste.formules import (
    duree_mois,
    montant_mensuel_centimes,
    montant_total_annuel_centimes,
    montant_unitaire_centimes,
)
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.versement import annexe as versement
from maillage.regles.versement.calendrier import LigneVersement, calendrier
from maillage.regles.versement.hypotheses import HYPOTHESES
from maillage.regles.versement.regimes import Regime, read_regime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.analyses.annexes.model import Annexe, AnnexeCalculee
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import ValeurLegale
    from maillage.regles.versement.annexe import EtpRealises

CHEMIN_REGIME = "versement.mois_regularisation"


@dataclass(frozen=True, slots=True)
class Etape:
    """One step of an amount.

    Attributes:
        nom: What is computed.
        calcul: The operation, with its figures, in French.
        resultat: What it gives.
        texte: Text or source that it applies.
        confiance: A, B or C; empty where no legal value is read.
    """

    nom: str
    calcul: str
    resultat: str
    texte: str
    confiance: str = ""


@dataclass(frozen=True, slots=True)
class Explication:
    """One annexe, how its amount is reached, how it is paid.

    Attributes:
        calculee: The annexe and its amount.
        etapes: From what is printed on the annexe to the amount.
        versements: Month by month, the settlement last.
        regime: Months of regularisation.
        legale_regime: Where they come from.
        hypotheses: What the texts leave open and how it is read here, in French.
        avertissements: What must be shown beside the figures, in French.
    """

    calculee: AnnexeCalculee
    etapes: tuple[Etape, ...]
    versements: tuple[LigneVersement, ...]
    regime: Regime
    legale_regime: ValeurLegale
    hypotheses: tuple[str, ...]
    avertissements: tuple[str, ...]


def expliquer(
    annexe: Annexe,
    etp_realises: Sequence[EtpRealises] = (),
    legislation: Legislation | None = None,
) -> Explication:
    """Amount and payment of one annexe.

    Args:
        annexe: What is agreed.
        etp_realises: Monthly ETP, from the first month; those not given are not known.
        legislation: The law, by default all that is known.

    Raises:
        PeriodeNonModelisee: the months of regularisation are not known on the first day.
        SaisieInvalide: MLG-REG-221 negative ETP; MLG-REG-223 more months than the annexe has.
    """
    loi = load_legislation() if legislation is None else legislation
    calculee = calculer([annexe], loi)[0]
    legale = loi.resolve(CHEMIN_REGIME, annexe.date_debut)
    regime = read_regime(legale.valeur)
    a_payer = versement.Annexe(
        date_debut_effet=annexe.date_debut,
        date_fin_effet=annexe.date_fin,
        etp_conventionnes=Decimal(annexe.etp_centiemes).scaleb(-2),
        montant_unitaire=annexe.montant_unitaire,
    )
    avertissements = (
        calculee.bareme.legale.avertissement if calculee.bareme.legale is not None else "",
        legale.avertissement,
    )
    return Explication(
        calculee=calculee,
        etapes=tuple(_write_etapes(calculee)),
        versements=calendrier(a_payer, etp_realises, regime=regime),
        regime=regime,
        legale_regime=legale,
        hypotheses=tuple(lecture.value for lecture in HYPOTHESES),
        avertissements=tuple(dict.fromkeys(filter(None, avertissements))),
    )


def _write_etapes(calculee: AnnexeCalculee) -> list[Etape]:
    annexe, legale = calculee.annexe, calculee.bareme.legale
    return [
        Etape(
            "Durée",
            f"du {format_date(annexe.date_debut)} au {format_date(annexe.date_fin)}, tout mois "
            "entamé compte",
            accorder(calculee.duree_mois, "mois", "mois"),
            duree_mois.texte,
        ),
        Etape(
            "Montant unitaire",
            calculee.bareme.phrase,
            format_euros(annexe.montant_unitaire),
            montant_unitaire_centimes.texte if legale is None else legale.reference.titre,
            "" if legale is None else legale.confiance,
        ),
        *_write_produits(calculee),
    ]


def _write_produits(calculee: AnnexeCalculee) -> list[Etape]:
    annexe = calculee.annexe
    etp = format_nombre(Decimal(annexe.etp_centiemes).scaleb(-2), 2)
    unitaire = format_euros(annexe.montant_unitaire)
    total = format_euros(calculee.montant)
    if calculee.duree_mois == MOIS_PAR_AN:
        calcul = f"{etp} ETP × {unitaire}, arrondi une fois au centime"
        return [Etape("Montant de l’annexe", calcul, total, montant_total_annuel_centimes.texte)]
    mensuel = Centimes(calculee.montant.nombre // calculee.duree_mois)  # exact: a whole multiple
    return [
        Etape(
            "Montant mensuel",
            f"{etp} ETP × {unitaire} / {MOIS_PAR_AN}, arrondi au centime",
            format_euros(mensuel),
            montant_mensuel_centimes.texte,
        ),
        Etape(
            "Montant de l’annexe",
            f"{format_euros(mensuel)} × {accorder(calculee.duree_mois, 'mois', 'mois')}",
            total,
            montant_total_annuel_centimes.texte,
        ),
    ]
