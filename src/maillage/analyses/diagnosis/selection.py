"""Which indicators a diagnosis shows, in which order, at which level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.carte import Famille

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.kernel.niveau import Niveau

KINDS = ("aci", "ai", "ei", "etti")
"""Kinds of the IAE in the register of December 2020, as indicator codes write them."""

_CLES: tuple[tuple[str, ...], ...] = (
    ("demandeurs_emploi",),
    ("taux_chomage_localise", "taux_chomage_rp"),
    ("personnes_iae_pour_1000_demandeurs", "structures_pour_10000_demandeurs"),
    ("personnes_iae", "structures_tous"),
    ("part_sans_ai_30min",),
)
"""Key figures; of each group, the first that the level has."""

_ACCES = (
    "part_sans_tous_30min",
    "part_sans_tous_30min_bas",
    "part_sans_tous_30min_haut",
    *(f"part_sans_{kind}_30min" for kind in KINDS),
    *(f"structures_{minutes}min_tous" for minutes in (15, 30, 45)),
    *(f"structures_30min_{kind}" for kind in KINDS),
    "acces_e2sfca_tous",
)
_COURBES = (
    "taux_chomage_localise",
    "personnes_iae",
    "rsa_allocataires",
    "demandeurs_emploi_abc",
    "population",
)
_COMPARAISON = (
    "population",
    "demandeurs_emploi_pour_100_15_64",
    "structures_pour_10000_demandeurs",
    "personnes_iae_pour_1000_demandeurs",
    "part_sans_ai_30min",
)


def cles_of(atlas: Atlas, niveau: Niveau) -> tuple[str, ...]:
    """Codes of the key figures of a level, three to five."""
    found = (
        next((code for code in group if _exists(atlas, code, niveau)), None) for group in _CLES
    )
    return tuple(code for code in found if code is not None)


def section_of(atlas: Atlas, famille: Famille, niveau: Niveau) -> tuple[str, ...]:
    """Codes of the figures of a section: all those that the level has, a choice for access."""
    if famille is Famille.ACCES:
        return tuple(code for code in _ACCES if _exists(atlas, code, niveau))
    return tuple(
        code
        for code, carte in atlas.cartes.items()
        if carte.famille is famille and _exists(atlas, code, niveau)
    )


def courbes_of(atlas: Atlas, niveau: Niveau) -> tuple[str, ...]:
    """Codes of the indicators followed over time at a level."""
    return tuple(code for code in _COURBES if _exists(atlas, code, niveau))


def comparaison_of(atlas: Atlas, niveau: Niveau) -> tuple[str, ...]:
    """Codes of the figures shown for comparable territories."""
    return tuple(code for code in _COMPARAISON if _exists(atlas, code, niveau))


def _exists(atlas: Atlas, code: str, niveau: Niveau) -> bool:
    return code in atlas.cartes and atlas.cube.find_releve(code, niveau) is not None
