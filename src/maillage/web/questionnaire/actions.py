"""What staff do to a questionnaire: define, open, correct, close. Each with its line in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillage.web.journal.actions import record
from maillage.web.questionnaire.arrete import freeze
from maillage.web.questionnaire.erreurs import refuse
from maillage.web.questionnaire.modele.definition import write_definition
from maillage.web.questionnaire.modele.edition import check_erratum
from maillage.web.questionnaire.models import Questionnaire, VersionDefinition, empty_definition

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from maillage.web.questionnaire.modele.definition import Definition


@transaction.atomic
def create_questionnaire(
    annee: int, titre: str, *, by: int | None, modele: Questionnaire | None = None
) -> Questionnaire:
    """Start the questionnaire of a year, empty or as a copy of another.

    Raises:
        SaisieInvalide: MLG-QST-011, the year has one.
    """
    if Questionnaire.objects.filter(annee=annee).exists():
        refuse(
            "MLG-QST-011",
            f"L’année {annee} a déjà son questionnaire.",
            "Modifiez-le, ou choisissez une autre année.",
        )
    projet = empty_definition()
    if modele is not None:
        projet = modele.projet if modele.definition is None else modele.definition
    questionnaire = Questionnaire.objects.create(
        annee=annee,
        titre=titre,
        introduction=modele.introduction if modele is not None else "",
        projet=projet,
    )
    record(
        "questionnaire.creer",
        by=by,
        objet=questionnaire,
        nom=str(questionnaire),
        details={"modele": modele.annee} if modele is not None else {},
    )
    return questionnaire


@transaction.atomic
def describe(
    questionnaire: Questionnaire,
    *,
    titre: str,
    introduction: str,
    date_cloture: date | None,
    by: int | None,
) -> None:
    """Change what is said around the questions; possible as long as it is not closed.

    Raises:
        SaisieInvalide: MLG-QST-010, it is closed.
    """
    _refuse_closed(_lock(questionnaire))
    questionnaire.titre = titre
    questionnaire.introduction = introduction
    questionnaire.date_cloture = date_cloture
    questionnaire.save(update_fields=["titre", "introduction", "date_cloture"])
    record("questionnaire.presenter", by=by, objet=questionnaire, nom=str(questionnaire))


@transaction.atomic
def edit(
    questionnaire: Questionnaire, change: Callable[[Definition], Definition], *, by: int | None
) -> None:
    """Change what is being prepared: the draft, or the erratum of an open questionnaire.

    Args:
        questionnaire: Read again here, so that two people who edit lose nothing.
        change: From what is prepared to what replaces it.
        by: Who.

    Raises:
        SaisieInvalide: MLG-QST-002 to 006, it would not hold together; 010, it is closed.
    """
    actuel = _lock(questionnaire)
    _refuse_closed(actuel)
    actuel.projet = write_definition(change(actuel.read_projet()))
    actuel.save(update_fields=["projet"])
    record("questionnaire.definir", by=by, objet=actuel, nom=str(actuel))


@transaction.atomic
def open_questionnaire(questionnaire: Questionnaire, *, by: int | None) -> None:
    """Let the structures answer: what is asked is frozen.

    Raises:
        SaisieInvalide: MLG-QST-007, nothing is asked; 010, it is not a draft.
    """
    actuel = _lock(questionnaire)
    if actuel.etat != Questionnaire.Etat.BROUILLON:
        refuse("MLG-QST-010", "Ce questionnaire est déjà ouvert, ou clos.", "Rechargez la page.")
    if not list(actuel.read_projet().questions):
        refuse(
            "MLG-QST-007",
            "Ce questionnaire ne pose aucune question.",
            "Ajoutez une section et une question, ou importez un fichier.",
        )
    actuel.etat = Questionnaire.Etat.OUVERT
    actuel.ouvert_at = timezone.now()
    actuel.save(update_fields=["etat", "ouvert_at", *_publish(actuel, "Ouverture", by)])
    record("questionnaire.ouvrir", by=by, objet=actuel, nom=str(actuel))


@transaction.atomic
def publish_erratum(questionnaire: Questionnaire, motif: str, *, by: int | None) -> None:
    """Put the correction in force, as a new version; answers already given are kept.

    Raises:
        SaisieInvalide: MLG-QST-010, it is not open; 012, no reason or no change, or the correction
            would change what an answer means.
    """
    actuel = _lock(questionnaire)
    if not actuel.is_ouvert:
        refuse("MLG-QST-010", "Seul un questionnaire ouvert se corrige.", "Rechargez la page.")
    if not motif or not actuel.has_erratum:
        refuse(
            "MLG-QST-012",
            "Il manque le motif de la correction, ou la correction elle-même.",
            "Modifiez les questions, puis dites pourquoi en une phrase.",
        )
    check_erratum(actuel.read_definition(), actuel.read_projet())
    actuel.save(update_fields=_publish(actuel, motif, by))
    record(
        "questionnaire.corriger",
        by=by,
        objet=actuel,
        nom=str(actuel),
        details={"version": actuel.version},
    )


@transaction.atomic
def close_questionnaire(questionnaire: Questionnaire, *, by: int | None) -> None:
    """Stop answers, and freeze those that count: results never move afterwards.

    Raises:
        SaisieInvalide: MLG-QST-010, it is not open.
    """
    actuel = _lock(questionnaire)
    if not actuel.is_ouvert:
        refuse("MLG-QST-010", "Ce questionnaire n’est pas ouvert.", "Rechargez la page.")
    actuel.etat = Questionnaire.Etat.CLOS
    actuel.clos_at = timezone.now()
    actuel.arrete = freeze(actuel)
    actuel.save(update_fields=["etat", "clos_at", "arrete"])
    record(
        "questionnaire.clore",
        by=by,
        objet=actuel,
        nom=str(actuel),
        details={"comptees": len(actuel.arrete["repondants"])},
    )


def _lock(questionnaire: Questionnaire) -> Questionnaire:
    actuel: Questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    return actuel


def _refuse_closed(questionnaire: Questionnaire) -> None:
    if questionnaire.etat == Questionnaire.Etat.CLOS:
        refuse(
            "MLG-QST-010",
            "Ce questionnaire est clos\u00a0: il ne change plus.",
            "Dupliquez-le pour l’année suivante.",
        )


def _publish(questionnaire: Questionnaire, motif: str, by: int | None) -> list[str]:
    """Put what is prepared in force, and keep it; names of the fields that changed."""
    questionnaire.version += 1
    questionnaire.definition = questionnaire.projet
    VersionDefinition.objects.create(
        questionnaire=questionnaire,
        numero=questionnaire.version,
        definition=questionnaire.projet,
        motif=motif,
        at=timezone.now(),
        by_id=by,
    )
    return ["version", "definition"]
