"""Meetings that a publication reports on, shown beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.dialogue.dates import dire_date
from maillage.web.dialogue.models import Rencontre
from maillage.web.publications.attaches import Attache

if TYPE_CHECKING:
    from maillage.web.droits.acteur import Acteur
    from maillage.web.publications.models import Publication


def list_rencontres(publication: Publication, acteur: Acteur) -> list[Attache]:
    """Meetings of a publication that a person may read."""
    rencontres = Rencontre.objects.visible(acteur).filter(publications=publication)
    return [
        Attache(
            "Rencontre dont elle rend compte",
            f"{r.titre}, {dire_date(r.date, r.precision)}",
            f"/dialogue/rencontres/{r.pk}/",
        )
        for r in rencontres
    ]
