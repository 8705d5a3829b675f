"""Computation: the formulas are wired by the names of their arguments, on whole columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.execution import run_group
from maillage.regles.engine.formules import Regles, load_regles
from maillage.regles.engine.plan import Groupe, plan_groups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from maillage.kernel.errors import Anomalie
    from maillage.regles.engine.choix import Choix
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.tables import Colonne
    from maillage.regles.engine.valeur_legale import ValeurLegale


@dataclass(frozen=True, slots=True, eq=False)
class Resultat:
    """What a computation gives, with all that a trace needs.

    Attributes:
        cibles: Names asked for.
        valeurs: Column of each target. Shape `(n,)`.
        colonnes: Input columns, as given.
        le: Date of each row. Shape `(n,)`, datetime64[D].
        groupes: Rows that share the same versions, with every intermediate column.
        legislation: Law that was read.
        valeurs_legales: Every legal value used, by any row.
    """

    cibles: tuple[str, ...]
    valeurs: Mapping[str, Colonne]
    colonnes: Mapping[str, Colonne]
    le: NDArray[np.datetime64]
    groupes: tuple[Groupe, ...]
    legislation: Legislation
    valeurs_legales: tuple[ValeurLegale, ...]

    def __getitem__(self, cible: str) -> Any:
        return self.valeurs[cible]

    def __len__(self) -> int:
        return len(self.le)

    @property
    def choix(self) -> tuple[Choix, ...]:
        """Choices beyond the law that some row used, each once."""
        utilises = (valeur.choix for valeur in self.valeurs_legales)
        return tuple(dict.fromkeys(choix for choix in utilises if choix is not None))

    @property
    def avertissements(self) -> tuple[str, ...]:
        """What must be shown beside the figures, in French, each sentence once."""
        phrases = (valeur.avertissement for valeur in self.valeurs_legales)
        return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))

    @property
    def reformes(self) -> tuple[str, ...]:
        """Codes of the reforms that gave a value to some row, each once."""
        codes = (valeur.reforme for valeur in self.valeurs_legales)
        return tuple(dict.fromkeys(code for code in codes if code))


def compute(
    cibles: Sequence[str],
    colonnes: Mapping[str, Colonne],
    parametres: Legislation,
    le: date | NDArray[np.datetime64],
    regles: Regles | None = None,
) -> Resultat:
    """Value of the targets for every row.

    Args:
        cibles: Names of formulas.
        colonnes: Input columns by name, 1-D, of one length. Shape `(n,)` each.
        parametres: The law to read, with its choices and reforms.
        le: Date at which each row is judged: one for all, or a column. Shape `(n,)`.
        regles: Formulas, by default every one of the law.

    Returns:
        The columns of the targets, in the order of the rows, and what they rest on.

    Raises:
        SaisieInvalide: MLG-REG-008, columns are missing.
        Introuvable: MLG-REG-001, a row asks for a parameter that does not exist.
        PeriodeNonModelisee: a value or a rule is not modelled at the date of a row.
        ValueError: columns of different lengths, of a wrong kind, or an unknown target.

    Example:
        >>> from maillage.regles.engine.legislation import load_legislation
        >>> jours = np.array(["2022-01-15", "2022-07-31"], "datetime64[D]")
        >>> colonnes = {"date_debut_effet": jours[:1], "date_fin_effet": jours[1:]}
        >>> resultat = compute(["duree_mois"], colonnes, load_legislation(), date(2022, 1, 15))
        >>> resultat["duree_mois"].tolist()
        [7]
    """
    regles = load_regles() if regles is None else regles
    taille = _check_lengths(colonnes)
    jours = _jours(le, taille)
    legales: dict[ValeurLegale, None] = {}
    groupes = plan_groups(regles, tuple(cibles), colonnes.keys(), parametres, jours)
    refus: dict[Anomalie, None] = {}
    for groupe in groupes:
        try:
            run_group(groupe, colonnes, parametres, jours, legales)
        except PeriodeNonModelisee as inconnu:
            refus.update(dict.fromkeys(inconnu.anomalies))
    if refus:
        raise PeriodeNonModelisee(*refus)
    valeurs = {cible: _assemble(cible, groupes, taille) for cible in cibles}
    return Resultat(
        cibles=tuple(cibles),
        valeurs=MappingProxyType(valeurs),
        colonnes=MappingProxyType(dict(colonnes)),
        le=jours,
        groupes=tuple(groupes),
        legislation=parametres,
        valeurs_legales=tuple(legales),
    )


def _check_lengths(colonnes: Mapping[str, Colonne]) -> int:
    formes = {nom: colonne.shape for nom, colonne in colonnes.items()}
    if len(set(formes.values())) != 1 or len(next(iter(formes.values()))) != 1:
        msg = f"1-D columns of one length expected, found {formes}"
        raise ValueError(msg)
    return int(next(iter(formes.values()))[0])


def _jours(le: date | NDArray[np.datetime64], taille: int) -> NDArray[np.datetime64]:
    if isinstance(le, date):
        return np.full(taille, np.datetime64(le, "D"))
    if le.shape != (taille,) or np.isnat(le).any():
        msg = f"one date per row expected: shape {le.shape}, {taille} rows"
        raise ValueError(msg)
    return le.astype("datetime64[D]")


def _assemble(cible: str, groupes: Sequence[Groupe], taille: int) -> Colonne:
    if not groupes:
        return np.zeros(taille)
    if len(groupes) == 1:
        return groupes[0].valeurs[cible]
    morceaux = [groupe.valeurs[cible] for groupe in groupes]
    resultat = np.empty(taille, dtype=np.result_type(*morceaux))
    for groupe, morceau in zip(groupes, morceaux, strict=True):
        resultat[groupe.lignes] = morceau
    return resultat
