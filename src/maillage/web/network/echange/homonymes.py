"""Whom a line of the file of people may be about: by address first, then by name, never by a guess alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.names import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.web.accounts.models import Utilisateur
    from maillage.web.network.models import Rattachement


def cle_nom(prenom: str, nom: str) -> str:
    """What two ways of writing a name have in common: no accent, no case, no order of the words."""
    return " ".join(sorted(normalize(f"{prenom} {nom}").split()))


def index_names(
    rattachements: Iterable[Rattachement],
) -> Mapping[tuple[int, str], list[Utilisateur]]:
    """Organisation and key of a name to the people who have or had a role there under that name."""
    index: dict[tuple[int, str], dict[int, Utilisateur]] = defaultdict(dict)
    for rattachement in rattachements:
        personne = rattachement.utilisateur
        cle = cle_nom(personne.prenom, personne.nom)
        if cle:
            index[rattachement.organisation_id, cle][personne.pk] = personne
    return {cle: list(gens.values()) for cle, gens in index.items()}
