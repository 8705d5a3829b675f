"""The forms of staff: a new commitment, its correction, and what is added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render

from maillage.kernel.errors import SaisieInvalide
from maillage.web.dialogue.engagements import actions, depart
from maillage.web.dialogue.engagements.forms import (
    ClassementForm,
    ContradictionForm,
    EngagementForm,
    EtatForm,
    FaitForm,
)
from maillage.web.dialogue.engagements.requete import acteur_of, engagement_of, utilisateur_of
from maillage.web.network.forms import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from maillage.web.dialogue.models import Engagement

_LIENS: Final = ("espace", "rencontre", "proposition", "sujet", "charge", "sens")
"""What an address may fill in beforehand: the page of a meeting opens the form with its number."""


def creer(request: HttpRequest) -> HttpResponse:
    """A new commitment; when an item of a meeting becomes one, the item says so afterwards.

    Raises:
        Http404: the address names an item that is not for this person.
    """
    acteur, by = acteur_of(request), utilisateur_of(request).pk
    point = depart.find_point(request.GET.get("point", ""), acteur)
    if point is not None and point.engagement_id:
        messages.info(request, "Ce point est déjà au registre.")
        return redirect("engagement", pk=point.engagement_id)
    initial = depart.start_from_meeting(request.GET.get("rencontre", ""), acteur)
    initial |= {nom: request.GET[nom] for nom in _LIENS if request.GET.get(nom)}
    initial |= depart.start_from_point(point) if point else {}
    formulaire = EngagementForm(request.POST or None, acteur=acteur, initial=initial)
    if request.method == "POST" and formulaire.is_valid():
        with transaction.atomic():
            engagement = actions.create_engagement(formulaire.values(), by=by)
            if point is not None:
                depart.tie(point, engagement, by=by)
        messages.success(request, "Inscrit au registre.")
        return (
            redirect("rencontre", pk=point.rencontre_id)
            if point
            else redirect("engagement", pk=engagement.pk)
        )
    retour = f"/dialogue/rencontres/{point.rencontre_id}/" if point else ""
    return _form(request, formulaire, "Inscrire un engagement", None, retour=retour)


def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a commitment; only where it is filed once its words are frozen."""
    del pk
    engagement = engagement_of(request)
    acteur, fige = acteur_of(request), actions.is_frozen(engagement)
    classe = ClassementForm if fige else EngagementForm
    formulaire = classe(
        request.POST or None,
        acteur=acteur,
        engagement=engagement,
        initial=classe.initial_of(engagement),
    )
    if request.method == "POST" and formulaire.is_valid():
        found = _try(
            formulaire,
            lambda: actions.modify_engagement(
                engagement, formulaire.values(), by=utilisateur_of(request).pk
            ),
        )
        if found is not None:
            messages.success(request, "Enregistré.")
            return redirect("engagement", pk=engagement.pk)
    titre = "Classer l’engagement" if fige else "Corriger l’engagement"
    aide = (
        "Un premier constat a été noté\u00a0: la phrase et sa date ne se corrigent plus. Ajoutez un état, "
        "une contradiction ou un fait."
        if fige
        else ""
    )
    return _form(request, formulaire, titre, engagement, aide)


def etat(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what became of a commitment."""
    del pk
    engagement = engagement_of(request)
    formulaire = EtatForm(request.POST or None, sens=engagement.sens)
    if request.method == "POST" and formulaire.is_valid():
        nouvel = actions.NouvelEtat(**formulaire.cleaned_data)
        by = utilisateur_of(request).pk
        if _try(formulaire, lambda: actions.add_state(engagement, nouvel, by=by)) is not None:
            messages.success(
                request, "L’état est ajouté. Ceux qui suivent cet engagement sont prévenus."
            )
            return redirect("engagement", pk=engagement.pk)
    aide = "Un état ajouté ne s’efface pas\u00a0: une erreur se corrige par l’état suivant."
    return _form(request, formulaire, "Ajouter un état", engagement, aide)


def contredire(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a later statement or text says otherwise."""
    del pk
    engagement = engagement_of(request)
    formulaire = ContradictionForm(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        by = utilisateur_of(request).pk
        found = _try(formulaire, lambda: actions.contradict(engagement, formulaire.value(), by=by))
        if found is not None:
            messages.success(request, "La contradiction est notée.")
            return redirect("engagement", pk=engagement.pk)
    aide = (
        "Le statut devient « contredit »\u00a0; la phrase d’origine reste telle qu’elle a été dite."
    )
    return _form(request, formulaire, "Signaler une contradiction", engagement, aide)


def fait(request: HttpRequest, pk: int) -> HttpResponse:
    """Tie a dated fact to a commitment."""
    del pk
    engagement = engagement_of(request)
    formulaire = FaitForm(request.POST or None, acteur=acteur_of(request), sujet=engagement.sujet)
    if request.method == "POST" and formulaire.is_valid():
        actions.add_fact(engagement, formulaire.value(), by=utilisateur_of(request).pk)
        messages.success(request, "Le fait est relié.")
        return redirect("engagement", pk=engagement.pk)
    aide = "Un rapport publié, un texte adopté, un budget voté\u00a0: ce qui change la suite de cet engagement."
    return _form(request, formulaire, "Relier un fait daté", engagement, aide)


def _try(formulaire: Form, act: Callable[[], Any]) -> Any:
    """What the action gives; None when it refuses, which the form then tells."""
    try:
        return act()
    except SaisieInvalide as error:
        formulaire.add_error(None, ValidationError(explain(error)))
        return None


def _form(
    request: HttpRequest,
    formulaire: Form,
    titre: str,
    engagement: Engagement | None,
    aide: str = "",
    retour: str = "",
) -> HttpResponse:
    fil = [("/dialogue/engagements/", "Engagements"), ("", titre)]
    if engagement is not None:
        fil.insert(1, (f"/dialogue/engagements/{engagement.pk}/", "Engagement"))
    contexte = {
        "fil": fil,
        "titre": titre,
        "form": formulaire,
        "engagement": engagement,
        "aide": aide,
        "retour": retour or fil[-2][0],
    }
    statut = 400 if formulaire.errors else 200
    return render(request, "dialogue/engagements/formulaire.html", contexte, status=statut)
