"""The ledger in the columns that the accountability component of Decidim exports and imports.

Its importer reads a file separated by semicolons: `id` empty for a new result, texts by language
(`title/fr`), ISO dates, the number of a status of the platform. Statuses belong to each platform: their
number is left empty, their key and name are ours.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from maillage.analyses.exports import neutralise
from maillage.web.dialogue.engagements.echeances import due_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.web.dialogue.models import Engagement

COLONNES: Final = (
    "id",
    "category/id",
    "category/name",
    "scope/id",
    "scope/name",
    "parent/id",
    "title/fr",
    "description/fr",
    "start_date",
    "end_date",
    "status/id",
    "status/key",
    "status/name",
    "progress",
    "created_at",
    "url",
    "component/id",
    "proposal_urls",
)
"""In the order of its export. `proposal_urls` stays empty: its importer reads the last number of an
address as that of one of its own proposals."""
_TITRE_MAX: Final = 150
_AVANCEMENT: Final[Mapping[str, str]] = {"tenu": "100"}
"""Only a kept promise has a progress that nobody guesses."""


def write(engagements: Iterable[Engagement], site: str) -> str:
    """Text of the file.

    Args:
        engagements: In the order of the file.
        site: Public address of the site, that starts every address.
    """
    cible = io.StringIO()
    lignes = csv.writer(cible, delimiter=";", lineterminator="\n")
    lignes.writerow(COLONNES)
    for engagement in engagements:
        lignes.writerow([neutralise(valeur) for valeur in _row(engagement, site).values()])
    return cible.getvalue()


def _row(engagement: Engagement, site: str) -> dict[str, str]:
    phrase = " ".join(engagement.phrase.split())
    titre = phrase if len(phrase) <= _TITRE_MAX else f"{phrase[: _TITRE_MAX - 1].rstrip()}\u2026"
    echeance = due_day(engagement)
    connus = {
        "category/name": engagement.get_sens_display(),
        "title/fr": titre,
        "description/fr": engagement.phrase,
        "start_date": f"{engagement.date:%Y-%m-%d}" if engagement.date else "",
        "end_date": f"{echeance:%Y-%m-%d}" if echeance else "",
        "status/key": engagement.statut,
        "status/name": engagement.get_statut_display(),
        "progress": _AVANCEMENT.get(engagement.statut, ""),
        "created_at": engagement.created_at.isoformat(),
        "url": f"{site}{reverse('engagement', args=[engagement.pk])}",
    }
    return {colonne: connus.get(colonne, "") for colonne in COLONNES}
