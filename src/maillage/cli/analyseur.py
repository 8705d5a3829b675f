"""The command line in French: usage, help pages and typing mistakes.

Typer writes its own words in English. Rather than translate its sentences after the fact, these two
classes build the help page themselves and turn every typing mistake into a `SaisieInvalide`.
"""

from __future__ import annotations

import inspect
import shutil
import textwrap
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn, cast

import typer
from typer.core import TyperCommand, TyperGroup

from maillage.cli.page import typographie
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Typer carries its own copy of click since 0.26: its public exception leads to the base class.
ErreurDeSaisie: type[Exception] = typer.BadParameter.__bases__[0]
"""What the parser raises for a command line that it cannot read."""

AIDE = "Affiche cette aide."
LARGEUR_MAXIMALE = 100
_COLONNE = 30


def suggestion(typed: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire … ? » when something known resembles what was typed, else empty."""
    close = get_close_matches(typed, list(known), n=2, cutoff=0.7)
    if not close:
        return ""
    return "vouliez-vous dire " + " ou ".join(f"« {word} »" for word in close) + " ?"


def refuse(error: Exception, context: Any) -> NoReturn:
    """Tell the same typing mistake in French, with its code and the help page to open.

    Args:
        error: What the parser raised.
        context: Context of the command that was being read; None when it is not known.

    Raises:
        SaisieInvalide: always (MLG-CLI-002 to 004).
    """
    context = getattr(error, "ctx", None) or context
    place = getattr(context, "command_path", "maillage")
    reader = _LECTEURS.get(type(error).__name__, _read_other)
    code, what, hint = reader(error, context)
    raise SaisieInvalide(
        Anomalie(code, what, way_out(hint, f"voyez « {place} --help »."))
    ) from error


def way_out(hint: str, other: str) -> str:
    """What to do: the suggestion if there is one, then the other way."""
    return f"{hint} Sinon, {other}" if hint else other


def _read_option(error: Any, context: Any) -> tuple[str, str, str]:
    known = [name for param in context.command.get_params(context) for name in param.opts]
    known = [name for name in known if name.startswith("-")]
    hint = suggestion(error.option_name, known)
    return "MLG-CLI-002", f"l’option « {error.option_name} » n’existe pas", hint


def _read_missing(error: Any, _context: Any) -> tuple[str, str, str]:
    param = error.param
    name = param.metavar or param.name
    if param.param_type_name == "option":
        return "MLG-CLI-003", f"il manque l’option « {param.opts[0]} »", ""
    return "MLG-CLI-003", f"il manque « {name} »", ""


def _read_usage(error: Any, context: Any) -> tuple[str, str, str]:
    option = error.option_name
    params = context.command.get_params(context) if context else []
    flags = [name for p in params if getattr(p, "is_flag", False) for name in p.opts]
    if option in flags:
        return "MLG-CLI-004", f"l’option « {option} » ne prend pas de valeur", ""
    return "MLG-CLI-003", f"l’option « {option} » attend une valeur", ""


def _read_value(error: Any, _context: Any) -> tuple[str, str, str]:
    param = getattr(error, "param", None)
    name = param.opts[0] if param is not None and param.opts else "?"
    return "MLG-CLI-004", f"la valeur donnée à « {name} » n’est pas acceptée", ""


def _read_other(_error: Any, _context: Any) -> tuple[str, str, str]:
    return "MLG-CLI-004", "la commande n’est pas comprise telle quelle", ""


_LECTEURS = {
    "NoSuchOption": _read_option,
    "MissingParameter": _read_missing,
    "BadOptionUsage": _read_usage,
    "BadParameter": _read_value,
}


class _Francais:
    """What a command and a group share: French usage line, sections and help option."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]  # mixin of click's classes
        if option is not None:
            option.help = AIDE
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        params = self.get_params(ctx)  # type: ignore[attr-defined]  # mixin
        pieces = [label(param) for param in params if param.param_type_name == "argument"]
        pieces += ["COMMANDE [SUITE…]"] if isinstance(self, TyperGroup) else []
        pieces += ["[OPTIONS]"]
        formatter.write(typographie(f"Usage : {ctx.command_path} {' '.join(pieces)}\n"))

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        del ctx
        text = inspect.cleandoc(getattr(self, "help", None) or "")
        for paragraph in filter(None, text.split("\n\n")):
            formatter.write("\n" + fill(" ".join(paragraph.split()), "  ") + "\n")

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        del ctx
        epilog = inspect.cleandoc(getattr(self, "epilog", None) or "")
        if epilog:
            formatter.write(typographie("\nExemples :\n") + textwrap.indent(epilog, "  ") + "\n")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        params = self.get_params(ctx)  # type: ignore[attr-defined]  # mixin
        shown = [param for param in params if not getattr(param, "hidden", False)]
        arguments = [(label(p), explain(p)) for p in shown if p.param_type_name == "argument"]
        options = [(label(p), explain(p)) for p in shown if p.param_type_name == "option"]
        write_section(formatter, "Ce qu’il faut écrire", arguments)
        if isinstance(self, Groupe):
            rows = [(name, self.summary(ctx, name)) for name in self.list_commands(ctx)]
            write_section(formatter, "Commandes", rows)
        write_section(formatter, "Options", options)


class Commande(_Francais, TyperCommand):
    """A command that speaks French."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; refuse those in excess by name.

        Raises:
            SaisieInvalide: something is unknown, missing or in excess (MLG-CLI-002 to 005).
        """
        ctx.allow_extra_args = True  # so that the refusal is ours, in French
        try:
            rest = super().parse_args(ctx, args)
        except ErreurDeSaisie as error:
            refuse(error, ctx)
        if rest and not ctx.resilient_parsing:
            words = " ".join(rest)
            raise SaisieInvalide(
                Anomalie(
                    "MLG-CLI-005",
                    f"« {words} » est de trop",
                    f"un nom en plusieurs mots s’écrit entre guillemets ; "
                    f"voyez « {ctx.command_path} --help ».",
                )
            )
        return rest


class Groupe(_Francais, TyperGroup):
    """A group of commands that speaks French."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what comes before the command's name; nothing at all shows the help page.

        Raises:
            SaisieInvalide: an option is unknown (MLG-CLI-002).
            typer.Exit: the help page was shown.
        """
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help())
            raise typer.Exit
        try:
            return super().parse_args(ctx, args)
        except ErreurDeSaisie as error:
            refuse(error, ctx)

    def summary(self, ctx: Any, name: str) -> str:
        """One line on one of its commands."""
        command = self.get_command(ctx, name)
        return "" if command is None else short_help(command)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command named first, or say which ones resemble it.

        Raises:
            SaisieInvalide: no such command (MLG-CLI-001).
        """
        name = args[0]
        command = self.get_command(ctx, name)
        if command is not None or ctx.resilient_parsing:
            return name, command, args[1:]
        hint = suggestion(name, self.list_commands(ctx))
        raise SaisieInvalide(
            Anomalie(
                "MLG-CLI-001",
                f"la commande « {ctx.command_path} {name} » n’existe pas",
                way_out(hint, f"voyez « {ctx.command_path} --help »."),
            )
        )


def label(param: Any) -> str:
    """How a parameter is written: its metavar, or its names and the metavar of its value."""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper())
    names = " ou ".join([*param.opts, *param.secondary_opts])
    is_flag = getattr(param, "is_flag", False)
    return names if is_flag else f"{names} {param.metavar or param.name.upper()}"


def explain(param: Any) -> str:
    """Help of a parameter, with its default value when there is one to say."""
    text = str(param.help or "")
    default = param.default
    if isinstance(default, bool) or default is None or not str(default) or "défaut" in text:
        return text
    return f"{text} Par défaut : {default}."


def short_help(command: Any) -> str:
    """First sentence of the help of a command."""
    text = inspect.cleandoc(command.short_help or command.help or "")
    return " ".join(text.split("\n\n")[0].split())


def terminal_width() -> int:
    """Columns to write on: those of the terminal, 100 at most, 100 when there is none."""
    return min(shutil.get_terminal_size((LARGEUR_MAXIMALE, 24)).columns, LARGEUR_MAXIMALE)


def fill(text: str, indent: str, first: str | None = None) -> str:
    """Text wrapped at the width of the terminal; no-break spaces never end a line."""
    return textwrap.fill(
        typographie(text),
        max(terminal_width(), 40),
        initial_indent=indent if first is None else typographie(first),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def write_section(formatter: Any, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """A titled list of names and their explanations; nothing when it is empty."""
    if not rows:
        return
    column = min(max(len(name) for name, _ in rows), _COLONNE) + 4
    formatter.write(typographie(f"\n{title} :\n"))
    for name, text in rows:
        start = f"  {name}".ljust(column)
        if len(start) > column:
            formatter.write(start + "\n")
            start = " " * column
        formatter.write(fill(text or "", " " * column, start) + "\n" if text else start + "\n")


def as_click(application: typer.Typer) -> Any:
    """The parser's tree of a Typer application."""
    return cast("Any", typer.main.get_command(application))
