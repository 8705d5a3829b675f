"""What the addresses of the register of interest representatives ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUIVRE = Acces(Permission.REPERTOIRE_TENIR)

ROUTES: Mapping[str, Acces] = {
    "repertoire-interets": _SUIVRE,
    "repertoire-exercice": _SUIVRE,
    "repertoire-declaration": _SUIVRE,
    "repertoire-mention": Acces(Permission.REPERTOIRE_TENIR, objet="rencontre"),
    "repertoire-temps": _SUIVRE,
    "repertoire-temps-retirer": _SUIVRE,
}
