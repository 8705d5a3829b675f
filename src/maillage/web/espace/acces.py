"""What the addresses of the members' area ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUTES: Mapping[str, Acces] = {
    "espace": Acces(Ouverture.CONNECTE),
    "structure": Acces(Permission.STRUCTURE_SUIVRE, objet="organisation"),
}
