"""The page of one commitment: the sentence, its target, its story, and what one can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from maillage.kernel.francais import format_date
from maillage.web.dialogue.engagements.actions import is_frozen
from maillage.web.dialogue.engagements.cible import read_cible
from maillage.web.dialogue.engagements.echeances import due_day, is_late, tell_echeance
from maillage.web.dialogue.engagements.filtres import name_lieu
from maillage.web.dialogue.engagements.lecture import (
    Nommage,
    reverse_or_empty,
    story,
    tell_recipient,
    tell_statut,
)
from maillage.web.dialogue.engagements.requete import acteur_of, find_visible
from maillage.web.dialogue.engagements.succession import holder_on
from maillage.web.dialogue.models import (
    Abonnement,
    Engagement,
    Espace,
    Proposition,
    Rencontre,
    Reprise,
    Sujet,
)
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from maillage.web.droits.acteur import Acteur


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment, as far as the person reads it.

    Raises:
        Http404: there is none, or it is not for them.
    """
    engagement, acteur = find_visible(request, pk), acteur_of(request)
    nommage = Nommage(acteur, [engagement.charge_id, engagement.porteur_id])
    le = timezone.localdate()
    contexte = {
        "fil": [("/dialogue/engagements/", "Engagements"), ("", _short(engagement.phrase))],
        "engagement": engagement,
        "constat": _finding(engagement, nommage, le),
        "statut": tell_statut(engagement.sens, engagement.statut),
        "en_retard": is_late(engagement, le),
        "faits": _details(engagement, acteur, nommage),
        "cible": read_cible(engagement),
        "contradictions": engagement.contradictions.all(),
        "etapes": story(engagement, acteur, nommage),
        "a_reprendre": _pending(engagement),
        "liens": _links(engagement, acteur),
        "peut_tenir": acteur.may(Permission.DIALOGUE_TENIR, engagement),
        "est_fige": is_frozen(engagement),
        "voit_interne": acteur.may(Permission.DIALOGUE_INTERNE),
        "est_suivi": _is_followed(engagement, acteur),
        "is_connecte": acteur.is_connecte,
    }
    answer = render(request, "dialogue/engagements/page.html", contexte)
    patch_vary_headers(answer, ["Cookie"])
    return answer


def _short(phrase: str, signes: int = 60) -> str:
    return phrase if len(phrase) <= signes else f"{phrase[:signes].rsplit(' ', 1)[0]}\u2026"


def _finding(engagement: Engagement, nommage: Nommage, le: date) -> str:
    """The answer of the page: what it is, where it stands, since when it is late."""
    quoi = {
        Engagement.Sens.PUBLIC: "Promesse faite au réseau",
        Engagement.Sens.RESEAU: "Engagement du réseau",
        Engagement.Sens.DEMANDE: "Demande du réseau",
    }[Engagement.Sens(engagement.sens)]
    phrase = f"{quoi}\u00a0: {tell_statut(engagement.sens, engagement.statut)}"
    dernier = engagement.etats.order_by("-date", "-pk").first()
    if dernier is not None and dernier.statut != Engagement.Statut.ANNONCE:
        phrase += f" depuis le {format_date(dernier.date)}"
    echue = due_day(engagement)
    if is_late(engagement, le) and echue is not None:
        phrase += f", en retard depuis le {format_date(echue)}"
    elif engagement.is_ouvert:
        phrase += f", {_until(engagement)}"
    attendue = _pending(engagement)
    if attendue is not None:
        qui = nommage.holder(attendue.entrant) or attendue.vers.intitule
        phrase += f". À faire reprendre par {qui}"
    return f"{phrase}."


def _until(engagement: Engagement) -> str:
    if engagement.echeance is None:
        return "sans échéance"
    return f"échéance\u00a0: {tell_echeance(engagement)}"


def _pending(engagement: Engagement) -> Reprise | None:
    """The takeover that awaits its answer: that of the latest change only."""
    derniere = (
        engagement.reprises.select_related("vers", "entrant").order_by("-date", "-pk").first()
    )
    if derniere is None or derniere.etat != Reprise.Etat.PROPOSEE or not engagement.is_ouvert:
        return None
    return derniere


def _details(
    engagement: Engagement, acteur: Acteur, nommage: Nommage
) -> list[tuple[str, str, str]]:
    """(heading, text, address) of what is known of the sentence."""
    charge, porteur = engagement.charge, engagement.porteur
    lignes = [
        ("Par", nommage.tell_author(engagement), ""),
        ("À", tell_recipient(engagement), ""),
        ("Échéance", tell_echeance(engagement), ""),
        ("Territoire", name_lieu(engagement.niveau, engagement.territoire), ""),
    ]
    if charge is not None:
        lignes.insert(1, ("Charge", charge.intitule, reverse_or_empty("charge", charge.pk)))
    if porteur is not None:
        qui = nommage.holder(holder_on(porteur, None))
        texte = f"{porteur.intitule}, {qui}" if qui else porteur.intitule
        lignes.insert(
            2, ("Qui en répond aujourd’hui", texte, reverse_or_empty("charge", porteur.pk))
        )
    if acteur.may(Permission.DIALOGUE_INTERNE):
        lignes.append(("Visible par", engagement.get_visibilite_display(), ""))
    return lignes


def _links(engagement: Engagement, acteur: Acteur) -> list[tuple[str, str, str]]:
    """(heading, name, address) of what it is tied to and that the person reads."""
    found = []
    for titre, modele, champ, route in (
        ("Espace", Espace, "espace", "espace-dialogue"),
        ("Rencontre", Rencontre, "rencontre", "rencontre"),
        ("Proposition", Proposition, "proposition", "proposition"),
    ):
        cle = getattr(engagement, f"{champ}_id")
        chose: Any = modele._default_manager.visible(acteur).filter(pk=cle).first() if cle else None  # noqa: SLF001 — Django's public way to a manager
        if chose is not None:
            found.append((titre, str(chose), reverse_or_empty(route, chose.pk)))
    if engagement.sujet_id:
        sujet = Sujet.objects.visible(acteur).filter(pk=engagement.sujet_id).first()
        if sujet is not None:
            found.append(("Sujet", sujet.titre, reverse_or_empty("sujet", sujet.slug)))
    return found


def _is_followed(engagement: Engagement, acteur: Acteur) -> bool:
    return (
        acteur.is_connecte
        and Abonnement.objects.filter(
            utilisateur=acteur.utilisateur_id, engagement=engagement
        ).exists()
    )
