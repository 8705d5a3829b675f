"""What the pages of meetings read from the request: the meeting, and how far the person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.http import Http404

from maillage.web.dialogue.models import Participant, Rencontre
from maillage.web.dialogue.querysets import shared_espaces
from maillage.web.droits.permissions import Permission
from maillage.web.network.requete import acteur_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.web.droits.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Lecture:
    """How far a person reads one meeting.

    Attributes:
        acteur: Who reads.
        is_interne: Whether what is internal is read too.
        is_espace: Whether what is shared with the members of the space is read.
        is_tenue: Whether the person may change it.
    """

    acteur: Acteur
    is_interne: bool
    is_espace: bool
    is_tenue: bool

    @property
    def is_adherent(self) -> bool:
        """Whether what is for members is read."""
        return self.acteur.is_adherent or self.is_interne


def rencontre_of(request: HttpRequest) -> Rencontre:
    """The meeting that the address names, on pages that only those who keep it may open."""
    return cast("Rencontre", request.objet)  # type: ignore[attr-defined]  # set by the middleware


def visible_rencontre(request: HttpRequest, pk: int) -> Rencontre:
    """The meeting of an open address, when the person may read it.

    Raises:
        Http404: there is none, or it is not for this person: the two are not told apart.
    """
    acteur = acteur_of(request)
    found: Rencontre | None = Rencontre.objects.visible(acteur).filter(
        pk=pk
    ).first() or _find_attended(acteur, pk)
    if found is None:
        msg = "no such meeting for this person"
        raise Http404(msg)
    return found


def _find_attended(acteur: Acteur, pk: int) -> Rencontre | None:
    """A meeting at which the person was, once minutes of it were proposed to them."""
    if not acteur.is_connecte:
        return None
    presences = Participant.objects.exclude(is_present=False).filter(
        utilisateur=acteur.utilisateur_id
    )
    found: Rencontre | None = Rencontre.objects.filter(
        pk=pk, participants__in=presences, comptes_rendus__isnull=False
    ).first()
    return found


def lecture_of(acteur: Acteur, rencontre: Rencontre) -> Lecture:
    """How far a person reads a meeting that they may read."""
    interne = acteur.may(Permission.DIALOGUE_INTERNE, rencontre)
    siege = rencontre.espace_id is not None and rencontre.espace_id in shared_espaces(acteur)
    return Lecture(
        acteur,
        is_interne=interne,
        is_espace=interne or acteur.is_adherent or siege,
        is_tenue=acteur.may(Permission.DIALOGUE_TENIR, rencontre),
    )
