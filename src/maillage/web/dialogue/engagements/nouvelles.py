"""What there is to tell to those who follow: changes of state, takeovers, dates that come near.

Each is told once to each person: its key is kept in `Rappel`, written before the mail leaves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils import timezone

from maillage.kernel.francais import accorder, format_date
from maillage.web.dialogue.engagements.changement import ACTION_PASSER, ACTION_REPRISE
from maillage.web.dialogue.engagements.echeances import due_day, tell_echeance
from maillage.web.dialogue.engagements.lecture import tell_statut
from maillage.web.dialogue.models import (
    Abonnement,
    Engagement,
    EtatEngagement,
    Rappel,
    Reprise,
)
from maillage.web.journal.models import Evenement
from maillage.web.network.mandats import load_acteur

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

FENETRE: Final = timedelta(days=3)
"""A change older than this is no news: it is told on the page, and no longer by mail."""
AVANT: Final = (30, 7)
"""Days before a due date at which it is told."""


@dataclass(frozen=True, slots=True)
class Nouvelle:
    """One thing to tell about a commitment.

    Attributes:
        engagement: Which.
        cle: Stable key, told once.
        phrase: What happened, in French.
        auteur_id: Who noted it, who is not told; None for the calendar.
        at: When it was noted; None for the calendar.
    """

    engagement: Engagement
    cle: str
    phrase: str
    auteur_id: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Envoi:
    """What one person is told.

    Attributes:
        utilisateur_id: Who.
        nouvelles: Each with what ties the person to it.
    """

    utilisateur_id: int
    nouvelles: tuple[tuple[Nouvelle, Abonnement], ...]


def changes(now: datetime) -> list[Nouvelle]:
    """States and answers to takeovers that were noted lately."""
    etats = EtatEngagement.objects.filter(at__gt=now - FENETRE, at__lte=now).select_related(
        "engagement"
    )
    found = [
        Nouvelle(e.engagement, f"etat:{e.pk}", _tell_state(e), e.by_id, e.at)
        for e in etats.order_by("at", "pk")
    ]
    return found + _takeovers(now)


def _takeovers(now: datetime) -> list[Nouvelle]:
    """Changes of holder and answers of those who came, as the trail dates them."""
    lignes = Evenement.objects.filter(
        action__in=(ACTION_PASSER, ACTION_REPRISE), at__gt=now - FENETRE, at__lte=now
    ).order_by("at", "pk")
    evenements = list(lignes)
    numeros = {pk for evenement in evenements for pk in _reprises_of(evenement)}
    reprises = Reprise.objects.select_related("engagement", "vers").in_bulk(numeros)
    found = []
    for evenement in evenements:
        is_change = evenement.action == ACTION_PASSER
        for reprise in (reprises[pk] for pk in _reprises_of(evenement) if pk in reprises):
            phrase = (
                f"À faire reprendre, {reprise.vers.intitule} a changé de titulaire"
                if is_change
                else _tell_takeover(reprise)
            )
            cle = f"{'change' if is_change else 'reprise'}:{reprise.pk}"
            found.append(Nouvelle(reprise.engagement, cle, phrase, evenement.by_id, evenement.at))
    return found


def _reprises_of(evenement: Evenement) -> list[int]:
    """Numbers of the takeovers that a line of the trail tells of."""
    details: dict[str, Any] = evenement.details
    return [*details.get("reprises", ()), *([details["reprise"]] if "reprise" in details else ())]


def due_soon(le: date) -> list[Nouvelle]:
    """Open commitments whose due date comes within the days of `AVANT`."""
    # a month or a year is kept by any of its days: look as far as the end of the year
    loin = le + timedelta(days=max(AVANT))
    possibles = Engagement.objects.ouverts().filter(
        Q(echeance_precision="jour", echeance__range=(le, loin))
        | Q(echeance_precision="mois", echeance__range=(le.replace(day=1), loin))
        | Q(echeance_precision="annee", echeance__year__range=(le.year, loin.year))
    )
    found = []
    for engagement in possibles:
        echue = due_day(engagement)
        reste = (echue - le).days if echue else -1
        seuil = min((jours for jours in AVANT if 0 <= reste <= jours), default=None)
        if seuil is not None and echue is not None:
            cle = f"echeance:{echue:%Y-%m-%d}:{seuil}"
            found.append(Nouvelle(engagement, cle, _tell_due(engagement, echue, reste)))
    return found


def to_send(nouvelles: Iterable[Nouvelle]) -> list[Envoi]:
    """What each person who follows is to be told: not twice, not by themselves, not what they do not read."""
    toutes = list(nouvelles)
    if not toutes:
        return []
    engagements = {n.engagement.pk for n in toutes}
    espaces = {n.engagement.espace_id for n in toutes if n.engagement.espace_id}
    suivis = Abonnement.objects.filter(
        Q(engagement__in=engagements) | Q(espace__in=espaces), utilisateur__is_active=True
    )
    par_personne: dict[int, list[Abonnement]] = defaultdict(list)
    for abonnement in suivis.order_by("utilisateur", "pk"):
        par_personne[abonnement.utilisateur_id].append(abonnement)
    envois = [_for_person(pk, siens, toutes) for pk, siens in par_personne.items()]
    return [envoi for envoi in envois if envoi.nouvelles]


def _for_person(utilisateur_id: int, suivis: list[Abonnement], nouvelles: list[Nouvelle]) -> Envoi:
    dites = set(
        Rappel.objects.filter(
            utilisateur=utilisateur_id, cle__in=[n.cle for n in nouvelles]
        ).values_list("engagement_id", "cle")
    )
    par_engagement = {s.engagement_id: s for s in suivis if s.engagement_id}
    par_espace = {s.espace_id: s for s in suivis if s.espace_id}
    liees = [
        (nouvelle, lien)
        for nouvelle in nouvelles
        if (
            lien := par_engagement.get(nouvelle.engagement.pk)
            or par_espace.get(nouvelle.engagement.espace_id or 0)
        )
        and (nouvelle.engagement.pk, nouvelle.cle) not in dites
        and nouvelle.auteur_id != utilisateur_id
        and (nouvelle.at is None or nouvelle.at > lien.at)
    ]
    if not liees:
        return Envoi(utilisateur_id, ())
    acteur = load_acteur(utilisateur_id, timezone.localdate())
    lisibles = set(
        Engagement.objects.visible(acteur)
        .filter(pk__in={n.engagement.pk for n, _ in liees})
        .values_list("pk", flat=True)
    )
    return Envoi(
        utilisateur_id, tuple((n, lien) for n, lien in liees if n.engagement.pk in lisibles)
    )


def _tell_state(etat: EtatEngagement) -> str:
    statut = tell_statut(etat.engagement.sens, etat.statut)
    motif = f"\u00a0: {etat.motif}" if etat.motif else ""
    return f"{statut.capitalize()}, constaté le {format_date(etat.date)}{motif}"


def _tell_takeover(reprise: Reprise) -> str:
    note = f"\u00a0: {reprise.note}" if reprise.note else ""
    return f"{reprise.get_etat_display().capitalize()} par {reprise.vers.intitule}{note}"


def _tell_due(engagement: Engagement, echue: date, reste: int) -> str:
    quand = f"dans {accorder(reste, 'jour', 'jours')}" if reste else "aujourd’hui"
    jour = tell_echeance(engagement)
    if jour != format_date(echue):
        jour = f"{jour}, le {format_date(echue)} au plus tard"
    return f"Échéance {quand} ({jour}), {tell_statut(engagement.sens, engagement.statut)}"
