"""What a new commitment starts from: the item of a meeting that said it, or the meeting alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404

from maillage.web.dialogue.engagements.champs import write_date
from maillage.web.dialogue.models import Engagement, Participant, Point, Rencontre
from maillage.web.dialogue.rencontres.actions.points import save_point
from maillage.web.dialogue.rencontres.interlocuteurs import find_charge

if TYPE_CHECKING:
    from maillage.web.droits.acteur import Acteur

_N: Final = Point.Nature
_DEMANDES: Final = frozenset({_N.DEMANDE, _N.POSITION, _N.QUESTION})
_PROMESSES: Final = frozenset({_N.OFFRE, _N.DECLARATION, _N.REPONSE, _N.DECISION, _N.SUITE})


def find_point(texte: str, acteur: Acteur) -> Point | None:
    """The item that an address names; None when it names none.

    Raises:
        Http404: there is none in a meeting that the person may change.
    """
    if not texte:
        return None
    tenues = Rencontre.objects.editable(acteur).values("pk")
    lisibles = Point.objects.kept().visible(acteur).filter(rencontre__in=tenues)
    avec = ("rencontre", "locuteur", "proposition")
    numero = int(texte[:9]) if texte.isascii() and texte.isdigit() else 0
    found: Point | None = lisibles.select_related(*avec).filter(pk=numero).first()
    if found is None:
        msg = "no such item in a meeting of this person"
        raise Http404(msg)
    return found


def start_from_point(point: Point) -> dict[str, Any]:
    """What the form shows of an item: its words, who spoke, when, where, and who reads it."""
    qui = point.locuteur
    sujet = point.proposition.sujet_id if point.proposition else None
    return {
        **_start_from_meeting(point.rencontre),
        "sens": _guess_sens(point),
        "phrase": point.texte,
        "auteur_nom": qui.nom if qui else "",
        "auteur_fonction": qui.fonction if qui else "",
        "charge": _charge(point),
        "proposition": point.proposition_id,
        "sujet": sujet,
        "visibilite": point.visibilite,
    }


def start_from_meeting(texte: str, acteur: Acteur) -> dict[str, Any]:
    """What the form shows of a meeting that an address names; nothing when the person reads none."""
    numero = int(texte[:9]) if texte.isascii() and texte.isdigit() else 0
    found: Rencontre | None = Rencontre.objects.visible(acteur).filter(pk=numero).first()
    return _start_from_meeting(found) if found else {}


def _start_from_meeting(rencontre: Rencontre) -> dict[str, Any]:
    return {
        "rencontre": rencontre.pk,
        "espace": rencontre.espace_id,
        "date": write_date(rencontre.date, rencontre.precision),
    }


def tie(point: Point, engagement: Engagement, *, by: int) -> None:
    """Say on the item which commitment it became."""
    save_point(point, contenu={"engagement": engagement.pk}, base=point.revision, by=by)


def _guess_sens(point: Point) -> str:
    """Who owes, from the kind of item and the side of who spoke; empty when neither tells."""
    cote = point.locuteur.cote if point.locuteur else ""
    is_en_face = cote not in ("", Participant.Cote.RESEAU)
    if point.nature in _DEMANDES:
        # what the other side asks of us is not yet a promise of ours
        return "" if is_en_face else Engagement.Sens.DEMANDE.value
    if point.nature not in _PROMESSES:
        return ""
    if is_en_face:
        return Engagement.Sens.PUBLIC.value
    is_notre = cote == Participant.Cote.RESEAU or point.nature == _N.OFFRE
    return Engagement.Sens.RESEAU.value if is_notre else ""


def _charge(point: Point) -> int | None:
    """Office of who spoke; of the one office met, when one of ours spoke or nobody in particular."""
    if point.locuteur and point.locuteur.cote != Participant.Cote.RESEAU:
        return point.locuteur.charge_id
    return find_charge(point.rencontre)
