"""`maillage flux dgefp`: the weekly file of the DGEFP, summed and set beside the extract."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path  # noqa: TC003 — typer reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.page import Page, page_width
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie

if TYPE_CHECKING:
    from maillage.analyses.pilotage.dgefp import Rapprochement, SommeDgefp
    from maillage.data.sources.dgefp import FichierDgefp

_AIDE = """
Lit le suivi hebdomadaire de la DGEFP (iae_v1_0_suivi_hebdomadaire_….csv) : ETP réalisés plafonnés par
financeur et par aide, à côté de ceux que donne l’extrait importé.

Rien n’est gardé. Les deux calculs sont montrés, jamais fondus : la DGEFP ne publie ni le jour ni la règle
exacte du sien.
"""
_EXEMPLES = """
maillage flux dgefp iae_v1_0_suivi_hebdomadaire_20250714.csv
maillage flux dgefp suivi.csv --format csv --sortie ecarts.csv
"""
_MONTREES = 20


def register(group: typer.Typer) -> None:
    """Add the command to its group."""
    group.command("dgefp", help=_AIDE, epilog=_EXEMPLES, cls=Commande)(show)


def show(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le fichier tel que reçu.")],
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
    """Print the sums of the file, and each annexe beside the extract."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.analyses.pilotage.dgefp import set_beside, sum_by_funder  # noqa: PLC0415 — heavy
    from maillage.data.extraits import list_extraits  # noqa: PLC0415 — heavy
    from maillage.data.sources.dgefp import read_dgefp  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.lecture import load_faits  # noqa: PLC0415 — heavy

    lu = read_dgefp(fichier)
    sommes = sum_by_funder(lu)
    a_cote = set_beside(lu, load_faits(extrait)) if extrait or list_extraits() else []
    width = None if target.fichier else page_width()
    target.write(
        table=lambda: _render(lu, sommes, a_cote, width),
        data=lambda: {
            "fichier": lu.nom,
            "sha256": lu.sha256,
            "encodage": lu.encodage,
            "colonnes_ignorees": list(lu.ignorees),
            "colonnes_absentes": list(lu.absentes),
            "sommes": [_row(somme) for somme in sommes],
            "annexes": [_row(r) for r in a_cote],
        },
        rows=lambda: [_row(r) for r in a_cote] or [_row(somme) for somme in sommes],
    )


def _render(
    lu: FichierDgefp, sommes: list[SommeDgefp], a_cote: list[Rapprochement], width: int | None
) -> str:
    from maillage.kernel.francais import accorder, format_valeur, join_fr  # noqa: PLC0415 — heavy

    page = Page(width)
    page.title("Suivi hebdomadaire de la DGEFP")
    page.text(f"{lu.nom} : {accorder(len(lu.lignes), 'ligne', 'lignes')}, {lu.encodage}.")
    if lu.ignorees:
        page.text(f"Colonnes non publiques, laissées de côté : {join_fr(lu.ignorees)}.")
    page.table(
        ["Année", "Aide", "Financeur", "Annexes", "ETP conv.", "ETP plafonnés", "ETP déclarés"],
        [
            [
                str(s.annee),
                s.type_aide,
                s.financeur,
                str(s.annexes),
                *(format_valeur(v, "", 2) for v in (s.conventionnes, s.plafonnes, s.declares)),
            ]
            for s in sommes
        ],
        right={3, 4, 5, 6},
    )
    if not a_cote:
        page.text(
            "Aucun extrait n’est importé, ou le fichier n’a pas d’aide au poste : rien à comparer."
        )
        return page.render()
    page.heading("À côté de l’extrait, les plus grands écarts d’abord")
    page.table(
        ["Année", "Annexe", "Structure", "Plafonnés DGEFP", "Plafonnés extrait", "Écart"],
        [
            [
                str(r.annee),
                r.annexe,
                r.denomination or "absente de l’extrait",
                *(format_valeur(v, "", 2) for v in (r.plafonnes, r.plafonnes_extrait, r.ecart)),
            ]
            for r in a_cote[:_MONTREES]
        ],
        right={3, 4, 5},
    )
    if len(a_cote) > _MONTREES:
        page.text(
            f"{accorder(len(a_cote), 'annexe', 'annexes')} en tout : --format csv les donne toutes."
        )
    page.text(
        "Les deux peuvent différer par le jour, par les avenants et par les relevés en brouillon ; la "
        "DGEFP ne publie pas sa règle."
    )
    return page.render()


def _row(ligne: SommeDgefp | Rapprochement) -> dict[str, Any]:
    from maillage.kernel.valeur import Absence  # noqa: PLC0415 — heavy

    return {
        nom: valeur.value if isinstance(valeur, Absence) else valeur
        for nom, valeur in asdict(ligne).items()
    }
