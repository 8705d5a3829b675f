"""The reminder sent to the directors of late structures: one message each, by the mail settings."""

from __future__ import annotations

from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.errors import Anomalie, DonneesIndisponibles
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.web.questionnaire.models import Questionnaire
    from maillage.web.questionnaire.suivi import Destinataire


def remind(
    questionnaire: Questionnaire, destinataires: Sequence[Destinataire], *, by: int | None
) -> list[str]:
    """Write to each director; names of the structures whose message was refused.

    Raises:
        DonneesIndisponibles: MLG-QST-031, the mail server does not answer: nothing was sent.
    """
    courrier = get_connection()
    try:
        courrier.open()
    except (OSError, SMTPException) as erreur:
        raise DonneesIndisponibles(
            Anomalie(
                "MLG-QST-031",
                f"Le serveur de courrier ne répond pas ({type(erreur).__name__})\u00a0: aucun "
                "message n’est parti.",
                "Vérifiez les réglages du courrier dans l’administration, puis recommencez.",
            )
        ) from erreur
    refuses = []
    try:
        for destinataire in destinataires:
            message = write_message(questionnaire, destinataire)
            message.connection = courrier
            try:
                message.send()
            except (OSError, SMTPException):
                refuses.append(destinataire.organisation.nom)
    finally:
        courrier.close()
    questionnaire.relance_at = timezone.now()
    questionnaire.save(update_fields=["relance_at"])
    record(
        "questionnaire.relancer",
        by=by,
        objet=questionnaire,
        nom=str(questionnaire),
        details={"messages": len(destinataires) - len(refuses), "refuses": len(refuses)},
    )
    return refuses


def write_message(questionnaire: Questionnaire, destinataire: Destinataire) -> EmailMessage:
    """The message to a director."""
    chemin = reverse(
        "questionnaire-repondre",
        kwargs={"annee": questionnaire.annee, "pk": destinataire.organisation.pk},
    )
    contexte = {
        "questionnaire": questionnaire,
        "structure": destinataire.organisation,
        "adresse": f"{settings.ADRESSE_PUBLIQUE}{chemin}",
    }
    return EmailMessage(
        subject=f"{questionnaire.titre} {questionnaire.annee} : votre réponse est attendue",
        body=render_to_string("questionnaire/courriels/relance.txt", contexte),
        to=[destinataire.email],
    )
