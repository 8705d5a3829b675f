"""Which columns of a download are known, under which names, and which are about persons."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from maillage.data.sources.flux_iae.colonnes import Nature, load_dictionnaire
from maillage.data.sources.flux_iae.personnes import is_named_personal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CHIFFRES: Final = ("heures", "etp_realises", "part_etp", "etp_conventionnes")
MENSUELS: Final = CHIFFRES[:3]
"""Figures of a month; the posts agreed are those of the annexe."""
_VUES = ("AnnexeFinanciere", "EtatMensuelIndiv", "Structure")
_SIGNES = re.compile(r"[^a-z0-9]+")
_PERSONNE = re.compile(
    r"noms?|salaries?|salarie_e|beneficiaires?|personnes?|participants?|interimaires?|civilite|adresse"
    r"|(?:.*_)?naissance(?:_.*)?"
    r"|noms?_(?:et_.*|complet|patronymique|de_famille"
    r"|(?:d[eu]s?_|de_la_|de_l_)?(?:salarie|beneficiaire|personne|participant|interimaire|agent)s?)"
)


@dataclass(frozen=True, slots=True)
class Disposition:
    """Columns of one table.

    Attributes:
        places: Columns that tell each field, by name of the field; several may tell one.
        personnes: Columns whose name is about persons: refused when they hold something.
        ecartees: Keys of persons: read by nobody, told.
        inutiles: Public columns of no use here.
        inconnues: Columns that no public text names.
    """

    places: Mapping[str, tuple[int, ...]]
    personnes: tuple[int, ...]
    ecartees: tuple[int, ...]
    inutiles: tuple[int, ...]
    inconnues: tuple[int, ...]


def normalise(nom: str) -> str:
    """Name without capitals, accents nor signs: « Effectif mensuel conventionné » to its underscored form."""
    decompose = unicodedata.normalize("NFKD", nom)
    plat = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre)).lower()
    return _SIGNES.sub("_", plat).strip("_")


def names_field(nom: str) -> bool:
    """Whether a header names something that is read."""
    return normalise(nom) in _load_champs()


def list_names(champ: str) -> tuple[str, ...]:
    """Public names of a field."""
    return tuple(_load()["champs"][champ])


def dispose(entetes: Sequence[str]) -> Disposition:
    """Sort the columns of a table."""
    places: dict[str, list[int]] = {}
    rangees: dict[str, list[int]] = {
        "personnes": [],
        "ecartees": [],
        "inutiles": [],
        "inconnues": [],
    }
    for rang, entete in enumerate(entetes):
        plat = normalise(entete)
        champ = _load_champs().get(plat)
        if champ:
            places.setdefault(champ, []).append(rang)
        elif plat:
            rangees[_sort(plat)].append(rang)
    return Disposition(
        places={champ: tuple(rangs) for champ, rangs in places.items()},
        **{nom: tuple(rangs) for nom, rangs in rangees.items()},
    )


def _sort(plat: str) -> str:
    if plat in _load_ecartees():
        return "ecartees"
    if plat in _load_inutiles():
        return "inutiles"
    if plat in _load_personnelles() or is_named_personal(plat) or _PERSONNE.fullmatch(plat):
        return "personnes"
    return "inconnues"


@cache
def _load() -> Mapping[str, Mapping[str, list[str]]]:
    texte = (resources.files(__package__) / "dictionnaire.toml").read_text("utf-8")
    return tomllib.loads(texte)


@cache
def _load_champs() -> Mapping[str, str]:
    return {nom: champ for champ, noms in _load()["champs"].items() for nom in noms}


@cache
def _load_ecartees() -> frozenset[str]:
    return frozenset(_load()["ecartees"]["noms"]) | _load_flux(Nature.CLE_PERSONNE)


@cache
def _load_inutiles() -> frozenset[str]:
    return (
        frozenset(_load()["inutiles"]["noms"]) | _load_flux(Nature.VALEUR) | _load_flux(Nature.CLE)
    )


@cache
def _load_personnelles() -> frozenset[str]:
    return _load_flux(Nature.PERSONNELLE)


def _load_flux(nature: Nature) -> frozenset[str]:
    return frozenset(
        normalise(colonne.nom)
        for vue in _VUES
        for colonne in load_dictionnaire()[vue]
        if colonne.nature is nature
    )
