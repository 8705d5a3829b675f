"""Backup and restore: one archive with the database, the files and their hashes.

The backup is taken while the site runs. The archive is written aside and takes its name once it is
whole and read again; a restore checks every hash before it writes anything.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from maillage.kernel.errors import (
    Anomalie,
    DonneesIndisponibles,
    EnvironnementInvalide,
    FichierInvalide,
    Introuvable,
)
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ACTION_SAUVEGARDE = "sauvegarde.faire"
FORMAT = 1
MANIFESTE = "manifeste.json"
DOSSIERS = ("fichiers", "extraits")
"""Directories beside the database: joined files, and the extracts that the cockpit reads."""
_BASES = {"sqlite": "base.sqlite3", "postgresql": "base.pgdump"}
_BLOC = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sauvegarde:
    """One archive.

    Attributes:
        chemin: Where it is.
        moteur: « sqlite » or « postgresql ».
        lignes: Rows by table.
        fichiers: Number of files beside the database.
        octets: Its size.
    """

    chemin: Path
    moteur: str
    lignes: Mapping[str, int]
    fichiers: int
    octets: int


def save(dossier: Path, now: datetime) -> Sauvegarde:
    """Write an archive of the database and of the files, then read it again.

    Args:
        dossier: Where; created if need be.
        now: Gives its name to the archive.

    Raises:
        EnvironnementInvalide: MLG-ADM-010, the directory cannot be written; MLG-ADM-011, the
            program that saves PostgreSQL is missing or refused.
        FichierInvalide: MLG-ADM-012, the archive read again is not what was written.
    """
    chemin = dossier / f"maillage-{now:%Y-%m-%d-%H%M%S}.tar"
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=dossier, prefix=".sauvegarde-") as travail:
            provisoire = Path(travail) / chemin.name
            base = Path(travail) / _BASES[connection.vendor]
            lignes = _dump(base)
            contenu = {base.name: base, **_list_files()}
            _write_archive(provisoire, contenu, _describe(contenu, lignes, now))
            sauvegarde = check(provisoire)
            provisoire.replace(chemin)
    except OSError as error:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-ADM-010",
                f"La sauvegarde ne peut pas être écrite dans {dossier}.",
                "Créez ce dossier, vérifiez ses droits et la place libre, ou donnez-en un autre.",
            )
        ) from error
    record(ACTION_SAUVEGARDE, by=None, nom=chemin.name, details={"octets": sauvegarde.octets})
    return Sauvegarde(
        chemin, sauvegarde.moteur, sauvegarde.lignes, sauvegarde.fichiers, sauvegarde.octets
    )


def check(archive: Path) -> Sauvegarde:
    """Read an archive whole and compare every hash.

    Raises:
        Introuvable: MLG-ADM-013, there is no such file.
        FichierInvalide: MLG-ADM-012, it is not an archive of Maillage, or it is damaged.
    """
    if not archive.is_file():
        raise Introuvable(
            Anomalie("MLG-ADM-013", f"Il n’y a pas de fichier {archive}.", "Vérifiez son nom.")
        )
    try:
        with tarfile.open(archive) as tar:
            manifeste = _read_manifest(tar)
            faux = [
                nom for nom, attendu in manifeste["fichiers"].items() if _hash(tar, nom) != attendu
            ]
    except (tarfile.TarError, KeyError, ValueError, EOFError) as error:
        raise FichierInvalide(_damaged(archive, "ce n’est pas une sauvegarde lisible")) from error
    if faux:
        raise FichierInvalide(_damaged(archive, f"{', '.join(sorted(faux))} a changé"))
    return Sauvegarde(
        archive,
        manifeste["moteur"],
        manifeste["lignes"],
        len(manifeste["fichiers"]) - 1,
        archive.stat().st_size,
    )


def restore(archive: Path, *, remplacer: bool) -> Sauvegarde:
    """Put back the database and the files of an archive; the present ones are kept aside.

    Args:
        archive: Written by `save`, on this machine or another.
        remplacer: Whether a database that already holds something may be replaced.

    Raises:
        Introuvable: MLG-ADM-013, there is no such file.
        FichierInvalide: MLG-ADM-012 the archive is damaged, MLG-ADM-014 it comes from another
            database engine.
        DonneesIndisponibles: MLG-ADM-015, the database already holds something.
        EnvironnementInvalide: MLG-ADM-011, PostgreSQL's program is missing or refused.
    """
    sauvegarde = check(archive)
    if sauvegarde.moteur != connection.vendor:
        raise FichierInvalide(
            Anomalie(
                "MLG-ADM-014",
                f"Cette sauvegarde vient de {sauvegarde.moteur}, la base réglée est "
                f"{connection.vendor}.",
                "Réglez MAILLAGE_BASE sur le même moteur, puis recommencez.",
            )
        )
    if not remplacer and _holds_something():
        raise DonneesIndisponibles(
            Anomalie(
                "MLG-ADM-015",
                "La base contient déjà un réseau\u00a0: la restaurer le remplacerait.",
                "Arrêtez le site et relancez avec --remplacer\u00a0; ce qui est là est mis de côté.",
            )
        )
    settings.DONNEES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DONNEES, prefix=".restauration-") as travail:
        with tarfile.open(archive) as tar:
            tar.extractall(travail, filter="data")
        _load(Path(travail) / _BASES[connection.vendor])
        for nom in DOSSIERS:
            _put_back(Path(travail) / nom, settings.DONNEES / nom)
    with connection.cursor() as curseur:
        if _count_rows(curseur) != sauvegarde.lignes:
            raise FichierInvalide(_damaged(archive, "des lignes manquent une fois restaurée"))
    return sauvegarde


def _holds_something() -> bool:
    tables = set(connection.introspection.table_names())
    if "network_organisation" not in tables:
        return False
    with connection.cursor() as curseur:
        curseur.execute("SELECT COUNT(*) FROM network_organisation")
        return bool(curseur.fetchone()[0])


def _dump(cible: Path) -> dict[str, int]:
    """Copy the database as it is at one instant; how many rows each table of the copy has."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(cible)) as copie:
            connection.connection.backup(copie)
            copie.execute("PRAGMA journal_mode=DELETE")
            return _count_rows(copie.cursor())
    with transaction.atomic(), connection.cursor() as curseur:
        # what is counted is what is saved: both look at the same snapshot
        curseur.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        curseur.execute("SELECT pg_export_snapshot()")
        instantane = curseur.fetchone()[0]
        _call_postgres(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            f"--snapshot={instantane}",
            f"--file={cible}",
        )
        return _count_rows(curseur)


