"""Files in and out.

Whoever keeps the file of members opens it, to answer « what will this file change? » before it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.kernel.errors import UserError
from maillage.kernel.francais import accorder, join_fr
from maillage.web.journal.actions import record
from maillage.web.network.echange import depots, fiche, personnes
from maillage.web.network.echange.limites import OCTETS_MAX
from maillage.web.network.echange.plan import CREER, IGNORER, Plan, Sort
from maillage.web.network.forms_personnes import DepotForm
from maillage.web.network.models import DepotFichier
from maillage.web.network.requete import acteur_of, depot_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.kernel.errors import Anomalie
    from maillage.web.network.echange.plan import LignesTriees


def page(request: HttpRequest) -> HttpResponse:
    """Export, and put a file to be previewed; every fault of a file at once."""
    form = DepotForm(request.POST or None, request.FILES or None)
    anomalies: tuple[Anomalie, ...] = ()
    if request.method == "POST" and form.is_valid():
        fichier = form.cleaned_data["fichier"]
        # one byte too many is enough to refuse, and never more is read
        octets = fichier.read(OCTETS_MAX + 1)
        try:
            depot = depots.put_depot(
                form.cleaned_data["contenu"], fichier.name, octets, acteur_of(request)
            )
        except UserError as error:
            anomalies = error.anomalies
        else:
            return redirect("depot", pk=depot.pk)
    contexte = {
        "fil": [("/reseau/organisations/", "Organisations"), ("", "Importer et exporter")],
        "form": form,
        "anomalies": anomalies,
        "formats": [fiche.FORMAT, personnes.FORMAT],
    }
    return render(request, "network/echange.html", contexte, status=400 if anomalies else 200)


def export(request: HttpRequest, contenu: str) -> HttpResponse:
    """The file of organisations or of people, which the import accepts unchanged.

    Raises:
        Http404: no such file.
    """
    if contenu not in DepotFichier.Contenu.values:
        msg = "no such file"
        raise Http404(msg)
    # the whole file leaves the site: the trail says who took it
    record(f"{contenu}.exporter", by=acteur_of(request).utilisateur_id)
    answer = HttpResponse(depots.export_text(contenu), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{contenu}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def preview(request: HttpRequest) -> HttpResponse:
    """What the file would do, and the choices that it waits for."""
    depot = depot_of(request)
    acteur = acteur_of(request)
    refus: tuple[Anomalie, ...] = ()
    if request.method == "POST":
        match request.POST.get("faire"):
            case "abandonner":
                depot.delete()
                messages.success(request, "Le fichier est oublié, rien n’a été écrit.")
                return redirect("organisations-echange")
            case "importer":
                try:
                    fait = depots.import_depot(depot, request.POST.get("empreinte", ""), acteur)
                except UserError as error:
                    refus = error.anomalies
                else:
                    messages.success(request, f"C’est importé\u00a0: {summarise(fait)}.")
                    est_personnes = depot.contenu == DepotFichier.Contenu.PERSONNES
                    return redirect("personnes" if est_personnes else "organisations")
            case _:
                depots.choose(depot, read_choices(request))
                return redirect("depot", pk=depot.pk)
    return _show(request, depot, refus)


def read_choices(request: HttpRequest) -> dict[str, str]:
    """« choix-12 » for the line 12: create, leave aside, or the organisation to merge it into."""
    return {
        nom.removeprefix("choix-"): str(valeur)
        for nom, valeur in request.POST.items()
        if nom.startswith("choix-") and valeur
    }


def _show(request: HttpRequest, depot: DepotFichier, refus: tuple[Anomalie, ...]) -> HttpResponse:
    contexte = {
        "fil": [
            ("/reseau/organisations/", "Organisations"),
            (reverse("organisations-echange"), "Importer et exporter"),
            ("", depot.nom),
        ],
        "depot": depot,
        "refus": refus,
    }
    try:
        un_plan = depots.plan_depot(depot, acteur_of(request))
    except UserError as error:
        contexte["anomalies"] = error.anomalies
        return render(request, "network/apercu.html", contexte, status=400)
    decides = set(depot.choix)
    contexte |= {
        "plan": un_plan,
        "constat": f"{summarise(un_plan)}. Rien n’est encore écrit.",
        "absentes": join_fr(un_plan.absentes),
        "creees": un_plan.of(Sort.CREEE),
        "modifiees": un_plan.of(Sort.MODIFIEE),
        "nombre_inchangees": len(un_plan.of(Sort.INCHANGEE)),
        "a_ecrire": len(un_plan.of(Sort.CREEE)) + len(un_plan.of(Sort.MODIFIEE)),
        "douteuses": [
            (ligne, depot.choix.get(str(ligne.ligne), ""))
            for ligne in un_plan.lignes
            if ligne.propositions or str(ligne.ligne) in decides
        ],
        "est_organisations": isinstance(un_plan, Plan),
        "CREER": CREER,
        "IGNORER": IGNORER,
    }
    return render(request, "network/apercu.html", contexte, status=400 if refus else 200)


def summarise(un_plan: LignesTriees[Any]) -> str:
    """How many lines become what, in one sentence."""
    parts = []
    for sort in Sort:
        nombre = len(un_plan.of(sort))
        if nombre:
            parts.append(accorder(nombre, *_FORMES[sort]))
    return join_fr(parts)


_FORMES = {
    Sort.CREEE: ("ligne à créer", "lignes à créer"),
    Sort.MODIFIEE: ("ligne à modifier", "lignes à modifier"),
    Sort.INCHANGEE: ("ligne sans changement", "lignes sans changement"),
    Sort.DOUTEUSE: ("ligne douteuse", "lignes douteuses"),
    Sort.IGNOREE: ("ligne laissée de côté", "lignes laissées de côté"),
}
