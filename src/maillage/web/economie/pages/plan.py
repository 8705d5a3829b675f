"""Where the structure keeps what practice divides: the aide au poste, in 73 or in 74; and its own accounts.

Whoever keeps the accounts opens it once, when the page of the accounts says that a line cannot be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from maillage.analyses.comptes.exercice import compute_from_mouvements
from maillage.analyses.comptes.lecture_rattachement import parse_rattachement
from maillage.analyses.comptes.notes import format_euros
from maillage.indicators.comptes.postes import load_postes
from maillage.kernel.errors import UserError
from maillage.web.economie.ecriture_plan import declare_aide, write_plan
from maillage.web.economie.entete import describe
from maillage.web.economie.forms import PlanForm
from maillage.web.economie.lecture import NOM_DU_PLAN, load_plan
from maillage.web.economie.models import PlanDeRattachement
from maillage.web.economie.stockage import from_json
from maillage.web.journal.actions import record
from maillage.web.network.requete import acteur_of, organisation_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from maillage.kernel.errors import Anomalie
    from maillage.web.network.models import Organisation


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The accounts that may hold the aide au poste, to tick; the whole text, for those who need more."""
    del pk
    organisation = organisation_of(request)
    plan = load_plan(organisation)
    candidats, depuis = _list_candidates(organisation)
    anomalies: tuple[Anomalie, ...] = ()
    form = PlanForm(initial={"texte": write_plan(plan) if plan else ""})
    if request.method == "POST":
        try:
            if request.POST.get("faire") == "aide" and depuis is not None:
                voulus = [c for c, _ in candidats if c in request.POST.getlist("compte")]
                texte = write_plan(declare_aide(plan, organisation.siren, depuis, voulus))
            else:
                form = PlanForm(request.POST)
                texte = form.cleaned_data["texte"] if form.is_valid() else ""
            if texte:
                _keep(organisation, texte, acteur_of(request).utilisateur_id)
                messages.success(request, "Vos choix sont gardés.")
                return redirect("economie", pk=organisation.pk)
        except UserError as error:
            anomalies = error.anomalies
    version = plan.find(depuis) if plan and depuis else None
    contexte = describe(organisation, ("", "Plan de rattachement")) | {
        "candidats": [
            (compte, format_euros(centimes), bool(version and compte in version.aide_au_poste))
            for compte, centimes in candidats
        ],
        "depuis": depuis,
        "form": form,
        "anomalies": anomalies,
        "postes": [(poste.code, poste.libelle) for poste in load_postes().values()],
        "versions": list(organisation.plans_de_rattachement.all()[:10]),
    }
    return render(request, "economie/plan.html", contexte, status=400 if anomalies else 200)


def _list_candidates(organisation: Organisation) -> tuple[list[tuple[str, int]], date | None]:
    """Accounts 73 and 74 of the last year, whatever is already declared, and the day it opens."""
    garde = organisation.exercices_comptables.first()
    if garde is None:
        return [], None
    exercice = compute_from_mouvements(from_json(garde.mouvements))
    candidats = exercice.aide_au_poste.candidats
    return [(solde.compte, solde.centimes) for solde in candidats], exercice.mouvements.premier_jour


@transaction.atomic
def _keep(organisation: Organisation, texte: str, by: int | None) -> None:
    parse_rattachement(texte, NOM_DU_PLAN)
    PlanDeRattachement.objects.create(organisation=organisation, texte=texte, by_id=by)
    record("comptes.rattacher", by=by, objet=organisation, nom=organisation.nom)
