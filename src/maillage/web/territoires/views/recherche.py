"""Finds a territory, or lists those of a level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render

from maillage.analyses.diagnosis.search import chercher
from maillage.kernel.francais import accorder, format_nombre, guillemets
from maillage.kernel.niveau import Niveau
from maillage.web.territoires import donnees
from maillage.web.territoires.figures import lien_valeur, nom_niveau, url_territoire
from maillage.web.territoires.maps.france import NIVEAUX_CARTE
from maillage.web.territoires.tables import (
    Cellule,
    Cle,
    Colonne,
    Ligne,
    Tri,
    lien_texte,
    parse_tri,
    render_table,
    sort_places,
    texte,
)
from maillage.web.territoires.views.adresse import paginate, parse_niveau, tri_parametres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from maillage.analyses.diagnosis.model import Territoire
    from maillage.analyses.diagnosis.search import Proposition

_LIMITE = 30
_TEXTE_MAX = 100
_PAR_PAGE = 200
_COLONNES_CHIFFRES = ("population", "demandeurs_emploi", "structures_tous")


def niveaux(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 — Django's signature
    """The address without a level leads to the régions, with links to the other levels."""
    return HttpResponseRedirect("/territoires/region/")


def recherche(request: HttpRequest) -> HttpResponse:
    """What a text may mean, closest first."""
    cherche = " ".join(request.GET.get("q", "").split())[:_TEXTE_MAX]
    propositions = chercher(donnees.atlas(), cherche, _LIMITE) if cherche else ()
    contexte = {
        "fil": [("", "Recherche")],
        "texte_cherche": cherche,
        "constat": _constat(cherche, len(propositions)),
        "propositions": [_proposition(p) for p in propositions],
        "niveaux": list(Niveau)[1:],
    }
    return render(request, "territoires/recherche.html", contexte)


def _constat(cherche: str, nombre: int) -> str:
    if not nombre:
        return (
            f"Aucun territoire ne ressemble à {guillemets(cherche)}. Vérifiez l’orthographe, "
            "essayez le code postal, ou parcourez les listes ci-dessous."
        )
    nom = accorder(nombre, "territoire", "territoires")
    return f"{nom} pour {guillemets(cherche)}, le plus proche d’abord."


def _proposition(proposition: Proposition) -> dict[str, Any]:
    territoire = proposition.territoire
    parents = [nom for niveau, _, nom in territoire.parents if niveau is not Niveau.FRANCE]
    return {
        "url": url_territoire(territoire.niveau, territoire.code),
        "nom": territoire.nom,
        "niveau": nom_niveau(territoire),
        "contexte": ", ".join([*reversed(parents), f"code {territoire.code}"]),
        "raison": proposition.raison,
    }


def liste(request: HttpRequest, niveau: str) -> HttpResponse:
    """Every territory of a level, with what it holds."""
    rang = parse_niveau(niveau)
    if rang is Niveau.FRANCE:
        return HttpResponseRedirect("/territoires/france/FR/")
    atlas = donnees.atlas()
    codes = [code for code in _COLONNES_CHIFFRES if atlas.periodes_de(code, rang)]
    colonnes = (
        Colonne("nom", rang.libelle.capitalize(), droite=False),
        Colonne("code", "Code", droite=False),
        Colonne("situe", "Où", droite=False),
        *(Colonne(code, atlas.carte(code).nom) for code in codes),
    )
    tri = parse_tri(request.GET, colonnes, Tri("nom"))
    territoires = atlas.territoires(rang)
    cles: list[Cle] = [_cle(t, tri.cle) for t in territoires]
    ordre = sort_places(cles, descendant=tri.descendant)
    vues, pages = paginate(ordre, request.GET, tri_parametres(tri), _PAR_PAGE)
    lignes = [_ligne(territoires[place], codes) for place in vues]
    titre = rang.libelle_pluriel.capitalize()
    contexte = {
        "fil": [("", titre)],
        "titre": titre,
        "constat": f"{format_nombre(len(territoires))} territoires de ce niveau. "
        "Chaque nom ouvre son diagnostic, chaque chiffre ouvre sa source.",
        "niveau": rang,
        "niveaux": list(Niveau)[1:],
        "a_une_carte": rang in NIVEAUX_CARTE,
        "tableau": render_table(titre, colonnes, lignes, tri),
        "pages": pages,
    }
    return render(request, "territoires/liste.html", contexte)


def _cle(territoire: Territoire, colonne: str) -> Cle:
    """What a row is sorted by, read from the cube: no figure is made for the rows not shown."""
    if colonne == "nom":
        return territoire.nom.casefold()
    if colonne == "code":
        return territoire.code
    if colonne == "situe":
        return _situe(territoire).casefold()
    return donnees.atlas().cube.valeur(colonne, territoire.niveau, territoire.code)


def _ligne(territoire: Territoire, codes: Sequence[str]) -> Ligne:
    atlas = donnees.atlas()
    niveau, code = territoire.niveau, territoire.code
    return Ligne(
        (
            lien_texte(url_territoire(niveau, code), territoire.nom),
            texte(code),
            texte(_situe(territoire)),
            *(
                Cellule(
                    lien_valeur(
                        atlas.carte(indicateur),
                        niveau,
                        code,
                        atlas.periodes_de(indicateur, niveau)[-1],
                        valeur,
                    ),
                    valeur,
                )
                for indicateur in codes
                for valeur in [atlas.cube.valeur(indicateur, niveau, code)]
            ),
        )
    )


def _situe(territoire: Territoire) -> str:
    """Narrowest territory that contains it, the country excepted."""
    return next((nom for n, _, nom in territoire.parents[::-1] if n is not Niveau.FRANCE), "")
