"""What is typed around a meeting: an opinion on its minutes, a document, an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from maillage.kernel.francais import guillemets
from maillage.web.dialogue.models import Accord, Visibilite

ADRESSES_MAX = 50


class AvisForm(forms.Form):
    """What one says of minutes."""

    verdict = forms.ChoiceField(
        label="Votre avis", choices=Accord.Verdict.choices, widget=forms.RadioSelect
    )
    commentaire = forms.CharField(
        label="Commentaire",
        required=False,
        max_length=2000,
        help_text="Lu de tous ceux à qui le compte rendu est proposé. Nécessaire pour une réserve ou un "
        "désaccord.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DocumentForm(forms.Form):
    """A document to join: an address, or a file."""

    titre = forms.CharField(label="Titre", max_length=200)
    url = forms.URLField(
        label="Adresse",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Ou un fichier.",
    )
    fichier = forms.FileField(
        label="Fichier",
        required=False,
        help_text="PDF, document ou classeur (docx, odt, xlsx, ods…), image ou texte, 20\u00a0Mo au plus.",
    )
    visibilite = forms.ChoiceField(label="Visible par", choices=Visibilite.choices)

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        saisie: dict[str, Any] = super().clean() or {}
        if bool(saisie.get("url")) == bool(saisie.get("fichier")) and not self.errors:
            self.add_error("url", "Donnez une adresse ou un fichier, l’un des deux.")
        return saisie


class DocumentNiveauForm(forms.Form):
    """Who opens a document."""

    visibilite = forms.ChoiceField(label="Visible par", choices=Visibilite.choices)


class InvitationForm(forms.Form):
    """To whom an invitation goes besides those who have an account."""

    adresses = forms.CharField(
        label="Autres adresses",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une par ligne, ou séparées par des virgules. Elles servent à cet envoi et ne sont pas "
        "gardées\u00a0: redonnez-les pour une mise à jour ou une annulation.",
    )

    def clean_adresses(self) -> list[str]:
        """Addresses, each once.

        Raises:
            ValidationError: some are not addresses, all told together; or there are too many.
        """
        texte = self.cleaned_data["adresses"].replace(",", "\n").replace(";", "\n")
        adresses = list(dict.fromkeys(ligne.strip().lower() for ligne in texte.split("\n")))
        adresses = [adresse for adresse in adresses if adresse]
        fautes = [adresse for adresse in adresses if not _is_address(adresse)]
        if fautes:
            raise ValidationError(
                [f"{guillemets(adresse)} n’est pas une adresse e-mail." for adresse in fautes]
            )
        if len(adresses) > ADRESSES_MAX:
            msg = f"{len(adresses)} adresses\u00a0: {ADRESSES_MAX} au plus par envoi."
            raise ValidationError(msg)
        return adresses


def _is_address(texte: str) -> bool:
    try:
        validate_email(texte)
    except ValidationError:
        return False
    return True
