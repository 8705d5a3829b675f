"""The rules read no figure of a territory: their pages need neither atlas nor data directory."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def client() -> Client:
    """A browser that speaks to the application directly."""
    return Client(headers={"host": "127.0.0.1"})
