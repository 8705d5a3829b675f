"""The definition card of an indicator: no figure is shown without one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.kernel.niveau import Niveau


class Famille(Enum):
    """What an indicator speaks of; the value is the heading on screen."""

    BESOIN = "Besoin"
    OFFRE = "Offre"
    ACCES = "Accès"
    ECART = "Écart"


class Unite(Enum):
    """Unit of an indicator; the value follows the number on screen, after a no-break space."""

    NOMBRE = ""
    PERSONNES = "personnes"
    STRUCTURES = "structures"
    POURCENT = "%"
    POUR_1000 = "‰"
    POUR_100_HABITANTS = "pour 100\u00a0habitants"
    POUR_1000_DEMANDEURS = "pour 1\u202f000\u00a0demandeurs d’emploi"
    POUR_10000_DEMANDEURS = "pour 10\u202f000\u00a0demandeurs d’emploi"
    EUROS = "€"
    EUROS_PAR_AN = "€ par an"
    MILLIERS_EUROS = "k€"
    JOURS = "jours"
    RANG = "rang"
    POINTS = "points"
    RAPPORT = "rapport"


class Sens(Enum):
    """What a higher figure means, for colours and sentences."""

    PLUS_DE_BESOIN = "plus le chiffre est élevé, plus le besoin est grand"
    PLUS_DE_REPONSE = "plus le chiffre est élevé, plus la réponse est présente"
    NEUTRE = "le chiffre ne se lit pas en mieux ou en moins bien"


class Cumul(Enum):
    """Whether adding territories (never periods) is legitimate."""

    SOMME = "s’additionne entre territoires"
    AUCUN = "ne s’additionne pas entre territoires"


@dataclass(frozen=True, slots=True)
class Carte:
    """Everything that a reader needs to know before quoting a figure.

    Attributes:
        code: Stable ASCII name, used in addresses, files and the API.
        nom: Short name on screen.
        famille: Heading it stands under.
        unite: Unit of the figure. Percentages are stored 0–100.
        decimales: Digits shown after the comma.
        sens: What a higher figure means.
        cumul: Whether territories may be added.
        definition: What it is.
        numerateur: What is counted.
        denominateur: What it is related to, empty for a count.
        champ: Who and where is covered, and who is not.
        sources: Codes of the published files in the reference pack.
        niveaux: Levels at which it exists.
        methode: How it is computed from the sources.
        limites: What it does not say, one sentence each.
        parametres: Assumptions, name to value as shown.
    """

    code: str
    nom: str
    famille: Famille
    unite: Unite
    decimales: int
    sens: Sens
    cumul: Cumul
    definition: str
    numerateur: str
    denominateur: str
    champ: str
    sources: tuple[str, ...]
    niveaux: tuple[Niveau, ...]
    methode: str
    limites: tuple[str, ...]
    parametres: tuple[tuple[str, str], ...] = ()
