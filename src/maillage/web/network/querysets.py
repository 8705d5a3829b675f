"""Reading organisations and roles within what a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import date

    from maillage.web.droits.acteur import Acteur
    from maillage.web.droits.permissions import Permission


class OrganisationQuerySet(models.QuerySet[Any]):
    """Organisations."""

    def reachable(self, acteur: Acteur, permission: Permission) -> OrganisationQuerySet:
        """Those to which the person may do something."""
        jusqu_ou = acteur.perimetre(permission)
        if jusqu_ou.tout:
            return self
        return self.filter(Q(pk__in=jusqu_ou.organisations) | Q(region__in=jusqu_ou.regions))

    def members(self, le: date) -> OrganisationQuerySet:
        """Those whose membership runs on a day."""
        return self.filter(
            Q(adhesions__date_fin__isnull=True) | Q(adhesions__date_fin__gte=le),
            adhesions__date_debut__lte=le,
        ).distinct()


class RattachementQuerySet(models.QuerySet[Any]):
    """Roles of people in organisations."""

    def current(self, le: date) -> RattachementQuerySet:
        """Those that hold on a day, in organisations that are not archived."""
        return self.filter(
            Q(date_fin__isnull=True) | Q(date_fin__gte=le),
            date_debut__lte=le,
            organisation__is_archived=False,
        )
