"""What a person of the network finds on arriving: how many members, and who waits for a hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from maillage.web.droits.permissions import Permission
from maillage.web.network.models import CotisationAnnuelle, Organisation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from maillage.web.droits.acteur import Acteur

_MONTREES = 8


@dataclass(frozen=True, slots=True)
class Resume:
    """The network, or the region, in a few figures.

    Attributes:
        adherentes: Structures whose membership runs.
        par_type: Conventions by kind, the most numerous first.
        appelees: Structures whose dues are called and not paid.
        muettes: Structures that never decided on one of the uses of their figures.
        a_suivre: The first of those whose dues are called, for who may open their page.
        is_regional: Whether it is that of the person's region only.
    """

    adherentes: int
    par_type: Sequence[tuple[str, int]]
    appelees: int
    muettes: int
    a_suivre: Sequence[Organisation]
    is_regional: bool


def summarise(acteur: Acteur, le: date) -> Resume:
    """Read the members that the person may list.

    Args:
        acteur: Who is asking.
        le: Today.
    """
    structures = Organisation.objects.reachable(acteur, Permission.ORGANISATIONS_LISTER).filter(
        nature=Organisation.Nature.STRUCTURE, is_archived=False
    )
    adherentes = structures.members(le)
    appelees = structures.filter(cotisations__statut=CotisationAnnuelle.Statut.APPELEE).distinct()
    decides = structures.annotate(usages=Count("consentements__usage", distinct=True))
    par_type = (
        structures.filter(pk__in=adherentes.values("pk"))
        .values_list("conventions__type_siae")
        .annotate(nombre=Count("conventions", filter=Q(conventions__isnull=False)))
        .order_by("-nombre", "conventions__type_siae")
    )
    return Resume(
        adherentes=adherentes.count(),
        par_type=[(type_siae, nombre) for type_siae, nombre in par_type if type_siae],
        appelees=appelees.count(),
        muettes=decides.filter(usages__lt=3).count(),
        a_suivre=list(
            appelees.reachable(acteur, Permission.STRUCTURE_SUIVRE).order_by("nom")[:_MONTREES]
        ),
        is_regional=not acteur.perimetre(Permission.ORGANISATIONS_LISTER).tout,
    )
