"""The list of spaces: where we sit, where nobody sits, what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from maillage.kernel.francais import accorder
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.contexte import acteur_of, can_keep
from maillage.web.dialogue.dates import dire_date
from maillage.web.dialogue.espaces import liste
from maillage.web.dialogue.espaces.instances import load_catalogue
from maillage.web.dialogue.espaces.presence import Presence, count_presences, summarise
from maillage.web.dialogue.lieux import name_lieu, within
from maillage.web.dialogue.models import Espace, Siege
from maillage.web.network.pages.organisations import answer_file
from maillage.web.network.places import name_of
from maillage.web.territoires.tables import (
    Cellule,
    Colonne,
    Ligne,
    Tri,
    lien_texte,
    parse_tri,
    render_table,
    texte,
)
from maillage.web.territoires.views.adresse import paginate, tri_parametres

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from maillage.analyses.exports import Rangee
    from maillage.web.dialogue.querysets import EspaceQuerySet

_PAR_PAGE = 50
_COLONNES = (
    Colonne("nom", "Espace", droite=False),
    Colonne("territoire", "Territoire", droite=False),
    Colonne("etat", "État", droite=False),
    Colonne("presence", "Le réseau", droite=False),
    Colonne("prochaine", "Prochaine date", droite=False),
    Colonne("derniere", "Dernière rencontre", droite=False),
)


def page(request: HttpRequest) -> HttpResponse:
    """The list, filtered and sorted by its address."""
    le, acteur = timezone.localdate(), acteur_of(request)
    filtres = liste.parse_filtres(request.GET)
    tri = parse_tri(request.GET, _COLONNES, Tri("nom"))
    lisibles: EspaceQuerySet = Espace.objects.visible(acteur)
    found = liste.apply_filtres(lisibles, filtres, acteur, le)
    pks = liste.order(found, tri.cle, descendant=tri.descendant)
    gardes = filtres.parametres
    vus, pages = paginate(pks, request.GET, gardes + tri_parametres(tri), _PAR_PAGE)
    lignes = [_ligne(espace) for espace in liste.load_page(lisibles, list(vus), acteur, le)]
    place = filtres.place
    contexte = {
        "fil": [(reverse("dialogue"), "Dialogue"), ("", "Espaces")],
        "constat": _finding(lisibles, filtres, le),
        "place": place,
        "resultat": _result(len(pks), filtres),
        "filtres": filtres,
        "choix": _choices(lisibles),
        "tableau": render_table("Espaces de dialogue", _COLONNES, lignes, tri, gardes),
        "pages": pages,
        "parametres": f"?{gardes}{tri_parametres(tri)}".rstrip("&?"),
        "peut_tenir": can_keep(request),
    }
    return render(request, "dialogue/espaces/liste.html", contexte)


def _finding(lisibles: EspaceQuerySet, filtres: liste.Filtres, le: date) -> str:
    """Of the territoire that is named, or of everything that the person reads."""
    place = filtres.place
    if place is None:
        return summarise(count_presences(lisibles, le))
    phrase = summarise(count_presences(lisibles.filter(within(place)), le))
    return f"{place.nom}\u00a0: {phrase[0].lower()}{phrase[1:]}"


def _result(nombre: int, filtres: liste.Filtres) -> str:
    if filtres:
        return f"{accorder(nombre, 'espace répond', 'espaces répondent')} aux filtres."
    return f"{accorder(nombre, 'espace', 'espaces')}, ceux qui n’existent plus exceptés."


def _ligne(espace: Any) -> Ligne:
    nom = lien_texte(reverse("espace-dialogue", args=[espace.pk]), espace.nom)
    if espace.is_synthetic and not settings.DEMONSTRATION:
        nom = Cellule(f'{nom.html} <span class="etiquette">démonstration</span>')
    return Ligne(
        (
            nom,
            texte(name_lieu(espace.niveau, espace.territoire)),
            texte(espace.get_etat_display()),
            _presence(espace),
            texte(_prochaine(espace)),
            texte(
                dire_date(espace.derniere, espace.derniere_precision)
                if espace.derniere
                else "aucune notée"
            ),
        )
    )


def _presence(espace: Any) -> Cellule:
    presence = Presence(espace.presence)
    html = f'<span class="presence presence-{presence.value}">{escape(presence.label)}</span>'
    if espace.a_pourvoir:
        html += ' <strong class="moins">siège à pourvoir</strong>'
    return Cellule(html)


def _prochaine(espace: Any) -> str:
    if espace.prochaine is None:
        return "aucune prévue"
    return dire_date(espace.prochaine, espace.prochaine_precision)


def _choices(lisibles: EspaceQuerySet) -> dict[str, Any]:
    """What each filter offers: only the territoires where there is a space."""
    lieux = lisibles.order_by().values_list("region", "departement").distinct()
    regions = {region for region, _ in lieux} - {""}
    departements = {departement for _, departement in lieux} - {""}
    niveaux = set(lisibles.order_by().values_list("niveau", flat=True).distinct())
    return {
        "presences": Presence.choices,
        "instances": [(i.code, i.titre) for i in load_catalogue().values() if i.niveau],
        "niveaux": [(n.value, n.libelle_pluriel) for n in Niveau if n.value in niveaux],
        "etats": [*Espace.Etat.choices, (liste.TOUS, "tous, disparus compris")],
        "natures": Espace.Nature.choices,
        "regions": _named(Niveau.REGION, regions),
        "departements": _named(Niveau.DEPARTEMENT, departements),
    }


def _named(niveau: Niveau, codes: set[str]) -> list[tuple[str, str]]:
    return sorted(((code, name_of(niveau, code)) for code in codes), key=lambda paire: paire[1])


def fichier(request: HttpRequest, extension: str) -> HttpResponse:
    """What the list shows, in full, as a spreadsheet."""
    le, acteur = timezone.localdate(), acteur_of(request)
    filtres = liste.parse_filtres(request.GET)
    tri = parse_tri(request.GET, _COLONNES, Tri("nom"))
    lisibles: EspaceQuerySet = Espace.objects.visible(acteur)
    found = liste.apply_filtres(lisibles, filtres, acteur, le)
    pks = liste.order(found, tri.cle, descendant=tri.descendant)
    sieges: dict[int, list[str]] = {}
    for siege in Siege.objects.held(le).filter(espace__in=found.order_by().values("pk")):
        nom = siege.occupant or "vacant"
        sieges.setdefault(siege.espace_id, []).append(f"{nom} ({siege.nombre})")
    rows = [
        _row(espace, sieges.get(espace.pk, []))
        for espace in liste.load_page(lisibles, pks, acteur, le)
    ]
    return answer_file("espaces-de-dialogue", extension, rows)


def _row(espace: Any, sieges: list[str]) -> Rangee:
    return {
        "identifiant": str(espace.identifiant),
        "nom": espace.nom,
        "sigle": espace.sigle,
        "instance": espace.instance,
        "nature": espace.get_nature_display(),
        "niveau": espace.niveau,
        "code_territoire": espace.territoire,
        "territoire": name_lieu(espace.niveau, espace.territoire),
        "departement": espace.departement,
        "region": espace.region,
        "etat": espace.get_etat_display(),
        "demande_par": espace.demande_par,
        "demande_depuis": _iso(espace.demande_depuis),
        "existe_depuis": _iso(espace.date_debut),
        "jusqu_au": _iso(espace.date_fin),
        "base_legale": espace.base_legale,
        "le_reseau": Presence(espace.presence).label,
        "sieges": " | ".join(sieges),
        "prochaine_date": _prochaine(espace) if espace.prochaine else "",
        "derniere_rencontre": dire_date(espace.derniere, espace.derniere_precision)
        if espace.derniere
        else "",
        "visible_par": espace.get_visibilite_display(),
    }


def _iso(jour: date | None) -> str:
    return "" if jour is None else jour.isoformat()
