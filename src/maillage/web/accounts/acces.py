"""What the addresses of accounts ask for, and which stay open before the second factor is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from maillage.web.accounts.facteurs import has_second_factor
from maillage.web.accounts.openid.second_facteur import has_federated_factor
from maillage.web.droits.acces import Acces, Ouverture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

_PUBLIC = Acces(Ouverture.PUBLIC)
_CONNECTE = Acces(Ouverture.CONNECTE)

# Signing up, signing in by code and telephone numbers are not in the table: nobody reaches them.
ROUTES: Mapping[str, Acces] = {
    "compte": _CONNECTE,
    "session-fermer": _CONNECTE,
    "invitation": _PUBLIC,
    "openid_login": _PUBLIC,
    "openid_callback": _PUBLIC,
    "openid_sortie": _PUBLIC,
    "socialaccount_login_cancelled": _PUBLIC,
    "account_login": _PUBLIC,
    "account_logout": _CONNECTE,
    "account_inactive": _PUBLIC,
    "account_reauthenticate": _CONNECTE,
    "account_reset_password": _PUBLIC,
    "account_reset_password_done": _PUBLIC,
    "account_reset_password_from_key": _PUBLIC,
    "account_reset_password_from_key_done": _PUBLIC,
    "account_change_password": _CONNECTE,
    "account_set_password": _CONNECTE,
    "account_email": _CONNECTE,
    "account_email_verification_sent": _PUBLIC,
    "account_confirm_email": _PUBLIC,
    "mfa_index": _CONNECTE,
    "mfa_authenticate": _PUBLIC,
    "mfa_reauthenticate": _CONNECTE,
    "mfa_reauthenticate_webauthn": _CONNECTE,
    "mfa_activate_totp": _CONNECTE,
    "mfa_deactivate_totp": _CONNECTE,
    "mfa_generate_recovery_codes": _CONNECTE,
    "mfa_view_recovery_codes": _CONNECTE,
    "mfa_download_recovery_codes": _CONNECTE,
    "mfa_list_webauthn": _CONNECTE,
    "mfa_add_webauthn": _CONNECTE,
    "mfa_edit_webauthn": _CONNECTE,
    "mfa_remove_webauthn": _CONNECTE,
    "mfa_login_webauthn": _PUBLIC,
    "usersessions_list": _CONNECTE,
}

SANS_SECOND_FACTEUR = frozenset(ROUTES)
"""A member of staff without a second factor reaches these, to set one, and nothing else."""

SUITE = "suite_second_facteur"
"""Key of the session: where a person was going when they were sent to set a second factor."""


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether the person signed in has no second factor, of ours or of their identity provider.

    The demonstration asks for none.
    """
    if settings.DEMONSTRATION or has_federated_factor(request):
        return False
    return not has_second_factor(request.user)  # type: ignore[arg-type]  # somebody is signed in
