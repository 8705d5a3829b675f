"""Minutes of a meeting, and what those present say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from maillage.kernel.errors import UserError
from maillage.kernel.francais import accorder
from maillage.web.dialogue.rencontres import accords as lu
from maillage.web.dialogue.rencontres.actions import comptes_rendus, invitations
from maillage.web.dialogue.rencontres.forms_suites import AvisForm
from maillage.web.dialogue.rencontres.lecture import load_participants
from maillage.web.dialogue.rencontres.phrases import tell_participant, tell_when
from maillage.web.dialogue.rencontres.requete import lecture_of, rencontre_of, visible_rencontre
from maillage.web.dialogue.rencontres.views.fiche import (
    add_errors,
    breadcrumb,
    keep_private,
    writer_of,
)
from maillage.web.network.forms import explain
from maillage.web.network.requete import acteur_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.web.dialogue.models import CompteRendu, Participant, Rencontre


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose minutes to those present: the items shared with them are frozen."""
    del pk
    rencontre = rencontre_of(request)
    try:
        compte_rendu = comptes_rendus.propose(rencontre, by=writer_of(request))
    except UserError as error:
        for phrase in explain(error):
            messages.error(request, phrase)
        return redirect("rencontre", pk=rencontre.pk)
    nombre = invitations.ask_opinions(compte_rendu)
    dit = f"Le compte rendu {compte_rendu.numero} est proposé."
    if nombre:
        qui = accorder(nombre, "personne présente reçoit", "personnes présentes reçoivent")
        dit += f" {qui} un e-mail qui y mène."
    messages.success(request, dit)
    return redirect("rencontre-compte-rendu", pk=rencontre.pk, numero=compte_rendu.numero)


def page(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """One version of the minutes; whoever was there says what they think of the last one.

    Raises:
        Http404: there is none, or it is not for this person.
        PermissionDenied: an opinion is given for somebody else.
    """
    rencontre = visible_rencontre(request, pk)
    lecture = lecture_of(acteur_of(request), rencontre)
    participants = load_participants(rencontre)
    etat = lu.load_etat(rencontre, lecture, participants)
    choisi = rencontre.comptes_rendus.filter(numero=numero).first()
    if etat is None or choisi is None:
        msg = "no such minutes for this person"
        raise Http404(msg)
    form = AvisForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        auteur = _speaker(request, etat)
        try:
            comptes_rendus.give_opinion(choisi, auteur, **form.cleaned_data, by=writer_of(request))
        except UserError as error:
            add_errors(form, None, explain(error))
        else:
            messages.success(
                request, "L’avis est enregistré. Il pourra être changé par un autre avis."
            )
            return redirect("rencontre-compte-rendu", pk=rencontre.pk, numero=numero)
    contexte = {
        "fil": breadcrumb(rencontre, f"Compte rendu {numero}"),
        "rencontre": rencontre,
        "lecture": lecture,
        "compte_rendu": choisi,
        "lignes": lu.read_lines(choisi, lecture),
        "quand": tell_when(rencontre),
        "presents": [tell_participant(p, lecture) for p in lu.list_present(participants)],
        "etat": etat,
        "is_dernier": etat.compte_rendu == choisi,
        "histoire": _history(rencontre, participants),
        "form": form,
        "notables": [a for a in etat.avis if a.is_notable],
    }
    return keep_private(request, render(request, "dialogue/rencontres/compte_rendu.html", contexte))


def _speaker(request: HttpRequest, etat: lu.Etat) -> Participant:
    """Whose opinion is given: the person's own, or that of one without account, by who keeps the meeting.

    Raises:
        PermissionDenied: neither.
    """
    pour = request.POST.get("participant", "")
    if not pour and etat.mien is not None:
        return etat.mien.participant
    for avis in etat.avis:
        if avis.is_notable and str(avis.participant.pk) == pour:
            return avis.participant
    msg = "an opinion is given by who was there"
    raise PermissionDenied(msg)


def _history(
    rencontre: Rencontre, participants: list[Participant]
) -> list[tuple[CompteRendu, list[tuple[str, str, str]]]]:
    """Each version, newest first, with every opinion that was given on it."""
    noms = {p.pk: str(p) for p in participants}
    versions = rencontre.comptes_rendus.prefetch_related("accords").order_by("-numero")
    return [
        (
            version,
            [
                (noms.get(a.participant_id, ""), str(a.get_verdict_display()), a.commentaire)
                for a in sorted(version.accords.all(), key=lambda a: (a.at, a.pk))
            ],
        )
        for version in versions
    ]
