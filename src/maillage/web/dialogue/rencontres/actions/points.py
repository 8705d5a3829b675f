"""Items of a meeting: noted, changed, withdrawn; each state is frozen as a version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from maillage.web.dialogue.models import Participant, Point, Portage, VersionPoint
from maillage.web.dialogue.rencontres.contenu import (
    ConflitDePoint,
    freeze_contenu,
    merge,
    read_contenu,
)
from maillage.web.dialogue.rencontres.interlocuteurs import find_charge
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from maillage.web.dialogue.models import Rencontre

__all__ = ["ConflitDePoint", "add_point", "follow_portages", "note_point", "save_point"]
_LIENS = frozenset({"locuteur", "en_reponse_a", "proposition", "engagement"})


@transaction.atomic
def add_point(
    rencontre: Rencontre,
    *,
    contenu: Mapping[str, Any],
    by: int | None,
    identifiant: UUID | None = None,
) -> Point:
    """A new item, at the end of the meeting; internal unless said otherwise.

    Args:
        rencontre: Of which meeting.
        contenu: Some of the fields of an item; `nature` and `texte` at least.
        by: Number of the account that notes it.
        identifiant: Name given by the device that noted it.
    """
    champs = {k: v for k, v in contenu.items() if k != "retire"}
    if not champs.get("ordre"):
        dernier = rencontre.points.aggregate(dernier=Max("ordre"))["dernier"]
        champs["ordre"] = (dernier or 0) + 1
    point = Point(rencontre=rencontre, updated_by_id=by, **_attributes(champs))
    if identifiant is not None:
        point.identifiant = identifiant
    if contenu.get("retire"):
        point.retire_at = timezone.now()
    point.save()
    _freeze(point, by)
    if point.proposition_id:
        follow_portages(rencontre)
    return point


@transaction.atomic
def save_point(point: Point, *, contenu: Mapping[str, Any], base: int, by: int | None) -> Point:
    """Change an item; the same content as now makes no version.

    Args:
        point: Which.
        contenu: The fields that the person saw, as they want them.
        base: Revision at which the person opened it.
        by: Number of the account that changes it.

    Raises:
        ConflitDePoint: somebody changed the same things meanwhile; nothing is written.
    """
    actuel: Point = Point.objects.select_for_update().get(pk=point.pk)
    changes = merge(actuel, base, contenu)
    if not changes:
        return actuel
    quittee = actuel.proposition_id
    if "retire" in changes:
        actuel.retire_at = timezone.now() if changes["retire"] else None
    for champ, valeur in _attributes({k: v for k, v in changes.items() if k != "retire"}).items():
        setattr(actuel, champ, valeur)
    actuel.revision += 1
    actuel.updated_by_id = by
    actuel.save()
    _freeze(actuel, by)
    if {"proposition", "retire", "nature"} & changes.keys():
        follow_portages(actuel.rencontre, quittee=quittee)
    if "retire" in changes or "visibilite" in changes:
        record(
            "rencontre.point",
            by=by,
            objet=actuel.rencontre,
            details={
                "point": str(actuel.identifiant),
                "visibilite": actuel.visibilite,
                "retire": actuel.retire_at is not None,
            },
        )
    return actuel


def note_point(
    rencontre: Rencontre,
    identifiant: UUID,
    *,
    contenu: Mapping[str, Any],
    base: int,
    by: int | None,
) -> Point:
    """What a device sends: a new item under the name that the device gave it, or a change.

    Sent twice, because the answer was lost on the way, it is written once.

    Raises:
        ConflitDePoint: somebody changed the same things meanwhile; nothing is written.
    """
    with transaction.atomic():
        # of two sendings of the same note, the second waits for the first
        type(rencontre).objects.select_for_update().get(pk=rencontre.pk)
        connu: Point | None = rencontre.points.filter(identifiant=identifiant).first()
        if connu is None:
            return add_point(rencontre, contenu=contenu, by=by, identifiant=identifiant)
        if base == 0:  # its first sending arrived; only the answer was lost
            actuel = read_contenu(connu)
            if any(actuel[champ] != valeur for champ, valeur in contenu.items()):
                return save_point(connu, contenu=contenu, base=1, by=by)
            return connu
        return save_point(connu, contenu=contenu, base=base, by=by)


def follow_portages(rencontre: Rencontre, quittee: int | None = None) -> None:
    """Keep the list of where each proposal was carried in step with the positions of a meeting.

    Args:
        rencontre: The meeting.
        quittee: Proposal that an item has just left. Its carrying goes with it, unless it already
            says something that somebody typed.
    """
    portees = set(
        rencontre.points.kept()
        .filter(nature=Point.Nature.POSITION, proposition__isnull=False)
        .values_list("proposition_id", flat=True)
    )
    connues = set(rencontre.portages.values_list("proposition_id", flat=True))
    quand = {"date": rencontre.date, "precision": rencontre.precision}
    for proposition in portees - connues:
        Portage.objects.create(
            proposition_id=proposition,
            rencontre=rencontre,
            forme=Portage.Forme.RENCONTRE,
            charge_id=find_charge(rencontre),
            **quand,
        )
    rencontre.portages.filter(proposition__in=portees).update(**quand)
    if quittee is not None and quittee not in portees:
        rencontre.portages.filter(
            proposition=quittee,
            issue=Portage.Issue.SANS_REPONSE,
            reponse="",
            reference="",
            source_url="",
        ).delete()


def _attributes(champs: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{k}_id" if k in _LIENS else k: v for k, v in champs.items()}


def _freeze(point: Point, by: int | None) -> None:
    locuteur = Participant.objects.filter(pk=point.locuteur_id or 0).first()
    VersionPoint.objects.create(
        point=point,
        revision=point.revision,
        contenu=freeze_contenu(point, locuteur),
        by_id=by,
        at=timezone.now(),
    )
