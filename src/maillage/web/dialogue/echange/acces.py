"""What the addresses of files of dialogue ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.web.droits.acces import Acces

ROUTES: Mapping[str, Acces] = {}
