"""The environment of Spark, for the benchmark of the engines; made from requirements/spark.txt.

Run by `make bench` with the system's Python, so it uses the standard library only. Spark needs Java.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import environment

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv-spark"
REQUIREMENTS = ROOT / "requirements" / "spark.txt"
STAMP = VENV / "requirements.sha256"


def wanted_stamp() -> str:
    """Hash of what the environment is made from."""
    parts = (REQUIREMENTS, ROOT / "pyproject.toml")
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def prepare() -> None:
    """Create the environment, and only when what it is made from changed.

    Raises:
        SystemExit: it cannot be created, or an installation failed; the message says why.
    """
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted_stamp():
        return
    environment.say("Préparation de l’environnement de Spark (une minute la première fois)…")
    if not (VENV / "bin" / "python").exists():
        environment.create_venv(environment.find_python(), VENV)
    environment.install(REQUIREMENTS, VENV)
    STAMP.write_text(wanted_stamp(), encoding="utf-8")


if __name__ == "__main__":
    prepare()
