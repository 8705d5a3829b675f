"""Minutes and what those present said of them: what each person reads, who has agreed, who not yet."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Q

from maillage.kernel.francais import accorder
from maillage.web.dialogue.models import Accord, CompteRendu, Participant, Point, Visibilite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from maillage.web.dialogue.models import Rencontre
    from maillage.web.dialogue.rencontres.requete import Lecture
    from maillage.web.droits.acteur import Acteur

PARTAGES: Final = (Visibilite.ESPACE.value, Visibilite.PUBLIC.value)
"""Levels of the items that minutes hold: those that the other side may read."""


@dataclass(frozen=True, slots=True)
class Avis:
    """What one of those present said of the last minutes.

    Attributes:
        participant: Who.
        accord: Their last word; None when they said nothing yet.
        is_mien: Whether it is the person who reads.
        is_notable: Whether whoever reads may note it for them.
    """

    participant: Participant
    accord: Accord | None
    is_mien: bool
    is_notable: bool


@dataclass(frozen=True, slots=True)
class Etat:
    """Where the agreement on the minutes of a meeting stands.

    Attributes:
        compte_rendu: The last minutes; None when none was proposed.
        avis: One per person present.
        is_a_jour: Whether the items shared today are those of the minutes.
        phrase: The state as a sentence.
    """

    compte_rendu: CompteRendu | None
    avis: Sequence[Avis]
    is_a_jour: bool
    phrase: str

    @property
    def mien(self) -> Avis | None:
        """What is asked of the person who reads; None when nothing is."""
        return next((a for a in self.avis if a.is_mien), None)


def collect_points(rencontre: Rencontre) -> list[dict[str, Any]]:
    """Items of a meeting that are shared with the other side, as minutes freeze them."""
    points = (
        rencontre.points.kept()
        .filter(visibilite__in=PARTAGES)
        .select_related("locuteur", "en_reponse_a")
        .order_by("ordre", "id")
    )
    return [_freeze(p) for p in points]


def _freeze(point: Point) -> dict[str, Any]:
    locuteur = point.locuteur
    question = point.en_reponse_a
    is_lue = question is not None and question.visibilite in PARTAGES
    return {
        "identifiant": str(point.identifiant),
        "nature": point.nature,
        "texte": point.texte,
        "locuteur": ", ".join(filter(None, (locuteur.nom, locuteur.fonction))) if locuteur else "",
        "en_reponse_a": str(question.identifiant) if question is not None and is_lue else "",
    }


def hash_points(points: Sequence[Mapping[str, Any]]) -> str:
    """Hash of the items of minutes: the same words give the same hash."""
    texte = json.dumps(points, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()


def list_present(participants: Sequence[Participant]) -> list[Participant]:
    """Those of a meeting who are not known to have been away."""
    return [p for p in participants if p.is_present is not False]


def may_read(lecture: Lecture, participants: Sequence[Participant]) -> bool:
    """Whether a person reads the minutes: who shares the meeting, and who was there."""
    return lecture.is_espace or any(
        p.utilisateur_id is not None and p.utilisateur_id == lecture.acteur.utilisateur_id
        for p in list_present(participants)
    )


def load_etat(
    rencontre: Rencontre, lecture: Lecture, participants: Sequence[Participant]
) -> Etat | None:
    """Where the agreement stands; None for a person who does not read minutes."""
    if not may_read(lecture, participants):
        return None
    dernier = rencontre.comptes_rendus.order_by("-numero").first()
    if dernier is None:
        return Etat(None, (), is_a_jour=False, phrase="Aucun compte rendu n’est encore proposé.")
    derniers: dict[int, Accord] = {}
    for accord in dernier.accords.order_by("at", "id"):
        derniers[accord.participant_id] = accord
    moi = lecture.acteur.utilisateur_id
    avis = [
        Avis(
            p,
            derniers.get(p.pk),
            is_mien=moi is not None and p.utilisateur_id == moi,
            is_notable=lecture.is_tenue and p.utilisateur_id is None,
        )
        for p in list_present(participants)
    ]
    a_jour = hash_points(collect_points(rencontre)) == dernier.empreinte
    return Etat(dernier, avis, a_jour, _tell(dernier, avis))


def _tell(compte_rendu: CompteRendu, avis: Sequence[Avis]) -> str:
    verdicts = [a.accord.verdict for a in avis if a.accord]
    attendus = len(avis) - len(verdicts)
    nombres = (
        (verdicts.count("accord"), "accord", "accords"),
        (verdicts.count("reserve"), "accord avec réserve", "accords avec réserve"),
        (verdicts.count("desaccord"), "désaccord", "désaccords"),
        (attendus, "personne n’a pas encore répondu", "personnes n’ont pas encore répondu"),
    )
    mots = [accorder(n, un, plusieurs) for n, un, plusieurs in nombres if n]
    suite = ", ".join(mots) if mots else "personne n’est noté comme présent"
    return f"Compte rendu {compte_rendu.numero}\u00a0: {suite}."


@dataclass(frozen=True, slots=True)
class LigneCompteRendu:
    """One item of minutes, as it was frozen.

    Attributes:
        nature: In words.
        texte: Empty when it is no longer shared with whoever reads.
        locuteur: Who spoke, in words.
        is_cache: Whether it is no longer shared with whoever reads.
    """

    nature: str
    texte: str
    locuteur: str
    is_cache: bool


def read_lines(compte_rendu: CompteRendu, lecture: Lecture) -> list[LigneCompteRendu]:
    """Items of minutes; one that was made internal since is read by those of the network alone."""
    noms = [p["identifiant"] for p in compte_rendu.points]
    niveaux = dict(
        Point.objects.filter(identifiant__in=noms).values_list("identifiant", "visibilite")
    )
    partages = {str(nom) for nom, niveau in niveaux.items() if niveau in PARTAGES}
    lignes = []
    for point in compte_rendu.points:
        cache = not lecture.is_interne and point["identifiant"] not in partages
        lignes.append(
            LigneCompteRendu(
                str(Point.Nature(point["nature"]).label),
                "" if cache else point["texte"],
                "" if cache else point["locuteur"],
                cache,
            )
        )
    return lignes


def list_awaited(acteur: Acteur) -> QuerySet[CompteRendu]:
    """Minutes on which a person was asked for their opinion and has not given it."""
    if not acteur.is_connecte:
        return CompteRendu.objects.none()
    moi = Participant.objects.filter(
        Q(is_present=True) | Q(is_present__isnull=True),
        rencontre=OuterRef("rencontre"),
        utilisateur=acteur.utilisateur_id,
    )
    suivant = CompteRendu.objects.filter(
        rencontre=OuterRef("rencontre"), numero__gt=OuterRef("numero")
    )
    donne = Accord.objects.filter(
        compte_rendu=OuterRef("pk"), participant__utilisateur=acteur.utilisateur_id
    )
    return (
        CompteRendu.objects.filter(Exists(moi), ~Exists(suivant), ~Exists(donne))
        .select_related("rencontre")
        .order_by("at")
    )
