"""What the addresses of the network ask for, and how an organisation that one names is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from maillage.web.droits.acces import Acces, Ouverture
from maillage.web.network.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.web.droits.acteur import Rattache


def get_organisation(pk: int | str) -> Organisation:
    """The organisation that an address names.

    Raises:
        Http404: there is none.
    """
    organisation: Organisation | None = Organisation.objects.filter(pk=pk).first()
    if organisation is None:
        msg = "no such organisation"
        raise Http404(msg)
    return organisation


OBJETS: Mapping[str, Callable[[int | str], Rattache]] = {"organisation": get_organisation}
"""How the thing that an address names is found, by kind."""

ROUTES: Mapping[str, Acces] = {"premier-demarrage": Acces(Ouverture.PUBLIC)}
"""Addresses of this application."""
