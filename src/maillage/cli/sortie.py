"""Where a result goes: the terminal, a pipe or a file, as a table, JSON or CSV."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from maillage.cli.analyseur import suggestion, way_out
from maillage.kernel.errors import Anomalie, EnvironnementInvalide, SaisieInvalide

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Format(Enum):
    """How a result is written; the value is what is typed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


AIDE_FORMAT = (
    "table (à lire), json (tout, avec la source de chaque chiffre) ou csv (pour un tableur). "
    "Par défaut : table, ou ce que dit le nom du fichier de --sortie."
)
AIDE_SORTIE = "Écrit le résultat dans ce fichier au lieu de l’afficher."
AIDE_REMPLACER = "Accepte de remplacer le fichier de --sortie s’il existe déjà."


def parse_format(text: str | None, target: Path | None = None) -> Format:
    """Format of that name; without a name, the one that the file's name says, else a table.

    Raises:
        SaisieInvalide: no such format (MLG-CLI-004).
    """
    known = {fmt.value: fmt for fmt in Format}
    if text is None:
        return known.get(target.suffix[1:].lower() if target else "", Format.TABLE)
    if text.lower() in known:
        return known[text.lower()]
    hint = suggestion(text, known)
    raise SaisieInvalide(
        Anomalie(
            "MLG-CLI-004",
            f"le format « {text} » n’existe pas",
            way_out(hint, "formats possibles : table, json, csv."),
            "--format",
        )
    )


@dataclass(frozen=True, slots=True)
class Sortie:
    """Where to write, and how.

    Attributes:
        format: Table, JSON or CSV.
        fichier: File to write; None for the standard output.
        remplacer: Whether an existing file may be replaced.
    """

    format: Format
    fichier: Path | None = None
    remplacer: bool = False

    def write(
        self,
        table: Callable[[], str],
        data: Callable[[], Any],
        rows: Callable[[], Sequence[Mapping[str, Any]]],
    ) -> None:
        """Write a result in the chosen format; only that form is computed.

        Raises:
            SaisieInvalide: the file exists already (MLG-CLI-007).
            EnvironnementInvalide: the file cannot be written (MLG-CLI-008).
        """
        if self.format is Format.JSON:
            text = render_json(data())
        elif self.format is Format.CSV:
            text = render_csv(rows(), bom=self.fichier is not None)
        else:
            text = table()
        if self.fichier is None:
            typer.echo(text, nl=False)
        else:
            write_file(self.fichier, text, replace=self.remplacer)
            typer.echo(f"Écrit : {self.fichier}", err=True)


def open_sortie(
    format_name: str | None, fichier: Path | None = None, *, remplacer: bool = False
) -> Sortie:
    """Check where to write before any work is done.

    Raises:
        SaisieInvalide: no such format (MLG-CLI-004), or the file exists already (MLG-CLI-007).
        EnvironnementInvalide: its folder does not exist (MLG-CLI-008).
    """
    sortie = Sortie(parse_format(format_name, fichier), fichier, remplacer)
    if fichier is not None:
        check_target(fichier, replace=remplacer)
    return sortie


def render_json(data: Any) -> str:
    """JSON text, accents as they are, one final line feed; NaN is refused."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def render_csv(rows: Sequence[Mapping[str, Any]], *, bom: bool) -> str:
    """CSV text of rows that have the same columns."""
    from maillage.analyses.exports import rows_to_csv  # noqa: PLC0415 — heavy, only when asked

    return rows_to_csv(rows, bom=bom)


def write_file(target: Path, text: str, *, replace: bool) -> None:
    """Write a text file whole or not at all.

    Raises:
        SaisieInvalide: it exists already and may not be replaced (MLG-CLI-007).
        EnvironnementInvalide: the machine refuses (MLG-CLI-008).
    """
    write_bytes(target, text.encode("utf-8"), replace=replace)


def write_bytes(target: Path, content: bytes, *, replace: bool) -> None:
    """Write a file whole or not at all.

    Raises:
        SaisieInvalide: it exists already and may not be replaced (MLG-CLI-007).
        EnvironnementInvalide: the machine refuses (MLG-CLI-008).
    """
    check_target(target, replace=replace)
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        _refuse(target, error)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def check_target(target: Path, *, replace: bool) -> None:
    """Check that a file may be written.

    Raises:
        SaisieInvalide: it exists already and may not be replaced (MLG-CLI-007).
        EnvironnementInvalide: its folder does not exist (MLG-CLI-008).
    """
    try:
        exists = target.exists()
        folder = target.parent.is_dir()
    except OSError as error:
        _refuse(target, error)
    if exists and (target.is_dir() or not replace):
        way_out = "ajoutez --remplacer pour le remplacer, ou choisissez un autre nom."
        raise SaisieInvalide(
            Anomalie("MLG-CLI-007", f"« {target.name} » existe déjà", way_out, str(target))
        )
    if not folder:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-CLI-008",
                f"le dossier de « {target.name} » n’existe pas",
                "créez-le, ou choisissez un autre dossier.",
                str(target.parent),
            )
        )


def _refuse(target: Path, error: OSError) -> NoReturn:
    raise EnvironnementInvalide(
        Anomalie(
            "MLG-CLI-008",
            f"« {target.name} » ne peut pas être écrit ({tell_reason(error)})",
            "vérifiez vos droits sur ce dossier et la place libre, ou choisissez un autre dossier.",
            str(target.parent),
        )
    ) from error


def tell_reason(error: OSError) -> str:
    """Why the machine refuses, in French."""
    reasons = {
        "EACCES": "droit refusé",
        "EPERM": "droit refusé",
        "EROFS": "disque en lecture seule",
        "ENOSPC": "disque plein",
        "EDQUOT": "quota atteint",
        "ENOTDIR": "un fichier se trouve à la place d’un dossier",
        "EEXIST": "un fichier se trouve à la place d’un dossier",
    }
    return reasons.get(errno.errorcode.get(error.errno or 0, ""), type(error).__name__)
