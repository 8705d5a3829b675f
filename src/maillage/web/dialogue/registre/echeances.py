"""Days by which declarations to the register are due, for a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.web.dialogue.models import Exercice
from maillage.web.dialogue.registre.comptage import due_date
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from datetime import date

    from maillage.web.droits.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration that is still to be handed in.

    Attributes:
        exercice: The accounting year.
        jour: Last day.
    """

    exercice: Exercice
    jour: date


def list_declarations(acteur: Acteur, depuis: date) -> list[Declaration]:
    """Declarations that a person prepares, not handed in, due on a day or later; one query at most."""
    if not acteur.may(Permission.REPERTOIRE_TENIR):
        return []
    attendues = Exercice.objects.filter(declare_le__isnull=True).order_by("fin")
    toutes = [Declaration(exercice, due_date(exercice.fin)) for exercice in attendues]
    return [declaration for declaration in toutes if declaration.jour >= depuis]
