"""What the relational database needs before the site opens: its tables, and the first account."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.utils import Error
from django.utils import timezone

from maillage.kernel.errors import Anomalie, DonneesIndisponibles, EnvironnementInvalide
from maillage.web.accounts.actions import create_premier_demarrage
from maillage.web.demonstration.pilotage import prepare_extraits
from maillage.web.demonstration.reseau import build
from maillage.web.network.models import Organisation


def prepare_base() -> None:
    """Create or update the tables. Nothing is lost; what is up to date is left as it is.

    Raises:
        DonneesIndisponibles: MLG-BAS-001, the database does not answer or refuses.
    """
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    except Error as error:
        raise DonneesIndisponibles(
            Anomalie(
                "MLG-BAS-001",
                f"La base {connection.vendor} des comptes ne répond pas\u00a0: "
                f"{type(error).__name__}.",
                "Vérifiez qu’elle est démarrée, MAILLAGE_BASE, le nom de la base et ses droits.",
            )
        ) from error


def rebuild_demonstration() -> None:
    """Make the invented network anew, in the file that only serves the demonstration.

    Raises:
        EnvironnementInvalide: MLG-DEM-001, the database that is set is not that file.
    """
    if connection.vendor != "sqlite" or settings.REGLAGES.base:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-DEM-001",
                "La démonstration s’efface à chaque démarrage\u00a0: elle ne s’ouvre pas sur la base "
                "de MAILLAGE_BASE.",
                "Relancez sans MAILLAGE_BASE\u00a0: la démonstration a son propre fichier.",
            )
        )
    connection.close()
    fichier = Path(settings.DATABASES["default"]["NAME"])
    for reste in ("", "-wal", "-shm"):
        Path(f"{fichier}{reste}").unlink(missing_ok=True)
    prepare_base()
    prepare_extraits(timezone.now())
    build(timezone.localdate())


def find_premier_lien(adresse: str) -> str | None:
    """Link that creates the network and its first administrator; None once that is done.

    Args:
        adresse: How the site is reached, without a final slash.
    """
    if Organisation.objects.filter(nature=Organisation.Nature.RESEAU).exists():
        return None
    return f"{adresse}/reseau/premier-demarrage/{create_premier_demarrage()}/"
