"""How exits, people, supervision and funders are shown by the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maillage.cli.page_pilotage import Tableau, open_page
from maillage.indicators.pilotage.declarations import (
    FINANCEURS,
    list_encadrement,
    list_financeurs,
    summarise_encadrement,
    summarise_financeurs,
)
from maillage.indicators.pilotage.publics import PARTS, list_publics, summarise_publics
from maillage.indicators.pilotage.sorties import group_sorties, list_sorties, summarise_sorties
from maillage.kernel.francais import accorder, format_nombre, format_valeur, join_fr
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.cli.page_pilotage import Choisies
    from maillage.indicators.pilotage.declarations import Encadrement, Financeurs
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.publics import PublicsStructure
    from maillage.indicators.pilotage.sorties import Sorties, SortiesStructure
    from maillage.kernel.valeur import Valeur

_NOMS = {
    "etat": "État",
    "departement": "Département",
    "region": "Région",
    "intercommunalite": "Intercommunalité",
    "commune": "Commune",
    "fse": "Fonds social européen",
    "plie": "PLIE",
    "agefiph": "Agefiph",
    "autre": "Autre aide publique",
    "fondation": "Fondations",
}
"""Funders, by the name that a director gives them."""
_PARTS = {"femmes": "femmes", "rsa": "RSA", "qpv": "QPV", "rqth": "RQTH", "seniors": "âge"}
_EN_TETES_SORTIES = ("Sorties", "Durable", "Transition", "Positive", "Dynamique", "Annoncé")


def render_sorties(
    faits: Faits, annee: int, choisies: Choisies[SortiesStructure], width: int | None
) -> str:
    """Exits of a year: the whole, then each structure."""
    lignes, filtre, perimetre = choisies
    page = open_page(faits, f"Sorties, {annee}", width)
    tout = summarise_sorties(faits, annee, filtre, perimetre)
    page.text(
        f"Sorties comptées : {format_valeur(tout.sorties)}. "
        f"Dynamiques : {format_valeur(tout.taux_dynamique, '%', 1)}, dont "
        f"{format_valeur(tout.taux_durable, '%', 1)} en emploi durable, "
        f"{format_valeur(tout.taux_transition, '%', 1)} en emploi de transition, "
        f"{format_valeur(tout.taux_positive, '%', 1)} positives. Annoncé par les annexes : "
        f"{format_valeur(tout.prevision, '%', 1)}."
    )
    page.text(
        f"Hors compte : {format_valeur(tout.retraits, 'retraits')}, {format_valeur(tout.sous_heures)} "
        f"sous le seuil d’heures, {format_valeur(tout.sous_duree)} de 2,65 mois ou moins, "
        f"{format_valeur(tout.duree_inconnue)} de durée inconnue, {format_valeur(tout.sans_motif)} sans "
        f"motif, {format_valeur(tout.sans_categorie)} de motif inexpliqué."
    )
    if tout.manque:
        page.text(
            f"Il manque à l’extrait : {tout.manque}. Les sorties qui en dépendent sont inconnues."
        )
    if lignes:
        types = group_sorties(faits, annee, "type", filtre, perimetre)
        page.table(
            ["Type", *_EN_TETES_SORTIES],
            [[groupe.valeur, *_list_cells(groupe.sorties)] for groupe in types],
            right={1, 2, 3, 4, 5, 6},
        )
        page.blank()
        page.table(
            ["Structure", "Type", *_EN_TETES_SORTIES],
            [[ligne.denomination, ligne.cle[1], *_list_cells(ligne.sorties)] for ligne in lignes],
            right={2, 3, 4, 5, 6, 7},
        )
    return page.render()


def _list_cells(sorties: Sorties) -> list[str]:
    taux = (
        *(sorties.taux_durable, sorties.taux_transition, sorties.taux_positive),
        *(sorties.taux_dynamique, sorties.prevision),
    )
    return [format_valeur(sorties.sorties), *(format_valeur(part, "%", 1) for part in taux)]


def render_publics(
    faits: Faits, annee: int, choisies: Choisies[PublicsStructure], width: int | None
) -> str:
    """Who worked in a year: the whole, then each structure."""
    lignes, filtre, perimetre = choisies
    page = open_page(faits, f"Personnes suivies, {annee}", width)
    tout = summarise_publics(faits, annee, filtre, perimetre)
    page.text(
        f"Personnes suivies : {format_valeur(tout.suivies)}. Personnes réelles : "
        f"{format_valeur(tout.reelles)}, dont {format_valeur(tout.sans_numero)} sans numéro. À 55 ans et plus, comme les tableaux "
        f"nationaux : {format_valeur(tout.seniors_55, '%', 1)}."
    )
    inconnus = [f"{_PARTS[nom]} {format_nombre(n)}" for nom, n in tout.inconnus.items() if n]
    if inconnus:
        page.text(f"Non renseigné : {join_fr(inconnus)}.")
    if lignes:
        page.table(
            ["Structure", "Type", "Suivies", "Femmes", "RSA", "QPV", "RQTH", "50 ans et +"],
            [
                [
                    ligne.denomination,
                    ligne.cle[1],
                    format_valeur(ligne.publics.suivies),
                    *(format_valeur(getattr(ligne.publics, part), "%", 1) for part in PARTS),
                ]
                for ligne in lignes
            ],
            right={2, 3, 4, 5, 6, 7},
        )
    return page.render()


def render_encadrement(
    faits: Faits, annee: int, choisies: Choisies[Encadrement], width: int | None
) -> str:
    """Supervision declared: the whole, then each structure."""
    lignes, filtre, perimetre = choisies
    page = open_page(faits, f"Encadrement déclaré sur les annexes de {annee}", width)
    tout = summarise_encadrement(faits, annee, filtre, perimetre)
    page.text(
        f"{accorder(tout.declarent, 'structure le déclare', 'structures le déclarent')} sur "
        f"{format_nombre(tout.structures)} : "
        f"{format_valeur(tout.taux_technique, '', 1)} ETP d’encadrement technique et "
        f"{format_valeur(tout.taux_accompagnement, '', 1)} d’accompagnement pour 100 ETP en insertion."
    )
    if lignes:
        page.table(
            ["Structure", "Technique", "Accompagnement", "Insertion", "Tech. /100", "Acc. /100"],
            [
                [
                    ligne.denomination,
                    *(
                        format_valeur(valeur, "", 2)
                        for valeur in (ligne.technique, ligne.accompagnement, ligne.insertion)
                    ),
                    format_valeur(ligne.taux_technique, "", 1),
                    format_valeur(ligne.taux_accompagnement, "", 1),
                ]
                for ligne in lignes
            ],
            right={1, 2, 3, 4, 5},
        )
    return page.render()


def render_financeurs(
    faits: Faits, annee: int, choisies: Choisies[Financeurs], width: int | None
) -> str:
    """Funders declared: the whole by funder, then each structure."""
    lignes, filtre, perimetre = choisies
    page = open_page(faits, f"Financeurs déclarés sur les annexes de {annee}", width)
    tout = summarise_financeurs(faits, annee, filtre, perimetre)
    page.text(
        f"{accorder(tout.declarent, 'structure le déclare', 'structures le déclarent')} sur "
        f"{format_nombre(tout.structures)}, sur leur dernier exercice clos : "
        f"{format_valeur(tout.produits, '€')} de produits, dont "
        f"{format_valeur(tout.part_ventes, '%', 1)} de ventes et {format_valeur(tout.part_aides, '%', 1)} "
        "d’aides."
    )
    if lignes:
        page.table(
            ["Financeur", "Euros"],
            [[nom, format_valeur(tout.aides[code])] for code, nom in _NOMS.items()],
            right={1},
        )
        page.blank()
        page.table(
            ["Structure", "Clôture", "Produits €", "Ventes %", "Aides %"],
            [
                [
                    ligne.denomination,
                    f"{ligne.cloture:%d/%m/%Y}" if ligne.cloture else "inconnue",
                    format_valeur(ligne.produits),
                    format_valeur(ligne.part_ventes, "", 1),
                    format_valeur(ligne.part_aides, "", 1),
                ]
                for ligne in lignes
            ],
            right={2, 3, 4},
        )
    return page.render()


def sorties_rows(lignes: Sequence[SortiesStructure]) -> list[dict[str, Any]]:
    """One row per structure."""
    return [
        {
            "asp_id": ligne.cle[0],
            "type": ligne.cle[1],
            "denomination": ligne.denomination,
            **{nom: _cell(valeur) for nom, valeur in asdict(ligne.sorties).items()},
        }
        for ligne in lignes
    ]


def publics_rows(lignes: Sequence[PublicsStructure]) -> list[dict[str, Any]]:
    """One row per structure."""
    return [
        {
            "asp_id": ligne.cle[0],
            "type": ligne.cle[1],
            "denomination": ligne.denomination,
            "suivies": _cell(ligne.publics.suivies),
            "reelles": _cell(ligne.publics.reelles),
            "sans_numero": _cell(ligne.publics.sans_numero),
            **{f"part_{part}": _cell(getattr(ligne.publics, part)) for part in PARTS},
            "part_seniors_55": _cell(ligne.publics.seniors_55),
            **{f"inconnus_{part}": ligne.publics.inconnus.get(part, 0) for part in PARTS},
        }
        for ligne in lignes
    ]


def encadrement_rows(lignes: Sequence[Encadrement]) -> list[dict[str, Any]]:
    """One row per structure that declares."""
    return [
        {
            **_identify(ligne),
            **{
                nom: _cell(getattr(ligne, nom))
                for nom in (
                    *("technique", "accompagnement", "insertion"),
                    *("taux_technique", "taux_accompagnement"),
                )
            },
        }
        for ligne in lignes
    ]


def financeurs_rows(lignes: Sequence[Financeurs]) -> list[dict[str, Any]]:
    """One row per structure that declares."""
    return [
        {
            **_identify(ligne),
            "cloture": ligne.cloture.isoformat() if ligne.cloture else "inconnue",
            "produits": _cell(ligne.produits),
            "ventes": _cell(ligne.ventes),
            **{f"aide_{nom}": _cell(ligne.aides[nom]) for nom in FINANCEURS},
            "part_ventes": _cell(ligne.part_ventes),
            "part_aides": _cell(ligne.part_aides),
        }
        for ligne in lignes
    ]


def _identify(ligne: Encadrement | Financeurs) -> dict[str, Any]:
    asp_id, type_siae = ligne.cle or (0, "")
    return {"asp_id": asp_id, "type": type_siae, "denomination": ligne.denomination}


def _cell(valeur: Valeur) -> float | int | str:
    return valeur.value if isinstance(valeur, Absence) else valeur


TABLEAUX_PUBLICS = {
    "sorties": Tableau(list_sorties, render_sorties, sorties_rows),
    "publics": Tableau(list_publics, render_publics, publics_rows),
    "encadrement": Tableau(list_encadrement, render_encadrement, encadrement_rows),
    "financeurs": Tableau(list_financeurs, render_financeurs, financeurs_rows),
}
