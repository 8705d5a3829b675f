"""The last publications, in the version that the person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from maillage.web.publications.models import Rendu
from maillage.web.publications.querysets import audience_of
from maillage.web.publications.texte.document import Audience

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from maillage.web.droits.acteur import Acteur

_MONTREES = 4


def list_nouvelles(acteur: Acteur, now: datetime) -> Sequence[Rendu]:
    """The newest publications that a person can read, title and opening lines."""
    return list(Rendu.objects.lisible(audience_of(acteur), now)[:_MONTREES])


def read_version() -> str:
    """What the public news depend on, in one query: a page that shows them is drawn again when it changes."""
    rendus = Rendu.objects.lisible(Audience.PUBLIQUE, timezone.now()).values_list("pk", flat=True)
    return "-".join(map(str, rendus[:_MONTREES]))
