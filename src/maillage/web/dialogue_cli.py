"""`maillage dialogue`: what a network does once with its dialogue, and its files in and out, from the terminal.

It speaks to the person at the terminal, hence `typer.echo`, as the rooms below never do.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path  # noqa: TC003 — Typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import ESPACE_FINE, accorder, guillemets
from maillage.web.terminal import (
    APPLIQUER,
    REMPLACER,
    Doublons,
    check_base,
    check_free,
    open_file,
    read_bytes,
    setup_django,
    write_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.web.dialogue.echange.lecture import Fichier
    from maillage.web.dialogue.echange.plan import Plan
    from maillage.web.dialogue.espaces.installation import Plan as Installation

application = typer.Typer(
    help="Amorcer le dialogue, l’importer, l’exporter, lire le répertoire.", no_args_is_help=True
)


class Forme(Enum):
    """Whose columns a file has."""

    MAILLAGE = "maillage"
    DECIDIM = "decidim"


_FORME = Annotated[
    Forme,
    typer.Option(
        "--forme",
        help="Colonnes du fichier\u00a0: maillage, ou decidim pour les engagements seuls.",
    ),
]


@application.callback()
def _root() -> None:
    """Keep `dialogue` a group."""


_AIDE_IMPORTER = """
Importe des CSV, un ZIP de CSV ou un JSON\u00a0; sans --appliquer, rien n’est écrit.

Tous les fichiers donnés sont lus ensemble et toutes leurs fautes sont dites. Tout est écrit, ou
rien. Les mêmes fichiers importés deux fois ne changent rien la seconde.
"""
_AIDE_EXPORTER = """
Écrit tout le dialogue, dans le format que l’import accepte\u00a0: .zip pour tous les CSV, .json pour un
seul document, ou un CSV qui porte le nom de ce qu’il contient (rencontres.csv).
"""
_AIDE_REPERTOIRE = """
Lit le fichier public du répertoire des représentants d’intérêts (JSON de la HATVP), pour comparer.
"""


@application.command("importer", help=_AIDE_IMPORTER)
def importer(
    fichiers: Annotated[list[Path], typer.Argument(help="Les fichiers\u00a0: CSV, ZIP ou JSON.")],
    *,
    contenu: Annotated[
        str,
        typer.Option(
            help="Ce que contient un CSV dont le nom ne le dit pas\u00a0: rencontres, engagements…"
        ),
    ] = "",
    forme: _FORME = Forme.MAILLAGE,
    appliquer: APPLIQUER = False,
    doublons: Annotated[
        Doublons,
        typer.Option(
            help="Lignes qui ressemblent à ce qui est noté\u00a0: refuser, creer ou ignorer."
        ),
    ] = Doublons.REFUSER,
) -> None:
    """Preview files, or write them whole.

    Raises:
        FichierInvalide: every fault of all the files.
        SaisieInvalide: doubtful lines remain (MLG-DIA-153).
    """
    setup_django()
    from maillage.web.dialogue.echange import depots  # noqa: PLC0415 — needs Django
    from maillage.web.dialogue.echange.actions import apply_plan  # noqa: PLC0415 — needs Django

    _check_base()
    lus = _read_all(fichiers, contenu, forme)
    plan, base = depots.plan_files(lus)
    if doublons is not Doublons.REFUSER:
        from maillage.web.network.echange.plan import Sort  # noqa: PLC0415 — needs Django

        choix = {x.choix: doublons.value for x in plan.of(Sort.DOUTEUSE)}
        plan, base = depots.plan_files(lus, choix)
    _tell(plan)
    if not appliquer:
        typer.echo("Aperçu seulement\u00a0: rien n’est écrit. Ajoutez --appliquer pour écrire.")
        return
    if not plan.is_applicable:
        raise SaisieInvalide(
            Anomalie(
                "MLG-DIA-153",
                "des lignes douteuses attendent un choix\u00a0: rien n’est écrit",
                "ajoutez leur identifiant, importez par le site, qui demande ligne par ligne, ou "
                "relancez avec --doublons creer ou --doublons ignorer.",
            )
        )
    apply_plan(plan, base, by=None)
    typer.echo("Écrit.")


def _read_all(fichiers: Sequence[Path], contenu: str, forme: Forme) -> list[Fichier]:
    """The files, as the reading takes them.

    Raises:
        SaisieInvalide: MLG-DIA-103, no such kind.
        DonneesIndisponibles: MLG-DIA-155, one cannot be read.
    """
    from maillage.web.dialogue.echange.genres import PAR_NOM  # noqa: PLC0415 — needs Django
    from maillage.web.dialogue.echange.lecture import Fichier  # noqa: PLC0415 — needs Django
    from maillage.web.dialogue.echange.model import OCTETS_MAX  # noqa: PLC0415 — needs Django

    if contenu and contenu not in PAR_NOM:
        raise SaisieInvalide(
            Anomalie(
                "MLG-DIA-103",
                f"{guillemets(contenu)} n’est pas une sorte de chose du dialogue",
                f"choisissez parmi {', '.join(PAR_NOM)}.",
                "--contenu",
            )
        )
    quoi = forme.value if forme is Forme.DECIDIM else contenu
    return [Fichier(f.name, read_bytes(f, OCTETS_MAX, "MLG-DIA-155"), quoi) for f in fichiers]


def _check_base() -> None:
    from maillage.web.dialogue.models import Espace  # noqa: PLC0415 — needs Django

    check_base(Espace, "MLG-DIA-156")


def _tell(plan: Plan) -> None:
    """How many lines of each kind become what, then each change, each doubt, each remark."""
    from maillage.web.network.echange.plan import Sort  # noqa: PLC0415 — needs Django

    for sort in Sort:
        par_genre: dict[str, int] = {}
        for ligne in plan.of(sort):
            par_genre[ligne.genre.nom] = par_genre.get(ligne.genre.nom, 0) + 1
        if par_genre:
            detail = ", ".join(f"{nom} {nombre}" for nom, nombre in par_genre.items())
            typer.echo(f"{sort.value}{ESPACE_FINE}: {sum(par_genre.values())} ({detail})")
    for ligne in plan.of(Sort.MODIFIEE):
        _tell_changes(ligne)
    for ligne in plan.of(Sort.DOUTEUSE):
        typer.echo(
            f"  {ligne.numero}, {guillemets(ligne.qui)} ressemble à ce qui est déjà noté "
            f"({len(ligne.propositions)} possible{'s' if len(ligne.propositions) > 1 else ''})"
        )
        _tell_changes(ligne)
    for remarque in plan.remarques:
        typer.echo(f"À savoir{ESPACE_FINE}: {remarque}")


def _tell_changes(ligne: Any) -> None:
    for c in ligne.changements:
        typer.echo(
            f"  {ligne.numero}, {c.champ}{ESPACE_FINE}: {guillemets(c.avant)} → {guillemets(c.apres)}"
        )


@application.command("exporter", help=_AIDE_EXPORTER)
def exporter(
    sortie: Annotated[Path, typer.Option("--sortie", help="Fichier à écrire.")],
    *,
    forme: _FORME = Forme.MAILLAGE,
    remplacer: REMPLACER = False,
) -> None:
    """Write the whole of what the base holds, in the format that the import accepts.

    Raises:
        FichierInvalide: its name says no kind (MLG-DIA-103), it exists already (MLG-DIA-157) or
            cannot be written (MLG-DIA-158).
    """
    check_free(sortie, "MLG-DIA-157", remplacer=remplacer)
    setup_django()
    from maillage.web.dialogue.echange import depots  # noqa: PLC0415 — needs Django
    from maillage.web.dialogue.echange.lecture import guess_genre  # noqa: PLC0415 — needs Django

    _check_base()
    if forme is Forme.DECIDIM:
        nom = "engagements-decidim.csv"
    elif sortie.suffix in {".zip", ".json"}:
        nom = f"dialogue{sortie.suffix}"
    else:
        nom = guess_genre(sortie.name).fichier
    write_bytes(sortie, depots.export_bytes(nom), "MLG-DIA-158")
    typer.echo(f"Écrit{ESPACE_FINE}: {sortie}", err=True)


@application.command("repertoire", help=_AIDE_REPERTOIRE)
def repertoire(
    fichier: Annotated[Path, typer.Argument(help="Le fichier agora_repertoire_opendata.json.")],
) -> None:
    """Read the public declarations, in place of those that were read before.

    Raises:
        DonneesIndisponibles: MLG-DIA-155, the file cannot be read.
        FichierInvalide: it is not that of the register; nothing is changed.
    """
    setup_django()
    from django.utils import timezone  # noqa: PLC0415 — needs Django

    from maillage.web.dialogue.registre.actions import load_declarations  # noqa: PLC0415 — needs Django

    _check_base()
    with open_file(fichier, "MLG-DIA-155") as flux:
        nombre = load_declarations(flux, fichier.name, timezone.localdate(), by=None)
    typer.echo(
        f"{accorder(nombre, 'exercice d’organisation lu', 'exercices d’organisations lus')} dans "
        f"{guillemets(fichier.name)}."
    )


_AIDE_AMORCER = """
Crée un espace par instance prévue par les textes et par territoire\u00a0; sans --appliquer, rien n’est écrit.

