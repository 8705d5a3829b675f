"""The cascade of balances (soldes intermédiaires de gestion), read for an association.

Source:
    PCG, art. 842-1 (tableau des SIG du système développé, que le règlement ANC 2022-06 supprime) pour
    l'ordre ; règlement ANC 2018-06 pour les produits et les fonds dédiés des associations, qui y sont
    dans le résultat d'exploitation. Aucun texte ne fixe les SIG d'une association : voir
    docs/explications/comptes.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.comptes.lignes import total
from maillage.indicators.comptes.postes import RESULTAT, Etape

if TYPE_CHECKING:
    from maillage.indicators.comptes.lignes import Ligne, Releve

LIBELLES = {
    Etape.MARGE_COMMERCIALE: "Marge commerciale",
    Etape.PRODUCTION: "Production de l’exercice",
    Etape.VALEUR_AJOUTEE: "Valeur ajoutée",
    Etape.EBE: "Excédent brut d’exploitation",
    Etape.AVANT_FONDS_DEDIES: "Résultat d’exploitation avant fonds dédiés",
    Etape.EXPLOITATION: "Résultat d’exploitation",
    Etape.FINANCIER: "Résultat financier",
    Etape.COURANT: "Résultat courant avant impôts",
    Etape.EXCEPTIONNEL: "Résultat exceptionnel",
    Etape.NET: "Résultat net",
}
REPORTES: dict[Etape, tuple[Etape, ...]] = {
    Etape.MARGE_COMMERCIALE: (),
    Etape.PRODUCTION: (),
    Etape.VALEUR_AJOUTEE: (Etape.MARGE_COMMERCIALE, Etape.PRODUCTION),
    Etape.EBE: (Etape.VALEUR_AJOUTEE,),
    Etape.AVANT_FONDS_DEDIES: (Etape.EBE,),
    Etape.EXPLOITATION: (Etape.AVANT_FONDS_DEDIES,),
    Etape.FINANCIER: (),
    Etape.COURANT: (Etape.EXPLOITATION, Etape.FINANCIER),
    Etape.EXCEPTIONNEL: (),
    Etape.NET: (Etape.COURANT, Etape.EXCEPTIONNEL),
}
"""Balances that each balance starts from."""


@dataclass(frozen=True, slots=True)
class SoldeDeGestion:
    """One balance of the cascade.

    Attributes:
        etape: Which one.
        centimes: Its amount; a surplus is positive.
        reportes: Balances that it starts from.
        lignes: Lines that it adds to them, in order.
    """

    etape: Etape
    centimes: int
    reportes: tuple[Etape, ...]
    lignes: tuple[Ligne, ...]

    @property
    def libelle(self) -> str:
        """Its name."""
        return LIBELLES[self.etape]


def compute_sig(releve: Releve) -> tuple[SoldeDeGestion, ...]:
    """The ten balances, in order; the last one is class 7 minus class 6."""
    montants: dict[Etape, int] = {}
    cascade = []
    for etape in RESULTAT:
        lignes = releve.list_lignes(etape)
        montants[etape] = sum(montants[r] for r in REPORTES[etape]) + total(lignes)
        cascade.append(SoldeDeGestion(etape, montants[etape], REPORTES[etape], lignes))
    return tuple(cascade)
