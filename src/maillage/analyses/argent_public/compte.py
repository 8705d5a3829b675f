"""The account of a year: coverage, then totals. Nothing of one structure leaves it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.argent_public.assemblage import list_unites
from maillage.analyses.argent_public.couverture import Couverture, measure_couverture
from maillage.analyses.argent_public.totaux import Axe, Ligne, list_totaux
from maillage.analyses.pilotage.lieux import list_places
from maillage.indicators.pilotage.declarations import list_financeurs
from maillage.indicators.pilotage.etp import PILOTAGE
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.secret.regle import Regle
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.analyses.argent_public.unites import Demande, Unite
    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle


@dataclass(frozen=True, slots=True)
class Compte:
    """Account of a year.

    Attributes:
        annee: Calendar year.
        axe: What totals are by.
        couverture: What each source covers.
        lignes: Funders in each column, the whole last.
        regle: What totals were protected with.
    """

    annee: int
    axe: Axe
    couverture: Couverture
    lignes: tuple[Ligne, ...]
    regle: Regle


def build_compte(
    faits: Faits, demande: Demande, axe: Axe = Axe.TYPE, regle: Regle | None = None
) -> Compte:
    """Account of a year.

    Raises:
        SaisieInvalide: a table would give away what one before it hides (MLG-SEC-001).
        ValueError: the mapping of accounts names a line that is not one.
    """
    return add_up(list_unites(faits, demande), demande.annee, axe, regle)


def add_up(
    unites: Sequence[Unite], annee: int, axe: Axe = Axe.TYPE, regle: Regle | None = None
) -> Compte:
    """The same, from units that are already gathered.

    Raises:
        SaisieInvalide: a table would give away what one before it hides (MLG-SEC-001).
    """
    regle = regle or Regle()
    couverture = measure_couverture(unites, annee, regle)
    return Compte(annee, axe, couverture, list_totaux(unites, axe, regle), regle)


def find_annee(faits: Faits, perimetre: str = PILOTAGE) -> int:
    """Year that most structures declare on the annexes of the extraction's year, the later of two.

    The year before the extraction when nobody declares: annexes often speak of the year before that one.
    """
    annee = faits.extrait.extraction.year
    years = Counter(
        ligne.cloture.year
        for ligne in list_financeurs(faits, annee, None, perimetre)
        if ligne.cloture is not None
    )
    return max(years, key=lambda year: (years[year], year), default=annee - 1)


def name_regions(atlas: Atlas, faits: Faits) -> dict[Cle, str]:
    """Name of the region of each structure whose commune is known."""
    cles = index_structures(faits).cles
    places = list_places(atlas, faits)
    return {
        cle: known[Niveau.REGION].nom
        for cle, known in zip(cles, places, strict=True)
        if Niveau.REGION in known
    }
