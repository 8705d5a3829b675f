"""What the addresses of the network ask for, and how the things that they name are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404

from maillage.web.droits.acces import Acces, Ouverture
from maillage.web.droits.permissions import Permission
from maillage.web.network.models import DepotFichier, Organisation, Rattachement
from maillage.web.network.people import find_personne

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.web.droits.acteur import Rattache

T = TypeVar("T")


def get_organisation(pk: int | str) -> Organisation:
    """The organisation that an address names.

    Raises:
        Http404: there is none.
    """
    organisation: Organisation | None = Organisation.objects.filter(pk=pk).first()
    return _found(organisation, "no such organisation")


def get_rattachement(pk: int | str) -> Rattachement:
    """The role that an address names, with its organisation and its person.

    Raises:
        Http404: there is none.
    """
    roles = Rattachement.objects.select_related("organisation", "utilisateur")
    rattachement: Rattachement | None = roles.filter(pk=str(pk)).first()
    return _found(rattachement, "no such role")


def get_depot(pk: int | str) -> DepotFichier:
    """The file put on the site that an address names.

    Raises:
        Http404: there is none, or it was imported or dropped.
    """
    return _found(DepotFichier.objects.filter(pk=str(pk)).first(), "no such file")


def _found(chose: T | None, message: str) -> T:
    if chose is None:
        raise Http404(message)
    return chose


OBJETS: Mapping[str, Callable[[int | str], Rattache]] = {
    "organisation": get_organisation,
    "personne": lambda pk: _found(find_personne(pk), "no such person"),
    "rattachement": get_rattachement,
    "depot": get_depot,
}
"""How the thing that an address names is found, by kind."""

_ORGANISATION = "organisation"

ROUTES: Mapping[str, Acces] = {
    "premier-demarrage": Acces(Ouverture.PUBLIC),
    "reseau": Acces(Ouverture.CONNECTE),
    "organisations": Acces(Permission.ORGANISATIONS_LISTER),
    "organisations-fichier": Acces(Permission.ORGANISATIONS_LISTER),
    "organisation-creer": Acces(Permission.ORGANISATIONS_CREER),
    "organisation": Acces(Permission.ORGANISATION_LIRE, objet=_ORGANISATION),
    "organisation-modifier": Acces(Permission.ORGANISATION_MODIFIER, objet=_ORGANISATION),
    "organisation-archiver": Acces(Permission.ORGANISATIONS_CREER, objet=_ORGANISATION),
    "organisation-conventions": Acces(Permission.ORGANISATION_MODIFIER, objet=_ORGANISATION),
    "organisation-adhesions": Acces(Permission.COTISATIONS_GERER, objet=_ORGANISATION),
    "organisation-cotisations": Acces(Permission.COTISATIONS_GERER, objet=_ORGANISATION),
    "organisation-consentements": Acces(
        Permission.STRUCTURE_SUIVRE, Permission.CONSENTEMENTS_DONNER, objet=_ORGANISATION
    ),
    "organisation-registre": Acces(
        Permission.ORGANISATION_LIRE, Permission.ORGANISATION_MODIFIER, objet=_ORGANISATION
    ),
    "organisation-inviter": Acces(Permission.PERSONNES_GERER, objet=_ORGANISATION),
    "organisations-echange": Acces(Permission.ORGANISATIONS_ECHANGER),
    "organisations-export": Acces(Permission.ORGANISATIONS_ECHANGER),
    "depot": Acces(Permission.ORGANISATIONS_ECHANGER, objet="depot"),
    "personnes": Acces(Permission.PERSONNES_LIRE),
    "personne": Acces(Permission.PERSONNES_LIRE, objet="personne"),
    "personne-renommer": Acces(Permission.PERSONNES_GERER, objet="personne"),
    "personne-inviter": Acces(Permission.PERSONNES_GERER, objet="personne"),
    "rattachement-terminer": Acces(Permission.PERSONNES_GERER, objet="rattachement"),
    "droits": Acces(Permission.PERSONNES_GERER),
}
"""Addresses of this application."""
