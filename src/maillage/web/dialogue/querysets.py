"""Reading dialogue within what a person may see: public, members, those of the space, internal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from datetime import date

    from maillage.web.droits.acteur import Acteur


def visible_q(acteur: Acteur, espaces: frozenset[int], *, espace: str, region: str) -> Q:
    """Condition under which a person sees an item, on its own level of visibility.

    Args:
        acteur: Who asks.
        espaces: Places where an organisation of theirs sits or was heard (`shared_espaces`).
        espace: Path from the item to the number of its place; empty when it has none.
        region: Path from the item to its region; empty when it has none.
    """
    condition = Q(visibilite="public")
    if acteur.is_adherent:
        condition |= Q(visibilite__in=("adherents", "espace"))
    elif espaces and espace:
        condition |= Q(visibilite="espace") & Q(**{f"{espace}__in": espaces})
    interne = acteur.perimetre(Permission.DIALOGUE_INTERNE)
    if interne.tout:
        return Q()
    if interne.regions and region:
        condition |= Q(**{f"{region}__in": interne.regions})
    return condition


def shared_espaces(acteur: Acteur) -> frozenset[int]:
    """Places in which an organisation of the person sits today; one query, none for a visitor."""
    organisations = acteur.perimetre(Permission.ESPACE_SUIVRE).organisations
    if not organisations:
        return frozenset()
    sieges = _sieges().held(timezone.localdate()).filter(organisation__in=organisations)
    return frozenset(sieges.values_list("espace_id", flat=True))


def _sieges() -> SiegeQuerySet:
    # by its name: the models import this module
    sieges: SiegeQuerySet = apps.get_model("dialogue", "Siege").objects.all()
    return sieges


class SuiviQuerySet(models.QuerySet[Any]):
    """Items that have their own readers."""

    ESPACE = ""
    REGION = "region"

    def visible(self, acteur: Acteur) -> Self:
        """Those that a person may read."""
        return self.filter(
            visible_q(acteur, shared_espaces(acteur), espace=self.ESPACE, region=self.REGION)
        )

    def editable(self, acteur: Acteur) -> Self:
        """Those that a member of staff may change."""
        jusqu_ou = acteur.perimetre(Permission.DIALOGUE_TENIR)
        return self if jusqu_ou.tout else self.filter(region__in=jusqu_ou.regions)

    def of_territoire(self, niveau: str, code: str) -> Self:
        """Those of one territoire, exactly."""
        return self.filter(niveau=niveau, territoire=code)


class SujetQuerySet(SuiviQuerySet):
    """Subjects and dated facts: national, of no region and no place."""

    REGION = ""

    def editable(self, acteur: Acteur) -> Self:
        """Those that a member of staff may change: the whole network's staff alone."""
        return self if acteur.perimetre(Permission.DIALOGUE_TENIR).tout else self.none()


class SiegeQuerySet(models.QuerySet[Any]):
    """Seats."""

    def held(self, le: date) -> SiegeQuerySet:
        """Those whose mandate runs on a day."""
        return self.filter(
            Q(date_debut__isnull=True) | Q(date_debut__lte=le),
            Q(date_fin__isnull=True) | Q(date_fin__gte=le),
        )


class EspaceQuerySet(SuiviQuerySet):
    """Places of dialogue."""

    ESPACE = "pk"

    def with_our_seat(self, le: date) -> EspaceQuerySet:
        """Adds `is_ours`: whether the network or one of its own holds a seat that day."""
        nos_sieges = (
            _sieges().held(le).filter(espace=OuterRef("pk"), cote="reseau", occupant__gt="")
        )
        annotated: EspaceQuerySet = self.annotate(is_ours=Exists(nos_sieges))
        return annotated


class RencontreQuerySet(SuiviQuerySet):
    """Meetings."""

    ESPACE = "espace_id"


class PortageQuerySet(models.QuerySet[Any]):
    """Times that proposals were carried. The proposal itself must be one that the person reads."""

    def visible(self, acteur: Acteur) -> PortageQuerySet:
        """Those that a person may know of.

        One that the positions of a meeting made is as secret as they are; one that somebody noted on
        the page of the proposal is read with it.
        """
        rencontres = apps.get_model("dialogue", "Rencontre").objects.visible(acteur)
        positions = (
            apps.get_model("dialogue", "Point")
            .objects.kept()
            .filter(
                nature="position",
                rencontre=OuterRef("rencontre"),
                proposition=OuterRef("proposition"),
            )
        )
        lues = positions.visible(acteur).filter(rencontre__in=rencontres.order_by().values("pk"))
        return self.filter(~Exists(positions) | Exists(lues))


class EngagementQuerySet(SuiviQuerySet):
    """Commitments."""

    ESPACE = "espace_id"

    def ouverts(self) -> EngagementQuerySet:
        """Those of which something is still owed."""
        return self.filter(statut__in=self.model.OUVERTS)

    def en_retard(self, le: date) -> EngagementQuerySet:
        """Those still open whose day has passed."""
        return self.ouverts().filter(echue_q(le))


def echue_q(le: date) -> Q:
    """Condition under which a due date has passed: the month, or the year, must be over."""
    return (
        Q(echeance_precision="jour", echeance__lt=le)
        | Q(echeance_precision="mois", echeance__lt=le.replace(day=1))
        | Q(echeance_precision="annee", echeance__lt=le.replace(month=1, day=1))
    )


class PointQuerySet(models.QuerySet[Any]):
    """Items of a meeting. The meeting itself must be one that the person reads."""

    def kept(self) -> PointQuerySet:
        """Those that were not withdrawn."""
        return self.filter(retire_at__isnull=True)

    def visible(self, acteur: Acteur) -> PointQuerySet:
        """Those that a person may read, of whatever meeting."""
        condition = visible_q(
            acteur,
            shared_espaces(acteur),
            espace="rencontre__espace_id",
            region="rencontre__region",
        )
        return self.filter(condition)
