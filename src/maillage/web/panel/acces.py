"""What the addresses of the panel ask for: who freezes it never reads a place, who reads its place freezes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from maillage.web.droits.acces import Acces
from maillage.web.droits.permissions import Permission
from maillage.web.panel.models import EditionDuPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.web.droits.acteur import Rattache


def get_edition(pk: int | str) -> EditionDuPanel:
    """The edition that an address names, without what structures brought to it.

    Raises:
        Http404: there is none.
    """
    edition = EditionDuPanel.objects.published().filter(pk=str(pk)).first()
    if edition is None:
        msg = "no such edition"
        raise Http404(msg)
    return edition


OBJETS: Mapping[str, Callable[[int | str], Rattache]] = {"edition-panel": get_edition}
"""How the thing that an address names is found, by kind."""

_SIENNE = Acces(Permission.COMPTES_TENIR, objet="organisation")

ROUTES: Mapping[str, Acces] = {
    "panel": Acces(Permission.PANEL_ARRETER),
    "panel-arreter": Acces(Permission.PANEL_ARRETER),
    "panel-edition": Acces(Permission.PANEL_ARRETER, objet="edition-panel"),
    "panel-structure": _SIENNE,
    "panel-graphique": _SIENNE,
}
"""Addresses of this application."""
