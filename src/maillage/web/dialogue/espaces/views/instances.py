"""The bodies that the texts provide for, and their installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.kernel.francais import accorder
from maillage.web.dialogue.contexte import acteur_of
from maillage.web.dialogue.espaces.installation import install_instances, plan_installation
from maillage.web.dialogue.espaces.instances import load_catalogue
from maillage.web.droits.permissions import Permission
from maillage.web.regles.droit import avertissement, texte_confiance

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.web.dialogue.espaces.instances import Instance


def page(request: HttpRequest) -> HttpResponse:
    """What the texts provide for; for who keeps dialogue, what is missing here and the button."""
    acteur = acteur_of(request)
    jusqu_ou = acteur.perimetre(Permission.DIALOGUE_TENIR)
    if request.method == "POST":
        plan = install_instances(jusqu_ou, by=acteur.utilisateur_id)
        messages.success(request, _tell_done(plan.nombre_espaces))
        return redirect("espaces-dialogue")
    instances = load_catalogue()
    contexte = {
        "fil": [
            (reverse("dialogue"), "Dialogue"),
            (reverse("espaces-dialogue"), "Espaces"),
            ("", "Instances prévues par les textes"),
        ],
        "instances": [_tell(instance) for instance in instances.values()],
        "nombre": sum(instance.niveau is not None for instance in instances.values()),
        "plan": plan_installation(jusqu_ou) if jusqu_ou else None,
        "is_regional": bool(jusqu_ou) and not jusqu_ou.tout,
    }
    return render(request, "dialogue/espaces/instances.html", contexte)


def _tell_done(nombre: int) -> str:
    if not nombre:
        return "Tout était déjà là\u00a0: rien n’a changé."
    return (
        f"{accorder(nombre, 'espace installé', 'espaces installés')}, avec ce qu’ils sont devenus."
    )


def _tell(instance: Instance) -> dict[str, Any]:
    catalogue = load_catalogue()
    return {
        "instance": instance,
        "niveau": instance.niveau.libelle_pluriel if instance.niveau else "",
        "dits": [
            (dit, texte_confiance(dit.confiance), avertissement(dit.confiance))
            for dit in instance.dits
        ],
        "suite": catalogue[instance.suite.vers] if instance.suite else None,
        "missions": [catalogue[code] for code in instance.mission_de],
    }
