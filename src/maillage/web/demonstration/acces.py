"""What the addresses of the demonstration ask for: nothing; without it they do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUTES: Mapping[str, Acces] = {
    "demonstration": Acces(Ouverture.PUBLIC),
    "demonstration-entrer": Acces(Ouverture.PUBLIC),
}
