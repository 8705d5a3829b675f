"""Reading publications: what readers find, what staff reach, what may be downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from maillage.web.publications.texte.document import Audience

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.web.droits.acteur import Acteur
    from maillage.web.droits.permissions import Permission


def audience_of(acteur: Acteur) -> Audience:
    """Which version a person reads: partners and persons without a role read the public one."""
    return Audience.ADHERENTS if acteur.is_adherent else Audience.PUBLIQUE


class PublicationQuerySet(models.QuerySet[Any]):
    """Publications."""

    def reachable(self, acteur: Acteur, permission: Permission) -> PublicationQuerySet:
        """Those to which a member of staff may do something."""
        jusqu_ou = acteur.perimetre(permission)
        return self if jusqu_ou.tout else self.filter(region__in=jusqu_ou.regions)

    def lisible(self, now: datetime) -> PublicationQuerySet:
        """Those that readers find at an instant, whoever was working then."""
        return self.filter(publiee_le__lte=now, retiree_le__isnull=True)

    def to_announce(self, now: datetime) -> PublicationQuerySet:
        """Those that readers find and that nobody has been told about."""
        return self.lisible(now).filter(annoncee_at__isnull=True)


class RenduQuerySet(models.QuerySet[Any]):
    """What an audience reads."""

    def lisible(self, audience: Audience, now: datetime) -> RenduQuerySet:
        """The current version of each publication that readers find, newest first."""
        return (
            self.filter(
                audience=audience.value,
                parution__courante_de__publiee_le__lte=now,
                parution__courante_de__retiree_le__isnull=True,
            )
            .select_related("parution__courante_de")
            .order_by("-parution__courante_de__publiee_le", "-parution__courante_de__id")
        )


class PieceQuerySet(models.QuerySet[Any]):
    """Attachments."""

    def kept(self) -> PieceQuerySet:
        """Those that were not taken away."""
        return self.filter(retiree_at__isnull=True)

    def readable(self, acteur: Acteur, permission: Permission, now: datetime) -> PieceQuerySet:
        """Those that a person may open: of what they read, and of what they write.

        Args:
            acteur: Who asks.
            permission: The one of those who write.
            now: Instant of the question.
        """
        audiences = [Audience.PUBLIQUE.value]
        if audience_of(acteur) is Audience.ADHERENTS:
            audiences.append(Audience.ADHERENTS.value)
        parues = Q(
            parutions__audience__in=audiences,
            parutions__parution__courante_de__publiee_le__lte=now,
            parutions__parution__courante_de__retiree_le__isnull=True,
        )
        jusqu_ou = acteur.perimetre(permission)
        if jusqu_ou.tout:
            return self
        return self.filter(parues | Q(publication__region__in=jusqu_ou.regions)).distinct()
