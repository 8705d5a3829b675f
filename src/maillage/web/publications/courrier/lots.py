"""Who gets what: a lot of mails per publication, per day or per week, each prepared once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from maillage.web.droits.permissions import Role
from maillage.web.network.models import Rattachement
from maillage.web.publications.models import Abonnement, Envoi, Lot, Publication

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

_DUREES = {Lot.Nature.QUOTIDIEN: timedelta(days=1), Lot.Nature.HEBDOMADAIRE: timedelta(days=7)}
_PAR_LOT = 500


def prepare_announcements(now: datetime) -> list[Lot]:
    """One lot for each publication that readers find and that nobody was told about."""
    lots = []
    for publication in Publication.objects.to_announce(now).order_by("publiee_le"):
        with transaction.atomic():
            # of two workers, the one that changes the line prepares the lot
            if not Publication.objects.filter(pk=publication.pk, annoncee_at__isnull=True).update(
                annoncee_at=now
            ):
                continue
            lots.append(
                _prepare(Lot.Nature.IMMEDIAT, f"immediat:{publication.pk}", now, [publication])
            )
    return lots


@transaction.atomic
def prepare_digest(nature: Lot.Nature, periode: str, now: datetime) -> Lot:
    """The lot of a day or of a week; the one that exists when it was already prepared.

    It gathers what came out since the previous lot of that kind and is in none, so that neither a day
    when no worker ran nor a publication written at the very moment of a lot is lost.

    Args:
        nature: Daily or weekly.
        periode: Which day or week.
        now: Instant at which it is prepared.
    """
    existant = Lot.objects.filter(cle=f"{nature.value}:{periode}").first()
    if existant is not None:
        return existant
    dernier = Lot.objects.filter(nature=nature).order_by("-jusqu_au").first()
    depuis = (dernier.jusqu_au if dernier else now) - _DUREES[nature]
    recentes = Publication.objects.lisible(now).filter(publiee_le__gt=depuis)
    parues = recentes.exclude(lots__in=Lot.objects.filter(nature=nature))
    return _prepare(nature, f"{nature.value}:{periode}", now, parues)


def _prepare(
    nature: Lot.Nature, cle: str, now: datetime, publications: Iterable[Publication]
) -> Lot:
    lot = Lot.objects.create(nature=nature, cle=cle, jusqu_au=now)
    parues = list(publications)
    lot.publications.set(parues)
    if parues:
        Envoi.objects.bulk_create(
            (
                Envoi(lot=lot, utilisateur_id=personne)
                for personne in wanting(Abonnement.Frequence(nature.value))
            ),
            batch_size=_PAR_LOT,
        )
    return lot


def wanting(frequence: Abonnement.Frequence) -> QuerySet[Abonnement, int]:
    """Numbers of the persons who asked for that frequency and whose address takes mail."""
    return (
        Abonnement.objects.filter(
            frequence=frequence, suspendu_at__isnull=True, utilisateur__is_active=True
        )
        .order_by("utilisateur_id")
        .values_list("utilisateur_id", flat=True)
    )


def members_among(personnes: Iterable[int], le: date) -> set[int]:
    """Those who read what is for members on a day: any role except a partner's."""
    return set(
        Rattachement.objects.filter(utilisateur_id__in=list(personnes))
        .current(le)
        .exclude(role=Role.PARTENAIRE.value)
        .values_list("utilisateur_id", flat=True)
    )
