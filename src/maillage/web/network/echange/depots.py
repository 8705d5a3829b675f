"""A file put on the site: previewed, its doubtful lines decided, then imported whole or dropped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import transaction
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.web.network.echange import base, fiche, personnes, personnes_ecriture, plan
from maillage.web.network.echange.lecture import read_tableau, write_tableau
from maillage.web.network.models import DepotFichier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.web.droits.acteur import Acteur
    from maillage.web.network.models import Depot

DUREE = timedelta(days=1)
"""How long a file that nobody imports is kept."""
_NOM_MAX = 120
UnPlan: TypeAlias = "plan.Plan | personnes.PlanPersonnes"
_PERSONNES = DepotFichier.Contenu.PERSONNES.value


def plan_bytes(
    contenu: str, octets: bytes, acteur: Acteur | None, choix: Mapping[str, str] | None = None
) -> UnPlan:
    """What importing a file would do.

    Args:
        contenu: A value of `DepotFichier.Contenu`.
        octets: The file.
        acteur: Who imports; None for whoever keeps the machine.
        choix: What was chosen for doubtful lines.

    Raises:
        FichierInvalide: everything that is wrong in the file.
    """
    if contenu == _PERSONNES:
        tableau = read_tableau(octets, personnes.FORMAT)
        return personnes.build_plan(tableau, personnes.load_annuaire(), acteur, choix)
    return plan.build_plan(read_tableau(octets, fiche.FORMAT), base.load_connues(), choix)


def apply_any(un_plan: UnPlan, *, by: int | None) -> None:
    """Write a plan whole or not at all."""
    if isinstance(un_plan, plan.Plan):
        base.apply_plan(un_plan, by=by)
    else:
        personnes_ecriture.apply_plan(un_plan, by=by)


def export_text(contenu: str) -> str:
    """The file of everything that the base holds, which imported again changes nothing."""
    if contenu == _PERSONNES:
        return write_tableau(personnes.FORMAT, personnes.export_rows(personnes.load_annuaire()))
    return write_tableau(fiche.FORMAT, base.export_rows(base.load_connues()))


@transaction.atomic
def put_depot(contenu: str, nom: str, octets: bytes, acteur: Acteur) -> DepotFichier:
    """Keep a file that can be imported, and forget those that nobody imported.

    Raises:
        FichierInvalide: everything that is wrong in the file, which is then not kept.
    """
    plan_bytes(contenu, octets, acteur)
    DepotFichier.objects.filter(at__lt=timezone.now() - DUREE).delete()
    return DepotFichier.objects.create(
        contenu=contenu, nom=nom[-_NOM_MAX:], octets=octets, by_id=acteur.utilisateur_id
    )


def plan_depot(depot: DepotFichier, acteur: Acteur) -> UnPlan:
    """What importing the file would do today.

    Raises:
        FichierInvalide: the base has changed, and the file no longer goes with it.
    """
    return plan_bytes(depot.contenu, bytes(depot.octets), acteur, depot.choix)


def choose(depot: Depot, choix: Mapping[str, str]) -> None:
    """Keep what was chosen for doubtful lines."""
    depot.choix = {**depot.choix, **choix}
    depot.save(update_fields=["choix"])


def check_shown(un_plan: plan.LignesTriees[Any], empreinte: str) -> None:
    """Let through what was shown and decided, and nothing else.

    Args:
        un_plan: What the import would do now.
        empreinte: Of what the preview showed.

    Raises:
        SaisieInvalide: MLG-ORG-053, a doubtful line has no choice; MLG-ORG-054, what would be
            written is no longer what was shown.
    """
    if not un_plan.is_applicable:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-053",
                "Des lignes douteuses attendent encore votre choix.",
                "Choisissez pour chacune, enregistrez, puis importez.",
            )
        )
    if un_plan.empreinte != empreinte:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-054",
                "L’importation ne ferait plus ce qui vous a été montré\u00a0: quelqu’un a changé une "
                "fiche entre-temps, ou vos choix n’étaient pas enregistrés.",
                "Relisez l’aperçu, puis importez.",
            )
        )


@transaction.atomic
def import_depot(depot: DepotFichier, empreinte: str, acteur: Acteur) -> UnPlan:
    """Write what was shown, then forget the file.

    Raises:
        SaisieInvalide: MLG-ORG-053, a doubtful line has no choice; MLG-ORG-054, what would be
            written is no longer what was shown.
    """
    un_plan = plan_depot(depot, acteur)
    check_shown(un_plan, empreinte)
    apply_any(un_plan, by=acteur.utilisateur_id)
    depot.delete()
    return un_plan
