"""Commands that other rooms bring, found by entry point and loaded only when they are called."""

from __future__ import annotations

import inspect
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

import typer

from maillage.cli.analyseur import Commande, Groupe, as_click
from maillage.kernel.errors import Anomalie, EnvironnementInvalide

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPE = "maillage.commandes"
"""Entry-point group in which a room declares its commands."""

# The list of commands is shown without loading them, so their one line stands here.
_RESUMES = {
    "site": "Ouvre le site de Maillage sur cet ordinateur.",
    "admin": "Administre un site\u00a0: droits, comptes, sauvegardes.",
    "reseau": "Échange le fichier des adhérents et celui des personnes.",
    "dialogue": "Amorce le dialogue\u00a0: les instances prévues par les textes.",
}


def find_mounted() -> dict[str, EntryPoint]:
    """Entry points of the mounted commands, by name of command."""
    return {point.name: point for point in entry_points(group=GROUPE)}


def load_mounted(point: EntryPoint) -> Any:
    """The parser's tree of a mounted command, its words in French.

    Raises:
        EnvironnementInvalide: the command cannot be loaded (MLG-CLI-006).
    """
    try:
        application = _as_application(point.load(), point.name)
        return as_click(_in_french(application, point.name))
    except Exception as error:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-CLI-006",
                f"la commande « {point.name} » ne peut pas être chargée : "
                f"{type(error).__name__}, {error}",
                "réinstallez Maillage (« make run » le fait) ; les autres commandes marchent.",
                point.value,
            )
        ) from error


def _as_application(brought: typer.Typer | Callable[..., Any], name: str) -> typer.Typer:
    """A mounted group as it is; a mounted function as an application of one command."""
    if isinstance(brought, typer.Typer):
        return brought
    application = typer.Typer()
    # its docstring is written for programmers below the first paragraph
    first = inspect.cleandoc(brought.__doc__ or "").split("\n\n")[0]
    application.command(name, help=first)(brought)
    return application


def _in_french(application: typer.Typer, name: str) -> typer.Typer:
    """Give our French classes to an application written without them."""
    for command in application.registered_commands:
        command.cls = Commande
    for group in application.registered_groups:
        if group.typer_instance is not None:
            _in_french(group.typer_instance, group.name or name)
        group.cls = Groupe
    application.info.cls = Groupe
    application.info.name = name
    application.rich_markup_mode = None
    application._add_completion = False  # noqa: SLF001 — no public switch once it is built
    return application


_DERNIERE = "version"  # least needed, so shown last


class Racine(Groupe):
    """The `maillage` command: its own commands, then those of the other rooms."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all commands, mounted ones last, without loading them."""
        own = super().list_commands(ctx)
        brought = [name for name in find_mounted() if name not in own]
        first = [name for name in own if name != _DERNIERE]
        return [*first, *brought, _DERNIERE]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, loaded now if another room brings it; None if none does."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        point = find_mounted().get(cmd_name)
        return None if point is None else load_mounted(point)

    def summary(self, ctx: Any, name: str) -> str:
        """One line on a command, without loading a mounted one."""
        if name in self.commands:
            return super().summary(ctx, name)
        return _RESUMES.get(name, "Commande apportée par une autre partie de Maillage.")
