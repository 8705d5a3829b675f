"""What a person reads of one meeting: its items, documents and links, each with its own readers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from maillage.web.dialogue.models import Document, Engagement, Espace, Point, Proposition
from maillage.web.dialogue.querysets import shared_espaces, visible_q
from maillage.web.dialogue.rencontres.phrases import tell_participant
from maillage.web.publications.models import Rendu
from maillage.web.publications.querysets import audience_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from maillage.web.dialogue.models import Participant, Rencontre
    from maillage.web.dialogue.rencontres.requete import Lecture

_N = Point.Nature
SECTIONS: Final[Sequence[tuple[str, str, tuple[str, ...]]]] = (
    ("ordre-du-jour", "Ordre du jour", (_N.ORDRE_DU_JOUR,)),
    ("positions", "Positions portées", (_N.POSITION,)),
    ("declarations", "Déclarations", (_N.DECLARATION,)),
    ("questions", "Questions et réponses", (_N.QUESTION, _N.REPONSE)),
    ("demandes", "Demandes", (_N.DEMANDE,)),
    ("offres", "Offres", (_N.OFFRE,)),
    ("appris", "Ce que nous avons appris", (_N.INFORMATION,)),
    ("decisions", "Décisions", (_N.DECISION,)),
    ("suites", "Suites à donner", (_N.SUITE,)),
    ("notes", "Notes", (_N.NOTE,)),
)
"""Address, title and natures of each part of the page, in its order."""


@dataclass(slots=True)
class Ligne:
    """One item as the page shows it.

    Attributes:
        point: The item.
        locuteur: Who speaks, in words; empty when nobody in particular.
        proposition, engagement: What it is tied to, when the person may read it.
        reponses: Answers to it.
    """

    point: Point
    locuteur: str
    proposition: Proposition | None
    engagement: Engagement | None
    reponses: list[Ligne] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: its anchor, its title, its items."""

    code: str
    titre: str
    lignes: Sequence[Ligne]


def readable_points(rencontre: Rencontre, lecture: Lecture) -> QuerySet[Point]:
    """Items of a meeting that the person reads, in its order."""
    points: QuerySet[Point] = (
        rencontre.points.kept()
        .visible(lecture.acteur)
        .select_related("locuteur__charge")
        .prefetch_related("locuteur__charge__titulaires")
        .order_by("ordre", "id")
    )
    return points


def load_sections(rencontre: Rencontre, lecture: Lecture) -> list[Section]:
    """Items of a meeting by part, answers under their questions; a fixed number of queries."""
    points = list(readable_points(rencontre, lecture))
    propositions = _readable(Proposition, {p.proposition_id for p in points}, lecture)
    engagements = _readable(Engagement, {p.engagement_id for p in points}, lecture)
    lignes = {
        p.pk: Ligne(
            p,
            tell_participant(p.locuteur, lecture) if p.locuteur else "",
            propositions.get(p.proposition_id),
            engagements.get(p.engagement_id),
        )
        for p in points
    }
    par_nature: defaultdict[str, list[Ligne]] = defaultdict(list)
    for ligne in lignes.values():
        question = lignes.get(ligne.point.en_reponse_a_id or 0)
        # an answer to a question that the person does not read stands by itself
        if question is not None and question is not ligne:
            question.reponses.append(ligne)
        else:
            par_nature[ligne.point.nature].append(ligne)
    return [
        Section(code, titre, found)
        for code, titre, natures in SECTIONS
        if (found := [ligne for nature in natures for ligne in par_nature[nature]])
    ]


def load_participants(rencontre: Rencontre) -> list[Participant]:
    """Those of a meeting, ours first, with their offices and holders; kept on the meeting."""
    prefetch_related_objects(
        [rencontre], "participants__charge__titulaires", "participants__utilisateur"
    )
    rangs = {"reseau": 0, "interlocuteur": 1, "autre": 2}
    return sorted(rencontre.participants.all(), key=lambda p: (rangs[p.cote], p.pk))


def load_documents(rencontre: Rencontre, lecture: Lecture) -> QuerySet[Document]:
    """Documents of a meeting that the person may open."""
    return readable_documents(lecture).filter(rencontre=rencontre)


def readable_documents(lecture: Lecture) -> QuerySet[Document]:
    """Documents of meetings that a person may open, of whatever meeting that they read."""
    acteur = lecture.acteur
    espaces = shared_espaces(acteur)
    condition = visible_q(
        acteur, espaces, espace="rencontre__espace_id", region="rencontre__region"
    )
    return Document.objects.filter(condition, retire_at__isnull=True, rencontre__isnull=False)


def load_suites(rencontre: Rencontre, lecture: Lecture) -> QuerySet[Any]:
    """Commitments that the meeting led to, that the person may read."""
    engagements: QuerySet[Any] = (
        Engagement.objects.visible(lecture.acteur)
        .filter(Q(rencontre=rencontre) | Q(points__rencontre=rencontre))
        .distinct()
        .order_by("sens", "date", "id")
    )
    return engagements


def load_publications(rencontre: Rencontre, lecture: Lecture) -> list[tuple[str, str]]:
    """Title and address of the publications that report on it, in the version that the person reads."""
    rendus = Rendu.objects.lisible(audience_of(lecture.acteur), timezone.now()).filter(
        parution__courante_de__in=rencontre.publications.order_by().values("pk")
    )
    return [(r.titre, f"/publications/{r.parution.courante_de.slug}/") for r in rendus]


def load_espace(rencontre: Rencontre, lecture: Lecture) -> Espace | None:
    """The place of a meeting, when the person may read it."""
    if rencontre.espace_id is None:
        return None
    found: Espace | None = (
        Espace.objects.visible(lecture.acteur).filter(pk=rencontre.espace_id).first()
    )
    return found


def _readable(modele: Any, numeros: set[int | None], lecture: Lecture) -> Mapping[int | None, Any]:
    """Things of those numbers that the person may read, by number."""
    return {o.pk: o for o in modele.objects.visible(lecture.acteur).filter(pk__in=numeros - {None})}