def _load(source: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        cible = Path(settings.DATABASES["default"]["NAME"])
        for reste in ("", "-wal", "-shm"):
            fichier = Path(f"{cible}{reste}")
            if fichier.exists():
                fichier.replace(f"{cible}.avant-restauration{reste}")
        shutil.move(source, cible)
        return
    connection.close()
    _call_postgres(
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        f"--dbname={settings.DATABASES['default']['NAME']}",
        str(source),
        named=False,
    )


def _call_postgres(programme: str, *mots: str, named: bool = True) -> None:
    """Run one of PostgreSQL's own programs on our database; the password is not on the line.

    Raises:
        EnvironnementInvalide: MLG-ADM-011, it is missing, or it refused.
    """
    base = settings.DATABASES["default"]
    environnement = {
        **os.environ,
        "PGHOST": str(base["HOST"]),
        "PGPORT": str(base["PORT"]),
        "PGUSER": str(base["USER"]),
        "PGPASSWORD": str(base["PASSWORD"]),
        **({"PGDATABASE": str(base["NAME"])} if named else {}),
    }
    chemin = shutil.which(programme)
    if chemin is None:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-ADM-011",
                f"Le programme {programme} n’est pas sur cette machine.",
                "Installez les programmes clients de PostgreSQL (Debian\u00a0: postgresql-client).",
            )
        )
    fini = subprocess.run(  # noqa: S603 — our own words, no shell
        [chemin, *mots], env=environnement, capture_output=True, check=False
    )
    if fini.returncode != 0:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-ADM-011",
                f"{programme} a refusé (code {fini.returncode}).",
                "Vérifiez que la base répond, ses droits, et que ce programme est au moins de la "
                "version du serveur.",
            )
        )


