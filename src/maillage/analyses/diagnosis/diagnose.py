"""Diagnoses one territory: need, supply, access, gap, trend, comparables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.gaps import ecarts_of
from maillage.analyses.diagnosis.model import Comparable, Courbe, Diagnostic, Section, Territoire
from maillage.analyses.diagnosis.notices import notices_of, reserve_of
from maillage.analyses.diagnosis.places import points_of
from maillage.analyses.diagnosis.selection import (
    cles_of,
    comparaison_of,
    courbes_of,
    section_of,
)
from maillage.analyses.diagnosis.sentences import Redaction
from maillage.analyses.typography import typeset
from maillage.indicators.carte import Famille

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.analyses.diagnosis.model import Chiffre
    from maillage.kernel.niveau import Niveau

_FAMILLES = (Famille.BESOIN, Famille.OFFRE, Famille.ACCES)


def diagnostiquer(atlas: Atlas, niveau: Niveau, code: str) -> Diagnostic:
    """The whole diagnosis of one territory.

    The code of a merged commune gives the diagnosis of today's, and says so.

    Raises:
        Introuvable: no such territory (MLG-TER-001), or a commune of the past without a known
            successor (MLG-TER-003).
    """
    territoire, fusion = atlas.resolve_code(niveau, code)
    redaction = Redaction(atlas, territoire)
    comparables = _comparables(atlas, territoire)
    avertissements = notices_of(atlas, territoire, has_comparables=bool(comparables))
    return Diagnostic(
        territoire=territoire,
        phrases=redaction.phrases(),
        cles=_figures(atlas, territoire, cles_of(atlas, territoire.niveau)),
        sections=tuple(_section(atlas, territoire, redaction, f) for f in _FAMILLES),
        courbes=_curves(atlas, territoire),
        ecarts=ecarts_of(atlas, territoire),
        comparables=comparables,
        communes=points_of(atlas, territoire),
        structures=atlas.structures_de(territoire),
        avertissements=(typeset(fusion), *avertissements) if fusion else avertissements,
    )


def _figures(
    atlas: Atlas, territoire: Territoire, indicateurs: tuple[str, ...]
) -> tuple[Chiffre, ...]:
    return tuple(atlas.chiffre(i, territoire.niveau, territoire.code) for i in indicateurs)


def _section(
    atlas: Atlas, territoire: Territoire, redaction: Redaction, famille: Famille
) -> Section:
    indicateurs = section_of(atlas, famille, territoire.niveau)
    return Section(
        famille,
        redaction.section(famille),
        _figures(atlas, territoire, indicateurs),
        reserve_of(atlas, territoire, famille),
    )


def _curves(atlas: Atlas, territoire: Territoire) -> tuple[Courbe, ...]:
    found = (
        atlas.courbe(indicateur, territoire.niveau, territoire.code)
        for indicateur in courbes_of(atlas, territoire.niveau)
    )
    return tuple(courbe for courbe in found if courbe is not None)


def _comparables(atlas: Atlas, territoire: Territoire) -> tuple[Comparable, ...]:
    indicateurs = comparaison_of(atlas, territoire.niveau)
    return tuple(
        Comparable(other, distance, _figures(atlas, other, indicateurs))
        for code, distance in atlas.voisinages.find(territoire.niveau, territoire.code)
        for other in [atlas.territoire(territoire.niveau, code)]
    )
