"""Reading questionnaires, answers, and where each structure stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from maillage.web.droits.acteur import Acteur
    from maillage.web.droits.permissions import Permission


class QuestionnaireQuerySet(models.QuerySet[Any]):
    """Questionnaires."""

    def opened(self) -> QuestionnaireQuerySet:
        """Those that structures can answer."""
        return self.filter(etat="ouvert")

    def light(self) -> QuestionnaireQuerySet:
        """Without what is long: definitions and frozen answers."""
        return self.defer("projet", "definition", "arrete")


class ReponseQuerySet(models.QuerySet[Any]):
    """Answers of structures."""

    def reachable(self, acteur: Acteur, permission: Permission) -> ReponseQuerySet:
        """Those of the structures to which the person may do something."""
        jusqu_ou = acteur.perimetre(permission)
        if jusqu_ou.tout:
            return self
        return self.filter(
            models.Q(organisation__in=jusqu_ou.organisations)
            | models.Q(organisation__region__in=jusqu_ou.regions)
        )