def _list_files() -> dict[str, Path]:
    return {
        f"{nom}/{chemin.relative_to(settings.DONNEES / nom).as_posix()}": chemin
        for nom in DOSSIERS
        for chemin in sorted((settings.DONNEES / nom).rglob("*"))
        if chemin.is_file() and not chemin.is_symlink() and not _is_provisional(nom, chemin)
    }


def _is_provisional(nom: str, chemin: Path) -> bool:
    """Whether a file belongs to what is being written, in a directory whose name starts by a dot."""
    return any(
        part.startswith(".") for part in chemin.relative_to(settings.DONNEES / nom).parts[:-1]
    )


def _describe(
    contenu: Mapping[str, Path], lignes: Mapping[str, int], now: datetime
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "moteur": connection.vendor,
        "faite_le": now.isoformat(),
        "lignes": dict(lignes),
        "fichiers": {nom: _hash_file(chemin) for nom, chemin in contenu.items()},
    }


def _count_rows(curseur: Any) -> dict[str, int]:
    """Rows of our tables, through a cursor on the database or on its copy."""
    lignes = {}
    for table in sorted(connection.introspection.django_table_names(only_existing=True)):
        curseur.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 — names of our own tables
        lignes[table] = curseur.fetchone()[0]
    return lignes


def _write_archive(archive: Path, contenu: Mapping[str, Path], manifeste: dict[str, Any]) -> None:
    texte = json.dumps(manifeste, ensure_ascii=False, indent=1).encode()
    with tarfile.open(archive, "w") as tar:
        entete = tarfile.TarInfo(MANIFESTE)
        entete.size = len(texte)
        tar.addfile(entete, io.BytesIO(texte))
        for nom, chemin in contenu.items():
            tar.add(chemin, nom, recursive=False)
    with archive.open("rb") as flux:
        os.fsync(flux.fileno())


def _read_manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    flux = tar.extractfile(MANIFESTE)
    if flux is None:
        msg = "no manifest"
        raise ValueError(msg)
    manifeste: dict[str, Any] = json.load(flux)
    if manifeste["format"] != FORMAT or manifeste["moteur"] not in _BASES:
        msg = "another format"
        raise ValueError(msg)
    annonces = {MANIFESTE, *manifeste["fichiers"]}
    if set(tar.getnames()) != annonces or _BASES[manifeste["moteur"]] not in annonces:
        msg = "files that the manifest does not announce, or the reverse"
        raise ValueError(msg)
    return manifeste


def _hash(tar: tarfile.TarFile, nom: str) -> str:
    flux = tar.extractfile(nom)
    if flux is None:
        return ""
    return hashlib.file_digest(flux, "sha256").hexdigest()  # type: ignore[arg-type]  # a tar member reads like a file


def _hash_file(chemin: Path) -> str:
    with chemin.open("rb") as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


def _put_back(source: Path, cible: Path) -> None:
    if cible.exists():
        ancien = cible.with_name(f"{cible.name}.avant-restauration")
        shutil.rmtree(ancien, ignore_errors=True)
        cible.replace(ancien)
    if source.exists():
        source.replace(cible)


def _damaged(archive: Path, raison: str) -> Anomalie:
    return Anomalie(
        "MLG-ADM-012",
        f"La sauvegarde {archive.name} ne peut pas servir\u00a0: {raison}.",
        "Prenez une autre sauvegarde\u00a0; ce qui était là est gardé, au pire de côté.",
    )
