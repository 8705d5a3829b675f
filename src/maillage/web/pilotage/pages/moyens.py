"""Supervision and funders, as structures declare them.

A delegate opens it to answer « with which means do our structures work, and who pays? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.indicators.pilotage.declarations import (
    FINANCEURS,
    list_encadrement,
    list_financeurs,
    summarise_encadrement,
    summarise_financeurs,
)
from maillage.kernel.francais import accorder, format_valeur
from maillage.kernel.valeur import Absence
from maillage.web.pilotage.chiffres import lien_pilotage, make_cle_autre
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.fichiers import answer_table
from maillage.web.pilotage.tableaux import one, url_structure
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.analyses.exports import Rangee
    from maillage.indicators.pilotage.declarations import Encadrement, Financeurs
    from maillage.kernel.valeur import Valeur
    from maillage.web.pilotage.choix import Choix

_PAR_PAGE = 50
NOMS = {
    "etat": "État",
    "departement": "Département",
    "region": "Région",
    "intercommunalite": "Intercommunalité",
    "commune": "Commune",
    "fse": "Fonds social européen (FSE)",
    "plie": "Plan local pour l’insertion et l’emploi (PLIE)",
    "agefiph": "Agefiph",
    "autre": "Autre aide publique",
    "fondation": "Fondations",
}
"""Funders on screen."""


@with_choix
def page(request: HttpRequest, choix: Choix) -> HttpResponse:
    """The network's means, then each structure."""
    arguments = (choix.faits, choix.annee, choix.filtre, choix.perimetre)
    encadrement, financeurs = summarise_encadrement(*arguments), summarise_financeurs(*arguments)
    suite = choix.gardes
    lignes = _join(list_encadrement(*arguments), list_financeurs(*arguments))
    vues, pages = paginate(lignes, request.GET, suite, _PAR_PAGE)
    contexte = describe(request, choix, ("", "Moyens")) | {
        "constat": _find(encadrement, financeurs),
        "cles": make_cles(encadrement, financeurs, suite),
        "financeurs": table_financeurs(financeurs) if financeurs.declarent else "",
        "tableau": render_table(
            "Par structure",
            _COLONNES,
            [_ligne(e, f, choix) for e, f in vues],
        ),
        "pages": pages,
        "parametres": f"?{suite}".rstrip("&?"),
    }
    return render(request, "pilotage/moyens.html", contexte)


