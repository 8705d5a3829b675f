"""What is typed: a publication, its way to readers, an attachment, a subscription."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from maillage.web.droits.permissions import Permission
from maillage.web.publications.article import noms_regions
from maillage.web.publications.models import Abonnement, Publication, VersionTexte
from maillage.web.publications.models.parution import AUDIENCES

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.web.droits.acteur import Acteur

_NATIONALE = ("", "tout le réseau")


def choices_regions(acteur: Acteur) -> list[tuple[str, str]]:
    """Régions for which a person may write; the whole network for those who are not of one."""
    jusqu_ou = acteur.perimetre(Permission.PUBLICATIONS_REDIGER)
    regions = list(noms_regions().items())
    if jusqu_ou.tout:
        return [_NATIONALE, *regions]
    return [(code, nom) for code, nom in regions if code in jusqu_ou.regions]


class CadreForm(forms.Form):
    """What describes a publication and is not in its text."""

    nature = forms.ChoiceField(label="Nature", choices=Publication.Nature.choices)
    region = forms.ChoiceField(
        label="Pour",
        required=False,
        help_text="Une publication de région est rédigée dans la région, et publiée par la délégation "
        "nationale.",
    )
    reunion = forms.CharField(
        label="Réunion dont elle rend compte",
        required=False,
        max_length=200,
        help_text="Par exemple « cabinet du ministre, 28 juin 2022 ». N’est montrée qu’à la rédaction.",
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = choices_regions(acteur)
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)  # noqa: S101 — declared above
        region.choices = choix
        region.required = _NATIONALE not in choix

    @property
    def cadre(self) -> dict[str, str]:
        """What was chosen, once valid."""
        return {champ: self.cleaned_data[champ] for champ in ("nature", "region", "reunion")}


class NouvelleForm(CadreForm):
    """A publication to create: its title and what it is."""

    titre = forms.CharField(
        label="Titre",
        max_length=300,
        help_text="Il se change ensuite. Ce qui est entre [[ et ]] n’est lu que des adhérents.",
    )
    field_order = ("titre", "nature", "region", "reunion")


class RedactionForm(CadreForm):
    """The editor: the text of a publication and what describes it."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    titre = forms.CharField(label="Titre", max_length=300)
    chapo = forms.CharField(
        label="Chapo",
        required=False,
        max_length=2000,
        help_text="Deux phrases qui disent l’essentiel. Elles paraissent dans les listes, les flux et les "
        "e-mails.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    corps = forms.CharField(
        label="Texte",
        required=False,
        max_length=300_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true"}),
    )
    themes = forms.CharField(
        label="Thèmes",
        required=False,
        max_length=500,
        help_text="Séparés par des virgules.",
        widget=forms.TextInput(attrs={"list": "themes-connus"}),
    )
    masquer_montants = forms.BooleanField(
        label="Cacher au public tous les montants en euros", required=False
    )
    masquer_noms = forms.BooleanField(
        label="Cacher au public tous les noms de personnes", required=False
    )
    noms_caches = forms.CharField(
        label="Autres noms à cacher",
        required=False,
        max_length=4000,
        help_text="Un par ligne. Les personnes qui ont un compte ici sont déjà connues.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    noms_publics = forms.CharField(
        label="Noms qui restent",
        required=False,
        max_length=4000,
        help_text="Un par ligne\u00a0: les titulaires de fonctions publiques.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    motif = forms.CharField(
        label="Ce qui change",
        required=False,
        max_length=200,
        help_text="Quelques mots, pour qui relira les versions.",
    )

    TEXTE: ClassVar[tuple[str, ...]] = ("titre", "chapo", "corps", "themes")
    REGLES: ClassVar[tuple[str, ...]] = (
        "masquer_montants",
        "masquer_noms",
        "noms_caches",
        "noms_publics",
    )
    CADRE: ClassVar[tuple[str, ...]] = ("nature", "region", "reunion")

    @property
    def contenu(self) -> dict[str, Any]:
        """The text, once valid, as `VersionTexte.contenu` gives it."""
        choisi = {champ: self.cleaned_data[champ] for champ in VersionTexte.CHAMPS}
        # browsers send \r\n: the same words are the same version
        return {
            champ: valeur.replace("\r\n", "\n") if isinstance(valeur, str) else valeur
            for champ, valeur in choisi.items()
        }


class BaseForm(forms.Form):
    """The version that was read before deciding."""

    base = forms.IntegerField(widget=forms.HiddenInput)


class RenvoiForm(BaseForm):
    """What is to be changed before a text can be published."""

    commentaire = forms.CharField(
        label="Ce qu’il faut changer",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RetraitForm(forms.Form):
    """Why a publication is taken from its readers."""

    motif = forms.CharField(label="Pourquoi la retirer", max_length=200)


class PublierForm(BaseForm):
    """When and where a text comes out."""

    slug = forms.CharField(
        label="Adresse",
        max_length=120,
        required=False,
        help_text="La fin de l’adresse de la page, publique elle aussi. Elle ne changera plus ensuite.",
    )
    quand = forms.DateTimeField(
        label="Faire paraître à partir de",
        required=False,
        help_text="Laissez vide pour publier maintenant. Heure de Paris.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
    )
    motif = forms.CharField(
        label="Ce qui est corrigé",
        required=False,
        max_length=200,
        help_text="Montré aux lecteurs avec la date de la correction.",
    )

    def __init__(self, *args: Any, is_lisible: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inutiles = ("slug", "quand") if is_lisible else ("motif",)
        for champ in inutiles:
            del self.fields[champ]

    def clean_quand(self) -> datetime | None:
        """An instant to come: a publication is never dated before it was made.

        Raises:
            ValidationError: the instant is past.
        """
        quand: datetime | None = self.cleaned_data["quand"]
        if quand is not None and quand < timezone.now():
            msg = "Cet instant est passé. Laissez vide pour publier maintenant."
            raise forms.ValidationError(msg)
        return quand


class PieceForm(forms.Form):
    """A file to join."""

    fichier = forms.FileField(
        label="Fichier",
        help_text="PDF, document ou classeur (docx, odt, xlsx, ods…), image ou texte, 20\u00a0Mo au plus.",
    )
    reference = forms.CharField(
        label="Nom court",
        max_length=60,
        help_text="Lettres sans accent, chiffres et tirets. Le texte cite la pièce par pj:nom-court, et "
        "les lecteurs la téléchargent sous ce nom.",
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*$", "Des lettres sans accent, des chiffres et des tirets."
            )
        ],
    )
    audience = forms.ChoiceField(
        label="Pour qui", choices=[("adherents", "les adhérents"), ("publique", "tout le monde")]
    )


class AudienceForm(forms.Form):
    """Whom an attachment is for."""

    audience = forms.ChoiceField(choices=AUDIENCES)


class AbonnementForm(forms.Form):
    """How often a person wants mail."""

    frequence = forms.ChoiceField(
        label="M’écrire",
        choices=Abonnement.Frequence.choices,
        widget=forms.RadioSelect,
    )


class ChiffreForm(forms.Form):
    """A figure to look for."""

    indicateur = forms.CharField(label="Indicateur", max_length=80, required=False)
    lieu = forms.CharField(
        label="Territoire", max_length=80, required=False, help_text="Vide\u00a0: la France."
    )
