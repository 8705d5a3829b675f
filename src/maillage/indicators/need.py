"""Need: what the population of a territory asks of work-integration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.columns import make_colonne, mask, ratio, sum_by_group, unknown
from maillage.indicators.composants import CENTIEMES, CLASSEMENTS, name, population_du_jour
from maillage.indicators.published import Tirage
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Colonne

if TYPE_CHECKING:
    from maillage.indicators.ground import Ground
    from maillage.indicators.published import Published
    from maillage.indicators.releves import Recueil
    from maillage.indicators.rollup import Mesure

_FR, _REG, _DEP = Niveau.FRANCE, Niveau.REGION, Niveau.DEPARTEMENT
_ZE, _EPCI, _COM = Niveau.ZONE_EMPLOI, Niveau.EPCI, Niveau.COMMUNE


@dataclass(frozen=True, slots=True)
class Publie:
    """An indicator taken as its publisher gives it, at the levels where it does."""

    indicateur: str
    serie: str
    niveaux: tuple[Niveau, ...]


@dataclass(frozen=True, slots=True)
class Rapport:
    """An indicator that relates two published series of the same level."""

    indicateur: str
    numerateur: str
    denominateur: str
    niveaux: tuple[Niveau, ...]
    facteur: float = 100.0


_FILOSOFI = (_REG, _DEP)
PUBLIES = (
    Publie("taux_chomage_localise", "taux_chomage_localise", (_FR, _REG, _DEP, _ZE)),
    Publie("demandeurs_emploi_abc", "demandeurs_emploi_abc", (_EPCI,)),
    Publie("part_longue_duree_departement", "part_longue_duree", (_DEP,)),
    Publie("part_neet_15_24", "part_neet_15_24", (_EPCI,)),
    Publie("taux_activite", "taux_activite_15_64", _FILOSOFI),
    Publie("taux_activite_25_54", "taux_activite_25_54", _FILOSOFI),
    Publie("taux_activite_hommes", "taux_activite_hommes_15_64", _FILOSOFI),
    Publie("taux_activite_femmes", "taux_activite_femmes_15_64", _FILOSOFI),
    Publie("niveau_vie_median", "niveau_vie_median", (_REG, _DEP, _COM)),
    Publie("taux_pauvrete", "taux_pauvrete", (_REG, _DEP, _COM)),
    Publie("taux_pauvrete_moins_30", "taux_pauvrete_moins30", _FILOSOFI),
    Publie("taux_pauvrete_50_59", "taux_pauvrete_50_59", _FILOSOFI),
    Publie("part_minima_sociaux", "part_minima_sociaux", (_REG, _DEP, _COM)),
    Publie("rapport_interdecile", "rapport_interdecile", _FILOSOFI),
    Publie("rsa_part_orientees", "part_orientees", (_DEP,)),
    Publie("rsa_part_orientees_departement", "part_orientees_departement", (_DEP,)),
    Publie("rsa_part_orientees_france_travail", "part_orientees_pole_emploi", (_DEP,)),
    Publie("rsa_part_contrat_engagement", "part_cer_hors_pe", (_DEP,)),
    Publie("rsa_delai_orientation", "delai_orientation_jours", (_DEP,)),
    Publie("entrees_cej", "entrees_cej", (_FR, _REG, _DEP)),
    Publie("cible_cej", "cible_cej", (_FR, _REG, _DEP)),
)
#: Published by département; the sum of a région or of the country needs all its départements.
SOMMES = (
    Publie("rsa_allocataires", "rsa_allocataires", (_DEP,)),
    Publie("ass_allocataires", "ass_allocataires", (_DEP,)),
    Publie("aah_allocataires", "aah_allocataires", (_DEP,)),
    Publie("minima_sociaux_total", "total_minima_sociaux", (_DEP,)),
    Publie("depense_insertion_brute", "depense_brute_insertion_keur", (_DEP,)),
    Publie("population_estimee", "population_estimee", (_DEP,)),
    Publie("population_20_64", "population_20_64", (_DEP,)),
)
RAPPORTS = (
    Rapport("part_longue_duree_epci", "abc_un_an_plus", "demandeurs_emploi_abc", (_EPCI,)),
    Rapport("part_moins_25_epci", "abc_moins_25_ans", "demandeurs_emploi_abc", (_EPCI,)),
    Rapport("part_50_ans_plus_epci", "abc_50_ans_plus", "demandeurs_emploi_abc", (_EPCI,)),
    Rapport("part_femmes_epci", "abc_femmes", "demandeurs_emploi_abc", (_EPCI,)),
)


@dataclass(frozen=True, slots=True)
class Reconstruit:
    """A rate rebuilt at every level from the sums of its two terms over the communes."""

    indicateur: str
    numerateur: str
    denominateur: str
    facteur: float


RECONSTRUITS = (
    Reconstruit("demandeurs_emploi_pour_100_15_64", "demandeurs_emploi", "pop_15_64", 100.0),
    Reconstruit("taux_chomage_rp", "chomeurs_rp_15_64", "actifs_15_64", 100.0),
    Reconstruit(
        "niveau_vie_median_moyen", "niveau_vie_pondere", "personnes_niveau_vie", 1 / CENTIEMES
    ),
    Reconstruit(
        "part_population_niveau_vie_connu", "population_niveau_vie", "base_niveau_vie", 100.0
    ),
    *(Reconstruit(c.indicateur, c.indicateur, f"base_{c.indicateur}", 100.0) for c in CLASSEMENTS),
)

Sommes = dict[tuple[str, Niveau], Colonne]


def add_need(
    recueil: Recueil,
    ground: Ground,
    published: Published,
    mesures: dict[str, Mesure],
    sommes: Sommes,
) -> None:
    """Add every need indicator but those of the priority districts.

    Args:
        recueil: Where the figures go.
        ground: Territories and their communes.
        published: Series as published.
        mesures: Commune figures that were rolled up, by name.
        sommes: Their sums, by name and level.
    """
    _add_published(recueil, published)
    _add_sums_of_departements(recueil, ground, published)
    _add_rapports(recueil, published)
    _add_rsa(recueil)
    _add_commune_figures(recueil, ground, published, mesures, sommes)


def _add_published(recueil: Recueil, published: Published) -> None:
    for publie in PUBLIES:
        for niveau in publie.niveaux:
            for periode, tirage in published.find(niveau, publie.serie).items():
                recueil.add(publie.indicateur, niveau, periode, tirage.colonne, tirage.sources)


def _add_sums_of_departements(recueil: Recueil, ground: Ground, published: Published) -> None:
    for publie in SOMMES:
        for periode, tirage in published.find(_DEP, publie.serie).items():
            recueil.add(publie.indicateur, _DEP, periode, tirage.colonne, tirage.sources)
            for niveau in (_REG, _FR):
                total = sum_by_group(tirage.colonne, ground.upward(niveau), ground.taille(niveau))
                recueil.add(publie.indicateur, niveau, periode, total, tirage.sources)


def _add_rapports(recueil: Recueil, published: Published) -> None:
    for rapport in RAPPORTS:
        for niveau in rapport.niveaux:
            for periode, haut in published.find(niveau, rapport.numerateur).items():
                bas = published.at(niveau, rapport.denominateur, periode)
                taux = ratio(haut.colonne, bas.colonne, rapport.facteur)
                recueil.add(
                    rapport.indicateur, niveau, periode, taux, (*haut.sources, *bas.sources)
                )


def _add_rsa(recueil: Recueil) -> None:
    """RSA per 100 inhabitants of 20–64, and insertion spending per RSA recipient."""
    for niveau in (_DEP, _REG, _FR):
        _add_quotient(
            recueil, niveau, "rsa_pour_100_20_64", ("rsa_allocataires", "population_20_64"), 100.0
        )
        _add_quotient(
            recueil,
            niveau,
            "depense_insertion_par_allocataire",
            ("depense_insertion_brute", "rsa_allocataires"),
            1000.0,
        )


def _add_quotient(
    recueil: Recueil, niveau: Niveau, indicateur: str, termes: tuple[str, str], facteur: float
) -> None:
    haut, bas = (recueil.colonnes.get((terme, niveau), {}) for terme in termes)
    for periode in haut.keys() & bas.keys():
        taux = ratio(haut[periode][0], bas[periode][0], facteur)
        recueil.add(indicateur, niveau, periode, taux, (*haut[periode][1], *bas[periode][1]))


def _add_commune_figures(
    recueil: Recueil,
    ground: Ground,
    published: Published,
    mesures: dict[str, Mesure],
    sommes: Sommes,
) -> None:
    sums = Sums(ground, published, mesures, sommes)
    for niveau in Niveau:
        for serie in ("population", "demandeurs_emploi"):
            for periode in sums.periodes(serie):
                tirage = sums.at(serie, niveau, periode)
                recueil.add(serie, niveau, periode, tirage.colonne, tirage.sources)
        for rebuilt in RECONSTRUITS:
            for periode in sums.periodes(rebuilt.numerateur):
                haut = sums.at(rebuilt.numerateur, niveau, periode)
                bas = sums.nearest(rebuilt.denominateur, niveau, periode)
                taux = ratio(haut.colonne, bas.colonne, rebuilt.facteur)
                sources = (*haut.sources, *bas.sources)
                recueil.add(rebuilt.indicateur, niveau, periode, taux, sources)
        _add_evolution(recueil, niveau, sums)


def _add_evolution(recueil: Recueil, niveau: Niveau, sums: Sums) -> None:
    """Average annual growth between the first and the last census population, in percent."""
    periodes = sums.periodes("population_suivie")
    if len(periodes) < 2:  # noqa: PLR2004 — a growth needs two ends
        return
    debut, fin = (sums.at("population_suivie", niveau, p) for p in (periodes[0], periodes[-1]))
    annees = int(periodes[-1]) - int(periodes[0])
    rapport = ratio(fin.colonne, debut.colonne)
    croissance = 100 * (np.power(rapport.nombres, 1 / annees) - 1)
    colonne = make_colonne(croissance, rapport.etats)
    recueil.add(
        "evolution_population", niveau, periodes[-1], colonne, (*debut.sources, *fin.sources)
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """The terms of the rebuilt rates at any level, the commune's own figures included.

    At the commune, a figure of a commune restored in 2024–2025 is not published yet: sources give it
    zeros, or the figure of the whole commune that it left.
    """

    ground: Ground
    published: Published
    mesures: dict[str, Mesure]
    sommes: Sommes

    def periodes(self, mesure: str) -> list[str]:
        """Periods of a measure, oldest first."""
        stem = name(mesure, "")
        return sorted(key.removeprefix(stem) for key in self.mesures if key.startswith(stem))

    def at(self, mesure: str, niveau: Niveau, periode: str) -> Tirage:
        """One term at one level for one period."""
        key = name(mesure, periode)
        source = self.mesures[key]
        if niveau is not _COM:
            return Tirage(self.sommes[key, niveau], source.sources)
        return Tirage(
            mask(source.colonne, self._restored(), Absence.PAS_ENCORE_PUBLIEE), source.sources
        )

    def nearest(self, mesure: str, niveau: Niveau, periode: str) -> Tirage:
        """The same period when it exists, else the latest one; unknown when there is none."""
        periodes = self.periodes(mesure)
        if not periodes:
            return Tirage(unknown(self.ground.taille(niveau)), ())
        return self.at(mesure, niveau, periode if periode in periodes else periodes[-1])

    def _restored(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        _, population = population_du_jour(self.published)
        return np.asarray(self.ground.est_commune & ~population.colonne.connues)
