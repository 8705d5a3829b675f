"""What is known of structures, for the rules of early warning: their accounts and their extract, in few questions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from maillage.analyses.alertes.regles import Situation
from maillage.analyses.comptes.heure import sum_charges
from maillage.data.extraits import list_extraits
from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.synthese import summarise
from maillage.kernel.errors import UserError
from maillage.kernel.valeur import Absence
from maillage.web.economie.lecture import compute_annees
from maillage.web.economie.models import ExerciceComptable, PlanDeRattachement
from maillage.web.pilotage.models import LienStructure

if TYPE_CHECKING:
    from collections.abc import Collection

    from maillage.analyses.comptes.annees import Annees
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.kernel.valeur import Valeur
    from maillage.web.network.models import Organisation

_CENT = 100


def load_situations(organisations: Collection[Organisation]) -> dict[int, Situation]:
    """Situation of each organisation, by its number: three questions to the base, however many they are."""
    ids = [organisation.pk for organisation in organisations]
    comptes = _load_accounts(ids)
    syntheses = _load_months(ids)
    return {pk: _describe(comptes.get(pk), syntheses.get(pk)) for pk in ids}


def _load_accounts(ids: list[int]) -> dict[int, Annees]:
    """Accounts that can be computed; a plan that cannot be followed any more leaves them unknown."""
    gardes: dict[int, list[ExerciceComptable]] = defaultdict(list)
    for garde in ExerciceComptable.objects.filter(organisation__in=ids, is_accepte=True):
        gardes[garde.organisation_id].append(garde)
    plans: dict[int, str] = {}
    for plan in PlanDeRattachement.objects.filter(organisation__in=ids).order_by("at", "pk"):
        plans[plan.organisation_id] = plan.texte
    lues = {}
    for pk, siens in gardes.items():
        try:
            lues[pk] = compute_annees(siens, plans.get(pk, ""))
        except UserError:
            continue
    return lues


def _load_months(ids: list[int]) -> dict[int, Synthese]:
    if not list_extraits():
        return {}
    cles: dict[int, set[Cle]] = defaultdict(set)
    for lien in LienStructure.objects.filter(organisation__in=ids, is_confirme=True):
        cles[lien.organisation_id].add(lien.cle)
    if not cles:
        return {}
    faits = load_faits()
    connues = index_structures(faits).places
    annexes = compute_annexes(faits, faits.extrait.extraction.year)
    return {
        pk: summarise(annexes, Filtre(structures=frozenset(siennes)).select(annexes))
        for pk, siennes in cles.items()
        if any(cle in connues for cle in siennes)
    }


def _describe(annees: Annees | None, mois: Synthese | None) -> Situation:
    inconnue = Absence.INCONNUE
    retards: Valeur = inconnue if mois is None else mois.mois_en_retard
    taux, ecart = (inconnue, inconnue) if mois is None else (mois.taux, mois.ecart_annuel)
    if annees is None:
        return Situation(None, inconnue, inconnue, inconnue, inconnue, retards, taux, ecart)
    *avant, dernier = annees.exercices
    return Situation(
        cloture=dernier.mouvements.dernier_jour,
        mois_de_tresorerie=dernier.cloture.mois_sur_exercice,
        resultat=dernier.sig[-1].centimes / _CENT,
        resultat_precedent=avant[-1].sig[-1].centimes / _CENT if avant else inconnue,
        charges=sum_charges(dernier),
        mois_en_retard=retards,
        taux_realisation=taux,
        ecart_etp=ecart,
    )
