"""Home of a person who has signed in, and the page of a structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from maillage.web.droits.permissions import Permission
from maillage.web.espace.attente import list_attente
from maillage.web.espace.dialogue import load_concerne
from maillage.web.espace.gestes import list_gestes
from maillage.web.espace.nouvelles import list_nouvelles
from maillage.web.espace.pilotage import load_chiffres
from maillage.web.espace.reseau import summarise
from maillage.web.espace.structure import (
    last_consentements,
    list_a_faire,
    list_montants,
    list_territoires,
)
from maillage.web.network.models import Consentement, Organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def accueil(request: HttpRequest) -> HttpResponse:
    """What waits for the person, by role: their structures, the network, the news."""
    acteur = request.acteur  # type: ignore[attr-defined]  # set by the table of access
    le = timezone.localdate()
    siennes = Organisation.objects.in_bulk({mandat.organisation_id for mandat in acteur.mandats})
    suivies = acteur.perimetre(Permission.STRUCTURE_SUIVRE).organisations
    structures = [o for o in siennes.values() if o.is_structure and o.pk in suivies]
    contexte = {
        "structures": list_a_faire(structures, acteur, le),
        "attente": list_attente(acteur, le),
        "territoires": [
            territoire
            for organisation in siennes.values()
            if not organisation.is_structure
            for territoire in list_territoires(organisation)
        ],
        "reseau": summarise(acteur, le) if acteur.may(Permission.ORGANISATIONS_LISTER) else None,
        "nouvelles": list_nouvelles(acteur, timezone.now()),
        "gestes": list_gestes(acteur),
    }
    return render(request, "espace/accueil.html", contexte)


def structure(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that a director opens on Monday; staff see the same."""
    del pk
    organisation: Organisation = request.objet  # type: ignore[attr-defined]  # set by the table of access
    le = timezone.localdate()
    conventions = list(organisation.conventions.all())
    [(_, a_faire)] = list_a_faire([organisation], request.acteur, le)  # type: ignore[attr-defined]  # set by the table of access
    consentements = last_consentements(organisation)
    contexte = {
        "structure": organisation,
        "conventions": conventions,
        "chiffres": load_chiffres(organisation),
        "tient_comptes": request.acteur.may(Permission.COMPTES_TENIR, organisation),  # type: ignore[attr-defined]  # set by the table of access
        "a_faire": a_faire,
        "nouvelles": list_nouvelles(request.acteur, timezone.now()),  # type: ignore[attr-defined]  # set by the table of access
        "modifie": request.acteur.may(Permission.ORGANISATION_MODIFIER, organisation),  # type: ignore[attr-defined]  # set by the table of access
        "territoires": list_territoires(organisation),
        "dialogue": load_concerne(organisation, request.acteur, le),  # type: ignore[attr-defined]  # set by the table of access
        "aujourdhui": le,
        "montants": list_montants(conventions, organisation.departement, le),
        "consentements": [
            (usage.label, consentements.get(usage.value)) for usage in Consentement.Usage
        ],
        "adhesion": next(iter(organisation.adhesions.all()), None),
        "cotisations": list(organisation.cotisations.all())[:3],
    }
    return render(request, "espace/structure.html", contexte)
