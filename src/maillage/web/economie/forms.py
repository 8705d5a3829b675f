"""The forms of the accounts."""

from __future__ import annotations

from django import forms


class DepotFecForm(forms.Form):
    """One accounting file."""

    fichier = forms.FileField(
        label="Fichier des écritures comptables (FEC)",
        help_text="L’export d’un exercice, tel que votre logiciel de comptabilité le donne. Rien des tiers, des "
        "libellés ni des références n’est gardé, ni le fichier lui-même.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )


class PlanForm(forms.Form):
    """What the structure says of its accounts."""

    texte = forms.CharField(
        label="Vos choix",
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code"}),
        max_length=100_000,
        error_messages={"required": "Le texte est vide."},
    )
