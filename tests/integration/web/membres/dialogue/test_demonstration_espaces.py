"""The spaces of the demonstration: every case of the question is there, and all is marked invented."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.web.demonstration.dialogue_espaces import seed_espaces
from maillage.web.demonstration.reseau import build
from maillage.web.dialogue.espaces.presence import Presence, count_presences
from maillage.web.dialogue.models import Espace, Siege

pytestmark = pytest.mark.usefixtures("atlas")


def test_each_case_is_met_and_all_is_invented() -> None:
    le = date(2026, 11, 26)
    reseau = build(le)
    if not Siege.objects.exists():  # the builder may seed them itself
        seed_espaces(reseau, le)
    assert all(count_presences(Espace.objects.all(), le).values()), list(Presence)
    assert not Espace.objects.filter(is_synthetic=False).exists()
    assert Siege.objects.filter(cote="reseau", occupant="").exists()
    assert Siege.objects.filter(organisation__nature="partenaire").exists()
