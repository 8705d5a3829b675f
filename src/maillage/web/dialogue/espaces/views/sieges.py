"""Seats of a space: added, corrected, filled; mandates ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from maillage.web.dialogue.contexte import acteur_of, objet_of
from maillage.web.dialogue.espaces import sieges
from maillage.web.dialogue.espaces.forms import FinMandatForm, PourvoirForm, SiegeForm
from maillage.web.dialogue.espaces.views.ecriture import show_form, try_action
from maillage.web.dialogue.models import Espace, Siege

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _find(request: HttpRequest, siege: int) -> Siege:
    """The seat that an address names, of the space that it names.

    Raises:
        Http404: the space has no such seat.
    """
    espace: Espace = objet_of(request)
    trouve = Siege.objects.filter(espace=espace, pk=siege).select_related("espace").first()
    if trouve is None:
        msg = "no such seat"
        raise Http404(msg)
    found: Siege = trouve
    return found


def ajouter(request: HttpRequest) -> HttpResponse:
    """A seat, held or vacant."""
    espace: Espace = objet_of(request)
    acteur = acteur_of(request)
    formulaire = SiegeForm(request.POST or None, acteur=acteur, initial={"nombre": 1})
    if formulaire.is_valid():
        sieges.add_siege(espace, formulaire.values(), acteur=acteur)
        messages.success(request, "Le siège est enregistré.")
        return redirect("espace-dialogue", pk=espace.pk)
    return show_form(request, formulaire, espace, "Ajouter un siège")


def corriger(request: HttpRequest, siege: int) -> HttpResponse:
    """Correct what was typed of a seat."""
    trouve, acteur = _find(request, siege), acteur_of(request)
    formulaire = SiegeForm(
        request.POST or None, acteur=acteur, initial=SiegeForm.initial_of(trouve)
    )
    if formulaire.is_valid():
        sieges.correct_siege(trouve, formulaire.values(), acteur=acteur)
        messages.success(request, "C’est enregistré.")
        return redirect("espace-dialogue", pk=trouve.espace_id)
    constat = "Pour corriger une erreur de saisie. Si le mandat a changé de mains, mettez-y fin et pourvoyez le siège."
    return show_form(request, formulaire, trouve.espace, "Corriger un siège", constat=constat)


def terminer(request: HttpRequest, siege: int) -> HttpResponse:
    """End a mandate: it stays in the history."""
    trouve, acteur = _find(request, siege), acteur_of(request)
    initial = {"date_fin": timezone.localdate(), "is_vacant": True}
    formulaire = FinMandatForm(request.POST or None, initial=initial)
    if formulaire.is_valid():
        d = formulaire.cleaned_data
        if try_action(
            formulaire,
            lambda: sieges.end_mandate(
                trouve, d["date_fin"], d["motif_fin"], is_vacant=d["is_vacant"], acteur=acteur
            ),
        ):
            messages.success(request, "Le mandat a pris fin. Il reste dans l’historique.")
            return redirect("espace-dialogue", pk=trouve.espace_id)
    constat = f"{trouve.occupant or 'Ce siège vacant'} ne siégera plus après ce jour."
    if trouve.organisation_id:
        constat += " Ses personnes ne liront plus ce que partage l’espace."
    return show_form(
        request,
        formulaire,
        trouve.espace,
        "Mettre fin à un mandat",
        constat=constat,
        is_danger=True,
    )


def pourvoir(request: HttpRequest, siege: int) -> HttpResponse:
    """Somebody takes a vacant seat."""
    trouve, acteur = _find(request, siege), acteur_of(request)
    initial = {
        "nombre": trouve.nombre,
        "au_nom_de": trouve.au_nom_de,
        "qualite": trouve.qualite,
        "date_debut": timezone.localdate(),
    }
    formulaire = PourvoirForm(request.POST or None, acteur=acteur, initial=initial)
    if formulaire.is_valid() and try_action(
        formulaire, lambda: sieges.fill_siege(trouve, formulaire.values(), acteur=acteur)
    ):
        messages.success(request, "Le siège est pourvu.")
        return redirect("espace-dialogue", pk=trouve.espace_id)
    return show_form(request, formulaire, trouve.espace, "Pourvoir un siège")
