"""Roll-ups of an extract on the engine that is asked for."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from maillage.data.store import connect
from maillage.indicators.pilotage.agregats import AXES, aggregate, columns_of
from maillage.indicators.pilotage.etp import PILOTAGE
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.indicators.pilotage.lecture import Faits

DUCKDB = "duckdb://"


def roll_up(
    faits: Faits, annee: int, par: Sequence[str], perimetre: str = PILOTAGE, moteur: str = DUCKDB
) -> list[dict[str, Any]]:
    """Sums of a year, in the order of their keys.

    Args:
        faits: Of an extract.
        annee: Year of the months.
        par: Axes: mois, structure, departement, type.
        perimetre: `pilotage` or `conventionnees`.
        moteur: Address of the engine: `duckdb://`, `postgres://…` or `spark://local`.

    Raises:
        SaisieInvalide: MLG-PIL-040, no such axis; MLG-ENV-004, no such engine.
        EnvironnementInvalide: MLG-ENV-003, the engine is not installed.
        DonneesIndisponibles: MLG-DON-003, the server does not answer.
    """
    inconnus = [axe for axe in par if axe not in AXES]
    if inconnus or not par:
        raise SaisieInvalide(
            Anomalie(
                "MLG-PIL-040",
                f"On ne peut pas additionner par {join_fr(map(guillemets, inconnus)) or 'rien'}.",
                f"Axes possibles, séparés par des virgules : {', '.join(AXES)}.",
                "--par",
            )
        )
    import ibis  # type: ignore[import-untyped]  # noqa: PLC0415 — takes a second to import

    question = aggregate(
        ibis.memtable(faits.annexes), ibis.memtable(faits.mois), annee, par, perimetre
    )
    with closing(_Engine(moteur)) as engine:
        rangees: list[dict[str, Any]] = engine.ask(question)
    cles = columns_of(par)
    return sorted(rangees, key=lambda r: tuple((r[cle] is None, r[cle]) for cle in cles))


class _Engine:
    """An engine, left as it was found."""

    def __init__(self, adresse: str) -> None:
        self._engine = connect(adresse)

    def ask(self, question: Any) -> list[dict[str, Any]]:
        """Rows of the answer."""
        rangees: list[dict[str, Any]] = self._engine.to_pyarrow(question).to_pylist()
        return rangees

    def close(self) -> None:
        """Let it go."""
        self._engine.disconnect()
