"""Accounts that are given: whose they are in the extract, and what becomes of each of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from maillage.analyses.argent_public.totaux import has_negative
from maillage.analyses.argent_public.unites import Comptes
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from maillage.analyses.argent_public.unites import Unite
    from maillage.analyses.comptes.mouvements import Mouvements
    from maillage.indicators.pilotage.lecture import Faits

_PRODUITS = "7"
_DECEMBRE = 12
_SIREN = 9


class Sort(Enum):
    """What becomes of accounts that were given. The value is said of one file, in French."""

    COMPTE = "compté"
    AUTRE_EXERCICE = "d’un exercice qui n’est pas l’année civile demandée"
    PLUSIEURS = (
        "d’une association qui a plusieurs identifiants à l’ASP : ses comptes ne se coupent pas"
    )
    ABSENT = "d’une structure sans annexe cette année, ou que le filtre écarte"
    PARTAGE = "de structures dont le filtre n’en garde qu’une part, ou qui déclarent des comptes différents"
    NEGATIF = "avec une ligne de produits négative : dit, pas additionné"


@dataclass(frozen=True, slots=True)
class Donnes:
    """Accounts of one year of a legal person.

    Attributes:
        fichier: Name of the file.
        siren: Of the legal person.
        mouvements: What the file holds.
    """

    fichier: str
    siren: str
    mouvements: Mouvements


def is_civile(premier: date, dernier: date, annee: int) -> bool:
    """Whether a year of accounts is the calendar year: the last day is that of its last entry."""
    return (premier.year, premier.month, dernier.year, dernier.month) == (
        annee,
        1,
        annee,
        _DECEMBRE,
    )


def read_soldes(mouvements: Mouvements) -> dict[str, int]:
    """Balances of the accounts of income, in cents, credit above zero; closing entries left out."""
    return {
        compte: -solde for compte, solde in mouvements.annee.items() if compte.startswith(_PRODUITS)
    }


def index_sirens(faits: Faits) -> dict[str, frozenset[int]]:
    """Identifiers of the ASP of each SIREN of an extract."""
    found: dict[str, set[int]] = defaultdict(set)
    for asp_id, siret in zip(
        faits.annexe("asp_id").tolist(), faits.annexe("siret").tolist(), strict=True
    ):
        if siret:
            found[str(siret)[:_SIREN]].add(int(asp_id))
    return {siren: frozenset(ids) for siren, ids in found.items()}


def give_comptes(faits: Faits, annee: int, donnes: Sequence[Donnes]) -> dict[int, Comptes]:
    """Accounts of a calendar year by identifier of the ASP; those that cannot be of one are left out.

    Raises:
        SaisieInvalide: no structure of the extract has this SIREN (MLG-ARG-003); two files are of the same
            year of the same legal person (MLG-ARG-004).
    """
    sirens = index_sirens(faits)
    fautes = list(_find_faults(donnes, sirens))
    if fautes:
        raise SaisieInvalide(*fautes)
    return {
        next(iter(sirens[one.siren])): Comptes(
            one.mouvements.dernier_jour, read_soldes(one.mouvements)
        )
        for one in donnes
        if _find_sort(one, sirens, annee) is None
    }


def _find_faults(
    donnes: Sequence[Donnes], sirens: Mapping[str, frozenset[int]]
) -> Iterator[Anomalie]:
    vus: dict[tuple[str, date], Donnes] = {}
    for one in donnes:
        if one.siren not in sirens:
            yield Anomalie(
                "MLG-ARG-003",
                f"Aucune structure de l’extrait n’a le SIREN {one.siren}.",
                "Vérifiez de qui est ce fichier, ou donnez son SIREN : --fec SIREN=FICHIER.",
                one.fichier,
            )
        autre = vus.setdefault((one.siren, one.mouvements.premier_jour), one)
        if autre is not one:
            yield Anomalie(
                "MLG-ARG-004",
                f"Deux fichiers sont du même exercice du SIREN {one.siren} : {autre.fichier} et {one.fichier}.",
                "Gardez celui de l’exercice entier.",
                one.fichier,
            )


def _find_sort(one: Donnes, sirens: Mapping[str, frozenset[int]], annee: int) -> Sort | None:
    """Why accounts are left out before any unit is made; None when they are not."""
    if not is_civile(one.mouvements.premier_jour, one.mouvements.dernier_jour, annee):
        return Sort.AUTRE_EXERCICE
    return Sort.PLUSIEURS if len(sirens[one.siren]) > 1 else None


def list_sorts(
    faits: Faits, annee: int, donnes: Iterable[Donnes], unites: Iterable[Unite]
) -> list[tuple[str, Sort]]:
    """What became of each file, in the order in which they were given."""
    sirens = index_sirens(faits)
    par_organisme: dict[str, list[Unite]] = defaultdict(list)
    for unite in unites:
        par_organisme[unite.organisme].append(unite)
    return [
        (
            one.fichier,
            _find_sort(one, sirens, annee)
            or _judge(par_organisme.get(str(next(iter(sirens[one.siren]))), [])),
        )
        for one in donnes
    ]


def _judge(unites: Sequence[Unite]) -> Sort:
    comptes = [unite.comptes for unite in unites if unite.comptes is not None]
    if not unites:
        return Sort.ABSENT
    if not comptes:
        return Sort.PARTAGE
    return Sort.NEGATIF if has_negative(comptes[0]) else Sort.COMPTE
