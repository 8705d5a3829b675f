"""What is typed about proposals and subjects; never a cost: a question to the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from maillage.kernel.francais import format_nombre
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.engagements.champs import (
    NIVEAUX,
    ChampDateDite,
    ChampDit,
    ChampJour,
    ChampNombre,
    ChampUrl,
    locate,
)
from maillage.web.dialogue.models import (
    Charge,
    Debouche,
    Document,
    Portage,
    Proposition,
    Rencontre,
    Sujet,
    Visibilite,
)
from maillage.web.dialogue.propositions.chiffrage import (
    MONTANT,
    PUBLIE,
    SANS_EFFECTIF,
    TYPES,
    Question,
    last_known_day,
    list_effectifs,
    list_publies,
)
from maillage.web.dialogue.propositions.courbes import COURBES
from maillage.web.droits.acteur import Perimetre
from maillage.web.droits.permissions import Permission
from maillage.web.network.places import name_of
from maillage.web.regles.montants import NOMS_TYPES

if TYPE_CHECKING:
    from maillage.web.droits.acteur import Acteur

SANS_ESPACE: Final = [c for c in Visibilite.choices if c[0] != Visibilite.ESPACE]


class PropositionForm(forms.Form):
    """A proposal; its first text when it is new."""

    titre = ChampDit(label="Titre", max_length=250)
    texte = ChampDit(label="Texte", lignes=12, max_length=40000)
    theme = ChampDit(label="Thème", max_length=120, required=False)
    statut = forms.ChoiceField(label="Statut", choices=Proposition.Statut.choices)
    date = ChampJour(label="Depuis le", required=False)
    sujet = forms.ModelChoiceField(label="Sujet", queryset=Sujet.objects.none(), required=False)
    remplace = forms.ModelMultipleChoiceField(
        label="Remplace",
        queryset=Proposition.objects.none(),
        required=False,
        help_text="Celles dont elle prend la suite\u00a0: elles deviennent « remplacées » et gardent leur page.",
    )
    niveau = forms.ChoiceField(label="Niveau", choices=NIVEAUX, initial=Niveau.FRANCE.value)
    territoire = forms.CharField(
        label="Territoire",
        required=False,
        max_length=100,
        help_text="Nom ou code\u00a0; rien pour le niveau national.",
    )
    visibilite = forms.ChoiceField(label="Visible par", choices=SANS_ESPACE)

    def __init__(
        self, *args: Any, acteur: Acteur, proposition: Proposition | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur
        if proposition is not None:
            del self.fields["texte"]
        lisibles = Proposition.objects.visible(acteur)
        self._restrict("sujet", Sujet.objects.visible(acteur))
        self._restrict("remplace", lisibles.exclude(pk=proposition.pk if proposition else None))
        self._keep_hidden(proposition)

    def _restrict(self, nom: str, lisibles: Any) -> None:
        champ = self.fields[nom]
        assert isinstance(champ, forms.ModelChoiceField)  # noqa: S101 — declared above
        champ.queryset = lisibles

    def _keep_hidden(self, proposition: Proposition | None) -> None:
        """What is tied to something that the person does not read stays as it is."""
        if proposition is None:
            return
        lisibles = Proposition.objects.visible(self.acteur)
        if proposition.sujet_id and not Sujet.objects.visible(self.acteur).filter(
            pk=proposition.sujet_id
        ):
            del self.fields["sujet"]
        if proposition.remplace.exclude(pk__in=lisibles.values("pk")).exists():
            del self.fields["remplace"]

    @staticmethod
    def initial_of(proposition: Proposition) -> dict[str, Any]:
        """What the form shows of a proposal."""
        noms = ("titre", "theme", "statut", "date", "niveau", "visibilite")
        return {
            **{nom: getattr(proposition, nom) for nom in noms},
            "sujet": proposition.sujet_id,
            "remplace": proposition.remplace.all(),
            "territoire": name_of(Niveau(proposition.niveau), proposition.territoire),
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
        noms = ("titre", "theme", "statut", "date", "sujet", "visibilite")
        return {**{nom: d[nom] for nom in noms if nom in self.fields}, **d["lieu"]}


class TexteForm(forms.Form):
    """A new text of a proposal."""

    texte = ChampDit(label="Texte", lignes=14, max_length=40000)
    motif = ChampDit(label="Pourquoi il change", max_length=200)
    base = forms.IntegerField(widget=forms.HiddenInput)


class PortageForm(forms.Form):
    """One time that a proposal was carried."""

    forme = forms.ChoiceField(label="Comment", choices=Portage.Forme.choices)
    date = ChampDateDite(label="Quand", required=False)
    rencontre = forms.ModelChoiceField(
        label="Lors de quelle rencontre", queryset=Rencontre.objects.none(), required=False
    )
    charge = forms.ModelChoiceField(
        label="Auprès de quelle charge",
        queryset=Charge.objects.order_by("intitule"),
        required=False,
    )
    aupres_de = ChampDit(label="Auprès de", max_length=250, required=False)
    reference = ChampDit(
        label="Référence",
        max_length=200,
        required=False,
        help_text="Numéro d’amendement, de courrier…",
    )
    source_url = ChampUrl(label="Adresse")
    issue = forms.ChoiceField(label="Ce qu’il en est", choices=Portage.Issue.choices)
    reponse = ChampDit(label="Réponse reçue", lignes=3, max_length=4000, required=False)
    reponse_le = ChampJour(label="Répondu le", required=False)

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["rencontre"]
        assert isinstance(champ, forms.ModelChoiceField)  # noqa: S101 — declared above
        champ.queryset = Rencontre.objects.visible(acteur)

    def value(self) -> Portage:
        """What was typed, not saved."""
        d = dict(self.cleaned_data)
        date = d.pop("date")
        return Portage(**d, date=date.jour, precision=date.precision)


class ReponseForm(forms.Form):
    """What was answered."""

    issue = forms.ChoiceField(label="Ce qu’il en est", choices=Portage.Issue.choices)
    reponse = ChampDit(label="Réponse reçue", lignes=3, max_length=4000, required=False)
    reponse_le = ChampJour(label="Répondu le", required=False)


class DeboucheForm(forms.Form):
    """A text that the proposal led to."""

    nature = forms.ChoiceField(label="Nature", choices=Debouche.Nature.choices)
    reference = ChampDit(label="Référence", max_length=250)
    date = ChampJour(label="Du", required=False)
    source_url = ChampUrl(label="Adresse")

    def value(self) -> Debouche:
        """What was typed, not saved."""
        return Debouche(**self.cleaned_data)


class DocumentForm(forms.Form):
    """The address of a document."""

    titre = ChampDit(label="Titre", max_length=200)
    url = ChampUrl(label="Adresse", required=True)
    visibilite = forms.ChoiceField(label="Visible par", choices=SANS_ESPACE)

    def value(self) -> Document:
        """What was typed, not saved."""
        return Document(**self.cleaned_data)


class ChiffrerForm(forms.Form):
    """A question to the rules: a published costing, or an amount of one's choice."""

    quoi = forms.ChoiceField(label="Que chiffrer")
    montant_cible = ChampNombre(
        label="Montant demandé, en euros par ETP et par an",
        required=False,
        max_digits=8,
        decimal_places=2,
        min_value=0,
        help_text="Seulement pour un montant au choix\u00a0; le montant de départ est celui de la loi.",
    )
    le = ChampJour(
        label="Montant de départ\u00a0: la loi au",
        required=False,
        help_text="Seulement pour un montant au choix. Vide\u00a0: le dernier jour où la loi est connue.",
    )
    effectif = forms.ChoiceField(
        label="Effectif",
        help_text="Aucun effectif par type de structure n’a été trouvé après 2019\u00a0: ceux-ci sont déduits de "
        "montants publiés, et le résultat le dit.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quoi, effectif = self.fields["quoi"], self.fields["effectif"]
        assert isinstance(quoi, forms.ChoiceField)  # noqa: S101 — declared above
        assert isinstance(effectif, forms.ChoiceField)  # noqa: S101 — declared above
        quoi.choices = [
            ("", "Choisissez"),
            (
                "Un chiffrage publié, refait par les règles",
                [(f"{PUBLIE}:{p.code}", f"{p.titre} ({p.source.titre})") for p in list_publies()],
            ),
            (
                "Un montant au choix",
                [(f"{MONTANT}:{kind}", NOMS_TYPES[kind]) for kind in TYPES],
            ),
        ]
        effectif.choices = [
            (SANS_EFFECTIF, "aucun\u00a0: dire seulement l’effectif que suppose le coût publié"),
            *(
                (code, f"{format_nombre(e.valeur)} {e.mesure} ({e.source.titre})")
                for code, (_, e) in list_effectifs().items()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """An amount of one's choice has an amount and an headcount."""
        saisie: dict[str, Any] = super().clean() or {}
        if not saisie.get("quoi", "").startswith(f"{MONTANT}:"):
            return saisie
        if saisie.get("montant_cible") is None and "montant_cible" not in self.errors:
            self.add_error("montant_cible", "Dites le montant demandé.")
        if saisie.get("effectif") == SANS_EFFECTIF:
            self.add_error(
                "effectif", "Sans effectif, un montant n’a pas de coût\u00a0: choisissez-en un."
            )
        return saisie

    def question(self) -> Question:
        """The question to the rules."""
        d = self.cleaned_data
        calcul, _, code = d["quoi"].partition(":")
        if calcul == PUBLIE:
            return Question(PUBLIE, chiffrage=code, effectif=d["effectif"])
        le = d["le"] or last_known_day(code)
        return Question(
            MONTANT,
            type_siae=code,
            montant_cible=f"{d['montant_cible']:f}",
            le=le.isoformat() if le else "",
            effectif=d["effectif"],
        )


class SujetForm(forms.Form):
    """A subject, followed from one minister to the next."""

    titre = ChampDit(label="Titre", max_length=200)
    slug = forms.CharField(
        label="Adresse",
        max_length=100,
        required=False,
        help_text="Vide\u00a0: faite du titre. Lettres sans accent, chiffres et tirets.",
    )
    texte = ChampDit(label="De quoi il s’agit", lignes=4, max_length=4000, required=False)
    courbe = forms.ChoiceField(
        label="Courbe tirée des règles",
        required=False,
        choices=[("", "aucune"), *COURBES.items()],
        help_text="Dessinée d’après les textes\u00a0: aucun montant ne se tape.",
    )
    visibilite = forms.ChoiceField(label="Visible par", choices=SANS_ESPACE)

    def __init__(self, *args: Any, sujet: Sujet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sujet = sujet

    def clean(self) -> dict[str, Any]:
        """The address is free and is written as one."""
        saisie: dict[str, Any] = super().clean() or {}
        voulu = saisie.get("slug") or ""
        slug = slugify(voulu or saisie.get("titre", ""))
        if voulu and slug != voulu:
            self.add_error(
                "slug", f"Écrivez-la ainsi\u00a0: {slug or 'des lettres et des tirets'}."
            )
        pris = Sujet.objects.filter(slug=slug).exclude(pk=self.sujet.pk if self.sujet else None)
        if not slug or slug == "nouveau" or pris.exists():
            self.add_error(
                "slug", "Cette adresse est déjà prise, ou vide\u00a0: choisissez-en une autre."
            )
        saisie["slug"] = slug
        return saisie


def initial_portage(portage: Portage) -> dict[str, Any]:
    """What the form of an answer shows."""
    return {nom: getattr(portage, nom) for nom in ("issue", "reponse", "reponse_le")}
