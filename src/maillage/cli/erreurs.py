"""How a failure is told: in French, on the error stream, with an exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import TYPE_CHECKING

import typer

from maillage.cli.analyseur import fill
from maillage.cli.page import typographie
from maillage.kernel.errors import Anomalie, EnvironnementInvalide

if TYPE_CHECKING:
    from maillage.kernel.errors import UserError

INATTENDUE = 70
"""Exit code of a failure that Maillage did not foresee (EX_SOFTWARE)."""
INTERROMPUE = 130
"""Exit code after Ctrl-C, as shells have it."""
TUYAU_FERME = 141
"""Exit code when the reader of our output went away, as shells have it."""
TRACE = "MAILLAGE_TRACE"
"""Environment variable that asks for the technical detail of an unexpected failure."""

_REFUS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.ENOTDIR, errno.EDQUOT}


def show_error(error: UserError) -> int:
    """Tell every problem of an error; return the exit code of its class."""
    several = len(error.anomalies) > 1
    if several:
        typer.secho(typographie(f"{len(error.anomalies)} problèmes :"), err=True, bold=True)
    for anomalie in error.anomalies:
        _show_anomalie(anomalie)
    return error.exit_code


def _show_anomalie(anomalie: Anomalie) -> None:
    title = typographie(f"Erreur {anomalie.code} : ")
    typer.secho(title, err=True, bold=True, fg="red", nl=False)
    typer.echo(_line(anomalie.quoi, " " * len(title)).lstrip(), err=True)
    if anomalie.ou:
        typer.echo(_line(anomalie.ou, "  Où : "), err=True)
    typer.echo(_line(anomalie.que_faire, "  Que faire : "), err=True)


def _line(text: str, first: str) -> str:
    """A labelled text, wrapped for a reader; one line per problem when it goes to a file."""
    if not sys.stderr.isatty():
        return typographie(first + text)
    return "\n".join(
        fill(part, "    ", first if rank == 0 else "    ")
        for rank, part in enumerate(text.split("\n"))
    )


def show_unexpected(error: BaseException) -> int:
    """Tell a failure that nobody foresaw, with the way to its technical detail."""
    if os.environ.get(TRACE):
        traceback.print_exception(error, file=sys.stderr)
    _show_anomalie(
        Anomalie(
            "MLG-SYS-001",
            f"Maillage s’est arrêté sur une erreur qu’il n’attendait pas ({type(error).__name__})",
            f"relancez la même commande précédée de « {TRACE}=1 » pour en obtenir le détail, "
            "et joignez-le à votre signalement.",
        )
    )
    return INATTENDUE


def read_os_error(error: OSError) -> UserError | None:
    """A refusal of the machine (rights, disk) as an error to read; None for anything else."""
    if error.errno not in _REFUS:
        return None
    reason = "le disque est plein" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "refusé"
    return EnvironnementInvalide(
        Anomalie(
            "MLG-SYS-002",
            f"la machine n’a pas laissé lire ou écrire un fichier : {reason}",
            "vérifiez vos droits sur ce dossier et la place libre, ou choisissez un autre dossier "
            "de données avec la variable MAILLAGE_DONNEES.",
            str(error.filename or ""),
        )
    )


def close_broken_pipe() -> int:
    """Stay silent when the reader of our output went away (« | head »)."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return TUYAU_FERME
