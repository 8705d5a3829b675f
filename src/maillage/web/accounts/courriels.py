"""The messages that accounts send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from maillage.kernel.francais import typeset
from maillage.web.accounts.actions import DUREE_INVITATION, invite

if TYPE_CHECKING:
    from maillage.web.accounts.models import Utilisateur

_OBJET = "Votre invitation à l’espace adhérents"
_TEXTE = """\
Bonjour {nom},

Un accès à l’espace adhérents de votre réseau vous attend. Ce lien personnel, valable {jours} jours et
une seule fois, vous laisse choisir votre mot de passe :

{lien}

Si vous n’attendiez pas cette invitation, ne faites rien : sans ce lien, personne n’ouvre votre compte.
"""


@transaction.atomic
def send_invitation(utilisateur: Utilisateur, *, by: int | None) -> None:
    """Send a person the link that opens their account; earlier links stop working.

    The message leaves once the transaction is written, and not at all if it is undone.
    """
    jeton = invite(utilisateur, by=by)
    lien = settings.ADRESSE_PUBLIQUE + reverse("invitation", kwargs={"jeton": jeton})
    texte = _TEXTE.format(nom=utilisateur.nom_complet, jours=DUREE_INVITATION.days, lien=lien)
    transaction.on_commit(lambda: _send(utilisateur.email, typeset(texte)))


def _send(adresse: str, texte: str) -> None:
    send_mail(_OBJET, texte, None, [adresse])
