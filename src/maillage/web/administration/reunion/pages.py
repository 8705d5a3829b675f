"""The two screens that join records: whom with whom, what would move, then the act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from maillage.kernel.errors import UserError
from maillage.web.accounts.models import Utilisateur
from maillage.web.administration.reunion import candidats, organisations, personnes
from maillage.web.network.models import Organisation

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

_REFUS = 400


@never_cache
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Join another record to the organisation that the address names.

    Raises:
        Http404: the other one does not exist.
    """
    garde: Organisation = request.objet  # type: ignore[attr-defined]  # set by AccesMiddleware
    contexte: dict[str, Any] = {
        "fil": [
            (reverse("organisations"), "Organisations"),
            (reverse("organisation", args=[pk]), garde.nom),
            ("", "Réunir"),
        ],
        "garde": garde,
        "nom": garde.nom,
        "retour": reverse("organisation", args=[pk]),
        "est_organisation": True,
        "texte": request.GET.get("q", ""),
    }
    autre = _find_other(request, Organisation)
    if autre is None:
        proches = candidats.list_organisations(garde, contexte["texte"])
        lignes = [(o.pk, o.nom, o.siren and f"SIREN {o.siren}") for o in proches]
        return render(request, "administration/reunir.html", contexte | {"candidats": lignes})
    bilan = organisations.plan(garde, autre)
    refus = bilan.obstacles
    if request.method == "POST":
        by = request.acteur.utilisateur_id  # type: ignore[attr-defined]  # set by AccesMiddleware
        try:
            organisations.merge(garde, autre, request.POST.get("empreinte", ""), by=by)
        except UserError as error:
            refus = error.anomalies
        else:
            messages.success(request, "Les deux fiches sont réunies.")
            return redirect("organisation", pk=pk)
    contexte |= {"autre": autre, "nom_autre": autre.nom, "bilan": bilan, "refus": refus}
    contexte["inverse"] = f"{reverse('organisation-reunir', args=[autre.pk])}?avec={pk}"
    return render(request, "administration/reunir.html", contexte, status=_status(request))


@never_cache
def personne(request: HttpRequest, pk: int) -> HttpResponse:
    """Join another account to the person that the address names.

    Raises:
        Http404: the other one does not exist.
    """
    garde: Utilisateur = request.objet.utilisateur  # type: ignore[attr-defined]  # set by AccesMiddleware
    acteur = request.acteur  # type: ignore[attr-defined]  # set by AccesMiddleware
    contexte: dict[str, Any] = {
        "fil": [
            (reverse("personnes"), "Personnes"),
            (reverse("personne", args=[pk]), garde.nom_complet),
            ("", "Réunir"),
        ],
        "garde": garde,
        "nom": f"{garde.nom_complet} ({garde.email})",
        "retour": reverse("personne", args=[pk]),
        "texte": request.GET.get("q", ""),
    }
    autre = _find_other(request, Utilisateur)
    if autre is None:
        proches = candidats.list_people(garde, contexte["texte"])
        lignes = [(u.pk, u.nom_complet, u.email) for u in proches]
        return render(request, "administration/reunir.html", contexte | {"candidats": lignes})
    bilan = personnes.plan(garde, autre, acteur)
    refus = bilan.obstacles
    if request.method == "POST":
        try:
            personnes.merge(garde, autre, request.POST.get("empreinte", ""), acteur)
        except UserError as error:
            refus = error.anomalies
        else:
            messages.success(request, "Les deux fiches sont réunies.")
            return redirect("personne", pk=pk)
    nom = f"{autre.nom_complet} ({autre.email})"
    contexte |= {"autre": autre, "nom_autre": nom, "bilan": bilan, "refus": refus}
    contexte["inverse"] = f"{reverse('personne-reunir', args=[autre.pk])}?avec={pk}"
    return render(request, "administration/reunir.html", contexte, status=_status(request))


def _status(request: HttpRequest) -> int:
    """A page that refuses what was sent says so."""
    return _REFUS if request.method == "POST" else 200


def _find_other(
    request: HttpRequest, modele: type[Model]
) -> Any:  # a record of that model, or None
    """The other record, named by the address or by the form.

    Raises:
        Http404: there is none of that number.
    """
    numero = request.POST.get("avec") or request.GET.get("avec") or ""
    if not numero:
        return None
    trouvee = modele._default_manager.filter(pk=numero).first() if numero.isdecimal() else None  # noqa: SLF001 — Django's public way
    if trouvee is None:
        msg = "no such record"
        raise Http404(msg)
    return trouvee
