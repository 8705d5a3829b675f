"""No reader bounds a hidden figure closer than the rule allows, whatever the table.

The attacker of `factories.attaquant` knows nothing of the way suppressions were found.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from factories.attaquant import Attaquant
from factories.tableaux import suites, tableaux
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.indicators.secret.protection import hide_sensitive, protect
from maillage.indicators.secret.regle import Motif, Regle
from maillage.indicators.secret.tableau import Nature, Tableau

if TYPE_CHECKING:
    from maillage.indicators.secret.publication import Publication
    from maillage.indicators.secret.tableau import Contribution

MARGE = 0.15
PART_MAX = 0.85
drawn = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def members(tableau: Tableau, ligne: str, colonne: str) -> dict[str, float]:
    """What each structure brings to a cell, read from the contributions."""
    found: dict[str, float] = {}
    for one in tableau.contributions:
        if ligne in tableau.lignes.lignee(one.ligne) and colonne in tableau.colonnes.lignee(
            one.colonne
        ):
            found[one.contributeur] = found.get(one.contributeur, 0.0) + one.valeur
    return found


def slack(valeur: float) -> float:
    return 1e-5 * max(1.0, valeur)


def breach(publication: Publication, attaquant: Attaquant, ligne: str, colonne: str) -> str:
    """What is wrong with the protection of one hidden cell; empty when nothing is."""
    tableau = publication.tableau
    parts = members(tableau, ligne, colonne)
    total = sum(parts.values())
    low, high = attaquant.extremes(attaquant.cell(0, ligne, colonne))
    if tableau.nature is not Nature.MONTANT:
        low, high = math.ceil(low - 1e-6), high if math.isinf(high) else math.floor(high + 1e-6)
    place = f"{ligne} × {colonne} : {total} dans [{low}, {high}]"
    if publication.motifs[ligne, colonne] is Motif.COMPLEMENTAIRE:
        return "" if high - low >= MARGE * total - slack(total) and high > low else place
    if high < max((1 + MARGE) * total, max(parts.values()) / PART_MAX) - slack(total):
        return f"trop bas : {place}"
    if low > (1 - MARGE) * total + slack(total):
        return f"trop haut : {place}"
    return "" if high > low else f"exact : {place}"


@given(tableaux())
@drawn
def test_no_hidden_cell_is_bounded_closer_than_its_interval(tableau: Tableau) -> None:
    publication = protect(tableau)
    attaquant = Attaquant([publication])
    breaches = [breach(publication, attaquant, *cellule) for cellule in publication.motifs]
    assert [text for text in breaches if text] == []


@given(tableaux())
@drawn
def test_what_is_published_follows_the_rule(tableau: Tableau) -> None:
    publication = protect(tableau)
    for ligne, colonne in tableau.cellules:
        parts = members(tableau, ligne, colonne)
        total = sum(parts.values())
        if parts and (ligne, colonne) not in publication.motifs:
            assert len(parts) >= 3
            assert max(parts.values()) <= PART_MAX * total * (1 + 1e-9)
            assert math.isclose(publication.valeur(ligne, colonne), total)  # type: ignore[arg-type]


@given(tableaux())
@drawn
def test_no_structure_computes_the_figure_of_another(tableau: Tableau) -> None:
    publication = protect(tableau)
    attackers: dict[str, Attaquant] = {}
    for ligne, colonne in publication.motifs:
        parts = members(tableau, ligne, colonne)
        for initie in {one.contributeur for one in tableau.contributions}:
            others = set(parts) - {initie}
            if len(others) != 1:
                continue
            attaquant = attackers.setdefault(initie, Attaquant([publication], initie))
            low, high = attaquant.extremes(attaquant.cell(0, ligne, colonne))
            assert high > low + 1e-6
            assert high - low >= MARGE * parts[others.pop()] - slack(high if high < 1e9 else 1.0)


@given(suites())
@drawn
def test_two_publications_together_give_no_figure_away(suite: tuple[Tableau, Tableau]) -> None:
    before = protect(suite[0])
    after = protect(suite[1], anterieures=[before])
    attaquant = Attaquant([before, after])
    for rank, publication in enumerate([before, after]):
        for (ligne, colonne), motif in publication.motifs.items():
            parts = members(publication.tableau, ligne, colonne)
            total = sum(parts.values())
            if motif is Motif.COMPLEMENTAIRE or total == 0:
                continue
            low, high = attaquant.extremes(attaquant.cell(rank, ligne, colonne))
            assert high >= max(parts.values()) / PART_MAX - slack(total)
            assert max(high - total, total - low) >= MARGE * total - slack(total)


@given(suites())
@drawn
def test_a_difference_gives_the_change_of_no_structure_away(suite: tuple[Tableau, Tableau]) -> None:
    before = protect(suite[0])
    publications = [before, protect(suite[1], anterieures=[before])]
    noms = sorted({one.contributeur for tableau in suite for one in tableau.contributions})
    for initie in ["", *noms]:
        attaquant = Attaquant(publications, initie)
        for nom, piece, change in changes(suite):
            if nom == initie:
                continue
            low, high = attaquant.extremes(
                attaquant.vector(lambda rank, one: rank == 1 and is_same(one, nom, piece))
                - attaquant.vector(lambda rank, one: rank == 0 and is_same(one, nom, piece))
            )
            assert high - low >= MARGE * abs(change) - slack(abs(change))
            assert high - low > 1e-6


def is_same(one: Contribution, nom: str, piece: str) -> bool:
    return (one.contributeur, one.piece) == (nom, piece)


def changes(suite: tuple[Tableau, Tableau]) -> list[tuple[str, str, float]]:
    """Contributions that joined, left or were revised, and by how much."""
    before, after = (
        {(one.contributeur, one.piece): one.valeur for one in tableau.contributions}
        for tableau in suite
    )
    return [
        (*key, after.get(key, 0.0) - before.get(key, 0.0))
        for key in sorted({*before, *after})
        if after.get(key, 0.0) != before.get(key, 0.0)
    ]
