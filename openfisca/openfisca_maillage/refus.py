"""Refusals of Maillage, carried by OpenFisca: the web API answers 400 with the same sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openfisca_core.errors import SituationParsingError

if TYPE_CHECKING:
    from maillage.kernel.errors import Anomalie


class Refus(SituationParsingError):
    """Why no figure is given, in French, with the codes of Maillage.

    Attributes:
        anomalies: Every problem found.
    """

    def __init__(self, *anomalies: Anomalie) -> None:
        self.anomalies = tuple(dict.fromkeys(anomalies))
        super().__init__(["refus"], "\n".join(map(str, self.anomalies)), code=400)

    def __str__(self) -> str:
        return "\n".join(map(str, self.anomalies))
