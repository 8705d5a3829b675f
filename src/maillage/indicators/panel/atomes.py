"""Which structures all that is published of one ratio and one year leaves indistinguishable.

Readers know who is in which published group. Two structures that are in the same ones can exchange all
their figures without changing anything published: no reader tells which has which. What must be
protected is therefore each such set of structures, and nothing smaller exists.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.indicators.panel.regle import Apport, RegleDuPanel

Jeu: TypeAlias = "Mapping[str, Apport]"
"""Who brings what to one published group, by structure."""
_Version: TypeAlias = "tuple[int, int]"  # rank of a published group, rank of the figure it used


def split(jeux: Sequence[tuple[str, Jeu]]) -> tuple[tuple[Apport, ...], ...]:
    """Figures of the structures that are together in every published group, ratio by ratio.

    A structure whose figure was revised between two of them is told apart from those whose figure was
    not: what the difference isolates is the revision. Each state of their figures is one set.

    Args:
        jeux: Ratio and members of each published group; of several ratios when one can be worked out
            from another.
    """
    signatures: defaultdict[str, list[_Version]] = defaultdict(list)
    states: defaultdict[str, dict[tuple[str, float], tuple[int, Apport]]] = defaultdict(dict)
    for rank, (ratio, jeu) in enumerate(jeux):
        for structure, apport in jeu.items():
            known = states[structure]
            state = sum(nom == ratio for nom, _ in known)
            version, _ = known.setdefault((ratio, apport.valeur), (state, apport))
            signatures[structure].append((rank, version))
    atoms: defaultdict[tuple[object, ...], list[Apport]] = defaultdict(list)
    for structure, signature in signatures.items():
        for (ratio, _), (state, apport) in states[structure].items():
            atoms[tuple(signature), ratio, state].append(apport)
    return tuple(map(tuple, atoms.values()))


def are_protected(jeux: Sequence[tuple[str, Jeu]], regle: RegleDuPanel) -> bool:
    """Whether nothing that comparisons isolate is too small, dominated or too alike."""
    return all(regle.protects(atom) for atom in split(jeux))
