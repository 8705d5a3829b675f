"""What does this edition publish? Quartiles and how many structures, nothing of any one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.shortcuts import render

from maillage.kernel.francais import accorder, format_date
from maillage.web.accounts.models import Utilisateur
from maillage.web.panel.choix import RATIOS
from maillage.web.panel.enregistrement import read_affiche
from maillage.web.panel.entete import describe
from maillage.web.panel.mots import find_decimales, format_chiffre, name_groupe
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.indicators.panel.edition import Affiche
    from maillage.web.panel.models import EditionDuPanel


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every group that is published, ratio by ratio."""
    del pk
    edition = cast("EditionDuPanel", request.objet)  # type: ignore[attr-defined]  # set by the middleware
    affiche = read_affiche(edition.contenu)
    auteur = Utilisateur.objects.filter(pk=edition.by_id).first() if edition.by_id else None
    contexte = describe(("", f"{affiche.annee}, au {format_date(affiche.au)}")) | {
        "edition": edition,
        "auteur": auteur.nom_complet if auteur else "",
        "constat": _find(affiche),
        "tableau": _table(affiche) if affiche.parutions else "",
        "vides": [RATIOS.get(ratio, ratio) for ratio in _list_empty(affiche)],
        "tailles": edition.contenu["tailles"],
        "methode": affiche.regle.methode,
    }
    return render(request, "panel/edition.html", contexte)


def _find(affiche: Affiche) -> str:
    if not affiche.parutions:
        return "Rien n’a pu paraître : chaque groupe laisserait deviner le chiffre de l’une des siennes."
    ratios = {ratio for ratio, _ in affiche.parutions}
    return (
        f"{accorder(len(ratios), 'ratio paraît', 'ratios paraissent')}, dans "
        f"{accorder(len(affiche.parutions), 'groupe', 'groupes')} en tout, pour l’année {affiche.annee}."
    )


def _list_empty(affiche: Affiche) -> list[str]:
    parus = {ratio for ratio, _ in affiche.parutions}
    return [ratio for ratio in affiche.ratios if ratio not in parus]


def _table(affiche: Affiche) -> SafeString:
    colonnes = [
        Colonne("ratio", "Ratio", droite=False),
        Colonne("groupe", "Groupe", droite=False),
        Colonne("nombre", "Effectif", "structures"),
        Colonne("q1", "Premier quartile"),
        Colonne("q2", "Médiane"),
        Colonne("q3", "Troisième quartile"),
        Colonne("au", "Paru le"),
    ]
    rangs = {ratio: rang for rang, ratio in enumerate(affiche.ratios)}
    cases = sorted(
        affiche.parutions, key=lambda case: (rangs[case[0]], len(case[1].valeurs), case[1])
    )
    lignes = []
    for ratio, groupe in cases:
        parution = affiche.parutions[ratio, groupe]
        decimales = find_decimales(parution.quartiles)
        lignes.append(
            Ligne(
                (
                    texte(RATIOS.get(ratio, ratio)),
                    texte(name_groupe(groupe)),
                    texte(str(parution.quartiles.nombre)),
                    *(texte(format_chiffre(q, decimales)) for q in parution.quartiles[:3]),
                    texte(f"{parution.au:%d/%m/%Y}"),
                )
            )
        )
    return render_table(f"Quartiles publiés, {affiche.annee}", colonnes, lignes, entier=True)
