"""A subject from one minister to the next: what was asked, answered, promised, and the real curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from maillage.kernel.francais import accorder
from maillage.web.dialogue.engagements.forms import FaitForm
from maillage.web.dialogue.engagements.lecture import Nommage, facts, in_order
from maillage.web.dialogue.engagements.requete import acteur_of, utilisateur_of
from maillage.web.dialogue.models import (
    Charge,
    Chiffrage,
    Engagement,
    Fait,
    Portage,
    Proposition,
    Sujet,
)
from maillage.web.dialogue.propositions import actions, courbes
from maillage.web.dialogue.propositions.forms import SujetForm
from maillage.web.dialogue.propositions.lecture import (
    carryings,
    commitments,
    describe_run,
    holders,
    outcomes,
    tell_issues,
)
from maillage.web.droits.permissions import Permission
from maillage.web.regles.series import draw
from maillage.web.territoires.charts.drawing import draw_svg
from maillage.web.territoires.views.graphiques import parse_theme

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest

    from maillage.web.dialogue.engagements.lecture import Etape
    from maillage.web.droits.acteur import Acteur

_RACINE = "/dialogue/propositions/sujets/"


def liste(request: HttpRequest) -> HttpResponse:
    """Every subject that the person reads, with what it gathers."""
    acteur = acteur_of(request)
    sujets = list(Sujet.objects.visible(acteur).order_by("titre"))
    propositions = _counts(Proposition.objects.visible(acteur))
    engagements = _counts(Engagement.objects.visible(acteur))
    lignes = [(s, propositions.get(s.pk, 0), engagements.get(s.pk, 0)) for s in sujets]
    contexte = {
        "fil": [("/dialogue/propositions/", "Propositions"), ("", "Sujets")],
        "lignes": lignes,
        "constat": accorder(len(lignes), "sujet suivi", "sujets suivis")
        + " d’un ministre à l’autre."
        if lignes
        else "Aucun sujet n’est encore suivi.",
        "peut_tenir": _may_write(acteur),
    }
    return render(request, "dialogue/propositions/sujets.html", contexte)


def _counts(lisibles: Any) -> dict[int, int]:
    par_sujet = lisibles.filter(sujet__isnull=False).order_by().values_list("sujet")
    return dict(par_sujet.annotate(nombre=Count("pk")))


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One subject, in the order of time.

    Raises:
        Http404: there is none, or it is not for this person.
    """
    sujet, acteur = _find(request, slug), acteur_of(request)
    propositions = list(
        Proposition.objects.visible(acteur).filter(sujet=sujet).prefetch_related("debouches")
    )
    portages = list(
        Portage.objects.visible(acteur)
        .filter(proposition__in=propositions)
        .select_related("proposition", "charge")
    )
    chiffrages = list(
        Chiffrage.objects.filter(proposition__in=propositions).select_related("proposition")
    )
    contexte = {
        "fil": [
            ("/dialogue/propositions/", "Propositions"),
            (_RACINE, "Sujets"),
            ("", sujet.titre),
        ],
        "sujet": sujet,
        "constat": _finding(portages),
        "propositions": propositions,
        "chiffrages": [describe_run(c) for c in chiffrages],
        "etapes": _story(sujet, acteur, propositions, portages),
        "peut_tenir": _may_write(acteur),
        **_curve(sujet),
    }
    return render(request, "dialogue/propositions/sujet.html", contexte)


def _story(
    sujet: Sujet, acteur: Acteur, propositions: list[Proposition], portages: list[Portage]
) -> list[Etape]:
    engagements = list(
        Engagement.objects.visible(acteur)
        .filter(Q(sujet=sujet) | Q(proposition__in=propositions))
        .select_related("charge")
        .prefetch_related("etats")
    )
    numeros = {p.charge_id for p in portages} | {e.charge_id for e in engagements}
    numeros |= {e.porteur_id for e in engagements}
    nommage = Nommage(acteur, numeros)
    faits = Fait.objects.visible(acteur).filter(
        Q(sujet=sujet) | Q(engagements__in=engagements) | Q(propositions__in=propositions)
    )
    return in_order(
        [
            *carryings(portages, acteur, titre=True),
            *outcomes(propositions),
            *commitments(engagements, nommage),
            *facts(faits.distinct()),
            *holders(Charge.objects.filter(pk__in=[n for n in numeros if n]), nommage),
        ]
    )


