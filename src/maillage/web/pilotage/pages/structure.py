"""The year of one structure.

A director opens it before the *dialogue de gestion*, a delegate before calling: « where do we stand, month by
month, and what shall we say? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.analyses.pilotage.dialogue_de_gestion import prepare
from maillage.analyses.pilotage.lettres import write_late
from maillage.analyses.pilotage.rejets import explain_rejet
from maillage.indicators.pilotage.declarations import summarise_encadrement, summarise_financeurs
from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.publics import summarise_publics
from maillage.indicators.pilotage.sorties import summarise_sorties
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.synthese import summarise
from maillage.indicators.pilotage.tableaux import list_annexes, list_mois, list_retards
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import (
    accorder,
    format_date,
    format_mois,
    format_nombre,
    format_valeur,
)
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.droits.permissions import Permission
from maillage.web.network.places import name_of
from maillage.web.network.requete import acteur_of
from maillage.web.pilotage import graphique as dessin
from maillage.web.pilotage.chiffres import lien_carte, make_cles
from maillage.web.pilotage.entete import describe, with_choix
from maillage.web.pilotage.fichiers import answer_table
from maillage.web.pilotage.pages import moyens, personnes
from maillage.web.pilotage.tableaux import one
from maillage.web.territoires.charts.drawing import draw_svg
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte
from maillage.web.territoires.views.graphiques import parse_format, parse_theme

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from maillage.analyses.exports import Rangee
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.indicators.pilotage.tableaux import LigneAnnexe, LigneMois
    from maillage.web.pilotage.choix import Choix
    from maillage.web.pilotage.portee import StructureExtrait


def _structure_of(request: HttpRequest) -> StructureExtrait:
    return cast("StructureExtrait", request.objet)  # type: ignore[attr-defined]  # set by the middleware


def _narrow(request: HttpRequest, choix: Choix) -> Filtre:
    """The structure of the address alone.

    Raises:
        Introuvable: MLG-PIL-013, this extract has no such structure.
    """
    structure = _structure_of(request)
    if structure.cle not in index_structures(choix.faits).places:
        raise Introuvable(
            Anomalie(
                "MLG-PIL-013",
                f"L’extrait du {format_date(choix.faits.extrait.extraction)} n’a pas cette structure.",
                "Choisissez un autre extrait.",
                "adresse de la page",
            )
        )
    return Filtre(structures=frozenset({structure.cle}))


@with_choix
def page(request: HttpRequest, choix: Choix, cle: str) -> HttpResponse:
    """The year, the months, the annexes, and what to say.

    Raises:
        Introuvable: MLG-PIL-013, this extract has no such structure.
    """
    del cle
    structure = _structure_of(request)
    filtre = _narrow(request, choix)
    lignes = compute_annexes(choix.faits, choix.annee, choix.perimetre)
    s = summarise(lignes, filtre.select(lignes))
    mois = list_mois(choix.faits, choix.annee, filtre, choix.perimetre)
    annexes = list_annexes(choix.faits, choix.annee, filtre, choix.perimetre)
    fiche = _describe(choix, structure)
    suite = one(choix, structure.cle)
    points = prepare(choix.faits, structure.cle, choix.annee, choix.perimetre)
    contexte = describe(
        request, choix, (f"{reverse('pilotage-structures')}", "Structures"), ("", fiche["nom"])
    ) | {
        "structure": structure,
        "fiche": fiche,
        "constat": _find(s, choix),
        "cles": make_cles(s, suite),
        "fourchette": _range(s),
        "points": [(point, lien_carte(point.carte) if point.carte else "") for point in points],
        "mois": _table_months(mois, choix) if mois else "",
        "graphique": _chart(choix, structure, mois) if mois else None,
        "annexes": _table_annexes(annexes) if annexes else "",
        **_describe_people(choix, filtre, suite),
        "rejets": [(a.numero, explain_rejet(a.rejet_code)) for a in annexes if a.rejet_code],
        "en_retard": bool(s.mois_en_retard),
        "organisation": structure.organisation,
        "voit_organisation": structure.organisation is not None
        and acteur_of(request).may(Permission.STRUCTURE_SUIVRE, structure.organisation),
        "parametres": f"?{choix.base}" if choix.base else "",
    }
    return render(request, "pilotage/structure.html", contexte)


@with_choix
def graphique(request: HttpRequest, choix: Choix, cle: str) -> HttpResponse:
    """The months as a drawing.

    Raises:
        Introuvable: MLG-PIL-013, this extract has no such structure.
    """
    del cle
    mois = list_mois(choix.faits, choix.annee, _narrow(request, choix), choix.perimetre)
    theme = parse_theme(request)
    svg = draw_svg(dessin.draw_months(mois, theme, parse_format(request)), theme)
    answer = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@with_choix
def mois(request: HttpRequest, choix: Choix, cle: str, extension: str) -> HttpResponse:
    """The months as a file.

    Raises:
        Introuvable: MLG-PIL-013, this extract has no such structure; MLG-WEB-011, no such format.
    """
    lignes = list_mois(choix.faits, choix.annee, _narrow(request, choix), choix.perimetre)
    rows: list[Rangee] = [
        {
            "mois": f"{choix.annee}-{ligne.mois:02}",
            "annexes_faites": ligne.annexes_faites,
            "annexes_en_retard": ligne.annexes_en_retard,
            "annexes_a_venir": ligne.annexes_a_venir,
            "etp_agrees": ligne.conventionne_fait
            + ligne.conventionne_en_retard
            + ligne.conventionne_a_venir,
            "etp_realises": ligne.realise if ligne.annexes_faites else _unknown(ligne),
            "heures": ligne.heures if ligne.annexes_faites else _unknown(ligne),
        }
        for ligne in lignes
    ]
    return answer_table(f"mois-{cle}", extension, rows, choix)


@with_choix
def courrier(request: HttpRequest, choix: Choix, cle: str) -> HttpResponse:
    """The letter about the late months of the structure.

    Raises:
        Introuvable: MLG-PIL-013, this extract has no such structure.
    """
    filtre = _narrow(request, choix)
    retards = list_retards(choix.faits, choix.annee, filtre, choix.perimetre)
    nom = _describe(choix, _structure_of(request))["nom"]
    contexte = describe(
        request,
        choix,
        (reverse("pilotage-structures"), "Structures"),
        (f"{reverse('pilotage-structure', args=[cle])}", nom),
        ("", "Courrier"),
    ) | {
        "titre": f"Courrier à {nom}",
        "lettres": write_late(choix.faits, choix.annee, retards),
        "rien": "Aucun mois n’est en retard : il n’y a pas de courrier à écrire.",
    }
    return render(request, "pilotage/courriers.html", contexte)


def _describe(choix: Choix, structure: StructureExtrait) -> dict[str, str]:
    """Name, SIRET and places of a structure, as the extract gives them."""
    faits = choix.faits
    index = index_structures(faits)
    rang = int((index.rangs == index.places[structure.cle]).argmax())
    lus = {
        nom: str(faits.annexe(nom)[rang])
        for nom in ("denomination", "siret", "commune", "departement_structure")
    }
    return {
        "nom": lus["denomination"],
        "siret": lus["siret"],
        "commune": name_of(Niveau.COMMUNE, lus["commune"]),
        "departement": name_of(Niveau.DEPARTEMENT, lus["departement_structure"]),
        "type": structure.cle[1],
        "asp_id": str(structure.cle[0]),
    }


def _describe_people(choix: Choix, filtre: Filtre, suite: str) -> dict[str, object]:
    """People, exits, supervision and funders of the structure."""
    arguments = (choix.faits, choix.annee, filtre, choix.perimetre)
    publics, sorties = summarise_publics(*arguments), summarise_sorties(*arguments)
    encadrement, financeurs = summarise_encadrement(*arguments), summarise_financeurs(*arguments)
    return {
        "personnes": personnes.make_cles(publics, sorties, suite),
        "hors": personnes.tell_left_out(sorties),
        "inconnus": personnes.tell_unknown(publics),
        "moyens": moyens.make_cles(encadrement, financeurs, suite),
        "financeurs": moyens.table_financeurs(financeurs) if financeurs.declarent else "",
    }


def _find(s: Synthese, choix: Choix) -> str:
    """The finding: how far from what is agreed, and what is missing to know it."""
    if not s.annexes:
        if isinstance(s.conventionne_annuel, Absence) and (
            s.conventionne_annuel is Absence.PAS_ENCORE_PUBLIEE
        ):
            return (
                f"Les annexes de {choix.annee} ne sont pas encore publiées : rien n’est à lire ici."
            )
        return f"Aucune annexe en {choix.annee}."
    agrees = f"{format_valeur(s.conventionne_annuel, 'ETP', 2)} conventionnés en {choix.annee}"
    if isinstance(s.taux, Absence):
        return f"{agrees}. Taux de réalisation : {s.taux.value}."
    phrase = (
        f"{agrees} ; sur {accorder(s.mois_faits, 'mois fait', 'mois faits')}, "
        f"{format_valeur(s.taux, '%', 1)} de réalisation"
    )
    if s.mois_en_retard:
        return f"{phrase}, et {accorder(s.mois_en_retard, 'mois', 'mois')} en retard de saisie."
    return f"{phrase}, et aucun retard de saisie."


def _range(s: Synthese) -> str:
    if isinstance(s.prevision_basse, Absence) or isinstance(s.prevision_haute, Absence):
        return ""
    return (
        f"Prévision entre {format_nombre(s.prevision_basse, 2)} et "
        f"{format_nombre(s.prevision_haute, 2)} ETP, huit chances sur dix."
    )


def _chart(choix: Choix, structure: StructureExtrait, mois: list[LigneMois]) -> dict[str, object]:
    adresse = reverse("pilotage-structure-graphique", args=[structure.code])
    phrase = dessin.tell(choix.annee, mois)
    return {
        "titre": f"ETP agréés et réalisés, {choix.annee}",
        "alternative": phrase,
        "detail": phrase,
        "url": f"{adresse}?{choix.base + '&' if choix.base else ''}",
        "largeur": dessin.LARGEUR,
        "hauteur": dessin.HAUTEUR,
    }


_COLONNES_MOIS = (
    Colonne("mois", "Mois", droite=False),
    Colonne("etat", "État", droite=False),
    Colonne("agrees", "Agréés", "ETP du mois"),
    Colonne("realises", "Réalisés", "ETP du mois"),
    Colonne("ecart", "Écart", "ETP-mois"),
    Colonne("heures", "Heures", "heures"),
)


def _table_months(mois: list[LigneMois], choix: Choix) -> SafeString:
    lignes = [_month_row(m, choix.annee) for m in mois]
    return render_table(f"Mois de {choix.annee}", _COLONNES_MOIS, lignes, entier=True)


def _month_row(mois: LigneMois, annee: int) -> Ligne:
    agrees = mois.conventionne_fait + mois.conventionne_en_retard + mois.conventionne_a_venir
    if mois.annexes_faites:
        suite = [
            format_nombre(mois.realise, 2),
            format_nombre(mois.realise - mois.conventionne_fait, 2),
            format_nombre(mois.heures, 2),
        ]
    else:
        suite = [_unknown(mois)] * 3
    return Ligne(
        (
            texte(format_mois(annee, mois.mois)),
            _state(mois),
            texte(format_nombre(agrees, 2) if _has_annexe(mois) else Absence.SANS_OBJET.value),
            *map(texte, suite),
        )
    )


def _has_annexe(mois: LigneMois) -> bool:
    return bool(mois.annexes_faites or mois.annexes_en_retard or mois.annexes_a_venir)


def _unknown(mois: LigneMois) -> str:
    """Why the realised of a month is not a figure."""
    if mois.annexes_en_retard:
        return Absence.EN_RETARD.value
    return "à venir" if mois.annexes_a_venir else Absence.SANS_OBJET.value


def _state(mois: LigneMois) -> Cellule:
    if not _has_annexe(mois):
        return texte("aucune annexe")
    parts = [
        (mois.annexes_faites, "fait", ""),
        (mois.annexes_en_retard, "en retard", " etiquette-alerte"),
        (mois.annexes_a_venir, "à venir", ""),
    ]
    dits = [(n, nom, classe) for n, nom, classe in parts if n]
    seul = len(dits) == 1
    return Cellule(
        " ".join(
            f'<span class="etiquette{classe}">{nom if seul else f"{nom} : {n}"}</span>'
            for n, nom, classe in dits
        )
    )


_COLONNES_ANNEXES = (
    Colonne("annexe", "Annexe", droite=False),
    Colonne("etat", "État", droite=False),
    Colonne("periode", "Période", droite=False),
    Colonne("etp", "Postes agréés", "ETP par mois"),
    Colonne("argent", "Département", "de l’annexe (argent)", droite=False),
    Colonne("siege", "Département", "de la structure", droite=False),
    Colonne("taux", "Réalisation", "%, mois faits"),
    Colonne("ecart", "Écart", "€, mois faits"),
)


def _table_annexes(annexes: list[LigneAnnexe]) -> SafeString:
    return render_table(
        "Annexes, une à une", _COLONNES_ANNEXES, [_annexe_row(a) for a in annexes], entier=True
    )


def _annexe_row(annexe: LigneAnnexe) -> Ligne:
    marques = [
        (annexe.suspendue, "suspendue"),
        (bool(annexe.rejet_code), "rejetée"),
        (bool(annexe.avenant_en_cours), f"avenant {annexe.avenant_en_cours} en attente"),
    ]
    etat = texte(annexe.etat).html + "".join(
        f' <span class="etiquette etiquette-alerte">{texte(nom).html}</span>'
        for vrai, nom in marques
        if vrai
    )
    return Ligne(
        (
            texte(annexe.numero),
            Cellule(etat),
            texte(f"{_day(annexe.debut)} – {_day(annexe.fin)}"),
            texte(format_nombre(annexe.etp, 2)),
            texte(name_of(Niveau.DEPARTEMENT, annexe.departement_argent) or "inconnu"),
            texte(name_of(Niveau.DEPARTEMENT, annexe.departement_structure) or "inconnu"),
            texte(format_valeur(annexe.synthese.taux, "", 1)),
            texte(format_valeur(annexe.synthese.ecart_euros, "")),
        )
    )


def _day(iso: str) -> str:
    """« 01/03/2025 » of an ISO day."""
    return "/".join(reversed(iso.split("-")))
