"""Writing in the trail, in the same transaction as what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from maillage.web.journal.models import Evenement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model


def record(
    action: str,
    *,
    by: int | None,
    objet: Model | None = None,
    nom: str = "",
    details: Mapping[str, Any] | None = None,
) -> Evenement:
    """Add a line to the trail.

    Args:
        action: Stable code, « organisation.modifier ».
        by: Number of the account that acts; None for the program itself.
        objet: What it is done to.
        nom: Public name of the object, never a person's: of an organisation, of a publication.
        details: What changed, without anything personal. Must be JSON.
    """
    evenement = Evenement(
        at=timezone.now(),
        by_id=by,
        action=action,
        objet_type=objet._meta.label_lower if objet is not None else "",  # noqa: SLF001 — Django's public way to a model's name
        objet_id=str(objet.pk) if objet is not None else "",
        objet_nom=nom,
        details=dict(details or {}),
    )
    evenement.save()
    return evenement
