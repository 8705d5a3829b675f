"""The account of public money that a person may see: whole network or region, one cut at a time, kept in memory.

It is made to be published, and two tables that look at nearly the same structures tell more than each: no filter,
no other extract, no other perimeter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from maillage.analyses.argent_public.compte import build_compte, find_annee, name_regions
from maillage.analyses.argent_public.totaux import Axe
from maillage.analyses.argent_public.unites import Demande
from maillage.indicators.pilotage.etp import PILOTAGE
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.tableaux import list_annees
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.web.droits.permissions import Permission
from maillage.web.network.requete import acteur_of
from maillage.web.pilotage.choix import Choix
from maillage.web.pilotage.portee import list_reachable
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from maillage.analyses.argent_public.compte import Compte
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

LIBELLES: Final[Mapping[Axe, str]] = {Axe.TYPE: "type de structure", Axe.REGION: "région"}
"""Cuts of the page. Kinds and regions at once are left to the command: protecting both takes up to a minute."""
_GARDES = 16


@dataclass(frozen=True, slots=True)
class Vue:
    """What the page looks at.

    Attributes:
        choix: The newest extract, the year, and what the person may see.
        axe: What totals are by.
        axes: Those that are offered.
        annees: Years that are offered.
        is_regionale: Whether the person sees a part of the network only.
    """

    choix: Choix
    axe: Axe
    axes: tuple[Axe, ...]
    annees: tuple[int, ...]
    is_regionale: bool

    @property
    def parametres(self) -> str:
        """Rest of the address."""
        return f"annee={self.choix.annee}&par={self.axe.value}"

    def compute(self) -> Compte:
        """The account."""
        choix = self.choix
        return _compute(choix.faits, choix.annee, choix.filtre.structures, self.axe)


def open_vue(request: HttpRequest) -> Vue:
    """What the address looks at, within what the person may see.

    Raises:
        SaisieInvalide: MLG-PIL-010, there is no such year or cut here.
    """
    faits = load_faits()
    visibles = list_reachable(acteur_of(request), faits, Permission.PILOTAGE_RESEAU)
    annees = tuple(list_annees(faits)) or (faits.extrait.extraction.year,)
    # a part of the network is by kind only: its region is all that it has
    axes = tuple(LIBELLES) if visibles is None else (Axe.TYPE,)
    lus = {nom: request.GET.get(nom, "").strip() for nom in ("annee", "par")}
    possibles = {"annee": list(map(str, annees)), "par": [axe.value for axe in axes]}
    fautes = [
        Anomalie(
            "MLG-PIL-010",
            f"{guillemets(nom)} n’a pas ici de valeur {guillemets(lu)}.",
            f"Valeurs possibles : {join_fr(possibles[nom], 'ou')}.",
            "adresse de la page",
        )
        for nom, lu in lus.items()
        if lu and lu not in possibles[nom]
    ]
    if fautes:
        raise SaisieInvalide(*fautes)
    annee = int(lus["annee"]) if lus["annee"] else _default_year(faits, annees)
    choix = Choix(faits, annee, PILOTAGE, Filtre(structures=visibles))
    return Vue(choix, Axe(lus["par"] or Axe.TYPE), axes, annees, visibles is not None)


def _default_year(faits: Faits, annees: tuple[int, ...]) -> int:
    annee = find_annee(faits)
    return annee if annee in annees else annees[0]


@lru_cache(maxsize=_GARDES)
def _compute(faits: Faits, annee: int, visibles: frozenset[Cle] | None, axe: Axe) -> Compte:
    """An account, computed once: facts of an extract do not change."""
    regions: Mapping[Cle, str] = {}
    if axe is not Axe.TYPE:
        with donnees.VERROU:
            regions = name_regions(donnees.atlas(), faits)
    return build_compte(faits, Demande(annee, Filtre(structures=visibles), PILOTAGE, regions), axe)
