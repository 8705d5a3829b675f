"""Late entries, and the letters that ask for them.

A delegate opens it each week, to answer « whom must I call, about which months, for how much? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse

from maillage.analyses.pilotage.lettres import write_late
from maillage.indicators.pilotage.tableaux import list_retards
from maillage.kernel.francais import accorder, format_mois, format_nombre
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.fichiers import answer_table
from maillage.web.pilotage.portee import list_organisations, write_cle
from maillage.web.pilotage.tableaux import retard_row, tell_months, url_structure
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.indicators.pilotage.tableaux import Retard
    from maillage.web.pilotage.choix import Choix

_PAR_PAGE = 50
_COLONNES = (
    Colonne("structure", "Structure", droite=False),
    Colonne("annexe", "Annexe", droite=False),
    Colonne("mois", "Mois à saisir", droite=False),
    Colonne("dernier", "Dernier mois saisi", droite=False),
    Colonne("etp", "ETP-mois", "conventionnés"),
    Colonne("euros", "Aide de ces mois", "€ au plus"),
    Colonne("courrier", "Courrier", droite=False),
)


@with_choix
def page(request: HttpRequest, choix: Choix) -> HttpResponse:
    """The late months, what weighs most first."""
    retards = list_retards(choix.faits, choix.annee, choix.filtre, choix.perimetre)
    vus, pages = paginate(retards, request.GET, choix.gardes, _PAR_PAGE)
    organisations = list_organisations({(r.asp_id, r.type) for r in vus})
    contexte = describe(request, choix, ("", "Saisies en retard")) | {
        "constat": _find(retards, choix),
        "tableau": render_table(
            f"Mois en retard, {choix.annee}",
            _COLONNES,
            [_ligne(r, choix, organisations.get((r.asp_id, r.type))) for r in vus],
        ),
        "pages": pages,
        "parametres": f"?{choix.gardes}".rstrip("&?"),
    }
    return render(request, "pilotage/retards.html", contexte)


@with_choix
def fichier(_request: HttpRequest, choix: Choix, extension: str) -> HttpResponse:
    """The same, in full.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    retards = list_retards(choix.faits, choix.annee, choix.filtre, choix.perimetre)
    return answer_table("retards", extension, [retard_row(r, choix.annee) for r in retards], choix)


@with_choix
def courriers(request: HttpRequest, choix: Choix) -> HttpResponse:
    """One letter per structure, one sheet each."""
    retards = list_retards(choix.faits, choix.annee, choix.filtre, choix.perimetre)
    contexte = describe(
        request, choix, (reverse("pilotage-retards"), "Saisies en retard"), ("", "Courriers")
    ) | {
        "titre": "Courriers de relance",
        "lettres": write_late(choix.faits, choix.annee, retards),
        "rien": "Aucun mois n’est en retard : il n’y a pas de courrier à écrire.",
    }
    return render(request, "pilotage/courriers.html", contexte)


def _find(retards: list[Retard], choix: Choix) -> str:
    if not choix.faits.has_saisies:
        return "L’extrait n’a pas les relevés mensuels : les retards de saisie sont inconnus."
    if not retards:
        return f"Aucun mois de {choix.annee} n’est en retard de saisie au jour de l’extraction."
    structures = len({(r.asp_id, r.type) for r in retards})
    euros = format_nombre(sum(r.euros for r in retards))
    sont = "est" if structures == 1 else "sont"
    return (
        f"{accorder(structures, 'structure', 'structures')} {sont} en retard de saisie : l’aide au "
        f"poste de ces mois vaut {euros} € au plus."
    )


def _ligne(retard: Retard, choix: Choix, organisation: object) -> Ligne:
    cle = (retard.asp_id, retard.type)
    nom = lien_texte(url_structure(choix, cle), retard.denomination)
    detail = (
        f"<small>{texte(retard.type).html}{'' if organisation else ', sans organisation'}</small>"
    )
    adresse = reverse("pilotage-structure-courrier", args=[write_cle(cle)])
    if choix.base:
        adresse = f"{adresse}?{choix.base}"
    dernier = format_mois(choix.annee, retard.dernier_mois) if retard.dernier_mois else "aucun"
    return Ligne(
        (
            Cellule(nom.html + detail),
            texte(retard.numero),
            texte(tell_months(choix.annee, retard.mois)),
            texte(dernier),
            texte(format_nombre(retard.etp_mois, 2)),
            texte(format_nombre(retard.euros)),
            Cellule(
                f'<a href="{texte(adresse).html}">Courrier<span class="invisible"> à '
                f"{texte(retard.denomination).html}</span></a>"
            ),
        )
    )
