"""The form that brings an extract in."""

from __future__ import annotations

from typing import Any

from django import forms


class PlusieursFichiers(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class ChampFichiers(forms.FileField):
    """Several files at once."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of them, checked as one file is."""
        simple = super().clean
        tous = list(data) if isinstance(data, list | tuple) else [data]
        return [simple(fichier, initial) for fichier in tous or [None]]


class DepotExtraitForm(forms.Form):
    """Files of one extract, and the password of those that are protected."""

    fichiers = ChampFichiers(
        label="Fichiers de l’extrait",
        help_text="L’archive de l’ASP telle quelle, ou tous les fichiers .csv.gz du dépôt ensemble.",
        widget=PlusieursFichiers(),
        error_messages={
            "required": "Choisissez au moins un fichier.",
            "empty": "Ce fichier est vide.",
        },
    )
    mot_de_passe = forms.CharField(
        label="Mot de passe des fichiers protégés",
        help_text="S’il y en a un. Il n’est gardé que le temps de l’import.",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
