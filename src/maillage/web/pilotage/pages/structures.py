"""The list of structures.

A delegate opens it, to answer « who is off target, by how much, where? »; a director who holds several
conventions finds theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from maillage.analyses.pilotage.lieux import list_places
from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.synthese import summarise
from maillage.indicators.pilotage.tableaux import list_annexes
from maillage.kernel.francais import accorder, format_valeur
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.network.models import TYPES_SIAE
from maillage.web.network.places import name_of
from maillage.web.network.requete import acteur_of
from maillage.web.pilotage import tableaux
from maillage.web.pilotage.choix import LIENS, LIEUX, offered
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.fichiers import answer_table
from maillage.web.pilotage.portee import list_reachable
from maillage.web.territoires import donnees
from maillage.web.territoires.tables import Tri, parse_tri, render_table
from maillage.web.territoires.views.adresse import paginate, tri_parametres

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.web.pilotage.choix import Choix

_PAR_PAGE = 50


@with_choix
def page(request: HttpRequest, choix: Choix) -> HttpResponse:
    """The structures that the person may see, filtered and sorted by the address."""
    tri = parse_tri(request.GET, tableaux.COLONNES, Tri("nom"))
    table = tableaux.open_table(choix)
    places = tableaux.order(table, tri.cle, descendant=tri.descendant)
    vues, pages = paginate(places, request.GET, choix.gardes + tri_parametres(tri), _PAR_PAGE)
    lignes = [tableaux.make_ligne(table.ligne(place), choix) for place in vues]
    annexes = compute_annexes(choix.faits, choix.annee, choix.perimetre)
    tout = summarise(annexes, choix.filtre.select(annexes))
    contexte = describe(request, choix, ("", "Structures")) | {
        "constat": _find(len(table), tout, choix),
        "tableau": render_table(
            f"Structures, {choix.annee}", tableaux.COLONNES, lignes, tri, choix.gardes
        ),
        "pages": pages,
        "parametres": f"?{choix.gardes}{tri_parametres(tri)}".rstrip("&?"),
        "saisies": offered(request.GET),
        "offres": _offers(request, choix),
        "is_filtre": bool(choix.criteres),
    }
    return render(request, "pilotage/structures.html", contexte)


@with_choix
def fichier(request: HttpRequest, choix: Choix, extension: str) -> HttpResponse:
    """What the list shows, in full.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    tri = parse_tri(request.GET, tableaux.COLONNES, Tri("nom"))
    table = tableaux.open_table(choix)
    places = tableaux.order(table, tri.cle, descendant=tri.descendant)
    rows = [tableaux.structure_row(table.ligne(place)) for place in places]
    return answer_table("structures", extension, rows, choix)


@with_choix
def annexes(_request: HttpRequest, choix: Choix, extension: str) -> HttpResponse:
    """The annexes of the structures that the list shows.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    lignes = list_annexes(choix.faits, choix.annee, choix.filtre, choix.perimetre)
    return answer_table("annexes", extension, list(map(tableaux.annexe_row, lignes)), choix)


def _find(nombre: int, tout: Synthese, choix: Choix) -> str:
    """The finding: how many, and how far from what was agreed."""
    qui = tableaux.tell_count(nombre)
    if not nombre:
        return f"Aucune structure n’a d’annexe en {choix.annee} parmi celles qui sont demandées."
    if isinstance(tout.taux, Absence):
        return (
            f"{qui}, {accorder(tout.annexes, 'annexe', 'annexes')}. Taux de réalisation : "
            f"{tout.taux.value}."
        )
    return (
        f"{qui} : {format_valeur(tout.taux, '%', 1)} de réalisation sur les mois faits de "
        f"{choix.annee}, un écart de {format_valeur(tout.ecart_euros, '€')}."
    )


def _offers(request: HttpRequest, choix: Choix) -> dict[str, Any]:
    """What each filter offers: only where the person has structures."""
    faits = choix.faits
    lisibles = list_reachable(acteur_of(request), faits)
    index = index_structures(faits)
    gardes = [lisibles is None or cle in lisibles for cle in index.cles]
    lieux: dict[str, dict[str, str]] = {nom: {} for nom in LIEUX}
    with donnees.VERROU:
        places = list_places(donnees.atlas(), faits)
    for garde, place in zip(gardes, places, strict=True):
        if not garde:
            continue
        for nom, niveau in LIEUX.items():
            if niveau in place:
                lieux[nom][place[niveau].code] = place[niveau].nom
    dans = [gardes[rang] for rang in index.rangs.tolist()]
    departements, argent = (
        _named(
            {code for code, garde in zip(faits.annexe(nom), dans, strict=True) if garde and code}
        )
        for nom in ("departement_structure", "departement_argent")
    )
    return {
        "types": TYPES_SIAE,
        "departements": departements,
        "argent": argent,
        "liens": LIENS.items(),
        "lieux": [
            (nom, LIEUX[nom].libelle, sorted(codes.items(), key=lambda paire: paire[1]))
            for nom, codes in lieux.items()
            if codes
        ],
    }


def _named(codes: set[str]) -> list[tuple[str, str]]:
    return sorted(((code, name_of(Niveau.DEPARTEMENT, code)) for code in codes), key=lambda p: p[1])
