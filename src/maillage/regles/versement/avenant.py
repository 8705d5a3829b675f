"""A change of an annexe during its months: an avenant of the convention, or a new arrêté."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.money import format_euros

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from maillage.kernel.money import Centimes
    from maillage.kernel.period import Mois

_CENTIEMES = 100


@dataclass(frozen=True, slots=True)
class Avenant:
    """What changes in an annexe from one of its months on.

    Attributes:
        effet: First month to which the new terms apply.
        etp_conventionnes: Monthly ETP agreed from then on, two decimals at most; None when they do
            not change.
        montant_unitaire: Amount per ETP and per year from then on; None when it does not change.
        decision: Month in which the avenant is signed, or the arrêté published. None: not after the
            effect.
        arrete: Title of the arrêté that sets the amount; empty for an avenant of the convention.

    Raises:
        SaisieInvalide: MLG-REG-230 nothing changes; MLG-REG-221 negative ETP or amount; MLG-REG-222
            ETP with more than two decimals.
    """

    effet: Mois
    etp_conventionnes: Decimal | None = None
    montant_unitaire: Centimes | None = None
    decision: Mois | None = None
    arrete: str = ""

    def __post_init__(self) -> None:
        anomalies = tuple(_check(self))
        if anomalies:
            raise SaisieInvalide(*anomalies)


def _check(avenant: Avenant) -> Iterator[Anomalie]:
    etp, montant = avenant.etp_conventionnes, avenant.montant_unitaire
    ou = f"avenant de {avenant.effet.libelle}"
    if etp is None and montant is None:
        yield Anomalie(
            "MLG-REG-230",
            "L’avenant ne change ni les ETP ni le montant par ETP.",
            "Donnez l’un des deux, ou retirez l’avenant.",
            ou,
        )
    if etp is not None and etp < 0:
        yield Anomalie(
            "MLG-REG-221",
            f"Les ETP de l’avenant ne peuvent pas être négatifs\u00a0: {etp}.",
            "Corrigez le signe.",
            ou,
        )
    if etp is not None and etp * _CENTIEMES % 1:
        yield Anomalie(
            "MLG-REG-222",
            f"{etp} ETP ont plus de deux décimales.",
            "Reprenez les ETP imprimés sur l’avenant.",
            ou,
        )
    if montant is not None and montant.nombre < 0:
        yield Anomalie(
            "MLG-REG-221",
            f"Le montant de l’avenant ne peut pas être négatif\u00a0: {format_euros(montant)}.",
            "Corrigez le signe.",
            ou,
        )
