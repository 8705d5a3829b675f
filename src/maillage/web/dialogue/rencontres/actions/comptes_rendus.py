"""Minutes: proposed to those present, agreed on or not; nothing of it is ever changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.web.dialogue.models import Accord, CompteRendu
from maillage.web.dialogue.rencontres.accords import collect_points, hash_points
from maillage.web.dialogue.rencontres.actions.fiche import get_locked
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from maillage.web.dialogue.models import Participant, Rencontre


@transaction.atomic
def propose(rencontre: Rencontre, *, by: int | None) -> CompteRendu:
    """Freeze the items that are shared with the other side, for those present to agree on.

    Raises:
        SaisieInvalide: MLG-DIA-204 nothing is shared, MLG-DIA-205 nothing changed since the last one.
    """
    verrouillee = get_locked(rencontre)
    points = collect_points(verrouillee)
    if not points:
        raise SaisieInvalide(
            Anomalie(
                "MLG-DIA-204",
                "Aucun point n’est partagé avec les membres de l’espace\u00a0: il n’y a rien à proposer.",
                "Décidez d’abord qui lit quoi, puis proposez le compte rendu.",
                "compte rendu",
            )
        )
    empreinte = hash_points(points)
    dernier = verrouillee.comptes_rendus.order_by("-numero").first()
    if dernier is not None and dernier.empreinte == empreinte:
        raise SaisieInvalide(
            Anomalie(
                "MLG-DIA-205",
                f"Rien n’a changé depuis le compte rendu {dernier.numero}.",
                "Les avis déjà donnés valent\u00a0: il n’y a pas de nouvelle version à proposer.",
                "compte rendu",
            )
        )
    numero = dernier.numero + 1 if dernier else 1
    compte_rendu = CompteRendu.objects.create(
        rencontre=verrouillee,
        numero=numero,
        points=points,
        empreinte=empreinte,
        by_id=by,
        at=timezone.now(),
    )
    record(
        "rencontre.proposer_compte_rendu",
        by=by,
        objet=verrouillee,
        details={"numero": numero, "empreinte": empreinte, "points": len(points)},
    )
    return compte_rendu


@transaction.atomic
def give_opinion(
    compte_rendu: CompteRendu,
    participant: Participant,
    *,
    verdict: str,
    commentaire: str = "",
    by: int | None,
) -> Accord:
    """What one of those present says of the last minutes; a later word holds over an earlier one.

    Raises:
        SaisieInvalide: MLG-DIA-206 a later version was proposed, MLG-DIA-207 a reserve or a
            disagreement that says nothing.
    """
    rencontre = get_locked(compte_rendu.rencontre)
    if rencontre.comptes_rendus.filter(numero__gt=compte_rendu.numero).exists():
        raise SaisieInvalide(
            Anomalie(
                "MLG-DIA-206",
                f"Le compte rendu {compte_rendu.numero} a été remplacé par une version suivante.",
                "Lisez la dernière version, puis donnez votre avis.",
                "compte rendu",
            )
        )
    if verdict != Accord.Verdict.ACCORD and not commentaire.strip():
        raise SaisieInvalide(
            Anomalie(
                "MLG-DIA-207",
                "Une réserve ou un désaccord dit sur quoi il porte.",
                "Écrivez-le en quelques mots dans le commentaire.",
                "commentaire",
            )
        )
    accord = Accord.objects.create(
        compte_rendu=compte_rendu,
        participant=participant,
        verdict=verdict,
        commentaire=commentaire.strip(),
        by_id=by,
        at=timezone.now(),
    )
    record(
        "rencontre.accord",
        by=by,
        objet=rencontre,
        details={"compte_rendu": compte_rendu.numero, "verdict": verdict},
    )
    return accord
