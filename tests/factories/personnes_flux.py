"""Contracts, people and motives of exits, row by row, for the extracts of `flux_iae`."""

from __future__ import annotations

from factories.flux_iae import rangee

CATEGORIES = (
    "Emploi durable",
    "Emploi de transition",
    "Sorties positives",
    "Autres sorties",
    "Retrait des sorties constatées",
)
DURABLE, TRANSITION, POSITIVE, AUTRE, RETRAIT = range(1, 6)
"""Motives of the referentials, one per category."""
SANS_CATEGORIE = 99
"""A motive that no referential knows."""
REFERENTIELS = {
    "RefMotifSort": [
        rangee("RefMotifSort", rms_id=rang, rms_libelle=f"Motif {rang}", rcs_id=rang)
        for rang in range(1, 6)
    ],
    "RefCategorieSort": [
        rangee("RefCategorieSort", rcs_id=rang, rcs_libelle=libelle)
        for rang, libelle in enumerate(CATEGORIES, 1)
    ],
}


def contrat(
    identifiant: str = "C1", embauche: str = "01/01/2025", fin: str = "", **cellules: object
) -> list[str]:
    """A first contract of P1 in structure 1."""
    return rangee(
        "ContratMission",
        **{
            "contrat_id_ctr": identifiant,
            "contrat_id_pph": "P1",
            "contrat_id_structure": 1,
            "contrat_date_embauche": embauche,
            "contrat_date_sortie_definitive": fin,
            "contrat_type_contrat": 0,
        }
        | cellules,
    )


def salarie(identifiant: str = "P1", **cellules: object) -> list[str]:
    """A person."""
    return rangee("Salarie", **{"salarie_id": identifiant} | cellules)
