"""Which version of each rule applies to which rows, before anything is computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, join_fr
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.formules import COLONNE_LE
from maillage.regles.engine.tables import columns_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from maillage.regles.engine.formules import Argument, Regles, Version
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.tables import Colonne

_JOUR = timedelta(days=1)


@dataclass(slots=True, eq=False)
class Groupe:
    """Rows to which the same versions of the rules apply.

    Attributes:
        lignes: Positions of the rows, increasing; None when the group is every row.
        versions: Version of each rule that is needed, by name.
        parametres: Legal values that are needed, by argument name.
        entrees: Names of the input columns that are needed.
        valeurs: Every column of the group once computed: inputs, legal values, formulas.
    """

    lignes: NDArray[np.intp] | None
    versions: dict[str, Version] = field(default_factory=dict)
    parametres: dict[str, Argument] = field(default_factory=dict)
    entrees: list[str] = field(default_factory=list)
    valeurs: dict[str, Colonne] = field(default_factory=dict)

    def take(self, colonne: Colonne) -> Colonne:
        """Rows of the group in a column of every row, without copy when it is all of them."""
        return colonne if self.lignes is None else colonne[self.lignes]

    def find_position(self, ligne: int) -> int | None:
        """Position in the group of a row, None when the row is in another group."""
        if self.lignes is None:
            return ligne
        position = int(np.searchsorted(self.lignes, ligne))
        is_here = position < len(self.lignes) and int(self.lignes[position]) == ligne
        return position if is_here else None


@dataclass(slots=True)
class _Manques:
    """What the targets ask for and nothing gives, in the order it was met."""

    hors_periode: dict[Anomalie, None] = field(default_factory=dict)
    absentes: dict[str, None] = field(default_factory=dict)


def plan_groups(
    regles: Regles,
    cibles: tuple[str, ...],
    colonnes: Collection[str],
    legislation: Legislation,
    jours: NDArray[np.datetime64],
) -> list[Groupe]:
    """Groups of rows, each with the versions, legal values and columns that its targets need.

    Raises:
        SaisieInvalide: MLG-REG-008, columns are missing.
        PeriodeNonModelisee: MLG-REG-007, a rule is not modelled at the date of some row.
        ValueError: a target is no formula.
    """
    inconnues = [cible for cible in cibles if cible not in regles.versions]
    if inconnues:
        msg = f"no such formulas: {inconnues}; formulas: {sorted(regles.versions)}"
        raise ValueError(msg)
    groupes: list[Groupe] = []
    manques = _Manques()
    for lignes, le in _periods(regles, cibles, legislation, jours):
        groupe = Groupe(lignes)
        _collect(groupe, regles, cibles, (colonnes, le), manques)
        groupes.append(groupe)
    if manques.hors_periode:
        raise PeriodeNonModelisee(*manques.hors_periode)
    if manques.absentes:
        raise SaisieInvalide(_missing_columns(manques.absentes, colonnes))
    return groupes


def _periods(
    regles: Regles,
    cibles: tuple[str, ...],
    legislation: Legislation,
    jours: NDArray[np.datetime64],
) -> Iterator[tuple[NDArray[np.intp] | None, date]]:
    """Rows of each period in which nothing that splits rows changes, and one of its days."""
    if not len(jours):
        return
    bornes = np.array(sorted(_boundaries(regles, cibles, legislation)), dtype="datetime64[D]")
    codes = np.searchsorted(bornes, jours, side="right")
    presents = np.unique(codes)
    for code in presents:
        lignes = np.flatnonzero(codes == code)
        yield None if len(presents) == 1 else lignes, jours[lignes[0]].astype(date)


def _boundaries(regles: Regles, cibles: tuple[str, ...], legislation: Legislation) -> set[date]:
    """First days of the versions of every rule reached, and of the lists of the law."""
    bornes: set[date] = set()
    for nom in _reach(regles, cibles):
        for version in regles.versions[nom]:
            depuis, jusqu_au = version.formule.depuis, version.formule.jusqu_au
            bornes |= {depuis} if depuis is not None else set()
            bornes |= {jusqu_au + _JOUR} if jusqu_au is not None else set()
            for argument in version.arguments:
                if argument.parametre is not None and argument.unite.code == "liste":
                    bornes |= set(legislation.breakpoints(argument.parametre.chemin))
    return bornes


def _reach(regles: Regles, cibles: tuple[str, ...]) -> set[str]:
    """Rules that the targets may need, in any of their versions."""
    vues: set[str] = set()
    reste = list(cibles)
    while reste:
        nom = reste.pop()
        if nom in regles.versions and nom not in vues:
            vues.add(nom)
            for version in regles.versions[nom]:
                reste += [nom for argument in version.arguments for nom in needs_of(argument)]
    return vues


def needs_of(argument: Argument) -> tuple[str, ...]:
    """Names that an argument rests on: itself, or the columns that choose its legal value."""
    parametre = argument.parametre
    if parametre is None:
        return (argument.nom,)
    noms = [*columns_of(parametre.chemin), parametre.le or COLONNE_LE, parametre.si]
    return tuple(nom for nom in noms if nom)


def _collect(
    groupe: Groupe,
    regles: Regles,
    cibles: tuple[str, ...],
    donnees: tuple[Collection[str], date],
    manques: _Manques,
) -> None:
    """Walk from the targets down to the columns; what is given wins over what is computed."""
    colonnes, le = donnees
    reste = list(reversed(cibles))
    vus: set[str] = {COLONNE_LE}
    while reste:
        nom = reste.pop()
        if nom in vus:
            continue
        vus.add(nom)
        version = None if nom in colonnes else regles.find_en_vigueur(nom, le)
        if version is not None:
            groupe.versions[nom] = version
            for argument in version.arguments:
                if argument.parametre is not None:
                    groupe.parametres[argument.nom] = argument
                reste += needs_of(argument)
        elif nom in colonnes:
            groupe.entrees.append(nom)
        elif nom in regles.versions:
            manques.hors_periode[_outside(nom, le)] = None
        else:
            manques.absentes[nom] = None


def _outside(nom: str, le: date) -> Anomalie:
    return Anomalie(
        "MLG-REG-007",
        f"la règle « {nom} » n’est pas modélisée au {format_date(le)}",
        "Changez la date, ou donnez la colonne de ce nom.",
        nom,
    )


def _missing_columns(absentes: Collection[str], colonnes: Collection[str]) -> Anomalie:
    return Anomalie(
        "MLG-REG-008",
        f"Il manque {join_fr(sorted(absentes))}.",
        f"Donnez ces colonnes. Colonnes présentes : {join_fr(sorted(colonnes))}.",
    )
