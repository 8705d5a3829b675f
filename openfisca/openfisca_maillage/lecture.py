"""Reading of the arguments of a formula: every problem is found before one refusal tells them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.periods import DateUnit

from maillage.kernel.errors import Anomalie, UserError
from maillage.kernel.francais import format_date, guillemets, join_fr
from maillage.regles.engine.formules import COLONNE_LE
from maillage.regles.engine.plan import needs_of
from maillage.regles.engine.tables import columns_of, distinct
from openfisca_maillage.refus import Refus
from openfisca_maillage.valeurs import find_absents, to_maillage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population

    from maillage.regles.engine.formules import Argument

_MONTRES = 5
_TYPES = {"f": "float64", "if": "float64", "i": "int64"}


@dataclass(slots=True, eq=False)
class Lecture:
    """What one formula reads, for every member of its population.

    Attributes:
        population: Salariés, structures or annexes.
        period: Period asked for.
        parameters: OpenFisca's access to the legal values at a date.
        colonnes: Columns read so far, as Maillage wants them.
        anomalies: Problems found so far.
    """

    population: Population
    period: Period
    parameters: Any
    colonnes: dict[str, NDArray[Any]] = field(default_factory=dict)
    anomalies: list[Anomalie] = field(default_factory=list)

    def read(self, arguments: Sequence[Argument]) -> list[NDArray[Any]]:
        """Value of each argument, in order.

        Raises:
            Refus: a column is not given, or a legal value is not known; all problems together.
        """
        besoins = dict.fromkeys(nom for argument in arguments for nom in needs_of(argument))
        for nom in besoins:
            self._read_colonne(nom)
        self._check()
        valeurs = {
            argument.nom: self._read_valeurs(argument)
            for argument in arguments
            if argument.parametre is not None
        }
        self._check()
        return [{**self.colonnes, **valeurs}[argument.nom] for argument in arguments]

    def _check(self) -> None:
        if self.anomalies:
            raise Refus(*self.anomalies)

    def _read_colonne(self, nom: str) -> None:
        if nom == COLONNE_LE:
            if self.period.unit != DateUnit.ETERNITY:
                jour = np.datetime64(str(self.period.start), "D")
                self.colonnes[nom] = np.full(self.population.count, jour)
            return
        try:
            colonne = read_variable(self.population, nom, self.period)
        except Refus as refus:
            self.anomalies += refus.anomalies
            return
        absents = find_absents(colonne)
        if absents.any():
            self.anomalies.append(refuse_absents(nom, self.population, absents))
        self.colonnes[nom] = to_maillage(colonne)

    def _read_valeurs(self, argument: Argument) -> NDArray[Any]:
        """Legal value of each row, at its own date; NaN where it is not read.

        Raises:
            ValueError: the argument is no legal value.
        """
        parametre = argument.parametre
        if parametre is None:
            msg = f"{argument.nom} is no legal value"
            raise ValueError(msg)
        taille = self.population.count
        jours = self.colonnes[parametre.le or COLONNE_LE]
        actives = self.colonnes[parametre.si] if parametre.si else np.ones(taille, dtype=bool)
        dtype = np.dtype(_TYPES[argument.unite.genre])
        colonne = np.full(taille, np.nan if dtype.kind == "f" else 0, dtype=dtype)
        for chemin, lignes in self._split(parametre.chemin, actives):
            for jour in np.unique(jours[lignes]):
                valeur = self._find_valeur(chemin, jour.astype(date))
                if valeur is not None:
                    colonne[lignes & (jours == jour)] = valeur
        return colonne

    def _split(
        self, chemin: str, actives: NDArray[np.bool_]
    ) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        """Each path met, with the mask of its rows."""
        noms = columns_of(chemin)
        choix = [distinct(self.colonnes[nom][actives]) for nom in noms]
        for valeurs in product(*choix):
            lignes = actives.copy()
            for nom, valeur in zip(noms, valeurs, strict=True):
                lignes &= self.colonnes[nom] == valeur
            if lignes.any():
                yield chemin.format(**dict(zip(noms, map(str, valeurs), strict=True))), lignes

    def _find_valeur(self, chemin: str, le: date) -> Any:
        """One legal value; None, and the refusal of Maillage noted, where there is none."""
        valeur = find_parametre(self.parameters, chemin, le)
        if valeur is None:
            droit = self.population.simulation.tax_benefit_system.legislation
            try:
                droit.resolve(chemin, le)
            except UserError as refus:
                self.anomalies += refus.anomalies
            else:
                self.anomalies.append(_refuse_retire(chemin, le))
        return valeur


def find_parametre(parameters: Any, chemin: str, le: date) -> Any:
    """Value of a parameter of OpenFisca on a day, None where it has none."""
    noeud = parameters(le.isoformat())
    try:
        for nom in chemin.split("."):
            noeud = noeud[nom]
    except ParameterNotFoundError:
        return None
    return noeud


def read_variable(population: Population, nom: str, period: Period) -> NDArray[Any]:
    """Column of a variable, from its own entity and for its own period.

    Raises:
        ValueError: the variable belongs to the members of a group: a formula must sum it itself.
    """
    variable = population.simulation.tax_benefit_system.get_variable(nom, check_existence=True)
    if variable.definition_period == DateUnit.YEAR and period.unit == DateUnit.MONTH:
        period = period.this_year
    entite = variable.entity.key
    source = population
    if entite != population.entity.key:
        if not population.entity.is_person:
            msg = f"{nom} is on {entite}, read from {population.entity.key}"
            raise ValueError(msg)
        source = getattr(population, entite)
    colonne: NDArray[Any] = source(nom, period)
    return colonne


def refuse_absents(nom: str, population: Population, absents: NDArray[np.bool_]) -> Anomalie:
    """Refusal of the rows that a column lacks: an unknown is not a zero."""
    rangs = np.flatnonzero(absents)
    noms = [str(population.ids[rang]) for rang in rangs[:_MONTRES]]
    autres = len(rangs) - len(noms)
    suite = f" et {autres} de plus" if autres else ""
    return Anomalie(
        "MLG-OPF-001",
        f"{guillemets(nom)} n’est pas renseigné.",
        "Donnez cette variable pour chaque membre\u00a0: une valeur inconnue n’est pas zéro.",
        f"{population.entity.plural} {join_fr(noms)}{suite}",
    )


def _refuse_retire(chemin: str, le: date) -> Anomalie:
    return Anomalie(
        "MLG-OPF-003",
        f"Le paramètre {chemin} n’a pas de valeur au {format_date(le)} dans cette législation.",
        "Une réforme d’OpenFisca l’a retirée\u00a0: donnez-en une à cette date.",
        chemin,
    )
