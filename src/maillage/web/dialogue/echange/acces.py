"""What the addresses of files of dialogue ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from maillage.web.dialogue.models import DepotDialogue
from maillage.web.droits.acces import Acces
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.web.droits.acteur import Rattache


def get_depot(pk: int | str) -> DepotDialogue:
    """The file put on the site that an address names.

    Raises:
        Http404: there is none, or it was imported or dropped.
    """
    depot: DepotDialogue | None = DepotDialogue.objects.filter(pk=str(pk)).first()
    if depot is None:
        msg = "no such file"
        raise Http404(msg)
    return depot


OBJETS: Mapping[str, Callable[[int | str], Rattache]] = {"depot-dialogue": get_depot}
"""How the thing that an address names is found, by kind."""

ROUTES: Mapping[str, Acces] = {
    "dialogue-fichiers": Acces(Permission.DIALOGUE_ECHANGER),
    "dialogue-export": Acces(Permission.DIALOGUE_ECHANGER),
    "dialogue-depot": Acces(Permission.DIALOGUE_ECHANGER, objet="depot-dialogue"),
}
