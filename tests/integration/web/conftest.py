"""The pages on real France, without a server and without the user's data directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from factories.atlas import real_atlas

from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.diagnosis.atlas import Atlas


@pytest.fixture
def atlas() -> Iterator[Atlas]:
    """The atlas of the embedded pack, put in place of the one of the data directory."""
    avant = donnees.atlas
    found = real_atlas()
    donnees.atlas = lambda: found
    yield found
    donnees.atlas = avant


@pytest.fixture
def client(atlas: Atlas, db: None) -> Client:
    """A browser that speaks to the application directly."""
    del atlas, db
    return Client(headers={"host": "127.0.0.1"})
