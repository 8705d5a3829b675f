"""One figure, opened: definition, perimeter, the annexes that make it, the files that they come from.

Whoever must quote or contest a figure opens it, to answer « where does it come from, can I find it again? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from maillage.indicators.pilotage.cartes import find_carte
from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.synthese import summarise
from maillage.indicators.pilotage.tableaux import list_annexes
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import accorder, format_nombre, format_valeur
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.network.places import name_of
from maillage.web.pilotage.chiffres import (
    AUTRES,
    is_of_annexes,
    lien_pilotage,
    lien_synthese,
    value_of,
)
from maillage.web.pilotage.choix import LIENS, LIEUX, Choix
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.tableaux import one, url_structure
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.indicators.pilotage.carte import CartePilotage
    from maillage.indicators.pilotage.tableaux import LigneAnnexe
    from maillage.web.territoires.views.adresse import Pages

_PAR_PAGE = 50
_COLONNES = (
    Colonne("annexe", "Annexe", droite=False),
    Colonne("structure", "Structure", droite=False),
    Colonne("etat", "État", droite=False),
    Colonne("periode", "Période", droite=False),
    Colonne("postes", "Postes agréés", "ETP par mois"),
    Colonne("mois", "Mois", "faits, en retard, à venir"),
    Colonne("heures", "Heures", "mois faits"),
    Colonne("diviseur", "Heures d’un temps plein", "par an"),
    Colonne("unitaire", "Montant", "€ par ETP et par an"),
    Colonne("valeur", "Ce chiffre"),
)


@with_choix
def page(request: HttpRequest, choix: Choix, code: str) -> HttpResponse:
    """The pedigree of a figure.

    Raises:
        Introuvable: MLG-PIL-001, no such figure; MLG-PIL-011, nothing of what is asked for can be read.
    """
    carte = find_carte(code)
    lignes = list_annexes(choix.faits, choix.annee, choix.filtre, choix.perimetre)
    if not lignes and "structure" in choix.criteres:
        raise Introuvable(
            Anomalie(
                "MLG-PIL-011",
                f"Aucune annexe de {choix.annee} ne répond à cette adresse, ou vous ne pouvez pas la lire.",
                "Repartez de la liste des structures.",
                "adresse de la page",
            )
        )
    if is_of_annexes(code):
        annexes = compute_annexes(choix.faits, choix.annee, choix.perimetre)
        tout = summarise(annexes, choix.filtre.select(annexes))
        valeur = value_of(code, tout)
        vues, pages = paginate(lignes, request.GET, choix.gardes, _PAR_PAGE)
        tableau = render_table(
            f"Annexes comptées, {choix.annee}",
            _COLONNES,
            [_ligne(ligne, choix, code) for ligne in vues],
        )
    else:
        valeur = AUTRES[code].summarise(choix.faits, choix.annee, choix.filtre, choix.perimetre)
        valeur = getattr(valeur, AUTRES[code].champ)
        vues, pages, tableau = _by_structure(request, choix, code)
    contexte = describe(request, choix, ("", carte.nom)) | {
        "carte": carte,
        "valeur": format_valeur(valeur, carte.unite, carte.decimales),
        "exacte": _exact(valeur, carte),
        "asp": lien_synthese("etp_realises_asp", tout, choix.gardes)
        if code == "etp_realises"
        else None,
        "par_annexe": is_of_annexes(code),
        "perimetre_choisi": list(_tell_criteria(choix)),
        "annexes": accorder(len(lignes), "annexe", "annexes"),
        "tableau": tableau,
        "pages": pages,
        "fichiers": choix.faits.extrait.fichiers,
        "parametres": f"?{choix.gardes}".rstrip("&?"),
    }
    return render(request, "pilotage/chiffre.html", contexte)


def _by_structure(
    request: HttpRequest, choix: Choix, code: str
) -> tuple[Sequence[Any], Pages, SafeString]:
    """The figure of each structure, those of which it is known first."""
    autre, carte = AUTRES[code], find_carte(code)
    lignes = autre.lister(choix.faits, choix.annee, choix.filtre, choix.perimetre)
    vues, pages = paginate(lignes, request.GET, choix.gardes, _PAR_PAGE)
    colonnes = (
        Colonne("structure", "Structure", droite=False),
        Colonne("type", "Type", droite=False),
        Colonne("valeur", carte.nom, carte.unite),
    )
    rangees = [
        Ligne(
            (
                lien_texte(url_structure(choix, ligne.cle), ligne.denomination),
                texte(ligne.cle[1]),
                Cellule(lien_pilotage(code, autre.read(ligne), one(choix, ligne.cle), unite=False)),
            )
        )
        for ligne in vues
    ]
    return vues, pages, render_table(f"Par structure, {choix.annee}", colonnes, rangees)


def _exact(valeur: float | Absence, carte: CartePilotage) -> str:
    """The figure with six decimals, when the page rounds it; empty otherwise."""
    if isinstance(valeur, Absence) or float(valeur).is_integer():
        return ""
    return f"{format_nombre(valeur, 6)} {carte.unite}"


def _tell_criteria(choix: Choix) -> Iterator[tuple[str, str]]:
    """Criteria of the address in words: what is looked at, and its value."""
    noms = {
        "departement": "Département de la structure",
        "argent": "Département de l’annexe (argent)",
    }
    for nom, valeur in choix.criteres.items():
        match nom:
            case "structure":
                yield "Structure", _structure_name(choix, valeur)
            case "q":
                yield "Nom ou SIRET", valeur
            case "type":
                yield "Type", valeur
            case "liens":
                yield "Structures", LIENS[valeur]
            case "departement" | "argent":
                yield noms[nom], name_of(Niveau.DEPARTEMENT, valeur)
            case _:
                yield LIEUX[nom].libelle.capitalize(), name_of(LIEUX[nom], valeur)


def _structure_name(choix: Choix, code: str) -> str:
    lignes = list_annexes(choix.faits, choix.annee, choix.filtre, choix.perimetre)
    return f"{lignes[0].denomination} ({lignes[0].type})" if lignes else code


def _ligne(annexe: LigneAnnexe, choix: Choix, code: str) -> Ligne:
    s = annexe.synthese
    carte = find_carte(code)
    rang = choix.faits.find_annexe(annexe.annexe_id)
    diviseur = choix.faits.annexe("heures_etp_centiemes")[rang] / 100
    unitaire = choix.faits.annexe("montant_unitaire_centimes")[rang] / 100
    return Ligne(
        (
            texte(annexe.numero),
            lien_texte(url_structure(choix, (annexe.asp_id, annexe.type)), annexe.denomination),
            texte(annexe.etat + (" (suspendue)" if annexe.suspendue else "")),
            texte(f"{annexe.debut} – {annexe.fin}"),
            texte(format_nombre(annexe.etp, 2)),
            texte(f"{s.mois_faits}, {s.mois_en_retard}, {s.mois_a_venir}"),
            texte(format_valeur(s.heures, "", 2)),
            texte(format_nombre(diviseur, 2) if diviseur else Absence.INCONNUE.value),
            texte(format_nombre(unitaire, 2) if unitaire else Absence.INCONNUE.value),
            Cellule(texte(format_valeur(value_of(code, s), carte.unite, carte.decimales)).html),
        )
    )
