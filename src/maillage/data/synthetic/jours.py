"""Days as whole numbers since 1970, and the texts that the ASP writes for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

JAMAIS = np.int64(2**31)
"""A day that does not come."""
MOIS_MOYEN = 30.4375
_PREMIER = int(np.datetime64("1950-01-01", "D").astype(np.int64))
_DERNIER = int(np.datetime64("2060-12-31", "D").astype(np.int64))


def to_day(jour: date) -> int:
    """Number of a day."""
    return int(np.datetime64(jour, "D").astype(np.int64))


def first_of_month(annees: Any, mois: Any) -> NDArray[np.int64]:
    """First day of months; a thirteenth month is January of the next year."""
    rangs = (np.asarray(annees, dtype=np.int64) - 1970) * 12 + np.asarray(mois, dtype=np.int64) - 1
    return rangs.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def month_of(jours: NDArray[np.int64]) -> NDArray[np.int64]:
    """Months since January 1970 of days."""
    return jours.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _write_texts() -> pa.Array:
    jours = np.arange(_PREMIER, _DERNIER + 1).astype("datetime64[D]")
    textes = np.datetime_as_string(jours, unit="D")
    return pa.array([f"{t[8:10]}/{t[5:7]}/{t[:4]}" for t in textes.tolist()])


_TEXTES = _write_texts()


def write_days(jours: NDArray[np.int64], au: int | None = None) -> pa.Array:
    """Days as JJ/MM/AAAA; null for those that do not come, or come after `au`."""
    absents = (jours < _PREMIER) | (jours > (_DERNIER if au is None else min(au, _DERNIER)))
    rangs = pa.array(np.where(absents, 0, jours - _PREMIER), mask=absents)
    return _TEXTES.take(rangs)
