"""What the year leaves to invest, repay or keep: capacité d'autofinancement, by both methods.

Source:
    PCG, art. 842-1 et suivants (système développé) : produits encaissables moins charges
    décaissables. Méthode depuis le résultat : associathèque, « Pourquoi faut-il avoir une capacité
    d'autofinancement positive ? ».
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.comptes.lignes import total
from maillage.indicators.comptes.postes import JUSQU_A_EBE, RESULTAT, Etape

if TYPE_CHECKING:
    from maillage.indicators.comptes.lignes import Ligne, Releve
    from maillage.indicators.comptes.sig import SoldeDeGestion


@dataclass(frozen=True, slots=True)
class Caf:
    """Self-financing capacity, opened by both methods.

    Attributes:
        ebe: Where the first method starts.
        depuis_ebe: Amount by the first method.
        lignes_depuis_ebe: What it adds: what is cashed or paid after the EBE.
        resultat: Where the second method starts.
        depuis_resultat: Amount by the second method; always that of the first.
        lignes_depuis_resultat: What it takes out of the result: what is neither cashed nor paid.
        apres_fonds_dedies: Second reading: reports and uses of dedicated funds counted as paid.
    """

    ebe: int
    depuis_ebe: int
    lignes_depuis_ebe: tuple[Ligne, ...]
    resultat: int
    depuis_resultat: int
    lignes_depuis_resultat: tuple[Ligne, ...]
    apres_fonds_dedies: int


def compute_caf(releve: Releve, sig: tuple[SoldeDeGestion, ...]) -> Caf:
    """Both methods, each from its own lines."""
    montants = {solde.etape: solde.centimes for solde in sig}
    lignes = releve.list_lignes(*RESULTAT)
    ajoutees = tuple(
        ligne
        for ligne in lignes
        if ligne.poste.etape not in JUSQU_A_EBE and ligne.poste.is_encaissable
    )
    retirees = tuple(ligne for ligne in lignes if not ligne.poste.is_encaissable)
    depuis_ebe = montants[Etape.EBE] + total(ajoutees)
    return Caf(
        ebe=montants[Etape.EBE],
        depuis_ebe=depuis_ebe,
        lignes_depuis_ebe=ajoutees,
        resultat=montants[Etape.NET],
        depuis_resultat=montants[Etape.NET] - total(retirees),
        lignes_depuis_resultat=retirees,
        apres_fonds_dedies=depuis_ebe + total(releve.list_lignes(Etape.EXPLOITATION)),
    )
