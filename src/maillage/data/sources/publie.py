"""Reads the tables that publishers release, every column as text, and checks them as it casts.

Problems are collected over all the files, so that one report names them together.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from maillage.kernel.errors import Anomalie, FichierInvalide

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

_FIRST_ROW = 2  # line of the first row: the header is line 1
INCONNU = "le code « {} » n’existe pas dans la géographie de 2025"
"""What is said of a code that no territory bears."""
_CSV = "enregistrez-le en UTF-8, séparé par des virgules, une ligne par enregistrement."
_SHOWN = 20  # problems listed one by one, per file and column; the others are counted


class Nature(Enum):
    """What a published column holds. Every nature but CODE may be blank."""

    CODE = "code"  # text that is never blank
    TEXTE = "texte"
    NOMBRE = "nombre"
    LISTE = "liste"  # texts separated by a vertical bar


@dataclass(frozen=True, slots=True)
class FichierPublie:
    """The shape of one published file.

    Attributes:
        chemin: Path inside the folder of published tables, with slashes.
        colonnes: Column names exactly as published, with what each holds.
        cle: Columns that no two rows share.
    """

    chemin: str
    colonnes: Mapping[str, Nature]
    cle: tuple[str, ...]

    @property
    def code(self) -> str:
        """Short name of the file, which its `Source` bears."""
        return PurePosixPath(self.chemin).stem


@dataclass(slots=True)
class Constats:
    """What reading met: anomalies that stop the work, repairs that do not.

    Attributes:
        anomalies: Problems, in the order of the files read.
        reparations: French sentences by source code: what was mended or left out, and how much.
        empreintes: SHA-256 of each file read, by path inside the folder.
        lignes: Number of data rows of each file read, by path inside the folder.
    """

    anomalies: list[Anomalie] = field(default_factory=list)
    reparations: list[tuple[str, str]] = field(default_factory=list)
    empreintes: dict[str, str] = field(default_factory=dict)
    lignes: dict[str, int] = field(default_factory=dict)

    def repair(self, source: str, phrase: str) -> None:
        """Note what was mended in a source, or left out of it."""
        self.reparations.append((source, phrase))

    def raise_if_any(self) -> None:
        """Stop here when at least one anomaly was met.

        Raises:
            FichierInvalide: every anomaly collected so far.
        """
        if self.anomalies:
            raise FichierInvalide(*self.anomalies)

    def refuse(self, code: str, quoi: str, que_faire: str, ou: str) -> None:
        """Note one problem that stops the work."""
        self.anomalies.append(Anomalie(code, quoi, que_faire, ou))

    def refuse_rows(self, place: Place, rows: Collection[tuple[int, str]], quoi: str) -> None:
        """Note one problem per row, listed up to a limit, then counted.

        Args:
            place: Where, and under which code.
            rows: Position of each row in the table, from 0, and the offending value.
            quoi: French sentence in which `{}` stands for the value.
        """
        shown = sorted(rows)[:_SHOWN]
        for position, value in shown:
            self.refuse(place.code, quoi.format(value), place.que_faire, place.at(position))
        if len(rows) > len(shown):
            others = f"et {len(rows) - len(shown)} autres lignes ont le même défaut"
            self.refuse(place.code, others, place.que_faire, place.at(None))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem of rows is, and what the reader can do.

    Attributes:
        code: `MLG-REF-…` of the problem.
        chemin: Path of the file inside the folder.
        colonne: Column, or columns of the key.
        que_faire: French sentence.
    """

    code: str
    chemin: str
    colonne: str
    que_faire: str

    def at(self, position: int | None) -> str:
        """Place of one row as shown, or of the column when there is no row."""
        row = "" if position is None else f", ligne {position + _FIRST_ROW}"
        return f"{self.chemin}{row}, colonne {self.colonne}"


def read_bytes(dossier: Path, chemin: str, constats: Constats) -> bytes | None:
    """Content of one published file, its hash noted; None when it is missing (noted too)."""
    path = dossier / chemin
    try:
        content = path.read_bytes()
    except OSError:
        constats.refuse(
            "MLG-REF-101",
            f"le fichier {chemin} est introuvable ou illisible",
            "vérifiez le dossier donné après --from : il doit contenir les tables publiées "
            "décrites dans docs/reference/sources.md.",
            str(path),
        )
        return None
    constats.empreintes[chemin] = hashlib.sha256(content).hexdigest()
    return content


def read_published(dossier: Path, fichier: FichierPublie, constats: Constats) -> pa.Table | None:
    """Table of one published file, columns named as published and cast to their nature.

    Returns:
        One row per published row, in the published order. CODE and TEXTE are text (blank is
        null), NOMBRE is float64, LISTE a list of texts. None when the file cannot be read; the
        reasons are then in `constats`.
    """
    content = read_bytes(dossier, fichier.chemin, constats)
    raw = None if content is None else _parse(content, fichier, constats)
    if raw is None or not _has_columns(raw, fichier, constats):
        return None
    constats.lignes[fichier.chemin] = raw.num_rows
    columns = {
        name: _cast(raw[name], kind, (fichier, name), constats)
        for name, kind in fichier.colonnes.items()
    }
    _check_key(raw, fichier, constats)
    return pa.table(columns)


