"""What the note-taking screen exchanges with the site: notes sent, and the state of everybody's notes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Count, Sum

from maillage.web.accounts.models import Utilisateur
from maillage.web.dialogue.models import Point
from maillage.web.dialogue.rencontres.actions.points import note_point
from maillage.web.dialogue.rencontres.contenu import LIBELLES, ConflitDePoint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.web.dialogue.models import Rencontre

NOTES_MAX: Final = 100
"""Notes in one sending; a device sends the others next."""
TEXTE_MAX: Final = 8000
_ILLISIBLE = "Cette note n’a pas pu être lue\u00a0: rechargez la page, son texte y est gardé."


class EnvoiIllisible(Exception):
    """What a device sent is not a list of notes."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note that a device sends.

    Attributes:
        identifiant: Name that the device gave it.
        base: Revision from which it was changed; 0 for a new one.
        contenu: Fields of the item.
    """

    identifiant: UUID
    base: int
    contenu: Mapping[str, Any]


def read_state(rencontre: Rencontre) -> str:
    """Changes with every change of any note of the meeting."""
    compte = rencontre.points.aggregate(n=Count("id"), r=Sum("revision"))
    return f"{compte['n']}-{compte['r'] or 0}"


def describe_all(rencontre: Rencontre) -> list[dict[str, Any]]:
    """Every note of the meeting, withdrawn ones included, as devices hold them."""
    points = list(rencontre.points.order_by("ordre", "id"))
    noms = Utilisateur.objects.in_bulk({p.updated_by_id for p in points if p.updated_by_id})
    return [describe(p, noms) for p in points]


def describe(point: Point, noms: Mapping[int, Utilisateur] | None = None) -> dict[str, Any]:
    """One note, as devices hold it."""
    if noms is None:
        noms = Utilisateur.objects.in_bulk([point.updated_by_id] if point.updated_by_id else [])
    auteur = noms.get(point.updated_by_id or 0)
    return {
        "identifiant": str(point.identifiant),
        "revision": point.revision,
        "nature": point.nature,
        "texte": point.texte,
        "locuteur": point.locuteur_id,
        "retire": point.retire_at is not None,
        "par": str(auteur) if auteur else "",
    }


def receive(rencontre: Rencontre, corps: bytes, *, by: int) -> list[dict[str, Any]]:
    """Write what a device sends; each note has its own answer, and none keeps another from being kept.

    Raises:
        EnvoiIllisible: it is not a list of notes.
    """
    locuteurs = set(rencontre.participants.values_list("pk", flat=True))
    return [_receive_one(rencontre, brut, locuteurs, by) for brut in _parse(corps)]


def _parse(corps: bytes) -> Sequence[Any]:
    try:
        envoi = json.loads(corps)
    except ValueError as error:  # not JSON, or not text
        raise EnvoiIllisible from error
    notes = envoi.get("notes") if isinstance(envoi, dict) else None
    if not isinstance(notes, list) or len(notes) > NOTES_MAX:
        raise EnvoiIllisible
    return notes


def _receive_one(rencontre: Rencontre, brut: Any, locuteurs: set[int], by: int) -> dict[str, Any]:
    nom = brut.get("identifiant") if isinstance(brut, dict) else None
    lue = _read_note(brut, locuteurs)
    if isinstance(lue, str):
        return {"identifiant": nom, "etat": "refuse", "message": lue}
    if Point.objects.filter(identifiant=lue.identifiant).exclude(rencontre=rencontre).exists():
        return {"identifiant": nom, "etat": "refuse", "message": _ILLISIBLE}
    try:
        point = note_point(rencontre, lue.identifiant, contenu=lue.contenu, base=lue.base, by=by)
    except ConflitDePoint as conflit:
        return {
            "identifiant": nom,
            "etat": "conflit",
            "point": describe(conflit.point),
            "champs": [LIBELLES[champ] for champ in conflit.champs],
        }
    return {"identifiant": nom, "etat": "enregistre", "point": describe(point)}


def _read_note(brut: Any, locuteurs: set[int]) -> Note | str:
    """A note, or why it is refused, in words."""
    try:
        identifiant = UUID(str(brut["identifiant"]))
        base, nature, texte = brut["base"], brut["nature"], brut["texte"]
        locuteur, retire = brut["locuteur"], brut["retire"]
    except (KeyError, TypeError, ValueError):
        return _ILLISIBLE
    if not (isinstance(base, int) and base >= 0 and isinstance(locuteur, int | None)):
        return _ILLISIBLE
    if not (isinstance(texte, str) and isinstance(retire, bool)):
        return _ILLISIBLE
    refus = _find_refusal(nature, texte, locuteur, locuteurs)
    contenu = {"nature": nature, "texte": texte, "locuteur": locuteur, "retire": retire}
    return refus or Note(identifiant, base, contenu)


def _find_refusal(nature: Any, texte: str, locuteur: int | None, locuteurs: set[int]) -> str:
    """Why a note that can be read is refused; empty when it is not."""
    if nature not in Point.Nature.values:
        return "La nature de cette note n’existe pas\u00a0: choisissez-en une."
    if not texte.strip():
        return "Cette note est vide\u00a0: écrivez-la, ou retirez-la."
    if len(texte) > TEXTE_MAX:
        return f"Cette note dépasse {TEXTE_MAX} caractères\u00a0: coupez-la en deux."
    if locuteur is not None and locuteur not in locuteurs:
        return "La personne qui parle n’est plus dans la liste\u00a0: choisissez-en une autre."
    return ""
