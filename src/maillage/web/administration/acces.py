"""What the addresses of the administration ask for: the right to administer, all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADMINISTRER = Acces(Permission.ADMINISTRER)

ROUTES: Mapping[str, Acces] = {
    "administration": _ADMINISTRER,
    "administration-comptes": _ADMINISTRER,
    "administration-compte": Acces(Permission.ADMINISTRER, Permission.ADMINISTRER),
    "administration-journal": _ADMINISTRER,
    "administration-journal-csv": _ADMINISTRER,
    "administration-etat": _ADMINISTRER,
    "administration-reglages": _ADMINISTRER,
    "organisation-reunir": Acces(Permission.DOUBLONS_REUNIR, objet="organisation"),
    "personne-reunir": Acces(Permission.DOUBLONS_REUNIR, objet="personne"),
}
