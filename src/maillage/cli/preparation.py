"""`maillage preparer`: computes and stores the figures that every other command reads."""

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.progression import show_progress
from maillage.kernel.errors import EnvironnementInvalide

_AIDE = """
Calcule tous les indicateurs de tous les territoires et les garde pour les commandes et le site.

C’est fait une fois par version des données ; les autres commandes le font au besoin.
"""
_EXEMPLES = """
maillage preparer
"""


def register(application: typer.Typer) -> None:
    """Add the command to the application."""
    application.command("preparer", cls=Commande, help=_AIDE, epilog=_EXEMPLES)(prepare)


def prepare() -> None:
    """Compute and store the figures, showing how far it is.

    Raises:
        EnvironnementInvalide: the data directory cannot be written (MLG-ENV-001).
    """
    from maillage.data.reference.overlay import apply_updates  # noqa: PLC0415 — heavy
    from maillage.data.reference.pack import embedded_pack  # noqa: PLC0415 — heavy
    from maillage.data.store import data_dir, ensure_writable  # noqa: PLC0415 — heavy
    from maillage.indicators.cube_store import open_cube  # noqa: PLC0415 — heavy
    from maillage.kernel.francais import accorder  # noqa: PLC0415 — brings numpy

    folder = data_dir()
    ensure_writable(folder)
    with show_progress("Préparation des indicateurs") as tell:
        tell("lecture du paquet de référence")
        pack, damaged = apply_updates(embedded_pack(), folder)
        cube, unkept = open_cube(pack, folder, tell)
    if unkept:
        raise EnvironnementInvalide(*unkept)
    for anomalie in damaged:
        typer.echo(f"À savoir : {anomalie}", err=True)
    indicateurs = {indicateur for indicateur, _ in cube.releves}
    territoires = sum(len(codes) for codes in cube.codes.values())
    typer.echo(
        f"{accorder(len(indicateurs), 'indicateur prêt', 'indicateurs prêts')} "
        f"pour {accorder(territoires, 'territoire', 'territoires')}."
    )
