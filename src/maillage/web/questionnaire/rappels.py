"""What the questionnaire asks of a structure today, for its page and its home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from maillage.kernel.francais import accorder, format_date, typeset
from maillage.web.questionnaire.models import Questionnaire, Reponse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from maillage.web.network.models import Organisation


@dataclass(frozen=True, slots=True)
class Rappel:
    """One questionnaire that waits for the structure.

    Attributes:
        phrase: What, in French.
        adresse: Where it is answered: open to the direction and the team of the structure only.
        geste: Words of the link.
    """

    phrase: str
    adresse: str
    geste: str


def list_a_faire(organisation: Organisation, le: date) -> list[Rappel]:
    """Open questionnaires that the structure has not sent; none for what is no structure.

    Args:
        organisation: The structure.
        le: Today, to say that the day is past.
    """
    return list_for_each([organisation], le)[organisation.pk]


def list_for_each(organisations: Sequence[Organisation], le: date) -> Mapping[int, list[Rappel]]:
    """The same for several structures at once, by number of the structure."""
    ouverts = list(Questionnaire.objects.opened().light())
    reponses = {
        (reponse.organisation_id, reponse.questionnaire_id): reponse
        for reponse in Reponse.objects.filter(
            organisation__in=organisations, questionnaire__in=ouverts
        ).defer("valeurs")
    }
    rappels: dict[int, list[Rappel]] = {}
    for organisation in organisations:
        siennes = [(q, reponses.get((organisation.pk, q.pk))) for q in ouverts]
        rappels[organisation.pk] = [
            _describe(questionnaire, reponse, organisation, le)
            for questionnaire, reponse in siennes
            if organisation.is_structure and (reponse is None or not reponse.is_envoyee)
        ]
    return rappels


def _describe(
    questionnaire: Questionnaire, reponse: Reponse | None, organisation: Organisation, le: date
) -> Rappel:
    limite = questionnaire.date_cloture
    quand = ""
    if limite is not None:
        quand = f", à rendre avant le {format_date(limite)}"
        if limite < le:
            quand = f", à rendre avant le {format_date(limite)} : le jour est passé"
    reste = "n’est pas commencé"
    if reponse is not None:
        manque = reponse.posees - reponse.repondues
        reste = (
            f"attend encore {accorder(manque, 'réponse', 'réponses')}"
            if manque
            else ("est rempli, mais pas envoyé")
        )
    return Rappel(
        typeset(f"Le questionnaire « {questionnaire} » {reste}{quand}."),
        reverse(
            "questionnaire-repondre", kwargs={"annee": questionnaire.annee, "pk": organisation.pk}
        ),
        "Répondre" if reponse is None else "Reprendre",
    )
