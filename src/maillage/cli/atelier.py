"""Opens what commands read, only in the commands that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from maillage.cli.progression import show_progress

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.atlas import Atlas


def open_workshop() -> Atlas:
    """The atlas of the default data directory; what its reader must know goes to stderr.

    Raises:
        DonneesIndisponibles: the reference pack is missing or damaged.
    """
    from maillage.analyses.diagnosis.atlas import open_atlas  # noqa: PLC0415 — heavy

    with show_progress("Lecture des données", in_logs=False):
        atlas = open_atlas()
    for avertissement in atlas.avertissements:
        typer.echo(f"À savoir : {avertissement}", err=True)
    return atlas
