"""Protects a table before it is published, knowing what was published before."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from maillage.indicators.secret.atomes import split
from maillage.indicators.secret.cibles import Cible, make_etalon, sensitive_atoms, sensitive_cells
from maillage.indicators.secret.publication import Publication
from maillage.indicators.secret.recherche import (
    Recherche,
    complementary_requirement,
    requirements,
)
from maillage.indicators.secret.regle import Motif, Regle
from maillage.indicators.secret.tableau import fill
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from maillage.indicators.secret.atomes import Atomes
    from maillage.indicators.secret.cibles import Etalon
    from maillage.indicators.secret.tableau import Cellule, Tableau

CODE_DEJA_REVELE = "MLG-SEC-001"


def hide_sensitive(tableau: Tableau, regle: Regle) -> Publication:
    """Table with its sensitive cells hidden, and nothing else yet: not to be published as it is."""
    contenu = fill(tableau)
    cellules = tableau.cellules
    motifs: dict[Cellule, Motif] = {}
    for rank, cellule in enumerate(cellules):
        motif = regle.find_motif(
            int(contenu.effectifs[rank]), float(contenu.maxima[rank]), float(contenu.totaux[rank])
        )
        if motif is not None:
            motifs[cellule] = motif
    return Publication(
        tableau=tableau,
        regle=regle,
        motifs=motifs,
        vides=frozenset(
            cellule for rank, cellule in enumerate(cellules) if contenu.effectifs[rank] == 0
        ),
        totaux={cellule: float(contenu.totaux[rank]) for rank, cellule in enumerate(cellules)},
    )


def protect(
    tableau: Tableau, regle: Regle | None = None, anterieures: Sequence[Publication] = ()
) -> Publication:
    """Hide what is sensitive, and what would give it back.

    Args:
        tableau: The table to publish.
        regle: Thresholds and hypotheses; the default ones when None.
        anterieures: What was already published of the same measure and period: earlier versions,
            other crossings, the same table over everyone when this one is over those who consent.

    Raises:
        SaisieInvalide: what was published before is enough to bound a figure too closely, whatever
            is hidden now (MLG-SEC-001, one anomaly per figure).
        ValueError: the publications do not add up the same thing, or contributions cannot be
            followed from one to the next.
    """
    regle = regle or Regle()
    natures = {publication.tableau.nature for publication in anterieures} - {tableau.nature}
    if natures:
        msg = f"« {tableau.nom} » is of {tableau.nature}, earlier publications of {natures}"
        raise ValueError(msg)
    brute = hide_sensitive(tableau, regle)
    publications = (brute, *anterieures)
    atomes = split([publication.tableau for publication in publications])
    recherche = _start(brute, anterieures, atomes)
    etalon = make_etalon(tableau, regle)
    cibles = list(find_cibles(publications, atomes, regle))
    revealed: list[Cible] = []
    for exigence in requirements(cibles, etalon):
        if not recherche.require(exigence) and exigence.cible not in revealed:
            revealed.append(exigence.cible)
    if revealed:
        raise SaisieInvalide(*(_already_revealed(nom) for nom in sorted({c.nom for c in revealed})))
    _protect_complementaires(recherche, brute, etalon)
    recherche.reopen(_complementaires(recherche, brute))
    cellules = tableau.cellules
    hidden = {cellules[rank]: Motif.COMPLEMENTAIRE for rank in _complementaires(recherche, brute)}
    return Publication(tableau, regle, dict(brute.motifs) | hidden, brute.vides, brute.totaux)


def find_cibles(
    publications: Sequence[Publication], atomes: Atomes, regle: Regle
) -> Iterator[Cible]:
    """Figures to protect, each once: sensitive cells, and groups that a difference isolates."""
    nom = f"un groupe isolé par comparaison avec « {publications[0].tableau.nom} »"
    groups = sensitive_atoms(atomes, regle, nom) if len(publications) > 1 else ()
    seen = set()
    for cible in chain(sensitive_cells(publications, atomes), groups):
        key = cible.atomes.tobytes()
        if key not in seen:
            seen.add(key)
            yield cible


def _start(brute: Publication, anterieures: Sequence[Publication], atomes: Atomes) -> Recherche:
    """Search in which the sensitive cells are hidden and all others visible."""
    totaux = np.array(list(brute.totaux.values()))
    empty = np.array([cellule in brute.vides for cellule in brute.tableau.cellules], dtype=bool)
    seen = [
        membership[np.flatnonzero(~publication.cachees)]
        for publication, membership in zip(anterieures, atomes.tables[1:], strict=True)
    ]
    fixes = sparse.vstack([sparse.csr_array((0, len(atomes))), *seen], format="csr")
    return Recherche(
        atomes=atomes,
        couts=information(totaux, atomes),
        visibles=~empty & ~brute.cachees,
        fixes=fixes[np.flatnonzero(np.diff(fixes.indptr))],
    )


def information(totaux: NDArray[np.float64], atomes: Atomes) -> NDArray[np.float64]:
    """Cost of hiding each cell: 1, and its value over the mean atom. Shape `(cellules,)`.

    The value is the default cost of τ-Argus; the 1 keeps zeros from being hidden for nothing.
    """
    mean = float(atomes.montants.mean()) if atomes.montants.any() else 1.0
    return np.asarray(1.0 + totaux / mean)


def _complementaires(recherche: Recherche, brute: Publication) -> list[int]:
    """Ranks of the cells that are hidden only to protect others."""
    cellules = brute.tableau.cellules
    return [
        rank
        for rank in np.flatnonzero(~recherche.visibles).tolist()
        if cellules[rank] not in brute.motifs and cellules[rank] not in brute.vides
    ]


def _protect_complementaires(recherche: Recherche, brute: Publication, etalon: Etalon) -> None:
    """Ask of each complementary cell the play that the hypothesis says, if any."""
    if etalon.regle.marge_complementaire == 0:
        return
    parts = fill(brute.tableau).parts
    dense = recherche.atomes.tables[0].toarray()
    done: set[int] = set()
    while waiting := [rank for rank in _complementaires(recherche, brute) if rank not in done]:
        for rank in waiting:
            done.add(rank)
            cible = Cible("", dense[rank], parts[rank])
            recherche.require(complementary_requirement(cible, etalon, rank))


def _already_revealed(nom: str) -> Anomalie:
    return Anomalie(
        CODE_DEJA_REVELE,
        typeset(f"Ce qui est déjà publié permet de calculer de trop près : {nom}."),
        "Ne publiez pas ce tableau ; corrigez ou retirez d’abord les publications antérieures.",
    )
