"""What is typed to deposit a file."""

from __future__ import annotations

from django import forms

from maillage.web.dialogue.echange.genres import GENRES
from maillage.web.dialogue.echange.lecture import DECIDIM
from maillage.web.dialogue.echange.model import OCTETS_MAX

_MO = 1024 * 1024


class DepotForm(forms.Form):
    """A file to import."""

    contenu = forms.ChoiceField(
        label="Ce que le fichier contient",
        required=False,
        choices=[
            ("", "ce que dit son nom, un ZIP ou un JSON de Maillage"),
            *((genre.nom, f"des {genre.titre} ({genre.fichier})") for genre in GENRES),
            (DECIDIM, "des résultats exportés de Decidim"),
        ],
    )
    fichier = forms.FileField(
        label="Fichier",
        help_text=f"CSV, ZIP ou JSON, {OCTETS_MAX // _MO} Mo au plus. Rien n’est écrit avant que vous "
        "l’ayez confirmé.",
        widget=forms.FileInput(attrs={"accept": ".csv,.zip,.json"}),
    )
