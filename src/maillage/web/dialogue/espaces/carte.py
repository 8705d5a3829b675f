"""The map of spaces: territoire by territoire, whether the network sits, and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.espaces.instances import load_catalogue
from maillage.web.dialogue.espaces.presence import Presence, with_presence
from maillage.web.dialogue.models import Espace
from maillage.web.territoires import donnees
from maillage.web.territoires.maps.classes import Classe
from maillage.web.territoires.maps.france import NIVEAUX_CARTE, Forme, render_formes

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.analyses.diagnosis.model import Territoire
    from maillage.web.dialogue.querysets import EspaceQuerySet

TOUTES: Final = ""
"""Every space of the départements, whatever the body."""
STYLES: Final = {
    Presence.NOUS: "espace-nous",
    Presence.SANS_NOUS: "espace-sans-nous",
    Presence.DEMANDE: "espace-demande",
    Presence.INCONNU: "n0",
    Presence.DISPARU: "espace-disparu",
}
"""CSS class of each case: a hue and a pattern, never a hue alone."""
MOTIFS: Final = (
    '<pattern id="points" width="14" height="14" patternUnits="userSpaceOnUse">'
    '<rect width="14" height="14" class="motif-fond"/><circle cx="7" cy="7" r="3.5" class="motif"/>'
    "</pattern>"
    '<pattern id="traits" width="16" height="16" patternUnits="userSpaceOnUse">'
    '<rect width="16" height="16" class="motif-alerte-fond"/>'
    '<path d="M0 8H16" class="motif-alerte"/></pattern>'
)
_ORDRE = (
    Presence.NOUS,
    Presence.SANS_NOUS,
    Presence.DEMANDE,
    Presence.INCONNU,
    Presence.DISPARU,
)
"""Of several spaces in one territoire, the first of these is shown."""
SANS_ESPACE = "aucun espace enregistré"


@dataclass(frozen=True, slots=True)
class Case:
    """What one territoire of the map shows.

    Attributes:
        territoire: Which.
        presence: The case; « not known » when there is no space either.
        espaces: (number, name, case) of its spaces.
    """

    territoire: Territoire
    presence: Presence
    espaces: tuple[tuple[int, str, Presence], ...]

    @property
    def libelle(self) -> str:
        """In words."""
        return self.presence.label if self.espaces else SANS_ESPACE

    @property
    def url(self) -> str:
        """The space when there is one, what is known of the territoire otherwise."""
        if len(self.espaces) == 1:
            return reverse("espace-dialogue", args=[self.espaces[0][0]])
        return reverse(
            "dialogue-territoire", args=[self.territoire.niveau.value, self.territoire.code]
        )


def mapped_instances() -> list[tuple[str, str]]:
    """Bodies that have a map: one per territoire of a level that has outlines."""
    connues = [
        (i.code, i.titre) for i in load_catalogue().values() if i.niveau in set(NIVEAUX_CARTE)
    ]
    return [*connues, (TOUTES, "Tous les espaces des départements")]


def level_of(instance: str) -> Niveau:
    """Level at which a body is mapped."""
    if not instance:
        return Niveau.DEPARTEMENT
    niveau = load_catalogue()[instance].niveau
    assert niveau is not None  # noqa: S101 — a mission has no map
    return niveau


def load_cases(lisibles: EspaceQuerySet, instance: str, le: date) -> list[Case]:
    """One case per territoire of the level, by name; one query.

    Args:
        lisibles: Spaces that the person reads.
        instance: Code of a body, or `TOUTES`.
        le: Day of the mandates.
    """
    niveau = level_of(instance)
    espaces = with_presence(lisibles, le)
    if instance:
        espaces = espaces.filter(instance=instance)
    else:
        espaces = espaces.filter(niveau=niveau.value).exclude(etat=Espace.Etat.DISPARU)
    par_code: dict[str, list[tuple[int, str, Presence]]] = {}
    for pk, nom, territoire, presence in espaces.order_by("nom").values_list(
        "pk", "nom", "territoire", "presence"
    ):
        par_code.setdefault(territoire, []).append((pk, nom, Presence(presence)))
    territoires = sorted(donnees.atlas().territoires(niveau), key=lambda t: t.nom.casefold())
    return [_case(territoire, par_code.get(territoire.code, [])) for territoire in territoires]


def _case(territoire: Territoire, espaces: list[tuple[int, str, Presence]]) -> Case:
    vues = {presence for _, _, presence in espaces}
    presence = next((p for p in _ORDRE if p in vues), Presence.INCONNU)
    return Case(territoire, presence, tuple(espaces))


def draw(cases: list[Case], niveau: Niveau, titre: str) -> SafeString:
    """SVG of the map; the same words are in its table."""
    formes = [
        Forme(
            case.territoire.code,
            STYLES[case.presence],
            f"{case.territoire.nom}\u00a0: {case.libelle}",
            case.url,
        )
        for case in cases
    ]
    fin = niveau not in {Niveau.REGION, Niveau.DEPARTEMENT}
    return render_formes(
        donnees.fond(niveau),
        formes,
        f"Carte\u00a0: {titre}",
        donnees.fond(Niveau.REGION) if fin else None,
        is_fin=fin,
        motifs=MOTIFS,
    )


def legend(cases: list[Case]) -> list[Classe]:
    """The cases that are met, with how many territoires; those of the question always."""
    effectifs = dict.fromkeys(_ORDRE, 0)
    for case in cases:
        effectifs[case.presence] += 1
    return [
        Classe(STYLES[presence], str(presence.label), nombre)
        for presence, nombre in effectifs.items()
        if nombre or presence is not Presence.DISPARU
    ]
