"""Where a figure comes from: published sources, period, computation, version.

A pedigree travels with the figure from the reader to the screen; it is never re-attached.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Source:
    """One published file, as it was when its figures were taken.

    Attributes:
        code: Short stable name, the resource's name in the reference pack or of the update.
        titre: What it is, in French.
        producteur: Who establishes the figures (INSEE, DARES, ASP…).
        millesime: Year or years that the figures describe.
        licence: Under which they may be reused.
        fichier: Name of the published file or address of the endpoint.
        sha256: Hash of that file, 64 hexadecimal digits.
        lignes: Number of data rows in it.
        qualite: A, B, C or D, as defined in docs/reference/sources.md.
        defauts: Known defects, one French sentence each.
    """

    code: str
    titre: str
    producteur: str
    millesime: str
    licence: str
    fichier: str
    sha256: str
    lignes: int
    qualite: str
    defauts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pedigree:
    """All that is needed to recompute one figure.

    Attributes:
        indicateur: Code of the definition card.
        periode: Period of the figure, in the form of `kernel.period`.
        sources: Files that it was computed from.
        methode: How, in one French sentence.
        parametres: Assumptions used, name to value as shown.
        version: Version of the code and hash of the reference pack.
    """

    indicateur: str
    periode: str
    sources: tuple[Source, ...]
    methode: str
    parametres: Mapping[str, str]
    version: str

    def to_dict(self) -> dict[str, Any]:
        """Plain form for JSON: keys as the attributes, sources as a list of mappings."""
        return {
            "indicateur": self.indicateur,
            "periode": self.periode,
            "sources": [
                asdict(source) | {"defauts": list(source.defauts)} for source in self.sources
            ],
            "methode": self.methode,
            "parametres": dict(self.parametres),
            "version": self.version,
        }
