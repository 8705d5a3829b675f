"""The map of the network's conventions, with its table.

A delegate opens it, to answer « in which départements are we under what was agreed? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django.shortcuts import render
from django.urls import reverse

from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.synthese import Groupes, group
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import accorder, format_nombre, format_valeur, guillemets
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.network.places import name_of
from maillage.web.pilotage.chiffres import lien_synthese
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.fichiers import answer_table
from maillage.web.pilotage.tableaux import synthese_row
from maillage.web.territoires import donnees
from maillage.web.territoires.maps.classes import cut_diverging, legend
from maillage.web.territoires.maps.france import Forme, render_formes
from maillage.web.territoires.tables import (
    Cellule,
    Colonne,
    Ligne,
    Tri,
    lien_texte,
    parse_tri,
    render_table,
    sort_places,
    texte,
)
from maillage.web.territoires.views.adresse import tri_parametres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from maillage.analyses.exports import Rangee
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.web.pilotage.choix import Choix

SELON = {
    "argent": ("département de l’annexe, où l’argent est compté", "departement_argent", "argent"),
    "structure": ("département de la structure", "departement_structure", "departement"),
}
"""The two départements of a figure: words, column of the facts, filter of the list."""
_COLONNES = (
    Colonne("nom", "Département", droite=False),
    Colonne("annexes", "Annexes"),
    Colonne("etp", "ETP conventionnés", "ETP de l’année"),
    Colonne("taux", "Réalisation", "%, mois faits"),
    Colonne("ecart", "Écart", "ETP-mois, mois faits"),
    Colonne("euros", "Écart", "€, mois faits"),
    Colonne("retard", "En retard", "mois d’annexe"),
)


@with_choix
def page(request: HttpRequest, choix: Choix) -> HttpResponse:
    """The gap by département: under what was agreed, over it.

    Raises:
        SaisieInvalide: MLG-PIL-014, no such département.
    """
    selon = _parse_selon(request)
    codes, groupes = _group(choix, selon)
    syntheses = [groupes.synthese(rang) for rang in range(len(codes))]
    valeurs = [_gap(s) for s in syntheses]
    classement = cut_diverging(valeurs)
    gardes = f"{choix.gardes}selon={selon}&"
    tri = parse_tri(request.GET, _COLONNES, Tri("nom"))
    with donnees.VERROU:
        fond = donnees.fond(Niveau.DEPARTEMENT)
        frontieres = donnees.fond(Niveau.REGION)
    formes = [
        Forme(
            code,
            classement.style(valeur),
            f"{name_of(Niveau.DEPARTEMENT, code)} : {format_valeur(valeur, 'ETP-mois', 1)}",
            f"{reverse('pilotage-structures')}?{_of_departement(choix, selon, code)}",
        )
        for code, valeur in zip(codes, valeurs, strict=True)
    ]
    vides = [
        Forme(
            code, "n0", f"{name_of(Niveau.DEPARTEMENT, code)} : aucune annexe", reverse("pilotage")
        )
        for code in fond.traces
        if code not in set(codes)
    ]
    ordre = _order(codes, syntheses, tri)
    contexte = describe(request, choix, ("", "Carte")) | {
        "constat": _find(valeurs, choix),
        "svg": render_formes(
            fond, [*formes, *vides], f"Écart à la convention, {choix.annee}", frontieres
        ),
        "legende": legend(classement, valeurs, 1),
        "methode_classes": classement.methode,
        "selon": selon,
        "choix_selon": [(code, mots) for code, (mots, _, _) in SELON.items()],
        "selon_libelle": SELON[selon][0],
        "tableau": render_table(
            f"Par {SELON[selon][0].split(',')[0]}, {choix.annee}",
            _COLONNES,
            [_ligne(codes[r], syntheses[r], choix, selon) for r in ordre],
            tri,
            gardes,
            entier=True,
        ),
        "sans_code": _without_code(choix, selon),
        "parametres": f"?{gardes}{tri_parametres(tri)}".rstrip("&?"),
    }
    return render(request, "pilotage/carte.html", contexte)


@with_choix
def fichier(request: HttpRequest, choix: Choix, extension: str) -> HttpResponse:
    """The table of the map.

    Raises:
        SaisieInvalide: MLG-PIL-014, no such département.
        Introuvable: MLG-WEB-011, no such format.
    """
    selon = _parse_selon(request)
    codes, groupes = _group(choix, selon)
    rows: list[Rangee] = [
        {
            "departement": code,
            "nom": name_of(Niveau.DEPARTEMENT, code),
            "selon": selon,
            **synthese_row(groupes.synthese(rang)),
        }
        for rang, code in enumerate(codes)
    ]
    return answer_table(f"departements-{selon}", extension, rows, choix)


def _parse_selon(request: HttpRequest) -> str:
    selon = request.GET.get("selon", "argent")
    if selon not in SELON:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PIL-014",
                f"{guillemets(selon)} n’est pas une façon de compter par département.",
                "Valeurs possibles : argent ou structure.",
                "adresse de la page",
            )
        )
    return selon


def _group(choix: Choix, selon: str) -> tuple[list[str], Groupes]:
    """Départements that have an annexe, and their figures; annexes without one are left out."""
    annexes = compute_annexes(choix.faits, choix.annee, choix.perimetre)
    places = choix.filtre.select(annexes)
    lus = choix.faits.annexe(SELON[selon][1])[annexes.rangs[places]]
    connus = np.array([bool(code) for code in lus], dtype=bool)
    codes = sorted({str(code) for code in lus[connus]})
    rang = {code: r for r, code in enumerate(codes)}
    ensembles = np.array([rang[str(code)] for code in lus[connus]], dtype=np.int64)
    return codes, group(annexes, places[connus], ensembles, len(codes))


def _without_code(choix: Choix, selon: str) -> str:
    """How many annexes are in no département; empty when none."""
    annexes = compute_annexes(choix.faits, choix.annee, choix.perimetre)
    lus = choix.faits.annexe(SELON[selon][1])[annexes.rangs[choix.filtre.select(annexes)]]
    nombre = sum(not code for code in lus)
    if not nombre:
        return ""
    sont = "n’est" if nombre == 1 else "ne sont"
    return f"{accorder(nombre, 'annexe', 'annexes')} {sont} dans aucun département connu."


def _gap(synthese: Synthese) -> float | Absence:
    return synthese.ecart_mois


def _find(valeurs: Sequence[float | Absence], choix: Choix) -> str:
    connus = [v for v in valeurs if not isinstance(v, Absence)]
    if not connus:
        return f"Aucun écart n’est connu pour {choix.annee}."
    sous = sum(v < 0 for v in connus)
    return (
        f"Sur {accorder(len(connus), 'département', 'départements')}, {format_nombre(sous)} "
        f"{'est' if sous == 1 else 'sont'} sous la convention sur les mois faits de {choix.annee}."
    )


def _of_departement(choix: Choix, selon: str, code: str) -> str:
    return f"{choix.gardes}{SELON[selon][2]}={code}"


def _order(codes: Sequence[str], syntheses: Sequence[Synthese], tri: Tri) -> list[int]:
    cles: dict[str, Any] = {
        "nom": lambda r: name_of(Niveau.DEPARTEMENT, codes[r]).casefold(),
        "annexes": lambda r: syntheses[r].annexes,
        "etp": lambda r: syntheses[r].conventionne_annuel,
        "taux": lambda r: syntheses[r].taux,
        "ecart": lambda r: syntheses[r].ecart_mois,
        "euros": lambda r: syntheses[r].ecart_euros,
        "retard": lambda r: syntheses[r].mois_en_retard,
    }
    return sort_places([cles[tri.cle](r) for r in range(len(codes))], descendant=tri.descendant)


def _ligne(code: str, s: Synthese, choix: Choix, selon: str) -> Ligne:
    suite = _of_departement(choix, selon, code)
    return Ligne(
        (
            lien_texte(
                f"{reverse('pilotage-structures')}?{suite}", name_of(Niveau.DEPARTEMENT, code)
            ),
            texte(format_nombre(s.annexes)),
            *(
                Cellule(lien_synthese(carte, s, suite, unite=False))
                for carte in (
                    "etp_conventionnes_mensuels",
                    "taux_realisation",
                    "ecart_etp_mois",
                    "ecart_euros",
                    "mois_en_retard",
                )
            ),
        )
    )
