"""What the indicator tests need beside files: a PostgreSQL server, when there is one."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Address of a PostgreSQL database to write temporary tables in."""
    url = os.environ.get("MAILLAGE_TEST_POSTGRES", "")
    if not url:
        pytest.skip("aucun PostgreSQL : MAILLAGE_TEST_POSTGRES n’est pas défini")
    return url
