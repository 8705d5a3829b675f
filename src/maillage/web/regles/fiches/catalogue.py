"""Every page of a mechanism, by its word in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.regles.fiches import (
    cofinancement,
    cotisations,
    mise_a_disposition,
    smic,
    taxe_salaires,
    versement,
)

if TYPE_CHECKING:
    from maillage.web.regles.fiches.modele import Fiche

FICHES: dict[str, Fiche] = {
    fiche.slug: fiche
    for fiche in (
        versement.FICHE,
        cofinancement.FICHE,
        cotisations.FICHE,
        taxe_salaires.FICHE,
        mise_a_disposition.FICHE,
        smic.FICHE,
    )
}
"""The aide au poste has a page of its own kind."""
