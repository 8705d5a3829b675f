"""Movements of an accounting file as the base keeps them, and back; exact."""

from __future__ import annotations

from datetime import date
from typing import Any

from maillage.analyses.comptes.mouvements import Mouvements

VERSION = 1


def to_json(mouvements: Mouvements) -> dict[str, Any]:
    """Plain form, that `from_json` reads."""
    return {
        "version": VERSION,
        "fichier": mouvements.fichier,
        "sha256": mouvements.sha256,
        "siren": mouvements.siren,
        "premier_jour": mouvements.premier_jour.isoformat(),
        "dernier_jour": mouvements.dernier_jour.isoformat(),
        "mois": [jour.isoformat() for jour in mouvements.mois],
        "ouverture": mouvements.ouverture,
        "par_mois": list(mouvements.par_mois),
        "journaux_ouverture": list(mouvements.journaux_ouverture),
        "is_detaillee": mouvements.is_detaillee,
        "lignes_cloture": mouvements.lignes_cloture,
        "lignes_avant": mouvements.lignes_avant,
    }


def from_json(plain: dict[str, Any]) -> Mouvements:
    """Movements that `to_json` wrote.

    Raises:
        ValueError: another version wrote them.
    """
    if plain["version"] != VERSION:
        msg = f"movements of version {plain['version']}, not {VERSION}"
        raise ValueError(msg)
    return Mouvements(
        fichier=plain["fichier"],
        sha256=plain["sha256"],
        siren=plain["siren"],
        premier_jour=date.fromisoformat(plain["premier_jour"]),
        dernier_jour=date.fromisoformat(plain["dernier_jour"]),
        mois=tuple(map(date.fromisoformat, plain["mois"])),
        ouverture=plain["ouverture"],
        par_mois=tuple(plain["par_mois"]),
        journaux_ouverture=tuple(plain["journaux_ouverture"]),
        is_detaillee=plain["is_detaillee"],
        lignes_cloture=plain["lignes_cloture"],
        lignes_avant=plain["lignes_avant"],
    )
