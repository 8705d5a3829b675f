"""`maillage reseau`: the file of members and that of people, in and out, from the terminal.

It speaks to the person at the terminal, hence `typer.echo`, as the rooms below never do.
"""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path  # noqa: TC003 — Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.kernel.errors import Anomalie, DonneesIndisponibles, FichierInvalide, SaisieInvalide
from maillage.kernel.francais import ESPACE_FINE, guillemets

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


class Doublons(Enum):
    """What becomes of a line that resembles a known organisation without its number."""

    REFUSER = "refuser"
    CREER = "creer"
    IGNORER = "ignorer"


_CONTENU = Annotated[
    Contenu,
    typer.Option("--contenu", help="Ce que le fichier décrit\u00a0: organisations ou personnes."),
]


def _setup() -> None:
    """Make Django ready; it takes a second, so only for the commands that need it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.config.settings")
    import django  # noqa: PLC0415 — a `--help` should not pay for it

    django.setup()


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
    appliquer: Annotated[
        bool,
        typer.Option("--appliquer/--apercu", help="Écrire, ou seulement dire ce qui serait écrit."),
    ] = False,
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
    octets = _read(fichier)
    _setup()
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


def _read(fichier: Path) -> bytes:
    """Bytes of the file, one more than the limit at most.

    Raises:
        DonneesIndisponibles: MLG-ORG-055, it cannot be read.
    """
    from maillage.web.network.echange.limites import OCTETS_MAX  # noqa: PLC0415 — light, but of the web

    try:
        with fichier.open("rb") as flux:
            return flux.read(OCTETS_MAX + 1)
    except OSError as error:
        raise DonneesIndisponibles(
            Anomalie(
                "MLG-ORG-055",
                f"le fichier {guillemets(fichier.name)} ne peut pas être lu",
                "vérifiez son nom, son dossier et vos droits.",
                str(fichier),
            )
        ) from error


def _check_base() -> None:
    """The tables must be there: the site makes them when it opens.

    Raises:
        DonneesIndisponibles: MLG-ORG-056, they are not.
    """
    from django.db import connection  # noqa: PLC0415 — needs Django
    from django.db.utils import Error  # noqa: PLC0415

    from maillage.web.network.models import Organisation  # noqa: PLC0415

    try:
        Organisation.objects.exists()
    except Error as error:
        raise DonneesIndisponibles(
            Anomalie(
                "MLG-ORG-056",
                f"la base {connection.vendor} ne répond pas, ou ses tables n’existent pas encore",
                "ouvrez une fois le site avec « maillage site », qui les prépare, et vérifiez "
                "MAILLAGE_DONNEES et MAILLAGE_BASE.",
            )
        ) from error


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
    remplacer: Annotated[
        bool, typer.Option("--remplacer", help="Accepter de remplacer un fichier qui existe déjà.")
    ] = False,
) -> None:
    """Write the whole of what the base holds, in the format that the import accepts.

    Raises:
        FichierInvalide: the file exists already (MLG-ORG-057) or cannot be written (MLG-ORG-058).
    """
    if sortie.exists() and not remplacer:
        raise FichierInvalide(
            Anomalie(
                "MLG-ORG-057",
                f"{guillemets(sortie.name)} existe déjà",
                "ajoutez --remplacer pour le remplacer, ou choisissez un autre nom.",
                str(sortie),
            )
        )
    _setup()
    from maillage.web.network.echange import depots  # noqa: PLC0415 — needs Django

    _check_base()
    texte = depots.export_text(contenu.value)
    provisoire = sortie.with_name(f".{sortie.name}.partiel")
    try:
        provisoire.write_text(texte, encoding="utf-8", newline="")
        provisoire.replace(sortie)
    except OSError as error:
        provisoire.unlink(missing_ok=True)
        raise FichierInvalide(
            Anomalie(
                "MLG-ORG-058",
                f"{guillemets(sortie.name)} ne peut pas être écrit",
                "créez le dossier, vérifiez vos droits et la place libre.",
                str(sortie.parent),
            )
        ) from error
    typer.echo(f"Écrit{ESPACE_FINE}: {sortie}", err=True)
