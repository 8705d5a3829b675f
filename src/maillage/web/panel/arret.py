"""Freezing an edition: what those who agree give that day, compared with every edition of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillage.indicators.panel.edition import publish
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, join_fr
from maillage.web.journal.actions import record
from maillage.web.network.models import Organisation
from maillage.web.panel.choix import LIES, RATIOS, REGLE, TAILLES
from maillage.web.panel.comptage import is_enough
from maillage.web.panel.enregistrement import read_edition, write_affiche, write_apports
from maillage.web.panel.models import EditionDuPanel
from maillage.web.panel.recueil import list_annees_possibles, load_recueil

if TYPE_CHECKING:
    from datetime import date

    from maillage.indicators.panel.contribution import Contribution


@transaction.atomic
def arreter(annee: int, le: date, *, by: int | None) -> EditionDuPanel:
    """Freeze the edition of a year.

    Args:
        annee: Of the ratios.
        le: Today.
        by: Number of the account that decides.

    Raises:
        SaisieInvalide: no extract tells that year to its end (MLG-PAN-001), an edition of it was frozen that
            day (MLG-PAN-002), too few structures give to the panel (MLG-PAN-003).
    """
    # one at a time: an edition that did not see the one before it could isolate somebody
    list(Organisation.objects.select_for_update().filter(nature=Organisation.Nature.RESEAU))
    possibles = list_annees_possibles()
    if annee not in possibles:
        raise SaisieInvalide(_unknown_year(annee, possibles))
    anterieures = list(EditionDuPanel.objects.filter(annee=annee).order_by("au", "pk"))
    if any(edition.au >= le for edition in anterieures):
        raise SaisieInvalide(_already(annee, le))
    contributions = load_recueil(annee, le).contributions
    if not is_enough(contributions):
        raise SaisieInvalide(_too_few(annee))
    return _freeze(annee, le, contributions, anterieures, by)


def _freeze(
    annee: int,
    le: date,
    contributions: tuple[Contribution, ...],
    anterieures: list[EditionDuPanel],
    by: int | None,
) -> EditionDuPanel:
    avant = [read_edition(une.contenu, une.apports) for une in anterieures]
    trouvee = publish(contributions, annee, le, tuple(RATIOS), avant, lies=LIES, regle=REGLE)
    edition = EditionDuPanel.objects.create(
        annee=annee,
        au=le,
        contenu=write_affiche(trouvee.affiche, TAILLES, LIES),
        apports=write_apports(trouvee),
        by_id=by,
    )
    record(
        "panel.arreter",
        by=by,
        objet=edition,
        nom=f"panel {annee}",
        details={"annee": annee, "groupes": len(trouvee.affiche.parutions)},
    )
    return edition


def _unknown_year(annee: int, possibles: list[int]) -> Anomalie:
    que_faire = (
        f"Choisissez parmi {join_fr(map(str, possibles))}."
        if possibles
        else "Importez d’abord un extrait de l’ASP."
    )
    return Anomalie(
        "MLG-PAN-001",
        f"Aucun extrait ne raconte l’année {annee} jusqu’au bout.",
        que_faire,
        "année de l’édition",
    )


def _already(annee: int, le: date) -> Anomalie:
    return Anomalie(
        "MLG-PAN-002",
        f"Une édition de l’année {annee} est déjà arrêtée au {format_date(le)}.",
        "Attendez qu’assez de structures soient venues : une édition arrêtée ne se refait pas.",
        "date de l’édition",
    )


def _too_few(annee: int) -> Anomalie:
    return Anomalie(
        "MLG-PAN-003",
        f"Aucun ratio de {annee} n’est donné par {REGLE.structures_min} structures d’un même type : rien ne "
        "pourrait paraître.",
        "Invitez les structures à donner leur accord, à déposer leurs comptes, et reliez-les aux extraits.",
        "édition du panel",
    )
