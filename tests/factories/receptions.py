"""Receiving extracts in tests: what is kept, what is refused, what is repaired."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from maillage.data.extraits import list_extraits
from maillage.data.extraits.reception import Rapport, Reception, ReparationsAAccepter
from maillage.kernel.errors import FichierInvalide

if TYPE_CHECKING:
    from pathlib import Path

MAINTENANT = datetime(2025, 7, 7, 9, 30, tzinfo=UTC)


def receive(*chemins: Path, **options: Any) -> Rapport:
    return Reception(chemins, MAINTENANT, derive=lambda _extrait: None, **options).run()


def refused(*chemins: Path, **options: Any) -> list[str]:
    """Codes of what is refused; nothing is kept, and nothing is left behind."""
    with pytest.raises(FichierInvalide) as refus:
        receive(*chemins, **options)
    assert list_extraits() == ()
    return [anomalie.code for anomalie in refus.value.anomalies]


def repaired(*chemins: Path) -> tuple[list[str], Rapport]:
    """Codes of the repairs that are asked first, and the import that accepts them."""
    with pytest.raises(ReparationsAAccepter) as demande:
        receive(*chemins)
    assert list_extraits() == ()
    rapport = receive(*chemins, accepte_reparations=True)
    return [anomalie.code for anomalie in demande.value.anomalies], rapport


def read_column(rapport: Rapport, vue: str, nom: str) -> list[Any]:
    valeurs: list[Any] = pq.read_table(rapport.extrait.vue(vue)).column(nom).to_pylist()
    return valeurs


def name_of(vue: str) -> str:
    """Name of the file of a view."""
    return f"fluxIAE_{vue}_05072025_112211.csv.gz"
