"""Answers that count in the results, frozen when the questionnaire closes.

Frozen, because two readings of results that differ by one structure would give its answer away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery

from maillage.web.network.models import Consentement
from maillage.web.questionnaire.connu import name_regions, name_type
from maillage.web.questionnaire.modele.etat import list_posees
from maillage.web.questionnaire.modele.resultats import Repondant
from maillage.web.questionnaire.modele.saisie import read_saisies
from maillage.web.questionnaire.models import Reponse

if TYPE_CHECKING:
    from maillage.web.questionnaire.models import Questionnaire


def freeze(questionnaire: Questionnaire) -> dict[str, Any]:
    """Answers sent, of the structures whose last word is yes to the statistics of the network."""
    envoyees = Reponse.objects.filter(questionnaire=questionnaire, sent_at__isnull=False)
    dernier_mot = Consentement.objects.filter(
        organisation=OuterRef("organisation"), usage=Consentement.Usage.STATISTIQUES
    ).order_by("-at", "-id")
    comptees = (
        envoyees.annotate(consent=Subquery(dernier_mot.values("accorde")[:1]))
        .filter(consent=True)
        .select_related("organisation")
        .prefetch_related("organisation__conventions")
        .order_by("organisation_id")
    )
    definition = questionnaire.read_definition()
    repondants = []
    for reponse in comptees:
        posees = {q.code for q in list_posees(definition, reponse.read_saisies())}
        repondants.append(
            {
                "cle": str(reponse.organisation_id),
                "region": reponse.organisation.region,
                "type": name_type(reponse.organisation),
                "valeurs": {c: valeur for c, valeur in reponse.valeurs.items() if c in posees},
            }
        )
    return {"envoyees": envoyees.count(), "repondants": repondants}


def read_repondants(arrete: dict[str, Any]) -> list[Repondant]:
    """Structures that count, as the results need them."""
    noms = name_regions(repondant["region"] for repondant in arrete["repondants"])
    return [
        Repondant(r["cle"], noms[r["region"]], r["type"], read_saisies(r["valeurs"]))
        for r in arrete["repondants"]
    ]
