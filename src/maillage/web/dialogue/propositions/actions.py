"""What is done to proposals and to subjects: each in one transaction, with its line in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.web.dialogue.models import (
    Chiffrage,
    Proposition,
    Sujet,
    VersionProposition,
)
from maillage.web.dialogue.propositions.chiffrage import compute, hash_run, version_regles
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.web.dialogue.models import Debouche, Document, Fait, Portage
    from maillage.web.dialogue.propositions.chiffrage import Question


@transaction.atomic
def create_proposition(
    champs: Mapping[str, Any], *, texte: str, remplace: Iterable[Proposition] = (), by: int | None
) -> Proposition:
    """A new proposal with its first text.

    Args:
        champs: Fields of the model, already checked.
        texte: First version.
        remplace: Those that it takes the place of, which become « remplacée ».
        by: Number of the account that acts.
    """
    proposition = Proposition.objects.create(**champs)
    VersionProposition.objects.create(
        proposition=proposition, numero=1, texte=texte, by_id=by, at=timezone.now()
    )
    _replace(proposition, remplace)
    record("proposition.creer", by=by, objet=proposition)
    return proposition


@transaction.atomic
def modify_proposition(
    proposition: Proposition,
    champs: Mapping[str, Any],
    *,
    remplace: Iterable[Proposition] | None = None,
    by: int | None,
) -> tuple[str, ...]:
    """Change what surrounds the text; answers the names of the fields that were different."""
    changes = tuple(nom for nom, v in champs.items() if getattr(proposition, nom) != v)
    for nom in changes:
        setattr(proposition, nom, champs[nom])
    if changes:
        proposition.save()
    if remplace is not None:
        _replace(proposition, remplace)
    record("proposition.modifier", by=by, objet=proposition, details={"champs": list(changes)})
    return changes


def _replace(proposition: Proposition, anciennes: Iterable[Proposition]) -> None:
    """Note which proposals it takes the place of.

    Raises:
        SaisieInvalide: MLG-PRP-004, a proposal would replace itself.
    """
    remplacees = list(anciennes)
    vues, reste = {proposition.pk}, remplacees
    while reste:
        if any(p.pk == proposition.pk for p in reste):
            raise SaisieInvalide(
                Anomalie(
                    "MLG-PRP-004",
                    "Une proposition ne peut pas se remplacer elle-même, même par détour.",
                    "Enlevez de la liste celles qui l’ont remplacée.",
                    "remplace",
                )
            )
        reste = list(
            Proposition.objects.filter(remplacee_par__in=[p.pk for p in reste]).exclude(pk__in=vues)
        )
        vues |= {p.pk for p in reste} - {proposition.pk}
    proposition.remplace.set(remplacees)
    for ancienne in remplacees:
        ancienne.statut = Proposition.Statut.REMPLACEE
        ancienne.save(update_fields=["statut", "updated_at"])


@transaction.atomic
def add_text(
    proposition: Proposition, *, texte: str, motif: str, base: int, by: int | None
) -> VersionProposition:
    """A new text; the former ones stay.

    Args:
        proposition: Which.
        texte: The whole text.
        motif: Why it changes.
        base: Number of the text that was read before writing.
        by: Number of the account that acts.

    Raises:
        SaisieInvalide: MLG-PRP-005, somebody else saved a text meanwhile.
    """
    Proposition.objects.select_for_update().get(pk=proposition.pk)
    dernier: int = proposition.versions.aggregate(n=Max("numero"))["n"] or 0
    if dernier != base:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PRP-005",
                f"Quelqu’un d’autre a enregistré le texte {dernier} pendant que vous écriviez.",
                "Votre texte est gardé ci-dessous\u00a0: lisez le sien, reprenez-le, puis enregistrez.",
                "texte",
            )
        )
    version = VersionProposition.objects.create(
        proposition=proposition,
        numero=dernier + 1,
        texte=texte,
        motif=motif,
        by_id=by,
        at=timezone.now(),
    )
    record("proposition.texte", by=by, objet=proposition, details={"numero": version.numero})
    return version


@transaction.atomic
def freeze_run(proposition: Proposition, question: Question, *, by: int | None) -> Chiffrage:
    """Ask the rules what a proposal costs, and keep the answer for good.

    Raises:
        SaisieInvalide: the question names what the rules do not know, or counts another kind.
        PeriodeNonModelisee: the law gives no amount on that day.
    """
    resultat = compute(question)
    chiffrage = Chiffrage.objects.create(
        proposition=proposition,
        calcul=question.calcul,
        parametres=question.parametres,
        resultat=resultat,
        version_regles=version_regles(),
        empreinte=hash_run(question, resultat),
        by_id=by,
        at=timezone.now(),
    )
    record(
        "proposition.chiffrer",
        by=by,
        objet=proposition,
        details={"chiffrage": chiffrage.pk, "empreinte": chiffrage.empreinte},
    )
    return chiffrage


@transaction.atomic
def carry(proposition: Proposition, portage: Portage, *, by: int | None) -> Portage:
    """Note that a proposal was carried; one that was only adopted is then « portée »."""
    portage.proposition = proposition
    portage.save()
    if proposition.statut in {Proposition.Statut.EN_PREPARATION, Proposition.Statut.ADOPTEE}:
        proposition.statut = Proposition.Statut.PORTEE
        proposition.save(update_fields=["statut", "updated_at"])
    record("proposition.porter", by=by, objet=proposition, details={"portage": portage.pk})
    return portage


@transaction.atomic
def answer(portage: Portage, champs: Mapping[str, Any], *, by: int | None) -> Portage:
    """Note what was answered to a proposal that was carried."""
    for nom, valeur in champs.items():
        setattr(portage, nom, valeur)
    portage.save()
    record(
        "proposition.reponse",
        by=by,
        objet=portage.proposition,
        details={"portage": portage.pk, "issue": portage.issue},
    )
    return portage


@transaction.atomic
def add_outcome(proposition: Proposition, debouche: Debouche, *, by: int | None) -> Debouche:
    """Note a text that a proposal led to."""
    debouche.proposition = proposition
    debouche.save()
    record("proposition.debouche", by=by, objet=proposition, details={"debouche": debouche.pk})
    return debouche


@transaction.atomic
def add_document(proposition: Proposition, document: Document, *, by: int | None) -> Document:
    """Tie the address of a document to a proposal."""
    document.proposition, document.by_id, document.at = proposition, by, timezone.now()
    document.save()
    record("proposition.document", by=by, objet=proposition, details={"document": document.pk})
    return document


@transaction.atomic
def save_sujet(sujet: Sujet, champs: Mapping[str, Any], *, by: int | None) -> Sujet:
    """Create or change a subject."""
    is_new = sujet.pk is None
    for nom, valeur in champs.items():
        setattr(sujet, nom, valeur)
    sujet.save()
    record("sujet.creer" if is_new else "sujet.modifier", by=by, objet=sujet)
    return sujet


@transaction.atomic
def add_fact(sujet: Sujet, fait: Fait, *, by: int | None) -> Fait:
    """Tie a dated fact, new or known, to a subject."""
    fait.sujet = sujet
    fait.save()
    record("sujet.fait", by=by, objet=sujet, details={"fait": fait.pk})
    return fait
