"""Spaces of dialogue for the tests: where an organisation of the small network stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.web.dialogue.models import Espace, Siege

if TYPE_CHECKING:
    from maillage.web.network.models import Organisation


def make_espace(nom: str, chez: Organisation | None = None, **champs: Any) -> Espace:
    """A space of the département of an organisation; a national one without."""
    lieu = (
        {}
        if chez is None
        else {
            "niveau": "departement",
            "territoire": chez.departement,
            "departement": chez.departement,
            "region": chez.region,
        }
    )
    return Espace.objects.create(nom=nom, **{"nature": "administratif", **lieu, **champs})


def make_siege(espace: Espace, organisation: Organisation | None = None, **champs: Any) -> Siege:
    """A seat of a space, held by an organisation or vacant."""
    nom = "" if organisation is None else organisation.nom
    return Siege.objects.create(
        espace=espace,
        organisation=organisation,
        **{"occupant": nom, "cote": Siege.Cote.RESEAU, **champs},
    )
