"""Documents of a meeting: joined by address or file, opened to other readers, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.web.dialogue.models import Document
from maillage.web.journal.actions import record
from maillage.web.publications import fichiers

if TYPE_CHECKING:
    from maillage.web.dialogue.models import Rencontre

DOCUMENTS_MAX = 50


@dataclass(frozen=True, slots=True)
class Apport:
    """What is joined: an address, or a file.

    Attributes:
        titre: What it is.
        visibilite: Who opens it.
        url: Its address; empty for a file.
        contenu: Bytes of the file.
        nom: Name that the file came with; not kept.
    """

    titre: str
    visibilite: str
    url: str = ""
    contenu: bytes = b""
    nom: str = ""


@transaction.atomic
def join(rencontre: Rencontre, apport: Apport, *, by: int | None) -> Document:
    """Join an address or a file.

    Args:
        rencontre: To which meeting.
        apport: What is joined.
        by: Number of the account.

    Raises:
        FichierInvalide: the file is refused (MLG-PUB-210 to MLG-PUB-212).
        SaisieInvalide: MLG-DIA-208, there are too many already.
    """
    if rencontre.documents.filter(retire_at__isnull=True).count() >= DOCUMENTS_MAX:
        raise SaisieInvalide(
            Anomalie(
                "MLG-DIA-208",
                f"Cette rencontre a déjà {DOCUMENTS_MAX} documents.",
                "Enlevez-en un, ou réunissez plusieurs fichiers en un.",
                "documents",
            )
        )
    depot = None if apport.url else fichiers.keep(apport.contenu, apport.nom)
    document = Document.objects.create(
        rencontre=rencontre,
        titre=apport.titre,
        visibilite=apport.visibilite,
        url=apport.url,
        extension=depot.extension if depot else "",
        sha256=depot.sha256 if depot else "",
        taille=depot.taille if depot else None,
        by_id=by,
        at=timezone.now(),
    )
    _record("rencontre.joindre", document, by)
    return document


@transaction.atomic
def open_to(document: Document, visibilite: str, *, by: int | None) -> None:
    """Change who opens a document."""
    document.visibilite = visibilite
    document.save(update_fields=["visibilite"])
    _record("rencontre.document", document, by)


@transaction.atomic
def take_away(document: Document, *, by: int | None) -> None:
    """Take a document away; its line and its file stay."""
    document.retire_at = timezone.now()
    document.save(update_fields=["retire_at"])
    _record("rencontre.enlever_document", document, by)


def _record(geste: str, document: Document, by: int | None) -> None:
    record(
        geste,
        by=by,
        objet=document.rencontre,
        details={
            "document": document.pk,
            "visibilite": document.visibilite,
            "sha256": document.sha256,
        },
    )
