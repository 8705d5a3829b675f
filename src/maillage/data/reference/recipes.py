"""How each published column above the commune becomes a series: names, periods, states."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from maillage.data.reference.geographie import FRANCE
from maillage.data.sources import besoin, offre
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.data.sources.publie import FichierPublie

Ligne = dict[str, Any]
"""One published row, by column name."""

_DEP, _EPCI, _ZE = Niveau.DEPARTEMENT.value, Niveau.EPCI.value, Niveau.ZONE_EMPLOI.value
_METROPOLE = "FM"
_MAYOTTE = "976"
_OUTRE_MER = 3  # digits of the code of an overseas département
_SANS_DETAIL_2016 = {"abc_femmes", "abc_moins_25_ans", "abc_50_ans_plus"}


def _annee(row: Ligne) -> str:
    return str(row["annee"])


def _trimestre(row: Ligne) -> str:
    return f"{row['annee']}-T{row['trimestre']}"


def _mois(row: Ligne) -> str:
    return str(row.get("date") or row["date_cible"])[:7]


def _decembre(row: Ligne) -> str:
    return f"{row['annee']}-12"


def _never(_serie: str, _row: Ligne) -> bool:
    return False


def _always_unknown(_serie: str, _row: Ligne) -> Absence:
    return Absence.INCONNUE


def _blank_defm(serie: str, row: Ligne) -> Absence:
    """In 2016 the details by age and sex were lost by the carrier; elsewhere a blank is secret."""
    lost = row["annee"] == "2016" and serie in _SANS_DETAIL_2016
    return Absence.INCONNUE if lost else Absence.SECRETE


def _blank_minima(serie: str, row: Ligne) -> Absence:
    """The overseas solidarity income exists in four overseas départements only."""
    is_mainland = len(row["code"]) < _OUTRE_MER or row["code"] == _MAYOTTE
    if serie == "rso_allocataires" and is_mainland:
        return Absence.SANS_OBJET
    return Absence.INCONNUE


def _rsa_before_it_applied(serie: str, row: Ligne) -> bool:
    """The RSA came overseas in 2011, in Mayotte in 2012: the zeros of before count nobody."""
    start = {_MAYOTTE: "2012"}.get(row["code"], "2011")
    is_overseas = len(row["code"]) == _OUTRE_MER
    return serie.startswith("rsa_") and is_overseas and row["annee"] < start


@dataclass(frozen=True, slots=True)
class Recette:
    """How one published file becomes series.

    Attributes:
        fichier: The published file.
        series: Series by published column.
        periode: Period of a row.
        niveau: Level of every row; None when a column `niveau` says it.
        code: Column of the territory's code.
        blank: Absence that a blank of a series stands for, in a published row.
        void: Whether a published zero of a series stands for « does not apply » in a row.
        keeps_blank: Series whose blanks count even in a period where nothing is known.
        skips_blank: A blank is no row at all (several kinds of rows share the file).
        covers: Whether territories without a row are told as unknown.
    """

    fichier: FichierPublie
    series: Mapping[str, str]
    periode: Callable[[Ligne], str]
    niveau: str | None = None
    code: str = "code"
    blank: Callable[[str, Ligne], Absence] = _always_unknown
    void: Callable[[str, Ligne], bool] = _never
    keeps_blank: frozenset[str] = field(default_factory=frozenset)
    skips_blank: bool = False
    covers: bool = True

    def figure(self, serie: str, row: Ligne, value: float | None) -> float | Absence:
        """Figure that a published cell of a series stands for."""
        if value is None:
            return self.blank(serie, row)
        return Absence.SANS_OBJET if value == 0 and self.void(serie, row) else value

    def level(self, row: Ligne) -> str:
        """Level of a row."""
        return self.niveau or str(row["niveau"])

    def name(self, colonne: str, row: Ligne) -> str:
        """Series that a column feeds, for a row."""
        is_mainland = row[self.code] == _METROPOLE
        return f"{self.series[colonne]}_metropole" if is_mainland else self.series[colonne]

    def code_territoire(self, row: Ligne) -> str:
        """Code of the territory of a row; the mainland alone is told by the series' name."""
        code = str(row[self.code])
        return FRANCE if code == _METROPOLE else code


def _same(fichier: FichierPublie, *, without: str = "", **renamed: str) -> dict[str, str]:
    """Series named as the published columns, without their unit, but for those renamed."""
    numbers = [n for n, nature in fichier.colonnes.items() if nature.value == "nombre"]
    names = {n: n.removesuffix(without) if without else n for n in numbers}
    return names | {new: old for new, old in renamed.items() if new in names}


RECETTES = (
    Recette(besoin.CHOMAGE, {"taux_chomage": "taux_chomage_localise"}, _trimestre),
    Recette(
        besoin.CHOMAGE_ZONE_EMPLOI,
        {"taux_chomage": "taux_chomage_localise"},
        _trimestre,
        niveau=_ZE,
    ),
    Recette(
        besoin.FILOSOFI,
        _same(besoin.FILOSOFI, without="_pct", niveau_vie_median_eur="niveau_vie_median"),
        _annee,
    ),
    Recette(besoin.POPULATION_ACTIVE, _same(besoin.POPULATION_ACTIVE, without="_pct"), _annee),
    Recette(
        besoin.DEMANDEURS_EPCI,
        _same(besoin.DEMANDEURS_EPCI, abc_total="demandeurs_emploi_abc"),
        _decembre,
        niveau=_EPCI,
        code="code_epci",
        blank=_blank_defm,
        keeps_blank=frozenset(_SANS_DETAIL_2016),
    ),
    Recette(
        besoin.LONGUE_DUREE,
        {"part_longue_duree_pct": "part_longue_duree"},
        _annee,
        niveau=_DEP,
    ),
    Recette(
        besoin.NEET_EPCI,
        {"part_neet_15_24_pct": "part_neet_15_24"},
        _annee,
        niveau=_EPCI,
        code="code_epci",
    ),
    Recette(
        besoin.MINIMA_SOCIAUX,
        _same(besoin.MINIMA_SOCIAUX),
        _annee,
        niveau=_DEP,
        blank=_blank_minima,
        void=_rsa_before_it_applied,
    ),
    Recette(besoin.OARSA, _same(besoin.OARSA, without="_pct"), _annee, niveau=_DEP),
    Recette(besoin.DEPENSES_INSERTION, _same(besoin.DEPENSES_INSERTION), _annee, niveau=_DEP),
    Recette(
        besoin.POPULATION_DEP,
        _same(besoin.POPULATION_DEP, population="population_estimee"),
        _annee,
        niveau=_DEP,
    ),
    Recette(
        besoin.ENTREES_CEJ,
        {"entrees_cej": "entrees_cej", "cible": "cible_cej"},
        _mois,
        skips_blank=True,
        covers=False,
    ),
    Recette(offre.BENEFICIAIRES, {"beneficiaires_siae": "personnes_iae"}, _mois),
    Recette(offre.CIBLES, {"cible": "cible_iae"}, _mois),
)
"""Every file above the commune, and the series it feeds."""
