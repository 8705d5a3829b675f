"""What is typed for the register: a contact's mention, the accounting year, time spent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from maillage.web.dialogue.models import Exercice, Rencontre, TempsPasse
from maillage.web.dialogue.registre.nomenclatures import ACTIONS, DECISIONS, DOMAINES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.web.dialogue.models import MentionRegistre

_CENT = 100


def _euros(libelle: str, aide: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=libelle,
        required=False,
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(0),
        help_text=aide,
    )


def _cases(libelle: str, choix: tuple[str, ...], aide: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=libelle,
        choices=[(c, c) for c in choix],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=aide,
    )


def to_centimes(euros: Decimal | None) -> int | None:
    """Amount in cents of an amount in euros; None stays unknown."""
    if euros is None:
        return None
    return int((euros * _CENT).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_euros(centimes: int | None) -> Decimal | None:
    """Amount in euros of an amount in cents; None stays unknown."""
    return None if centimes is None else Decimal(centimes) / _CENT


class _JourField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class MentionForm(forms.Form):
    """What the register asks about one meeting."""

    initiative = forms.ChoiceField(
        label="Qui en a pris l’initiative",
        choices=Rencontre.Initiative.choices,
        help_text="Seules les démarches du réseau sont à déclarer.",
    )
    objet = forms.CharField(
        label="Objet de la question",
        max_length=500,
        required=False,
        help_text="Commencez par un verbe, et nommez la décision\u00a0: les rencontres qui ont le "
        "même objet et les mêmes domaines font une seule activité.",
    )
    domaines = _cases(
        "Domaines d’intervention",
        DOMAINES,
        "Ceux du répertoire qui touchent l’insertion par l’activité économique.",
    )
    autre_domaine = forms.CharField(
        label="Autre domaine du répertoire", max_length=120, required=False
    )
    actions = _cases("Types d’actions", ACTIONS)
    decisions = _cases("Décisions visées", DECISIONS)
    tiers = forms.CharField(
        label="Pour le compte de",
        max_length=200,
        required=False,
        help_text="Vide quand le réseau agit pour lui-même.",
    )
    observation = forms.CharField(
        label="Observation",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elle est publique une fois déclarée.",
    )
    temps = forms.DecimalField(
        label="Temps passé, en heures",
        required=False,
        max_digits=7,
        decimal_places=2,
        min_value=Decimal(0),
        help_text="Par toutes les personnes du réseau, préparation comprise. Vide\u00a0: on ne sait pas.",
    )
    frais = _euros("Frais, en euros")

    @classmethod
    def initial_of(cls, rencontre: Rencontre, mention: MentionRegistre | None) -> dict[str, Any]:
        """What is known of a meeting, as the form shows it."""
        champs: dict[str, Any] = {
            "initiative": rencontre.initiative,
            "temps": rencontre.temps_heures,
            "frais": to_euros(rencontre.frais_centimes),
        }
        if mention is not None:
            autres = [d for d in mention.domaines if d not in DOMAINES]
            champs |= {
                "objet": mention.objet,
                "domaines": mention.domaines,
                "autre_domaine": ", ".join(autres),
                "actions": mention.actions,
                "decisions": mention.decisions,
                "tiers": mention.tiers,
                "observation": mention.observation,
            }
        return champs

    @property
    def champs(self) -> Mapping[str, Any]:
        """What `actions.save_mention` writes."""
        lu = self.cleaned_data
        autres = [d.strip() for d in lu["autre_domaine"].split(",") if d.strip()]
        return {
            "initiative": lu["initiative"],
            "objet": lu["objet"].strip(),
            "domaines": list(dict.fromkeys([*lu["domaines"], *autres])),
            "actions": lu["actions"],
            "decisions": lu["decisions"],
            "tiers": lu["tiers"].strip(),
            "observation": lu["observation"].strip(),
            "temps_heures": lu["temps"],
            "frais_centimes": to_centimes(lu["frais"]),
        }


class ExerciceForm(forms.Form):
    """The accounting year, and what its declaration needs beside the meetings."""

    debut = _JourField(label="Premier jour de l’exercice")
    fin = _JourField(
        label="Dernier jour",
        help_text="La déclaration est due dans les trois mois qui suivent.",
    )
    cout_horaire = _euros(
        "Coût d’une heure de travail, en euros",
        "Salaire et cotisations patronales. Le temps noté dans les rencontres est compté à ce coût.",
    )
    autres_depenses = _euros(
        "Autres dépenses de représentation, en euros",
        "Événements, prestataires, cotisations à ce titre. S’il n’y en a pas, écrivez 0.",
    )
    nombre_personnes = forms.IntegerField(
        label="Personnes chargées de la représentation", required=False, min_value=0
    )
    declare_le = _JourField(label="Déclaration déposée le", required=False)

    def clean(self) -> dict[str, Any]:
        """Check that the year ends after it starts."""
        lu = super().clean() or {}
        debut, fin = lu.get("debut"), lu.get("fin")
        if debut and fin and fin <= debut:
            self.add_error(
                "fin", "L’exercice finit avant d’avoir commencé\u00a0: corrigez un des deux jours."
            )
        elif debut and fin:
            autres = Exercice.objects.filter(debut__lte=fin, fin__gte=debut).exclude(debut=debut)
            if autres.exists():
                self.add_error(
                    "debut",
                    f"L’exercice {autres[0]} a des jours communs avec celui-ci\u00a0: un jour n’est "
                    "que d’un exercice.",
                )
        return lu

    @classmethod
    def initial_of(cls, exercice: Exercice) -> dict[str, Any]:
        """A year that is known, as the form shows it."""
        return {
            "debut": exercice.debut,
            "fin": exercice.fin,
            "cout_horaire": to_euros(exercice.cout_horaire_centimes),
            "autres_depenses": to_euros(exercice.autres_depenses_centimes),
            "nombre_personnes": exercice.nombre_personnes,
            "declare_le": exercice.declare_le,
        }

    def build(self) -> Exercice:
        """The year to write: the one that starts that day, or a new one."""
        lu = self.cleaned_data
        exercice = Exercice.objects.filter(debut=lu["debut"]).first() or Exercice(debut=lu["debut"])
        exercice.fin = lu["fin"]
        exercice.cout_horaire_centimes = to_centimes(lu["cout_horaire"])
        exercice.autres_depenses_centimes = to_centimes(lu["autres_depenses"])
        exercice.nombre_personnes = lu["nombre_personnes"]
        exercice.declare_le = lu["declare_le"]
        return exercice


class TempsForm(forms.Form):
    """Hours of a function over a period."""

    fonction = forms.CharField(
        label="Fonction",
        max_length=120,
        help_text="« présidence », « secrétariat général »… jamais un nom de personne.",
    )
    debut = _JourField(label="Du")
    fin = _JourField(label="Au")
    heures = forms.DecimalField(
        label="Heures de représentation", max_digits=7, decimal_places=2, min_value=Decimal(0)
    )
    heures_travaillees = forms.DecimalField(
        label="Heures travaillées en tout",
        max_digits=7,
        decimal_places=2,
        min_value=Decimal("0.01"),
    )

    def clean(self) -> dict[str, Any]:
        """Check the period, and that a part is not more than the whole."""
        lu = super().clean() or {}
        if lu.get("debut") and lu.get("fin") and lu["fin"] < lu["debut"]:
            self.add_error("fin", "La période finit avant d’avoir commencé.")
        heures, toutes = lu.get("heures"), lu.get("heures_travaillees")
        if heures is not None and toutes is not None and heures > toutes:
            self.add_error("heures", "C’est plus que le temps travaillé en tout.")
        fonction, debut = lu.get("fonction"), lu.get("debut")
        notes = TempsPasse.objects.filter(fonction=fonction)
        if fonction and debut and notes.filter(debut=debut).exists():
            self.add_error(
                "debut",
                "Du temps est déjà noté pour cette fonction à partir de ce jour\u00a0: retirez-le d’abord.",
            )
        return lu

    def build(self) -> TempsPasse:
        """The line to write."""
        return TempsPasse(**self.cleaned_data)
