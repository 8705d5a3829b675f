"""Attachments: join, take away, change whom one is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.web.journal.actions import record
from maillage.web.publications import fichiers
from maillage.web.publications.actions.redaction import get_locked
from maillage.web.publications.models import PieceJointe

if TYPE_CHECKING:
    from maillage.web.accounts.models import Utilisateur
    from maillage.web.publications.models import Publication
    from maillage.web.publications.texte.document import Audience

PIECES_MAX = 20


@transaction.atomic
def join(
    publication: Publication,
    *,
    contenu: bytes,
    nom: str,
    reference: str,
    audience: Audience,
    by: Utilisateur,
) -> PieceJointe:
    """Keep a file and join it to a publication.

    Args:
        publication: Which.
        contenu: Its bytes.
        nom: Name that it came with; not kept.
        reference: Short name by which the text cites it, and readers download it.
        audience: Whom it is declared to be for.
        by: Who joins it.

    Raises:
        FichierInvalide: the file is refused.
        SaisieInvalide: MLG-PUB-214 the reference is taken, MLG-PUB-215 there are too many already.
    """
    verrouillee = get_locked(publication)
    jointes = verrouillee.pieces.kept()
    if jointes.filter(reference=reference).exists():
        raise SaisieInvalide(
            Anomalie(
                "MLG-PUB-214",
                f"Une pièce porte déjà la référence {guillemets(reference)}.",
                "Choisissez-en une autre, ou enlevez d’abord l’ancienne.",
                "référence",
            )
        )
    if jointes.count() >= PIECES_MAX:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PUB-215",
                f"Cette publication a déjà {PIECES_MAX} pièces jointes.",
                "Enlevez-en une, ou réunissez plusieurs fichiers en un.",
                "pièces jointes",
            )
        )
    depot = fichiers.keep(contenu, nom)
    piece = PieceJointe.objects.create(
        publication=verrouillee,
        reference=reference,
        extension=depot.extension,
        sha256=depot.sha256,
        taille=depot.taille,
        audience=audience.value,
        by_id=by.pk,
        at=timezone.now(),
    )
    _record("publication.joindre", verrouillee, piece, by)
    return piece


@transaction.atomic
def take_away(piece: PieceJointe, *, by: Utilisateur) -> None:
    """Take an attachment away from the texts to come; what is out keeps it."""
    piece.retiree_at = timezone.now()
    piece.save(update_fields=["retiree_at"])
    _record("publication.enlever_piece", piece.publication, piece, by)


@transaction.atomic
def open_to(piece: PieceJointe, audience: Audience, *, by: Utilisateur) -> None:
    """Declare whom an attachment is for, from the next publication on."""
    piece.audience = audience.value
    piece.save(update_fields=["audience"])
    _record("publication.changer_piece", piece.publication, piece, by)


def _record(geste: str, publication: Publication, piece: PieceJointe, by: Utilisateur) -> None:
    record(
        geste,
        by=by.pk,
        objet=publication,
        nom=str(publication),
        details={"piece": piece.pk, "audience": piece.audience, "sha256": piece.sha256},
    )
