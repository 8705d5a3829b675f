"""What is typed about a meeting."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from maillage.kernel.errors import UserError
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.models import Espace, Precision, Rencontre, Visibilite
from maillage.web.droits.permissions import Permission
from maillage.web.network.forms import ChampDate, explain
from maillage.web.network.places import find_territoire, name_of
from maillage.web.publications.models import Publication

if TYPE_CHECKING:
    from maillage.web.droits.acteur import Acteur

if TYPE_CHECKING:
    _ChoixMultiple = forms.ModelMultipleChoiceField[Any]
else:
    _ChoixMultiple = forms.ModelMultipleChoiceField

_CENT = 100
_HEURE = {"type": "time"}
_REGION = "Choisissez un territoire de votre région\u00a0: cette rencontre n’y serait pas."
AIDE_NOMS = (
    "Les titulaires de fonctions publiques ne sont nommés que si une page publique les nomme."
)


class ChampHeure(forms.TimeField):
    """An hour, typed or chosen."""

    widget = forms.TimeInput(format="%H:%M", attrs=_HEURE)


class RencontreForm(forms.Form):
    """What describes a meeting."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    titre = forms.CharField(label="Objet", max_length=250)
    espace = forms.ModelChoiceField(
        label="Espace",
        queryset=Espace.objects.none(),
        required=False,
        empty_label="aucun",
        help_text="Le lieu de dialogue dont elle relève. Ses membres lisent ce que vous leur partagez.",
    )
    forme = forms.ChoiceField(label="Forme", choices=Rencontre.Forme.choices)
    date = ChampDate(
        label="Date",
        required=False,
        help_text="Si le jour n’est pas connu, un jour du mois suffit.",
    )
    precision = forms.ChoiceField(label="Cette date est connue", choices=Precision.choices)
    heure_debut = ChampHeure(label="De", required=False)
    heure_fin = ChampHeure(label="À", required=False)
    duree = forms.CharField(
        label="Durée",
        max_length=60,
        required=False,
        help_text="Avec vos mots, si les heures manquent.",
    )
    lieu = forms.CharField(label="Lieu", max_length=300, required=False)
    initiative = forms.ChoiceField(
        label="À l’initiative de",
        choices=Rencontre.Initiative.choices,
        help_text="Seuls les contacts à l’initiative du réseau comptent au répertoire des représentants "
        "d’intérêts.",
    )
    demandee_par = forms.CharField(
        label="Demandée par",
        max_length=200,
        required=False,
        help_text="Par exemple «\u00a0le cabinet\u00a0».",
    )
    niveau = forms.ChoiceField(
        label="Niveau du territoire", choices=[(n.value, n.libelle) for n in Niveau]
    )
    territoire = forms.CharField(
        label="Territoire",
        required=False,
        help_text="Nom ou code officiel. Vide\u00a0: celui de l’espace, ou tout le pays.",
    )
    limite = forms.CharField(
        label="Ce qui a limité l’échange",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Lu des adhérents, pas des partenaires.",
    )
    visibilite = forms.ChoiceField(
        label="La rencontre elle-même est visible par",
        choices=Visibilite.choices,
        help_text="Son objet, sa date, son lieu et qui était là. Chaque point a ensuite ses lecteurs.",
    )
    temps_heures = forms.DecimalField(
        label="Temps passé, en heures",
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
        localize=True,
        help_text="Préparation, trajet et compte rendu compris, toutes personnes ensemble. Interne.",
    )
    frais = forms.DecimalField(
        label="Frais, en euros",
        required=False,
        min_value=0,
        max_value=10_000_000,
        decimal_places=2,
        localize=True,
        help_text="Interne. Vide\u00a0: inconnus.",
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur
        espace = self.fields["espace"]
        assert isinstance(espace, forms.ModelChoiceField)  # noqa: S101 — declared above
        espace.queryset = Espace.objects.visible(acteur).order_by("nom")

    @staticmethod
    def initial_of(rencontre: Rencontre) -> dict[str, Any]:
        """What the form shows of a meeting."""
        memes = [nom for nom in RencontreForm.base_fields if hasattr(rencontre, nom)]
        frais = rencontre.frais_centimes
        return {
            **{nom: getattr(rencontre, nom) for nom in memes},
            "espace": rencontre.espace_id,
            "territoire": name_of(Niveau(rencontre.niveau), rencontre.territoire),
            "frais": None if frais is None else Decimal(frais) / _CENT,
            "base": rencontre.revision,
        }

    def clean(self) -> dict[str, Any]:
        """A date as precise as it is said, hours in order, and a territoire that exists."""
        saisie: dict[str, Any] = super().clean() or {}
        self._check_date(saisie)
        debut, fin = saisie.get("heure_debut"), saisie.get("heure_fin")
        if fin and not debut:
            self.add_error("heure_debut", "Dites à quelle heure elle commence.")
        elif debut and fin and fin <= debut:
            self.add_error(
                "heure_fin", "Elle finit avant de commencer\u00a0: corrigez une des heures."
            )
        self._find_territoire(saisie)
        frais = saisie.pop("frais", None)
        saisie["frais_centimes"] = None if frais is None else int(frais * _CENT)
        return saisie

    def _check_date(self, saisie: dict[str, Any]) -> None:
        date, precision = saisie.get("date"), saisie.get("precision")
        if "date" in self.errors:
            return
        if precision == Precision.INCONNUE:
            saisie["date"] = None
        elif date is None:
            self.add_error("date", "Écrivez une date, ou choisissez «\u00a0sans date\u00a0».")

    def _find_territoire(self, saisie: dict[str, Any]) -> None:
        """Code of what was typed; that of the place when nothing was.

        A member of staff of one region stays within it.
        """
        texte, espace = saisie.get("territoire", ""), saisie.get("espace")
        niveau = Niveau(saisie.get("niveau") or Niveau.FRANCE.value)
        region = ""
        if not texte and espace is not None:
            niveau, texte = Niveau(espace.niveau), espace.territoire
        if texte and niveau is Niveau.FRANCE:
            self.add_error("niveau", "Dites de quel niveau est ce territoire.")
            return
        saisie["territoire"] = ""
        if texte:
            try:
                trouve = find_territoire(niveau, texte)
            except UserError as error:
                self.add_error("territoire", ValidationError(explain(error)))
                return
            saisie["territoire"] = trouve.code
            regions = {c for n, c, _ in trouve.parents if n is Niveau.REGION}
            regions |= {trouve.code} if niveau is Niveau.REGION else set()
            region = regions.pop() if len(regions) == 1 else ""
        saisie["niveau"] = niveau.value if texte else Niveau.FRANCE.value
        jusqu_ou = self.acteur.perimetre(Permission.DIALOGUE_TENIR)
        if not jusqu_ou.tout and region not in jusqu_ou.regions:
            self.add_error("territoire", _REGION)


class AnnulerForm(forms.Form):
    """Why a meeting is called off."""

    motif = forms.CharField(
        label="Motif de l’annulation",
        max_length=300,
        help_text="Lu de tous ceux qui lisent la rencontre.",
    )


class ChampPublications(_ChoixMultiple):
    """Publications, by their titles."""

    def label_from_instance(self, obj: Any) -> str:
        """Title of the current text."""
        return str(obj.courante.titre if obj.courante else obj)


class PublicationsForm(forms.Form):
    """Publications that report on a meeting."""

    publications = ChampPublications(
        label="Publications qui en rendent compte",
        queryset=Publication.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Le lien se voit sur les deux pages, par ceux qui lisent l’une et l’autre.",
    )

    def __init__(self, *args: Any, publications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["publications"]
        assert isinstance(champ, forms.ModelMultipleChoiceField)  # noqa: S101 — declared above
        champ.queryset = publications
