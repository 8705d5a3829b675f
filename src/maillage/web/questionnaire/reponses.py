"""What a structure does with its answer: save as one goes, send; and staff, open it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillage.web.journal.actions import record
from maillage.web.network.actions import decide_consent
from maillage.web.questionnaire.connu import load_connu
from maillage.web.questionnaire.erreurs import refuse
from maillage.web.questionnaire.modele.etat import examine, list_posees, measure
from maillage.web.questionnaire.modele.fusion import merge
from maillage.web.questionnaire.modele.preremplissage import prefill
from maillage.web.questionnaire.models import Questionnaire, Reponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.web.droits.acteur import Acteur
    from maillage.web.network.models import Organisation
    from maillage.web.questionnaire.modele.definition import Definition, Question
    from maillage.web.questionnaire.modele.fusion import Envoi, Fusion
    from maillage.web.questionnaire.modele.saisie import Saisie


def find_reponse(questionnaire: Questionnaire, organisation: Organisation) -> Reponse | None:
    """The answer of a structure; None when it has not begun."""
    trouvee: Reponse | None = Reponse.objects.filter(
        questionnaire=questionnaire, organisation=organisation
    ).first()
    return trouvee


def propose(
    questionnaire: Questionnaire, organisation: Organisation, definition: Definition
) -> dict[str, Saisie]:
    """Answers that are known already, by code."""
    return prefill(definition, load_connu(questionnaire, organisation))


@transaction.atomic
def save_envois(
    questionnaire: Questionnaire,
    organisation: Organisation,
    questions: Iterable[Question],
    envois: Mapping[str, Envoi],
    *,
    by: int | None,
) -> Fusion:
    """Keep what a form sent, all that can be kept; what cannot is told at its field.

    Args:
        questionnaire: Open.
        organisation: The structure.
        questions: Those of the form.
        envois: What it sent.
        by: Who.

    Raises:
        SaisieInvalide: MLG-QST-020, it is not open, or the answer was sent.
    """
    # not locked: what is saved without being sent never counts, so closing meanwhile loses nothing
    actuel: Questionnaire = Questionnaire.objects.get(pk=questionnaire.pk)
    _refuse_unless_open(actuel)
    reponse, _ = Reponse.objects.select_for_update().get_or_create(
        questionnaire=actuel, organisation=organisation
    )
    _refuse_if_sent(reponse)
    definition = actuel.read_definition()
    proposees = propose(actuel, organisation, definition)
    fusion = merge(questions, envois, reponse.read_saisies(), proposees)
    posees = list_posees(definition, fusion.saisies)
    avancement = measure(posees, fusion.saisies)
    reponse.repondues, reponse.posees = avancement.repondues, avancement.posees
    if fusion.changees:
        reponse.valeurs = {code: saisie.to_json() for code, saisie in fusion.saisies.items()}
        reponse.version += 1
        reponse.updated_by_id = by
    reponse.save()
    return fusion


@transaction.atomic
def send(
    questionnaire: Questionnaire,
    organisation: Organisation,
    consentements: Mapping[str, bool],
    *,
    acteur: Acteur,
) -> Reponse:
    """Send the answer, and note what the structure allows.

    Args:
        questionnaire: Open.
        organisation: The structure.
        consentements: Decision per use; those that are absent are left as they are.
        acteur: Who sends; only the direction of a structure decides on a use.

    Raises:
        SaisieInvalide: MLG-QST-020, not open or already sent; 021, something is missing or
            disagrees; MLG-ORG-003, a decision that is not the person's to take.
    """
    actuel: Questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    _refuse_unless_open(actuel)
    reponse: Reponse | None = (
        Reponse.objects.select_for_update()
        .filter(questionnaire=actuel, organisation=organisation)
        .first()
    )
    if reponse is None:
        refuse(
            "MLG-QST-021", "Aucune réponse n’est enregistrée.", "Répondez d’abord à une section."
        )
    _refuse_if_sent(reponse)
    bilan = examine(actuel.read_definition(), reponse.read_saisies())
    if not bilan.is_envoyable:
        refuse(
            "MLG-QST-021",
            f"Il reste {len(bilan.manquantes)} question(s) obligatoire(s) et "
            f"{len(bilan.bloquantes)} incohérence(s).",
            "La page de récapitulatif les énumère, chacune avec son lien.",
        )
    for usage, accorde in consentements.items():
        decide_consent(organisation, usage, accorde=accorde, acteur=acteur)
    reponse.sent_at = timezone.now()
    reponse.sent_by_id = acteur.utilisateur_id
    reponse.save(update_fields=["sent_at", "sent_by_id", "updated_at"])
    record("questionnaire.envoyer", by=acteur.utilisateur_id, objet=reponse, nom=str(organisation))
    return reponse


@transaction.atomic
def reopen(reponse: Reponse, motif: str, *, by: int | None) -> None:
    """Let a structure change an answer that it sent; the questionnaire must still be open.

    Raises:
        SaisieInvalide: MLG-QST-020, the questionnaire is not open; 022, no reason, or not sent.
    """
    _refuse_unless_open(Questionnaire.objects.select_for_update().get(pk=reponse.questionnaire_id))
    if not motif or not reponse.is_envoyee:
        refuse(
            "MLG-QST-022",
            "Il manque le motif, ou la réponse n’est pas envoyée.",
            "Dites en une phrase pourquoi la structure doit reprendre sa réponse.",
        )
    reponse.sent_at = reponse.sent_by_id = None
    reponse.reopened_at = timezone.now()
    reponse.motif_reouverture = motif
    reponse.save(update_fields=["sent_at", "sent_by_id", "reopened_at", "motif_reouverture"])
    record("questionnaire.rouvrir", by=by, objet=reponse, nom=str(reponse.organisation))


def _refuse_unless_open(questionnaire: Questionnaire) -> None:
    if not questionnaire.is_ouvert:
        refuse(
            "MLG-QST-020",
            f"Le questionnaire {questionnaire.annee} n’est pas ouvert.",
            "Ce que vous aviez enregistré est gardé. Écrivez au réseau si vous devez répondre encore.",
        )


def _refuse_if_sent(reponse: Reponse) -> None:
    if reponse.is_envoyee:
        refuse(
            "MLG-QST-020",
            "La réponse de la structure est déjà envoyée.",
            "Relisez-la\u00a0; pour la corriger, demandez au réseau de la rouvrir.",
        )
