"""Finds, installs or starts what some tests need: Chromium, PostgreSQL, an OpenID provider."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from debian import install_debian_package
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_PATHS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
OPENID_SOURCES = Path(__file__).resolve().parents[1] / "tests" / "services" / "fournisseur_openid"
OPENID_FILES = ("package.json", "package-lock.json")
POSTGRES_GLOBS = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)


def find_chromium() -> str | None:
    """Path of a Chromium or Chrome already on the machine."""
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return found
    return next((str(path) for path in CHROMIUM_PATHS if path.exists()), None)


def find_postgres() -> Path | None:
    """Folder of the PostgreSQL server's programs, the newest when there are several."""
    on_path = shutil.which("initdb")
    if on_path and (Path(on_path).parent / "pg_ctl").exists():
        return Path(on_path).parent
    folders = [
        folder
        for pattern in POSTGRES_GLOBS
        for folder in Path("/").glob(pattern.lstrip("/"))
        if (folder / "initdb").exists()
    ]
    return max(folders, default=None)


def get_chromium() -> str | None:
    """Path of a Chromium, installed if the machine allows it."""
    found = find_chromium()
    if found is None and install_debian_package("chromium"):
        found = find_chromium()
    return found


def get_postgres() -> Path | None:
    """Folder of the PostgreSQL server's programs, installed if the machine allows it."""
    found = find_postgres()
    if found is None and install_debian_package("postgresql"):
        found = find_postgres()
    return found


def cache_folder() -> Path:
    """Where what the tests need is installed once, outside of the tree."""
    root = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(root) if root else Path.home() / ".cache") / "maillage-essais"


def get_openid_provider() -> Path | None:
    """Folder where the OpenID provider of the tests is installed, as its lock file says.

    Node.js and npm are installed if the machine allows it. None when they, or the packages, could
    not be had.
    """
    if not (shutil.which("node") and shutil.which("npm")):
        install_debian_package("nodejs", "npm")
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return None
    contents = b"".join((OPENID_SOURCES / name).read_bytes() for name in OPENID_FILES)
    folder = cache_folder() / f"openid-{hashlib.sha256(contents).hexdigest()[:16]}"
    done = folder / "complete"
    if done.exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for name in OPENID_FILES:
        shutil.copy(OPENID_SOURCES / name, folder / name)
    words = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    if subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, check=False).returncode != 0:
        return None
    done.touch()
    return folder


@contextmanager
def temporary_database(url: str, name: str) -> Iterator[str]:
    """Address of an empty database of a server, dropped at the end."""
    place = sql.Identifier(name)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(place))
        try:
            yield f"{url.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(place))


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_account() -> str | None:
    """Account to run the server as: PostgreSQL refuses root. None means the current one."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def temporary_postgres(programs: Path) -> Iterator[str]:
    """Address of a PostgreSQL server that lives as long as the context, data included."""
    account = server_account()
    folder = Path(tempfile.mkdtemp(prefix="maillage-postgres-"))
    port = free_port()
    if account is not None:
        shutil.chown(folder, user=account)

    def call(program: str, *words: str) -> None:
        subprocess.run(
            [str(programs / program), *words],
            user=account,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    data, log = str(folder / "base"), str(folder / "journal")
    try:
        call("initdb", "-D", data, "-U", "maillage", "-A", "trust", "-E", "UTF8")
        call("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")
        try:
            yield f"postgresql://maillage@127.0.0.1:{port}/postgres"
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
