"""Files in and out, for whoever brings ten years of notes: « what will this file write? » before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.kernel.errors import UserError
from maillage.web.dialogue.echange import depots
from maillage.web.dialogue.echange.designations import redacteur_of
from maillage.web.dialogue.echange.forms import DepotForm
from maillage.web.dialogue.echange.genres import GENRES
from maillage.web.dialogue.echange.lecture import Fichier
from maillage.web.dialogue.echange.model import OCTETS_MAX
from maillage.web.dialogue.echange.montre import show_changes, show_doubts, show_new
from maillage.web.journal.actions import record
from maillage.web.network.echange.depots import choose
from maillage.web.network.echange.plan import CREER, IGNORER, Sort
from maillage.web.network.pages.echange import read_choices, summarise
from maillage.web.network.requete import acteur_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.kernel.errors import Anomalie
    from maillage.web.dialogue.models import DepotDialogue

TITRE = "Importer et exporter"


def page(request: HttpRequest) -> HttpResponse:
    """Export, and put a file to be previewed; every fault of it at once."""
    form = DepotForm(request.POST or None, request.FILES or None)
    anomalies: tuple[Anomalie, ...] = ()
    if request.method == "POST" and form.is_valid():
        depose = form.cleaned_data["fichier"]
        # one byte too many is enough to refuse, and never more is read
        octets = depose.read(OCTETS_MAX + 1)
        fichier = Fichier(depose.name, octets, form.cleaned_data["contenu"])
        try:
            depot = depots.put_depot(fichier, by=acteur_of(request).utilisateur_id)
        except UserError as error:
            anomalies = error.anomalies
        else:
            return redirect("dialogue-depot", pk=depot.pk)
    contexte = {
        "fil": [(reverse("dialogue"), "Dialogue"), ("", TITRE)],
        "form": form,
        "anomalies": anomalies,
        "genres": GENRES,
    }
    return render(
        request, "dialogue/echange/fichiers.html", contexte, status=400 if anomalies else 200
    )


def export(request: HttpRequest, nom: str) -> HttpResponse:
    """A file of everything that the base holds, which the import accepts unchanged.

    Raises:
        Http404: no such file.
    """
    if nom not in depots.SORTIES:
        msg = "no such file"
        raise Http404(msg)
    # what is internal leaves the site with the rest: the trail says who took it
    by = acteur_of(request).utilisateur_id
    record("dialogue.exporter", by=by, details={"fichier": nom})
    answer = HttpResponse(depots.export_bytes(nom), content_type=depots.SORTIES[nom])
    answer["Content-Disposition"] = f'attachment; filename="{nom}"'
    answer["Cache-Control"] = "no-store"
    return answer


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do, and the choices that it waits for."""
    del pk  # the middleware has found it
    depot = cast("DepotDialogue", request.objet)  # type: ignore[attr-defined]  # set by the middleware
    refus: tuple[Anomalie, ...] = ()
    if request.method == "POST":
        match request.POST.get("faire"):
            case "abandonner":
                depot.delete()
                messages.success(request, "Le fichier est oublié, rien n’a été écrit.")
                return redirect("dialogue-fichiers")
            case "importer":
                by = acteur_of(request).utilisateur_id
                try:
                    fait = depots.import_depot(depot, request.POST.get("empreinte", ""), by=by)
                except UserError as error:
                    refus = error.anomalies
                else:
                    messages.success(request, f"C’est importé\u00a0: {summarise(fait)}.")
                    return redirect("dialogue-fichiers")
            case _:
                choose(depot, read_choices(request))
                return redirect("dialogue-depot", pk=depot.pk)
    return _show(request, depot, refus)


def _show(request: HttpRequest, depot: DepotDialogue, refus: tuple[Anomalie, ...]) -> HttpResponse:
    contexte = {
        "fil": [
            (reverse("dialogue"), "Dialogue"),
            (reverse("dialogue-fichiers"), TITRE),
            ("", depot.nom),
        ],
        "depot": depot,
        "refus": refus,
    }
    try:
        plan, connue = depots.plan_depot(depot)
    except UserError as error:
        contexte["anomalies"] = error.anomalies
        return render(request, "dialogue/echange/apercu.html", contexte, status=400)
    redacteur = redacteur_of(connue)
    contexte |= {
        "plan": plan,
        "constat": f"{summarise(plan) or 'Le fichier est vide'}. Rien n’est encore écrit.",
        "creees": show_new(plan, redacteur),
        "modifiees": show_changes(plan, redacteur),
        "douteuses": show_doubts(plan, redacteur, depot.choix),
        "a_ecrire": len(plan.of(Sort.CREEE)) + len(plan.of(Sort.MODIFIEE)),
        "CREER": CREER,
        "IGNORER": IGNORER,
    }
    return render(request, "dialogue/echange/apercu.html", contexte, status=400 if refus else 200)
