"""What a person has to live on without and with a job, and what stays of an extra euro of pay."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from maillage.analyses.emploi.table import RESSOURCES

if TYPE_CHECKING:
    from maillage.analyses.emploi.table import Point, Table
    from maillage.kernel.money import Centimes


@dataclass(frozen=True, slots=True)
class Composante:
    """One part of the income of a household.

    Attributes:
        code: Column of the table, `revenu_disponible` for the whole.
        libelle: In French.
        avant: Euros of a month before; a tax is negative.
        apres: After.
    """

    code: str
    libelle: str
    avant: Centimes
    apres: Centimes

    @property
    def difference(self) -> Centimes:
        """What changes."""
        return self.apres - self.avant


@dataclass(frozen=True, slots=True)
class Marge:
    """What an increase of pay becomes.

    Attributes:
        brut: More gross pay in a month.
        net: More net pay.
        disponible: More to live on.
    """

    brut: Centimes
    net: Centimes
    disponible: Centimes

    @property
    def part_gardee(self) -> Fraction | None:
        """Share of the extra net pay that stays; None when there is none."""
        return Fraction(self.disponible.nombre, self.net.nombre) if self.net.nombre else None

    @property
    def taux_marginal_effectif(self) -> Fraction | None:
        """Share of the extra gross pay that contributions, tax and lost benefits take."""
        if not self.brut.nombre:
            return None
        return 1 - Fraction(self.disponible.nombre, self.brut.nombre)


@dataclass(frozen=True, slots=True)
class Palier:
    """One step of weekly hours.

    Attributes:
        point: The household at these hours.
        marge: From the step before; None at the first.
    """

    point: Point
    marge: Marge | None


def compare_revenus(avant: Point, apres: Point) -> tuple[Composante, ...]:
    """Every part of the income, then the tax, then the whole: the last is the sum of the others."""
    parts = [
        Composante(code, libelle, avant[code], apres[code]) for code, libelle in RESSOURCES.items()
    ]
    return (
        *parts,
        Composante(
            "impot_revenu", "Impôt sur le revenu", -avant["impot_revenu"], -apres["impot_revenu"]
        ),
        Composante(
            "revenu_disponible",
            "Revenu disponible",
            avant.revenu_disponible,
            apres.revenu_disponible,
        ),
    )


def compute_marge(avant: Point, apres: Point) -> Marge:
    """What the pay of the second point adds to the first."""
    return Marge(
        brut=apres["salaire_brut"] - avant["salaire_brut"],
        net=apres["salaire_net"] - avant["salaire_net"],
        disponible=apres.revenu_disponible - avant.revenu_disponible,
    )


def list_paliers(table: Table, mois: str, foyer: str, majoration: Centimes) -> tuple[Palier, ...]:
    """A household at each number of weekly hours, with what each step adds."""
    points = [table.get(mois, foyer, h, majoration) for h in table.hypotheses.heures]
    marges = [None, *(compute_marge(avant, apres) for avant, apres in pairwise(points))]
    return tuple(Palier(point, marge) for point, marge in zip(points, marges, strict=True))
