"""An office passes from hand to hand: who held it on a day, and who must take its promises over.

A change is a new holder of the same office, or an office that succeeds to another. Each commitment that is
open at that time is proposed to the one who comes; the office that answers for it follows. No past
line changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from maillage.web.dialogue.models import Charge, Engagement, Reprise, Titulaire

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Changement:
    """An office that changes hands.

    Attributes:
        de, vers: The office before and after; the same when only its holder changes.
        sortant, entrant: Who leaves, None when nobody is known, and who comes.
        date: First day of the one who comes.
    """

    de: Charge
    vers: Charge
    sortant: Titulaire | None
    entrant: Titulaire
    date: date


def holder_on(charge: Charge, jour: date | None) -> Titulaire | None:
    """Who held an office on a day; who holds it now for no day; None when nobody is known."""
    titulaires = charge.titulaires.all()
    if jour is None:
        return titulaires.filter(date_fin__isnull=True).first()
    commence = Q(date_debut__isnull=True) | Q(date_debut__lte=jour)
    continue_ = Q(date_fin__isnull=True) | Q(date_fin__gte=jour)
    found: Titulaire | None = (
        titulaires.filter(commence & continue_).order_by("-date_debut").first()
    )
    return found


def successor_of(charge: Charge) -> Charge | None:
    """The one office that succeeds to an office; None when there is none, or several."""
    suivantes = list(charge.successeurs.all()[:2])
    return suivantes[0] if len(suivantes) == 1 else None


def chain_of(charge: Charge) -> list[Charge]:
    """The office and those to which it succeeds, itself first."""
    chaine, vue = [charge], {charge.pk}
    while (avant := chaine[-1].predecesseur) is not None and avant.pk not in vue:
        chaine.append(avant)
        vue.add(avant.pk)
    return chaine


def identify_author(engagement: Engagement) -> None:
    """Write who spoke and in which function, as they were that day, where nobody typed it.

    What the network itself promises is answered for by the network: no office carries it.
    """
    charge = engagement.charge
    engagement.porteur = None
    if charge is None:
        return
    if engagement.sens == Engagement.Sens.RESEAU:
        return
    engagement.porteur = charge
    if engagement.sens == Engagement.Sens.PUBLIC:
        titulaire = holder_on(charge, engagement.date)
        if titulaire is not None and not engagement.auteur_nom:
            engagement.auteur_nom = titulaire.nom
        engagement.auteur_fonction = engagement.auteur_fonction or charge.intitule


def changes_since(charge: Charge, jour: date | None) -> list[Changement]:
    """Every change of an office and of those that succeed to it after a day, in order.

    Without a day none is told: nobody knows whether the sentence came before.
    """
    if jour is None:
        return []
    changements: list[Changement] = []
    courante: Charge | None = charge
    avant, sortant, vues = charge, holder_on(charge, jour), set()
    while courante is not None and courante.pk not in vues:
        vues.add(courante.pk)
        for entrant in courante.titulaires.filter(date_debut__gt=jour).order_by("date_debut", "pk"):
            assert entrant.date_debut is not None  # noqa: S101 — filtered above
            changements.append(Changement(avant, courante, sortant, entrant, entrant.date_debut))
            avant, sortant = courante, entrant
        courante = successor_of(courante)
    return changements


def propose_since(engagement: Engagement) -> None:
    """Propose a commitment to each holder who came after it was said, up to the present one."""
    if engagement.porteur is None:
        return
    changements = changes_since(engagement.porteur, engagement.date)
    for changement in changements:
        Reprise.objects.create(**_reprise(engagement, changement))
    if changements:
        engagement.porteur = changements[-1].vers
        engagement.save(update_fields=["porteur"])


def propose_all(changement: Changement) -> list[Reprise]:
    """Propose to the one who comes each open commitment said before; the office that answers follows."""
    dits_avant = Q(date__isnull=True) | Q(date__lt=changement.date)
    ouverts = list(Engagement.objects.ouverts().filter(dits_avant, porteur=changement.de))
    proposees = Reprise.objects.bulk_create(Reprise(**_reprise(e, changement)) for e in ouverts)
    if changement.vers != changement.de:
        Engagement.objects.filter(pk__in=[e.pk for e in ouverts]).update(porteur=changement.vers)
    return proposees


def _reprise(engagement: Engagement, changement: Changement) -> dict[str, Any]:
    return {
        "engagement": engagement,
        "de": changement.de,
        "vers": changement.vers,
        "sortant": changement.sortant,
        "entrant": changement.entrant,
        "date": changement.date,
    }
