"""The network's year beside those of like organisations, from the public register."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.web.dialogue.models import DeclarationPublique
from maillage.web.dialogue.registre.nomenclatures import TRANCHES, rank_tranche

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Comparaison:
    """How like organisations declared in one year.

    Attributes:
        annee: Year in which their accounting years end.
        domaines: Domains by which they are alike.
        lignes: Their years, by name.
        par_tranche: Band and number of organisations, smallest band first, those that declared none last.
        source: File of the register.
        lu_le: When it was read.
    """

    annee: int
    domaines: tuple[str, ...]
    lignes: Sequence[DeclarationPublique]
    par_tranche: Sequence[tuple[str, int]]
    source: str
    lu_le: str


def list_annees() -> list[int]:
    """Years for which declarations are known, newest first."""
    jours = DeclarationPublique.objects.dates("fin", "year", order="DESC")
    return [jour.year for jour in jours]


def compare(annee: int, domaines: Sequence[str], mots: str = "") -> Comparaison | None:
    """Organisations that declared a question in one of the domains, or whose name has the words.

    Args:
        annee: Year in which their accounting years end.
        domaines: Domains of the network's own questions, or chosen ones.
        mots: Words of a name; empty to ask for none.

    Returns:
        None when no file of the register was read.
    """
    toutes = DeclarationPublique.objects.filter(fin__year=annee)
    premiere = DeclarationPublique.objects.first()
    if premiere is None:
        return None
    voulus = set(domaines)
    lignes = [
        d
        for d in toutes
        if (voulus & set(d.domaines)) or (mots and mots.casefold() in d.denomination.casefold())
    ]
    rangs = Counter(rank_tranche(d.tranche) for d in lignes)
    par_tranche = [(TRANCHES[r], rangs[r]) for r in sorted(k for k in rangs if k is not None)]
    if rangs[None]:
        par_tranche.append(("aucun montant déclaré", rangs[None]))
    return Comparaison(
        annee, tuple(domaines), lignes, par_tranche, premiere.source, f"{premiere.lu_le:%d/%m/%Y}"
    )
