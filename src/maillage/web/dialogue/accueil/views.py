"""The home page of dialogue, and what is said about one territoire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.francais import accorder
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.accueil.contenu import load_dates
from maillage.web.dialogue.contexte import acteur_of, can_keep
from maillage.web.dialogue.espaces.changements import load_changements
from maillage.web.dialogue.espaces.changements import summarise as tell_changes
from maillage.web.dialogue.espaces.presence import (
    Presence,
    count_presences,
    summarise,
    with_presence,
)
from maillage.web.dialogue.lieux import around, within
from maillage.web.dialogue.models import Engagement, Espace, Rencontre
from maillage.web.droits.permissions import Permission
from maillage.web.territoires import donnees
from maillage.web.territoires.views.adresse import parse_niveau

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.web.dialogue.querysets import EspaceQuerySet

_ESPACES_MAX = 60
_LIGNES_MAX = 20
_RANGS = {niveau.value: rang for rang, niveau in enumerate(Niveau)}


def page(request: HttpRequest) -> HttpResponse:
    """Where we sit, what is coming, what is owed, what changed this year."""
    acteur, le = acteur_of(request), timezone.localdate()
    lisibles = Espace.objects.visible(acteur)
    comptes = count_presences(lisibles, le)
    contexte = {
        "fil": [("", "Dialogue")],
        "constat": summarise(comptes),
        "cles": _cles(comptes),
        "dates": load_dates(acteur, le),
        "aujourdhui": le,
        "changements": tell_changes(load_changements(lisibles, le.year, le)),
        "peut_tenir": can_keep(request),
        "peut_declarer": acteur.may(Permission.REPERTOIRE_TENIR),
        "peut_echanger": acteur.may(Permission.DIALOGUE_ECHANGER),
        "is_connecte": acteur.is_connecte,
    }
    return render(request, "dialogue/accueil/accueil.html", contexte)


def _cles(comptes: dict[Presence, int]) -> list[tuple[str, int, str]]:
    """Key figures: name, number, the list that proves it."""
    liste = reverse("espaces-dialogue")
    noms = {
        Presence.NOUS: "Nous y siégeons",
        Presence.SANS_NOUS: "Personne n’y siège pour nous",
        Presence.DEMANDE: "Demandés",
        Presence.INCONNU: "Sièges non renseignés",
    }
    return [
        (nom, comptes[presence], f"{liste}?presence={presence.value}")
        for presence, nom in noms.items()
    ]


def territoire(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """Spaces, meetings and promises of a territoire and of those inside it.

    Raises:
        Introuvable: no such level (MLG-WEB-002), no such territoire (MLG-TER-001).
    """
    acteur, le = acteur_of(request), timezone.localdate()
    trouve = donnees.atlas().territoire(parse_niveau(niveau), code)
    dans = within(trouve)
    lisibles = Espace.objects.visible(acteur)
    ici = with_presence(lisibles.filter(dans), le)
    rencontres = Rencontre.objects.visible(acteur).filter(dans).select_related("espace")
    engagements = Engagement.objects.visible(acteur).filter(dans)
    is_france = trouve.niveau is Niveau.FRANCE
    contexte = {
        "fil": [(reverse("dialogue"), "Dialogue"), ("", trouve.nom)],
        "territoire": trouve,
        "niveau_libelle": "Pays" if is_france else trouve.niveau.libelle,
        "constat": summarise(count_presences(lisibles.filter(dans), le)),
        # of the whole country, only what is national: the rest is in the list
        "espaces": _living(ici.filter(niveau=Niveau.FRANCE.value) if is_france else ici),
        "nombre_espaces": ici.exclude(etat=Espace.Etat.DISPARU).count(),
        "disparus": ici.filter(etat=Espace.Etat.DISPARU).count(),
        "autour": _living(with_presence(lisibles.filter(around(trouve)), le)),
        "dates": load_dates(acteur, le, dans),
        "aujourdhui": le,
        "rencontres": rencontres[:_LIGNES_MAX],
        "nombre_rencontres": accorder(rencontres.count(), "rencontre", "rencontres"),
        "engagements": engagements[:_LIGNES_MAX],
        "nombre_engagements": accorder(engagements.count(), "engagement", "engagements"),
        "filtre": f"{trouve.niveau.value}-{trouve.code}",
    }
    return render(request, "dialogue/accueil/territoire.html", contexte)


def _living(espaces: EspaceQuerySet) -> list[Espace]:
    """Those that still are, the widest territoires first."""
    vivants = espaces.exclude(etat=Espace.Etat.DISPARU)
    tries = sorted(vivants, key=lambda e: (_RANGS[e.niveau], e.nom.casefold(), e.pk))
    return tries[:_ESPACES_MAX]
