"""Who works in the structures, and what they leave for.

A delegate opens it before a *dialogue de gestion* or a report, to answer « whom do we help, and with what
result, by the State's own counting rule? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from maillage.indicators.pilotage.publics import PARTS, list_publics, summarise_publics
from maillage.indicators.pilotage.sorties import list_sorties, summarise_sorties
from maillage.kernel.francais import format_nombre, format_valeur, join_fr
from maillage.kernel.valeur import Absence
from maillage.web.pilotage.chiffres import lien_pilotage, make_cle_autre
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.fichiers import answer_table
from maillage.web.pilotage.tableaux import one, url_structure
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from maillage.analyses.exports import Rangee
    from maillage.indicators.pilotage.publics import Publics, PublicsStructure
    from maillage.indicators.pilotage.sorties import Sorties, SortiesStructure
    from maillage.web.pilotage.choix import Choix

_PAR_PAGE = 50
NOMS = {
    "femmes": "femmes",
    "rsa": "RSA",
    "qpv": "quartier prioritaire",
    "rqth": "handicap (RQTH)",
    "seniors": "50 ans et plus",
}
"""Names of the shares, in a sentence."""
_COLONNES = (
    Colonne("structure", "Structure", droite=False),
    Colonne("type", "Type", droite=False),
    Colonne("suivies", "Personnes suivies", "dans l’année"),
    *(Colonne(part, NOMS[part][:1].upper() + NOMS[part][1:], "%") for part in PARTS),
    Colonne("sorties", "Sorties", "comptées"),
    Colonne("dynamiques", "Dynamiques", "%"),
)


@with_choix
def page(request: HttpRequest, choix: Choix) -> HttpResponse:
    """The network's people and exits, then each structure."""
    arguments = (choix.faits, choix.annee, choix.filtre, choix.perimetre)
    publics, sorties = summarise_publics(*arguments), summarise_sorties(*arguments)
    lignes = list(zip(list_publics(*arguments), list_sorties(*arguments), strict=True))
    vues, pages = paginate(lignes, request.GET, choix.gardes, _PAR_PAGE)
    contexte = describe(request, choix, ("", "Personnes et sorties")) | {
        "constat": _find(publics, sorties, choix),
        "cles": make_cles(publics, sorties, choix.gardes),
        "hors": tell_left_out(sorties),
        "inconnus": tell_unknown(publics),
        "tableau": render_table(
            f"Personnes et sorties par structure, {choix.annee}",
            _COLONNES,
            [_ligne(p, s, choix) for p, s in vues],
        ),
        "pages": pages,
        "parametres": f"?{choix.gardes}".rstrip("&?"),
    }
    return render(request, "pilotage/personnes.html", contexte)


