"""Random small tables to protect: hierarchies, zeros, dominant structures, structures in two cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from maillage.indicators.secret.nomenclature import Nomenclature
from maillage.indicators.secret.tableau import Contribution, Nature, Tableau

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn

MONTANTS = st.one_of(
    st.integers(0, 20),
    st.integers(0, 2000),
    st.floats(0.01, 5000.0, allow_nan=False).map(lambda x: round(x, 2)),
).map(float)
ENTIERS = st.one_of(st.integers(0, 6), st.integers(0, 60)).map(float)


def rows(nombre: int, *, regions: bool) -> Nomenclature:
    noms = [f"d{rank}" for rank in range(nombre)]
    if not regions:
        return Nomenclature.plate("France", noms)
    parents = {"ouest": "France", "est": "France"}
    parents |= {nom: "ouest" if rank % 2 else "est" for rank, nom in enumerate(noms)}
    return Nomenclature.from_parents("France", parents)


def contribution(rank: int, valeur: float, place: tuple[str, str], double: int = 0) -> Contribution:
    """Contribution of one structure; `double` tells its second one from its first."""
    return Contribution(f"s{rank}", valeur, *place, piece=str(double))


@st.composite
def tableaux(draw: DrawFn, natures: Sequence[Nature] = tuple(Nature)) -> Tableau:
    lignes = rows(draw(st.integers(2, 4)), regions=draw(st.booleans()))
    colonnes = Nomenclature.plate("ensemble", ["aci", "ai", "ei"][: draw(st.integers(0, 3))])
    nature = draw(st.sampled_from(natures))
    values = MONTANTS if nature is Nature.MONTANT else ENTIERS
    places = st.tuples(st.sampled_from(lignes.feuilles), st.sampled_from(colonnes.feuilles))
    drawn = draw(st.lists(st.tuples(values, places), min_size=0, max_size=18))
    apports = [contribution(rank, valeur, place) for rank, (valeur, place) in enumerate(drawn)]
    for rank in range(0, len(drawn), draw(st.sampled_from([4, 100]))):
        apports.append(contribution(rank, draw(values), draw(places), double=1))
    tableau = Tableau("tableau", lignes, colonnes, tuple(apports), Nature.MONTANT)
    if nature is Nature.REPONSES:
        return tableau.reponses()
    return Tableau("tableau", lignes, colonnes, tuple(apports), nature)


@st.composite
def suites(draw: DrawFn) -> tuple[Tableau, Tableau]:
    """A table, and another of the same measure: revised, joined, left, or crossed otherwise."""
    before = draw(tableaux(natures=(Nature.MONTANT, Nature.ENTIER)))
    values = MONTANTS if before.nature is Nature.MONTANT else ENTIERS
    lignes = before.lignes
    if draw(st.booleans()):
        lignes = rows(draw(st.integers(1, 3)), regions=False)
    places = st.tuples(st.sampled_from(lignes.feuilles), st.sampled_from(before.colonnes.feuilles))
    kept = []
    for one in before.contributions:
        change = draw(st.sampled_from(["same"] * 8 + ["left", "revised"]))
        ligne, colonne = (one.ligne, one.colonne) if lignes == before.lignes else draw(places)
        if change != "left":
            valeur = draw(values) if change == "revised" else one.valeur
            kept.append(one._replace(valeur=valeur, ligne=ligne, colonne=colonne))
    for rank in range(100, 100 + draw(st.integers(0, 2))):
        kept.append(contribution(rank, draw(values), draw(places)))
    return before, Tableau("suite", lignes, before.colonnes, tuple(kept), before.nature)
