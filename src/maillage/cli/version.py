"""`maillage version`: which version this is."""

import platform

import typer

from maillage import __version__
from maillage.cli.analyseur import Commande

_AIDE = "Dit quelle version de Maillage est installée."


def register(application: typer.Typer) -> None:
    """Add the command to the application."""
    application.command("version", cls=Commande, help=_AIDE)(show_version)


def show_version() -> None:
    """Print the version, the licence and the Python that runs it."""
    typer.echo(f"Maillage {__version__}")
    typer.echo("Licence AGPL-3.0-or-later")
    typer.echo(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
