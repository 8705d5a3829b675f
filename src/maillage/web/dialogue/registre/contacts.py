"""The meetings of the log as the register looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.dialogue.models import Participant, Precision, Rencontre
from maillage.web.dialogue.registre.comptage import Contact, Responsable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from maillage.web.dialogue.models import MentionRegistre


def load_contacts(debut: date | None = None, fin: date | None = None) -> list[Contact]:
    """Meetings of a period, with those whose day is not known; oldest first. Four queries.

    Args:
        debut: First day; None for no bound.
        fin: Last day; None for no bound.
    """
    rencontres: QuerySet[Rencontre] = Rencontre.objects.select_related("registre")
    rencontres = rencontres.prefetch_related("participants__charge").order_by("date", "id")
    contacts = [_read(rencontre) for rencontre in rencontres]
    return [c for c in contacts if c.jour is None or _within(c.jour, debut, fin)]


def load_contact(rencontre: Rencontre) -> Contact:
    """One meeting as the register looks at it."""
    return _read(rencontre)


def _within(jour: date, debut: date | None, fin: date | None) -> bool:
    return (debut is None or debut <= jour) and (fin is None or jour <= fin)


def _read(rencontre: Rencontre) -> Contact:
    mention: MentionRegistre | None = getattr(rencontre, "registre", None)
    participants = [p for p in rencontre.participants.all() if p.is_present is not False]
    is_precis = rencontre.precision == Precision.JOUR
    return Contact(
        numero=rencontre.pk,
        titre=rencontre.titre,
        jour=rencontre.date if is_precis else None,
        initiative=rencontre.initiative,
        is_tenue=rencontre.statut == Rencontre.Statut.TENUE,
        responsables=tuple(_officials(participants)),
        personnes=tuple(
            p.nom or p.fonction for p in participants if p.cote == Participant.Cote.RESEAU
        ),
        objet=mention.objet.strip() if mention else "",
        actions=tuple(mention.actions) if mention else (),
        decisions=tuple(mention.decisions) if mention else (),
        domaines=tuple(mention.domaines) if mention else (),
        tiers=mention.tiers if mention else "",
        observation=mention.observation if mention else "",
        heures=rencontre.temps_heures,
        frais_centimes=rencontre.frais_centimes,
    )


def _officials(participants: Iterable[Participant]) -> Iterable[Responsable]:
    for participant in participants:
        charge = participant.charge
        if participant.cote == Participant.Cote.RESEAU or charge is None or not charge.categorie:
            continue
        yield Responsable(charge.categorie, charge.ministere)
