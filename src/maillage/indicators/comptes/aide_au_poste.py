"""The aide au poste in the accounts: practice is divided between 73 and 74, the structure says.

Source:
    Règlement ANC 2018-06, art. 142-9 (concours publics) ; CNCC, bulletin n° 173, 2014 (aides à
    l'emploi traitées en subventions).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.comptes.postes import AIDE_AU_POSTE, RESULTAT_EN_COURS
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.indicators.comptes.lignes import Montant, Releve, Solde

PREFIXES = ("73", "74")
"""Where it may be, whatever the structure's choice."""
_QUOTE_PART = "747"


@dataclass(frozen=True, slots=True)
class AideAuPoste:
    """What the accounts say of the aide au poste.

    Attributes:
        declares: Accounts that the structure says hold it.
        montant: In cents; unknown when nothing is declared.
        candidats: When nothing is declared: accounts 73 and 74 that were met, credit minus debit.
    """

    declares: tuple[str, ...]
    montant: Montant
    candidats: tuple[Solde, ...]


def read_aide_au_poste(releve: Releve, declares: tuple[str, ...]) -> AideAuPoste:
    """Amount of the declared accounts; else what was found, and nothing guessed."""
    if declares:
        trouvees = (ligne for ligne in releve.lignes if ligne.poste.code == AIDE_AU_POSTE)
        return AideAuPoste(declares, sum(ligne.centimes for ligne in trouvees), ())
    candidats = sorted(
        solde
        for ligne in releve.lignes
        for solde in ligne.soldes
        if ligne.poste.code != RESULTAT_EN_COURS
        and solde.compte.startswith(PREFIXES)
        and not solde.compte.startswith(_QUOTE_PART)
    )
    return AideAuPoste((), Absence.INCONNUE, tuple(candidats))
