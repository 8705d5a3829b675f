"""What the settings say of accounts: how often one may try, and which forms are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMITES: Mapping[str, str] = {
    # number / time / per what: an address of the network (ip), a person (user), what is tried (key)
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "10/10m/ip,3/15m/key",
    "reset_password_from_key": "20/10m/ip",
    "change_password": "5/5m/user",
    "manage_email": "10/10m/user",
    "reauthenticate": "10/5m/user",
    "confirm_email": "1/3m/key",
    "invitation": "20/10m/ip",
}
_FORMULAIRES = "maillage.web.accounts.formulaires"
FORMULAIRES_COMPTE: Mapping[str, str] = {
    "login": f"{_FORMULAIRES}.Connexion",
    "reauthenticate": f"{_FORMULAIRES}.Confirmation",
    "reset_password": f"{_FORMULAIRES}.MotDePasseOublie",
    "reset_password_from_key": f"{_FORMULAIRES}.NouveauMotDePasse",
    "change_password": f"{_FORMULAIRES}.ChangementDeMotDePasse",
    "set_password": f"{_FORMULAIRES}.PremierMotDePasse",
    "add_email": f"{_FORMULAIRES}.NouvelleAdresse",
}
FORMULAIRES_FACTEUR: Mapping[str, str] = {
    "authenticate": f"{_FORMULAIRES}.Code",
    "reauthenticate": f"{_FORMULAIRES}.CodeDeConfirmation",
    "activate_totp": f"{_FORMULAIRES}.ActivationApplication",
    "add_webauthn": f"{_FORMULAIRES}.AjoutDeCle",
    "edit_webauthn": f"{_FORMULAIRES}.NomDeCle",
}
