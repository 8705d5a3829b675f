"""Spaces are created, asked for, modified, ended; documents are attached to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from maillage.kernel.errors import UserError
from maillage.kernel.francais import accorder, guillemets
from maillage.web.dialogue.contexte import acteur_of, objet_of
from maillage.web.dialogue.espaces import actions
from maillage.web.dialogue.espaces.forms import (
    DemandeForm,
    DevenirForm,
    DocumentForm,
    EspaceForm,
    RedemandeForm,
)
from maillage.web.dialogue.espaces.views.fiche import breadcrumb
from maillage.web.dialogue.models import Document, Espace, Rencontre, Visibilite
from maillage.web.dialogue.moments import not_past_q
from maillage.web.network.forms import explain
from maillage.web.network.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


def try_action(formulaire: Form, geste: Callable[[], Any]) -> bool:
    """Do it; a refusal is told on the form, and what was typed is kept."""
    try:
        geste()
    except UserError as error:
        for phrase in explain(error):
            formulaire.add_error(None, phrase)
        return False
    return True


def show_form(
    request: HttpRequest, formulaire: Form, espace: Espace | None, titre: str, **autres: Any
) -> HttpResponse:
    """The page of a form about a space, or about one to come."""
    fil = (
        breadcrumb(espace, titre)
        if espace
        else [
            (reverse("dialogue"), "Dialogue"),
            (reverse("espaces-dialogue"), "Espaces"),
            ("", titre),
        ]
    )
    contexte = {"fil": fil, "titre": titre, "form": formulaire, "espace": espace, **autres}
    return render(request, "dialogue/espaces/formulaire.html", contexte)


def _first_region(request: HttpRequest) -> dict[str, str]:
    """Where a delegate most likely writes: their own region."""
    regions = [m.region for m in acteur_of(request).mandats if m.region]
    return {"niveau": "region", "territoire": regions[0]} if regions else {}


def creer(request: HttpRequest) -> HttpResponse:
    """A space that exists."""
    initial = {
        "etat": Espace.Etat.ACTIF,
        "visibilite": Visibilite.INTERNE,
        **_first_region(request),
    }
    return _new(request, EspaceForm(request.POST or None, initial=initial), "Ajouter un espace")


def demander(request: HttpRequest) -> HttpResponse:
    """A space that does not exist, and is asked for."""
    initial = {
        "visibilite": Visibilite.INTERNE,
        "demande_par": _network(),
        "demande_depuis": timezone.localdate(),
        **_first_region(request),
    }
    formulaire = DemandeForm(request.POST or None, initial=initial)
    return _new(
        request,
        formulaire,
        "Demander un espace",
        "Un lieu de dialogue qui manque\u00a0: il apparaît ici « demandé », par qui et depuis quand, "
        "jusqu’à ce qu’il existe.",
    )


def _network() -> str:
    reseau = Organisation.objects.filter(nature=Organisation.Nature.RESEAU).first()
    return "" if reseau is None else str(reseau.nom)


def _new(
    request: HttpRequest, formulaire: EspaceForm | DemandeForm, titre: str, constat: str = ""
) -> HttpResponse:
    acteur = acteur_of(request)
    crees: list[Espace] = []
    if formulaire.is_valid() and try_action(
        formulaire,
        lambda: crees.append(actions.create_espace(formulaire.values(), acteur=acteur)),
    ):
        messages.success(request, f"{guillemets(crees[0].nom)} est enregistré.")
        return redirect("espace-dialogue", pk=crees[0].pk)
    return show_form(request, formulaire, None, titre, constat=constat)


def modifier(request: HttpRequest) -> HttpResponse:
    """Change what is known of a space."""
    espace: Espace = objet_of(request)
    formulaire = EspaceForm(request.POST or None, initial=EspaceForm.initial_of(espace))
    if formulaire.is_valid() and try_action(
        formulaire,
        lambda: actions.modify_espace(espace, formulaire.cleaned_data, acteur=acteur_of(request)),
    ):
        messages.success(request, "C’est enregistré.")
        return redirect("espace-dialogue", pk=espace.pk)
    return show_form(request, formulaire, espace, "Modifier l’espace")


def redemander(request: HttpRequest) -> HttpResponse:
    """Ask again for a space that no longer meets."""
    espace: Espace = objet_of(request)
    initial = {"demande_par": _network(), "demande_depuis": timezone.localdate()}
    formulaire = RedemandeForm(request.POST or None, initial=initial)
    if formulaire.is_valid() and try_action(
        formulaire,
        lambda: actions.ask_again(
            espace,
            formulaire.cleaned_data["demande_par"],
            formulaire.cleaned_data["demande_depuis"],
            acteur=acteur_of(request),
        ),
    ):
        messages.success(request, f"{guillemets(espace.nom)} est de nouveau demandé.")
        return redirect("espace-dialogue", pk=espace.pk)
    constat = f"{espace.nom} ({espace.get_etat_display()}) passera à l’état « demandé ». Ses mandats, ses rencontres et ses dates restent."
    return show_form(request, formulaire, espace, "Redemander cet espace", constat=constat)


def devenir(request: HttpRequest) -> HttpResponse:
    """What becomes of a space: it ends on a day, and keeps its page."""
    espace: Espace = objet_of(request)
    acteur = acteur_of(request)
    formulaire = DevenirForm(
        request.POST or None, espace=espace, acteur=acteur, le=timezone.localdate()
    )
    suites: list[Espace | None] = []
    if formulaire.is_valid() and try_action(
        formulaire,
        lambda: suites.append(
            actions.close_espaces(
                [espace, *formulaire.cleaned_data["avec"]], formulaire.value(), acteur=acteur
            )
        ),
    ):
        messages.success(request, f"{guillemets(espace.nom)} a pris fin. Sa page demeure.")
        suite = suites[0]
        return redirect("espace-dialogue", pk=espace.pk if suite is None else suite.pk)
    constat = (
        f"{espace.nom} prendra fin. Sa page demeure, avec ses mandats, ses rencontres et ses "
        f"promesses.{_planned(espace)}"
    )
    return show_form(
        request, formulaire, espace, "Dire ce qu’il devient", constat=constat, is_danger=True
    )


def _planned(espace: Espace) -> str:
    nombre = espace.rencontres.filter(
        not_past_q(timezone.localdate()), statut=Rencontre.Statut.PREVUE
    ).count()
    if not nombre:
        return ""
    prevues = accorder(nombre, "rencontre prévue lui reste", "rencontres prévues lui restent")
    return (
        f" Attention\u00a0: {prevues} rattachées."
        if nombre > 1
        else f" Attention\u00a0: {prevues} rattachée."
    )


def joindre(request: HttpRequest) -> HttpResponse:
    """Attach the address of a document."""
    espace: Espace = objet_of(request)
    formulaire = DocumentForm(request.POST or None, initial={"visibilite": Visibilite.INTERNE})
    if formulaire.is_valid():
        d = formulaire.cleaned_data
        actions.attach_document(
            espace, d["titre"], d["url"], d["visibilite"], acteur=acteur_of(request)
        )
        messages.success(request, "Le document est joint.")
        return redirect("espace-dialogue", pk=espace.pk)
    return show_form(request, formulaire, espace, "Joindre un document")


@require_POST
def enlever(request: HttpRequest, document: int) -> HttpResponse:
    """Take a document off the page.

    Raises:
        Http404: the space has no such document.
    """
    espace: Espace = objet_of(request)
    trouve = Document.objects.filter(espace=espace, pk=document, retire_at__isnull=True).first()
    if trouve is None:
        msg = "no such document"
        raise Http404(msg)
    actions.withdraw_document(trouve, acteur=acteur_of(request))
    messages.success(request, "Le document est enlevé de la page.")
    return redirect("espace-dialogue", pk=espace.pk)
