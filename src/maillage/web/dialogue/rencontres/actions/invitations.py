"""Inviting to a meeting, telling of a change, calling it off: by mail, with a calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.web.dialogue.agenda import Methode, is_in_agenda
from maillage.web.dialogue.models import Rencontre
from maillage.web.dialogue.rencontres.accords import list_present
from maillage.web.dialogue.rencontres.actions.fiche import get_locked
from maillage.web.dialogue.rencontres.courrier import send_each
from maillage.web.dialogue.rencontres.invitation import build_invitation
from maillage.web.dialogue.rencontres.travaux import ask_for_opinions, send_invitations
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.web.dialogue.models import CompteRendu, Participant


def method_for(rencontre: Rencontre) -> Methode:
    """What a sending does now: it calls off a meeting that is called off, else invites."""
    annulee = rencontre.statut == Rencontre.Statut.ANNULEE
    return Methode.ANNULER if annulee else Methode.INVITER


def send(rencontre: Rencontre, adresses: Sequence[str], *, by: int | None) -> list[str]:
    """Send the invitation, its change or its cancellation.

    Those who have an account get it from the background work, tried again when it cannot leave. The
    addresses typed for this sending get it at once: they are kept nowhere.

    Args:
        rencontre: Which meeting.
        adresses: Typed for this sending.
        by: Number of the account.

    Returns:
        Typed addresses to which the mail could not leave.

    Raises:
        SaisieInvalide: MLG-DIA-209 the day is not known, MLG-DIA-210 there is nobody to write to.
    """
    methode = method_for(rencontre)
    with transaction.atomic():
        actuelle = get_locked(rencontre)
        comptes = sorted(
            {p.utilisateur_id for p in actuelle.participants.all() if p.utilisateur_id}
        )
        _check_sending(actuelle, comptes, adresses)
        actuelle.sequence += 1
        actuelle.save(update_fields=["sequence", "updated_at"])
        record(
            "rencontre.inviter",
            by=by,
            objet=actuelle,
            details={
                "methode": methode.value,
                "version": actuelle.sequence,
                "comptes": len(comptes),
                "adresses": len(adresses),
            },
        )
        if comptes:
            send_invitations.enqueue(actuelle.pk, methode.value, comptes, 1)
    return send_each(
        adresses, lambda a, connexion: build_invitation(actuelle, methode, a, connexion)
    )


@transaction.atomic
def call_off(rencontre: Rencontre, partis: Sequence[Participant], *, by: int | None) -> int:
    """Take a planned meeting off the calendar of those who are no longer expected.

    Returns:
        How many are told.
    """
    comptes = [p.utilisateur_id for p in partis if p.utilisateur_id]
    actuelle = get_locked(rencontre)
    if not comptes or not actuelle.sequence or actuelle.statut != Rencontre.Statut.PREVUE:
        return 0
    actuelle.sequence += 1
    actuelle.save(update_fields=["sequence", "updated_at"])
    details = {"methode": Methode.ANNULER.value, "comptes": len(comptes)}
    record("rencontre.inviter", by=by, objet=actuelle, details=details)
    send_invitations.enqueue(actuelle.pk, Methode.ANNULER.value, comptes, 1)
    return len(comptes)


@transaction.atomic
def ask_opinions(compte_rendu: CompteRendu) -> int:
    """Tell those present who have an account that minutes wait for their opinion; how many."""
    presents = list_present(list(compte_rendu.rencontre.participants.all()))
    comptes = sorted({p.utilisateur_id for p in presents if p.utilisateur_id})
    if comptes:
        ask_for_opinions.enqueue(compte_rendu.pk, comptes, 1)
    return len(comptes)


def _check_sending(rencontre: Rencontre, comptes: Sequence[int], adresses: Sequence[str]) -> None:
    fautes = []
    if not is_in_agenda(rencontre.date, rencontre.precision):
        fautes.append(
            Anomalie(
                "MLG-DIA-209",
                "Le jour de la rencontre n’est pas connu\u00a0: elle n’entre dans aucun agenda.",
                "Fixez le jour, et l’heure si vous la connaissez, puis invitez.",
                "date de la rencontre",
            )
        )
    if not comptes and not adresses:
        fautes.append(
            Anomalie(
                "MLG-DIA-210",
                "Il n’y a personne à qui écrire.",
                "Donnez un compte à un participant, ou tapez une adresse.",
                "adresses",
            )
        )
    if fautes:
        raise SaisieInvalide(*fautes)
