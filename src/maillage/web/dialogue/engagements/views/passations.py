"""The forms of offices: opened, corrected, handed over, and what becomes of each commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.francais import accorder, guillemets
from maillage.web.dialogue.engagements import changement
from maillage.web.dialogue.engagements.forms_charges import (
    ChargeForm,
    PassationForm,
    RepriseForm,
    TitulaireForm,
)
from maillage.web.dialogue.engagements.lecture import tell_recipient
from maillage.web.dialogue.engagements.requete import acteur_of, charge_of, utilisateur_of
from maillage.web.dialogue.engagements.succession import holder_on
from maillage.web.dialogue.models import Engagement, Reprise
from maillage.web.network.forms import explain

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from maillage.web.dialogue.models import Charge


def creer(request: HttpRequest) -> HttpResponse:
    """A new office."""
    formulaire = ChargeForm(request.POST or None, acteur=acteur_of(request), is_new=True)
    if request.method == "POST" and formulaire.is_valid():
        charge = changement.create_charge(
            formulaire.values(), formulaire.titulaire(), by=utilisateur_of(request).pk
        )
        messages.success(request, "La charge est créée.")
        return redirect("charge", pk=charge.pk)
    return _form(request, formulaire, "Créer une charge publique", None)


def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an office."""
    del pk
    charge = charge_of(request)
    formulaire = ChargeForm(
        request.POST or None,
        acteur=acteur_of(request),
        is_new=False,
        initial=ChargeForm.initial_of(charge),
    )
    if request.method == "POST" and formulaire.is_valid():
        changement.modify_charge(charge, formulaire.values(), by=utilisateur_of(request).pk)
        messages.success(request, "Enregistré.")
        return redirect("charge", pk=charge.pk)
    return _form(request, formulaire, "Corriger la charge", charge)


def passer(request: HttpRequest, pk: int) -> HttpResponse:
    """Who leaves, who comes: every open commitment is proposed for takeover."""
    del pk
    charge = charge_of(request)
    formulaire = PassationForm(request.POST or None, en_fonction=holder_on(charge, None))
    if request.method == "POST" and formulaire.is_valid():
        by = utilisateur_of(request).pk
        try:
            vers, nombre = changement.hand_over(charge, formulaire.value(), by=by)
        except SaisieInvalide as error:
            formulaire.add_error(None, ValidationError(explain(error)))
        else:
            reste = accorder(
                nombre, "engagement à faire reprendre", "engagements à faire reprendre"
            )
            messages.success(request, f"Le changement est noté\u00a0: {reste}.")
            return redirect("charge", pk=vers.pk)
    ouverts = Engagement.objects.ouverts().filter(porteur=charge).count()
    engages = accorder(
        ouverts, "engagement ouvert sera proposé", "engagements ouverts seront proposés"
    )
    aide = f"{engages} à qui arrive. Rien ne s’efface\u00a0: chacun garde son histoire."
    return _form(request, formulaire, "Noter un changement de titulaire", charge, aide)


def titulaire(request: HttpRequest, pk: int) -> HttpResponse:
    """Add somebody who held the office before."""
    del pk
    charge = charge_of(request)
    formulaire = TitulaireForm(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        by = utilisateur_of(request).pk
        try:
            changement.add_past_holder(charge, formulaire.value(), by=by)
        except SaisieInvalide as error:
            formulaire.add_error(None, ValidationError(explain(error)))
        else:
            messages.success(request, "Ajouté.")
            return redirect("charge", pk=charge.pk)
    aide = "Aucun engagement ne bouge\u00a0: c’est pour dire qui parlait à une date passée."
    return _form(request, formulaire, "Ajouter un ancien titulaire", charge, aide)


def decider(request: HttpRequest, pk: int, reprise: int) -> HttpResponse:
    """What the one who comes said of one commitment.

    Raises:
        Http404: no such takeover for this office, or its commitment is not for this person.
    """
    charge, acteur = charge_of(request), acteur_of(request)
    proposee = get_object_or_404(
        Reprise.objects.select_related("engagement", "entrant"),
        pk=reprise,
        vers=pk,
        engagement__in=Engagement.objects.visible(acteur),
    )
    formulaire = RepriseForm(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        d = formulaire.cleaned_data
        by = utilisateur_of(request).pk
        try:
            changement.decide(
                proposee, Reprise.Etat(d["etat"]), note=d["note"], le=d["decide_le"], by=by
            )
        except SaisieInvalide as error:
            formulaire.add_error(None, ValidationError(explain(error)))
        else:
            messages.success(request, "La réponse est notée.")
            return redirect("charge", pk=charge.pk)
    aide = f"{guillemets(proposee.engagement.phrase)} — {tell_recipient(proposee.engagement)}"
    return _form(request, formulaire, "Ce qu’il advient de l’engagement", charge, aide)


def _form(
    request: HttpRequest, formulaire: Form, titre: str, charge: Charge | None, aide: str = ""
) -> HttpResponse:
    racine = "/dialogue/engagements/charges/"
    fil = [("/dialogue/engagements/", "Engagements"), (racine, "Charges publiques"), ("", titre)]
    if charge is not None:
        fil.insert(2, (f"{racine}{charge.pk}/", charge.intitule))
    contexte = {"fil": fil, "titre": titre, "form": formulaire, "aide": aide, "retour": fil[-2][0]}
    statut = 400 if formulaire.errors else 200
    return render(request, "dialogue/engagements/formulaire.html", contexte, status=statut)
