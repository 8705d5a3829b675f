"""What the addresses of calendars ask for; each shows what whoever asks, or holds its secret, may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture

if TYPE_CHECKING:
    from collections.abc import Mapping

_PUBLIC = Acces(Ouverture.PUBLIC)
_CONNECTE = Acces(Ouverture.CONNECTE)

ROUTES: Mapping[str, Acces] = {
    "agenda-dialogue-public": _PUBLIC,
    "agenda-dialogue-espace": _PUBLIC,
    "agenda-dialogue-personnel": _PUBLIC,
    "agenda-dialogue-personnel-espace": _PUBLIC,
    "agenda-dialogue": _CONNECTE,
    "agenda-dialogue-ouvrir": _CONNECTE,
    "agenda-dialogue-fermer": _CONNECTE,
}
