"""Blocks of a view to its Parquet file, written by a second thread while the next block is read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Self

import pyarrow.parquet as pq

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    import pyarrow as pa


class Ecriture:
    """A Parquet file that is written block by block, one block at most behind what is read.

    Used as a context: once left, the file is whole, or the failure of the writing has been raised.

    Attributes:
        chemin: The file; nothing is created before the first block.
    """

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        self._fichier: pq.ParquetWriter | None = None
        self._fil = ThreadPoolExecutor(max_workers=1)
        self._en_cours: Future[None] | None = None

    @property
    def is_begun(self) -> bool:
        """Whether a block was given."""
        return self._fichier is not None

    def write(self, bloc: pa.Table) -> None:
        """Give a block; waits for the one before, and raises what its writing raised."""
        self._wait()
        if self._fichier is None:
            self._fichier = pq.ParquetWriter(self.chemin, bloc.schema, compression="zstd")
        self._en_cours = self._fil.submit(self._fichier.write_table, bloc)

    def _wait(self) -> None:
        en_cours, self._en_cours = self._en_cours, None
        if en_cours is not None:
            en_cours.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._wait()
        finally:
            self._fil.shutdown()
            if self._fichier is not None:
                self._fichier.close()
