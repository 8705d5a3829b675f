"""What is typed of an item: its text, who speaks, what it is tied to, who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from maillage.web.dialogue.models import Engagement, Participant, Point, Proposition, Visibilite

if TYPE_CHECKING:
    from django.http import QueryDict

    from maillage.web.dialogue.models import Rencontre
    from maillage.web.droits.acteur import Acteur


class PointForm(forms.Form):
    """One item of a meeting."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nature = forms.ChoiceField(label="Nature", choices=Point.Nature.choices)
    texte = forms.CharField(
        label="Texte", max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
    )
    locuteur = forms.ModelChoiceField(
        label="Qui parle",
        queryset=Participant.objects.none(),
        required=False,
        empty_label="personne en particulier",
    )
    en_reponse_a = forms.ModelChoiceField(
        label="En réponse à",
        queryset=Point.objects.none(),
        required=False,
        empty_label="aucune question",
    )
    proposition = forms.ModelChoiceField(
        label="Proposition portée",
        queryset=Proposition.objects.none(),
        required=False,
        empty_label="aucune",
        help_text="Une position liée à une proposition compte comme une fois où elle a été portée.",
    )
    engagement = forms.ModelChoiceField(
        label="Engagement", queryset=Engagement.objects.none(), required=False, empty_label="aucun"
    )
    visibilite = forms.ChoiceField(label="Visible par", choices=Visibilite.choices)
    ordre = forms.IntegerField(label="Place", min_value=1, max_value=100_000, required=False)

    def __init__(
        self,
        *args: Any,
        rencontre: Rencontre,
        acteur: Acteur,
        point: Point | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        questions = rencontre.points.kept().filter(nature=Point.Nature.QUESTION)
        if point is not None:
            questions = questions.exclude(pk=point.pk)
        lies = Q(rencontre=rencontre) | Q(points__rencontre=rencontre)
        if rencontre.espace_id:
            lies |= Q(espace=rencontre.espace_id)
        choix: dict[str, Any] = {
            "locuteur": rencontre.participants.order_by("cote", "id"),
            "en_reponse_a": questions,
            "proposition": Proposition.objects.visible(acteur).order_by("titre"),
            "engagement": Engagement.objects.visible(acteur).filter(lies).distinct(),
        }
        for nom, possibles in choix.items():
            champ = self.fields[nom]
            assert isinstance(champ, forms.ModelChoiceField)  # noqa: S101 — declared above
            champ.queryset = possibles
        champ = self.fields["en_reponse_a"]
        champ.label_from_instance = lambda question: question.texte[:90]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(point: Point) -> dict[str, Any]:
        """What the form shows of an item."""
        liens = ("locuteur", "en_reponse_a", "proposition", "engagement")
        return {
            **{nom: getattr(point, nom) for nom in ("nature", "texte", "visibilite", "ordre")},
            **{nom: getattr(point, f"{nom}_id") for nom in liens},
            "base": point.revision,
        }

    @property
    def contenu(self) -> dict[str, Any]:
        """The item, once valid, as `save_point` takes it."""
        d = self.cleaned_data
        liens = ("locuteur", "en_reponse_a", "proposition", "engagement")
        contenu = {
            "nature": d["nature"],
            # browsers send \r\n: the same words are the same version
            "texte": d["texte"].replace("\r\n", "\n"),
            "visibilite": d["visibilite"],
            **{nom: d[nom].pk if d[nom] else None for nom in liens},
        }
        return contenu | ({"ordre": d["ordre"]} if d["ordre"] else {})


def read_partage(envoi: QueryDict, points: list[Point]) -> dict[int, tuple[str, int]]:
    """Level and opened revision of each item of the page where one decides who reads what."""
    lus = {}
    for point in points:
        choix, base = envoi.get(f"visibilite-{point.pk}", ""), envoi.get(f"base-{point.pk}", "")
        if choix in Visibilite.values and base.isascii() and base.isdigit():
            lus[point.pk] = (choix, int(base[:9]))
    return lus
