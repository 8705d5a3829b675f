"""What an item says, as it is compared, merged and frozen.

Two people may change one item at once: as long as they changed different things both changes hold;
when they changed the same thing otherwise, neither is chosen for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from maillage.web.dialogue.models import Point, VersionPoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.web.dialogue.models import Participant

CHAMPS: Final = (
    "nature",
    "texte",
    "locuteur",
    "en_reponse_a",
    "proposition",
    "engagement",
    "visibilite",
    "ordre",
    "retire",
)
"""What makes the content of an item; links are numbers, `retire` says whether it was withdrawn."""
LIBELLES: Final[Mapping[str, str]] = {
    "nature": "la nature",
    "texte": "le texte",
    "locuteur": "qui parle",
    "en_reponse_a": "la question à laquelle il répond",
    "proposition": "la proposition",
    "engagement": "l’engagement",
    "visibilite": "qui le lit",
    "ordre": "la place",
    "retire": "le retrait",
}
_LIENS: Final = frozenset({"locuteur", "en_reponse_a", "proposition", "engagement"})


class ConflitDePoint(Exception):
    """Somebody else changed the same things of an item since it was opened.

    Attributes:
        point: The item as it stands now.
        champs: Fields on which the two texts differ.
    """

    def __init__(self, point: Point, champs: tuple[str, ...]) -> None:
        super().__init__(f"item {point.pk} was changed meanwhile: {', '.join(champs)}")
        self.point = point
        self.champs = champs


def read_contenu(point: Point) -> dict[str, Any]:
    """Content of an item as it stands."""
    contenu = {
        champ: getattr(point, f"{champ}_id" if champ in _LIENS else champ)
        for champ in CHAMPS
        if champ != "retire"
    }
    return {**contenu, "retire": point.retire_at is not None}


def freeze_contenu(point: Point, locuteur: Participant | None) -> dict[str, Any]:
    """The same, with the speaker in words: a name corrected later does not change what was noted."""
    dit = ", ".join(filter(None, (locuteur.nom, locuteur.fonction))) if locuteur else ""
    return {**read_contenu(point), "locuteur_dit": dit}


def find_base(point: Point, revision: int) -> Mapping[str, Any]:
    """Content of the revision from which somebody worked; that of now when it was never written."""
    version = VersionPoint.objects.filter(point=point, revision=revision).first()
    contenu: Mapping[str, Any] = version.contenu if version else read_contenu(point)
    return contenu


def merge(point: Point, base: int, miens: Mapping[str, Any]) -> dict[str, Any]:
    """Fields to write so that both changes hold.

    Args:
        point: The item as it stands now, kept from others until the transaction ends.
        base: Revision from which the person worked.
        miens: What they want, of some or all of the fields.

    Raises:
        ConflitDePoint: the same field was changed on both sides, or one withdrew what the other changed.
    """
    actuel = read_contenu(point)
    voulus = {champ: valeur for champ, valeur in miens.items() if actuel[champ] != valeur}
    if base == point.revision or not voulus:
        return voulus
    avant = find_base(point, base)
    changes = {champ: v for champ, v in voulus.items() if avant.get(champ) != v}
    heurts = tuple(champ for champ in changes if avant.get(champ) != actuel[champ])
    is_retire = actuel["retire"] and not avant.get("retire")
    if heurts or (is_retire and changes):
        raise ConflitDePoint(point, heurts or ("retire",))
    return changes
