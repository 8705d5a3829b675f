"""What changed between two extracts.

A delegate opens it when a new extract has come, to answer « what is new, what stopped, whom must I tell? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse

from maillage.analyses.pilotage.comparaison import URGENTES, Comparaison, Nature, compare
from maillage.analyses.pilotage.lettres import write_changes
from maillage.analyses.pilotage.rejets import explain_rejet
from maillage.data.extraits import list_extraits
from maillage.indicators.pilotage.lecture import load_faits
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import accorder, format_date, guillemets
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.fichiers import answer_table
from maillage.web.pilotage.tableaux import url_structure
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.analyses.exports import Rangee
    from maillage.analyses.pilotage.comparaison import Changement
    from maillage.web.pilotage.choix import Choix

_PAR_PAGE = 50
_DEUX = 2
_COLONNES = (
    Colonne("structure", "Structure", droite=False),
    Colonne("annexe", "Annexe", droite=False),
    Colonne("quoi", "Ce qui change", droite=False),
    Colonne("avant", "Avant", droite=False),
    Colonne("apres", "Après", droite=False),
)
_PAR_CODE = {nature.code: nature for nature in Nature}


@with_choix
def page(request: HttpRequest, choix: Choix) -> HttpResponse:
    """Every change, by structure; kinds of change as a filter.

    Raises:
        SaisieInvalide: MLG-PIL-015, no such kind; MLG-PIL-020, 021, these two cannot be compared.
    """
    contexte = describe(request, choix, ("", "Deux extraits"))
    extraits = list_extraits()
    if len(extraits) < _DEUX:
        return render(request, "pilotage/comparaison.html", contexte | {"seul": True})
    c = _compare(request, choix)
    nature = _parse_nature(request)
    vus = [ch for ch in c.changements if nature is None or ch.nature is nature]
    gardes = _gardes(c, nature)
    montres, pages = paginate(vus, request.GET, gardes, _PAR_PAGE)
    contexte |= {
        "constat": _find(c),
        "avant": c.avant.extrait,
        "apres": c.apres.extrait,
        "comptes": [(n, nombre, n in URGENTES) for n in Nature if (nombre := c.count(n))],
        "nature": nature,
        "base": _gardes(c, None),
        "tableau": render_table("Changements", _COLONNES, [_ligne(ch, choix) for ch in montres]),
        "pages": pages,
        "parametres": f"?{gardes}".rstrip("&?"),
    }
    return render(request, "pilotage/comparaison.html", contexte)


@with_choix
def fichier(request: HttpRequest, choix: Choix, extension: str) -> HttpResponse:
    """The same, in full.

    Raises:
        SaisieInvalide: MLG-PIL-015, no such kind; MLG-PIL-020, 021, these two cannot be compared.
        Introuvable: MLG-WEB-011, no such format.
    """
    c = _compare(request, choix)
    nature = _parse_nature(request)
    rows: list[Rangee] = [
        {
            "structure": ch.denomination,
            "asp_id": ch.cle[0],
            "type": ch.cle[1],
            "annexe": ch.numero,
            "nature": ch.nature.code,
            "changement": ch.libelle,
            "avant": ch.avant,
            "apres": ch.apres,
            "extrait_ancien": c.avant.extrait.identifiant,
            "extraction_ancienne": c.avant.extrait.extraction.isoformat(),
        }
        for ch in c.changements
        if nature is None or ch.nature is nature
    ]
    return answer_table("changements", extension, rows, choix)


@with_choix
def courriers(request: HttpRequest, choix: Choix) -> HttpResponse:
    """One letter per structure of which something changed.

    Raises:
        SaisieInvalide: MLG-PIL-020, 021, these two cannot be compared.
    """
    c = _compare(request, choix)
    contexte = describe(
        request, choix, (reverse("pilotage-comparaison"), "Deux extraits"), ("", "Courriers")
    ) | {
        "titre": "Courriers sur les changements",
        "lettres": write_changes(c),
        "rien": "Rien n’a changé entre ces deux extraits : il n’y a pas de courrier à écrire.",
    }
    return render(request, "pilotage/courriers.html", contexte)


def _compare(request: HttpRequest, choix: Choix) -> Comparaison:
    """The two extracts of the address: the newest and the one before it by default."""
    extraits = list_extraits()
    apres = request.GET.get("apres") or choix.faits.extrait.identifiant
    nouveau = load_faits(apres)
    anciens = [e for e in extraits if e.extraction < nouveau.extrait.extraction]
    avant = request.GET.get("avant") or (anciens[0].identifiant if anciens else apres)
    return compare(load_faits(avant), nouveau, choix.filtre.structures)


def _parse_nature(request: HttpRequest) -> Nature | None:
    code = request.GET.get("nature", "")
    if not code:
        return None
    if code not in _PAR_CODE:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PIL-015",
                f"{guillemets(code)} n’est pas une sorte de changement.",
                f"Valeurs possibles : {', '.join(_PAR_CODE)}.",
                "adresse de la page",
            )
        )
    return _PAR_CODE[code]


def _gardes(c: Comparaison, nature: Nature | None) -> str:
    paire = f"avant={c.avant.extrait.identifiant}&apres={c.apres.extrait.identifiant}&"
    return f"{paire}nature={nature.code}&" if nature else paire


def _find(c: Comparaison) -> str:
    avant, apres = (format_date(f.extrait.extraction) for f in (c.avant, c.apres))
    urgents = sum(c.count(nature) for nature in URGENTES)
    structures = len({ch.cle for ch in c.changements})
    if not c.changements:
        return f"Rien n’a changé entre le {avant} et le {apres}."
    return (
        f"Entre le {avant} et le {apres}, {accorder(structures, 'structure a', 'structures ont')} "
        f"changé ; {accorder(urgents, 'changement demande', 'changements demandent')} une réponse."
    )


def _ligne(ch: Changement, choix: Choix) -> Ligne:
    apres = explain_rejet(ch.rejet).quoi if ch.rejet else ch.apres
    urgent = " etiquette-alerte" if ch.nature in URGENTES else ""
    nom = lien_texte(url_structure(choix, ch.cle), ch.denomination)
    return Ligne(
        (
            Cellule(f"{nom.html}<small>{texte(ch.cle[1]).html}</small>"),
            texte(ch.numero),
            Cellule(f'<span class="etiquette{urgent}">{texte(ch.libelle).html}</span>'),
            texte(ch.avant),
            texte(apres),
        )
    )
