"""What a person can go and do next, by right: each line of the home leads to a page they may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from maillage.web.droits.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Geste:
    """One thing to do.

    Attributes:
        route: Name of the address.
        nom: Words of the link.
        suite: What one finds there.
        permission: What it asks for; None for any person signed in.
        requete: What follows the address.
    """

    route: str
    nom: str
    suite: str
    permission: Permission | None = None
    requete: str = ""


_GESTES: Final = (
    Geste(
        "pilotage",
        "Piloter les conventions",
        "postes, heures, retards de saisie, écarts, dialogue de gestion",
        Permission.PILOTAGE_STRUCTURE,
    ),
    Geste(
        "economie-alertes",
        "Voir qui appeler",
        "trésorerie, déficits, retards des structures qui en ont donné l’accord",
        Permission.ACCOMPAGNER,
    ),
    Geste(
        "panel",
        "Arrêter le panel",
        "structures qui en ont donné l’accord, ce qui manque, éditions",
        Permission.PANEL_ARRETER,
    ),
    Geste(
        "organisations",
        "Suivre les organisations",
        "adhérentes, cotisations, consentements, échange de fichiers",
        Permission.ORGANISATIONS_LISTER,
    ),
    Geste(
        "redaction",
        "Rédiger et publier",
        "une nouvelle, un document, une position, en deux versions",
        Permission.PUBLICATIONS_REDIGER,
    ),
    Geste(
        "questionnaires",
        "Tenir le questionnaire annuel",
        "le définir, suivre les réponses, lire les résultats",
        Permission.QUESTIONNAIRE_SUIVRE,
    ),
    Geste(
        "rencontre-creer",
        "Préparer une rencontre",
        "délégation, ordre du jour, positions, prise de notes",
        Permission.DIALOGUE_TENIR,
    ),
    Geste("engagements", "Suivre les engagements", "ce qui nous a été promis, ce que nous devons"),
    Geste("dialogue", "Voir où se discute l’insertion", "espaces, sièges, prochaines dates"),
    Geste("publications", "Lire les publications", "celles du réseau, les plus récentes d’abord"),
    Geste(
        "publications",
        "Relire les positions du réseau",
        "ce qui est dit au nom de ses membres",
        requete="?nature=position",
    ),
    Geste(
        "publications-abonnements",
        "Choisir ce que je reçois par e-mail",
        "et mon flux personnel",
    ),
    Geste("niveaux", "Diagnostiquer un territoire", "besoin, offre, accès, écart"),
    Geste("regles", "Comprendre un montant", "ou simuler une réforme"),
    Geste("personnes", "Voir les personnes", "rôles, invitations", Permission.PERSONNES_LIRE),
    Geste(
        "administration",
        "Administrer le site",
        "comptes, journal, sauvegardes, réglages",
        Permission.ADMINISTRER,
    ),
    Geste("mfa_index", "Régler ma connexion", "second facteur, clés d’accès, codes de secours"),
    Geste("usersessions_list", "Voir mes sessions", "et fermer celles que je ne reconnais pas"),
)


def list_gestes(acteur: Acteur) -> list[Geste]:
    """What that person can do, in the order of use."""
    return [g for g in _GESTES if g.permission is None or acteur.may(g.permission)]
