"""The law that a model needs, read once: amounts of the day, and the rules with their values bound.

A rule of `maillage.regles` costs a plan and a column per legal value each time that the engine runs it.
Here its version of the day is found once, its legal values too, and the function itself is called, so
that millions of draws go through the very rule that the engine would run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.regles.aide_au_poste.lignes import BAREMES_SOCLE
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.formules import load_regles
from maillage.regles.versement.regimes import read_regime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.indicators.modele.cadre import Cadre, Nombres
    from maillage.regles.engine.calcul import Resultat
    from maillage.regles.engine.formules import Version
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import ValeurLegale
    from maillage.regles.versement.regimes import Regime

_LIBRES = frozenset({"remuneration", "smic_retenu"})
CHEMIN_HEURES_ANNUELLES = "smic.heures_annuelles"
CHEMIN_REGIME = "versement.mois_regularisation"
CHEMIN_MODULATION = "aide_au_poste.part_modulee_max_taux"
CHEMIN_MODULATION_DETENTION = "aide_au_poste.part_modulee_taux_penitentiaire"


@dataclass(frozen=True, slots=True, eq=False)
class RegleLiee:
    """A rule of one day with its legal values.

    Attributes:
        version: The rule in force.
        valeurs: What does not vary, by name of argument: legal values, and what follows from them.
        legales: The legal values.
    """

    version: Version
    valeurs: Mapping[str, Nombres]
    legales: tuple[ValeurLegale, ...]

    def __call__(self, **colonnes: Nombres) -> Nombres:
        """Value of the rule. Shape of the columns broadcast."""
        # The rules fill arrays of the shape of one of their columns: all must have it.
        egales = dict(zip(colonnes, np.broadcast_arrays(*colonnes.values()), strict=True))
        resultat: Nombres = self.version.formule(**self.valeurs, **egales)
        return resultat


@dataclass(frozen=True, slots=True, eq=False)
class Bareme:
    """The law of the first day of a model.

    Attributes:
        coefficient: Reduction of contributions: of a pay and the SMIC of the same hours, the rate.
        smic_horaire: Gross SMIC, euros an hour.
        smic_insertion: SMIC of one hour in the reduction, under the reading of the paid leave.
        smic_temps_plein: SMIC of a full-time year in the reduction, for permanent staff.
        montant_unitaire: Aide au poste, euros per ETP and year.
        part_modulee_max: Legal maximum of the modulated part, in part of the agreed amount.
        regime: Months in which the aide is regularised.
        taxe: Rules of the taxe sur les salaires, by name; empty when it is not due.
        legales: Every legal value used, each once.
    """

    coefficient: RegleLiee
    smic_horaire: float
    smic_insertion: float
    smic_temps_plein: float
    montant_unitaire: float
    part_modulee_max: float
    regime: Regime
    taxe: Mapping[str, RegleLiee]
    legales: tuple[ValeurLegale, ...]


REGLES_TAXE = (
    "assiette_taxe_salaires",
    "majoration_individuelle",
    "taxe_au_taux_normal",
    "taxe_brute",
    "taxe_apres_decote",
    "taxe_due",
)


def socle_path(cadre: Cadre) -> str:
    """Path of the legal amount of the aide au poste of a model."""
    return f"aide_au_poste.{BAREMES_SOCLE[cadre.territoire]}.{cadre.type_siae}"


def modulation_path(cadre: Cadre) -> str:
    """Path of the legal maximum of the modulated part of a model."""
    detention = cadre.territoire == "milieu_penitentiaire"
    return CHEMIN_MODULATION_DETENTION if detention else CHEMIN_MODULATION


def read_bareme(
    cadre: Cadre, legislation: Legislation, montant_unitaire: float | None = None
) -> Bareme:
    """The law that a model needs, on its first day.

    Args:
        cadre: Kind, place, day, readings.
        legislation: The law, with its choices and reforms.
        montant_unitaire: Aide per ETP of the structure's own annexe; None for that of the law.

    Raises:
        PeriodeNonModelisee: a rule or an amount is not known on that day.
    """
    le = cadre.debut
    heures = legislation.resolve(CHEMIN_HEURES_ANNUELLES, le)
    smic = _read_smic(cadre, legislation, read_number(heures))
    modulation = legislation.resolve(modulation_path(cadre), le)
    regime = legislation.resolve(CHEMIN_REGIME, le)
    legales = [*smic.valeurs_legales, heures, modulation, regime]
    if montant_unitaire is None:
        socle = legislation.resolve(socle_path(cadre), le)
        montant_unitaire = read_number(socle)
        legales.append(socle)
    coefficient = _bind(
        "coefficient_reduction", cadre, legislation, {"effectif": np.array([float(cadre.effectif)])}
    )
    taxe = (
        {nom: _bind(nom, cadre, legislation, {}) for nom in REGLES_TAXE}
        if cadre.taxe_salaires_due
        else {}
    )
    for regle in (coefficient, *taxe.values()):
        legales += regle.legales
    return Bareme(
        coefficient=coefficient,
        smic_horaire=float(smic["smic_periode"][0]),
        smic_insertion=float(smic["smic_retenu"][0]),
        smic_temps_plein=float(smic["smic_retenu"][1]),
        montant_unitaire=montant_unitaire,
        part_modulee_max=read_number(modulation),
        regime=read_regime(regime.valeur),
        taxe=taxe,
        legales=tuple(dict.fromkeys(legales)),
    )


def _read_smic(cadre: Cadre, legislation: Legislation, heures: float) -> Resultat:
    """SMIC of an hour of insertion, then of a full-time year of permanent staff."""
    lectures = (cadre.lecture.value, LectureCongesPayes.SANS_OBJET.value)
    return compute(
        ["smic_periode", "smic_retenu"],
        {
            "nombre_heures_remunerees": np.array([1.0, heures]),
            "lecture_conges_payes": np.array(lectures),
        },
        legislation,
        cadre.debut,
    )


def _bind(
    nom: str, cadre: Cadre, legislation: Legislation, colonnes: Mapping[str, Nombres]
) -> RegleLiee:
    """A rule with its legal values, and with what other rules make of the columns given.

    Raises:
        ValueError: the rule has no version on that day.
    """
    version = load_regles().find_en_vigueur(nom, cadre.debut)
    if version is None:
        msg = f"no version of {nom} on {cadre.debut}"
        raise ValueError(msg)
    valeurs: dict[str, Nombres] = {}
    legales: list[ValeurLegale] = []
    for argument in version.arguments:
        if argument.parametre is not None:
            legale = legislation.resolve(argument.chemin, cadre.debut)
            valeurs[argument.nom] = np.array([read_number(legale)])
            legales.append(legale)
        elif colonnes and argument.nom not in _LIBRES:
            resultat = compute([argument.nom], colonnes, legislation, cadre.debut)
            valeurs[argument.nom] = resultat[argument.nom]
            legales += resultat.valeurs_legales
    return RegleLiee(version, valeurs, tuple(legales))


def read_number(legale: ValeurLegale) -> float:
    """A legal value that is a number.

    Raises:
        TypeError: it is not.
    """
    if isinstance(legale.valeur, bool) or not isinstance(legale.valeur, int | float):
        msg = f"{legale.chemin} is a number, not {legale.valeur!r}"
        raise TypeError(msg)
    return float(legale.valeur)
