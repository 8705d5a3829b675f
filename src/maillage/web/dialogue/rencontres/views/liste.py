"""The list of meetings: who opens it asks « when did we last see them, and who asked? »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.kernel.francais import accorder
from maillage.web.dialogue.dates import dire_date
from maillage.web.dialogue.models import Rencontre
from maillage.web.dialogue.rencontres import liste
from maillage.web.dialogue.rencontres.accords import list_awaited
from maillage.web.dialogue.rencontres.phrases import tell_asker, tell_place
from maillage.web.dialogue.rencontres.views.fiche import keep_private
from maillage.web.droits.permissions import Permission
from maillage.web.network.pages.organisations import answer_file
from maillage.web.network.requete import acteur_of
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from maillage.analyses.exports import Rangee
    from maillage.web.dialogue.rencontres.liste import Filtres
    from maillage.web.droits.acteur import Acteur

_PAR_PAGE = 50
_COLONNES = (
    Colonne("date", "Date", droite=False),
    Colonne("titre", "Objet", droite=False),
    Colonne("espace", "Espace", droite=False),
    Colonne("initiative", "À l’initiative de", droite=False),
    Colonne("territoire", "Territoire", droite=False),
    Colonne("statut", "État", droite=False),
)


def page(request: HttpRequest) -> HttpResponse:
    """The list, filtered by its address."""
    acteur = acteur_of(request)
    filtres = liste.parse_filtres(request.GET)
    pks = liste.select(acteur, filtres)
    vus, pages = paginate(pks, request.GET, filtres.parametres, _PAR_PAGE)
    espaces = liste.readable_espaces(acteur)
    lignes = [_ligne(r, espaces) for r in _load(vus, acteur)]
    contexte = {
        "fil": [("", "Rencontres")],
        "constat": liste.summarise(acteur),
        "resultat": _result(len(pks), filtres),
        "filtres": filtres,
        "choix": liste.choices(acteur),
        "tableau": render_table("Rencontres, la plus récente d’abord", _COLONNES, lignes),
        "pages": pages,
        "parametres": f"?{filtres.parametres}".rstrip("&?"),
        "attendus": list_awaited(acteur),
        "peut_tenir": acteur.may(Permission.DIALOGUE_TENIR),
    }
    return keep_private(request, render(request, "dialogue/rencontres/liste.html", contexte))


def fichier(request: HttpRequest, extension: str) -> HttpResponse:
    """What the list shows, in full, as a spreadsheet.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    acteur = acteur_of(request)
    pks = liste.select(acteur, liste.parse_filtres(request.GET))
    espaces = liste.readable_espaces(acteur)
    rows = [_row(r, espaces, acteur) for r in _load(pks, acteur)]
    return answer_file("rencontres-liste", extension, rows)


def _load(pks: Sequence[int], acteur: Acteur) -> list[Rencontre]:
    """Meetings of a page in its order: one query."""
    rangs = {pk: place for place, pk in enumerate(pks)}
    toutes = Rencontre.objects.visible(acteur)
    if len(rangs) <= _PAR_PAGE:
        toutes = toutes.filter(pk__in=list(pks))
    # more are sorted out here: a question with hundreds of numbers makes PostgreSQL guess badly
    return sorted((r for r in toutes if r.pk in rangs), key=lambda r: rangs[r.pk])


def _ligne(rencontre: Rencontre, espaces: Mapping[int, str]) -> Ligne:
    statut = texte(rencontre.get_statut_display())
    if rencontre.statut == Rencontre.Statut.ANNULEE:
        statut = Cellule(f'<strong class="moins">{statut.html}</strong>')
    return Ligne(
        (
            texte(dire_date(rencontre.date, rencontre.precision)),
            lien_texte(f"/dialogue/rencontres/{rencontre.pk}/", rencontre.titre),
            texte(espaces.get(rencontre.espace_id or 0, "aucun")),
            texte(tell_asker(rencontre)),
            texte(tell_place(rencontre)),
            statut,
        )
    )


def _row(rencontre: Rencontre, espaces: Mapping[int, str], acteur: Acteur) -> Rangee:
    jour = rencontre.date.isoformat() if rencontre.date else ""
    row: Rangee = {
        "date": jour,
        "precision": rencontre.precision,
        "objet": rencontre.titre,
        "forme": rencontre.get_forme_display(),
        "espace": espaces.get(rencontre.espace_id or 0, ""),
        "initiative": rencontre.get_initiative_display(),
        "demandee_par": rencontre.demandee_par,
        "lieu": rencontre.lieu,
        "territoire": tell_place(rencontre),
        "etat": rencontre.get_statut_display(),
        "motif_annulation": rencontre.motif_annulation,
    }
    if acteur.may(Permission.DIALOGUE_INTERNE):
        row["visible_par"] = rencontre.get_visibilite_display()
    return row


def _result(nombre: int, filtres: Filtres) -> str:
    if filtres:
        return f"{accorder(nombre, 'rencontre répond', 'rencontres répondent')} aux filtres."
    return f"{accorder(nombre, 'rencontre', 'rencontres')} en tout."
