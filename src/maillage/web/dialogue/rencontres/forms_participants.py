"""Who is expected or was there, as it is typed: an office, an organisation and an account by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError

from maillage.web.accounts.models import Utilisateur
from maillage.web.dialogue.models import Charge, Participant
from maillage.web.network.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maillage.web.dialogue.models import Rencontre

if TYPE_CHECKING:
    _FormSet = forms.BaseFormSet[Any]
else:
    _FormSet = forms.BaseFormSet

_PRESENCES = [("", "on ne sait pas encore"), ("oui", "oui"), ("non", "non")]
_ETAIT_LA = {"": None, "oui": True, "non": False}
LISTE_CHARGES = "charges-connues"
LISTE_ORGANISATIONS = "organisations-connues"


def label_each(noms: Iterable[tuple[int, str]]) -> dict[str, int]:
    """Label to number; a name that several have takes its number too."""
    tous = list(noms)
    vus = [nom for _, nom in tous]
    return {nom if vus.count(nom) == 1 else f"{nom} (n° {pk})": pk for pk, nom in tous}


def label_charges() -> dict[str, int]:
    """Offices by the text that names them."""
    charges = Charge.objects.order_by("intitule", "id").values_list("pk", "intitule", "organisme")
    return label_each((pk, ", ".join(filter(None, noms))) for pk, *noms in charges)


def label_organisations() -> dict[str, int]:
    """Organisations by the text that names them."""
    toutes = Organisation.objects.filter(is_archived=False).order_by("nom", "id")
    return label_each(toutes.values_list("pk", "nom"))


class ChampNomme(forms.CharField):
    """Something chosen by its name in a list that the page holds once."""

    def __init__(self, *, liste: str, refus: str, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.TextInput(attrs={"list": liste, "autocomplete": "off"}),
            **kwargs,
        )
        self.refus = refus
        self.connus: Mapping[str, int] = {}

    def clean(self, value: Any) -> int | None:
        """Number of what was named.

        Raises:
            ValidationError: nothing has that name.
        """
        texte = " ".join(str(value or "").split())
        if not texte:
            return None
        if texte not in self.connus:
            raise ValidationError(self.refus)
        return self.connus[texte]


class ParticipantForm(forms.Form):
    """One person."""

    participant = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cote = forms.ChoiceField(label="De quel côté", choices=[("", "—"), *Participant.Cote.choices])
    charge_id = ChampNomme(
        label="Charge publique",
        liste=LISTE_CHARGES,
        refus="Aucune charge ne porte ce nom\u00a0: choisissez dans la liste, ou laissez vide.",
        help_text="Laissez le nom et la fonction vides\u00a0: ceux du titulaire de ce jour-là sont repris.",
    )
    nom = forms.CharField(label="Nom", max_length=150, required=False)
    fonction = forms.CharField(label="Fonction ce jour-là", max_length=250, required=False)
    organisation_id = ChampNomme(
        label="Organisation du réseau",
        liste=LISTE_ORGANISATIONS,
        refus="Aucune organisation ne porte ce nom\u00a0: choisissez dans la liste, ou laissez vide.",
    )
    compte = forms.EmailField(
        label="Adresse de son compte",
        required=False,
        help_text="Pour l’inviter, et lui proposer le compte rendu.",
    )
    is_present = forms.ChoiceField(label="Était là", required=False, choices=_PRESENCES)

    def clean_compte(self) -> Utilisateur | None:
        """The account of that address.

        Raises:
            ValidationError: there is none that is open.
        """
        adresse = self.cleaned_data["compte"].strip().lower()
        if not adresse:
            return None
        compte = Utilisateur.objects.filter(email=adresse, is_active=True).first()
        if compte is None:
            msg = "Aucun compte ouvert n’a cette adresse\u00a0: laissez vide, ou invitez d’abord la personne."
            raise ValidationError(msg)
        return compte

    def clean(self) -> dict[str, Any]:
        """Somebody is named, by a name, a function or an office."""
        saisie: dict[str, Any] = super().clean() or {}
        compte = saisie.get("compte")
        if compte is not None and not saisie.get("nom"):
            saisie["nom"] = compte.nom_complet
        if not (saisie.get("nom") or saisie.get("fonction") or saisie.get("charge_id")):
            self.add_error("nom", "Donnez un nom, une fonction ou une charge.")
        return saisie

    def value(self) -> dict[str, Any]:
        """What was typed, as `set_participants` takes it."""
        d = self.cleaned_data
        return {
            "participant": d["participant"],
            "cote": d["cote"],
            "charge_id": d["charge_id"],
            "nom": d["nom"],
            "fonction": d["fonction"],
            "organisation_id": d["organisation_id"],
            "utilisateur": d["compte"],
            "is_present": _ETAIT_LA[d["is_present"]],
        }


class ParticipantsFormSet(_FormSet):
    """Those of a meeting; three empty lines at the end, and a box to take one off."""

    def __init__(self, data: Any, *, rencontre: Rencontre) -> None:
        self.rencontre = rencontre
        self.charges = label_charges()
        self.organisations = label_organisations()
        super().__init__(data, initial=self._initial())

    def _initial(self) -> list[dict[str, Any]]:
        charges = {pk: nom for nom, pk in self.charges.items()}
        organisations = {pk: nom for nom, pk in self.organisations.items()}
        presences = {valeur: texte for texte, valeur in _ETAIT_LA.items()}
        return [
            {
                "participant": p.pk,
                "cote": p.cote,
                "charge_id": charges.get(p.charge_id or 0, ""),
                "nom": p.nom,
                "fonction": p.fonction,
                "organisation_id": organisations.get(p.organisation_id or 0, ""),
                "compte": p.utilisateur.email if p.utilisateur else "",
                "is_present": presences[p.is_present],
            }
            for p in self.rencontre.participants.select_related("utilisateur").order_by("id")
        ]

    def add_fields(self, form: Any, index: int | None) -> None:
        """Give each line the names that it may use."""
        super().add_fields(form, index)
        cast("ChampNomme", form.fields["charge_id"]).connus = self.charges
        cast("ChampNomme", form.fields["organisation_id"]).connus = self.organisations

    def clean(self) -> None:
        """One account is there once.

        Raises:
            ValidationError: an account is given to two persons.
        """
        comptes = [d["utilisateur"].pk for d in self._typed() if d["utilisateur"]]
        if len(comptes) != len(set(comptes)):
            msg = "Un même compte est donné à deux personnes\u00a0: gardez-le pour une seule."
            raise ValidationError(msg)

    def values(self) -> list[dict[str, Any]]:
        """Lines that were typed and not taken off, with the participant that each replaces."""
        connus = {p.pk: p for p in self.rencontre.participants.all()}
        return [{**d, "participant": connus.get(d["participant"] or 0)} for d in self._typed()]

    def _typed(self) -> list[dict[str, Any]]:
        gardes: Sequence[Any] = [f for f in self.forms if f not in self.deleted_forms]
        return [f.value() for f in gardes if f.has_changed() or f.initial if _is_clean(f)]


def _is_clean(formulaire: Any) -> bool:
    return formulaire.is_valid() and bool(formulaire.cleaned_data)


ParticipantsForms = cast(
    "type[ParticipantsFormSet]",
    forms.formset_factory(
        ParticipantForm,
        formset=ParticipantsFormSet,
        extra=3,
        can_delete=True,
        max_num=100,
        absolute_max=100,
    ),
)
"""The form of all those of a meeting."""
