"""What is typed about people and about files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from maillage.web.network.echange.limites import OCTETS_MAX
from maillage.web.network.forms import ChampDate, ChampTexte
from maillage.web.network.models import DepotFichier

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from maillage.web.droits.permissions import Role

_MO = 1024 * 1024


class InvitationForm(forms.Form):
    """A person and the role that they are given."""

    email = forms.EmailField(
        label="Adresse e-mail",
        help_text="Si cette personne a déjà un compte, elle reçoit le rôle sans nouvelle invitation.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    prenom = ChampTexte(label="Prénom", max_length=100, required=False)
    nom = ChampTexte(label="Nom", max_length=100, required=False)
    role = forms.ChoiceField(label="Rôle")
    fonction = ChampTexte(
        label="Fonction",
        max_length=120,
        required=False,
        help_text="En clair\u00a0: directrice, comptable, présidente…",
    )
    date_debut = ChampDate(label="Depuis le")

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["role"]
        assert isinstance(champ, forms.ChoiceField)  # noqa: S101 — declared above
        champ.choices = [(role.value, role.libelle) for role in roles]


class FinForm(forms.Form):
    """The last day of a role."""

    date_fin = ChampDate(label="Dernier jour")

    def __init__(self, data: Any, *, le: date) -> None:
        super().__init__(data, initial={"date_fin": le})


class NomForm(forms.Form):
    """The name of a person."""

    prenom = ChampTexte(label="Prénom", max_length=100, required=False)
    nom = ChampTexte(label="Nom", max_length=100)


class DepotForm(forms.Form):
    """A file to import."""

    contenu = forms.ChoiceField(
        label="Ce que le fichier contient",
        choices=[
            (DepotFichier.Contenu.ORGANISATIONS, "des organisations (organisations.csv)"),
            (DepotFichier.Contenu.PERSONNES, "des personnes et leurs rôles (personnes.csv)"),
        ],
    )
    fichier = forms.FileField(
        label="Fichier CSV",
        help_text=f"{OCTETS_MAX // _MO} Mo au plus. Rien n’est écrit avant que vous l’ayez confirmé.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
