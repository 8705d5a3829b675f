"""`maillage modele`: the economic model of a structure."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli import modele_depuis
from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.modele_options import (
    Fichier,
    Forme,
    Postes,
    Projection,
    Remplacer,
    Retard,
    Smic,
    Sortie,
    Type,
    Volume,
    read_chocs,
    read_type,
)
from maillage.cli.page import page_width
from maillage.cli.regles_droit import open_legislation
from maillage.cli.sortie import check_target, open_sortie, write_bytes, write_file

if TYPE_CHECKING:
    from maillage.analyses.modele.hypotheses import ModeleCalcule

_AIDE = """
Le modèle économique d’une structure : coût d’une heure, équilibre, trésorerie, scénarios.
"""
_AIDE_EXEMPLE = """
Écrit les hypothèses d’une structure inventée : de quoi partir.

Chaque chiffre y est une donnée, avec sa source, ou une hypothèse, avec sa raison. Aucun n’est une
référence.
"""
_EXEMPLES_EXEMPLE = """
maillage modele exemple
maillage modele exemple --type ACI --sortie chantier.toml
"""
_AIDE_CALCULER = """
Marge d’une heure, volume et prix d’équilibre, résultat, trésorerie de chaque mois, sensibilité.

Les cotisations réduites, le SMIC, l’aide au poste et son calendrier de versement viennent des règles
de Maillage au premier jour de l’exercice. Là où le droit n’est pas connu, le calcul est refusé :
donnez le montant de votre annexe, ou --projection. Avec --xlsx, un classeur dont les formules vivent.
"""
_EXEMPLES_CALCULER = """
maillage modele calculer ai.toml
maillage modele calculer ai.toml --xlsx ai.xlsx
maillage modele calculer ai.toml --format json
"""
_AIDE_COMPARER = """
Deux versions d’un modèle côte à côte, et les hypothèses qui les séparent.
"""
_EXEMPLES_COMPARER = """
maillage modele comparer ai-2025-01.toml ai-2025-06.toml
"""
_AIDE_STRESS = """
Ce que devient le modèle sous chaque choc : SMIC, activité, client perdu, aide en retard, convention.

Les tailles des chocs sont les vôtres : aucune ne vient d’un texte.
"""
_EXEMPLES_STRESS = """
maillage modele stress ai.toml
maillage modele stress ai.toml --smic 3 --volume 15 --retard 4 --convention 20
"""
_AIDE_REFORMES = """
Ce que chaque réforme livrée avec les règles fait au modèle, toutes choses égales par ailleurs.

Seul ce que la réforme change est lu au jour de la réforme. Quand elle suppose une baisse du nombre de
postes, celle-ci est prise à l’égal sur la structure : c’est une hypothèse.
"""
_EXEMPLES_REFORMES = """
maillage modele reformes ai.toml
maillage modele reformes ai.toml --reforme ai_doublee
"""
_AIDE_TIRAGES = """
La distribution du résultat selon les lois du fichier, comme prévu puis sous chaque choc.

Tous les scénarios voient les mêmes tirages : leur différence vient du choc, non du hasard.
"""
_EXEMPLES_TIRAGES = """
maillage modele tirages ai.toml
maillage modele tirages ai.toml --nombre 10000 --graine 3 --format csv
"""
AIDE_XLSX = "Écrit aussi un classeur dont les formules vivent."


def register(application: typer.Typer) -> None:
    """Add the group to the application."""
    group = typer.Typer(cls=Groupe, help=_AIDE, rich_markup_mode=None)
    for nom, fonction, aide, exemples in (
        ("exemple", show_exemple, _AIDE_EXEMPLE, _EXEMPLES_EXEMPLE),
        ("calculer", calculer, _AIDE_CALCULER, _EXEMPLES_CALCULER),
        ("comparer", comparer, _AIDE_COMPARER, _EXEMPLES_COMPARER),
        ("stress", show_stress, _AIDE_STRESS, _EXEMPLES_STRESS),
        ("reformes", show_reformes, _AIDE_REFORMES, _EXEMPLES_REFORMES),
        ("tirages", show_tirages, _AIDE_TIRAGES, _EXEMPLES_TIRAGES),
    ):
        group.command(nom, help=aide, epilog=exemples, cls=Commande)(fonction)
    modele_depuis.register(group)
    application.add_typer(group, name="modele")


def show_exemple(
    type_siae: Type = "AI", sortie: Sortie = None, *, remplacer: Remplacer = False
) -> None:
    """Print, or write, the hypotheses of an invented structure."""
    genre = read_type(type_siae)
    from maillage.analyses.modele.exemples import read_exemple  # noqa: PLC0415 — only when asked

    if sortie is None:
        typer.echo(read_exemple(genre), nl=False)
    else:
        write_file(sortie, read_exemple(genre), replace=remplacer)
        typer.echo(f"Écrit : {sortie}", err=True)


def calculer(
    fichier: Fichier,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FICHIER", help=AIDE_XLSX)] = None,
    format_sortie: Forme = None,
    sortie: Sortie = None,
    *,
    projection: Projection = False,
    remplacer: Remplacer = False,
) -> None:
    """Print a model; write its workbook."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    if xlsx is not None:
        check_target(xlsx, replace=remplacer)
    from maillage.analyses.modele.classeur import write_classeur  # noqa: PLC0415 — heavy
    from maillage.analyses.modele.exports import modele_rows, modele_to_dict  # noqa: PLC0415
    from maillage.cli.page_modele import render_modele  # noqa: PLC0415 — with its model

    calcule = _compute(fichier, projection=projection)
    if xlsx is not None:
        write_bytes(xlsx, write_classeur(calcule), replace=remplacer)
    target.write(
        lambda: render_modele(calcule, None if target.fichier else page_width()),
        lambda: modele_to_dict(calcule),
        lambda: modele_rows(calcule),
    )
    if xlsx is not None:
        typer.echo(f"Écrit : {xlsx}", err=True)


