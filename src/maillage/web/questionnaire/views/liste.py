"""Questionnaires, year by year, and the start of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils import timezone

from maillage.kernel.errors import UserError
from maillage.web.droits.permissions import Permission
from maillage.web.questionnaire.actions import create_questionnaire
from maillage.web.questionnaire.forms import NouveauForm, tell
from maillage.web.questionnaire.models import Questionnaire

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def questionnaires(request: HttpRequest) -> HttpResponse:
    """All questionnaires; whoever defines them may start one, empty or like another."""
    liste = list(
        Questionnaire.objects.light().annotate(
            envoyees=Count("reponses", filter=Q(reponses__sent_at__isnull=False)),
            commencees=Count("reponses"),
        )
    )
    annees = [questionnaire.annee for questionnaire in liste]
    suivante = (annees[0] + 1) if annees else timezone.localdate().year
    initial = {"annee": suivante, "modele": annees[0] if annees else None}
    formulaire = NouveauForm(request.POST or None, annees=annees, initial=initial)
    acteur = request.acteur  # type: ignore[attr-defined]  # set by the table of access
    if request.method == "POST" and formulaire.is_valid():
        donnees = formulaire.cleaned_data
        modele = Questionnaire.objects.filter(annee=donnees["modele"]).first()
        try:
            nouveau = create_questionnaire(
                donnees["annee"], donnees["titre"], by=acteur.utilisateur_id, modele=modele
            )
        except UserError as erreur:
            tell(formulaire, erreur)
        else:
            messages.success(request, "Le questionnaire est créé. Personne ne le voit encore.")
            return redirect("questionnaire-definir", annee=nouveau.annee)
    contexte = {
        "questionnaires": liste,
        "form": formulaire,
        "definit": acteur.may(Permission.QUESTIONNAIRE_DEFINIR),
    }
    return render(request, "questionnaire/liste.html", contexte)
