"""What the addresses of this application ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEFINIR = Acces(Permission.QUESTIONNAIRE_DEFINIR)
_SUIVRE = Acces(Permission.QUESTIONNAIRE_SUIVRE)
_RESULTATS = Acces(Permission.QUESTIONNAIRE_RESULTATS)
_REPONDRE = Acces(Permission.QUESTIONNAIRE_REPONDRE, objet="organisation")

ROUTES: Mapping[str, Acces] = {
    "questionnaires": Acces(Permission.QUESTIONNAIRE_SUIVRE, Permission.QUESTIONNAIRE_DEFINIR),
    "questionnaire-definir": _DEFINIR,
    "questionnaire-presenter": _DEFINIR,
    "questionnaire-section": _DEFINIR,
    "questionnaire-question": _DEFINIR,
    "questionnaire-regle": _DEFINIR,
    "questionnaire-importer": _DEFINIR,
    "questionnaire-exporter": _DEFINIR,
    "questionnaire-etat": _DEFINIR,
    "questionnaire-apercu": _SUIVRE,
    "questionnaire-suivi": _SUIVRE,
    "questionnaire-suivi-csv": _SUIVRE,
    "questionnaire-relance": _SUIVRE,
    "questionnaire-lecture": Acces(Permission.QUESTIONNAIRE_SUIVRE, objet="organisation"),
    "questionnaire-resultats": _RESULTATS,
    "questionnaire-resultat": _RESULTATS,
    "questionnaire-resultat-csv": _RESULTATS,
    "questionnaire-repondre": _REPONDRE,
    "questionnaire-repondre-section": _REPONDRE,
    "questionnaire-repondre-champ": _REPONDRE,
    "questionnaire-envoyer": _REPONDRE,
    "questionnaire-copie": _REPONDRE,
}
"""Addresses of this application."""
