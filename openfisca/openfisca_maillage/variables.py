"""The variables, made from the rules of Maillage: one per column, given or computed."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from maillage.regles.engine.formules import COLONNE_LE, load_regles
from openfisca_maillage.entites import ANNEXE
from openfisca_maillage.formules import build_codes_refus, build_formule, build_refus_de_periode
from openfisca_maillage.lecture import refuse_absents
from openfisca_maillage.places import PLACES
from openfisca_maillage.refus import Refus
from openfisca_maillage.valeurs import Genre, find_absents, find_genre, to_maillage
from openfisca_maillage.versement import VARIABLES_VERSEMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from openfisca_core.periods import Period
    from openfisca_core.populations import Population

    from maillage.regles.engine.formules import Regles, Version
    from maillage.regles.engine.unites import Unite

_JOUR = timedelta(days=1)
_LIBELLES = tomllib.loads((files("openfisca_maillage") / "libelles.toml").read_text("utf-8"))
MAJORATIONS = "majorations_employeur"
CIBLES_REFUS = (
    "montant_total_annuel_centimes",
    "part_modulee_centimes",
    "contrat_passerelle_centimes",
    "aide_cdi_inclusion_centimes",
    "part_departement_centimes",
)
"""Amounts of an annexe for which a variable `refus_…` says why there is none."""


class VariableMaillage(Variable):
    """A variable of a rule: its default is « non renseigné », never a zero."""

    def get_formula(self, period: Any = None) -> Any:
        """Formula of a period; one without period has one formula, whatever is asked."""
        if self.definition_period == DateUnit.ETERNITY:
            return self.formulas.peekitem(0)[1]
        return super().get_formula(period)

    def clone(self) -> Variable:
        """Another instance of the same class."""
        return self.__class__()


def build_variables() -> list[type[Variable]]:
    """Every variable of the country package.

    Raises:
        KeyError: a column of the rules has no place, or no label, yet.
    """
    regles = load_regles()
    donnees = dict(_iter_donnees(regles))
    variables = [_build_donnee(nom, *donnee) for nom, donnee in donnees.items()]
    variables += [_build_regle(nom, versions) for nom, versions in regles.versions.items()]
    variables += [_build_refus(cible) for cible in CIBLES_REFUS]
    return [*variables, *(_build_versement(nom) for nom in VARIABLES_VERSEMENT)]


def _iter_donnees(regles: Regles) -> Iterator[tuple[str, tuple[type[np.generic], Unite]]]:
    """Columns that are given to the rules, with the type and the unit that annotations declare."""
    for versions in regles.versions.values():
        for version in versions:
            hints = get_type_hints(version.formule.fonction, include_extras=True)
            for argument in version.arguments:
                calculee = argument.nom in regles.versions or argument.nom == COLONNE_LE
                if argument.parametre is None and not calculee:
                    yield argument.nom, (_find_dtype(hints[argument.nom]), argument.unite)


def _find_dtype(hint: object) -> type[np.generic]:
    """Type of the elements of `Annotated[NDArray[T], …]`."""
    tableau = get_args(hint)[0]
    dtype: type[np.generic] = get_args(get_args(tableau)[1])[0]
    return dtype


def _build_donnee(nom: str, dtype: type[np.generic], unite: Unite) -> type[Variable]:
    genre = find_genre(nom, dtype, est_donnee=True)
    formule = _sum_majorations if nom == MAJORATIONS else _build_refus_absent(nom)
    attributs = {"formula": formule, "unit": unite.code, "documentation": _document(unite)}
    return _build_class(nom, genre, attributs)


def _build_regle(nom: str, versions: tuple[Version, ...]) -> type[Variable]:
    hints = get_type_hints(versions[0].formule.fonction, include_extras=True)
    genre = find_genre(nom, _find_dtype(hints["return"]), est_donnee=False)
    unite = versions[0].unite
    attributs: dict[str, Any] = {
        "unit": unite.code,
        "documentation": _document(unite),
        "reference": [version.formule.texte for version in versions],
        **_date_formules(nom, versions),
    }
    return _build_class(nom, genre, attributs)


def _document(unite: Unite) -> str:
    return (
        f"Unité\u00a0: {unite.libelle}. La valeur par défaut veut dire «\u00a0non renseigné\u00a0»\u00a0: "
        "les formules la refusent."
    )


def _date_formules(nom: str, versions: tuple[Version, ...]) -> dict[str, Any]:
    """`formula_AAAA_MM_JJ` of each version; the periods between them refuse."""
    formules: dict[date, Any] = {}
    for version in versions:
        formules[version.formule.depuis or date.min] = build_formule(nom, version)
    for version in versions:
        if version.formule.jusqu_au is not None:
            formules.setdefault(version.formule.jusqu_au + _JOUR, build_refus_de_periode(nom))
    formules.setdefault(date.min, build_refus_de_periode(nom))
    return {_name_formule(jour): formule for jour, formule in formules.items()}


def _name_formule(depuis: date) -> str:
    return "formula" if depuis == date.min else f"formula_{depuis:%Y_%m_%d}"


def _build_refus_absent(nom: str) -> Callable[..., Any]:
    def formula(population: Population, period: Period, parameters: Any) -> NDArray[Any]:
        """Donnée d’entrée : refus MLG-OPF-001 tant qu’elle n’est pas donnée.

        Raises:
            Refus: always.
        """
        del period, parameters
        raise Refus(refuse_absents(nom, population, np.ones(population.count, dtype=bool)))

    return formula


def _sum_majorations(structure: Population, period: Period, parameters: Any) -> NDArray[Any]:
    """Somme des majorations de la taxe sur les salaires, salarié par salarié.

    Raises:
        Refus: MLG-OPF-001, some employees have no increase given.
    """
    del parameters
    unes = structure.members("majoration_individuelle", period)
    absents = find_absents(unes)
    if absents.any():
        raise Refus(refuse_absents("majoration_individuelle", structure.members, absents))
    somme: NDArray[Any] = structure.sum(to_maillage(unes))
    return somme


def _build_refus(cible: str) -> type[Variable]:
    attributs = {
        "entity": ANNEXE,
        "definition_period": DateUnit.ETERNITY,
        "formula": build_codes_refus(cible),
    }
    return _build_class(f"refus_{cible.removesuffix('_centimes')}", Genre(str), attributs)


def _build_versement(nom: str) -> type[Variable]:
    formule = VARIABLES_VERSEMENT[nom]
    attributs = {
        "entity": ANNEXE,
        "definition_period": DateUnit.MONTH,
        "formula": formule or _build_refus_absent(nom),
    }
    return _build_class(nom, Genre(int), attributs)


def _build_class(nom: str, genre: Genre, attributs: dict[str, Any]) -> type[Variable]:
    place = PLACES.get(nom)
    commun = {
        "label": _LIBELLES[nom],
        "value_type": genre.value_type,
        "default_value": genre.default_value,
        "entity": None if place is None else place.entite,
        "definition_period": None if place is None else place.periode,
    }
    if genre.value_type is Enum:
        commun["possible_values"] = genre.possible_values
    return type(nom, (VariableMaillage,), {**commun, **attributs})
