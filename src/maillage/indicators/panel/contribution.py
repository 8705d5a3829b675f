"""What one structure gives to the panel for one year, and whether it agreed to."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


class Mesure(NamedTuple):
    """One ratio of one structure.

    Attributes:
        valeur: The ratio; it may be negative.
        poids: Its denominator, above zero: hours, ETP, euros of income. Never published.
    """

    valeur: float
    poids: float


@dataclass(frozen=True, slots=True)
class Profil:
    """What makes structures alike, from what is never relaxed to what is relaxed first.

    All but the kind may be empty: not known.

    Attributes:
        type: AI, ACI, EI, ETTI, EITI.
        taille: Size class, as the caller cuts it.
        region: Official code.
        activite: Main activity, as the caller names it.
    """

    type: str
    taille: str
    region: str
    activite: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """Ratios of one structure for one year. The text form hides the figures: it may come in a log.

    Attributes:
        structure: Opaque identifier, the same from an edition to the next.
        organisme: Who reads what this structure knows: the SIREN, so that two establishments of one
            association are not two strangers.
        annee: Year of the ratios.
        profil: What it is compared by.
        ratios: Name to measure; a ratio that is unknown is not there.

    Raises:
        ValueError: an identifier is empty, a value is not finite, a weight is not above zero.
    """

    structure: str
    organisme: str
    annee: int
    profil: Profil
    ratios: Mapping[str, Mesure] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.structure or not self.organisme:
            msg = "a contribution has the identifiers of a structure and of its organisation"
            raise ValueError(msg)
        for nom, mesure in self.ratios.items():
            if not math.isfinite(mesure.valeur):
                msg = f"ratio « {nom} »: a value is finite; leave out a ratio that is unknown"
                raise ValueError(msg)
            if not (math.isfinite(mesure.poids) and mesure.poids > 0):
                msg = f"ratio « {nom} »: a weight is finite and above zero"
                raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Consentement:
    """Agreement of one structure to be in the panel.

    Attributes:
        structure: As in its contributions.
        debut: First day.
        fin: Last day, None while it holds.
    """

    structure: str
    debut: date
    fin: date | None = None

    def holds(self, au: date) -> bool:
        """Whether it holds on a day."""
        return self.debut <= au and (self.fin is None or au <= self.fin)


def keep_consenting(
    contributions: Iterable[Contribution], consentements: Iterable[Consentement], au: date
) -> tuple[Contribution, ...]:
    """Contributions of those whose agreement holds on a day: without one, nothing is given."""
    agreed = {accord.structure for accord in consentements if accord.holds(au)}
    return tuple(one for one in contributions if one.structure in agreed)
