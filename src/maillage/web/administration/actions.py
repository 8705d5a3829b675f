"""What the administration does to accounts: close, open again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.web.accounts.actions import close
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from maillage.web.accounts.models import Utilisateur


@transaction.atomic
def close_compte(utilisateur: Utilisateur, *, by: int) -> None:
    """Close somebody's account.

    Raises:
        SaisieInvalide: MLG-ADM-002, it is one's own: nobody might be left to open it again.
    """
    if utilisateur.pk == by:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ADM-002",
                "Vous ne pouvez pas fermer votre propre compte.",
                "Demandez-le à une autre personne qui administre le site.",
            )
        )
    close(utilisateur, by=by)


@transaction.atomic
def reopen_compte(utilisateur: Utilisateur, *, by: int) -> None:
    """Open a closed account again; the person still has to choose a new password.

    Raises:
        SaisieInvalide: MLG-ADM-040, it was closed because it is somebody's second one.
    """
    if utilisateur.reuni_a_id is not None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ADM-040",
                "Ce compte est réuni à un autre\u00a0: c’est la même personne.",
                "Qu’elle se connecte par l’autre adresse.",
            )
        )
    utilisateur.is_active = True
    utilisateur.save(update_fields=["is_active"])
    record("compte.rouvrir", by=by, objet=utilisateur)
