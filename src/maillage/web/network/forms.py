"""What is typed about organisations: each field checked by the same rules as the exchanged files."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError

from maillage.kernel.errors import UserError
from maillage.kernel.niveau import Niveau
from maillage.kernel.siret import parse_siren, parse_siret
from maillage.web.network.echange.cellules import clean_text
from maillage.web.network.lignes import (
    MONTANT_MAX_CENTIMES,
    LigneAdhesion,
    LigneConvention,
    LigneCotisation,
)
from maillage.web.network.models import TYPES_SIAE, CotisationAnnuelle, Organisation
from maillage.web.network.personnel import find_personal_content
from maillage.web.network.places import designate_commune, find_territoire, situate
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Sequence

if TYPE_CHECKING:
    _FormSet = forms.BaseFormSet[Any]
else:
    _FormSet = forms.BaseFormSet

_NATURES_CREEES = [c for c in Organisation.Nature.choices if c[0] != Organisation.Nature.RESEAU]
_CENT = 100


def explain(error: UserError) -> list[str]:
    """The same refusal, as a form tells it."""
    return [f"{a.quoi} {a.que_faire}" for a in error.anomalies]


class ChampTexte(forms.CharField):
    """A text on one line, that holds nothing personal."""

    def to_python(self, value: Any) -> str:
        """The text, cleaned."""
        return clean_text(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """Refuse what has no place there.

        Raises:
            ValidationError: the text holds a personal number or a date.
        """
        super().validate(value)
        quoi = find_personal_content(value)
        if quoi is not None:
            msg = (
                f"Ce texte semble contenir {quoi}\u00a0: cela n’a pas sa place ici. Pour un nom "
                "propre, écrivez le mois en lettres."
            )
            raise ValidationError(msg)


class ChampDate(forms.DateField):
    """A day, typed or chosen."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class OrganisationForm(forms.Form):
    """Who an organisation is, and where it stands."""

    nature = forms.ChoiceField(label="Nature", choices=[("", "Choisissez"), *_NATURES_CREEES])
    nom = ChampTexte(label="Nom", max_length=200)
    sigle = ChampTexte(label="Sigle", max_length=40, required=False)
    siren = forms.CharField(
        label="SIREN",
        required=False,
        help_text="Neuf chiffres\u00a0; les espaces sont acceptées. Laissez vide s’il est inconnu.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    adresse = ChampTexte(label="Adresse", max_length=300, required=False)
    commune = forms.CharField(
        label="Commune",
        required=False,
        help_text="Nom, « Rennes (35) » ou code officiel. Le département et la région s’en déduisent.",
    )
    departement = forms.CharField(
        label="Département",
        required=False,
        help_text="Seulement s’il n’y a pas de commune\u00a0: nom ou numéro.",
    )
    region = forms.ChoiceField(
        label="Région", required=False, help_text="Seulement s’il n’y a pas de commune."
    )
    email = forms.EmailField(
        label="Adresse e-mail", required=False, help_text="Celle de l’organisation."
    )
    telephone = ChampTexte(label="Téléphone", max_length=20, required=False)
    site_web = forms.URLField(
        label="Site web", required=False, assume_scheme="https", max_length=200
    )
    association_regionale = forms.ModelChoiceField(
        label="Association régionale",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="aucune",
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation | None = None,
        is_staff: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        regions = donnees.atlas().territoires(Niveau.REGION)
        champ_region = self.fields["region"]
        assert isinstance(champ_region, forms.ChoiceField)  # noqa: S101 — declared above
        champ_region.choices = [
            ("", "inconnue"),
            *sorted(((t.code, t.nom) for t in regions), key=lambda paire: paire[1]),
        ]
        is_structure = organisation is None or organisation.is_structure
        if organisation is not None:
            del self.fields["nature"]
        if is_staff and is_structure:
            champ = self.fields["association_regionale"]
            assert isinstance(champ, forms.ModelChoiceField)  # noqa: S101 — declared above
            champ.queryset = Organisation.objects.filter(
                nature=Organisation.Nature.ASSOCIATION_REGIONALE, is_archived=False
            )
        else:
            del self.fields["association_regionale"]

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """What the form shows of an organisation."""
        noms = ("nom", "sigle", "siren", "adresse", "email", "telephone", "site_web")
        return {
            **{nom: getattr(organisation, nom) for nom in noms},
            "commune": designate_commune(organisation.commune),
            "departement": "" if organisation.commune else organisation.departement,
            "region": "" if organisation.commune else organisation.region,
            "association_regionale": organisation.association_regionale_id,
        }

    def clean_siren(self) -> str:
        """The SIREN without spaces.

        Raises:
            ValidationError: its shape or its check digit is wrong.
        """
        saisie = self.cleaned_data["siren"]
        if not saisie:
            return ""
        try:
            return parse_siren(saisie).numero
        except UserError as error:
            raise ValidationError(explain(error)) from error

    def clean_commune(self) -> str:
        """Code of the commune.

        Raises:
            ValidationError: none has that name, or several have.
        """
        saisie = self.cleaned_data["commune"]
        try:
            return find_territoire(Niveau.COMMUNE, saisie).code if saisie else ""
        except UserError as error:
            raise ValidationError(explain(error)) from error

    def clean(self) -> dict[str, Any]:
        """Where the organisation stands follows from the narrowest that is known."""
        donnees_saisies: dict[str, Any] = super().clean() or {}
        if "commune" in self.errors:
            return donnees_saisies
        commune = donnees_saisies.get("commune", "")
        larges = (
            ("", "")
            if commune
            else (
                donnees_saisies.get("departement", ""),
                donnees_saisies.get("region", ""),
            )
        )
        try:
            situation = situate(commune, *larges)
        except UserError as error:
            self.add_error("departement", ValidationError(explain(error)))
            return donnees_saisies
        return donnees_saisies | {
            "commune": situation.commune,
            "departement": situation.departement,
            "region": situation.region,
        }


class ConventionForm(forms.Form):
    """One convention."""

    type_siae = forms.ChoiceField(label="Type", choices=[("", "—"), *((t, t) for t in TYPES_SIAE)])
    siret = forms.CharField(label="SIRET", widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    commune = forms.CharField(label="Commune de l’établissement", required=False)

    def clean_siret(self) -> str:
        """The SIRET without spaces.

        Raises:
            ValidationError: its shape or its check digit is wrong.
        """
        try:
            return parse_siret(self.cleaned_data["siret"]).numero
        except UserError as error:
            raise ValidationError(explain(error)) from error

    def clean_commune(self) -> str:
        """Code of the commune.

        Raises:
            ValidationError: none has that name, or several have.
        """
        saisie = self.cleaned_data["commune"]
        try:
            return find_territoire(Niveau.COMMUNE, saisie).code if saisie else ""
        except UserError as error:
            raise ValidationError(explain(error)) from error

    def value(self) -> LigneConvention:
        """What was typed."""
        d = self.cleaned_data
        return LigneConvention(d["type_siae"], d["siret"], d["commune"])


class AdhesionForm(forms.Form):
    """One period of membership."""

    date_debut = ChampDate(label="Premier jour")
    date_fin = ChampDate(label="Dernier jour", required=False)

    def value(self) -> LigneAdhesion:
        """What was typed."""
        return LigneAdhesion(self.cleaned_data["date_debut"], self.cleaned_data["date_fin"])


class CotisationForm(forms.Form):
    """The dues of one year."""

    annee = forms.IntegerField(label="Année", min_value=1900, max_value=2200)
    statut = forms.ChoiceField(
        label="Statut", choices=[("", "—"), *CotisationAnnuelle.Statut.choices]
    )
    date_statut = ChampDate(label="Depuis le")
    montant = forms.DecimalField(
        label="Montant en euros",
        required=False,
        min_value=0,
        max_value=MONTANT_MAX_CENTIMES // _CENT,
        decimal_places=2,
        localize=True,
    )
    date_echeance = ChampDate(label="À régler avant le", required=False)

    def value(self) -> LigneCotisation:
        """What was typed."""
        d = self.cleaned_data
        montant = d["montant"]
        centimes = None if montant is None else int(montant * _CENT)
        return LigneCotisation(
            d["annee"], d["statut"], d["date_statut"], centimes, d["date_echeance"]
        )


def initial_montant(centimes: int | None) -> Decimal | None:
    """Amount in euros, as the form shows it."""
    return None if centimes is None else Decimal(centimes) / _CENT


class LignesFormSet(_FormSet):
    """Lines of an organisation; two empty ones at the end, and a box to take one off."""

    def values(self) -> list[Any]:
        """Lines that were typed and not taken off."""
        gardes: Sequence[Any] = [f for f in self.forms if f not in self.deleted_forms]
        return [f.value() for f in gardes if f.cleaned_data]


def make_formset(formulaire: type[forms.Form]) -> type[LignesFormSet]:
    """Form set of one kind of line."""
    made = forms.formset_factory(
        formulaire, formset=LignesFormSet, extra=2, can_delete=True, max_num=200, absolute_max=200
    )
    return cast("type[LignesFormSet]", made)
