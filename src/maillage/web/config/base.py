"""The relational database: which one, and how it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

# Readers do not wait for the writer, a writer takes its lock at once and waits for its turn.
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def describe_base(adresse: str, dossier: Path, *, demonstration: bool) -> dict[str, Any]:
    """Django's description of the database.

    Args:
        adresse: `postgresql://…`; empty for SQLite.
        dossier: Data directory, where the SQLite file stands.
        demonstration: The synthetic network has a file of its own.
    """
    if not adresse:
        nom = "demonstration.sqlite3" if demonstration else "maillage.sqlite3"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": dossier / nom,
            "OPTIONS": dict(_SQLITE),
        }
    parts = urlsplit(adresse)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
