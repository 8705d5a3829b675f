"""One annexe explained: its amount step by step, then its payment month by month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.analyses.annexes.bareme import socle_path
from maillage.analyses.annexes.calcul import calculer
from maillage.analyses.annexes.cofinancement import Partage, share
from maillage.analyses.annexes.complements import (
    Complement,
    Contexte,
    compute_complements,
    sum_complements,
)
from maillage.analyses.annexes.demande import SANS_DEMANDE, Demande, DemandeComplements
from maillage.analyses.annexes.versements import Versements, payer
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

if TYPE_CHECKING:
    from maillage.analyses.annexes.model import Annexe, AnnexeCalculee
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.versement.calendrier import LigneVersement


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
        calculee: The annexe and its amount as first agreed.
        etapes: From what is printed on the annexe to the amount.
        paiement: How it is paid, with what changes during it.
        complements: Those that were asked for.
        partage: Who pays the advances; None when it was not asked.
        hypotheses: What the texts leave open and how it is read here, in French.
        avertissements: What must be shown beside the figures, in French.
    """

    calculee: AnnexeCalculee
    etapes: tuple[Etape, ...]
    paiement: Versements
    complements: tuple[Complement, ...]
    partage: Partage | None
    hypotheses: tuple[str, ...]
    avertissements: tuple[str, ...]

    @property
    def versements(self) -> tuple[LigneVersement, ...]:
        """Payment month by month, the settlement last."""
        return self.paiement.lignes

    @property
    def total(self) -> Centimes | None:
        """Annexe and complements together; None as long as one of them is refused."""
        return sum_complements(self.paiement.montant_final, self.complements)

    @property
    def part_etat(self) -> Centimes | None:
        """What the État pays of that total; None when the share is not asked for, or not known."""
        if self.total is None or self.partage is None or self.partage.departement is None:
            return None
        return self.total - self.partage.departement


def expliquer(
    annexe: Annexe,
    demande: Demande = SANS_DEMANDE,
    legislation: Legislation | None = None,
) -> Explication:
    """Amount, complements and payment of one annexe.

    Args:
        annexe: What is first agreed.
        demande: Occupation, avenants, complements and readings.
        legislation: The law, by default all that is known.

    Raises:
        PeriodeNonModelisee: the months of regularisation are not known on the first day, or the
            amount of a month where the arrêtés are to be followed.
        SaisieInvalide: MLG-REG-221 negative ETP; MLG-REG-223 more months than the annexe has;
            MLG-REG-231 an avenant outside the annexe.

    Example:
        >>> from datetime import date
        >>> from maillage.analyses.annexes.model import Annexe
        >>> annexe = Annexe(
        ...     *("", "", 0, "AI", "metropole_drom", date(2022, 1, 1), date(2022, 12, 31)),
        ...     etp_centiemes=1000,
        ...     montant_unitaire=Centimes(144100),
        ... )
        >>> explication = expliquer(annexe)
        >>> explication.calculee.montant.nombre, explication.etapes[-1].nom
        (1441000, 'Montant de l’annexe')
    """
    loi = load_legislation() if legislation is None else legislation
    calculee = calculer([annexe], loi)[0]
    a_payer = versement.Annexe(
        date_debut_effet=annexe.date_debut,
        date_fin_effet=annexe.date_fin,
        etp_conventionnes=Decimal(annexe.etp_centiemes).scaleb(-2),
        montant_unitaire=annexe.montant_unitaire,
    )
    paiement = payer(a_payer, socle_path(annexe.type_siae, annexe.territoire), demande, loi)
    contexte = Contexte(
        type_siae=annexe.type_siae,
        territoire=annexe.territoire,
        date_debut=annexe.date_debut,
        date_fin=annexe.date_fin,
        etp_centiemes=annexe.etp_centiemes,
        duree_mois=calculee.duree_mois,
        montant_unitaire=annexe.montant_unitaire,
        montant_final=paiement.montant_final,
    )
    complements, partage = complete(contexte, demande.complements, paiement, loi)
    legale = calculee.bareme.legale
    return Explication(
        calculee=calculee,
        etapes=tuple(_write_etapes(calculee)),
        paiement=paiement,
        complements=complements,
        partage=partage,
        hypotheses=list_hypotheses(paiement, complements, partage),
        avertissements=_unique(
            (() if legale is None else (legale.avertissement,)),
            paiement.avertissements,
            *(un.avertissements for un in complements),
            () if partage is None else partage.avertissements,
        ),
    )


def complete(
    contexte: Contexte, demande: DemandeComplements, paiement: Versements, legislation: Legislation
) -> tuple[tuple[Complement, ...], Partage | None]:
    """Complements asked for, and who pays the advances.

    Args:
        contexte: The annexe.
        demande: What is asked.
        paiement: How the annexe is paid.
        legislation: The law.
    """
    complements = compute_complements(contexte, demande, legislation)
    if demande.beneficiaires is None:
        return complements, None
    partage = share(contexte, demande.beneficiaires, demande.rsa_retenu, paiement, legislation)
    return complements, partage


def list_hypotheses(
    paiement: Versements, complements: tuple[Complement, ...], partage: Partage | None
) -> tuple[str, ...]:
    """What the texts leave open in the figures shown, each sentence once, in French.

    Args:
        paiement: How the annexe is paid.
        complements: Those that were asked for.
        partage: Who pays the advances.
    """
    return _unique(
        tuple(lecture.value for lecture in paiement.lectures),
        *(un.hypotheses for un in complements),
        () if partage is None else partage.hypotheses,
    )


def _unique(*phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for une in phrases for phrase in une if phrase))


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
