"""Tables of dialogue."""

from __future__ import annotations

from maillage.web.dialogue.models.charges import Charge, Titulaire
from maillage.web.dialogue.models.commun import Precision, Visibilite
from maillage.web.dialogue.models.engagements import (
    Abonnement,
    Agenda,
    Contradiction,
    Engagement,
    EtatEngagement,
    Rappel,
    Reprise,
)
from maillage.web.dialogue.models.espaces import Espace, Filiation, Siege
from maillage.web.dialogue.models.propositions import (
    Chiffrage,
    Debouche,
    Portage,
    Proposition,
    VersionProposition,
)
from maillage.web.dialogue.models.registre import DeclarationPublique, Exercice, TempsPasse
from maillage.web.dialogue.models.rencontres import (
    Accord,
    CompteRendu,
    Document,
    MentionRegistre,
    Participant,
    Point,
    Rencontre,
    VersionPoint,
)
from maillage.web.dialogue.models.sujets import Fait, Sujet

__all__ = [
    "Abonnement",
    "Accord",
    "Agenda",
    "Charge",
    "Chiffrage",
    "CompteRendu",
    "Contradiction",
    "Debouche",
    "DeclarationPublique",
    "Document",
    "Engagement",
    "Espace",
    "EtatEngagement",
    "Exercice",
    "Fait",
    "Filiation",
    "MentionRegistre",
    "Participant",
    "Point",
    "Portage",
    "Precision",
    "Proposition",
    "Rappel",
    "Rencontre",
    "Reprise",
    "Siege",
    "Sujet",
    "TempsPasse",
    "Titulaire",
    "VersionPoint",
    "VersionProposition",
    "Visibilite",
]
