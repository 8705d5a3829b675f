"""What is typed about commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from maillage.analyses.diagnosis.atlas import CODE_FRANCE
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.engagements.champs import (
    NIVEAUX,
    ChampDateDite,
    ChampDit,
    ChampJour,
    ChampNombre,
    ChampUrl,
    locate,
    write_date,
)
from maillage.web.dialogue.engagements.lecture import tell_statut
from maillage.web.dialogue.models import (
    Charge,
    Contradiction,
    Engagement,
    Espace,
    Fait,
    Proposition,
    Rencontre,
    Sujet,
    Visibilite,
)
from maillage.web.droits.acteur import Perimetre
from maillage.web.droits.permissions import Permission
from maillage.web.network.places import name_of
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from maillage.web.droits.acteur import Acteur

_LIENS: Final[dict[str, Any]] = {
    "espace": Espace,
    "rencontre": Rencontre,
    "proposition": Proposition,
    "sujet": Sujet,
}
_AIDE_LU: Final = "Lu par tous ceux qui lisent cet engagement."


class ClassementForm(forms.Form):
    """Where a commitment is filed and who reads it: what can always change."""

    visibilite = forms.ChoiceField(
        label="Visible par",
        choices=Visibilite.choices,
        help_text="Une personne n’est nommée au public que si une page publique la nomme.",
    )
    espace = forms.ModelChoiceField(
        label="Dans quel espace", queryset=Espace.objects.none(), required=False
    )
    rencontre = forms.ModelChoiceField(
        label="Lors de quelle rencontre", queryset=Rencontre.objects.none(), required=False
    )
    proposition = forms.ModelChoiceField(
        label="En réponse à quelle proposition",
        queryset=Proposition.objects.none(),
        required=False,
    )
    sujet = forms.ModelChoiceField(label="Sujet", queryset=Sujet.objects.none(), required=False)
    source_url = ChampUrl(
        label="Page publique qui le rapporte", help_text="Elle permet de nommer qui a parlé."
    )

    def __init__(
        self, *args: Any, acteur: Acteur, engagement: Engagement | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur
        for nom, modele in _LIENS.items():
            champ = self.fields[nom]
            assert isinstance(champ, forms.ModelChoiceField)  # noqa: S101 — declared above
            lisibles = modele._default_manager.visible(acteur)  # noqa: SLF001 — Django's public way to a manager
            champ.queryset = lisibles
            actuel = getattr(engagement, f"{nom}_id", None)
            if actuel and not lisibles.filter(pk=actuel).exists():
                del self.fields[nom]  # tied to what this person does not read: it stays

    @staticmethod
    def initial_of(engagement: Engagement) -> dict[str, Any]:
        """What the form shows of a commitment."""
        return {
            "visibilite": engagement.visibilite,
            "source_url": engagement.source_url,
            **{nom: getattr(engagement, f"{nom}_id") for nom in _LIENS},
        }

    def clean(self) -> dict[str, Any]:
        """What is shared with those of a place names the place."""
        saisie: dict[str, Any] = super().clean() or {}
        sans = "espace" in self.fields and not saisie.get("espace")
        if saisie.get("visibilite") == Visibilite.ESPACE and sans:
            self.add_error("espace", "Dites lequel\u00a0: ses membres liront cet engagement.")
        return saisie

    def values(self) -> dict[str, Any]:
        """Fields of the model."""
        noms = ("visibilite", "source_url", *_LIENS)
        return {nom: self.cleaned_data[nom] for nom in noms if nom in self.fields}


class EngagementForm(ClassementForm):
    """A commitment, as it was said."""

    sens = forms.ChoiceField(
        label="Nature",
        choices=[("", "Choisissez"), *Engagement.Sens.choices],
        help_text="Une promesse qu’on nous a faite, ce que nous avons promis, ou ce que nous avons demandé.",
    )
    phrase = ChampDit(
        label="La phrase, telle qu’elle a été dite",
        lignes=4,
        max_length=2000,
        help_text="Mot pour mot. Elle ne se corrige plus après un premier constat.",
    )
    charge = forms.ModelChoiceField(
        label="Charge publique",
        queryset=Charge.objects.order_by("intitule"),
        required=False,
        help_text="Celle qui promet, ou à qui nous demandons ou promettons. Elle survit à la personne.",
    )
    auteur_nom = ChampDit(
        label="Qui l’a dite",
        max_length=150,
        required=False,
        help_text="Laissez vide\u00a0: qui tenait la charge ce jour-là.",
    )
    auteur_fonction = ChampDit(
        label="Sa fonction ce jour-là",
        max_length=250,
        required=False,
        help_text="Laissez vide\u00a0: l’intitulé de la charge.",
    )
    destinataire = ChampDit(label="À qui", max_length=200, required=False)
    date = ChampDateDite(label="Dite le", required=False)
    echeance = ChampDateDite(
        label="Échéance",
        required=False,
        fin=True,
        help_text="Laissez vide si aucune n’a été dite\u00a0: « sans échéance ». "
        "30/09/2024, 09/2024 pour la fin du mois, 2024 pour la fin de l’année.",
    )
    niveau = forms.ChoiceField(label="Niveau", choices=NIVEAUX, initial=Niveau.FRANCE.value)
    territoire = forms.CharField(
        label="Territoire",
        required=False,
        max_length=100,
        help_text="Nom ou code\u00a0; rien pour le niveau national.",
    )
    cible_indicateur = forms.ChoiceField(
        label="Cible mesurable\u00a0: indicateur",
        required=False,
        help_text="Elle est ensuite suivie d’elle-même, dans les chiffres publiés.",
    )
    cible_comparaison = forms.ChoiceField(
        label="Cible\u00a0: au moins ou au plus",
        choices=[("", "—"), *Engagement.Comparaison.choices],
        required=False,
    )
    cible_valeur = ChampNombre(
        label="Cible\u00a0: valeur",
        required=False,
        max_digits=16,
        decimal_places=4,
        help_text="Dans l’unité de l’indicateur, écrite à côté de son nom.",
    )
    cible_niveau = forms.ChoiceField(
        label="Cible\u00a0: niveau", choices=[("", "—"), *NIVEAUX], required=False
    )
    cible_territoire = forms.CharField(
        label="Cible\u00a0: territoire", required=False, max_length=100
    )
    cible_date = ChampJour(label="Cible\u00a0: à la date du", required=False)

    field_order = (
        "sens",
        "phrase",
        "charge",
        "auteur_nom",
        "auteur_fonction",
        "destinataire",
        "date",
        "echeance",
        "espace",
        "rencontre",
        "proposition",
        "sujet",
        "niveau",
        "territoire",
        "visibilite",
        "source_url",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["cible_indicateur"]
        assert isinstance(champ, forms.ChoiceField)  # noqa: S101 — declared above
        cartes = donnees.atlas().cartes.values()
        champ.choices = [
            ("", "aucune"),
            *sorted(
                (
                    (c.code, f"{c.nom}{f' ({c.unite.value})' if c.unite.value else ''}")
                    for c in cartes
                ),
                key=lambda paire: paire[1].casefold(),
            ),
        ]

    @staticmethod
    def initial_of(engagement: Engagement) -> dict[str, Any]:
        """What the form shows of a commitment."""
        simples = (
            "sens",
            "phrase",
            "auteur_nom",
            "auteur_fonction",
            "destinataire",
            "niveau",
            "cible_indicateur",
            "cible_comparaison",
            "cible_valeur",
            "cible_niveau",
            "cible_date",
        )
        return {
            **ClassementForm.initial_of(engagement),
            **{nom: getattr(engagement, nom) for nom in simples},
            "charge": engagement.charge_id,
            "date": write_date(engagement.date, engagement.precision),
            "echeance": write_date(engagement.echeance, engagement.echeance_precision),
            "territoire": name_of(Niveau(engagement.niveau), engagement.territoire),
            "cible_territoire": _name_cible(engagement),
        }

    def clean(self) -> dict[str, Any]:
        """The territoire is one that the person may write about, the target is whole or absent."""
        saisie = super().clean()
        self._clean_lieu(saisie)
        self._clean_cible(saisie)
        return saisie

    def _clean_lieu(self, saisie: dict[str, Any]) -> None:
        if "niveau" not in saisie:
            return
        try:
            saisie["lieu"] = locate(saisie["niveau"], saisie.get("territoire", ""))
        except ValidationError as error:
            self.add_error("territoire", error)
            return
        region = saisie["lieu"]["region"]
        ou = Perimetre(regions=frozenset({region} if region else ()))
        if not self.acteur.perimetre(Permission.DIALOGUE_TENIR).covers(ou):
            self.add_error(
                "territoire",
                "Ce territoire n’est pas de votre région\u00a0: demandez au réseau national.",
            )

    def _clean_cible(self, saisie: dict[str, Any]) -> None:
        noms = ("cible_indicateur", "cible_comparaison", "cible_niveau")
        dits = [nom for nom in noms if saisie.get(nom)]
        valeur = saisie.get("cible_valeur")
        if not dits and valeur is None:
            if saisie.get("cible_date") or saisie.get("cible_territoire"):
                self.add_error(
                    "cible_indicateur", "Dites l’indicateur, ou effacez le reste de la cible."
                )
            return
        for nom in noms:
            if not saisie.get(nom):
                self.add_error(nom, "Une cible est entière, ou absente.")
        if valeur is None and "cible_valeur" not in self.errors:
            self.add_error("cible_valeur", "Une cible a une valeur, ou n’est pas mesurable.")
        if len(dits) == len(noms):
            self._clean_cible_lieu(saisie)

    def _clean_cible_lieu(self, saisie: dict[str, Any]) -> None:
        niveau = saisie["cible_niveau"]
        if niveau == Niveau.FRANCE.value:
            saisie["cible_code"] = CODE_FRANCE
        else:
            try:
                saisie["cible_code"] = locate(niveau, saisie["cible_territoire"])["territoire"]
            except ValidationError as error:
                self.add_error("cible_territoire", error)
        code = saisie["cible_indicateur"]
        if not donnees.atlas().periodes_de(code, Niveau(niveau)):
            connus = ", ".join(n.libelle for n in donnees.atlas().niveaux_de(code))
            self.add_error(
                "cible_niveau", f"Cet indicateur n’y est pas publié. Niveaux\u00a0: {connus}."
            )

    def values(self) -> dict[str, Any]:
        """Fields of the model."""
        d = self.cleaned_data
        simples = ("sens", "phrase", "charge", "auteur_nom", "auteur_fonction", "destinataire")
        cible = (
            "cible_indicateur",
            "cible_comparaison",
            "cible_niveau",
            "cible_valeur",
            "cible_date",
        )
        return {
            **super().values(),
            **{nom: d[nom] for nom in (*simples, *cible)},
            **d["lieu"],
            "date": d["date"].jour,
            "precision": d["date"].precision,
            "echeance": d["echeance"].jour,
            "echeance_precision": d["echeance"].precision,
            "cible_territoire": d.get("cible_code", ""),
        }


def _name_cible(engagement: Engagement) -> str:
    if not engagement.cible_niveau or engagement.cible_niveau == Niveau.FRANCE.value:
        return ""
    return name_of(Niveau(engagement.cible_niveau), engagement.cible_territoire)


class EtatForm(forms.Form):
    """What became of a commitment."""

    statut = forms.ChoiceField(label="État constaté")
    date = ChampJour(label="Constaté le", initial=timezone.localdate)
    motif = ChampDit(label="Pourquoi", lignes=3, max_length=2000, help_text=_AIDE_LU)
    preuve = ChampDit(
        label="Preuve", required=False, max_length=300, help_text="Texte, courrier, page\u2026"
    )
    preuve_url = ChampUrl(label="Adresse de la preuve")

    def __init__(self, *args: Any, sens: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["statut"]
        assert isinstance(champ, forms.ChoiceField)  # noqa: S101 — declared above
        # « contredit » has a form of its own, that asks for what was said
        codes = [c for c in Engagement.Statut.values if c != Engagement.Statut.CONTREDIT]
        champ.choices = [("", "Choisissez"), *((c, tell_statut(sens, c)) for c in codes)]


class ContradictionForm(forms.Form):
    """A later statement or text that says otherwise."""

    date = ChampJour(label="Le", initial=timezone.localdate)
    phrase = ChampDit(
        label="Ce qui est dit à présent", lignes=4, max_length=2000, help_text=_AIDE_LU
    )
    auteur = ChampDit(label="Par qui, ou par quel texte", required=False, max_length=250)
    source_url = ChampUrl(label="Adresse")

    def value(self) -> Contradiction:
        """The contradiction, not saved."""
        return Contradiction(**self.cleaned_data)


class FaitForm(forms.Form):
    """A dated fact: one that is known already, or a new one."""

    connu = forms.ModelChoiceField(
        label="Un fait déjà noté",
        queryset=Fait.objects.none(),
        required=False,
        empty_label="en noter un nouveau",
    )
    titre = ChampDit(label="Le fait", required=False, max_length=250)
    date = ChampDateDite(label="Date", required=False)
    texte = ChampDit(label="Ce qu’il change", required=False, lignes=3, max_length=4000)
    source = ChampDit(label="Source", required=False, max_length=250)
    source_url = ChampUrl(label="Adresse de la source")
    visibilite = forms.ChoiceField(
        label="Visible par",
        choices=[c for c in Visibilite.choices if c[0] != Visibilite.ESPACE],
        initial=Visibilite.PUBLIC,
    )

    def __init__(self, *args: Any, acteur: Acteur, sujet: Sujet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sujet = sujet
        champ = self.fields["connu"]
        assert isinstance(champ, forms.ModelChoiceField)  # noqa: S101 — declared above
        champ.queryset = Fait.objects.visible(acteur).order_by("-date")

    def clean(self) -> dict[str, Any]:
        """A known fact, or a new one with its title and its date."""
        saisie: dict[str, Any] = super().clean() or {}
        if saisie.get("connu"):
            return saisie
        if not saisie.get("titre"):
            self.add_error("titre", "Choisissez un fait déjà noté, ou dites lequel.")
        if saisie.get("date") and saisie["date"].jour is None:
            self.add_error("date", "Un fait a une date, au moins une année.")
        return saisie

    def value(self) -> Fait:
        """The fact; saved already when it was known."""
        d = self.cleaned_data
        connu: Fait | None = d["connu"]
        if connu is not None:
            return connu
        return Fait(
            titre=d["titre"],
            date=d["date"].jour,
            precision=d["date"].precision,
            texte=d["texte"],
            source=d["source"],
            source_url=d["source_url"],
            visibilite=d["visibilite"],
            sujet=self.sujet,
        )
