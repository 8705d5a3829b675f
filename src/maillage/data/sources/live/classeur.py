"""Reads the cells of a published workbook (Office Open XML), nothing more.

Only values: no formula is computed, no style, no link, no macro is looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TypeAlias
from xml.etree import ElementTree as ET

Cellule: TypeAlias = str | float | None
"""Text, number, or nothing."""

OCTETS_MAX = 64 * 1024 * 1024
"""Size after which one unpacked part is refused: a small archive can hold a huge one."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]+")


def read_classeur(content: bytes) -> dict[str, list[list[Cellule]]]:
    """Rows of each sheet, by sheet name, in the order of the workbook.

    Returns:
        For each sheet its rows from the top; a row is as long as its last cell in use.

    Raises:
        ValueError: not a workbook, damaged, too large, or declaring a document type.
    """
    return {name: [row for _, row in rows] for name, rows in read_numbered(content).items()}


def read_numbered(content: bytes) -> dict[str, list[tuple[int, list[Cellule]]]]:
    """The same, each row with its number as the sheet shows it: rows without a cell are not written.

    Raises:
        ValueError: not a workbook, damaged, too large, or declaring a document type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = _shared_texts(archive)
            return {
                name: _rows(_parse(archive, part), texts) for name, part in _sheets(archive).items()
            }
    except (zipfile.BadZipFile, KeyError, ET.ParseError, UnicodeDecodeError, IndexError) as error:
        msg = f"not a readable workbook: {type(error).__name__}"
        raise ValueError(msg) from error


def _parse(archive: zipfile.ZipFile, part: str) -> ET.Element:
    if archive.getinfo(part).file_size > OCTETS_MAX:
        msg = f"part {part} unpacks to more than {OCTETS_MAX} bytes"
        raise ValueError(msg)
    text = archive.read(part).decode("utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        msg = f"part {part} declares a document type"
        raise ValueError(msg)
    return ET.fromstring(text)  # noqa: S314 — no DOCTYPE, so no entity: checked just above


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = {
        r.get("Id", ""): r.get("Target", "")
        for r in _parse(archive, "xl/_rels/workbook.xml.rels").iter()
    }
    sheets = (e for e in _parse(archive, "xl/workbook.xml").iter() if _local(e) == "sheet")
    return {s.get("name", ""): _part(relations[s.get(_RELATION, "")]) for s in sheets}


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    part = "xl/sharedStrings.xml"
    if part not in archive.namelist():
        return []
    return [_text(item) for item in _parse(archive, part) if _local(item) == "si"]


def counts_from_1904(content: bytes) -> bool:
    """Whether the days of a workbook are counted from 1904, as old Macs do: four years off the others.

    Raises:
        ValueError: not a workbook, or damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            livre = _parse(archive, "xl/workbook.xml")
    except (zipfile.BadZipFile, KeyError, ET.ParseError, UnicodeDecodeError) as error:
        msg = f"not a readable workbook: {type(error).__name__}"
        raise ValueError(msg) from error
    return any(
        e.get("date1904") in {"1", "true"} for e in livre.iter() if _local(e) == "workbookPr"
    )


def _rows(sheet: ET.Element, texts: list[str]) -> list[tuple[int, list[Cellule]]]:
    rows: list[tuple[int, list[Cellule]]] = []
    number = 0
    for row in sheet.iter():
        if _local(row) == "row":
            number = int(row.get("r") or number + 1)
            rows.append((number, _row([cell for cell in row if _local(cell) == "c"], texts)))
    return rows


def _row(cells: list[ET.Element], texts: list[str]) -> list[Cellule]:
    row: list[Cellule] = []
    for cell in cells:
        position = _column(cell.get("r", ""), len(row))
        row += [None] * (position - len(row))
        row.append(_value(cell, texts))
    return row


def _column(reference: str, following: int) -> int:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return following
    position = 0
    for letter in match[1]:
        position = 26 * position + ord(letter) - ord("A") + 1
    return position - 1


def _value(cell: ET.Element, texts: list[str]) -> Cellule:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = next((e.text for e in cell if _local(e) == "v"), None)
    if value is None or value == "":
        return None
    if kind == "s":
        return texts[int(value)]
    return float(value) if kind == "n" else value


def _text(element: ET.Element) -> str:
    return "".join(e.text or "" for e in element.iter() if _local(e) == "t")


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
