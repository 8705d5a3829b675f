"""allauth's forms with our words: labels, help, and no text in place of a label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as compte
from allauth.mfa.base import forms as facteur
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm

from maillage.web.accounts.forms import AIDE_MOT_DE_PASSE

if TYPE_CHECKING:
    from django.utils.functional import Promise

_ENCORE = "Le même mot de passe, encore une fois"


class _Libelles:
    """Replaces labels and helps; takes the example text out of the field."""

    LIBELLES: ClassVar[dict[str, str]] = {}
    AIDES: ClassVar[dict[str, str | Promise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champs: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # mixed into a form
        for nom, champ in champs.items():
            champ.widget.attrs.pop("placeholder", None)
            champ.label = self.LIBELLES.get(nom, champ.label)
            champ.help_text = self.AIDES.get(nom, "")


class Connexion(_Libelles, compte.LoginForm):
    """Address and password."""

    LIBELLES: ClassVar = {"login": "Adresse e-mail", "password": "Mot de passe"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class Confirmation(_Libelles, compte.ReauthenticateForm):
    """The password again, before a change that matters."""

    LIBELLES: ClassVar = {"password": "Votre mot de passe"}


class MotDePasseOublie(_Libelles, compte.ResetPasswordForm):
    """The address to write to."""

    LIBELLES: ClassVar = {"email": "Votre adresse e-mail"}


class NouveauMotDePasse(_Libelles, compte.ResetPasswordKeyForm):
    """A new password, after the old one was forgotten."""

    LIBELLES: ClassVar = {"password1": "Nouveau mot de passe", "password2": _ENCORE}
    AIDES: ClassVar = {"password1": AIDE_MOT_DE_PASSE}


class ChangementDeMotDePasse(_Libelles, compte.ChangePasswordForm):
    """Another password."""

    LIBELLES: ClassVar = {
        "oldpassword": "Mot de passe actuel",
        "password1": "Nouveau mot de passe",
        "password2": _ENCORE,
    }
    AIDES: ClassVar = {"password1": AIDE_MOT_DE_PASSE}


class PremierMotDePasse(_Libelles, compte.SetPasswordForm):
    """A password for who had none: they came by the identity provider."""

    LIBELLES: ClassVar = {"password1": "Mot de passe", "password2": _ENCORE}
    AIDES: ClassVar = {"password1": AIDE_MOT_DE_PASSE}


class NouvelleAdresse(_Libelles, compte.AddEmailForm):
    """Another address."""

    LIBELLES: ClassVar = {"email": "Nouvelle adresse e-mail"}
    AIDES: ClassVar = {
        "email": "Un lien y sera envoyé. Jusqu’à ce que vous l’ouvriez, l’ancienne reste la bonne."
    }


_AIDE_CODE = "Les six chiffres de votre application, ou un code de secours."


class Code(_Libelles, facteur.AuthenticateForm):
    """A code of the application, or a recovery code."""

    LIBELLES: ClassVar = {"code": "Code"}
    AIDES: ClassVar = {"code": _AIDE_CODE}


class CodeDeConfirmation(_Libelles, facteur.ReauthenticateForm):
    """The same, before a change that matters."""

    LIBELLES: ClassVar = {"code": "Code"}
    AIDES: ClassVar = {"code": _AIDE_CODE}


class ActivationApplication(_Libelles, ActivateTOTPForm):
    """The first code that the application shows."""

    LIBELLES: ClassVar = {"code": "Code affiché par l’application"}
    AIDES: ClassVar = {"code": "Six chiffres, qui changent toutes les trente secondes."}


class AjoutDeCle(_Libelles, AddWebAuthnForm):
    """A passkey, with a name to recognise it by."""

    LIBELLES: ClassVar = {"name": "Nom de la clé", "passwordless": "Se connecter sans mot de passe"}
    AIDES: ClassVar = {
        "name": "Pour la reconnaître dans la liste\u00a0: « téléphone », « clé du bureau ».",
        "passwordless": "La clé suffit alors à vous connecter\u00a0; elle vous demandera votre "
        "code, votre empreinte ou votre visage.",
    }


class NomDeCle(_Libelles, EditWebAuthnForm):
    """Another name for a passkey."""

    LIBELLES: ClassVar = {"name": "Nom de la clé"}
