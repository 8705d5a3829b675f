"""How many structures give to the panel, what lacks, which editions are frozen?

The delegation opens it before freezing an edition, and to know whom to invite. Counts only: no figure of any
structure is read for this page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from maillage.kernel.francais import accorder
from maillage.web.accounts.models import Utilisateur
from maillage.web.panel.choix import NOMS_DIMENSIONS, RATIOS, REGLE, TAILLES
from maillage.web.panel.comptage import count
from maillage.web.panel.entete import describe
from maillage.web.panel.models import EditionDuPanel
from maillage.web.panel.recueil import list_annees_possibles, list_d_accord, load_recueil
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.web.panel.recueil import Recueil


def page(request: HttpRequest) -> HttpResponse:
    """Consents, what lacks, ratio by ratio how many give it, then the editions."""
    le = timezone.localdate()
    annees = list_annees_possibles()
    editions = list(EditionDuPanel.objects.published())
    auteurs = Utilisateur.objects.in_bulk({une.by_id for une in editions if une.by_id})
    contexte = describe() | {
        "annees": annees,
        "editions": [
            (une, auteurs[une.by_id].nom_complet if une.by_id in auteurs else "", _size(une))
            for une in editions
        ],
        "tailles": TAILLES,
        "seuil": REGLE.structures_min,
        "methode": REGLE.methode,
    }
    if not annees:
        toutes, d_accord = list_d_accord(le)
        contexte |= {"constat": _find(len(d_accord), len(toutes), 0)}
        return render(request, "panel/reseau.html", contexte)
    annee = _choose(request, annees)
    recueil = load_recueil(annee, le)
    donnees = sum(comptage.groupes[0] > 0 for comptage in count(recueil.contributions))
    contexte |= {
        "annee": annee,
        "constat": _find(recueil.d_accord, recueil.adherentes, donnees),
        "recueil": recueil,
        "comptage": render_counts(recueil, annee),
        "peut": donnees > 0,
    }
    return render(request, "panel/reseau.html", contexte)


def _choose(request: HttpRequest, annees: list[int]) -> int:
    """The year that the address asks for, else the last one that is over."""
    voulue = request.GET.get("annee", "")
    return int(voulue) if voulue in map(str, annees) else annees[0]


def _size(edition: EditionDuPanel) -> int:
    return len(edition.contenu["parutions"])


def _find(d_accord: int, toutes: int, ratios: int) -> str:
    if not d_accord:
        return f"Aucune des {toutes} structures adhérentes n’a donné son accord au panel."
    accord = (
        f"{accorder(d_accord, 'structure donne', 'structures donnent')} leur accord, "
        f"sur {accorder(toutes, 'adhérente', 'adhérentes')}"
        if d_accord > 1
        else f"Une structure donne son accord, sur {accorder(toutes, 'adhérente', 'adhérentes')}"
    )
    if not ratios:
        return f"{accord} ; aucun ratio n’en réunit encore {REGLE.structures_min} d’un même type."
    suite = accorder(ratios, "ratio en réunit", "ratios en réunissent")
    return f"{accord} ; {suite} {REGLE.structures_min} ou plus d’un même type."


def render_counts(recueil: Recueil, annee: int) -> SafeString:
    """Each ratio: how many give it, in how many groups they are enough."""
    colonnes = [
        Colonne("ratio", "Ratio", droite=False),
        Colonne("structures", "Le donnent", "structures"),
        *(Colonne(f"d{rang}", nom, "groupes") for rang, nom in enumerate(NOMS_DIMENSIONS[:3])),
    ]
    lignes = [
        Ligne(
            (
                texte(RATIOS[comptage.ratio]),
                texte(str(comptage.structures)),
                *(texte(str(nombre)) for nombre in comptage.groupes[:3]),
            )
        )
        for comptage in count(recueil.contributions)
    ]
    titre = f"Groupes de {REGLE.structures_min} structures ou plus, pour {annee}"
    return render_table(titre, colonnes, lignes, entier=True)
