"""What is typed about offices and those who hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.engagements.champs import (
    NIVEAUX,
    ChampDit,
    ChampJour,
    ChampUrl,
    locate,
)
from maillage.web.dialogue.engagements.changement import Passation
from maillage.web.dialogue.models import Charge, Reprise, Titulaire
from maillage.web.droits.acteur import Perimetre
from maillage.web.droits.permissions import Permission
from maillage.web.network.places import name_of

if TYPE_CHECKING:
    from maillage.web.droits.acteur import Acteur

_AIDE_NOM = "Comme la page publique le nomme. Sans page publique, seuls les adhérents le lisent."


class ChargeForm(forms.Form):
    """A public office; and, when it is new, who holds it."""

    intitule = ChampDit(label="Intitulé", max_length=250)
    organisme = ChampDit(label="Organisme", max_length=200, required=False)
    ministere = ChampDit(label="Département ministériel", max_length=200, required=False)
    categorie = forms.ChoiceField(
        label="Catégorie au répertoire de la HATVP",
        required=False,
        choices=[("", "hors du répertoire"), *[c for c in Charge.Categorie.choices if c[0]]],
    )
    niveau = forms.ChoiceField(label="Niveau", choices=NIVEAUX, initial=Niveau.FRANCE.value)
    territoire = forms.CharField(
        label="Territoire",
        required=False,
        max_length=100,
        help_text="Nom ou code\u00a0; rien pour le niveau national.",
    )
    date_debut = ChampJour(label="La charge existe depuis le", required=False)
    nom = ChampDit(label="Qui la tient", max_length=150, required=False, help_text=_AIDE_NOM)
    depuis = ChampJour(label="Depuis le", required=False)
    source_url = ChampUrl(label="Page publique qui le dit")

    def __init__(self, *args: Any, acteur: Acteur, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur
        if not is_new:
            for nom in ("nom", "depuis", "source_url"):
                del self.fields[nom]

    @staticmethod
    def initial_of(charge: Charge) -> dict[str, Any]:
        """What the form shows of an office."""
        noms = ("intitule", "organisme", "ministere", "categorie", "niveau", "date_debut")
        return {
            **{nom: getattr(charge, nom) for nom in noms},
            "territoire": name_of(Niveau(charge.niveau), charge.territoire),
        }

    def clean(self) -> dict[str, Any]:
        """The territoire is one that the person may write about."""
        saisie: dict[str, Any] = super().clean() or {}
        if "niveau" not in saisie:
            return saisie
        try:
            saisie["lieu"] = locate(saisie["niveau"], saisie.get("territoire", ""))
        except ValidationError as error:
            self.add_error("territoire", error)
            return saisie
        region = saisie["lieu"]["region"]
        ou = Perimetre(regions=frozenset({region} if region else ()))
        if not self.acteur.perimetre(Permission.DIALOGUE_TENIR).covers(ou):
            self.add_error(
                "territoire",
                "Ce territoire n’est pas de votre région\u00a0: demandez au réseau national.",
            )
        return saisie

    def values(self) -> dict[str, Any]:
        """Fields of the model."""
        d = self.cleaned_data
        noms = ("intitule", "organisme", "ministere", "categorie", "date_debut")
        return {**{nom: d[nom] for nom in noms}, **d["lieu"]}

    def titulaire(self) -> Titulaire | None:
        """Who holds it, not saved; None when nobody is named."""
        d = self.cleaned_data
        if not d.get("nom"):
            return None
        return Titulaire(nom=d["nom"], date_debut=d["depuis"], source_url=d["source_url"])


class PassationForm(forms.Form):
    """Who leaves an office, who comes, and under which title."""

    date_fin = ChampJour(label="Dernier jour de la personne en fonction")
    nom = ChampDit(
        label="Qui arrive",
        max_length=150,
        required=False,
        help_text=f"{_AIDE_NOM} Laissez vide si personne n’est encore nommé.",
    )
    date_debut = ChampJour(label="Premier jour de la personne qui arrive", required=False)
    source_url = ChampUrl(label="Page publique qui le dit")
    intitule = ChampDit(
        label="Nouvel intitulé",
        max_length=250,
        required=False,
        help_text="Seulement si la charge change de nom ou de périmètre\u00a0: une autre charge lui succède, et "
        "celle-ci garde sa page.",
    )
    organisme = ChampDit(label="Nouvel organisme", max_length=200, required=False)
    ministere = ChampDit(label="Nouveau département ministériel", max_length=200, required=False)

    def __init__(self, *args: Any, en_fonction: Titulaire | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if en_fonction is None:
            del self.fields["date_fin"]
        else:
            self.fields["date_fin"].label = f"Dernier jour de {en_fonction.nom}"

    def clean(self) -> dict[str, Any]:
        """Who comes has a first day."""
        saisie: dict[str, Any] = super().clean() or {}
        if saisie.get("nom") and not saisie.get("date_debut") and "date_debut" not in self.errors:
            self.add_error("date_debut", "Dites son premier jour.")
        return saisie

    def value(self) -> Passation:
        """What was typed."""
        return Passation(**{"date_fin": None} | self.cleaned_data)


class TitulaireForm(forms.Form):
    """Somebody who held the office before."""

    nom = ChampDit(label="Qui", max_length=150, help_text=_AIDE_NOM)
    date_debut = ChampJour(label="Du")
    date_fin = ChampJour(label="Au")
    source_url = ChampUrl(label="Page publique qui le dit")

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        saisie: dict[str, Any] = super().clean() or {}
        debut, fin = saisie.get("date_debut"), saisie.get("date_fin")
        if debut and fin and fin < debut:
            self.add_error("date_fin", "Le dernier jour est avant le premier.")
        return saisie

    def value(self) -> Titulaire:
        """The holder, not saved."""
        return Titulaire(**self.cleaned_data)


class RepriseForm(forms.Form):
    """What the one who comes said of a commitment."""

    etat = forms.ChoiceField(
        label="Réponse",
        choices=[("", "Choisissez")]
        + [c for c in Reprise.Etat.choices if c[0] != Reprise.Etat.PROPOSEE],
    )
    decide_le = ChampJour(label="Donnée le", initial=timezone.localdate)
    note = ChampDit(
        label="Ce qui a été dit",
        lignes=3,
        max_length=2000,
        help_text="Lu par tous ceux qui lisent cet engagement.",
    )
