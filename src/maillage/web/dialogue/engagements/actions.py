"""What is done to commitments: each in one transaction, with its line in the trail.

A sentence that was said is corrected only while nothing but its announcement is known; afterwards it
only gains states, contradictions and facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, guillemets
from maillage.web.dialogue.engagements import succession
from maillage.web.dialogue.models import Contradiction, Engagement, EtatEngagement, Fait
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

CLASSEMENT = ("visibilite", "espace", "rencontre", "proposition", "sujet", "source_url")
"""Fields that say where a commitment is filed and who reads it: never frozen."""


@dataclass(frozen=True, slots=True)
class NouvelEtat:
    """What was found of a commitment on a day.

    Attributes:
        statut: Code of `Engagement.Statut`.
        date: When it was found.
        motif: Why, in a sentence.
        preuve: What shows it.
        preuve_url: Where it is read.
    """

    statut: str
    date: date
    motif: str = ""
    preuve: str = ""
    preuve_url: str = ""


@transaction.atomic
def create_engagement(champs: Mapping[str, Any], *, by: int | None) -> Engagement:
    """A new commitment, announced on the day it was said.

    Changes of holder since that day propose it for takeover, as if it had been typed in time.

    Args:
        champs: Fields of the model, already checked, without `statut` or `porteur`.
        by: Number of the account that acts.
    """
    engagement = Engagement(**champs)
    engagement.statut = Engagement.Statut.ANNONCE
    succession.identify_author(engagement)
    engagement.save()
    now = timezone.now()
    EtatEngagement.objects.create(
        engagement=engagement,
        statut=engagement.statut,
        date=engagement.date or timezone.localdate(now),
        by_id=by,
        at=now,
    )
    succession.propose_since(engagement)
    record(
        "engagement.creer",
        by=by,
        objet=engagement,
        details={"sens": engagement.sens, "visibilite": engagement.visibilite},
    )
    return engagement


def is_frozen(engagement: Engagement) -> bool:
    """Whether more than its announcement is known: its words are then no longer corrected."""
    return (
        engagement.statut != Engagement.Statut.ANNONCE
        or engagement.etats.count() > 1
        or engagement.reprises.exclude(etat="proposee").exists()
    )


@transaction.atomic
def modify_engagement(
    engagement: Engagement, champs: Mapping[str, Any], *, by: int | None
) -> tuple[str, ...]:
    """Correct a commitment; answers the names of the fields that were different.

    Raises:
        SaisieInvalide: MLG-ENG-001, its words are frozen and one of them would change.
    """
    verrouille = get_locked(engagement)
    changes = tuple(nom for nom, v in champs.items() if getattr(verrouille, nom) != v)
    dits = [nom for nom in changes if nom not in CLASSEMENT]
    if dits and is_frozen(verrouille):
        champs_du_modele: Any = Engagement._meta  # noqa: SLF001 — Django's public way to a field
        noms = ", ".join(str(champs_du_modele.get_field(n).verbose_name) for n in dits)
        raise SaisieInvalide(
            Anomalie(
                "MLG-ENG-001",
                f"Ce qui a été dit ne se corrige plus après un premier constat ({noms}).",
                "Ajoutez un état, une contradiction ou un fait\u00a0; si la phrase est fausse, ajoutez l’état "
                f"{guillemets('caduc')} et dites pourquoi.",
            )
        )
    for nom in changes:
        setattr(verrouille, nom, champs[nom])
    if "charge" in changes or "date" in changes or "sens" in changes:
        verrouille.reprises.all().delete()
        succession.identify_author(verrouille)
    verrouille.save()
    if "charge" in changes or "date" in changes or "sens" in changes:
        succession.propose_since(verrouille)
    if changes:
        record("engagement.modifier", by=by, objet=verrouille, details={"champs": list(changes)})
    return changes


@transaction.atomic
def add_state(engagement: Engagement, etat: NouvelEtat, *, by: int | None) -> EtatEngagement:
    """Note what became of a commitment; the database keeps it for good.

    Raises:
        SaisieInvalide: MLG-ENG-002, the day has not come; MLG-ENG-003, it is before the sentence.
    """
    verrouille = get_locked(engagement)
    _check_day(verrouille, etat.date)
    ajoute = EtatEngagement.objects.create(
        engagement=verrouille,
        statut=etat.statut,
        date=etat.date,
        motif=etat.motif,
        preuve=etat.preuve,
        preuve_url=etat.preuve_url,
        by_id=by,
        at=timezone.now(),
    )
    verrouille.statut = _last_statut(verrouille)
    verrouille.save(update_fields=["statut", "updated_at"])
    engagement.statut = verrouille.statut
    record("engagement.etat", by=by, objet=verrouille, details={"statut": etat.statut})
    return ajoute


@transaction.atomic
def contradict(
    engagement: Engagement, contradiction: Contradiction, *, by: int | None
) -> Contradiction:
    """Note that a later statement or text says otherwise: the commitment is then « contredit ».

    Args:
        engagement: The one that is contradicted.
        contradiction: What was said and when, not saved yet.
        by: Number of the account that acts.

    Raises:
        SaisieInvalide: MLG-ENG-002, the day has not come; MLG-ENG-003, it is before the sentence.
    """
    contradiction.engagement = engagement
    contradiction.by_id, contradiction.at = by, timezone.now()
    etat = NouvelEtat(
        Engagement.Statut.CONTREDIT,
        contradiction.date,
        f"Contredit\u00a0: {guillemets(contradiction.phrase[:1800])}",
        contradiction.auteur,
        contradiction.source_url,
    )
    add_state(engagement, etat, by=by)
    contradiction.save()
    record("engagement.contredire", by=by, objet=engagement)
    return contradiction


@transaction.atomic
def add_fact(engagement: Engagement, fait: Fait, *, by: int | None) -> Fait:
    """Tie a dated fact, new or known, to a commitment."""
    is_new = fait.pk is None
    if is_new:
        fait.save()
    fait.engagements.add(engagement)
    record("engagement.fait", by=by, objet=engagement, details={"fait": fait.pk, "nouveau": is_new})
    return fait


def get_locked(engagement: Engagement) -> Engagement:
    """The commitment as it is in the base, held until the end of the transaction."""
    verrouille: Engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    return verrouille


def _last_statut(engagement: Engagement) -> str:
    """The state of the latest day; of two on the same day, the one that was written last."""
    dernier = engagement.etats.order_by("-date", "-pk").first()
    return dernier.statut if dernier else Engagement.Statut.ANNONCE


def _check_day(engagement: Engagement, jour: date) -> None:
    if jour > timezone.localdate():
        raise SaisieInvalide(
            Anomalie(
                "MLG-ENG-002",
                f"Le {format_date(jour)} n’est pas encore venu.",
                "Donnez le jour où c’est constaté, aujourd’hui au plus tard.",
                "date",
            )
        )
    if engagement.date is not None and jour < engagement.date:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ENG-003",
                f"Le {format_date(jour)} est avant la phrase, dite le {format_date(engagement.date)}.",
                "Donnez un jour à partir de celui-là.",
                "date",
            )
        )
