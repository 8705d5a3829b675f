"""A change of an annexe told in French, in the month from which its payment follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.francais import (
    ESPACE_FINE,
    accorder,
    format_nombre,
    join_fr,
)
from maillage.kernel.money import Centimes, format_euros
from maillage.regles.versement.explication import format_etp
from maillage.regles.versement.hypotheses import (
    HypothesesVersement,
    MontantAvenant,
    PriseEnCompte,
    Rattrapage,
)

if TYPE_CHECKING:
    from maillage.regles.versement.annexe import Annexe
    from maillage.regles.versement.avenant import Avenant
    from maillage.regles.versement.versions import Termes, Version

_POINT_VIRGULE = f"{ESPACE_FINE};"


def explain_version(
    annexe: Annexe,
    versions: tuple[Version, Version],
    avances: tuple[Centimes, Centimes] | None,
    hypotheses: HypothesesVersement,
) -> list[str]:
    """What is followed from a payment on, one sentence for each change and one for its effect.

    Args:
        annexe: The annexe.
        versions: As it was known before, and as it is now; the same one in its first month.
        avances: Advance of the month before and of the month; None where there is no month before,
            or no advance.
        hypotheses: The readings used.
    """
    avant, apres = versions
    phrases = [_explain_avenant(annexe, un, versions, hypotheses) for un in apres.nouveaux]
    if avant is not apres:
        phrases.append(
            f"Le montant conventionné passe de {format_euros(avant.montant_total)} à "
            f"{format_euros(apres.montant_total)}."
        )
    if avances is not None and avances[0] != avances[1]:
        phrases.append(
            f"L’avance mensuelle passe de {format_euros(avances[0])} à {format_euros(avances[1])}."
        )
    if apres.rang_connu > annexe.duree_mois:
        phrases.append(_explain_late(annexe, apres, hypotheses))
    elif _corrects_past(avant, apres) and hypotheses.rattrapage is Rattrapage.REGULARISATION:
        phrases.append(
            "Les avances déjà versées ne changent pas\u00a0: la différence vient à la régularisation "
            "suivante, ou au solde."
        )
    return phrases


def _explain_avenant(
    annexe: Annexe,
    avenant: Avenant,
    versions: tuple[Version, Version],
    hypotheses: HypothesesVersement,
) -> str:
    """« À partir de juillet 2022, l’avenant porte les ETP conventionnés de 10,00 à 12,00. »."""
    entiere = hypotheses.montant_avenant is MontantAvenant.ANNEXE_ENTIERE and not avenant.arrete
    anciens = _find_anciens(annexe, avenant, versions, entiere=entiere)
    contenu = f"porte {join_fr(_list_changes(avenant, anciens))}"
    if avenant.arrete:
        return (
            f"{avenant.arrete}{_decided(avenant)} {contenu}, à partir de {avenant.effet.libelle}."
        )
    if entiere:
        return (
            f"L’avenant de {avenant.effet.libelle}{_decided(avenant)} {contenu}, pour toute "
            "l’annexe depuis son premier jour."
        )
    return f"À partir de {avenant.effet.libelle}, l’avenant{_decided(avenant)} {contenu}."


def _find_anciens(
    annexe: Annexe, avenant: Avenant, versions: tuple[Version, Version], *, entiere: bool
) -> Termes:
    """What held before: in the month before the effect; as known before, where there is none."""
    avant, apres = versions
    effet = annexe.find_rang(avenant.effet)
    if entiere or effet == 1:
        return avant.termes[effet - 1]
    return apres.termes[effet - 2]


def _list_changes(avenant: Avenant, termes: Termes) -> list[str]:
    changements = []
    if avenant.etp_conventionnes is not None:
        nouveau = format_nombre(avenant.etp_conventionnes, 2)
        changements.append(f"les ETP conventionnés de {format_etp(termes.etp)} à {nouveau}")
    if avenant.montant_unitaire is not None:
        ancien = Centimes(termes.montant_unitaire)
        changements.append(
            f"le montant par ETP et par an de {format_euros(ancien)} à "
            f"{format_euros(avenant.montant_unitaire)}"
        )
    return changements


def _decided(avenant: Avenant) -> str:
    """« , signé en septembre 2022, », where the decision comes after its effect."""
    if avenant.decision is None or avenant.decision <= avenant.effet:
        return ""
    verbe = "publié" if avenant.arrete else "signé"
    return f", {verbe} en {avenant.decision.libelle},"


def _explain_late(annexe: Annexe, version: Version, hypotheses: HypothesesVersement) -> str:
    """What is known after the end comes with the settlement, even when it is known after it."""
    solde = annexe.duree_mois + 1
    decisions = [un.decision for un in version.nouveaux if un.decision is not None]
    suivant = hypotheses.prise_en_compte is PriseEnCompte.MOIS_SUIVANT
    tard = max((annexe.find_rang(un) + suivant for un in decisions), default=solde) - solde
    if tard <= 0:
        return "Le solde en tient compte."
    return (
        f"Cette décision vient {accorder(tard, 'mois', 'mois')} après le solde{_POINT_VIRGULE} le "
        f"rappel est compté avec lui, le mois où il est payé n’est pas connu."
    )


def _corrects_past(avant: Version, apres: Version) -> bool:
    """Whether a month already paid has other terms than those it was paid on."""
    payes = apres.rang_connu - 1
    return avant.termes[:payes] != apres.termes[:payes]
