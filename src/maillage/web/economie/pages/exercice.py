"""One year of accounts: what was understood, every line opened to its accounts; accept it, or forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from maillage.analyses.comptes.exercice import compute_from_mouvements
from maillage.analyses.comptes.notes import format_euros, list_notes
from maillage.kernel.valeur import Absence
from maillage.web.economie.depots import accept, forget, tell_period
from maillage.web.economie.entete import describe
from maillage.web.economie.lecture import load_plan
from maillage.web.economie.stockage import from_json
from maillage.web.network.requete import acteur_of, organisation_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from maillage.indicators.comptes.lignes import Ligne


def page(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """The year; another structure's does not exist here."""
    del pk
    organisation = organisation_of(request)
    garde = get_object_or_404(
        organisation.exercices_comptables.all(),
        pk=numero,
    )
    par = acteur_of(request).utilisateur_id
    if request.method == "POST":
        if request.POST.get("faire") == "oublier":
            forget(garde, par)
            messages.success(request, "L’exercice est oublié : rien n’en est gardé.")
            return redirect("economie", pk=organisation.pk)
        accept(garde, par)
        messages.success(request, f"L’exercice {tell_period(garde)} est accepté.")
        return redirect("economie", pk=organisation.pk)
    exercice = compute_from_mouvements(
        from_json(garde.mouvements), rattachement=load_plan(organisation)
    )
    position = exercice.cloture.position
    contexte = describe(organisation, ("", tell_period(garde).removeprefix("du ").capitalize())) | {
        "garde": garde,
        "periode": tell_period(garde),
        "soldes": [
            (solde.libelle, format_euros(solde.centimes), _open(solde.lignes))
            for solde in exercice.sig
        ],
        "bilan": [] if isinstance(position, Absence) else _open(position.lignes),
        "notes": list_notes(exercice),
    }
    return render(request, "economie/exercice.html", contexte)


def _open(lignes: Iterable[Ligne]) -> list[dict[str, Any]]:
    return [
        {
            "libelle": ligne.poste.libelle,
            "montant": format_euros(ligne.centimes),
            "comptes": [(solde.compte, format_euros(solde.centimes)) for solde in ligne.soldes],
        }
        for ligne in lignes
    ]