def comparer(
    avant: Annotated[Path, typer.Argument(metavar="AVANT", help="Première version.")],
    apres: Annotated[Path, typer.Argument(metavar="APRES", help="Seconde version.")],
    format_sortie: Forme = None,
    sortie: Sortie = None,
    *,
    projection: Projection = False,
    remplacer: Remplacer = False,
) -> None:
    """Print two versions side by side."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.analyses.modele.comparaison import compare_modeles  # noqa: PLC0415 — heavy
    from maillage.analyses.modele.exports import (  # noqa: PLC0415 — heavy
        comparaison_rows,
        comparaison_to_dict,
    )
    from maillage.cli.page_modele_scenarios import render_comparaison  # noqa: PLC0415

    premier = _compute(avant, projection=projection)
    second = _compute(apres, projection=projection)
    comparaison = compare_modeles(premier, second)
    noms = (premier.hypotheses, second.hypotheses)
    target.write(
        lambda: render_comparaison(comparaison, noms, None if target.fichier else page_width()),
        lambda: comparaison_to_dict(comparaison),
        lambda: comparaison_rows(comparaison),
    )


def show_stress(  # noqa: PLR0913, PLR0917 — one parameter per option
    fichier: Fichier,
    smic: Smic = 2.0,
    volume: Volume = 10.0,
    retard: Retard = 3,
    convention: Postes = 10.0,
    format_sortie: Forme = None,
    sortie: Sortie = None,
    *,
    projection: Projection = False,
    remplacer: Remplacer = False,
) -> None:
    """Print what each shock does."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    chocs = read_chocs(smic, volume, retard, convention)
    from maillage.analyses.modele.exports import stress_rows  # noqa: PLC0415 — heavy
    from maillage.cli.page_modele_scenarios import render_stress  # noqa: PLC0415
    from maillage.indicators.modele.stress import run_stress  # noqa: PLC0415 — heavy

    calcule = _compute(fichier, projection=projection)
    scenarios = run_stress(calcule.modele, chocs)
    target.write(
        lambda: render_stress(calcule, scenarios, chocs, None if target.fichier else page_width()),
        lambda: {"scenarios": stress_rows(calcule, scenarios)},
        lambda: stress_rows(calcule, scenarios),
    )


def show_reformes(
    fichier: Fichier,
    reforme: Annotated[
        list[str] | None,
        typer.Option("--reforme", metavar="CODE", help="Une réforme ; par défaut, toutes."),
    ] = None,
    format_sortie: Forme = None,
    sortie: Sortie = None,
    *,
    projection: Projection = False,
    remplacer: Remplacer = False,
) -> None:
    """Print what each reform does to a model."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.analyses.modele.exports import reforme_rows  # noqa: PLC0415 — heavy
    from maillage.analyses.modele.reformes import measure_reformes  # noqa: PLC0415 — heavy
    from maillage.cli.page_modele_scenarios import render_reformes  # noqa: PLC0415
    from maillage.regles.engine.lecture_reforme import (  # noqa: PLC0415 — heavy
        list_reformes,
        load_reforme,
    )

    reformes = [load_reforme(code) for code in reforme or list_reformes()]
    calcule = _compute(fichier, projection=projection)
    effets = measure_reformes(calcule, open_legislation(None, projection=projection), reformes)
    target.write(
        lambda: render_reformes(calcule, effets, None if target.fichier else page_width()),
        lambda: {"reformes": reforme_rows(effets)},
        lambda: reforme_rows(effets),
    )


def show_tirages(  # noqa: PLR0913, PLR0917 — one parameter per option
    fichier: Fichier,
    nombre: Annotated[
        int | None,
        typer.Option(
            "--nombre",
            metavar="N",
            min=1,
            max=1_000_000,
            help="Tirages ; par défaut ceux du fichier.",
        ),
    ] = None,
    graine: Annotated[
        int | None,
        typer.Option("--graine", metavar="N", min=0, help="Graine ; par défaut celle du fichier."),
    ] = None,
    smic: Smic = 2.0,
    volume: Volume = 10.0,
    retard: Retard = 3,
    convention: Postes = 10.0,
    format_sortie: Forme = None,
    sortie: Sortie = None,
    *,
    projection: Projection = False,
    remplacer: Remplacer = False,
) -> None:
    """Print the distribution of the result."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    chocs = read_chocs(smic, volume, retard, convention)
    from maillage.analyses.modele.exports import tirage_rows  # noqa: PLC0415 — heavy
    from maillage.analyses.modele.scenarios import draw_scenarios  # noqa: PLC0415 — heavy
    from maillage.cli.page_modele_scenarios import render_tirages  # noqa: PLC0415

    calcule = _compute(fichier, projection=projection)
    tires = draw_scenarios(calcule, chocs, nombre, graine)
    tirages = calcule.hypotheses.tirages
    choisie = tirages.graine if graine is None else graine
    target.write(
        lambda: render_tirages(calcule, tires, choisie, None if target.fichier else page_width()),
        lambda: {"graine": choisie, "distributions": tirage_rows(tires)},
        lambda: tirage_rows(tires),
    )


def _compute(fichier: Path, *, projection: bool) -> "ModeleCalcule":
    from maillage.analyses.modele.hypotheses import compute_hypotheses  # noqa: PLC0415 — heavy
    from maillage.analyses.modele.lecture import read_hypotheses  # noqa: PLC0415 — heavy

    hypotheses = read_hypotheses(fichier)
    return compute_hypotheses(hypotheses, open_legislation(None, projection=projection))
