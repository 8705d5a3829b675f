"""Files of dialogue put on the site: previewed, doubts decided, then imported whole or dropped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillage.kernel.errors import SaisieInvalide
from maillage.web.dialogue.echange import base, decidim, sorties
from maillage.web.dialogue.echange.actions import apply_plan
from maillage.web.dialogue.echange.fautes import recode
from maillage.web.dialogue.echange.genres import PAR_NOM
from maillage.web.dialogue.echange.lecture import Fichier
from maillage.web.dialogue.echange.plan import build_plan
from maillage.web.dialogue.models import DepotDialogue
from maillage.web.network.echange.depots import check_shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.web.dialogue.echange.base import Base
    from maillage.web.dialogue.echange.plan import Plan

DUREE = timedelta(days=1)
"""How long a file that nobody imports is kept."""
_NOM_MAX = 120
SORTIES = {
    "dialogue.zip": "application/zip",
    "dialogue.json": "application/json; charset=utf-8",
    "engagements-decidim.csv": "text/csv; charset=utf-8",
    **{genre.fichier: "text/csv; charset=utf-8" for genre in PAR_NOM.values()},
}
"""Files that leave, and their kind."""


def export_bytes(nom: str) -> bytes:
    """A file of everything that the base holds.

    Args:
        nom: One of `SORTIES`.
    """
    if nom == "dialogue.zip":
        return sorties.zip_bytes()
    if nom == "dialogue.json":
        return sorties.json_text().encode()
    if nom == "engagements-decidim.csv":
        return decidim.write().encode()
    return sorties.csv_text(PAR_NOM[nom.removesuffix(".csv")]).encode()


def plan_files(
    fichiers: Sequence[Fichier], choix: Mapping[str, str] | None = None
) -> tuple[Plan, Base]:
    """What importing files would do, and the base from which that was computed.

    Raises:
        FichierInvalide: everything that is wrong in them.
    """
    connue = base.load()
    return build_plan(fichiers, connue, choix), connue


@transaction.atomic
def put_depot(fichier: Fichier, *, by: int | None) -> DepotDialogue:
    """Keep a file that can be imported, and forget those that nobody imported.

    Raises:
        FichierInvalide: everything that is wrong in it; it is then not kept.
    """
    plan_files([fichier])
    DepotDialogue.objects.filter(at__lt=timezone.now() - DUREE).delete()
    return DepotDialogue.objects.create(
        contenu=fichier.contenu, nom=fichier.nom[-_NOM_MAX:], octets=fichier.octets, by_id=by
    )


def plan_depot(depot: DepotDialogue) -> tuple[Plan, Base]:
    """What importing the file would do today.

    Raises:
        FichierInvalide: the base has changed, and the file no longer goes with it.
    """
    return plan_files([Fichier(depot.nom, bytes(depot.octets), depot.contenu)], depot.choix)


@transaction.atomic
def import_depot(depot: DepotDialogue, empreinte: str, *, by: int | None) -> Plan:
    """Write what was shown, then forget the file.

    Raises:
        SaisieInvalide: MLG-DIA-153, a doubtful line has no choice; MLG-DIA-154, what would be
            written is no longer what was shown.
    """
    plan, connue = plan_depot(depot)
    try:
        check_shown(plan, empreinte)
    except SaisieInvalide as error:
        raise SaisieInvalide(*(recode(a) for a in error.anomalies)) from error
    apply_plan(plan, connue, by=by)
    depot.delete()
    return plan
