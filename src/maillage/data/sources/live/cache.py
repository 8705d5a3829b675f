"""Answers kept with their validators, so that an unchanged resource is not downloaded twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Reponse:
    """One answer of a publisher.

    Attributes:
        url: Address asked for, parameters included.
        corps: Body, decompressed.
        type_contenu: Media type announced, lower case; empty when none was.
        inchangee: The publisher said that the body in the cache is still good.
    """

    url: str
    corps: bytes
    type_contenu: str = ""
    inchangee: bool = False

    @property
    def sha256(self) -> str:
        """Hash of the body, 64 hexadecimal digits."""
        return hashlib.sha256(self.corps).hexdigest()


@dataclass(slots=True)
class Cache:
    """One pair of files per address: the body, and a note with its validators and its hash."""

    dossier: Path
    _attente: dict[str, tuple[Reponse, dict[str, str]]] = field(init=False, default_factory=dict)

    def conditions(self, url: str) -> dict[str, str]:
        """Request headers that make the publisher answer 304 if nothing changed."""
        note = self._read_note(url)
        if not note or self.find(url) is None:
            return {}
        wanted = {"If-None-Match": note.get("etag"), "If-Modified-Since": note.get("modifie")}
        return {name: value for name, value in wanted.items() if value}

    def find(self, url: str) -> Reponse | None:
        """Answer kept for that address; None when there is none or it is damaged."""
        note = self._read_note(url)
        try:
            corps = self._path(url, "corps").read_bytes()
        except OSError:
            return None
        reponse = Reponse(url, corps, note.get("type", ""), inchangee=True)
        return reponse if note.get("sha256") == reponse.sha256 else None

    def hold(self, url: str, corps: bytes, headers: Mapping[str, str]) -> Reponse:
        """New answer, kept aside until `retain`."""
        reponse = Reponse(url, corps, headers.get("Content-Type", "").lower())
        note = {
            "url": url,
            "etag": headers.get("ETag", ""),
            "modifie": headers.get("Last-Modified", ""),
            "type": reponse.type_contenu,
            "sha256": reponse.sha256,
        }
        self._attente[url] = (reponse, note)
        return reponse

    def retain(self) -> None:
        """Write what was held and that the publisher gave a validator for."""
        for url, (reponse, note) in self._attente.items():
            if note["etag"] or note["modifie"]:
                write_bytes_atomically(self._path(url, "corps"), reponse.corps)
                write_bytes_atomically(self._path(url, "json"), json.dumps(note).encode())
        self._attente.clear()

    def forget(self) -> None:
        """Drop what was held."""
        self._attente.clear()

    def _read_note(self, url: str) -> dict[str, str]:
        try:
            note = json.loads(self._path(url, "json").read_bytes())
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) and note.get("url") == url else {}

    def _path(self, url: str, suffix: str) -> Path:
        return self.dossier / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.{suffix}"


def write_bytes_atomically(path: Path, content: bytes) -> None:
    """Write the file whole or not at all: a neighbour file first, then a rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
