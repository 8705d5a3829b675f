"""The roles that a person holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acteur import Acteur, Mandat
from maillage.web.droits.permissions import Role
from maillage.web.network.models import Rattachement

if TYPE_CHECKING:
    from datetime import date


def load_acteur(utilisateur_id: int, le: date) -> Acteur:
    """A person and the roles they hold on a day."""
    lignes = (
        Rattachement.objects.filter(utilisateur_id=utilisateur_id)
        .current(le)
        .order_by("id")
        .values_list("role", "organisation_id", "organisation__region", "organisation__nom")
    )
    return Acteur(
        utilisateur_id,
        tuple(Mandat(Role(role), pk, region, nom) for role, pk, region, nom in lignes),
    )
