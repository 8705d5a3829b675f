"""`maillage reseau`: the file of members and that of people, in and out, from the terminal.

It speaks to the person at the terminal, hence `typer.echo`, as the rooms below never do.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path  # noqa: TC003 — Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import ESPACE_FINE
from maillage.web.terminal import (
    APPLIQUER,
    REMPLACER,
    Doublons,
    check_base,
    check_free,
    read_bytes,
    setup_django,
    write_bytes,
)

if TYPE_CHECKING:
    from maillage.web.network.echange.depots import UnPlan
    from maillage.web.network.echange.personnes import LignePersonne
    from maillage.web.network.echange.plan import LignePlan, Plan

application = typer.Typer(
    help="Échanger le fichier des adhérents et celui des personnes.", no_args_is_help=True
)


class Contenu(Enum):
    """What a file describes."""

    ORGANISATIONS = "organisations"
    PERSONNES = "personnes"


_CONTENU = Annotated[
    Contenu,
    typer.Option("--contenu", help="Ce que le fichier décrit\u00a0: organisations ou personnes."),
]


@application.callback()
def _root() -> None:
    """Keep `reseau` a group."""


_AIDE_IMPORTER = """
Importe des organisations ou des personnes\u00a0; sans --appliquer, rien n’est écrit.

Tout est écrit, ou rien. Le même fichier importé deux fois ne change rien la seconde.
"""
_AIDE_EXPORTER = """
Écrit toutes les organisations ou toutes les personnes, dans le format que l’import accepte.
"""


@application.command("importer", help=_AIDE_IMPORTER)
def importer(
    fichier: Annotated[Path, typer.Argument(help="Le fichier CSV.")],
    *,
    contenu: _CONTENU = Contenu.ORGANISATIONS,
    appliquer: APPLIQUER = False,
    doublons: Annotated[
        Doublons,
        typer.Option(
            help="Lignes qui ressemblent à une organisation ou à une personne connue\u00a0: "
            "refuser, creer ou ignorer."
        ),
    ] = Doublons.REFUSER,
) -> None:
    """Preview a file, or write it whole.

    Raises:
        FichierInvalide: every fault of the file.
        SaisieInvalide: doubtful lines remain (MLG-ORG-053).
    """
    from maillage.web.network.echange.limites import OCTETS_MAX  # noqa: PLC0415 — light, but of the web

    octets = read_bytes(fichier, OCTETS_MAX, "MLG-ORG-055")
    setup_django()
    from maillage.web.network.echange import depots  # noqa: PLC0415 — needs Django

    _check_base()
    un_plan = depots.plan_bytes(contenu.value, octets, None)
    if doublons is not Doublons.REFUSER:
        choix = {str(x.numero): doublons.value for x in un_plan.lignes if _is_doubtful(x)}
        un_plan = depots.plan_bytes(contenu.value, octets, None, choix)
    _tell(un_plan)
    if not appliquer:
        typer.echo("Aperçu seulement\u00a0: rien n’est écrit. Ajoutez --appliquer pour écrire.")
        return
    if not un_plan.is_applicable:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-053",
                "des lignes douteuses attendent un choix\u00a0: rien n’est écrit",
                "ajoutez leur identifiant, leur SIREN ou l’adresse e-mail connue, importez par le "
                "site, qui demande ligne par ligne, ou relancez avec --doublons creer ou --doublons ignorer.",
                str(fichier),
            )
        )
    depots.apply_any(un_plan, by=None)
    typer.echo("Écrit.")


def _check_base() -> None:
    from maillage.web.network.models import Organisation  # noqa: PLC0415 — needs Django

    check_base(Organisation, "MLG-ORG-056")


def _is_doubtful(ligne: LignePlan | LignePersonne) -> bool:
    from maillage.web.network.echange.plan import Sort  # noqa: PLC0415 — needs Django

    return ligne.sort is Sort.DOUTEUSE


def _tell(un_plan: UnPlan) -> None:
    """How many lines become what, then each change."""
    from maillage.web.network.echange.plan import Plan, Sort  # noqa: PLC0415 — needs Django

    for sort in Sort:
        nombre = len(un_plan.of(sort))
        if nombre:
            typer.echo(f"{sort.value}{ESPACE_FINE}: {nombre}")
    for ligne in un_plan.of(Sort.MODIFIEE):
        for c in ligne.changements:
            typer.echo(
                f"  ligne {ligne.numero}, {c.champ}{ESPACE_FINE}: « {c.avant} » → « {c.apres} »"
            )
    if isinstance(un_plan, Plan):
        _tell_doubtful(un_plan)
        return
    for homonyme in un_plan.of(Sort.DOUTEUSE):
        # a terminal keeps what it shows: people are named by their number
        qui = ", ".join(f"n° {personne.pk}" for personne in homonyme.propositions)
        typer.echo(
            f"  ligne {homonyme.ligne} porte le nom d’une personne connue{ESPACE_FINE}: {qui}"
        )


def _tell_doubtful(un_plan: Plan) -> None:
    from maillage.web.network.echange.plan import Sort  # noqa: PLC0415 — needs Django

    for ligne in un_plan.of(Sort.DOUTEUSE):
        noms = ", ".join(p.connue.fiche.nom for p in ligne.propositions)
        typer.echo(f"  ligne {ligne.ligne}, « {ligne.fiche.nom} » ressemble à{ESPACE_FINE}: {noms}")


@application.command("exporter", help=_AIDE_EXPORTER)
def exporter(
    sortie: Annotated[Path, typer.Option("--sortie", help="Fichier à écrire.")],
    *,
    contenu: _CONTENU = Contenu.ORGANISATIONS,
    remplacer: REMPLACER = False,
) -> None:
    """Write the whole of what the base holds, in the format that the import accepts.

    Raises:
        FichierInvalide: the file exists already (MLG-ORG-057) or cannot be written (MLG-ORG-058).
    """
    check_free(sortie, "MLG-ORG-057", remplacer=remplacer)
    setup_django()
    from maillage.web.network.echange import depots  # noqa: PLC0415 — needs Django

    _check_base()
    write_bytes(sortie, depots.export_text(contenu.value).encode(), "MLG-ORG-058")
    typer.echo(f"Écrit{ESPACE_FINE}: {sortie}", err=True)
