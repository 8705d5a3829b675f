"""Coverage-guided fuzzing in an environment of its own, made from requirements/fuzz.txt.

Run by `make fuzz` with the system's Python, so it uses the standard library only. Linux only: that is where the
fuzzer is built for.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import environment

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv-fuzz"
REQUIREMENTS = ROOT / "requirements" / "fuzz.txt"
STAMP = VENV / "requirements.sha256"
WHAT = ("fec", "extrait")
SECONDS = 600


def prepare() -> None:
    """Create the environment, and only when what it is made from changed.

    Raises:
        SystemExit: it cannot be created, or an installation failed; the message says why.
    """
    parts = (REQUIREMENTS, ROOT / "pyproject.toml")
    wanted = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    environment.say("Préparation de l’environnement du fuzzing (une minute la première fois)…")
    if not (VENV / "bin" / "python").exists():
        environment.create_venv(environment.find_python(), VENV)
    environment.install(REQUIREMENTS, VENV)
    STAMP.write_text(wanted, encoding="utf-8")


def main() -> int:
    """Fuzz each reader for so many seconds; 0 when nothing failed."""
    seconds = int(sys.argv[1]) if sys.argv[1:] else SECONDS
    prepare()
    script = str(ROOT / "tests" / "fuzz" / "fichiers_abimes.py")
    codes = [
        subprocess.run(
            [str(VENV / "bin" / "python"), script, what, f"-max_total_time={seconds}"],
            cwd=ROOT,
            check=False,
        ).returncode
        for what in WHAT
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
