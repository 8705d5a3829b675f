"""How the tables of the cockpit are shown: pages, rows for a spreadsheet, and where they come from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from maillage.cli.page import Page
from maillage.indicators.pilotage.cartes import CARTES
from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.synthese import summarise
from maillage.indicators.pilotage.tableaux import (
    list_annexes,
    list_mois,
    list_retards,
    list_structures,
)
from maillage.kernel.francais import (
    accorder,
    format_date,
    format_mois,
    format_nombre,
    format_valeur,
    join_fr,
)
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maillage.indicators.pilotage.filtre import Filtre
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.indicators.pilotage.tableaux import (
        LigneAnnexe,
        LigneMois,
        LigneStructure,
        Retard,
    )
    from maillage.kernel.valeur import Valeur

L = TypeVar("L")
Choisies: TypeAlias = "tuple[Sequence[L], Filtre, str]"
"""Lines of a table, and the filter and perimeter that chose them."""
_SYNTHETIQUE = "Données synthétiques : elles ne décrivent aucune structure réelle."
_SANS_SAISIES = (
    "L’extrait n’a pas les relevés mensuels (vue EtatMensuelIndiv) : réalisé, retards et écarts sont "
    "inconnus."
)


def render_annexes(
    faits: Faits, annee: int, choisies: Choisies[LigneAnnexe], width: int | None
) -> str:
    """The annexes of a year."""
    lignes, _, _ = choisies
    page = open_page(faits, f"Annexes financières, {annee}", width)
    page.text(f"{accorder(len(lignes), 'annexe', 'annexes')}.")
    if lignes:
        page.table(
            ["Structure", "Annexe", "État", "ETP", "Faits", "Retard", "À venir", "Taux", "Écart €"],
            [
                [
                    ligne.denomination,
                    ligne.numero,
                    ligne.etat + (" (suspendue)" if ligne.suspendue else ""),
                    format_nombre(ligne.etp, 2),
                    *_counts(ligne.synthese),
                    format_valeur(ligne.synthese.taux, "%", 1),
                    format_valeur(ligne.synthese.ecart_euros, "€"),
                ]
                for ligne in lignes
            ],
            right={3, 4, 5, 6, 7, 8},
        )
    return page.render()


def render_structures(
    faits: Faits,
    annee: int,
    choisies: Choisies[LigneStructure],
    width: int | None,
) -> str:
    """The structures of a year, the whole first."""
    lignes, filtre, perimetre = choisies
    page = open_page(faits, f"Structures, {annee}", width)
    annexes = compute_annexes(faits, annee, perimetre)
    _write_whole(page, summarise(annexes, filtre.select(annexes)), len(lignes))
    if lignes:
        page.blank()
        page.table(
            ["Structure", "Type", "ETP agréés", "Faits", "Retard", "À venir", "Taux", "Écart €"],
            [
                [
                    ligne.denomination,
                    ligne.type,
                    format_valeur(ligne.synthese.conventionne_annuel, "", 2),
                    *_counts(ligne.synthese),
                    format_valeur(ligne.synthese.taux, "%", 1),
                    format_valeur(ligne.synthese.ecart_euros, "€"),
                ]
                for ligne in lignes
            ],
            right={2, 3, 4, 5, 6, 7},
        )
    return page.render()


def render_mois(faits: Faits, annee: int, choisies: Choisies[LigneMois], width: int | None) -> str:
    """The months of a year."""
    lignes, _, _ = choisies
    page = open_page(faits, f"Mois de {annee}", width)
    if lignes:
        page.table(
            ["Mois", "Faites", "Retard", "À venir", "ETP agréés (faits)", "ETP réalisés", "Heures"],
            [
                [
                    format_mois(annee, ligne.mois),
                    str(ligne.annexes_faites),
                    str(ligne.annexes_en_retard),
                    str(ligne.annexes_a_venir),
                    format_nombre(ligne.conventionne_fait, 2),
                    format_nombre(ligne.realise, 2) if ligne.annexes_faites else "à venir",
                    format_nombre(ligne.heures) if ligne.annexes_faites else "à venir",
                ]
                for ligne in lignes
            ],
            right={1, 2, 3, 4, 5, 6},
        )
    return page.render()


def render_retards(faits: Faits, annee: int, choisies: Choisies[Retard], width: int | None) -> str:
    """The late months of a year."""
    lignes, _, _ = choisies
    page = open_page(faits, f"Saisies en retard, {annee}", width)
    if faits.has_saisies and not lignes:
        page.text("Aucun mois n’est en retard au jour de l’extraction.")
    elif lignes:
        euros = format_nombre(sum(ligne.euros for ligne in lignes))
        page.text(
            f"{accorder(len(lignes), 'annexe', 'annexes')} en retard ; l’aide au poste de ces mois vaut "
            f"{euros} € au plus."
        )
        page.table(
            ["Structure", "Annexe", "Mois en retard", "Dernier saisi", "ETP-mois", "Euros"],
            [
                [
                    ligne.denomination,
                    ligne.numero,
                    join_fr(format_mois(annee, mois) for mois in ligne.mois),
                    format_mois(annee, ligne.dernier_mois) if ligne.dernier_mois else "aucun",
                    format_nombre(ligne.etp_mois, 2),
                    format_nombre(ligne.euros),
                ]
                for ligne in lignes
            ],
            right={4, 5},
        )
    return page.render()


def render_agregats(
    faits: Faits, annee: int, lignes: Sequence[dict[str, Any]], width: int | None
) -> str:
    """Sums of a year by what was asked."""
    page = open_page(faits, f"Sommes de {annee}", width)
    if not lignes:
        page.text("Aucune annexe ne touche cette année, ou l’extrait n’a pas les relevés mensuels.")
        return page.render()
    noms = list(lignes[0])
    page.table(
        noms,
        [[_show(nom, ligne[nom]) for nom in noms] for ligne in lignes],
        right={rang for rang, nom in enumerate(noms) if not isinstance(lignes[0][nom], str)},
    )
    return page.render()


def _show(nom: str, valeur: Any) -> str:
    if valeur is None:
        return Absence.INCONNUE.value
    if nom in {"asp_id", "mois"} or isinstance(valeur, str):
        return str(valeur)
    return format_nombre(valeur, 2 if isinstance(valeur, float) else 0)


def render_definitions(width: int | None) -> str:
    """The cards, one after the other."""
    page = Page(width)
    page.title("Les chiffres du pilotage")
    for carte in CARTES:
        page.heading(f"{carte.nom} ({carte.unite})")
        page.text(carte.definition)
        page.text(f"Calcul : {carte.methode}", "  • ")
        if carte.autre:
            page.text(f"Autre définition : {carte.autre}", "  • ")
        for limite in carte.limites:
            page.text(limite, "  • ")
    return page.render()


def definition_rows() -> list[dict[str, Any]]:
    """One row per card."""
    return [{**asdict(carte), "limites": " ".join(carte.limites)} for carte in CARTES]


def synthese_rows(lignes: Sequence[LigneAnnexe | LigneStructure]) -> list[dict[str, Any]]:
    """One row per annexe, or per structure and kind; an absent figure is written in words."""
    return [_flatten(ligne) for ligne in lignes]


def mois_rows(lignes: Sequence[LigneMois]) -> list[dict[str, Any]]:
    """One row per month."""
    return [asdict(ligne) for ligne in lignes]


def retard_rows(lignes: Sequence[Retard]) -> list[dict[str, Any]]:
    """One row per annexe with late months."""
    return [{**asdict(ligne), "mois": " ".join(map(str, ligne.mois))} for ligne in lignes]


def describe_source(faits: Faits, annee: int) -> dict[str, Any]:
    """Extract, year and files: what is needed to compute the same again."""
    extrait = faits.extrait
    return {
        "annee": annee,
        "extrait": extrait.identifiant,
        "extraction": extrait.extraction.isoformat(),
        "synthetique": extrait.is_synthetic,
        "fichiers": [
            {"fichier": f.fichier, "sha256": f.sha256, "lignes": f.lignes} for f in extrait.fichiers
        ],
    }


def open_page(faits: Faits, titre: str, width: int | None) -> Page:
    """A page that says first which extract it is about, and what that extract lacks."""
    page = Page(width)
    page.title(titre)
    extrait = faits.extrait
    page.text(f"Extrait {extrait.identifiant}, du {format_date(extrait.extraction)}.")
    if extrait.is_synthetic:
        page.text(_SYNTHETIQUE)
    if not faits.has_saisies:
        page.text(_SANS_SAISIES)
    return page


def _write_whole(page: Page, whole: Synthese, structures: int) -> None:
    page.text(
        f"{accorder(structures, 'structure', 'structures')}, "
        f"{accorder(whole.annexes, 'annexe', 'annexes')} : "
        f"{format_valeur(whole.conventionne_annuel, 'ETP', 2)} conventionnés sur l’année."
    )
    if whole.conventionne_mois_faits is Absence.INCONNUE:
        return
    page.text(
        f"Sur les mois faits : taux {format_valeur(whole.taux, '%', 1)}, écart "
        f"{format_valeur(whole.ecart_mois, 'ETP-mois', 2)}, soit "
        f"{format_valeur(whole.ecart_euros, '€')}. "
        f"Mois : {whole.mois_faits} faits, {whole.mois_en_retard} en retard, "
        f"{whole.mois_a_venir} à venir."
    )
    if whole.prevision_annexes:
        page.text(
            f"Prévision sur {accorder(whole.prevision_annexes, 'annexe', 'annexes')} : "
            f"{format_valeur(whole.prevision, 'ETP', 1)} (entre "
            f"{format_valeur(whole.prevision_basse, '', 1)} et "
            f"{format_valeur(whole.prevision_haute, '', 1)}), pour "
            f"{format_valeur(whole.prevision_conventionne, 'ETP', 1)} conventionnés."
        )
    if whole.sans_diviseur:
        page.text(
            f"{accorder(whole.sans_diviseur, 'annexe n’a pas', 'annexes n’ont pas')} d’heures d’un temps "
            "plein : leur réalisé est inconnu, il n’est pas compté."
        )
    if whole.heures_hors_periode:
        page.text(
            f"{format_valeur(whole.heures_hors_periode, 'heures')} saisies hors de la période de leur "
            "annexe, hors compte."
        )
    if whole.brouillons:
        page.text(f"{accorder(whole.brouillons, 'relevé', 'relevés')} en brouillon, hors compte.")


def _counts(synthese: Synthese) -> list[str]:
    if synthese.conventionne_mois_faits is Absence.INCONNUE:
        return ["inconnus"] * 3
    return [str(synthese.mois_faits), str(synthese.mois_en_retard), str(synthese.mois_a_venir)]


def _flatten(ligne: LigneAnnexe | LigneStructure) -> dict[str, Any]:
    plat = asdict(ligne)
    synthese = plat.pop("synthese")
    return {**plat, **{nom: _cell(valeur) for nom, valeur in synthese.items()}}


def _cell(valeur: Valeur | int) -> float | int | str:
    return valeur.value if isinstance(valeur, Absence) else valeur


@dataclass(frozen=True, slots=True)
class Tableau:
    """One table of the cockpit.

    Attributes:
        list_lignes: Its lines, from facts, a year, a filter and a perimeter.
        render: The page, from the same and a width.
        to_rows: Its lines for a spreadsheet.
    """

    list_lignes: Callable[[Faits, int, Filtre, str], Sequence[Any]]
    render: Callable[[Faits, int, Choisies[Any], int | None], str]
    to_rows: Callable[[Sequence[Any]], list[dict[str, Any]]]


TABLEAUX = {
    "annexes": Tableau(list_annexes, render_annexes, synthese_rows),
    "structures": Tableau(list_structures, render_structures, synthese_rows),
    "mois": Tableau(list_mois, render_mois, mois_rows),
    "retards": Tableau(list_retards, render_retards, retard_rows),
}
