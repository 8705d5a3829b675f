"""Reading organisations and roles within what a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery

if TYPE_CHECKING:
    from datetime import date

    from maillage.web.droits.acteur import Acteur
    from maillage.web.droits.permissions import Permission


# Of any model: the models import this module, which therefore cannot name them.
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

    def with_state(self, le: date) -> OrganisationQuerySet:
        """With what a list shows of each on a day.

        Adds `is_membre` and `fut_membre`; `debut_adhesion`, first day of the period that runs;
        `statut_annee`, where the dues of the year stand, None when there is no line;
        `premier_type`, first kind of its conventions; `is_en_retard`, whether dues called are past
        their day.
        """
        adhesions = apps.get_model("network", "Adhesion").objects.filter(
            organisation=OuterRef("pk")
        )
        en_cours = adhesions.filter(
            Q(date_fin__isnull=True) | Q(date_fin__gte=le), date_debut__lte=le
        )
        conventions = apps.get_model("network", "Convention").objects.filter(
            organisation=OuterRef("pk")
        )
        cotisations = apps.get_model("network", "CotisationAnnuelle").objects.filter(
            organisation=OuterRef("pk")
        )
        annotated: OrganisationQuerySet = self.annotate(
            is_membre=Exists(en_cours),
            fut_membre=Exists(adhesions),
            debut_adhesion=Subquery(en_cours.values("date_debut")[:1]),
            statut_annee=Subquery(cotisations.filter(annee=le.year).values("statut")[:1]),
            premier_type=Subquery(conventions.order_by("type_siae").values("type_siae")[:1]),
            is_en_retard=Exists(cotisations.filter(statut="appelee", date_echeance__lt=le)),
        )
        return annotated

    def count_late(self, le: date) -> tuple[int, int]:
        """Dues that were called and are past their day, and those that were called without a day."""
        appelees = Q(cotisations__statut="appelee")
        totaux = self.aggregate(
            tardives=Count("cotisations", appelees & Q(cotisations__date_echeance__lt=le)),
            sans_jour=Count("cotisations", appelees & Q(cotisations__date_echeance__isnull=True)),
        )
        return totaux["tardives"], totaux["sans_jour"]


class RattachementQuerySet(models.QuerySet[Any]):
    """Roles of people in organisations."""

    def reachable(self, acteur: Acteur, permission: Permission) -> RattachementQuerySet:
        """Those in organisations to which the person may do something."""
        jusqu_ou = acteur.perimetre(permission)
        if jusqu_ou.tout:
            return self
        return self.filter(
            Q(organisation__in=jusqu_ou.organisations)
            | Q(organisation__region__in=jusqu_ou.regions)
        )

    def current(self, le: date) -> RattachementQuerySet:
        """Those that hold on a day, in organisations that are not archived."""
        return self.filter(
            Q(date_fin__isnull=True) | Q(date_fin__gte=le),
            date_debut__lte=le,
            organisation__is_archived=False,
        )
