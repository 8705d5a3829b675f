"""The forms of staff: proposals, their texts, their costings, where they were carried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from maillage.kernel.errors import UserError
from maillage.web.dialogue.engagements.requete import acteur_of, utilisateur_of
from maillage.web.dialogue.models import Chiffrage
from maillage.web.dialogue.propositions import actions
from maillage.web.dialogue.propositions.chiffrage import Question
from maillage.web.dialogue.propositions.forms import (
    ChiffrerForm,
    DeboucheForm,
    DocumentForm,
    PortageForm,
    PropositionForm,
    ReponseForm,
    TexteForm,
    initial_portage,
)
from maillage.web.network.forms import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from maillage.web.dialogue.models import Proposition

_RACINE = "/dialogue/propositions/"


def proposition_of(request: HttpRequest) -> Proposition:
    """The proposal that an address of staff names."""
    return cast("Proposition", request.objet)  # type: ignore[attr-defined]  # set by the middleware


def creer(request: HttpRequest) -> HttpResponse:
    """A new proposal."""
    formulaire = PropositionForm(request.POST or None, acteur=acteur_of(request))
    if request.method == "POST" and formulaire.is_valid():
        d, by = formulaire.cleaned_data, utilisateur_of(request).pk
        proposition = actions.create_proposition(
            formulaire.values(), texte=d["texte"], remplace=d["remplace"], by=by
        )
        messages.success(request, "La proposition est inscrite.")
        return redirect("proposition", pk=proposition.pk)
    return _form(request, formulaire, "Inscrire une proposition", None)


def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what surrounds the text of a proposal."""
    proposition = proposition_of(request)
    formulaire = PropositionForm(
        request.POST or None,
        acteur=acteur_of(request),
        proposition=proposition,
        initial=PropositionForm.initial_of(proposition),
    )

    def act() -> object:
        return actions.modify_proposition(
            proposition,
            formulaire.values(),
            remplace=formulaire.cleaned_data.get("remplace"),
            by=utilisateur_of(request).pk,
        )

    return _post(request, formulaire, act, ("Modifier la proposition", "Enregistré."), pk)


def texte(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new text; the former ones stay."""
    proposition = proposition_of(request)
    derniere = proposition.versions.first()
    numero = derniere.numero if derniere else 0
    initial = {"texte": derniere.texte if derniere else "", "base": numero}
    formulaire = TexteForm(request.POST or None, initial=initial)

    def act() -> object:
        return actions.add_text(
            proposition, **formulaire.cleaned_data, by=utilisateur_of(request).pk
        )

    return _post(request, formulaire, act, ("Écrire un nouveau texte", "Le texte est gardé."), pk)


def porter(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a proposal was carried."""
    proposition = proposition_of(request)
    initial = {"rencontre": request.GET.get("rencontre"), "issue": "sans_reponse"}
    formulaire = PortageForm(request.POST or None, acteur=acteur_of(request), initial=initial)

    def act() -> object:
        return actions.carry(proposition, formulaire.value(), by=utilisateur_of(request).pk)

    return _post(request, formulaire, act, ("Noter un portage", "Le portage est noté."), pk)


def repondre(request: HttpRequest, pk: int, portage: int) -> HttpResponse:
    """Note what was answered to a proposal that was carried.

    Raises:
        Http404: it was not carried so.
    """
    porte = get_object_or_404(proposition_of(request).portages, pk=portage)
    formulaire = ReponseForm(request.POST or None, initial=initial_portage(porte))

    def act() -> object:
        return actions.answer(porte, formulaire.cleaned_data, by=utilisateur_of(request).pk)

    return _post(request, formulaire, act, ("Noter la réponse", "La réponse est notée."), pk)


def debouche(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a text that a proposal led to."""
    proposition = proposition_of(request)
    formulaire = DeboucheForm(request.POST or None)

    def act() -> object:
        return actions.add_outcome(proposition, formulaire.value(), by=utilisateur_of(request).pk)

    return _post(request, formulaire, act, ("Noter un débouché", "Le débouché est noté."), pk)


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Tie the address of a document to a proposal."""
    proposition = proposition_of(request)
    formulaire = DocumentForm(request.POST or None)

    def act() -> object:
        return actions.add_document(proposition, formulaire.value(), by=utilisateur_of(request).pk)

    return _post(request, formulaire, act, ("Joindre un document", "Le document est joint."), pk)


def chiffrer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the rules what a proposal costs; their answer is frozen."""
    proposition = proposition_of(request)
    formulaire = ChiffrerForm(request.POST or None)

    def act() -> object:
        return actions.freeze_run(proposition, formulaire.question(), by=utilisateur_of(request).pk)

    aide = (
        "Vous posez une question aux règles\u00a0; leur réponse est gardée avec ses hypothèses, ses sources et "
        "l’écart à ce qui est publié. Aucun coût ne se tape."
    )
    return _post(request, formulaire, act, ("Chiffrer", "Le chiffrage est gardé."), pk, aide)


def refiger(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """Ask the same question again to the rules of today, and keep the answer beside the former one.

    Raises:
        Http404: no such costing.
    """
    proposition = proposition_of(request)
    if request.method == "POST":
        ancien = get_object_or_404(Chiffrage, pk=numero, proposition=proposition)
        question = Question.read(ancien.calcul, ancien.parametres)
        try:
            actions.freeze_run(proposition, question, by=utilisateur_of(request).pk)
        except UserError as error:
            messages.error(request, " ".join(explain(error)))
        else:
            messages.success(request, "Le calcul d’aujourd’hui est gardé\u00a0; l’ancien reste.")
    return redirect("proposition", pk=pk)


def _post(
    request: HttpRequest,
    formulaire: Form,
    act: Callable[[], object],
    mots: tuple[str, str],
    pk: int,
    aide: str = "",
) -> HttpResponse:
    """What a form of a proposal does when it is sent: its title, and what is said once it is done."""
    titre, fait = mots
    if request.method == "POST" and formulaire.is_valid():
        try:
            act()
        except UserError as error:
            formulaire.add_error(None, ValidationError(explain(error)))
        else:
            messages.success(request, fait)
            return redirect("proposition", pk=pk)
    return _form(request, formulaire, titre, proposition_of(request), aide)


def _form(
    request: HttpRequest,
    formulaire: Form,
    titre: str,
    proposition: Proposition | None,
    aide: str = "",
) -> HttpResponse:
    fil: list[tuple[str, str]] = [(_RACINE, "Propositions"), ("", titre)]
    if proposition is not None:
        fil.insert(1, (f"{_RACINE}{proposition.pk}/", proposition.titre))
    contexte: dict[str, Any] = {
        "fil": fil,
        "titre": titre,
        "form": formulaire,
        "aide": aide,
        "retour": fil[-2][0],
    }
    statut = 400 if formulaire.errors else 200
    return render(request, "dialogue/engagements/formulaire.html", contexte, status=statut)
