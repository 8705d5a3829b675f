"""What a person types to open an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from maillage.web.accounts.models import Utilisateur

AIDE_MOT_DE_PASSE = (
    "Douze caractères au moins. Une phrase que vous seul connaissez convient très bien."
)


class MotDePasseForm(forms.Form):
    """A password, typed twice."""

    mot_de_passe = forms.CharField(
        label="Mot de passe",
        help_text=AIDE_MOT_DE_PASSE,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    encore = forms.CharField(
        label="Le même mot de passe, encore une fois",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, utilisateur: Utilisateur | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur

    def clean(self) -> dict[str, Any]:
        """Both entries agree and the password is strong enough."""
        donnees: dict[str, Any] = super().clean() or {}
        mot = donnees.get("mot_de_passe")
        if not mot:
            return donnees
        if donnees.get("encore") and mot != donnees["encore"]:
            self.add_error("encore", "Les deux mots de passe sont différents.")
        try:
            validate_password(mot, self.utilisateur or self.future_utilisateur(donnees))
        except ValidationError as faibles:
            self.add_error("mot_de_passe", faibles)
        return donnees

    def future_utilisateur(self, donnees: dict[str, Any]) -> Utilisateur | None:
        """The person that the form is about to create, to refuse a password like their name."""
        del donnees
        return None


class PremierDemarrageForm(MotDePasseForm):
    """The network and its first administrator."""

    reseau = forms.CharField(
        label="Nom du réseau",
        max_length=200,
        help_text="Tel qu’il sera affiché. Il se change ensuite.",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    prenom = forms.CharField(
        label="Votre prénom",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    nom = forms.CharField(
        label="Votre nom",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label="Votre adresse e-mail",
        help_text="Elle sert à se connecter.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )

    field_order = ("reseau", "prenom", "nom", "email", "mot_de_passe", "encore")

    def future_utilisateur(self, donnees: dict[str, Any]) -> Utilisateur:
        """The administrator that the form is about to create."""
        return Utilisateur(
            **{champ: donnees.get(champ, "") for champ in ("email", "prenom", "nom")}
        )
