"""The formulas of a computation, checked together: units meet, versions do not overlap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, get_type_hints

from maillage.regles.engine.formule import AnyFormule, Formule, Parametre
from maillage.regles.engine.lecture import RACINE
from maillage.regles.engine.unites import Unite

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

COLONNE_LE = "le"
"""Name under which a formula may ask for the date of the row."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a formula.

    Attributes:
        nom: Name of a column, of a formula, or of a legal value.
        unite: Unit it must have.
        parametre: Where the legal value is read, None for a column or a formula.
    """

    nom: str
    unite: Unite
    parametre: Parametre | None

    @property
    def chemin(self) -> str:
        """Path of the legal value, empty for a column or a formula."""
        return "" if self.parametre is None else self.parametre.chemin


@dataclass(frozen=True, slots=True)
class Version:
    """One dated version of a rule.

    Attributes:
        formule: The decorated function.
        arguments: Its arguments, in order.
        unite: Unit of what it returns.
    """

    formule: AnyFormule
    arguments: tuple[Argument, ...]
    unite: Unite

    def is_en_vigueur(self, le: date) -> bool:
        """Whether it is law on a day."""
        depuis, jusqu_au = self.formule.depuis, self.formule.jusqu_au
        return (depuis is None or depuis <= le) and (jusqu_au is None or le <= jusqu_au)


@dataclass(frozen=True, slots=True, eq=False)
class Regles:
    """Formulas by name, each with its dated versions.

    Attributes:
        versions: Versions of each rule, by name.
    """

    versions: Mapping[str, tuple[Version, ...]]

    @classmethod
    def from_formules(cls, *formules: AnyFormule) -> Regles:
        """Rules made of these formulas.

        Raises:
            ValueError: an argument has no unit, units do not meet, one name stands for two
                things, or two versions of a rule overlap.
        """
        versions: dict[str, list[Version]] = {}
        for formule in formules:
            versions.setdefault(formule.nom, []).append(_inspect(formule))
        regles = cls(MappingProxyType({nom: tuple(liste) for nom, liste in versions.items()}))
        _check_overlaps(regles)
        _check_arguments(regles)
        return regles

    @classmethod
    def from_modules(cls, *modules: ModuleType) -> Regles:
        """Rules made of every formula written in these modules.

        Raises:
            ValueError: the formulas do not fit together.
        """
        return cls.from_formules(
            *(
                objet
                for module in modules
                for objet in vars(module).values()
                if isinstance(objet, Formule) and objet.__module__ == module.__name__
            )
        )

    def find_en_vigueur(self, nom: str, le: date) -> Version | None:
        """Version of a rule that is law on a day, None when there is none."""
        return next((v for v in self.versions.get(nom, ()) if v.is_en_vigueur(le)), None)


@lru_cache(maxsize=1)
def load_regles() -> Regles:
    """Every formula of the law: the `formules` module, or package, of each mechanism.

    Raises:
        ValueError: the formulas do not fit together.
    """
    racine = files(RACINE)
    mecanismes = sorted(
        dossier.name
        for dossier in racine.iterdir()
        if dossier.is_dir() and (dossier / "formules.py").is_file()
    )
    return Regles.from_modules(*(import_module(f"{RACINE}.{nom}.formules") for nom in mecanismes))


def _inspect(formule: AnyFormule) -> Version:
    hints = get_type_hints(formule.fonction, include_extras=True)
    retour = hints.pop("return", None)
    arguments = tuple(
        Argument(nom, _unite(hint, f"{formule.nom}({nom})"), _find_parametre(hint))
        for nom, hint in hints.items()
    )
    return Version(formule, arguments, _unite(retour, f"{formule.nom} -> "))


def _unite(hint: object, ou: str) -> Unite:
    trouvees = [item for item in getattr(hint, "__metadata__", ()) if isinstance(item, Unite)]
    if len(trouvees) != 1:
        msg = f"{ou}: one unit expected, found {len(trouvees)}"
        raise ValueError(msg)
    return trouvees[0]


def _find_parametre(hint: object) -> Parametre | None:
    metadata = getattr(hint, "__metadata__", ())
    return next((item for item in metadata if isinstance(item, Parametre)), None)


def _check_overlaps(regles: Regles) -> None:
    for nom, versions in regles.versions.items():
        bornes = sorted(
            (v.formule.depuis or date.min, v.formule.jusqu_au or date.max) for v in versions
        )
        for (_, fin), (debut, _) in pairwise(bornes):
            if debut <= fin:
                msg = f"two versions of {nom} are law on {debut}"
                raise ValueError(msg)


def _check_arguments(regles: Regles) -> None:
    vus: dict[str, Argument] = {}
    for versions in regles.versions.values():
        for argument in (argument for version in versions for argument in version.arguments):
            _check_liste(argument)
            _check_producer(regles, argument)
            if vus.setdefault(argument.nom, argument) != argument:
                msg = f"{argument.nom} is two things: {vus[argument.nom]} and {argument}"
                raise ValueError(msg)


def _check_liste(argument: Argument) -> None:
    """A list is one for a group of rows: it follows the date of the row and nothing else.

    Raises:
        ValueError: its path has a column, another date or a condition.
    """
    parametre = argument.parametre
    if argument.unite.code != "liste" or parametre is None:
        return
    if parametre.le or parametre.si or "{" in parametre.chemin:
        msg = f"{argument.nom} is a list: its path has no column, no other date, no condition"
        raise ValueError(msg)


def _check_producer(regles: Regles, argument: Argument) -> None:
    producteurs = regles.versions.get(argument.nom, ())
    if argument.parametre is not None and producteurs:
        msg = f"{argument.nom} is both a formula and a legal value"
        raise ValueError(msg)
    for producteur in producteurs:
        if producteur.unite != argument.unite:
            msg = (
                f"{argument.nom} is produced in {producteur.unite.code} "
                f"and asked for in {argument.unite.code}"
            )
            raise ValueError(msg)