@with_choix
def fichier(_request: HttpRequest, choix: Choix, extension: str) -> HttpResponse:
    """The same, in full.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    arguments = (choix.faits, choix.annee, choix.filtre, choix.perimetre)
    paires = zip(list_publics(*arguments), list_sorties(*arguments), strict=True)
    rows = [_row(p, s) for p, s in paires]
    return answer_table("personnes-et-sorties", extension, rows, choix)


def make_cles(publics: Publics, sorties: Sorties, suite: str) -> list[dict[str, object]]:
    """Key figures of people and exits."""
    return [
        make_cle_autre("personnes_suivies", publics.suivies, suite, "dans l’année"),
        make_cle_autre("part_rsa", publics.rsa, suite, "des personnes suivies"),
        make_cle_autre("part_qpv", publics.qpv, suite, "des personnes suivies"),
        make_cle_autre("sorties", sorties.sorties, suite, "règle publique"),
        make_cle_autre(
            "sorties_dynamiques",
            sorties.taux_dynamique,
            suite,
            f"des sorties comptées ; annoncé par les annexes : {format_valeur(sorties.prevision, '%', 1)}",
        ),
    ]


def tell_left_out(sorties: Sorties) -> str:
    """Exits that the rule leaves out, and why; empty when there is none or nothing is known."""
    raisons = (
        (sorties.sous_heures, "sous le seuil d’heures"),
        (sorties.sous_duree, "de 2,65 mois ou moins"),
        (sorties.retraits, "en retrait, par règle"),
        (sorties.sans_motif, "sans motif dans les relevés"),
        (sorties.duree_inconnue, "sans contrat qui dise leur durée"),
        (sorties.sans_categorie, "de motif inexpliqué"),
    )
    dites = [
        f"{format_nombre(nombre)} {raison}"
        for nombre, raison in raisons
        if not isinstance(nombre, Absence) and nombre
    ]
    manque = f"Il manque à l’extrait : {sorties.manque}." if sorties.manque else ""
    return " ".join(filter(None, (f"Hors compte : {join_fr(dites)}." if dites else "", manque)))


def tell_unknown(publics: Publics) -> str:
    """The other share of older people, and those of whom a characteristic is not written."""
    autre = ""
    if not isinstance(publics.seniors_55, Absence):
        autre = f"À 55 ans et plus, comme les tableaux nationaux : {format_valeur(publics.seniors_55, '%', 1)}. "
    dits = [f"{NOMS[nom]}, {format_nombre(n)}" for nom, n in publics.inconnus.items() if n]
    return autre + (f"Personnes pour qui ce n’est pas écrit : {' ; '.join(dits)}." if dits else "")


def _find(publics: Publics, sorties: Sorties, choix: Choix) -> str:
    if isinstance(publics.suivies, Absence):
        return "L’extrait n’a pas les relevés mensuels : ni les personnes ni les sorties ne sont connues."
    phrase = (
        f"{format_valeur(publics.suivies, 'personnes')} suivies en {choix.annee}, soit "
        f"{format_valeur(publics.reelles, 'personnes')} différentes"
    )
    if isinstance(sorties.taux_dynamique, Absence):
        return f"{phrase} ; sorties dynamiques : {sorties.taux_dynamique.value}."
    return (
        f"{phrase} ; {format_valeur(sorties.taux_dynamique, '%', 1)} de sorties dynamiques sur "
        f"{format_valeur(sorties.sorties, 'sorties')} comptées."
    )


def _ligne(publics: PublicsStructure, sorties: SortiesStructure, choix: Choix) -> Ligne:
    suite = one(choix, publics.cle)

    def cell(code: str, valeur: Any) -> Cellule:
        return Cellule(lien_pilotage(code, valeur, suite, unite=False))

    return Ligne(
        (
            lien_texte(url_structure(choix, publics.cle), publics.denomination),
            texte(publics.cle[1]),
            cell("personnes_suivies", publics.publics.suivies),
            *(cell(f"part_{part}", getattr(publics.publics, part)) for part in PARTS),
            cell("sorties", sorties.sorties.sorties),
            cell("sorties_dynamiques", sorties.sorties.taux_dynamique),
        )
    )


def _row(publics: PublicsStructure, sorties: SortiesStructure) -> Rangee:
    champs: Sequence[str] = (
        *("sorties", "durable", "transition", "positive", "autre", "taux_dynamique"),
        *("retraits", "sous_heures", "sous_duree", "duree_inconnue", "sans_motif"),
        *("sans_categorie", "prevision"),
    )
    return {
        "asp_id": publics.cle[0],
        "type": publics.cle[1],
        "structure": publics.denomination,
        "personnes_suivies": _cell(publics.publics.suivies),
        "personnes_reelles": _cell(publics.publics.reelles),
        **{f"part_{part}_pourcent": _cell(getattr(publics.publics, part)) for part in PARTS},
        **{f"sorties_{champ}": _cell(getattr(sorties.sorties, champ)) for champ in champs},
    }


def _cell(valeur: Any) -> float | int | str:
    return valeur.value if isinstance(valeur, Absence) else valeur