def _finding(portages: list[Portage]) -> str:
    """What became of the asks, in a sentence."""
    if not portages:
        return "Rien n’a encore été porté sur ce sujet."
    phrase = f"Demandé {accorder(len(portages), 'fois', 'fois')}"
    annees = sorted({p.date.year for p in portages if p.date})
    if annees:
        phrase += (
            f", de {annees[0]} à {annees[-1]}" if annees[0] != annees[-1] else f", en {annees[0]}"
        )
    return f"{phrase}\u202f; {tell_issues(portages)}."


def _curve(sujet: Sujet) -> dict[str, Any]:
    if sujet.courbe not in courbes.COURBES:
        return {}
    url = reverse("sujet-courbe", args=[sujet.slug])
    return {"g": courbes.describe(sujet.courbe, url), "montants": courbes.table(sujet.courbe)}


def courbe(request: HttpRequest, slug: str) -> HttpResponse:
    """The curve of a subject as an SVG file.

    Raises:
        Http404: no such subject for this person, or it has no curve.
        SaisieInvalide: MLG-WEB-008, no such theme.
    """
    sujet = _find(request, slug)
    if sujet.courbe not in courbes.COURBES:
        msg = "this subject has no curve"
        raise Http404(msg)
    theme = parse_theme(request)
    etroit = request.GET.get("format") == "etroit"
    svg = draw_svg(draw(courbes.trace(sujet.courbe), theme, etroit=etroit), theme)
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def creer(request: HttpRequest) -> HttpResponse:
    """A new subject; subjects are national.

    Raises:
        Http404: this person writes about their region only.
    """
    if not _may_write(acteur_of(request)):
        msg = "subjects are kept by the national staff"
        raise Http404(msg)
    return _edit(request, Sujet(), SujetForm(request.POST or None), "Ouvrir un sujet")


def modifier(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a subject.

    Raises:
        Http404: there is none that this person may change.
    """
    sujet = get_object_or_404(Sujet.objects.editable(acteur_of(request)), slug=slug)
    noms = ("titre", "slug", "texte", "courbe", "visibilite")
    formulaire = SujetForm(
        request.POST or None, sujet=sujet, initial={nom: getattr(sujet, nom) for nom in noms}
    )
    return _edit(request, sujet, formulaire, "Modifier le sujet")


def _edit(request: HttpRequest, sujet: Sujet, formulaire: SujetForm, titre: str) -> HttpResponse:
    if request.method == "POST" and formulaire.is_valid():
        actions.save_sujet(sujet, formulaire.cleaned_data, by=utilisateur_of(request).pk)
        messages.success(request, "Le sujet est enregistré.")
        return redirect("sujet", slug=sujet.slug)
    return _form(request, formulaire, titre, sujet)


def fait(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a dated fact to a subject.

    Raises:
        Http404: there is none that this person may change.
    """
    acteur = acteur_of(request)
    sujet = get_object_or_404(Sujet.objects.editable(acteur), slug=slug)
    formulaire = FaitForm(request.POST or None, acteur=acteur, sujet=sujet)
    if request.method == "POST" and formulaire.is_valid():
        actions.add_fact(sujet, formulaire.value(), by=utilisateur_of(request).pk)
        messages.success(request, "Le fait est noté.")
        return redirect("sujet", slug=slug)
    return _form(request, formulaire, "Noter un fait daté", sujet)


def _find(request: HttpRequest, slug: str) -> Sujet:
    found: Sujet = get_object_or_404(Sujet.objects.visible(acteur_of(request)), slug=slug)
    return found


def _may_write(acteur: Acteur) -> bool:
    """Whether the person keeps the subjects: the national staff alone."""
    return acteur.perimetre(Permission.DIALOGUE_TENIR).tout


def _form(request: HttpRequest, formulaire: Form, titre: str, sujet: Sujet) -> HttpResponse:
    fil = [("/dialogue/propositions/", "Propositions"), (_RACINE, "Sujets"), ("", titre)]
    if sujet.pk is not None:
        fil.insert(2, (f"{_RACINE}{sujet.slug}/", sujet.titre))
    contexte = {"fil": fil, "titre": titre, "form": formulaire, "retour": fil[-2][0]}
    statut = 400 if formulaire.errors else 200
    return render(request, "dialogue/engagements/formulaire.html", contexte, status=statut)
