"""A formula of Maillage, run by OpenFisca: its arguments come from variables and parameters.

The function that computes is the one of `maillage.regles`, unchanged. What is done here is reading:
each argument from the entity and the period where it lives, each legal value from OpenFisca's own
parameters, so that an OpenFisca reform, a trace or a test of parameters works as usual.
"""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.kernel.errors import UserError
from maillage.regles.engine.formules import load_regles
from maillage.regles.engine.plan import plan_groups
from openfisca_maillage.lecture import Lecture
from openfisca_maillage.refus import Refus
from openfisca_maillage.valeurs import to_openfisca

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population

    from maillage.regles.engine.formules import Version


def build_formule(nom: str, version: Version) -> Callable[..., NDArray[Any]]:
    """Formula of OpenFisca that runs one version of a rule."""

    def formula(population: Population, period: Period, parameters: Any) -> NDArray[Any]:
        lecture = Lecture(population, period, parameters)
        valeurs = lecture.read(version.arguments)
        try:
            resultat = version.formule.fonction(*valeurs)
        except UserError as refus:
            raise Refus(*refus.anomalies) from refus
        return to_openfisca(nom, resultat)

    # The web API shows the source of the function of Maillage, not of this one.
    update_wrapper(formula, version.formule.fonction)
    return formula


def build_refus_de_periode(nom: str) -> Callable[..., NDArray[Any]]:
    """Formula of the periods for which a rule is not modelled: the refusal of Maillage."""

    def formula(population: Population, period: Period, parameters: Any) -> NDArray[Any]:
        """Période que Maillage ne modélise pas : refus MLG-REG-007.

        Raises:
            Refus: always, in the words of Maillage.
            ValueError: the rule is in fact modelled there.
        """
        del parameters
        droit = population.simulation.tax_benefit_system.legislation
        jour = np.array([str(period.start)], dtype="datetime64[D]")
        try:
            plan_groups(load_regles(), (nom,), (), droit, jour)
        except UserError as refus:
            raise Refus(*refus.anomalies) from refus
        msg = f"{nom} is modelled on {period.start}"
        raise ValueError(msg)

    return formula


def build_codes_refus(cible: str) -> Callable[..., NDArray[Any]]:
    """Formula that says whether another one refuses, by the codes of the refusal."""

    def formula(population: Population, period: Period, parameters: Any) -> NDArray[Any]:
        """Codes du refus, vide si le montant se calcule ; ils valent pour toute la demande."""
        del parameters
        try:
            population(cible, period)
        except Refus as refus:
            codes = " ".join(dict.fromkeys(anomalie.code for anomalie in refus.anomalies))
            return np.full(population.count, codes, dtype=object)
        return np.full(population.count, "", dtype=object)

    return formula
