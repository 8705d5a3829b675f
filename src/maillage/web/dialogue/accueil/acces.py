"""What the home page of dialogue asks for; it shows what whoever asks may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUTES: Mapping[str, Acces] = {
    "dialogue": Acces(Ouverture.PUBLIC),
    "dialogue-territoire": Acces(Ouverture.PUBLIC),
}
