"""`maillage flux releves`: files that structures downloaded, set beside the extract; nothing is kept."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 — typer reads it
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.page import Page, page_width
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie

if TYPE_CHECKING:
    from datetime import date

    from maillage.analyses.pilotage.releves import ChiffreReleve
    from maillage.data.sources.releves.modele import FichierReleve, Releves

_AIDE = """
Lit les relevés que des structures ont téléchargés et remis au réseau (heures par annexe et par mois, ETP
conventionnés), et les met à côté de l’extrait importé : égal, différent, absent, plus récent.

CSV ou .xlsx, plusieurs à la fois. Rien n’est gardé. Les colonnes sur les personnes sont refusées ; celles
qu’aucun texte public ne nomme sont dites, et laissées.
"""
_EXEMPLES = """
maillage flux releves juin-ateliers.xlsx juin-jardins.csv
maillage flux releves remis/*.csv --format csv --sortie ecarts.csv
"""
_MONTREES = 30
_NOMS: Final = {
    "heures": "heures travaillées",
    "etp_realises": "ETP réalisés du mois",
    "part_etp": "part d’ETP de l’ASP",
    "etp_conventionnes": "ETP conventionnés",
}


def register(group: typer.Typer) -> None:
    """Add the command to its group."""
    group.command("releves", help=_AIDE, epilog=_EXEMPLES, cls=Commande)(show)


def show(
    fichiers: Annotated[
        list[Path],
        typer.Argument(metavar="FICHIERS...", help="CSV ou .xlsx, tels que téléchargés."),
    ],
    extrait: Annotated[
        str | None,
        typer.Option(
            "--extrait",
            metavar="EXTRAIT",
            help="Début de l’identifiant, ou jour ; le dernier sinon.",
        ),
    ] = None,
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
    sortie: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)
    ] = None,
    *,
    remplacer: Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)] = False,
) -> None:
    """Print each figure of the files beside the extract."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.analyses.pilotage.releves import set_beside  # noqa: PLC0415 — heavy
    from maillage.data.extraits import list_extraits  # noqa: PLC0415 — heavy
    from maillage.data.sources.releves.lecture import read_releves  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.lecture import load_faits  # noqa: PLC0415 — heavy

    lus = read_releves(fichiers)
    faits = load_faits(extrait) if extrait or list_extraits() else None
    lignes = set_beside(lus, faits)
    jour = faits.extrait.extraction if faits else None
    is_synthetic = bool(faits and faits.extrait.is_synthetic)
    target.write(
        table=lambda: _render(
            lus, lignes, (jour, is_synthetic), None if target.fichier else page_width()
        ),
        data=lambda: {
            "extrait": faits.extrait.identifiant if faits else None,
            "extraction": jour.isoformat() if jour else None,
            "extrait_synthetique": is_synthetic,
            "fichiers": [_describe(fichier) for fichier in lus.fichiers],
            "a_savoir": list(lus.a_savoir),
            "chiffres": [_row(ligne) for ligne in lignes],
        },
        rows=lambda: [{**_row(ligne), "fichiers": "|".join(ligne.fichiers)} for ligne in lignes],
    )


def _render(
    lus: Releves,
    lignes: list[ChiffreReleve],
    extrait: tuple[date | None, bool],
    width: int | None,
) -> str:
    from maillage.analyses.pilotage.releves import Situation, count_situations  # noqa: PLC0415 — heavy
    from maillage.kernel.francais import accorder, format_date, format_nombre  # noqa: PLC0415 — heavy

    jour, is_synthetic = extrait
    page = Page(width)
    page.title("Relevés remis par les structures")
    _render_files(page, lus)
    if jour is None:
        page.text(
            "Aucun extrait n’est importé : rien à comparer. --format csv donne ce qui a été lu."
        )
        return page.render()
    page.heading(f"À côté de l’extrait du {format_date(jour)}")
    if is_synthetic:
        page.text("Cet extrait est synthétique : il ne décrit aucune structure réelle.")
    comptes = count_situations(lignes)
    vues = [s for s in Situation if any(s in sien for sien in comptes.values())]
    page.table(
        ["Chiffre", *(s.value for s in vues)],
        [
            [_NOMS[nom], *(format_nombre(comptes[nom].get(s, 0)) for s in vues)]
            for nom in _NOMS
            if nom in comptes
        ],
        right=set(range(1, len(vues) + 1)),
    )
    autres = [ligne for ligne in lignes if ligne.situation is not Situation.EGAL]
    if autres:
        _render_differences(page, autres)
    if len(autres) > _MONTREES:
        page.text(
            f"{accorder(len(autres), 'chiffre', 'chiffres')} en tout : --format csv les donne tous."
        )
    page.text(
        "Les deux peuvent différer parce que le fichier est plus ancien que l’extrait : la plupart ne portent pas "
        "leur date. Les brouillons ne sont comptés d’aucun côté."
    )
    return page.render()


def _render_files(page: Page, lus: Releves) -> None:
    from maillage.kernel.francais import accorder, format_nombre, join_fr  # noqa: PLC0415 — heavy

    for fichier in lus.fichiers:
        page.text(
            f"{fichier.nom} : {accorder(fichier.lignes, 'ligne', 'lignes')}, {fichier.encodage}."
        )
        if fichier.ecartees:
            page.text(
                f"Identifiants et qualités de salariés, pas lus : {join_fr(fichier.ecartees)}.",
                "  • ",
            )
        if fichier.inconnues:
            page.text(
                f"Colonnes qu’aucun texte public ne nomme, laissées : {join_fr(fichier.inconnues)}.",
                "  • ",
            )
        for phrase in fichier.a_savoir:
            page.text(phrase, "  • ")
        brouillons = [dit.brouillon for dit in fichier.dits.values() if dit.brouillon]
        if brouillons:
            heures = format_nombre(sum(brouillons) / 1_000_000, 2)
            page.text(f"Heures en brouillon, pas comptées : {heures}.", "  • ")
    for phrase in lus.a_savoir:
        page.text(phrase)


def _render_differences(page: Page, autres: list[ChiffreReleve]) -> None:
    from maillage.kernel.francais import format_valeur  # noqa: PLC0415 — heavy

    page.table(
        ["Annexe", "Structure", "Mois", "Chiffre", "Relevé", "Extrait", "Écart", ""],
        [
            [
                ligne.annexe,
                ligne.denomination,
                f"{ligne.annee:04d}-{ligne.mois:02d}" if ligne.annee else "annexe",
                _NOMS[ligne.chiffre],
                *(format_valeur(v, "", 2) for v in (ligne.releve, ligne.extrait, ligne.ecart)),
                ligne.situation.value,
            ]
            for ligne in autres[:_MONTREES]
        ],
        right={4, 5, 6},
    )


def _describe(fichier: FichierReleve) -> dict[str, Any]:
    return {
        "nom": fichier.nom,
        "sha256": fichier.sha256,
        "encodage": fichier.encodage,
        "lignes": fichier.lignes,
        "colonnes_de_personnes_pas_lues": list(fichier.ecartees),
        "colonnes_inutiles": list(fichier.inutiles),
        "colonnes_inconnues": list(fichier.inconnues),
        "chiffres_absents": list(fichier.absentes),
        "a_savoir": list(fichier.a_savoir),
    }


def _row(ligne: ChiffreReleve) -> dict[str, Any]:
    from maillage.kernel.valeur import Absence  # noqa: PLC0415 — heavy

    def show_value(valeur: float | Absence) -> float | None:
        return None if isinstance(valeur, Absence) else valeur

    return {
        "annexe": ligne.annexe,
        "denomination": ligne.denomination,
        "annee": ligne.annee or None,
        "mois": ligne.mois or None,
        "chiffre": ligne.chiffre,
        "releve": show_value(ligne.releve),
        "extrait": show_value(ligne.extrait),
        "ecart": show_value(ligne.ecart),
        "situation": ligne.situation.code,
        "statut_extrait": ligne.statut_extrait,
        "heures_en_brouillon": show_value(ligne.brouillon),
        "fichiers": list(ligne.fichiers),
    }
