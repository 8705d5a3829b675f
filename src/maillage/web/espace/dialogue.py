"""What the dialogue says that concerns a structure, and what of it waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from maillage.kernel.francais import accorder, typeset
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.accueil.contenu import load_dates
from maillage.web.dialogue.models import Engagement, Espace, Rencontre, Siege
from maillage.web.dialogue.moments import not_past_q
from maillage.web.dialogue.rencontres.accords import list_awaited
from maillage.web.droits.permissions import Permission
from maillage.web.espace.a_faire import AFaire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maillage.web.dialogue.accueil.contenu import Dates
    from maillage.web.droits.acteur import Acteur
    from maillage.web.network.models import Organisation

_ACCORDS_MAX = 5


@dataclass(frozen=True, slots=True)
class Concerne:
    """What the dialogue says about a structure.

    Attributes:
        dates: Meetings and promises that are national, of its région, of its département, or of a
            space where it sits.
        sieges: Spaces where it sits today.
        departement: Code of its département; empty when unknown.
    """

    dates: Dates
    sieges: list[Espace]
    departement: str


def load_concerne(organisation: Organisation, acteur: Acteur, le: date) -> Concerne:
    """What of the dialogue concerns a structure, among what a person reads; six queries at most.

    Args:
        organisation: The structure.
        acteur: Who reads.
        le: Today.
    """
    tenus = Siege.objects.held(le).filter(organisation=organisation)
    sieges = list(
        Espace.objects.visible(acteur).filter(pk__in=tenus.values("espace")).order_by("nom", "pk")
    )
    ici = Q(niveau=Niveau.FRANCE.value) | Q(espace__in=[espace.pk for espace in sieges])
    if organisation.departement:
        ici |= Q(departement=organisation.departement)
    if organisation.region:
        ici |= Q(region=organisation.region, departement="")
    return Concerne(load_dates(acteur, le, ici), sieges, organisation.departement)


def list_dialogue(acteur: Acteur, le: date) -> Iterator[AFaire]:
    """Minutes to agree on, promises that are late for whoever follows them, the next meeting.

    Args:
        acteur: Who reads.
        le: Today.
    """
    for compte_rendu in list_awaited(acteur)[:_ACCORDS_MAX]:
        rencontre = compte_rendu.rencontre
        yield AFaire(
            typeset(f"Le compte rendu de « {rencontre.titre} » attend votre accord."),
            reverse("rencontre", kwargs={"pk": rencontre.pk}),
            "Le lire",
        )
    if not acteur.may(Permission.DIALOGUE_INTERNE):
        return
    en_retard = Engagement.objects.visible(acteur).en_retard(le).count()
    if en_retard:
        phrase = accorder(en_retard, "engagement est en retard", "engagements sont en retard")
        yield AFaire(f"{phrase}.", f"{reverse('engagements')}?retard=oui", "Les voir")
    prevues = Rencontre.objects.visible(acteur).filter(
        not_past_q(le), statut=Rencontre.Statut.PREVUE
    )
    for rencontre in prevues.order_by("date", "pk")[:1]:
        yield AFaire(
            typeset(f"La prochaine rencontre est « {rencontre.titre} »."),
            reverse("rencontre", kwargs={"pk": rencontre.pk}),
            "La préparer" if acteur.may(Permission.DIALOGUE_TENIR) else "L’ouvrir",
        )
