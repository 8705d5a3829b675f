"""What is typed about spaces, their seats, what becomes of them, their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError

from maillage.kernel.errors import UserError
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.espaces.actions import Devenir
from maillage.web.dialogue.lieux import Lieu, locate, name_lieu
from maillage.web.dialogue.models import Espace, Filiation, Siege, Visibilite
from maillage.web.droits.permissions import Permission
from maillage.web.network.forms import ChampDate, ChampTexte, explain
from maillage.web.network.models import Organisation
from maillage.web.network.places import find_territoire

if TYPE_CHECKING:
    from datetime import date

    from maillage.web.droits.acteur import Acteur

_LIEU_AIDE: Final = (
    "Nom ou code officiel\u00a0: « Ille-et-Vilaine », 35. Laissez vide pour un espace national."
)
_VISIBILITE_AIDE: Final = (
    "Qui voit cette page. Ce qui s’y dit a ensuite ses lecteurs, rencontre par rencontre et point "
    "par point."
)


class ChampLong(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, lignes: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": lignes}), required=False, **options)


class LieuForm(forms.Form):
    """Where something belongs: a level, and the name of a territoire of that level."""

    niveau = forms.ChoiceField(
        label="Niveau", choices=[(n.value, n.libelle.capitalize()) for n in Niveau]
    )
    territoire = forms.CharField(
        label="Territoire", max_length=100, required=False, help_text=_LIEU_AIDE
    )

    @staticmethod
    def initial_lieu(espace: Espace) -> dict[str, str]:
        """What the form shows of a space."""
        national = espace.niveau == Niveau.FRANCE.value
        nom = "" if national else name_lieu(espace.niveau, espace.territoire)
        return {"niveau": espace.niveau, "territoire": nom}

    def clean(self) -> dict[str, Any]:
        """The codes of the territoire, in place of its name."""
        saisie: dict[str, Any] = super().clean() or {}
        if "niveau" not in saisie or "territoire" not in saisie:
            return saisie
        lieu = self._find(Niveau(saisie["niveau"]), saisie["territoire"])
        return saisie if lieu is None else saisie | _codes(lieu)

    def _find(self, niveau: Niveau, texte: str) -> Lieu | None:
        if niveau is Niveau.FRANCE:
            if not texte:
                return Lieu()
            self.add_error(
                "territoire", "Un espace national n’a pas de territoire\u00a0: videz ce champ."
            )
            return None
        if not texte:
            self.add_error(
                "territoire",
                f"Nommez la {niveau.libelle}."
                if niveau in _FEMININS
                else f"Nommez le {niveau.libelle}.",
            )
            return None
        try:
            return locate(find_territoire(niveau, texte))
        except UserError as error:
            self.add_error("territoire", ValidationError(explain(error)))
            return None


_FEMININS = frozenset({Niveau.REGION, Niveau.ZONE_EMPLOI, Niveau.COMMUNE})


def _codes(lieu: Lieu) -> dict[str, str]:
    return {
        "niveau": lieu.niveau,
        "territoire": lieu.territoire,
        "departement": lieu.departement,
        "region": lieu.region,
    }


class DemandeForm(LieuForm):
    """A space that does not exist and is asked for."""

    nom = ChampTexte(label="Nom", max_length=250)
    nature = forms.ChoiceField(label="Nature", choices=[("", "Choisissez"), *Espace.Nature.choices])
    competence = ChampLong(label="Ce qu’il déciderait", max_length=4000)
    demande_par = ChampTexte(label="Demandé par", max_length=200)
    demande_depuis = ChampDate(label="Demandé depuis le", required=False)
    visibilite = forms.ChoiceField(
        label="Visible par", choices=Visibilite.choices, help_text=_VISIBILITE_AIDE
    )

    field_order = ("nom", "nature", "niveau", "territoire", "competence", "demande_par")

    def values(self) -> dict[str, Any]:
        """Fields of the model."""
        return {**self.cleaned_data, "etat": Espace.Etat.DEMANDE.value}


class RedemandeForm(forms.Form):
    """A space that existed and is asked for again."""

    demande_par = ChampTexte(label="Redemandé par", max_length=200)
    demande_depuis = ChampDate(label="Redemandé depuis le", required=False)


class EspaceForm(LieuForm):
    """A space, whatever its state."""

    nom = ChampTexte(label="Nom", max_length=250)
    sigle = ChampTexte(label="Sigle", max_length=40, required=False)
    nature = forms.ChoiceField(label="Nature", choices=[("", "Choisissez"), *Espace.Nature.choices])
    competence = ChampLong(label="Ce qu’il décide", max_length=4000)
    base_legale = forms.CharField(label="Texte qui le fonde", max_length=300, required=False)
    base_legale_url = forms.URLField(
        label="Adresse du texte", max_length=500, required=False, assume_scheme="https"
    )
    etat = forms.ChoiceField(label="État", choices=Espace.Etat.choices)
    demande_par = ChampTexte(
        label="Demandé par",
        max_length=200,
        required=False,
        help_text="Obligatoire pour un espace demandé\u00a0; se garde ensuite.",
    )
    demande_depuis = ChampDate(label="Demandé depuis le", required=False)
    date_debut = ChampDate(label="Existe depuis le", required=False)
    date_fin = ChampDate(label="Jusqu’au", required=False)
    visibilite = forms.ChoiceField(
        label="Visible par", choices=Visibilite.choices, help_text=_VISIBILITE_AIDE
    )
    notes = ChampLong(
        label="Notes internes",
        max_length=8000,
        help_text="Lues par la délégation et le conseil d’administration seulement.",
    )

    field_order = ("nom", "sigle", "nature", "niveau", "territoire", "competence")

    @classmethod
    def initial_of(cls, espace: Espace) -> dict[str, Any]:
        """What the form shows of a space."""
        noms = [nom for nom in cls.declared_fields if nom not in {"niveau", "territoire"}]
        return {nom: getattr(espace, nom) for nom in noms} | cls.initial_lieu(espace)

    def values(self) -> dict[str, Any]:
        """Fields of the model."""
        return dict(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        """An asked-for space is asked for by somebody; nothing ends before it starts."""
        saisie = super().clean()
        if saisie.get("etat") == Espace.Etat.DEMANDE and not saisie.get("demande_par"):
            self.add_error("demande_par", "Dites qui demande cet espace.")
        _check_period(self, saisie, "date_debut", "date_fin")
        return saisie


def _check_period(formulaire: forms.Form, saisie: dict[str, Any], debut: str, fin: str) -> None:
    premier: date | None = saisie.get(debut)
    dernier: date | None = saisie.get(fin)
    if premier is not None and dernier is not None and dernier < premier:
        formulaire.add_error(fin, "Ce jour est avant le premier.")


class _OccupantForm(forms.Form):
    """Who takes a seat."""

    occupant = ChampTexte(label="Qui siège", max_length=200)
    organisation = forms.ModelChoiceField(
        label="Organisation connue du réseau",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="aucune",
        help_text="Ses personnes lisent alors ce que partage cet espace, tant que court le mandat.",
    )
    au_nom_de = ChampTexte(
        label="Au nom de",
        max_length=200,
        required=False,
        help_text="Par exemple « le collectif des réseaux ».",
    )
    qualite = ChampTexte(label="À quel titre", max_length=120, required=False)
    nombre = forms.IntegerField(label="Nombre de sièges", min_value=1, max_value=500, initial=1)
    date_debut = ChampDate(label="Mandat depuis le", required=False)

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["organisation"]
        assert isinstance(champ, forms.ModelChoiceField)  # noqa: S101 — declared above
        champ.queryset = Organisation.objects.filter(is_archived=False).reachable(
            acteur, Permission.ORGANISATIONS_LISTER
        ) | Organisation.objects.filter(pk=self.initial.get("organisation") or 0)

    def values(self) -> dict[str, Any]:
        """Fields of the model."""
        return dict(self.cleaned_data)


class PourvoirForm(_OccupantForm):
    """Somebody takes a vacant seat."""


class SiegeForm(_OccupantForm):
    """A seat, held or vacant."""

    cote = forms.ChoiceField(
        label="De quel côté", choices=[("", "Choisissez"), *Siege.Cote.choices]
    )
    date_fin = ChampDate(
        label="Mandat jusqu’au",
        required=False,
        help_text="Le terme prévu, s’il est connu. Pour une fin avant terme, mettez fin au mandat.",
    )

    field_order = ("cote", "occupant")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occupant = self.fields["occupant"]
        occupant.required = False
        occupant.help_text = (
            "Une organisation, ou une fonction. Laissez vide si le siège est vacant."
        )

    @classmethod
    def initial_of(cls, siege: Siege) -> dict[str, Any]:
        """What the form shows of a seat."""
        valeurs = {nom: getattr(siege, nom) for nom in cls.declared_fields}
        return valeurs | {"organisation": siege.organisation_id}

    def clean(self) -> dict[str, Any]:
        """A vacant seat has no organisation; a mandate ends after it starts."""
        saisie: dict[str, Any] = super().clean() or {}
        if saisie.get("organisation") and not saisie.get("occupant"):
            saisie["occupant"] = saisie["organisation"].nom
        _check_period(self, saisie, "date_debut", "date_fin")
        return saisie


class FinMandatForm(forms.Form):
    """A mandate ends."""

    date_fin = ChampDate(label="Dernier jour du mandat")
    motif_fin = ChampTexte(
        label="Pourquoi",
        max_length=300,
        help_text="Par exemple «\u00a0terme du mandat\u00a0», «\u00a0siège perdu\u00a0: nouvelle composition\u00a0».",
    )
    is_vacant = forms.BooleanField(
        label="Le siège demeure, vacant, dès le lendemain", required=False
    )


class DevenirForm(forms.Form):
    """What becomes of a space."""

    nature = forms.ChoiceField(
        label="Ce qui se passe",
        choices=[
            ("", "Choisissez"),
            (Filiation.Nature.RENOMMAGE.value, "il est renommé"),
            (Filiation.Nature.FUSION.value, "il fusionne avec d’autres"),
            (Filiation.Nature.REMPLACEMENT.value, "il est remplacé"),
            (Filiation.Nature.SUPPRESSION.value, "il est supprimé"),
        ],
    )
    a_compter_du = ChampDate(label="À compter du", help_text="L’ancien espace prend fin la veille.")
    avec = forms.ModelMultipleChoiceField(
        label="Espaces qui finissent avec lui",
        queryset=Espace.objects.none(),
        required=False,
        help_text="Pour une fusion seulement\u00a0: ceux qui entrent dans le même espace ce jour-là.",
    )
    apres = forms.ModelChoiceField(
        label="L’espace qui suit, s’il est déjà connu ici",
        queryset=Espace.objects.none(),
        required=False,
        empty_label="il est à créer",
    )
    nouveau_nom = ChampTexte(
        label="Nom de l’espace qui suit, s’il est à créer", max_length=250, required=False
    )
    has_mandats = forms.BooleanField(
        label="Les mandats en cours continuent dans l’espace qui suit", required=False
    )
    texte = forms.CharField(label="Texte qui le décide", max_length=300, required=False)
    source_url = forms.URLField(
        label="Adresse du texte", max_length=500, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, espace: Espace, acteur: Acteur, le: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.le = le
        voisins = (
            Espace.objects.editable(acteur)
            .filter(region=espace.region)
            .exclude(pk=espace.pk)
            .exclude(etat=Espace.Etat.DISPARU)
        )
        for nom in ("avec", "apres"):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ModelChoiceField)  # noqa: S101 — declared above
            champ.queryset = voisins.filter(niveau=espace.niveau) if nom == "avec" else voisins

    def clean_a_compter_du(self) -> date:
        """A day that has come: what is only announced is not written yet.

        Raises:
            ValidationError: the day is still to come.
        """
        jour: date = self.cleaned_data["a_compter_du"]
        if jour > self.le:
            msg = "Ce jour n’est pas encore venu\u00a0: d’ici là, dites-le dans les notes de l’espace."
            raise ValidationError(msg)
        return jour

    def clean(self) -> dict[str, Any]:
        """What follows must be named, once; nothing follows an abolition."""
        saisie: dict[str, Any] = super().clean() or {}
        nature = saisie.get("nature")
        suivants = sum(bool(saisie.get(nom)) for nom in ("apres", "nouveau_nom"))
        if nature == Filiation.Nature.SUPPRESSION:
            if suivants:
                self.add_error(
                    "nature", "Rien ne suit un espace supprimé\u00a0: retirez l’espace qui suit."
                )
        elif nature and suivants != 1:
            self.add_error(
                "nouveau_nom", "Choisissez l’espace qui suit, ou nommez celui qui est à créer."
            )
        if saisie.get("avec") and nature and nature != Filiation.Nature.FUSION:
            self.add_error("avec", "Seule une fusion met fin à plusieurs espaces à la fois.")
        if saisie.get("apres") and saisie["apres"] in saisie.get("avec", ()):
            self.add_error("avec", "L’espace qui suit ne peut pas finir en même temps.")
        return saisie

    def value(self) -> Devenir:
        """What becomes of the spaces."""
        noms = ("nature", "apres", "nouveau_nom", "texte", "source_url", "has_mandats")
        champs = {nom: self.cleaned_data[nom] for nom in noms}
        return Devenir(date=self.cleaned_data["a_compter_du"], **champs)


class DocumentForm(forms.Form):
    """The address of a document."""

    titre = ChampTexte(label="Titre", max_length=200)
    url = forms.URLField(label="Adresse", max_length=500, assume_scheme="https")
    visibilite = forms.ChoiceField(label="Visible par", choices=Visibilite.choices)
