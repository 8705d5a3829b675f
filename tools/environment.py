"""Creates `.venv` from the locked requirements, and only when they changed.

Run by `make` with the system's Python, so it uses the standard library only.
Usage: python3 tools/environment.py run|dev
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from debian import install_debian_package

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "requirements.sha256"
OLDEST = (3, 11)
CANDIDATES = ("python3.14", "python3.13", "python3.12", "python3.11")


def say(message: str) -> None:
    """Write one line for the person who typed the command."""
    sys.stderr.write(message + "\n")


def find_python() -> str:
    """Path of a Python that is recent enough: this one, else a newer one on the PATH.

    Raises:
        SystemExit: there is none; the message says how to get one.
    """
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in CANDIDATES:
        found = shutil.which(name)
        if found:
            return found
    version = ".".join(map(str, sys.version_info[:2]))
    say(
        f"[MLG-ENV-010] Python {version} est trop ancien : il faut Python 3.11 ou plus récent.\n"
        "Installez-le (Debian, Ubuntu : apt-get install python3 ; macOS : python.org ou Homebrew), "
        "puis relancez la même commande, ou indiquez-le : make run PYTHON=/chemin/vers/python3.12"
    )
    raise SystemExit(6)


def create_venv(python: str, venv: Path = VENV) -> None:
    """Create the environment; on Debian its `venv` module is a package of its own.

    Raises:
        SystemExit: it cannot be created; the message says why.
    """
    attempt = subprocess.run([python, "-m", "venv", str(venv)], capture_output=True, check=False)
    if attempt.returncode == 0:
        return
    if install_debian_package("python3-venv"):
        shutil.rmtree(venv, ignore_errors=True)
        attempt = subprocess.run(
            [python, "-m", "venv", str(venv)], capture_output=True, check=False
        )
    if attempt.returncode != 0:
        shutil.rmtree(venv, ignore_errors=True)
        detail = (attempt.stdout + attempt.stderr).decode(errors="replace").strip()
        say(
            f"[MLG-ENV-011] l’environnement Python n’a pas pu être créé dans {venv} :\n{detail}\n"
            "Sous Debian ou Ubuntu : sudo apt-get install python3-venv ; "
            "vérifiez aussi le droit d’écrire dans ce dossier, puis relancez la même commande."
        )
        raise SystemExit(6)


def install(requirements: Path, venv: Path = VENV, trees: tuple[Path, ...] = (ROOT,)) -> None:
    """Install exactly the locked packages, each checked by its hash, then our own trees.

    Raises:
        SystemExit: an installation failed.
    """
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
    steps = (
        [*pip, "install", "--require-hashes", "-r", str(requirements)],
        *(
            [*pip, "install", "--no-build-isolation", "--no-deps", "-e", str(tree)]
            for tree in trees
        ),
    )
    for step in steps:
        if subprocess.run(step, check=False).returncode != 0:
            say(
                f"[MLG-ENV-012] l’installation depuis {requirements.name} a échoué (voir ci-dessus).\n"
                "Vérifiez la connexion au réseau et la place sur le disque, puis relancez la commande."
            )
            raise SystemExit(6)


def wanted_stamp(kind: str) -> str:
    """Hash of what the environment is made from, with the kind of installation."""
    parts = [ROOT / "requirements" / f"{kind}.txt", ROOT / "pyproject.toml"]
    return kind + " " + hashlib.sha256(b"".join(p.read_bytes() for p in parts)).hexdigest()


def is_ready(kind: str) -> bool:
    """Whether the environment already holds that kind; the tests' one serves to run as well."""
    if not STAMP.is_file() or not (VENV / "bin" / "python").exists():
        return False
    present = STAMP.read_text(encoding="utf-8")
    return present in {wanted_stamp(kind), wanted_stamp("dev")}


def main() -> None:
    """Bring the environment to the state that the locked requirements describe."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    if is_ready(kind):
        return
    say("Préparation de l’environnement Python (une à trois minutes la première fois)…")
    if not (VENV / "bin" / "python").exists():
        create_venv(find_python())
    install(ROOT / "requirements" / f"{kind}.txt")
    STAMP.write_text(wanted_stamp(kind), encoding="utf-8")


if __name__ == "__main__":
    main()
