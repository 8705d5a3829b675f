"""The one written table of who may do what: permission × role → scope.

Everything else derives from it: what a view lets through, what a list shows, the page of the
administration, the documentation, and the test that walks every address.
"""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(StrEnum):
    """What a person is in an organisation."""

    ADMINISTRATION = "administration"
    DELEGATION = "delegation"
    DELEGATION_REGIONALE = "delegation_regionale"
    CONSEIL = "conseil"
    DIRECTION = "direction"
    EQUIPE = "equipe"
    PARTENAIRE = "partenaire"

    @property
    def libelle(self) -> str:
        """French name on screen."""
        return LIBELLES_ROLES[self]

    @property
    def is_staff(self) -> bool:
        """Whether the role works for the network: a second factor is then compulsory."""
        return self in {Role.ADMINISTRATION, Role.DELEGATION, Role.DELEGATION_REGIONALE}


LIBELLES_ROLES: Final[Mapping[Role, str]] = {
    Role.ADMINISTRATION: "administration du site",
    Role.DELEGATION: "délégation nationale",
    Role.DELEGATION_REGIONALE: "délégation régionale",
    Role.CONSEIL: "conseil d’administration du réseau",
    Role.DIRECTION: "direction d’une structure",
    Role.EQUIPE: "équipe d’une structure",
    Role.PARTENAIRE: "partenaire",
}


class Portee(Enum):
    """How far a permission reaches. The value is shown."""

    TOUT = "tout le réseau"
    REGION = "sa région"
    SIEN = "son organisation"
    AUCUN = "non"


class Permission(StrEnum):
    """Something that can be done or read. Its name on screen is in `LIBELLES`."""

    ORGANISATIONS_LISTER = "organisations.lister"
    ORGANISATION_LIRE = "organisation.lire"
    ORGANISATION_MODIFIER = "organisation.modifier"
    ORGANISATIONS_CREER = "organisations.creer"
    ORGANISATIONS_ECHANGER = "organisations.echanger"
    COTISATIONS_GERER = "cotisations.gerer"
    CONSENTEMENTS_DONNER = "consentements.donner"
    DOUBLONS_REUNIR = "doublons.reunir"
    PERSONNES_LIRE = "personnes.lire"
    PERSONNES_GERER = "personnes.gerer"
    STRUCTURE_SUIVRE = "structure.suivre"
    PUBLICATIONS_REDIGER = "publications.rediger"
    PUBLICATIONS_PUBLIER = "publications.publier"
    QUESTIONNAIRE_REPONDRE = "questionnaire.repondre"
    QUESTIONNAIRE_DEFINIR = "questionnaire.definir"
    QUESTIONNAIRE_SUIVRE = "questionnaire.suivre"
    QUESTIONNAIRE_RESULTATS = "questionnaire.resultats"
    DIALOGUE_INTERNE = "dialogue.interne"
    DIALOGUE_TENIR = "dialogue.tenir"
    DIALOGUE_ECHANGER = "dialogue.echanger"
    ESPACE_SUIVRE = "espace.suivre"
    REPERTOIRE_TENIR = "repertoire.tenir"
    PILOTAGE_RESEAU = "pilotage.reseau"
    PILOTAGE_STRUCTURE = "pilotage.structure"
    PILOTAGE_IMPORTER = "pilotage.importer"
    COMPTES_TENIR = "comptes.tenir"
    PANEL_ARRETER = "panel.arreter"
    ACCOMPAGNER = "structures.accompagner"
    ADMINISTRER = "administrer"

    @property
    def libelle(self) -> str:
        """French name on screen."""
        return LIBELLES[self]


LIBELLES: Final[Mapping[Permission, str]] = {
    Permission.ORGANISATIONS_LISTER: "voir la liste des organisations",
    Permission.ORGANISATION_LIRE: "ouvrir la fiche d’une organisation",
    Permission.ORGANISATION_MODIFIER: "modifier la fiche d’une organisation",
    Permission.ORGANISATIONS_CREER: "créer une organisation",
    Permission.ORGANISATIONS_ECHANGER: "importer et exporter les organisations",
    Permission.COTISATIONS_GERER: "tenir les adhésions et les cotisations",
    Permission.CONSENTEMENTS_DONNER: "donner ou retirer un consentement",
    Permission.DOUBLONS_REUNIR: "réunir deux fiches d’une même organisation ou d’une même personne",
    Permission.PERSONNES_LIRE: "voir les personnes d’une organisation",
    Permission.PERSONNES_GERER: "inviter des personnes et donner des rôles",
    Permission.STRUCTURE_SUIVRE: "ouvrir la page « Ma structure »",
    Permission.PUBLICATIONS_REDIGER: "rédiger une publication",
    Permission.PUBLICATIONS_PUBLIER: "relire et publier",
    Permission.QUESTIONNAIRE_REPONDRE: "répondre au questionnaire de sa structure",
    Permission.QUESTIONNAIRE_DEFINIR: "définir le questionnaire",
    Permission.QUESTIONNAIRE_SUIVRE: "suivre les réponses au questionnaire",
    Permission.QUESTIONNAIRE_RESULTATS: "lire les résultats du questionnaire",
    Permission.DIALOGUE_INTERNE: "lire ce qui est interne dans le dialogue",
    Permission.DIALOGUE_TENIR: "tenir espaces, rencontres, propositions et engagements",
    Permission.DIALOGUE_ECHANGER: "importer et exporter tout le dialogue",
    Permission.ESPACE_SUIVRE: "lire ce que partage un espace où siège son organisation, "
    "et donner son accord sur un compte rendu",
    Permission.REPERTOIRE_TENIR: "préparer la déclaration au répertoire des représentants d’intérêts",
    Permission.PILOTAGE_RESEAU: "piloter : conventions, heures et retards de toutes les structures",
    Permission.PILOTAGE_STRUCTURE: "lire les conventions, les heures et les euros d’une structure",
    Permission.PILOTAGE_IMPORTER: "importer et oublier des extraits, dire à qui est une structure",
    Permission.COMPTES_TENIR: "déposer et lire les comptes de sa structure, et eux seuls",
    Permission.PANEL_ARRETER: "arrêter les éditions du panel, sans lire le chiffre d’aucune structure",
    Permission.ACCOMPAGNER: "voir les alertes des structures qui en ont donné l’accord",
    Permission.ADMINISTRER: "administrer le site : comptes, journal, sauvegardes, réglages",
}

