"""Exact division of whole cents: one rounding, where the rule puts it, halves away from zero.

Everything stays in int64; where a product would not fit, the same formula runs on Python's
unbounded integers, so that no figure is ever silently wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Entiers: TypeAlias = "NDArray[np.int64]"
"""Whole numbers: cents, hundredths of an ETP, months. Shape said by each formula."""

_BORNE = 2**62  # twice this is the first integer that int64 cannot hold
_BORNE_RAPIDE = 2**61  # three times this still fits
# Under 2**53 a whole number is exact in float64, and the quotient of two is never rounded up to a
# whole number that it does not reach: it would have to be nearer to it than one part in 2**53.
_BORNE_FLOTTANTE = 2**51
_EUROS_MAX = 1e9  # float64 still holds ten-thousandths of a cent there
_TOLERANCE = 1e-4  # of a cent


def prorata(montant: Entiers, numerateur: Entiers, denominateur: Entiers) -> Entiers:
    """Amount × numerator / denominator, rounded once to the unit, halves away from zero.

    Args:
        montant: Whole cents. The three arguments are broadcast together.
        numerateur: Whole numbers.
        denominateur: Whole numbers, all positive.

    Returns:
        Whole cents. Shape of the three arguments broadcast.

    Raises:
        ValueError: a denominator is zero or negative.
        OverflowError: a result does not fit in int64.
    """
    if (denominateur <= 0).any():
        msg = "every denominator must be positive"
        raise ValueError(msg)
    produit, diviseur = _greatest(montant) * _greatest(numerateur), _greatest(denominateur)
    positif = montant.min(initial=0) >= 0 and numerateur.min(initial=0) >= 0
    if positif and produit < _BORNE_RAPIDE and diviseur < _BORNE_RAPIDE:
        # The usual case, in few passes over memory: (2p + d) ÷ 2d is p ÷ d with its halves up.
        double = 2 * (montant * numerateur) + denominateur
        if produit < _BORNE_FLOTTANTE and diviseur < _BORNE_FLOTTANTE:
            # several times faster than the division of integers, and as exact there
            return (double / (2 * denominateur)).astype(np.int64)
        double //= 2 * denominateur
        return double
    if produit < _BORNE and diviseur < _BORNE:
        return _round_half_up(montant * numerateur, denominateur)
    # Python integers have no bound
    exact = _round_half_up(
        montant.astype(object) * numerateur.astype(object),
        denominateur.astype(object),
    )
    return exact.astype(np.int64)


def _greatest(nombres: Entiers) -> int:
    """Largest absolute value, as an unbounded integer; 0 for no number."""
    return max(int(nombres.max(initial=0)), -int(nombres.min(initial=0)))


def _round_half_up(numerateur: Entiers, denominateur: Entiers) -> Entiers:
    absolu = np.abs(numerateur)
    entier = absolu // denominateur
    entier += 2 * (absolu - entier * denominateur) >= denominateur
    return np.where(numerateur < 0, -entier, entier)


def to_centimes(euros: NDArray[np.float64]) -> Entiers:
    """Euros as whole cents, halves away from zero; exact for any amount with two decimals.

    Args:
        euros: Shape `(n,)`.

    Returns:
        Cents. Shape `(n,)`.

    Raises:
        ValueError: an amount is not finite, or is above a thousand million euros.
    """
    if not (np.abs(euros) <= _EUROS_MAX).all():
        msg = f"amounts must be finite and at most {_EUROS_MAX:.0f} euros"
        raise ValueError(msg)
    # The allowance absorbs the binary error of a decimal half cent, far under any real fraction.
    return (np.sign(euros) * np.floor(np.abs(euros) * 100 + 0.5 + _TOLERANCE)).astype(np.int64)
