"""Public money by funder, and what a post and an hour cost: what is covered first, then totals that can be published.

A delegate opens it to answer an inspection or a département: « how much, from whom, and for how many posts? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.analyses.argent_public.financeurs import PUBLIC
from maillage.analyses.argent_public.phrases import list_phrases
from maillage.analyses.argent_public.rangees import list_rows
from maillage.analyses.argent_public.totaux import DECLARE, ENSEMBLE, SOURCES
from maillage.kernel.francais import accorder, format_nombre, format_valeur
from maillage.kernel.valeur import Absence
from maillage.web.pilotage.argent import LIBELLES, open_vue
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.fichiers import answer_table
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.analyses.argent_public.compte import Compte
    from maillage.analyses.argent_public.totaux import Ligne as LigneArgent
    from maillage.kernel.valeur import Valeur
    from maillage.web.pilotage.choix import Choix

COLONNES = (
    Colonne("financeur", "Financeur", droite=False),
    Colonne("annexes", "Annexes", "€ convenus"),
    Colonne("declare", "Déclaré", "€"),
    Colonne("comptes", "Comptes", "€"),
    Colonne("etp", "Par ETP", "€ déclarés"),
    Colonne("heure", "Par heure", "€ déclarés"),
)


@with_choix
def page(request: HttpRequest, _choix: Choix) -> HttpResponse:
    """Coverage, then the whole, then each kind or region.

    Raises:
        SaisieInvalide: MLG-PIL-010, there is no such year or cut here.
    """
    vue = open_vue(request)
    compte = vue.compute()
    noms = list(dict.fromkeys(ligne.colonne for ligne in compte.lignes))
    contexte = describe(request, vue.choix, ("", "Argent public")) | {
        "constat": _find(compte),
        "phrases": list_phrases(compte.couverture),
        "vue": vue,
        "axes": [(axe.value, LIBELLES[axe], axe is vue.axe) for axe in vue.axes],
        "tableaux": [_table(nom, compte) for nom in sorted(noms, key=lambda nom: nom != ENSEMBLE)],
        "raisons": sorted({ligne.raison for ligne in compte.lignes} - {""}),
        "methode": compte.regle.methode,
    }
    return render(request, "pilotage/argent.html", contexte)


@with_choix
def fichier(request: HttpRequest, _choix: Choix, extension: str) -> HttpResponse:
    """The same tables, in full.

    Raises:
        SaisieInvalide: MLG-PIL-010, there is no such year or cut here.
        Introuvable: MLG-WEB-011, no such format.
    """
    vue = open_vue(request)
    rows = [{"par": vue.axe.value, **row} for row in list_rows(vue.compute())]
    return answer_table(f"argent-public-par-{vue.axe.value}", extension, rows, vue.choix)


def _find(compte: Compte) -> str:
    """Coverage, and what a post and an hour receive, in one sentence."""
    couverture = compte.couverture
    part = couverture.sources[DECLARE]
    if not part.structures:
        return (
            f"Aucune structure ne déclare {compte.annee} de façon comparable : ce que chaque financeur paie par ETP "
            "et par heure n’est pas connu."
        )
    sur = (
        f"{accorder(part.structures, 'structure', 'structures')} sur "
        f"{format_nombre(couverture.structures)} {'dit' if part.structures == 1 else 'disent'} tout de "
        f"{compte.annee}"
    )
    tout = _whole(compte.lignes)
    if tout is None or isinstance(tout.cout_etp, Absence):
        return f"{sur} : c’est trop peu, ou trop peu partagé, pour publier un total."
    return (
        f"{sur} : l’argent public qu’elles déclarent fait {format_valeur(tout.cout_etp, '€')} par ETP et "
        f"{format_valeur(tout.cout_heure, '€', 2)} par heure."
    )


def _whole(lignes: Sequence[LigneArgent]) -> LigneArgent | None:
    return next((x for x in lignes if (x.colonne, x.financeur) == (ENSEMBLE, PUBLIC)), None)


def _table(nom: str, compte: Compte) -> SafeString:
    lignes = [_ligne(ligne) for ligne in compte.lignes if ligne.colonne == nom]
    return render_table(f"{nom}, {compte.annee}", COLONNES, lignes, entier=True)


def _ligne(ligne: LigneArgent) -> Ligne:
    return Ligne(
        (
            texte(ligne.nom),
            *(show(ligne.montants[source]) for source in SOURCES),
            show(ligne.cout_etp),
            show(ligne.cout_heure, 2),
        ),
        "total" if ligne.financeur.startswith("ensemble") else "",
    )


def show(valeur: Valeur, decimales: int = 0) -> Cellule:
    """A figure, or the word that says why there is none, in its own tone."""
    if isinstance(valeur, Absence):
        return Cellule(f'<em class="absence">{valeur.value}</em>')
    return texte(format_valeur(valeur, "", decimales))