def check_known(
    column: pa.ChunkedArray, known: Collection[str], place: Place, constats: Constats
) -> None:
    """Note every text of a column that is not one of the known codes (blanks pass)."""
    values = pa.array(sorted(known), pa.string())
    wrong = pc.and_(pc.is_valid(column), pc.invert(pc.is_in(column, value_set=values)))
    positions = np.flatnonzero(wrong.to_numpy(zero_copy_only=False))
    rows = [(int(p), column[int(p)].as_py()) for p in positions]
    constats.refuse_rows(place, rows, INCONNU)


def _parse(content: bytes, fichier: FichierPublie, constats: Constats) -> pa.Table | None:
    ragged: list[tuple[int, str]] = []

    def note(row: pacsv.InvalidRow) -> str:
        ragged.append(
            (row.number - _FIRST_ROW, f"{row.actual_columns} au lieu de {row.expected_columns}")
        )
        return "skip"

    options = pacsv.ConvertOptions(
        column_types=dict.fromkeys(fichier.colonnes, pa.string()),
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        null_values=[""],
    )
    try:
        content.decode()
        table = pacsv.read_csv(
            pa.BufferReader(content),
            read_options=pacsv.ReadOptions(use_threads=False),  # rows are then numbered
            parse_options=pacsv.ParseOptions(invalid_row_handler=note),
            convert_options=options,
        )
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _refuse_file("un octet n’est pas de l’UTF-8", f"{fichier.chemin}, ligne {line}", constats)
        return None
    except pa.ArrowInvalid:
        _refuse_file("le fichier est vide ou n’est pas un CSV", fichier.chemin, constats)
        return None
    place = Place("MLG-REF-102", fichier.chemin, "toutes", _CSV)
    constats.refuse_rows(place, ragged, "nombre de cellules inattendu : {}")
    return table


def _refuse_file(quoi: str, ou: str, constats: Constats) -> None:
    constats.refuse("MLG-REF-102", quoi, _CSV, ou)


def _has_columns(raw: pa.Table, fichier: FichierPublie, constats: Constats) -> bool:
    missing = [name for name in fichier.colonnes if raw.column_names.count(name) != 1]
    if missing:
        extra = [name for name in raw.column_names if name not in fichier.colonnes]
        found = f" ; colonnes inattendues : {', '.join(extra)}" if extra else ""
        constats.refuse(
            "MLG-REF-103",
            f"colonnes absentes ou répétées : {', '.join(missing)}{found}",
            "rétablissez le nom exact des colonnes publiées.",
            f"{fichier.chemin}, ligne 1",
        )
    return not missing


def _cast(
    column: pa.ChunkedArray, kind: Nature, where: tuple[FichierPublie, str], constats: Constats
) -> pa.ChunkedArray | pa.Array:
    if kind is Nature.NOMBRE:
        return _cast_numbers(column, where, constats)
    if kind is Nature.LISTE:
        return pc.split_pattern(column, "|")
    if kind is Nature.CODE and column.null_count:
        place = _place("MLG-REF-106", where, "complétez la cellule ou retirez la ligne.")
        rows = [(int(p), "") for p in np.flatnonzero(pc.is_null(column).to_numpy())]
        constats.refuse_rows(place, rows, "cellule vide là où un code est obligatoire{}")
    return column


def _cast_numbers(
    column: pa.ChunkedArray, where: tuple[FichierPublie, str], constats: Constats
) -> pa.ChunkedArray | pa.Array:
    readable = pc.match_substring_regex(column, r"^-?[0-9]+(\.[0-9]+)?$")
    wrong = pc.fill_null(pc.invert(readable), fill_value=False)
    if not pc.any(wrong).as_py():
        return pc.cast(column, pa.float64())
    place = _place("MLG-REF-104", where, "écrivez le nombre avec un point décimal, ou rien.")
    rows = [
        (int(p), column[int(p)].as_py())
        for p in np.flatnonzero(wrong.to_numpy(zero_copy_only=False))
    ]
    constats.refuse_rows(place, rows, "nombre illisible : « {} »")
    return pc.cast(pc.if_else(wrong, pa.scalar(None, pa.string()), column), pa.float64())


def _check_key(raw: pa.Table, fichier: FichierPublie, constats: Constats) -> None:
    keys = list(fichier.cle)
    if raw.group_by(keys).aggregate([]).num_rows == raw.num_rows:
        return
    seen: set[tuple[str | None, ...]] = set()
    rows: list[tuple[int, str]] = []
    for position, key in enumerate(zip(*(raw[name].to_pylist() for name in keys), strict=True)):
        if key in seen:
            rows.append((position, " · ".join(str(part) for part in key)))
        seen.add(key)
    place = Place(
        "MLG-REF-105", fichier.chemin, ", ".join(fichier.cle), "retirez l’une des deux lignes."
    )
    constats.refuse_rows(place, rows, "la clé « {} » figure déjà plus haut")


def _place(code: str, where: tuple[FichierPublie, str], que_faire: str) -> Place:
    fichier, colonne = where
    return Place(code, fichier.chemin, colonne, que_faire)
