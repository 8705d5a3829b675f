"""The rules served by OpenFisca, in an environment of their own: cases, web API, parity, typical households.

Run by `make openfisca` with the system's Python, and by `tools/checks.py`, so it uses the standard
library only. The environment is made from requirements/openfisca.txt, and only when that changed.
Usage: python3 tools/openfisca.py [preparer | emploi [AAAA-MM-JJ [DOSSIER]]]
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import IO

import environment

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv-openfisca"
BIN = VENV / "bin"
ADAPTER = ROOT / "openfisca"
REQUIREMENTS = ROOT / "requirements" / "openfisca.txt"
STAMP = VENV / "requirements.sha256"
COUNTRY = ("--country-package", "openfisca_maillage")


def wanted_stamp() -> str:
    """Hash of what the environment is made from."""
    parts = (REQUIREMENTS, ADAPTER / "pyproject.toml", ROOT / "pyproject.toml")
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def prepare() -> None:
    """Create the environment, and only when what it is made from changed.

    Raises:
        SystemExit: it cannot be created, or an installation failed; the message says why.
    """
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted_stamp():
        return
    environment.say("Préparation de l’environnement d’OpenFisca (une minute la première fois)…")
    if not (BIN / "python").exists():
        environment.create_venv(environment.find_python(), VENV)
    # Maillage comes without its dependencies: its rules need few, and none at the same version.
    environment.install(REQUIREMENTS, VENV, (ROOT, ADAPTER))
    STAMP.write_text(wanted_stamp(), encoding="utf-8")


def is_installable() -> bool:
    """Whether the environment is there, or could be made."""
    try:
        prepare()
    except SystemExit:
        return False
    return True


def check(out: IO[str] | None = None) -> bool:
    """Run the cases, the web API, the parity and the table of households; True when all hold.

    Args:
        out: Where they print; the terminal when None.
    """
    steps = (
        [str(BIN / "openfisca"), "test", *COUNTRY, "tests"],
        [str(BIN / "python"), "outils/parite.py"],
        [str(BIN / "python"), "outils/emploi.py"],
    )
    codes = [_run(step, out) for step in steps]
    return not any(codes)


def _run(step: list[str], out: IO[str] | None) -> int:
    done = subprocess.run(
        step, cwd=ADAPTER, check=False, stdout=out, stderr=out and subprocess.STDOUT
    )
    return done.returncode


def run_emploi(words: list[str]) -> int:
    """Compare the table of typical households, or write it: see openfisca/outils/emploi.py.

    Args:
        words: A date to write, and a folder of one's own; nothing to compare.
    """
    # the folder is told from where the command is typed
    places = [*words[:1], *(str(Path(word).resolve()) for word in words[1:])]
    return _run([str(BIN / "python"), "outils/emploi.py", *places], None)


def main() -> None:
    """Prepare the environment, then check everything, or do only what is asked for.

    Raises:
        SystemExit: something does not hold.
    """
    prepare()
    match sys.argv[1:]:
        case ["preparer"]:
            return
        case ["emploi", *words]:
            raise SystemExit(run_emploi(words))
        case _:
            raise SystemExit(0 if check() else 1)


if __name__ == "__main__":
    main()
