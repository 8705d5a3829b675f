"""A table of the size that is published: 101 départements in 18 régions, by 6 kinds of structure."""

from __future__ import annotations

import numpy as np

from maillage.indicators.secret.attaque import bound
from maillage.indicators.secret.nomenclature import Nomenclature
from maillage.indicators.secret.protection import hide_sensitive, protect
from maillage.indicators.secret.regle import Motif, Regle
from maillage.indicators.secret.tableau import Contribution, Tableau, fill

TYPES = ("aci", "ai", "ei", "etti", "eiti", "geiq")
PARTS = (0.45, 0.16, 0.27, 0.08, 0.01, 0.03)


def make_tableau(nombre: int) -> Tableau:
    """Fictitious structures, drawn with a fixed seed; few départements hold most of them."""
    random = np.random.default_rng(20261123)
    regions = {f"region{rank}": "France" for rank in range(18)}
    departements = {f"departement{rank}": f"region{rank % 18}" for rank in range(101)}
    weights = random.pareto(2, 101) + 0.3
    lignes = Nomenclature.from_parents("France", regions | departements)
    noms = list(departements)
    contributions = tuple(
        Contribution(f"s{rank}", round(float(montant)), noms[departement], TYPES[kind])
        for rank, (montant, departement, kind) in enumerate(
            zip(
                random.lognormal(11, 1.2, nombre),
                random.choice(101, nombre, p=weights / weights.sum()),
                random.choice(6, nombre, p=PARTS),
                strict=True,
            )
        )
    )
    return Tableau("heures", lignes, Nomenclature.plate("ensemble", TYPES), contributions)


def test_a_national_table_is_protected_without_hiding_much_more() -> None:
    tableau = make_tableau(2500)
    publication = protect(tableau)
    (bornes,) = bound([publication])
    contenu = fill(tableau)
    for cellule, total, maximum in zip(
        tableau.cellules, contenu.totaux, contenu.maxima, strict=True
    ):
        if cellule not in publication.motifs:
            continue
        low, high = bornes[cellule]
        if publication.motifs[cellule] is Motif.COMPLEMENTAIRE:
            assert max(high - total, total - low) >= 0.15 * total * (1 - 1e-6)
        else:
            assert high >= max(1.15 * total, maximum / 0.85) * (1 - 1e-6)
            assert low <= 0.85 * total * (1 + 1e-6)
    sensitive = len(hide_sensitive(tableau, Regle()).motifs)
    # the manual of INSEE calls 0.6 complementary cell per sensitive one « very few », 2 usual
    assert len(publication.motifs) - sensitive < sensitive
    assert publication.valeur("France", "ensemble") == sum(
        one.valeur for one in tableau.contributions
    )
