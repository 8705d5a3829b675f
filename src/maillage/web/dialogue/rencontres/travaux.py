"""The background work of meetings: mails to those who have an account, tried again when they cannot leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django_tasks import task

from maillage.web.accounts.models import Utilisateur
from maillage.web.dialogue.agenda import Methode
from maillage.web.dialogue.models import CompteRendu, Rencontre
from maillage.web.dialogue.rencontres.courrier import send_each
from maillage.web.dialogue.rencontres.invitation import build_invitation, build_request_for_opinion
from maillage.web.travaux.file_attente import wait_before

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.core.mail import EmailMultiAlternatives
    from django.core.mail.backends.base import BaseEmailBackend

ESSAIS_MAX = 6


@task()
def send_invitations(rencontre: int, methode: str, personnes: list[int], essai: int) -> int:
    """Invite persons, tell them of a change or that it is called off; how many could not be reached.

    Args:
        rencontre: Number of the meeting.
        methode: Of the calendar file.
        personnes: Numbers of accounts: their address is read when the mail leaves.
        essai: Attempts made, this one included.
    """
    lue = Rencontre.objects.get(pk=rencontre)
    demande = Methode(methode)
    if demande is Methode.INVITER and lue.statut == Rencontre.Statut.ANNULEE:
        return 0  # called off while the invitation waited
    restent = _send(personnes, lambda a, connexion: build_invitation(lue, demande, a, connexion))
    if restent and essai < ESSAIS_MAX:
        plus_tard = timezone.now() + wait_before(essai)
        send_invitations.using(run_after=plus_tard).enqueue(rencontre, methode, restent, essai + 1)
    return len(restent)


@task()
def ask_for_opinions(compte_rendu: int, personnes: list[int], essai: int) -> int:
    """Tell those present that minutes wait for their opinion; how many could not be reached."""
    lu = CompteRendu.objects.select_related("rencontre").get(pk=compte_rendu)
    restent = _send(personnes, lambda a, connexion: build_request_for_opinion(lu, a, connexion))
    if restent and essai < ESSAIS_MAX:
        plus_tard = timezone.now() + wait_before(essai)
        ask_for_opinions.using(run_after=plus_tard).enqueue(compte_rendu, restent, essai + 1)
    return len(restent)


def _send(
    personnes: Sequence[int], build: Callable[[str, BaseEmailBackend], EmailMultiAlternatives]
) -> list[int]:
    """Accounts that could not be reached."""
    comptes = Utilisateur.objects.filter(pk__in=personnes, is_active=True)
    par_adresse = dict(comptes.values_list("email", "pk"))
    return [par_adresse[adresse] for adresse in send_each(par_adresse, build)]
