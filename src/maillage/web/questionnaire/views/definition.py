"""Screens by which staff define a questionnaire, open it, correct it and close it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from maillage.kernel.errors import UserError
from maillage.web.questionnaire import actions
from maillage.web.questionnaire.champs import draw
from maillage.web.questionnaire.forms import (
    FichierForm,
    MotifForm,
    PresentationForm,
    QuestionForm,
    RegleForm,
    SectionForm,
    show_question,
    show_regle,
    tell,
)
from maillage.web.questionnaire.modele import edition
from maillage.web.questionnaire.modele.echange import EXTENSIONS, dump, load
from maillage.web.questionnaire.views.chargement import get_questionnaire

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest

    from maillage.web.questionnaire.modele.definition import Definition
    from maillage.web.questionnaire.models import Questionnaire


def _by(request: HttpRequest) -> int | None:
    numero: int | None = request.acteur.utilisateur_id  # type: ignore[attr-defined]  # set by the table of access
    return numero


def definir(request: HttpRequest, annee: int) -> HttpResponse:
    """What is asked, and small gestures on it: move up or down, take out.

    Raises:
        Http404: no such gesture.
    """
    questionnaire = get_questionnaire(annee)
    if request.method == "POST":
        code, quoi = request.POST.get("code", ""), request.POST.get("quoi", "")
        match request.POST.get("geste"):
            case "monter":
                change = partial(edition.move, code=code, quoi=quoi, pas=-1)
            case "descendre":
                change = partial(edition.move, code=code, quoi=quoi, pas=1)
            case "retirer":
                change = partial(edition.remove, code=code, quoi=quoi)
            case _:
                msg = "no such gesture"
                raise Http404(msg)
        try:
            actions.edit(questionnaire, change, by=_by(request))
        except UserError as erreur:
            for anomalie in erreur.anomalies:
                messages.error(request, f"{anomalie.quoi} {anomalie.que_faire} ({anomalie.code})")
        return redirect("questionnaire-definir", annee=annee)
    projet = questionnaire.read_projet()
    contexte = {
        "questionnaire": questionnaire,
        "definition": projet,
        "nombre": sum(1 for _ in projet.questions),
        "versions": questionnaire.versions.defer("definition"),
        "motif": MotifForm(),
    }
    return render(request, "questionnaire/definition.html", contexte)


def presenter(request: HttpRequest, annee: int) -> HttpResponse:
    """Title, introduction, last day."""
    questionnaire = get_questionnaire(annee)
    initial = {
        nom: getattr(questionnaire, nom) for nom in ("titre", "introduction", "date_cloture")
    }
    formulaire = PresentationForm(request.POST or None, initial=initial)
    if request.method == "POST" and formulaire.is_valid():
        actions.describe(questionnaire, **formulaire.cleaned_data, by=_by(request))
        messages.success(request, "La présentation est enregistrée.")
        return redirect("questionnaire-definir", annee=annee)
    return _form(request, questionnaire, formulaire, "Présentation")


def section(request: HttpRequest, annee: int) -> HttpResponse:
    """Add or change a section; `code` in the address names the one to change."""
    questionnaire = get_questionnaire(annee)
    ancien = request.GET.get("code", "")
    actuelle = questionnaire.read_projet().find_section(ancien)
    initial = (
        {"titre": actuelle.titre, "aide": actuelle.aide, "code": actuelle.code} if actuelle else {}
    )
    formulaire = SectionForm(request.POST or None, initial=initial)
    titre = f"Section « {actuelle.titre} »" if actuelle else "Nouvelle section"
    return _edit(
        request,
        questionnaire,
        formulaire,
        titre,
        lambda projet: edition.put_section(
            projet,
            ancien if actuelle else "",
            formulaire.make(projet.find_section(ancien)),
        ),
    )


def question(request: HttpRequest, annee: int) -> HttpResponse:
    """Add or change a question; the address names its section, and its code to change it.

    Raises:
        Http404: the section does not exist.
    """
    questionnaire = get_questionnaire(annee)
    projet = questionnaire.read_projet()
    ancien = request.GET.get("code", "")
    actuelle = projet.find_question(ancien)
    dans = next(
        (
            s.code
            for s in projet.sections
            if s.code == request.GET.get("section") or (actuelle and actuelle in s.questions)
        ),
        None,
    )
    if dans is None:
        msg = "no such section"
        raise Http404(msg)
    formulaire = QuestionForm(
        request.POST or None,
        initial=show_question(actuelle) if actuelle else {},
        definition=projet,
        actuelle=ancien,
    )
    titre = f"Question « {actuelle.libelle} »" if actuelle else "Nouvelle question"
    return _edit(
        request,
        questionnaire,
        formulaire,
        titre,
        lambda p: edition.put_question(p, dans, ancien if actuelle else "", formulaire.make()),
    )


def regle(request: HttpRequest, annee: int) -> HttpResponse:
    """Add or change a rule; `code` in the address names the one to change."""
    questionnaire = get_questionnaire(annee)
    projet = questionnaire.read_projet()
    ancien = request.GET.get("code", "")
    actuelle = next((r for r in projet.regles if r.code == ancien), None)
    formulaire = RegleForm(
        request.POST or None,
        initial=show_regle(actuelle) if actuelle else {},
        definition=projet,
    )
    return _edit(
        request,
        questionnaire,
        formulaire,
        "Règle entre réponses" if actuelle else "Nouvelle règle entre réponses",
        lambda p: edition.put_regle(p, ancien if actuelle else "", formulaire.make()),
    )


def importer(request: HttpRequest, annee: int) -> HttpResponse:
    """Replace what is prepared by the content of a file, all of it or nothing."""
    questionnaire = get_questionnaire(annee)
    formulaire = FichierForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and formulaire.is_valid():
        contenu = formulaire.cleaned_data["fichier"].read()
        return _edit(request, questionnaire, formulaire, "Importer", lambda _: load(contenu))
    return _form(request, questionnaire, formulaire, "Importer un fichier", is_fichier=True)


def exporter(request: HttpRequest, annee: int, extension: str) -> HttpResponse:
    """What is prepared, as a file that `importer` reads.

    Raises:
        Http404: no such format.
    """
    del request
    if extension not in EXTENSIONS:
        msg = "no such format"
        raise Http404(msg)
    texte = dump(get_questionnaire(annee).read_projet(), extension)
    nature = "application/json" if extension == "json" else "application/yaml"
    reponse = HttpResponse(texte, content_type=f"{nature}; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="questionnaire-{annee}.{extension}"'
    reponse["Cache-Control"] = "no-store"
    return reponse


@require_POST
def etat(request: HttpRequest, annee: int) -> HttpResponse:
    """Open, correct or close.

    Raises:
        Http404: no such gesture.
        SaisieInvalide: MLG-QST-007, 010 or 012.
    """
    questionnaire = get_questionnaire(annee)
    match request.POST.get("geste"):
        case "ouvrir":
            actions.open_questionnaire(questionnaire, by=_by(request))
            phrase = "Le questionnaire est ouvert\u202f: les structures peuvent répondre."
        case "corriger":
            motif = request.POST.get("motif", "").strip()
            actions.publish_erratum(questionnaire, motif, by=_by(request))
            phrase = "La correction est en vigueur\u202f; les réponses données sont gardées."
        case "clore":
            actions.close_questionnaire(questionnaire, by=_by(request))
            phrase = "Le questionnaire est clos\u202f: les résultats sont arrêtés."
        case _:
            msg = "no such gesture"
            raise Http404(msg)
    messages.success(request, phrase)
    return redirect("questionnaire-definir", annee=annee)


def apercu(request: HttpRequest, annee: int) -> HttpResponse:
    """The questionnaire as a structure sees it, every section on one page, nothing to save."""
    questionnaire = get_questionnaire(annee)
    projet = questionnaire.read_projet()
    contexte = {
        "questionnaire": questionnaire,
        "sections": [(s, draw(projet, s.questions, {}, {})) for s in projet.sections],
    }
    return render(request, "questionnaire/apercu.html", contexte)


def _edit(
    request: HttpRequest,
    questionnaire: Questionnaire,
    formulaire: forms.Form,
    titre: str,
    change: Callable[[Definition], Definition],
) -> HttpResponse:
    """Change what is prepared, or say on the form what does not hold together."""
    if request.method == "POST" and formulaire.is_valid():
        try:
            actions.edit(questionnaire, change, by=_by(request))
        except UserError as erreur:
            tell(formulaire, erreur)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("questionnaire-definir", annee=questionnaire.annee)
    return _form(
        request, questionnaire, formulaire, titre, is_fichier=isinstance(formulaire, FichierForm)
    )


def _form(
    request: HttpRequest,
    questionnaire: Questionnaire,
    formulaire: forms.Form,
    titre: str,
    **contexte: Any,
) -> HttpResponse:
    tout = {"questionnaire": questionnaire, "form": formulaire, "titre": titre, **contexte}
    return render(request, "questionnaire/formulaire.html", tout)
