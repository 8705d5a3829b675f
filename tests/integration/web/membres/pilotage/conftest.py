"""The small network with its two extracts, tied, and a browser per role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.extraits_site import tie
from factories.membres import client_de

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client
    from factories.membres import PetitReseau


@pytest.fixture
def relie(
    petit_reseau: PetitReseau, extraits: Path, atlas: None, sans_second_facteur: None
) -> PetitReseau:
    """The small network, whose structures are tied to those of the extracts."""
    del extraits, atlas, sans_second_facteur
    tie(petit_reseau)
    return petit_reseau


@pytest.fixture
def lire(relie: PetitReseau) -> Callable[..., str]:
    """Text of a page, as a role reads it; the status is checked."""

    def ouvrir(role: str, adresse: str, statut: int = 200) -> str:
        client: Client = client_de(relie, role)
        answer = client.get(adresse)
        assert answer.status_code == statut, adresse
        return answer.content.decode()

    return ouvrir
