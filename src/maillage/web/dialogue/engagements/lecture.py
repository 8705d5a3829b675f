"""What a reader sees of a commitment: who spoke, whether they may be named, what became of it, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse

from maillage.kernel.francais import format_date, guillemets
from maillage.web.dialogue.dates import dire_date
from maillage.web.dialogue.models import (
    Charge,
    Engagement,
    Fait,
    Portage,
    Precision,
    Proposition,
    Rencontre,
    Reprise,
    Titulaire,
)
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from maillage.web.droits.acteur import Acteur

_LOIN = date.max
_DEMANDE = {
    Engagement.Statut.ANNONCE: "demandé",
    Engagement.Statut.TENU: "obtenu",
    Engagement.Statut.TENU_EN_PARTIE: "obtenu en partie",
    Engagement.Statut.NON_TENU: "refusé",
}
"""What the states of a request are called: the others have the words of a promise."""


def tell_statut(sens: str, statut: str) -> str:
    """Where a commitment stands: what is promised is kept, what is asked for is obtained."""
    code = Engagement.Statut(statut)
    if sens == Engagement.Sens.DEMANDE and code in _DEMANDE:
        return _DEMANDE[code]
    return str(code.label)


@dataclass(frozen=True, slots=True)
class Etape:
    """One step of a story.

    Attributes:
        quand: Day; None when unknown, which comes last.
        precision: How precisely it is known.
        genre: Kind, for the look: « dit », « etat », « contradiction », « reprise », « fait »…
        titre: What happened, in a few words.
        texte: The rest; may be empty.
        lien, lien_texte: Where to read more; may be empty.
        rang: Order among steps of a same day.
    """

    quand: date | None
    precision: str
    genre: str
    titre: str
    texte: str = ""
    lien: str = ""
    lien_texte: str = ""
    rang: int = field(default=0)

    @property
    def date_dite(self) -> str:
        """The day in words."""
        return dire_date(self.quand, self.precision)


def in_order(etapes: Iterable[Etape]) -> list[Etape]:
    """Steps in the order of time; those of no known day last."""
    return sorted(etapes, key=lambda e: (e.quand or _LOIN, e.rang))


class Nommage:
    """Who may be named: to members, those who were noted; to others, those a public page names.

    One query, for all the commitments that are asked about.
    """

    def __init__(self, acteur: Acteur, charges: Iterable[int | None]) -> None:
        self._is_adherent = acteur.is_adherent
        self._publics: set[tuple[int, str]] = set()
        if not self._is_adherent:
            sourcees = Titulaire.objects.filter(charge__in={c for c in charges if c})
            self._publics = set(sourcees.exclude(source_url="").values_list("charge_id", "nom"))

    def author_of(self, engagement: Engagement) -> str:
        """Name of who spoke; empty when it is not known or not to be given."""
        public = engagement.source_url or (
            (engagement.charge_id, engagement.auteur_nom) in self._publics
        )
        return engagement.auteur_nom if self._is_adherent or public else ""

    def holder(self, titulaire: Titulaire | None) -> str:
        """Name of who held an office; empty when it is not known or not to be given."""
        if titulaire is None:
            return ""
        return titulaire.nom if self._is_adherent or titulaire.source_url else ""

    def tell_author(self, engagement: Engagement) -> str:
        """Who spoke, with the function of that day: « N., ministre du Travail »."""
        if engagement.sens != Engagement.Sens.PUBLIC:
            return "le réseau"
        nom = self.author_of(engagement)
        fonction = engagement.auteur_fonction or (
            engagement.charge.intitule if engagement.charge else ""
        )
        return ", ".join(filter(None, (nom, fonction))) or "auteur non noté"


def tell_recipient(engagement: Engagement) -> str:
    """To whom: what was typed, else the network for a promise, the office for what we ask or owe."""
    if engagement.destinataire:
        return engagement.destinataire
    if engagement.sens == Engagement.Sens.PUBLIC:
        return "le réseau"
    return engagement.charge.intitule if engagement.charge else "destinataire non noté"


def story(engagement: Engagement, acteur: Acteur, nommage: Nommage) -> list[Etape]:
    """Everything that happened to a commitment and that the person may read, in order."""
    return in_order(
        [
            _said(engagement, acteur, nommage),
            *_states(engagement),
            *takeovers(list(_reprises(engagement)), nommage),
            *facts(Fait.objects.visible(acteur).filter(engagements=engagement)),
        ]
    )


def _said(engagement: Engagement, acteur: Acteur, nommage: Nommage) -> Etape:
    rencontre = (
        Rencontre.objects.visible(acteur).filter(pk=engagement.rencontre_id).first()
        if engagement.rencontre_id
        else None
    )
    verbe = {"public": "Annoncé par", "reseau": "Annoncé par", "demande": "Demandé par"}
    return Etape(
        engagement.date,
        engagement.precision,
        "dit",
        f"{verbe[engagement.sens]} {nommage.tell_author(engagement)}",
        guillemets(engagement.phrase),
        reverse_or_empty("rencontre", rencontre.pk) if rencontre else "",
        rencontre.titre if rencontre else "",
    )


def _states(engagement: Engagement) -> Iterable[Etape]:
    for rang, etat in enumerate(engagement.etats.all()):
        is_first = not rang and etat.statut == Engagement.Statut.ANNONCE
        if is_first and not (etat.motif or etat.preuve):
            continue  # told by the sentence itself
        yield Etape(
            etat.date,
            Precision.JOUR,
            f"etat etat-{etat.statut}",
            tell_statut(engagement.sens, etat.statut).capitalize(),
            etat.motif,
            etat.preuve_url,
            etat.preuve or ("preuve" if etat.preuve_url else ""),
            rang=10 + rang,
        )


def _reprises(engagement: Engagement) -> Iterable[Reprise]:
    return engagement.reprises.select_related("de", "vers", "sortant", "entrant")


def takeovers(reprises: list[Reprise], nommage: Nommage) -> Iterable[Etape]:
    """The changes of holder of one commitment, each with what the one who came said."""
    for rang, reprise in enumerate(reprises):
        suivante = rang + 1 < len(reprises)
        yield Etape(
            reprise.date,
            Precision.JOUR,
            "reprise",
            tell_change(reprise.de, reprise.vers, nommage.holder(reprise.entrant)),
            "" if reprise.etat != Reprise.Etat.PROPOSEE else tell_pending(is_past=suivante),
            reverse("charge", args=[reprise.vers_id]),
            reprise.vers.intitule,
            rang=5,
        )
        if reprise.etat != Reprise.Etat.PROPOSEE:
            yield Etape(
                reprise.decide_le,
                Precision.JOUR,
                f"reprise reprise-{reprise.etat}",
                f"{reprise.get_etat_display().capitalize()} par {_by(reprise, nommage)}",
                reprise.note,
                rang=6,
            )


def tell_change(de: Charge, vers: Charge, entrant: str) -> str:
    """A change of holder in words."""
    if de.pk == vers.pk:
        return f"{entrant} prend la charge" if entrant else "La charge change de titulaire"
    qui = f", {entrant}" if entrant else ""
    return f"À {guillemets(de.intitule)} succède {guillemets(vers.intitule)}{qui}"


def tell_pending(*, is_past: bool) -> str:
    """What is said of a takeover that nobody decided."""
    return "Resté sans réponse jusqu’au changement suivant." if is_past else "À faire reprendre."


def _by(reprise: Reprise, nommage: Nommage) -> str:
    return nommage.holder(reprise.entrant) or reprise.vers.intitule


def facts(faits: Iterable[Fait]) -> Iterable[Etape]:
    """Dated facts."""
    for fait in faits:
        texte = " — ".join(filter(None, (fait.texte, fait.source)))
        yield Etape(
            fait.date,
            fait.precision,
            "fait",
            fait.titre,
            texte,
            fait.source_url,
            "source" if fait.source_url else "",
            rang=8,
        )


def reverse_or_empty(nom: str, *args: object) -> str:
    """Address of a page of another part of dialogue; empty where that part is not installed."""
    try:
        return reverse(nom, args=args)
    except NoReverseMatch:
        return ""


def tell_charge_since(titulaire: Titulaire) -> str:
    """Days of a holder: « du 20 mai 2022 au 11 janvier 2024 », « depuis le … »."""
    debut = f"du {format_date(titulaire.date_debut)}" if titulaire.date_debut else ""
    fin = f"au {format_date(titulaire.date_fin)}" if titulaire.date_fin else ""
    if debut and fin:
        return f"{debut} {fin}"
    if debut:
        return f"depuis le {format_date(titulaire.date_debut)}" if titulaire.date_debut else ""
    return f"jusqu’{fin}" if fin else "dates non connues"


def visible_charges(acteur: Acteur) -> QuerySet[Charge]:
    """Offices that a person reads: those a public page names, those that answer for what they read."""
    interne = acteur.perimetre(Permission.DIALOGUE_INTERNE)
    if interne.tout:
        return Charge.objects.all()
    lisibles = Engagement.objects.visible(acteur)
    publics = Titulaire.objects.filter(charge=OuterRef("pk")).exclude(source_url="")
    portees = Portage.objects.visible(acteur).filter(
        charge=OuterRef("pk"), proposition__in=Proposition.objects.visible(acteur)
    )
    return Charge.objects.filter(
        Exists(publics)
        | Exists(portees)
        | Exists(lisibles.filter(Q(charge=OuterRef("pk")) | Q(porteur=OuterRef("pk"))))
        | Q(region__in=interne.regions)
    )
