"""What one more hour brings, from how many hours the year is balanced, and at what price."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from maillage.indicators.modele.cadre import Prix
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.indicators.modele.annee import Annee
    from maillage.indicators.modele.cadre import Cadre, Valeurs
    from maillage.kernel.valeur import Valeur


class Motif(Enum):
    """Why there is no threshold; the value is the sentence shown."""

    AUCUNE_HEURE = "Aucune heure n’est comptée : rien ne peut être rapporté à une heure."
    MARGE_NULLE = "Une heure de plus ne rapporte rien, aide au poste comprise : aucun volume n’équilibre l’année."
    POSTES_ATTEINTS = (
        "Les heures aidées ne suffisent pas, et au-delà des postes conventionnés une heure de plus ne "
        "rapporte rien : aucun volume n’équilibre l’année à ces prix."
    )


@dataclass(frozen=True, slots=True)
class Seuils:
    """The hour and the thresholds of a model, euros an hour and hours.

    Hours are those billed for an AI or an ETTI, those paid for an ACI or an EI.

    Attributes:
        heures: Hours of the year.
        cout: Every charge of the year, by hour.
        ventes: Sales that follow the hours, by hour: the mean price.
        aide: Aide au poste of one hour within the agreed posts.
        cout_direct: Pay, contributions and charges of one hour.
        marge: Price less direct cost.
        marge_aidee: The same and the aide au poste: what one more hour brings within the agreed posts.
        heures_aidees: Hours at which the agreed posts are reached.
        fixe: What the margin of the hours must cover over the year, euros.
        volume: Hours at which the result is nil, all activity growing alike.
        prix: Mean price at which the result is nil, with the hours of the year.
        motif: Why there is no volume; None when there is one.
    """

    heures: float
    cout: Valeur
    ventes: Valeur
    aide: Valeur
    cout_direct: Valeur
    marge: Valeur
    marge_aidee: Valeur
    heures_aidees: Valeur
    fixe: float
    volume: Valeur
    prix: Valeur
    motif: Motif | None

    @property
    def ecart(self) -> Valeur:
        """Hours of the year above the threshold; negative below it."""
        return self.volume if isinstance(self.volume, Absence) else self.heures - self.volume


def compute_seuils(cadre: Cadre, valeurs: Valeurs, annee: Annee) -> Seuils:
    """The hour and the thresholds of one model, without draws.

    The taxe sur les salaires of the year is held fixed: where the pay of insertion is in its base, the
    threshold is that much approached.

    Args:
        cadre: What the model is made of.
        valeurs: Its figures, of shape `(1,)`.
        annee: Its year.
    """
    heures = float((annee.heures_vendues if cadre.facture_des_heures else annee.heures)[0])
    suivent = _sum_ventes(cadre, annee, suivent=True)
    fixe = float(
        (annee.couts_fixes - (annee.total_produits - annee.total_ventes - annee.aide))[0]
    ) - _sum_ventes(cadre, annee, suivent=False)
    if heures <= 0:
        rien = Absence.SANS_OBJET
        return Seuils(
            heures, *(rien,) * 7, fixe=fixe, volume=rien, prix=rien, motif=Motif.AUCUNE_HEURE
        )
    prix = suivent / heures
    direct = float(annee.couts_directs[0]) / heures
    # hours that the aide counts, for one hour of the base: 1, where they are the same
    comptees = float(annee.heures_aide[0]) / heures
    par_etp = float(valeurs["aide.heures_par_etp"][0])
    aide = float(valeurs["aide.montant_unitaire"][0]) * comptees / par_etp
    aidees = float(valeurs["aide.etp_conventionnes"][0]) * par_etp / comptees
    marge = prix - direct
    volume, motif = find_volume(fixe, marge + aide, marge, aidees)
    resultat = float(annee.resultat[0])
    return Seuils(
        heures=heures,
        cout=float(annee.total_charges[0]) / heures,
        ventes=prix,
        aide=aide,
        cout_direct=direct,
        marge=marge,
        marge_aidee=marge + aide,
        heures_aidees=aidees,
        fixe=fixe,
        volume=volume,
        prix=max(0.0, prix - resultat / heures),
        motif=motif,
    )


def find_volume(
    fixe: float, marge_aidee: float, marge: float, heures_aidees: float
) -> tuple[Valeur, Motif | None]:
    """Least number of hours whose margin covers what does not follow them.

    Args:
        fixe: To be covered, euros; nothing to cover when negative.
        marge_aidee: Of one hour within the agreed posts.
        marge: Of one hour beyond them; never the greater of the two.
        heures_aidees: Hours at which the agreed posts are reached.
    """
    if fixe <= 0:
        return 0.0, None
    if marge_aidee <= 0:
        return Absence.SANS_OBJET, Motif.MARGE_NULLE
    if fixe <= marge_aidee * heures_aidees:
        return fixe / marge_aidee, None
    if marge <= 0:
        return Absence.SANS_OBJET, Motif.POSTES_ATTEINTS
    return heures_aidees + (fixe - marge_aidee * heures_aidees) / marge, None


def _sum_ventes(cadre: Cadre, annee: Annee, *, suivent: bool) -> float:
    return sum(
        float(annee.ventes[client.code][0])
        for client in cadre.clients
        if (client.prix is not Prix.MONTANT or client.suit_les_heures) is suivent
    )
