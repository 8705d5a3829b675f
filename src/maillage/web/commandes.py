"""The command of the command line that needs Django: `maillage site`.

It is mounted by the entry-point group `maillage.commandes`; Django, the atlas and the server are
imported when the command runs, so that the other commands start fast. It speaks to the person at
the terminal, hence `typer.echo`, as the rooms below never do.
"""

from __future__ import annotations

import os
import sys
import webbrowser
from typing import Annotated

import typer

from maillage.kernel.errors import Anomalie, EnvironnementInvalide

_ADRESSES_LOCALES = {"127.0.0.1", "localhost", "::1"}


def site(
    port: Annotated[
        int, typer.Option(help="Port sur lequel le site répond.", min=1, max=65_535)
    ] = 8000,
    adresse: Annotated[
        str,
        typer.Option(help="Adresse d’écoute\u00a0; 127.0.0.1 = cette machine seulement."),
    ] = "127.0.0.1",
    *,
    ouvrir: Annotated[
        bool,
        typer.Option(
            "--ouvrir/--ne-pas-ouvrir", help="Ouvrir le navigateur quand le site est prêt."
        ),
    ] = True,
    demonstration: Annotated[
        bool,
        typer.Option(
            "--demonstration",
            help="Ouvrir un réseau inventé, avec un compte par rôle, refait à chaque démarrage.",
        ),
    ] = False,
    travailleur: Annotated[
        bool,
        typer.Option(
            "--avec-travailleur/--sans-travailleur",
            help="Faire aussi le travail de fond\u00a0: annonces, e-mails, rangement.",
        ),
    ] = True,
) -> None:
    """Ouvre le site sur cette machine : carte de France, diagnostics, pedigree des chiffres.

    Raises:
        EnvironnementInvalide: the port is in use (MLG-ENV-002); the demonstration would be open
            to others (MLG-DEM-002).
        DonneesIndisponibles: the reference pack is missing or damaged.
    """
    # a page takes a second on this import chain, a `--help` should not
    from maillage.web.config.serveur import Serveur, check_port, format_bind, start_worker  # noqa: PLC0415

    check_port(adresse, port)
    if demonstration:
        _check_local(adresse)
        os.environ["MAILLAGE_DEMONSTRATION"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.config.settings")
    if adresse not in _ADRESSES_LOCALES:
        _allow_host(adresse)
    typer.echo("Préparation des données… (la première fois, comptez jusqu’à une minute)")
    _prepare()
    from maillage.web.config.wsgi import application  # noqa: PLC0415 — settings are read on import

    url = f"http://{format_bind(adresse, port)}/"
    lien = _prepare_base(url)

    processus = []  # kept, or Python would take the worker for lost

    def annoncer() -> None:
        if travailleur:
            processus.append(start_worker())
        typer.echo(f"Le site est prêt\u00a0: {url}\nCtrl-C pour l’arrêter.")
        if lien is not None:
            typer.echo(
                f"Premier démarrage\u00a0: ce lien, valable deux jours et une seule fois, crée votre "
                f"réseau et le compte qui l’administre\u00a0:\n  {lien}"
            )
        if ouvrir and _has_display():
            webbrowser.open(f"{url}demonstration/" if demonstration else url)

    Serveur(application, adresse, port, annoncer).run()


def _check_local(adresse: str) -> None:
    """The demonstration opens without any password: it stays on this machine.

    Raises:
        EnvironnementInvalide: MLG-DEM-002, others could reach the address.
    """
    if adresse not in _ADRESSES_LOCALES:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-DEM-002",
                f"La démonstration s’ouvre sans mot de passe\u00a0: elle ne s’ouvre pas sur "
                f"{adresse}.",
                "Relancez sans --adresse\u00a0: elle restera sur cette machine.",
            )
        )


def _allow_host(adresse: str) -> None:
    """Let the site answer at the address that the person asked for, beside its own."""
    hotes = os.environ.get("MAILLAGE_HOTES", "127.0.0.1,localhost,[::1]")
    toutes = {"0.0.0.0": "*", "::": "*"}  # noqa: S104 — asked for by name on the command line
    os.environ["MAILLAGE_HOTES"] = f"{hotes},{toutes.get(adresse, adresse)}"


def _prepare() -> None:
    """Read the atlas and draw what every visitor asks for first, one line per step."""
    import django  # noqa: PLC0415 — see site()

    django.setup()
    from maillage.kernel.niveau import Niveau  # noqa: PLC0415
    from maillage.web.territoires import donnees  # noqa: PLC0415
    from maillage.web.territoires.maps.france import NIVEAUX_CARTE  # noqa: PLC0415

    version = donnees.atlas().cube.version
    typer.echo(f"  chiffres et territoires\u00a0: prêts (version {version[:12]})")
    for niveau in NIVEAUX_CARTE:
        donnees.fond(niveau)
    typer.echo("  cartes\u00a0: prêtes")
    donnees.diagnostic(Niveau.FRANCE, "FR")
    donnees.cibles()
    typer.echo("  diagnostic de la France et cibles de 2022\u00a0: prêts")


def _prepare_base(url: str) -> str | None:
    """Bring the tables up to date; the link of the first start, while there is no network."""
    from django.conf import settings  # noqa: PLC0415

    from maillage.web.accounts.liens import public_address  # noqa: PLC0415 — see site()
    from maillage.web.config.preparation import (  # noqa: PLC0415
        find_premier_lien,
        prepare_base,
        rebuild_demonstration,
    )

    if settings.DEMONSTRATION:
        rebuild_demonstration()
        typer.echo(f"  réseau de démonstration\u00a0: prêt, {url}demonstration/")
        return None
    prepare_base()
    return find_premier_lien(public_address(url.rstrip("/")))


def _has_display() -> bool:
    """Whether a browser can be shown: always on macOS and Windows, with a display on Linux."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
