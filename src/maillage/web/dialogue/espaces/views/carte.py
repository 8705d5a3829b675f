"""The map of spaces by territoire: where we sit, where nobody sits, what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import accorder, guillemets
from maillage.web.dialogue.contexte import acteur_of
from maillage.web.dialogue.espaces.carte import (
    Case,
    draw,
    legend,
    level_of,
    load_cases,
    mapped_instances,
)
from maillage.web.dialogue.espaces.instances import load_catalogue
from maillage.web.dialogue.espaces.presence import Presence
from maillage.web.dialogue.models import Espace
from maillage.web.territoires import donnees
from maillage.web.territoires.tables import (
    Cellule,
    Colonne,
    Ligne,
    Tri,
    lien_texte,
    parse_tri,
    render_table,
    sort_rows,
    texte,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.kernel.niveau import Niveau

_DEFAUT = "commission_iae"


def page(request: HttpRequest) -> HttpResponse:
    """One body on the map, and its table.

    Raises:
        Introuvable: MLG-ESP-003, no such body has a map.
    """
    connues = dict(mapped_instances())
    instance = request.GET.get("instance", _DEFAUT)
    if instance not in connues:
        raise Introuvable(
            Anomalie(
                "MLG-ESP-003",
                f"Il n’y a pas de carte de l’instance {guillemets(instance)}.",
                "Choisissez une instance dans la liste de la page.",
                "adresse de la page",
            )
        )
    with donnees.VERROU:
        return _render(request, instance, connues[instance])


def _render(request: HttpRequest, instance: str, titre: str) -> HttpResponse:
    lisibles = Espace.objects.visible(acteur_of(request))
    niveau = level_of(instance)
    cases = load_cases(lisibles, instance, timezone.localdate())
    colonnes = (
        Colonne("nom", niveau.libelle.capitalize(), droite=False),
        Colonne("presence", "Le réseau", droite=False),
        *(() if instance else (Colonne("espace", "Espaces", droite=False),)),
    )
    tri = parse_tri(request.GET, colonnes, Tri("nom"))
    lignes = sort_rows((_ligne(case, instance) for case in cases), colonnes, tri)
    contexte = {
        "fil": [
            (reverse("dialogue"), "Dialogue"),
            (reverse("espaces-dialogue"), "Espaces"),
            ("", "Carte"),
        ],
        "titre": titre,
        "constat": _finding(cases, niveau),
        "svg": draw(cases, niveau, titre),
        "legende": legend(cases),
        "instance": instance,
        "instances": mapped_instances(),
        "suite": _successor(instance),
        "tableau": render_table(titre, colonnes, lignes, tri, f"instance={instance}&"),
    }
    return render(request, "dialogue/espaces/carte.html", contexte)


def _ligne(case: Case, instance: str) -> Ligne:
    debut = (lien_texte(case.url, case.territoire.nom), texte(case.libelle))
    if instance:
        return Ligne(debut)
    liens = ", ".join(
        f'<a href="{reverse("espace-dialogue", args=[pk])}">{escape(nom)}</a>'
        for pk, nom, _ in case.espaces
    )
    cle = case.espaces[0][1].casefold() if case.espaces else ""
    return Ligne((*debut, Cellule(liens, cle) if liens else texte("aucun")))


def _finding(cases: list[Case], niveau: Niveau) -> str:
    comptes = dict.fromkeys(Presence, 0)
    for case in cases:
        if case.espaces:
            comptes[case.presence] += 1
    total = sum(comptes.values())
    if not total:
        return f"Aucun de ces espaces n’est enregistré dans les {len(cases)}\u00a0{niveau.libelle_pluriel}."
    if comptes[Presence.DISPARU] == total:
        return f"N’existe plus dans {accorder(total, niveau.libelle, niveau.libelle_pluriel)}."
    nous = accorder(comptes[Presence.NOUS], niveau.libelle, niveau.libelle_pluriel)
    phrase = f"Nous siégeons dans {nous} sur {len(cases)}"
    if comptes[Presence.SANS_NOUS]:
        phrase += f"\u202f; dans {comptes[Presence.SANS_NOUS]}, des sièges existent sans nous"
    if comptes[Presence.DEMANDE]:
        phrase += f"\u202f; {accorder(comptes[Presence.DEMANDE], 'est demandé', 'sont demandés')}"
    inconnus = len(cases) - comptes[Presence.NOUS] - comptes[Presence.SANS_NOUS]
    inconnus -= comptes[Presence.DEMANDE] + comptes[Presence.DISPARU]
    return phrase + (f"\u202f; pour {inconnus}, on ne sait pas." if inconnus else ".")


def _successor(instance: str) -> tuple[str, str] | None:
    connue = load_catalogue().get(instance)
    if connue is None or connue.suite is None:
        return None
    return connue.suite.vers, load_catalogue()[connue.suite.vers].titre
