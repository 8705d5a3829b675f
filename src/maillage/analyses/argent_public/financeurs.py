"""Who pays: the lines of the account, and the accounts of a FEC that go to each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.secret.nomenclature import Nomenclature

if TYPE_CHECKING:
    from collections.abc import Mapping

ETAT, DEPARTEMENT = "etat", "departement"
NON_VENTILE, VENTES, AUTRES = "public_non_ventile", "ventes", "autres_produits"
PUBLIC, PRODUITS = "ensemble_public", "ensemble_des_produits"
NOMS = {
    ETAT: "État",
    DEPARTEMENT: "Départements",
    "region": "Régions",
    "intercommunalite": "Intercommunalités",
    "commune": "Communes",
    "fse": "Fonds social européen",
    "plie": "PLIE",
    "agefiph": "Agefiph",
    "autre": "Autres aides publiques",
    NON_VENTILE: "Public, financeur non précisé",
    PUBLIC: "Ensemble public",
    "fondation": "Fondations",
    VENTES: "Ventes",
    AUTRES: "Autres produits",
    PRODUITS: "Ensemble des produits",
}
"""Lines in the order of display; `autre` and before are public funders as annexes name them."""
_PUBLICS = tuple(NOMS)[: tuple(NOMS).index(PUBLIC)]
LIGNES = Nomenclature(
    PRODUITS,
    (
        *((nom, PUBLIC) for nom in _PUBLICS),
        (PUBLIC, PRODUITS),
        *((nom, PRODUITS) for nom in ("fondation", VENTES, AUTRES)),
    ),
)
"""The same lines as a tree: public funders add up, and all lines are the income."""
COMPTES = {"70": VENTES, "73": NON_VENTILE, "74": NON_VENTILE, "7": AUTRES}
"""What the plan of accounts itself says: sales, public grants of whatever funder, other income.

The subdivisions of 74 by funder are each organisation's own: give those that the network agreed on.
"""


def assign_soldes(
    soldes: Mapping[str, int], correspondance: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Cents by line of the account, from balances of accounts; those outside class 7 are not income.

    Args:
        soldes: Account or its first digits to cents, credit above zero. Each amount once: not an
            account and its subdivisions.
        correspondance: First digits to line, on top of `COMPTES`; the longest that fits is used.

    Raises:
        ValueError: the mapping names a line that is not one.
    """
    prefixes = {**COMPTES, **(correspondance or {})}
    unknown = sorted(set(prefixes.values()) - set(LIGNES.feuilles))
    if unknown:
        msg = f"no such line: {unknown}; lines: {', '.join(LIGNES.feuilles)}"
        raise ValueError(msg)
    lignes: dict[str, int] = {}
    for compte, centimes in soldes.items():
        fits = [prefixe for prefixe in prefixes if compte.startswith(prefixe)]
        if fits:
            ligne = prefixes[max(fits, key=len)]
            lignes[ligne] = lignes.get(ligne, 0) + centimes
    return lignes
