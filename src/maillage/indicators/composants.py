"""Whole numbers per commune from which rates are rebuilt at every level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.columns import make_colonne, product
from maillage.indicators.rollup import Mesure
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Colonne

if TYPE_CHECKING:
    from maillage.indicators.ground import Ground
    from maillage.indicators.published import Published, Tirage

#: Commune series added as they are.
SERIES_SOMMEES = (
    "population",
    "demandeurs_emploi",
    "pop_15_64",
    "actifs_15_64",
    "chomeurs_rp_15_64",
)
CENTIEMES = 100
"""Medians are added in hundredths of a euro, weights in persons: whole numbers, exact sums."""


@dataclass(frozen=True, slots=True)
class Classement:
    """A class of communes whose inhabitants are counted.

    Attributes:
        indicateur: Indicator that it makes: share of the population in these communes.
        colonne: Typology column of the communes table.
        classes: Codes of the class.
        periode: Period of the classification.
        source: Code of the published file.
    """

    indicateur: str
    colonne: str
    classes: frozenset[str]
    periode: str
    source: str


CLASSEMENTS = (
    Classement(
        "part_population_frr",
        "frr_2025",
        frozenset({"S", "P", "SP"}),
        "2025",
        "communes_typologies",
    ),
    Classement(
        "part_population_frr_plus", "frr_2025", frozenset({"P"}), "2025", "communes_typologies"
    ),
    Classement(
        "part_population_frr_beneficiaire",
        "frr_2025",
        frozenset({"B", "BP"}),
        "2025",
        "communes_typologies",
    ),
    Classement("part_population_zrr", "zrr_2022", frozenset({"C"}), "2022", "communes_typologies"),
    Classement(
        "part_population_rurale",
        "densite",
        frozenset({"5", "6", "7"}),
        "2021",
        "communes_typologies",
    ),
)


def name(mesure: str, periode: str) -> str:
    """Name of a measure in the roll-up."""
    return f"{mesure}@{periode}"


def population_du_jour(published: Published) -> tuple[str, Tirage]:
    """Latest population of the communes, and its period."""
    periode = published.last(Niveau.COMMUNE, "population") or ""
    return periode, published.at(Niveau.COMMUNE, "population", periode)


def build_mesures(ground: Ground, published: Published) -> dict[str, Mesure]:
    """All the measures to roll up, by name."""
    mesures: dict[str, Mesure] = {}
    for serie in SERIES_SOMMEES:
        for periode, tirage in published.find(Niveau.COMMUNE, serie).items():
            mesures[name(serie, periode)] = Mesure(tirage.colonne, tirage.sources)
    mesures |= _evolution(published)
    mesures |= _niveau_vie(published)
    mesures |= _classements(ground, published)
    return mesures


def _evolution(published: Published) -> dict[str, Mesure]:
    """First and last population of the communes that have both."""
    periodes = list(published.find(Niveau.COMMUNE, "population"))
    if not periodes:
        return {}
    ends = [published.at(Niveau.COMMUNE, "population", p) for p in (periodes[0], periodes[-1])]
    both = ends[0].colonne.connues & ends[1].colonne.connues
    return {
        name("population_suivie", periode): Mesure(_only(end.colonne, both), end.sources)
        for periode, end in zip((periodes[0], periodes[-1]), ends, strict=True)
    }


def _niveau_vie(published: Published) -> dict[str, Mesure]:
    """Medians times persons, persons, and population of the communes whose median is known."""
    mesures: dict[str, Mesure] = {}
    _, population = population_du_jour(published)
    for periode, mediane in published.find(Niveau.COMMUNE, "niveau_vie_median").items():
        personnes = published.at(Niveau.COMMUNE, "personnes_menages_fiscaux", periode)
        known = mediane.colonne.connues & personnes.colonne.connues
        rounded = Colonne(np.round(mediane.colonne.nombres * CENTIEMES), mediane.colonne.etats)
        covered = np.where(known, population.colonne.nombres, 0.0)
        sources = tuple({*mediane.sources, *personnes.sources})
        mesures |= {
            name("niveau_vie_pondere", periode): Mesure(
                product(rounded, personnes.colonne), sources
            ),
            name("personnes_niveau_vie", periode): Mesure(_only(personnes.colonne, known), sources),
            name("population_niveau_vie", periode): Mesure(
                make_colonne(covered, population.colonne.etats), (*sources, *population.sources)
            ),
            name("base_niveau_vie", periode): Mesure(population.colonne, population.sources),
        }
    return mesures


def _classements(ground: Ground, published: Published) -> dict[str, Mesure]:
    """Population of each class, and population of the communes that the typology knows."""
    mesures: dict[str, Mesure] = {}
    _, population = population_du_jour(published)
    for classement in CLASSEMENTS:
        inside, known = membership(ground, classement)
        sources = (*population.sources, classement.source)
        classable = _only(population.colonne, known)
        counted = make_colonne(np.where(inside, classable.nombres, 0.0), classable.etats)
        mesures[name(classement.indicateur, classement.periode)] = Mesure(counted, sources)
        mesures[name(f"base_{classement.indicateur}", classement.periode)] = Mesure(
            classable, sources
        )
    return mesures


def membership(
    ground: Ground, classement: Classement
) -> tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Communes in the class, and communes that the typology knows. Shapes `(communes,)`.

    An arrondissement is classed as its commune.
    """
    codes = ground.texts(classement.colonne, inherited=True)
    inside = np.array([code in classement.classes for code in codes], dtype=np.bool_)
    return inside, np.array([code is not None for code in codes], dtype=np.bool_)


def _only(colonne: Colonne, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Colonne:
    """The same figures, unknown outside the kept rows where they were known."""
    blanked = np.where(kept, colonne.nombres, np.nan)
    blank = Colonne.from_nombres(blanked, Absence.INCONNUE)
    etats = np.where(colonne.connues, blank.etats, colonne.etats).astype(np.uint8)
    return make_colonne(blanked, etats)
