"""One site for the three cases: each case reads only what it has typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.saisie_dialogue import Lecteurs
from factories.site_servi import SiteMembres, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def site_des_cas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteMembres]:
    """The small network, served."""
    with serve(tmp_path_factory.mktemp("donnees-cas")) as servi:
        yield servi


@pytest.fixture
def lecteurs(navigateur: Browser, site_des_cas: SiteMembres) -> Lecteurs:
    """Those who type and read."""
    return Lecteurs(navigateur, site_des_cas)
