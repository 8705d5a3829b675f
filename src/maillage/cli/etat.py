"""What reference data are in service on this machine."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.data.reference.overlay import apply_updates
from maillage.data.reference.pack import embedded_pack
from maillage.data.reference.update_file import list_updated, read_accepted

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.kernel.errors import Anomalie
    from maillage.kernel.pedigree import Source


@dataclass(frozen=True, slots=True)
class MiseAJour:
    """One update in service.

    Attributes:
        code: Name of its source.
        lignes: Rows that it brings.
        recue_le: Day it was received, ISO.
    """

    code: str
    lignes: int
    recue_le: str


@dataclass(frozen=True, slots=True)
class Etat:
    """What is in service.

    Attributes:
        empreinte: SHA-256 of the descriptor of the pack.
        dossier: Data directory, where updates are kept.
        sources: Published files of the pack, by code.
        mises_a_jour: Updates in service.
        problemes: Updates left out because they are damaged.
    """

    empreinte: str
    dossier: Path
    sources: tuple[Source, ...]
    mises_a_jour: tuple[MiseAJour, ...]
    problemes: tuple[Anomalie, ...]


def read_state(dossier: Path) -> Etat:
    """Pack and updates in service.

    Raises:
        DonneesIndisponibles: the pack is missing (MLG-REF-001) or damaged (MLG-REF-002).
    """
    pack = embedded_pack()
    _, problems = apply_updates(pack, dossier)
    updates = []
    for code in list_updated(dossier):
        with suppress(ValueError, OSError):  # damaged: told above, by name
            found = read_accepted(dossier, code)
            if found is not None:
                updates.append(MiseAJour(code, found.table.num_rows, found.recue_le))
    sources = tuple(pack.sources[code] for code in sorted(pack.sources))
    return Etat(pack.empreinte, dossier, sources, tuple(updates), problems)
