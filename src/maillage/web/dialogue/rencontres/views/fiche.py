"""The page of one meeting: what was said there, item by item, to whom may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from maillage.web.dialogue.models import Rencontre, Visibilite
from maillage.web.dialogue.rencontres import lecture as lu
from maillage.web.dialogue.rencontres.accords import load_etat
from maillage.web.dialogue.rencontres.phrases import (
    tell_asker,
    tell_finding,
    tell_participant,
    tell_place,
    tell_when,
)
from maillage.web.dialogue.rencontres.repertoire import tell_count
from maillage.web.dialogue.rencontres.requete import lecture_of, visible_rencontre
from maillage.web.droits.permissions import Permission
from maillage.web.network.requete import acteur_of
from maillage.web.publications.views.contexte import get_utilisateur

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from maillage.web.dialogue.models import Participant
    from maillage.web.dialogue.rencontres.requete import Lecture

RENCONTRES = ("/dialogue/rencontres/", "Rencontres")


def breadcrumb(rencontre: Rencontre, *suite: str) -> list[tuple[str, str]]:
    """Where the page stands."""
    if not suite:
        return [RENCONTRES, ("", rencontre.titre)]
    return [RENCONTRES, (address_of(rencontre), rencontre.titre), ("", suite[0])]


def address_of(rencontre: Rencontre) -> str:
    """Address of the page of a meeting."""
    return f"/dialogue/rencontres/{rencontre.pk}/"


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting, with what the person may read of it.

    Raises:
        Http404: there is none, or it is not for this person.
    """
    rencontre = visible_rencontre(request, pk)
    lecture = lecture_of(acteur_of(request), rencontre)
    participants = lu.load_participants(rencontre)
    sections = lu.load_sections(rencontre, lecture)
    contexte = {
        "fil": breadcrumb(rencontre),
        "rencontre": rencontre,
        "lecture": lecture,
        "constat": tell_finding(rencontre, participants),
        "quand": tell_when(rencontre),
        "demandeur": tell_asker(rencontre),
        "territoire": tell_place(rencontre),
        "espace": lu.load_espace(rencontre, lecture),
        "cotes": _sides(participants, lecture),
        "sections": sections,
        "documents": lu.load_documents(rencontre, lecture),
        "publications": lu.load_publications(rencontre, lecture),
        "suites": lu.load_suites(rencontre, lecture),
        "compte": tell_count(rencontre) if lecture.is_interne else None,
        "peut_repertoire": lecture.acteur.may(Permission.REPERTOIRE_TENIR, rencontre),
        "compte_rendu": load_etat(rencontre, lecture, participants),
        "is_vide": not sections,
        "niveaux": Visibilite.choices,
    }
    return keep_private(request, render(request, "dialogue/rencontres/page.html", contexte))


def keep_private(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """What depends on the person is kept by nobody on the way."""
    if acteur_of(request).is_connecte:
        answer["Cache-Control"] = "private, no-store"
    answer["Vary"] = "Cookie"
    return answer


def _sides(
    participants: Sequence[Participant], lecture: Lecture
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each side of the table: its name, then each person with a word on whether they were there."""
    cotes: dict[str, list[tuple[str, str]]] = {}
    for p in participants:
        mot = "absent ou absente" if p.is_present is False else ""
        cotes.setdefault(str(p.get_cote_display()), []).append((tell_participant(p, lecture), mot))
    titres = {
        "délégation du réseau": "Délégation du réseau",
        "interlocuteur": "Interlocuteurs",
        "autre partie": "Autres parties",
    }
    return [(titres[cote], personnes) for cote, personnes in cotes.items()]


def writer_of(request: HttpRequest) -> int:
    """Number of the account that writes; the table of access lets nobody else in."""
    return get_utilisateur(request).pk


def add_errors(form: Any, champ: str | None, phrases: Sequence[str]) -> None:
    """Tell on a form why an action refused."""
    for phrase in phrases:
        form.add_error(champ, phrase)
