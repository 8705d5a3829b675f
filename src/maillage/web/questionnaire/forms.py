"""Forms by which staff define a questionnaire, without writing any file."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms

from maillage.web.questionnaire.modele.definition import (
    LIBELLES_GENRES,
    Choix,
    Condition,
    Forme,
    Genre,
    Question,
    Regle,
    Section,
)

if TYPE_CHECKING:
    from maillage.kernel.errors import UserError
    from maillage.web.questionnaire.modele.definition import Definition

_CODE_AIDE = (
    "Laissez vide pour qu’il soit tiré du texte. Gardez le même d’une année à l’autre\u00a0: c’est "
    "ainsi que la réponse de l’an dernier est reprise."
)


def make_code(texte: str) -> str:
    """A code out of words: « Heures salarié » gives heures_salarie."""
    nu = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", nu).strip("_")[:40].rstrip("_") or "sans_nom"


def tell(formulaire: forms.Form, erreur: UserError) -> None:
    """Put what a definition refuses on top of the form that asked for it."""
    for anomalie in erreur.anomalies:
        formulaire.add_error(None, f"{anomalie.quoi} {anomalie.que_faire} ({anomalie.code})")


class NouveauForm(forms.Form):
    """The questionnaire of a new year."""

    annee = forms.IntegerField(label="Année", min_value=2000, max_value=2100)
    titre = forms.CharField(label="Titre", max_length=200, initial="Observatoire des structures")
    modele = forms.TypedChoiceField(label="Partir de", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, annees: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["modele"]
        assert isinstance(champ, forms.TypedChoiceField)  # noqa: S101 — declared above
        champ.choices = [("", "rien"), *((annee, f"celui de {annee}") for annee in annees)]


class PresentationForm(forms.Form):
    """What is said around the questions."""

    titre = forms.CharField(label="Titre", max_length=200)
    introduction = forms.CharField(
        label="Introduction",
        help_text="À quoi servent les réponses, combien de temps il faut, à qui écrire.",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    date_cloture = forms.DateField(
        label="À rendre avant le",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class FichierForm(forms.Form):
    """A definition written in a file."""

    fichier = forms.FileField(
        label="Fichier", help_text="Un fichier YAML ou JSON, comme ceux qui s’exportent ici."
    )


class MotifForm(forms.Form):
    """Why something already said is changed."""

    motif = forms.CharField(label="Motif", max_length=500)


class SectionForm(forms.Form):
    """A section."""

    titre = forms.CharField(label="Titre", max_length=200)
    aide = forms.CharField(label="Aide", help_text="Une phrase sous le titre.", required=False)
    code = forms.CharField(label="Code", help_text=_CODE_AIDE, max_length=40, required=False)

    def make(self, ancienne: Section | None) -> Section:
        """The section described, with its questions."""
        donnees = self.cleaned_data
        code = donnees["code"] or make_code(donnees["titre"])
        questions = ancienne.questions if ancienne else ()
        return Section(code, donnees["titre"], donnees["aide"], questions)


class QuestionForm(forms.Form):
    """A question."""

    libelle = forms.CharField(label="Question", max_length=500)
    genre = forms.ChoiceField(
        label="Genre de réponse", choices=[(g.value, nom) for g, nom in LIBELLES_GENRES.items()]
    )
    aide = forms.CharField(label="Aide", max_length=1000, required=False)
    obligatoire = forms.BooleanField(
        label="Obligatoire (« Je ne sais pas » reste une réponse)", required=False
    )
    choix = forms.CharField(
        label="Réponses proposées",
        help_text="Pour une question à choix\u00a0: une réponse par ligne.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    unite = forms.CharField(
        label="Unité", help_text="heures, personnes, ETP…", max_length=40, required=False
    )
    minimum = forms.DecimalField(label="Au moins", required=False, localize=True)
    maximum = forms.DecimalField(label="Au plus", required=False, localize=True)
    condition = forms.ChoiceField(label="Posée seulement si", required=False)
    code = forms.CharField(label="Code", help_text=_CODE_AIDE, max_length=40, required=False)

    def __init__(self, *args: Any, definition: Definition, actuelle: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["condition"]
        assert isinstance(champ, forms.ChoiceField)  # noqa: S101 — declared above
        champ.choices = [
            ("", "toujours"),
            *(
                (f"{q.code}={choix.code}", f"{q.libelle} : {choix.libelle}")
                for q in definition.questions
                if q.code != actuelle
                for choix in q.options
            ),
        ]

    def make(self) -> Question:
        """The question described."""
        donnees = self.cleaned_data
        dont, _, vaut = donnees["condition"].partition("=")
        return Question(
            code=donnees["code"] or make_code(donnees["libelle"]),
            libelle=donnees["libelle"],
            genre=Genre(donnees["genre"]),
            aide=donnees["aide"],
            unite=donnees["unite"],
            obligatoire=donnees["obligatoire"],
            minimum=donnees["minimum"],
            maximum=donnees["maximum"],
            choix=read_choix(donnees["choix"]),
            condition=Condition(dont, vaut) if dont else None,
        )


def read_choix(texte: str) -> tuple[Choix, ...]:
    """Answers given one per line, « code : words » or words alone."""
    trouves = []
    lignes = texte.replace("\u00a0", " ").replace("\u202f", " ").splitlines()
    for ligne in filter(None, map(str.strip, lignes)):
        code, separe, libelle = ligne.partition(" : ")
        trouves.append(Choix(code, libelle.strip()) if separe else Choix(make_code(ligne), ligne))
    return tuple(trouves)


def show_question(question: Question) -> dict[str, Any]:
    """What the form starts from when a question is edited."""
    condition = question.condition
    return {
        "libelle": question.libelle,
        "genre": question.genre.value,
        "aide": question.aide,
        "obligatoire": question.obligatoire,
        "choix": "\n".join(f"{choix.code} : {choix.libelle}" for choix in question.choix),
        "unite": question.unite,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "condition": f"{condition.question}={condition.valeur}" if condition else "",
        "code": question.code,
    }


class RegleForm(forms.Form):
    """A rule between numbers."""

    forme = forms.ChoiceField(
        label="Règle",
        choices=[
            (Forme.AU_PLUS.value, "la première réponse ne dépasse pas le total"),
            (Forme.SOMME.value, "les réponses additionnées font le total"),
        ],
    )
    termes = forms.MultipleChoiceField(
        label="Réponses comparées", widget=forms.CheckboxSelectMultiple
    )
    total = forms.ChoiceField(label="Total")
    message = forms.CharField(
        label="Message", help_text="Ce que lit la structure quand cela ne va pas.", max_length=500
    )
    bloquante = forms.BooleanField(
        label="Empêche l’envoi (sinon, la structure est seulement avertie)", required=False
    )
    code = forms.CharField(label="Code", max_length=40, required=False)

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nombres = [(q.code, q.libelle) for q in definition.questions if q.genre.is_numerique]
        for nom in ("termes", "total"):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ChoiceField)  # noqa: S101 — declared above
            champ.choices = nombres

    def make(self) -> Regle:
        """The rule described."""
        donnees = self.cleaned_data
        return Regle(
            donnees["code"] or make_code(donnees["message"]),
            Forme(donnees["forme"]),
            tuple(donnees["termes"]),
            donnees["total"],
            donnees["message"],
            donnees["bloquante"],
        )


def show_regle(regle: Regle) -> dict[str, Any]:
    """What the form starts from when a rule is edited."""
    return {
        "forme": regle.forme.value,
        "termes": list(regle.termes),
        "total": regle.total,
        "message": regle.message,
        "bloquante": regle.is_bloquante,
        "code": regle.code,
    }
