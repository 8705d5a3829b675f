"""Real France behind the files of the network, without the user's data directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.atlas import real_atlas

from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True, scope="session")
def _atlas() -> Iterator[None]:
    avant = donnees.atlas
    found = real_atlas()
    donnees.atlas = lambda: found
    yield
    donnees.atlas = avant
