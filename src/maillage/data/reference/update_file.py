"""What an update leaves in the data directory: one note and one Parquet file per source.

The note names the file by the hash of its content, so replacing the note is what replaces the
update: a reader sees the former state or the new one, never a mixture.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from maillage.data.reference.schema import LISTE, NOMBRE, SERIES, TEXTE
from maillage.data.sources.live.cache import write_bytes_atomically
from maillage.data.store import write_parquet_atomically
from maillage.kernel.pedigree import Source

if TYPE_CHECKING:
    from pathlib import Path

DOSSIER = "reference/mises-a-jour"
DOSSIER_CACHE = "reference/en-cache"

#: One commune or municipal arrondissement as geo.api.gouv.fr gives it today. Key: code.
COMMUNES_ACTUELLES = pa.schema(
    [
        ("code", TEXTE),
        ("type", TEXTE),  # COM | ARM
        ("nom", TEXTE),
        ("code_departement", TEXTE),
        ("code_epci", TEXTE),  # of today: the pack keeps those of 2025
        ("codes_postaux", LISTE),
        ("latitude", NOMBRE),
        ("longitude", NOMBRE),
    ]
)

#: One legal unit marked as IAE structure today, in one département. Key: (siren, code_departement).
#: Never add to STRUCTURES: units of another nature, of another date.
SIAE_OUVERTES = pa.schema(
    [
        ("siren", TEXTE),
        ("code_departement", TEXTE),
        ("nom", TEXTE),
        ("nature_juridique", TEXTE),
        ("tranche_effectif_salarie", TEXTE),
        ("est_ess", pa.bool_()),
        ("types_siae", LISTE),
        ("sirets", LISTE),
    ]
)

#: Tables an update may bring; « figures » holds communes and larger territories alike.
GENRES: dict[str, pa.Schema] = {
    "figures": SERIES,
    "communes": COMMUNES_ACTUELLES,
    "siae_ouvertes": SIAE_OUVERTES,
}


@dataclass(frozen=True, slots=True)
class Acceptee:
    """The accepted state of one source.

    Attributes:
        code: Name of the source in `maillage reference update`.
        genre: Key of `GENRES`.
        table: Its rows.
        sources: Published files they come from.
        recue_le: Day of the reading, ISO.
    """

    code: str
    genre: str
    table: pa.Table
    sources: tuple[Source, ...]
    recue_le: str

    def is_same(self, other: Acceptee | None) -> bool:
        """Whether the other state holds the same rows, whatever the day they were read."""
        return other is not None and self.genre == other.genre and self.table.equals(other.table)


def write_accepted(data_dir: Path, acceptee: Acceptee) -> None:
    """Replace the state of one source, whole or not at all.

    Raises:
        EnvironnementInvalide: the data directory cannot be written (MLG-ENV-001).
        OSError: it fills up or closes half-way.
    """
    folder = data_dir / DOSSIER
    fresh = folder / f"{acceptee.code}.parquet"
    write_parquet_atomically(acceptee.table, fresh)
    digest = hashlib.sha256(fresh.read_bytes()).hexdigest()
    name = f"{acceptee.code}-{digest[:16]}.parquet"
    fresh.replace(folder / name)
    note = {
        "code": acceptee.code,
        "genre": acceptee.genre,
        "fichier": name,
        "sha256": digest,
        "recue_le": acceptee.recue_le,
        "sources": [asdict(source) for source in acceptee.sources],
    }
    text = json.dumps(note, ensure_ascii=False, indent=1)
    write_bytes_atomically(_note_path(data_dir, acceptee.code), text.encode())
    for former in folder.glob(f"{acceptee.code}-{'?' * 16}.parquet"):
        if former.name != name:
            former.unlink(missing_ok=True)


def read_accepted(data_dir: Path, code: str) -> Acceptee | None:
    """State of one source; None when it was never updated.

    Raises:
        ValueError: damaged: the note, the hash or the columns are wrong.
        OSError: unreadable.
    """
    path = _note_path(data_dir, code)
    if not path.exists():
        return None
    try:
        note = json.loads(path.read_bytes())
        content = (path.parent / note["fichier"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != note["sha256"]:
            msg = "SHA-256 differs from the note's"
            raise ValueError(msg)
        table = pq.read_table(io.BytesIO(content)).cast(GENRES[note["genre"]])
        sources = tuple(_source(entry) for entry in note["sources"])
        return Acceptee(note["code"], note["genre"], table, sources, note["recue_le"])
    except (KeyError, TypeError, pa.ArrowException) as error:
        msg = f"not a note of an update: {error}"
        raise ValueError(msg) from error


def list_updated(data_dir: Path) -> list[str]:
    """Sources that have a state in the data directory, in alphabetical order."""
    return sorted(path.stem for path in (data_dir / DOSSIER).glob("*.json"))


def _note_path(data_dir: Path, code: str) -> Path:
    return data_dir / DOSSIER / f"{code}.json"


def _source(entry: dict[str, Any]) -> Source:
    return Source(**{**entry, "defauts": tuple(entry["defauts"])})
