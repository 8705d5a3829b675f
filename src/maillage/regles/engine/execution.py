"""One group of rows, from its input columns to every column that its targets rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dags
import numpy as np

from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.formules import COLONNE_LE
from maillage.regles.engine.plan import needs_of
from maillage.regles.engine.tables import read_column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from maillage.kernel.errors import Anomalie
    from maillage.regles.engine.formules import Argument, Version
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.plan import Groupe
    from maillage.regles.engine.tables import Colonne
    from maillage.regles.engine.valeur_legale import ValeurLegale

_KINDS = {"f": "fiu", "i": "iu", "if": "fiu", "U": "U", "M": "M", "b": "b"}


def run_group(
    groupe: Groupe,
    colonnes: Mapping[str, Colonne],
    legislation: Legislation,
    jours: NDArray[np.datetime64],
    legales: dict[ValeurLegale, None],
) -> None:
    """Fill the columns of a group; the legal values that it used are added to `legales`.

    Raises:
        Introuvable: MLG-REG-001, a row asks for a parameter that does not exist.
        PeriodeNonModelisee: a row asks for a value that is not known at its date.
        ValueError: a column, or what a formula returns, is not of the kind of its unit.
    """
    entrees = {nom: groupe.take(colonnes[nom]) for nom in groupe.entrees}
    _check_inputs(groupe, entrees)
    entrees[COLONNE_LE] = groupe.take(jours)
    fonctions: dict[str, Callable[..., Any]] = {
        nom: _checked(nom, version, len(entrees[COLONNE_LE]))
        for nom, version in groupe.versions.items()
    }
    for nom, argument in groupe.parametres.items():
        fonctions[nom] = _reader(argument, legislation, legales)
    calcul = dags.concatenate_functions(
        fonctions, targets=sorted(fonctions), return_type="dict", enforce_signature=False
    )
    demandees = {
        nom for fonction in fonctions.values() for nom in dags.get_free_arguments(fonction)
    }
    groupe.valeurs.update(entrees)
    try:
        calculees = calcul(**{nom: entrees[nom] for nom in demandees - fonctions.keys()})
    except PeriodeNonModelisee as premier:
        autres = _all_refusals(groupe, fonctions, entrees)
        raise PeriodeNonModelisee(*dict.fromkeys((*premier.anomalies, *autres))) from premier
    groupe.valeurs.update(calculees)


def _all_refusals(
    groupe: Groupe, fonctions: Mapping[str, Callable[..., Any]], entrees: Mapping[str, Colonne]
) -> list[Anomalie]:
    """Every other refusal that the input columns alone decide, so that all are told at once."""
    anomalies: list[Anomalie] = []
    for nom, argument in groupe.parametres.items():
        besoins = dict.fromkeys(needs_of(argument))
        if besoins.keys() <= entrees.keys():
            try:
                fonctions[nom](**{besoin: entrees[besoin] for besoin in besoins})
            except PeriodeNonModelisee as refus:
                anomalies.extend(refus.anomalies)
    return anomalies


def _check_inputs(groupe: Groupe, entrees: Mapping[str, Colonne]) -> None:
    arguments = (a for version in groupe.versions.values() for a in version.arguments)
    for argument in arguments:
        if argument.parametre is None and argument.nom in entrees:
            genre = entrees[argument.nom].dtype.kind
            if genre not in _KINDS.get(argument.unite.genre, genre):
                msg = f"column {argument.nom} is of kind {genre}, not {argument.unite.code}"
                raise ValueError(msg)


def _checked(nom: str, version: Version, taille: int) -> Callable[..., Any]:
    """The function of a version, which must give one value of its unit for each row."""
    genre = version.unite.genre
    noms = [argument.nom for argument in version.arguments]

    @dags.with_signature(args=noms, enforce=False)
    def call(*args: Any, **kwargs: Any) -> Any:
        colonne = version.formule.fonction(*args, **kwargs)
        if np.shape(colonne) != (taille,) or colonne.dtype.kind not in _KINDS.get(genre, genre):
            msg = (
                f"{nom} gives {getattr(colonne, 'dtype', type(colonne))} of shape "
                f"{np.shape(colonne)}, expected {version.unite.code} of shape ({taille},)"
            )
            raise ValueError(msg)
        return colonne

    return call


def _reader(
    argument: Argument, legislation: Legislation, legales: dict[ValeurLegale, None]
) -> Callable[..., Any]:
    """Function that reads a legal value from the columns that choose it."""
    parametre = argument.parametre
    noms = list(dict.fromkeys(needs_of(argument)))

    @dags.with_signature(args=noms, enforce=False)
    def read(*args: Any, **kwargs: Any) -> Any:
        index = dict(zip(noms, args, strict=False)) | kwargs
        jours = index[(parametre.le if parametre else "") or COLONNE_LE]
        if argument.unite.code == "liste":
            return _read_liste(argument, legislation, jours, legales)
        actives = index[parametre.si] if parametre and parametre.si else None
        colonne, utilisees = read_column(legislation, argument, index, jours, actives)
        legales.update(dict.fromkeys(utilisees))
        return colonne

    return read


def _read_liste(
    argument: Argument,
    legislation: Legislation,
    jours: NDArray[np.datetime64],
    legales: dict[ValeurLegale, None],
) -> object:
    """The one list of a group: the plan has split the rows where the list changes."""
    legale = legislation.resolve(argument.chemin, jours[0].item())
    legales[legale] = None
    return legale.valeur