_T, _R, _S = Portee.TOUT, Portee.REGION, Portee.SIEN

# A role that a line does not name has nothing.
TABLE: Final[Mapping[Permission, Mapping[Role, Portee]]] = {
    Permission.ORGANISATIONS_LISTER: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
        Role.CONSEIL: _T,
    },
    Permission.ORGANISATION_LIRE: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
        Role.DIRECTION: _S,
        Role.EQUIPE: _S,
        Role.PARTENAIRE: _S,
    },
    Permission.ORGANISATION_MODIFIER: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
        Role.DIRECTION: _S,
    },
    Permission.ORGANISATIONS_CREER: {Role.ADMINISTRATION: _T, Role.DELEGATION: _T},
    Permission.ORGANISATIONS_ECHANGER: {Role.ADMINISTRATION: _T, Role.DELEGATION: _T},
    Permission.COTISATIONS_GERER: {Role.ADMINISTRATION: _T, Role.DELEGATION: _T},
    Permission.CONSENTEMENTS_DONNER: {Role.DIRECTION: _S},
    Permission.DOUBLONS_REUNIR: {Role.ADMINISTRATION: _T, Role.DELEGATION: _T},
    Permission.PERSONNES_LIRE: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
        Role.DIRECTION: _S,
        Role.EQUIPE: _S,
    },
    Permission.PERSONNES_GERER: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DIRECTION: _S,
    },
    Permission.STRUCTURE_SUIVRE: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
        Role.DIRECTION: _S,
        Role.EQUIPE: _S,
    },
    Permission.PUBLICATIONS_REDIGER: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
    },
    Permission.PUBLICATIONS_PUBLIER: {Role.ADMINISTRATION: _T, Role.DELEGATION: _T},
    Permission.QUESTIONNAIRE_REPONDRE: {Role.DIRECTION: _S, Role.EQUIPE: _S},
    Permission.QUESTIONNAIRE_DEFINIR: {Role.ADMINISTRATION: _T, Role.DELEGATION: _T},
    Permission.QUESTIONNAIRE_SUIVRE: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
    },
    Permission.QUESTIONNAIRE_RESULTATS: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
        Role.CONSEIL: _T,
        Role.DIRECTION: _S,
        Role.EQUIPE: _S,
    },
    Permission.DIALOGUE_INTERNE: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
        Role.CONSEIL: _T,
    },
    Permission.DIALOGUE_TENIR: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
    },
    Permission.DIALOGUE_ECHANGER: {Role.ADMINISTRATION: _T, Role.DELEGATION: _T},
    Permission.ESPACE_SUIVRE: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
        Role.CONSEIL: _T,
        Role.DIRECTION: _S,
        Role.EQUIPE: _S,
        Role.PARTENAIRE: _S,
    },
    Permission.REPERTOIRE_TENIR: {Role.ADMINISTRATION: _T, Role.DELEGATION: _T},
    Permission.PILOTAGE_RESEAU: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
    },
    Permission.PILOTAGE_STRUCTURE: {
        Role.ADMINISTRATION: _T,
        Role.DELEGATION: _T,
        Role.DELEGATION_REGIONALE: _R,
        Role.DIRECTION: _S,
        Role.EQUIPE: _S,
    },
    Permission.PILOTAGE_IMPORTER: {Role.ADMINISTRATION: _T, Role.DELEGATION: _T},
    Permission.COMPTES_TENIR: {Role.DIRECTION: _S},
    Permission.PANEL_ARRETER: {Role.ADMINISTRATION: _T, Role.DELEGATION: _T},
    Permission.ACCOMPAGNER: {Role.DELEGATION: _T, Role.DELEGATION_REGIONALE: _R},
    Permission.ADMINISTRER: {Role.ADMINISTRATION: _T},
}


def portee(permission: Permission, role: Role) -> Portee:
    """How far a role may do something."""
    return TABLE[permission].get(role, Portee.AUCUN)
