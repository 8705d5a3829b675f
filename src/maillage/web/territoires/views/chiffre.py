"""The pedigree of one figure: what it is, where it comes from, how to get it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import de, guillemets
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.territoires import donnees
from maillage.web.territoires.blocks import bloc_courbes
from maillage.web.territoires.figures import (
    format_exact,
    libelle_periode,
    lien_rang_chiffre,
    lien_valeur,
    liens_reperes,
    nom_niveau,
    texte_chiffre,
    unite_affichee,
    url_territoire,
)
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte
from maillage.web.territoires.views.adresse import fil_ariane, parse_niveau

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.analyses.diagnosis.model import Chiffre, Territoire


def page(
    request: HttpRequest, niveau: str, code: str, indicateur: str, periode: str
) -> HttpResponse:
    """The pedigree page of one figure."""
    chiffre, territoire = get_figure(niveau, code, indicateur, periode)
    courbe = donnees.atlas().courbe(indicateur, territoire.niveau, territoire.code)
    *parents, (_, nom) = fil_ariane(territoire)
    contexte: dict[str, Any] = {
        "fil": [
            *parents,
            (url_territoire(territoire.niveau, territoire.code), nom),
            ("", chiffre.carte.nom),
        ],
        "chiffre": chiffre,
        "carte": chiffre.carte,
        "territoire": territoire,
        "nom_niveau": nom_niveau(territoire),
        "texte_valeur": texte_chiffre(chiffre.carte, chiffre.valeur),
        "absente": isinstance(chiffre.valeur, Absence),
        "exacte": format_exact(chiffre.valeur, unite_affichee(chiffre.carte)),
        "periode": libelle_periode(chiffre.periode),
        "rang": lien_rang_chiffre(chiffre),
        "sur": chiffre.rang.sur if chiffre.rang else 0,
        "reperes": liens_reperes(chiffre, territoire),
        "pedigree": chiffre.pedigree,
        "commande": _commande(territoire),
        "url": url_territoire(territoire.niveau, territoire.code),
        "graphiques": bloc_courbes([courbe], territoire) if courbe else [],
        "periodes": table_periodes(chiffre, territoire),
        "voir_carte": territoire.niveau not in {Niveau.FRANCE, Niveau.COMMUNE},
        "de_territoire": de(territoire.nom),
    }
    return render(request, "territoires/chiffre.html", contexte)


def get_figure(niveau: str, code: str, indicateur: str, periode: str) -> tuple[Chiffre, Territoire]:
    """Figure that an address names, and its territory.

    Raises:
        Introuvable: no such level, territory, indicator, or (MLG-WEB-009) period.
    """
    atlas = donnees.atlas()
    rang = parse_niveau(niveau)
    territoire = atlas.territoire(rang, code)
    carte = atlas.carte(indicateur)
    connues = atlas.periodes_de(indicateur, rang)
    if connues and periode not in connues:
        raise Introuvable(
            Anomalie(
                "MLG-WEB-009",
                f"{guillemets(carte.nom)} n’a pas de chiffre pour la période {guillemets(periode)}.",
                f"Périodes, de la plus ancienne à la plus récente\u00a0: de {connues[0]} à {connues[-1]}.",
                "adresse de la page",
            )
        )
    return atlas.chiffre(indicateur, rang, territoire.code, periode), territoire


def table_periodes(chiffre: Chiffre, territoire: Territoire) -> SafeString | None:
    """All the periods of the indicator, latest first, beside région and France."""
    cube, carte = donnees.atlas().cube, chiffre.carte
    lieux = [(territoire.niveau, territoire.code, territoire.nom)]
    lieux += [p for p in reversed(territoire.parents) if p[0] in {Niveau.REGION, Niveau.FRANCE}]
    series = [dict(cube.serie(carte.code, n, c)) for n, c, _ in lieux]
    utiles = [k for k, serie in enumerate(series) if serie]
    if not series[0]:
        return None
    colonnes = [
        Colonne("periode", "Période", droite=False),
        *(Colonne(f"c{k}", lieux[k][2], unite_affichee(carte)) for k in utiles),
    ]
    lignes = [
        Ligne(
            (
                texte(libelle_periode(periode)),
                *(_cellule(chiffre, lieux[k], periode, series[k]) for k in utiles),
            ),
            classe="ici" if periode == chiffre.periode else "",
        )
        for periode in reversed(series[0])
    ]
    return render_table(f"{carte.nom}\u00a0: toutes les périodes", colonnes, lignes)


def _cellule(
    chiffre: Chiffre, lieu: tuple[Niveau, str, str], periode: str, serie: dict[str, Any]
) -> Cellule:
    if periode not in serie:
        return texte("pas de chiffre")
    niveau, code, _ = lieu
    return Cellule(lien_valeur(chiffre.carte, niveau, code, periode, serie[periode]))


def _commande(territoire: Territoire) -> str:
    return f"maillage diagnostic {territoire.niveau.value} {territoire.code} --format json"
