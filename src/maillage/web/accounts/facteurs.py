"""The second factor: what allauth asks us about it, and taking it away when it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from maillage.web.accounts.sessions import end_sessions
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from maillage.web.accounts.models import Utilisateur

FACTEURS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes alone do not."""
_MESSAGES = {
    "incorrect_code": "Ce code n’est pas le bon, ou il vient de changer\u00a0: prenez le suivant.",
    "cannot_generate_recovery_codes": "Choisissez d’abord un second facteur\u00a0: application ou "
    "clé d’accès.",
}


class AdaptateurFacteurs(DefaultMFAAdapter):
    """Names and messages in our words."""

    error_messages = DefaultMFAAdapter.error_messages | _MESSAGES

    def generate_authenticator_name(self, user: Utilisateur, type: Authenticator.Type) -> str:  # noqa: A002 — allauth's signature
        """Name proposed for a passkey."""
        nombre = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Clé d’accès" if nombre == 0 else f"Clé d’accès {nombre + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """This site, as the authenticator shows it."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Maillage"}

    def get_public_key_credential_user_entity(self, user: Utilisateur) -> dict[str, Any]:
        """The person, as the authenticator shows them."""
        return {
            **super().get_public_key_credential_user_entity(user),
            "display_name": user.nom_complet,
        }


def has_second_factor(utilisateur: Utilisateur) -> bool:
    """Whether the person has an application or a passkey."""
    return bool(Authenticator.objects.filter(user_id=utilisateur.pk, type__in=FACTEURS).exists())


@transaction.atomic
def remove_second_factors(utilisateur: Utilisateur, *, by: int | None) -> int:
    """Take away all factors of a person who has lost them, and end their sessions.

    Returns:
        How many there were, recovery codes not counted.
    """
    siens = Authenticator.objects.filter(user_id=utilisateur.pk)
    nombre: int = siens.filter(type__in=FACTEURS).count()
    siens.delete()
    end_sessions(utilisateur)
    record("compte.second_facteur.effacer", by=by, objet=utilisateur, details={"facteurs": nombre})
    return nombre
