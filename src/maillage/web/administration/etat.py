"""State of the site: what works, what needs a hand, in sentences."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from maillage.kernel.francais import accorder, format_date, format_nombre
from maillage.web.administration.sauvegarde import ACTION_SAUVEGARDE
from maillage.web.journal.models import Evenement
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from datetime import datetime

_GO = 1024**3
_PEU_DE_PLACE = 2
_JOURS_SANS_SAUVEGARDE = 7


@dataclass(frozen=True, slots=True)
class Constat:
    """One thing that was looked at.

    Attributes:
        nom: What.
        phrase: What was found, in French.
        is_bon: Whether nothing is to be done.
        que_faire: Otherwise, what.
    """

    nom: str
    phrase: str
    is_bon: bool = True
    que_faire: str = ""


def examine(now: datetime) -> list[Constat]:
    """Look at everything that can fail without anybody noticing.

    Args:
        now: The instant of the examination.
    """
    return [
        _base(),
        _migrations(),
        _chiffres(),
        _sauvegarde(now),
        _place(),
        _courrier(),
        _adresse(),
    ]


def _base() -> Constat:
    with connection.cursor() as curseur:
        requete = (
            "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
        )
        curseur.execute(requete)
        version = curseur.fetchone()[0]
    nom = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    return Constat("Base de données", f"{nom} {version} répond.")


def _migrations() -> Constat:
    executor = MigrationExecutor(connection)
    en_attente = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if en_attente:
        return Constat(
            "Tables",
            f"{accorder(len(en_attente), 'changement attend', 'changements attendent')}.",
            is_bon=False,
            que_faire="Redémarrez le site\u00a0: il met ses tables à jour en s’ouvrant.",
        )
    return Constat("Tables", "Les tables sont celles de cette version.")


def _chiffres() -> Constat:
    version = donnees.atlas().cube.version
    return Constat("Chiffres publics", f"L’atlas répond, version {version[:12]}.")


def _sauvegarde(now: datetime) -> Constat:
    derniere = Evenement.objects.filter(action=ACTION_SAUVEGARDE).first()
    conseil = "Sur le serveur, lancez « maillage admin sauvegarder », chaque nuit de préférence."
    if derniere is None:
        return Constat(
            "Sauvegarde", "Aucune sauvegarde n’a été faite.", is_bon=False, que_faire=conseil
        )
    jours = (now - derniere.at).days
    return Constat(
        "Sauvegarde",
        f"La dernière est du {format_date(derniere.at.date())}.",
        is_bon=jours <= _JOURS_SANS_SAUVEGARDE,
        que_faire="" if jours <= _JOURS_SANS_SAUVEGARDE else conseil,
    )


def _place() -> Constat:
    libre = shutil.disk_usage(settings.DONNEES).free / _GO
    return Constat(
        "Place sur le disque",
        f"Il reste {format_nombre(libre, 1)} Go pour les données.",
        is_bon=libre >= _PEU_DE_PLACE,
        que_faire="" if libre >= _PEU_DE_PLACE else "Faites de la place, ou agrandissez le disque.",
    )


def _courrier() -> Constat:
    if settings.EMAIL_HOST:
        return Constat("Courrier", f"Les e-mails partent par {settings.EMAIL_HOST}.")
    return Constat(
        "Courrier",
        "Aucun serveur d’envoi n’est réglé\u00a0: les e-mails sont écrits dans un dossier.",
        is_bon=False,
        que_faire="Réglez MAILLAGE_COURRIEL, puis redémarrez le site.",
    )


def _adresse() -> Constat:
    if settings.REGLAGES.is_https:
        return Constat("Adresse publique", f"{settings.ADRESSE_PUBLIQUE}, en TLS.")
    return Constat(
        "Adresse publique",
        f"{settings.ADRESSE_PUBLIQUE}\u00a0: sans TLS, le site n’est fait que pour cette machine.",
        is_bon=False,
        que_faire="Avant d’ouvrir le site à d’autres, placez-le derrière un serveur en https:// et "
        "réglez MAILLAGE_ADRESSE_PUBLIQUE.",
    )
