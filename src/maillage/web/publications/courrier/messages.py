"""What a mail says: one publication, or several, in the version of the person who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from maillage.kernel.francais import accorder
from maillage.web.network.models import Organisation
from maillage.web.publications.courrier.adresses import (
    list_id,
    message_id,
    return_path,
    url_stop,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail.backends.base import BaseEmailBackend

    from maillage.web.publications.article import Article
    from maillage.web.publications.models import Envoi


def build_message(
    envoi: Envoi, articles: Sequence[Article], reseau: str, connexion: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The mail of one person.

    Args:
        envoi: Its line, with its person.
        articles: What it tells of, in the version that the person may read.
        reseau: Name of the network.
        connexion: By which it will go.
    """
    arret = url_stop(envoi.utilisateur_id)
    contexte: dict[str, Any] = {
        "articles": articles,
        "reseau": reseau,
        "arret": arret,
        "choix": f"{settings.ADRESSE_PUBLIQUE}/publications/abonnements/",
    }
    message = EmailMultiAlternatives(
        subject=_subject(articles, reseau),
        body=render_to_string("publications/courriel.txt", contexte),
        from_email=return_path(envoi),
        to=[envoi.utilisateur.email],
        connection=connexion,
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": message_id(envoi),
            "List-Id": list_id(),
            "List-Unsubscribe": f"<{arret}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(
        render_to_string("publications/courriel.html", contexte), "text/html"
    )
    return message


def _subject(articles: Sequence[Article], reseau: str) -> str:
    if len(articles) == 1:
        return " ".join(articles[0].titre.split())
    nombre = accorder(len(articles), "nouvelle publication", "nouvelles publications")
    return f"{reseau}\u00a0: {nombre}"


def network_name() -> str:
    """Name of the network, for subjects and signatures."""
    reseau = Organisation.objects.filter(nature=Organisation.Nature.RESEAU).first()
    return str(reseau) if reseau else "Maillage"