Ce qui est déjà là ne change pas\u00a0: la seconde fois, il n’y a rien à créer.
"""


@application.command("amorcer", help=_AIDE_AMORCER)
def amorcer(
    *,
    appliquer: Annotated[
        bool,
        typer.Option("--appliquer/--apercu", help="Écrire, ou seulement dire ce qui serait écrit."),
    ] = False,
) -> None:
    """Install the bodies of the texts in the whole network, or preview it."""
    setup_django()
    from maillage.web.dialogue.models import Espace  # noqa: PLC0415 — needs Django

    check_base(Espace, "MLG-ESP-030")
    from maillage.web.dialogue.espaces.installation import (  # noqa: PLC0415 — needs Django
        install_instances,
        plan_installation,
    )
    from maillage.web.droits.acteur import Perimetre  # noqa: PLC0415

    partout = Perimetre(tout=True)
    plan = install_instances(partout, by=None) if appliquer else plan_installation(partout)
    _tell_installation(plan)
    if appliquer:
        typer.echo("Écrit." if plan else "Tout était déjà là\u00a0: rien n’a changé.")
    else:
        typer.echo("Aperçu seulement\u00a0: rien n’est écrit. Ajoutez --appliquer pour écrire.")


def _tell_installation(plan: Installation) -> None:
    """How many spaces each body brings."""
    for ligne in plan.lignes:
        typer.echo(
            f"{ligne.instance.titre}{ESPACE_FINE}: {len(ligne.nouveaux)} à créer, "
            f"{ligne.connus} déjà là, {len(ligne.suites)} suites à écrire"
        )
