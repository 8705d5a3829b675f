"""The mail that invites to a meeting, tells of a change, or calls it off: with its calendar file.

Whoever receives it may be of the other side: nothing internal is in it, and nobody's address but theirs.
"""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from icalendar import vCalAddress, vText

from maillage.web.dialogue.agenda import Methode, make_agenda, make_rencontre, render_agenda
from maillage.web.dialogue.models import Point, Visibilite
from maillage.web.dialogue.rencontres.accords import PARTAGES
from maillage.web.dialogue.rencontres.phrases import tell_when
from maillage.web.publications.courrier.messages import network_name

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

    from maillage.web.dialogue.models import CompteRendu, Rencontre

NOM_FICHIER: Final = "invitation.ics"


def render_invitation(rencontre: Rencontre, methode: Methode, adresse: str) -> bytes | None:
    """The calendar file for one person; None when the day is not known.

    Args:
        rencontre: The meeting, with the version of its invitation.
        methode: Invite or call off.
        adresse: Address of the one person who is invited.
    """
    evenement = make_rencontre(rencontre)
    if evenement is None:
        return None
    if methode is Methode.ANNULER:
        evenement["status"] = vText("CANCELLED")
    nom, expediteur = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organisateur = vCalAddress(f"mailto:{expediteur}")
    organisateur.params["cn"] = vText(nom or network_name())
    evenement["organizer"] = organisateur
    invite = vCalAddress(f"mailto:{adresse}")
    invite.params["role"] = vText("REQ-PARTICIPANT")
    invite.params["partstat"] = vText("NEEDS-ACTION")
    invite.params["rsvp"] = vText("TRUE")
    evenement.add("attendee", invite, encode=False)
    ordre_du_jour = list_shared_agenda(rencontre)
    if ordre_du_jour:
        evenement.add("description", "\n".join(f"- {texte}" for texte in ordre_du_jour))
    return render_agenda(make_agenda("", [evenement], methode))


def list_shared_agenda(rencontre: Rencontre) -> list[str]:
    """Items of the agenda that the other side may read."""
    points = rencontre.points.kept().filter(
        nature=Point.Nature.ORDRE_DU_JOUR, visibilite__in=PARTAGES
    )
    return list(points.order_by("ordre", "id").values_list("texte", flat=True))


def build_invitation(
    rencontre: Rencontre, methode: Methode, adresse: str, connexion: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The mail of one person."""
    contexte = {
        "rencontre": rencontre,
        "quand": tell_when(rencontre),
        "ordre_du_jour": list_shared_agenda(rencontre),
        "adresse": _link(rencontre),
        "reseau": network_name(),
        "is_annulation": methode is Methode.ANNULER,
        "is_mise_a_jour": rencontre.sequence > 1,
    }
    message = EmailMultiAlternatives(
        subject=_subject(rencontre, methode),
        body=render_to_string("dialogue/rencontres/courriels/invitation.txt", contexte),
        to=[adresse],
        connection=connexion,
        headers={"Auto-Submitted": "auto-generated"},
    )
    fichier = render_invitation(rencontre, methode, adresse)
    if fichier is not None:
        # a mail program answers to the alternative; a person saves the attached file
        message.attach_alternative(
            fichier.decode(), f"text/calendar; method={methode.value}; charset=utf-8"
        )
        message.attach(NOM_FICHIER, fichier, "application/ics")
    return message


def _link(rencontre: Rencontre) -> str:
    """Address of the meeting; through signing in when not everybody reads it."""
    chemin = f"/dialogue/rencontres/{rencontre.pk}/"
    if rencontre.visibilite != Visibilite.PUBLIC:
        chemin = f"{reverse('account_login')}?next={chemin}"
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def _subject(rencontre: Rencontre, methode: Methode) -> str:
    titre = " ".join(rencontre.titre.split())
    if methode is Methode.ANNULER:
        return f"Annulée\u00a0: {titre}"
    return f"{'Mise à jour' if rencontre.sequence > 1 else 'Invitation'}\u00a0: {titre}"


def build_request_for_opinion(
    compte_rendu: CompteRendu, adresse: str, connexion: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The mail that asks one of those present to read the minutes: the text itself stays on the site."""
    rencontre = compte_rendu.rencontre
    chemin = f"/dialogue/rencontres/{rencontre.pk}/comptes-rendus/{compte_rendu.numero}/"
    contexte = {
        "rencontre": rencontre,
        "quand": tell_when(rencontre),
        "numero": compte_rendu.numero,
        "adresse": f"{settings.ADRESSE_PUBLIQUE}{chemin}",
        "reseau": network_name(),
    }
    return EmailMultiAlternatives(
        subject=f"Compte rendu à relire\u00a0: {' '.join(rencontre.titre.split())}",
        body=render_to_string("dialogue/rencontres/courriels/compte_rendu.txt", contexte),
        to=[adresse],
        connection=connexion,
        headers={"Auto-Submitted": "auto-generated"},
    )
