"""One change of a comparison, as a line of a table, a file or a screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.indicators.pilotage.structures import Cle
    from maillage.kernel.valeur import Valeur


class Nature(Enum):
    """What kind of change it is: code, stable in files and addresses, and words shown."""

    NOUVELLE = ("nouvelle", "nouvelle annexe")
    DISPARUE = ("disparue", "annexe absente du nouvel extrait")
    SORTIE = ("sortie", "annexe d’une année qui sort de l’extrait")
    AVENANT = ("avenant", "avenant")
    ETAT = ("etat", "état")
    POSTES = ("postes", "postes conventionnés")
    MONTANT = ("montant", "montant")
    DATES = ("dates", "période")
    AUTRE = ("autre", "autre changement de l’annexe")
    STRUCTURE = ("structure", "changement de la structure")
    SUSPENDUE = ("suspendue", "suspension")
    REPRISE = ("reprise", "suspension levée")
    REJETEE = ("rejetee", "annexe rejetée")
    MOTIF = ("motif", "motif de rejet apparu")
    REJET_LEVE = ("rejet_leve", "rejet levé")
    RATTRAPES = ("rattrapes", "mois en retard saisi depuis")
    EN_RETARD = ("en_retard", "mois devenu en retard")
    HEURES = ("heures", "heures d’un mois déjà saisi")
    RETIREES = ("retirees", "saisie d’un mois retirée")
    SAISIS = ("saisis", "mois saisi à son heure")
    RESTENT = ("restent", "mois toujours en retard")

    def __init__(self, code: str, libelle: str) -> None:
        self.code = code
        self.libelle = libelle


URGENTES = (
    Nature.SUSPENDUE,
    Nature.REJETEE,
    Nature.MOTIF,
    Nature.DISPARUE,
    Nature.EN_RETARD,
    Nature.RETIREES,
)
"""What to look at first."""


@dataclass(frozen=True, slots=True)
class Changement:
    """One change: a field, a month, a state, a rejection, an annexe that came or went.

    Attributes:
        nature: Its kind.
        cle: (asp_id, type) of the structure.
        denomination: Of the structure.
        siret: Of the structure.
        departement_argent: Of the annexe's number; empty for a change of the structure itself.
        annexe_id: Of the ASP; 0 for a change of the structure itself.
        numero: Of the annexe, with its amendments; empty for a change of the structure itself.
        libelle: What changes, in words.
        periode: Month as AAAA-MM; empty otherwise.
        avant: Old value, in words.
        apres: New value, in words.
        etp_mois: What a month weighs.
        euros: What it is about: the amount of the annexe, its difference, or what the month weighs.
        rejet: Codes of rejection, separated by spaces.
        explication: Why an annexe is gone, or what a rejection means and asks; empty otherwise.
    """

    nature: Nature
    cle: Cle
    denomination: str
    siret: str
    departement_argent: str
    annexe_id: int
    numero: str
    libelle: str
    periode: str
    avant: str
    apres: str
    etp_mois: Valeur
    euros: Valeur
    rejet: str
    explication: str
