"""Which lines of the public register are this structure.

Staff open it to tie a member to the register, and so to the figures of its territoire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.web.droits.permissions import Permission
from maillage.web.network.actions import decide_register_link
from maillage.web.network.pages.fiche import breadcrumb
from maillage.web.network.registre import DATE_REGISTRE, load_registre, propose
from maillage.web.network.requete import acteur_of, organisation_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_DECISIONS = {"oui": True, "non": False, "defaire": None}


def page(request: HttpRequest) -> HttpResponse:
    """Lines that resemble the structure, and what was decided about each."""
    organisation = organisation_of(request)
    if request.method == "POST":
        return _decide(request)
    registre = load_registre()
    decisions = {(x.siret, x.kind): x for x in organisation.liens_registre.all()}
    propositions = [p for p in propose(organisation, registre) if p.ligne.cle not in decisions]
    contexte = {
        "fil": breadcrumb(request, organisation, "Registre"),
        "organisation": organisation,
        "date_registre": DATE_REGISTRE,
        "propositions": propositions,
        "confirmees": [
            (lien, registre.par_cle.get(cle)) for cle, lien in decisions.items() if lien.is_confirme
        ],
        "ecartees": [
            (lien, registre.par_cle.get(cle))
            for cle, lien in decisions.items()
            if not lien.is_confirme
        ],
        "peut_decider": acteur_of(request).may(Permission.ORGANISATION_MODIFIER, organisation),
    }
    return render(request, "network/registre.html", contexte)


def _decide(request: HttpRequest) -> HttpResponse:
    """Keep one decision.

    Raises:
        Introuvable: MLG-ORG-007, the register has no such line, or the decision does not exist.
    """
    organisation = organisation_of(request)
    cle = (request.POST.get("siret", ""), request.POST.get("kind", ""))
    decision = request.POST.get("decision", "")
    raisons = {p.ligne.cle: p.raison for p in propose(organisation, load_registre())}
    if decision not in _DECISIONS or cle not in load_registre().par_cle:
        raise Introuvable(
            Anomalie(
                "MLG-ORG-007",
                "Cette ligne du registre ou cette décision n’existe pas.",
                "Repartez de la page du registre.",
            )
        )
    decide_register_link(
        organisation,
        cle,
        is_confirme=_DECISIONS[decision],
        raison=raisons.get(cle, "choix fait à la main"),
        by=acteur_of(request).utilisateur_id,
    )
    messages.success(request, "C’est noté.")
    return redirect("organisation-registre", pk=organisation.pk)
