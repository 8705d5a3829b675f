"""What the addresses of the members' area ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture
from maillage.web.droits.permissions import Permission
from maillage.web.espace.nouvelles import read_version

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUTES: Mapping[str, Acces] = {
    "accueil": Acces(Ouverture.PUBLIC, en_memoire=True, version=read_version),
    "espace": Acces(Ouverture.CONNECTE),
    "structure": Acces(Permission.STRUCTURE_SUIVRE, objet="organisation"),
}
