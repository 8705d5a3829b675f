"""The `maillage` command: what its words are, and how it ends."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maillage.cli import (
    cibles,
    diagnostic,
    emploi,
    fec,
    flux,
    indicateurs,
    modele,
    pilotage,
    preparation,
    reference,
    regles,
    synth,
    territoire,
    version,
)
from maillage.cli.analyseur import ErreurDeSaisie, as_click, refuse
from maillage.cli.erreurs import (
    INTERROMPUE,
    close_broken_pipe,
    read_os_error,
    show_error,
    show_unexpected,
)
from maillage.cli.montage import Racine
from maillage.kernel.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

_AIDE = """
Où l’on a besoin d’insertion par l’activité économique, où elle est, qui peut la rejoindre,
et si les cibles publiques ont suivi le besoin. Chaque chiffre ouvre sa source.
"""
_EXEMPLES = """
maillage territoire rennes              trouver un territoire
maillage diagnostic departement 35      le diagnostic d’un territoire
maillage cibles                         ce qu’ont suivi les cibles de 2022
maillage COMMANDE --help                l’aide d’une commande
"""


def build_application() -> typer.Typer:
    """The command line with every command of this room."""
    application = typer.Typer(
        name="maillage",
        cls=Racine,
        help=_AIDE,
        epilog=_EXEMPLES,
        add_completion=False,
        rich_markup_mode=None,
    )
    modules = (
        territoire,
        diagnostic,
        cibles,
        indicateurs,
        regles,
        emploi,
        flux,
        pilotage,
        fec,
        modele,
        synth,
        preparation,
        reference,
        version,
    )
    for module in modules:
        module.register(application)
    application.callback(invoke_without_command=True)(_root)
    return application


def _root(
    *,
    show: Annotated[
        bool,
        typer.Option("--version", help="Dit quelle version est installée.", is_eager=True),
    ] = False,
) -> None:
    """Answer `--version`, as every command of a system does.

    Raises:
        typer.Exit: the version was shown.
    """
    if show:
        version.show_version()
        raise typer.Exit


def main() -> None:
    """Entry point of the `maillage` command."""
    force_utf8()
    sys.exit(run(sys.argv[1:]))


def run(args: Sequence[str]) -> int:
    """Run one command line; return the exit code, every failure told in French."""
    try:
        code = _run_command(list(args))
        sys.stdout.flush()
    except UserError as error:
        return show_error(error)
    except KeyboardInterrupt:
        typer.echo("\nInterrompu : rien n’a été écrit à moitié.", err=True)
        return INTERROMPUE
    except BrokenPipeError:
        return close_broken_pipe()
    except OSError as error:
        refusal = read_os_error(error)
        return show_unexpected(error) if refusal is None else show_error(refusal)
    except Exception as error:  # noqa: BLE001 — the last resort: a person never reads a traceback
        return show_unexpected(error)
    return code


def _run_command(args: list[str]) -> int:
    command = as_click(build_application())
    context: Any = None
    try:
        with command.make_context("maillage", args) as context:
            command.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort as stopping:
        raise KeyboardInterrupt from stopping
    except ErreurDeSaisie as error:
        refuse(error, context)
    return 0


def force_utf8() -> None:
    """Write UTF-8 where the machine would only write ASCII, and everywhere but on a terminal.

    A terminal that says it uses another alphabet is believed; what it lacks shows as « ? ».
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        name = stream.encoding.lower().replace("-", "")
        if name == "utf8":
            continue
        if name in {"ascii", "ansi_x3.41968", "usascii", "646"} or not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="replace")
        else:
            stream.reconfigure(errors="replace")
