"""The account as rows of a file: one per funder and column, the same for the command and the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.argent_public.totaux import SOURCES
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.analyses.argent_public.compte import Compte
    from maillage.analyses.exports import Rangee
    from maillage.kernel.valeur import Valeur

_DECIMALES = 4


def list_rows(compte: Compte) -> list[Rangee]:
    """One row per funder and column."""
    return [
        {
            "colonne": ligne.colonne,
            "financeur": ligne.financeur,
            "nom": ligne.nom,
            **{f"{source}_euros": write_valeur(ligne.montants[source]) for source in SOURCES},
            "cout_etp_annuel_euros": write_valeur(ligne.cout_etp),
            "cout_horaire_euros": write_valeur(ligne.cout_heure),
            "raison": ligne.raison,
        }
        for ligne in compte.lignes
    ]


def write_valeur(valeur: Valeur) -> float | str:
    """Euros to the cent, costs as they are divided; an absent figure in words."""
    return valeur.value if isinstance(valeur, Absence) else round(valeur, _DECIMALES)
