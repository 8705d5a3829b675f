"""The finding of the spaces, in French, from nothing known to everything."""

from __future__ import annotations

import pytest

from maillage.web.dialogue.espaces.presence import Presence, summarise


@pytest.mark.parametrize(
    ("comptes", "constat"),
    [
        ({}, "Aucun espace de dialogue n’est encore enregistré."),
        (
            {Presence.INCONNU: 677, Presence.DISPARU: 96},
            (
                "677\u00a0espaces\u202f: les sièges d’aucun ne sont renseignés, et nous ne siégeons "
                "dans aucun que l’on sache."
            ),
        ),
        (
            {Presence.NOUS: 2, Presence.SANS_NOUS: 1, Presence.INCONNU: 3},
            (
                "Nous siégeons dans 2\u00a0espaces sur 6\u202f; dans 1\u00a0autre, personne ne siège "
                "pour le réseau\u202f; pour 3\u00a0autres, les sièges ne sont pas renseignés."
            ),
        ),
    ],
)
def test_the_finding_says_what_is_known(comptes: dict[Presence, int], constat: str) -> None:
    assert summarise({presence: comptes.get(presence, 0) for presence in Presence}) == constat
