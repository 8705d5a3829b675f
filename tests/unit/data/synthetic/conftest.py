"""One network for all the tests of this folder, and the same one seen later."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.reseau_synthetique import parametres, read_view, write_network

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa


@pytest.fixture(scope="session")
def reseau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty structures, 2024 and 2025, in July 2025."""
    return write_network(tmp_path_factory.mktemp("reseau"))


@pytest.fixture(scope="session")
def reseau_plus_tard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, in October, for one more year."""
    return write_network(
        tmp_path_factory.mktemp("plus-tard"), parametres(au=date(2025, 10, 6), annees=(2023, 2025))
    )


@pytest.fixture(scope="session")
def vue(reseau: Path) -> Callable[[str], pa.Table]:
    """A view of the network."""
    lues: dict[str, pa.Table] = {}

    def read(nom: str) -> pa.Table:
        if nom not in lues:
            lues[nom] = read_view(reseau, nom)
        return lues[nom]

    return read
