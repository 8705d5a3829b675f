"""What the addresses of dialogue ask for, and how the things that they name are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404

from maillage.web.dialogue.accueil import acces as accueil
from maillage.web.dialogue.agendas import acces as agendas
from maillage.web.dialogue.echange import acces as echange
from maillage.web.dialogue.engagements import acces as engagements
from maillage.web.dialogue.espaces import acces as espaces
from maillage.web.dialogue.models import Charge, Engagement, Espace, Proposition, Rencontre
from maillage.web.dialogue.propositions import acces as propositions
from maillage.web.dialogue.registre import acces as registre
from maillage.web.dialogue.rencontres import acces as rencontres

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import Model

    from maillage.web.droits.acces import Acces
    from maillage.web.droits.acteur import Rattache

M = TypeVar("M", bound="Model")


def _finder(modele: type[M]) -> Callable[[object], M]:
    """How the thing of a model that an address names is found.

    Raises:
        Http404: there is none.
    """

    def find(pk: object) -> M:
        trouve: M | None = modele._default_manager.filter(pk=pk).first()  # noqa: SLF001 — Django's public way to a manager
        if trouve is None:
            msg = f"no such {modele._meta.model_name}"  # noqa: SLF001
            raise Http404(msg)
        return trouve

    return find


OBJETS: Mapping[str, Callable[[Any], Rattache]] = {
    "espace-dialogue": _finder(Espace),
    "rencontre": _finder(Rencontre),
    "proposition": _finder(Proposition),
    "engagement": _finder(Engagement),
    "charge": _finder(Charge),
}
"""How the thing that an address names is found, by kind."""

ROUTES: Mapping[str, Acces] = {
    **accueil.ROUTES,
    **agendas.ROUTES,
    **espaces.ROUTES,
    **rencontres.ROUTES,
    **propositions.ROUTES,
    **engagements.ROUTES,
    **registre.ROUTES,
    **echange.ROUTES,
}