@with_choix
def fichier(_request: HttpRequest, choix: Choix, extension: str) -> HttpResponse:
    """The same, in full.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    arguments = (choix.faits, choix.annee, choix.filtre, choix.perimetre)
    paires = _join(list_encadrement(*arguments), list_financeurs(*arguments))
    return answer_table("moyens", extension, [_row(e, f) for e, f in paires], choix)


def make_cles(
    encadrement: Encadrement, financeurs: Financeurs, suite: str
) -> list[dict[str, object]]:
    """Key figures of what is declared."""
    avant = "déclaré pour l’année précédente"
    clos = "du dernier exercice clos, déclaré"
    return [
        make_cle_autre("encadrement_technique", encadrement.taux_technique, suite, avant),
        make_cle_autre("accompagnement", encadrement.taux_accompagnement, suite, avant),
        make_cle_autre("part_ventes", financeurs.part_ventes, suite, clos),
        make_cle_autre("part_aides", financeurs.part_aides, suite, clos),
    ]


def table_financeurs(financeurs: Financeurs) -> SafeString:
    """Euros by funder, and for 100 euros of income."""
    colonnes = (
        Colonne("financeur", "Financeur", droite=False),
        Colonne("euros", "Montant", "€"),
        Colonne("part", "Part des produits", "%"),
    )
    lignes = [("Ventes et prestations", financeurs.ventes)]
    lignes += [(NOMS[nom], financeurs.aides[nom]) for nom in FINANCEURS]
    return render_table(
        "Produits d’exploitation déclarés",
        colonnes,
        [
            Ligne(
                (
                    texte(nom),
                    texte(format_valeur(valeur)),
                    texte(format_valeur(_share(valeur, financeurs.produits), "", 1)),
                )
            )
            for nom, valeur in lignes
        ],
        entier=True,
    )


def _share(valeur: Valeur, produits: Valeur) -> Valeur:
    if isinstance(valeur, Absence) or isinstance(produits, Absence):
        return Absence.INCONNUE
    return 100 * valeur / produits if produits else Absence.SANS_OBJET


def _find(encadrement: Encadrement, financeurs: Financeurs) -> str:
    if not encadrement.declarent and not financeurs.declarent:
        return "Aucune annexe de l’extrait ne déclare d’encadrement ni de produits."
    return (
        f"{format_valeur(encadrement.taux_technique, '', 1)} ETP d’encadrement technique pour 100 ETP en "
        f"insertion, et {format_valeur(financeurs.part_ventes, '%', 1)} de ventes dans les produits de "
        f"{accorder(financeurs.declarent, 'structure', 'structures')}."
    )


def _join(
    encadrements: list[Encadrement], financeurs: list[Financeurs]
) -> list[tuple[Encadrement | None, Financeurs | None]]:
    """Both declarations of each structure that makes one, by name."""
    par_cle: dict[object, tuple[Encadrement | None, Financeurs | None]] = {
        e.cle: (e, None) for e in encadrements
    }
    for f in financeurs:
        par_cle[f.cle] = (par_cle.get(f.cle, (None, None))[0], f)
    return sorted(par_cle.values(), key=lambda paire: _name(*paire))


def _name(encadrement: Encadrement | None, financeurs: Financeurs | None) -> str:
    porteur = encadrement or financeurs
    return porteur.denomination if porteur else ""


_COLONNES = (
    Colonne("structure", "Structure", droite=False),
    Colonne("technique", "Encadrement technique", "ETP pour 100 en insertion"),
    Colonne("accompagnement", "Accompagnement", "ETP pour 100 en insertion"),
    Colonne("cloture", "Exercice clos", "au", droite=False),
    Colonne("produits", "Produits", "€"),
    Colonne("ventes", "Ventes", "% des produits"),
    Colonne("aides", "Aides", "% des produits"),
)


def _ligne(e: Encadrement | None, f: Financeurs | None, choix: Choix) -> Ligne:
    cle = (e or f).cle or (0, "")  # type: ignore[union-attr]  # one of them is there
    suite = one(choix, cle)
    absente = Absence.INCONNUE

    def cell(code: str, valeur: Valeur) -> Cellule:
        return Cellule(lien_pilotage(code, valeur, suite, unite=False))

    nom = lien_texte(url_structure(choix, cle), _name(e, f))
    return Ligne(
        (
            Cellule(f"{nom.html}<small>{texte(cle[1]).html}</small>"),
            cell("encadrement_technique", e.taux_technique if e else absente),
            cell("accompagnement", e.taux_accompagnement if e else absente),
            texte(f"{f.cloture:%d/%m/%Y}" if f and f.cloture else absente.value),
            texte(format_valeur(f.produits if f else absente)),
            cell("part_ventes", f.part_ventes if f else absente),
            cell("part_aides", f.part_aides if f else absente),
        )
    )


def _row(e: Encadrement | None, f: Financeurs | None) -> Rangee:
    asp_id, type_siae = (e or f).cle or (0, "")  # type: ignore[union-attr]  # one of them is there
    lues: dict[str, Valeur] = {
        "etp_encadrement_technique": e.technique if e else Absence.INCONNUE,
        "etp_accompagnement": e.accompagnement if e else Absence.INCONNUE,
        "etp_en_insertion": e.insertion if e else Absence.INCONNUE,
        "produits_euros": f.produits if f else Absence.INCONNUE,
        "ventes_euros": f.ventes if f else Absence.INCONNUE,
        **{f"aide_{nom}_euros": f.aides[nom] if f else Absence.INCONNUE for nom in FINANCEURS},
    }
    return {
        "asp_id": asp_id,
        "type": type_siae,
        "structure": _name(e, f),
        "exercice_clos": f.cloture.isoformat() if f and f.cloture else "inconnu",
        **{nom: v.value if isinstance(v, Absence) else v for nom, v in lues.items()},
    }
