"""Computes requirements/*.txt again from the pyproject.toml files, for every platform, with hashes.

Run by `make lock`. The files name packages, versions and hashes, never a download host.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMON = (
    "pip",
    "compile",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    # pip in hash mode takes « coverage[toml] » for another package than « coverage »: when a newer
    # coverage appears it picks that one, finds no hash, and nobody can install any more (2026-11)
    "--no-strip-extras",
    "--quiet",
)
SETS = {
    "run": ("pyproject.toml", "--group", "build"),
    # The tests run on exactly the versions that users get.
    "dev": (
        "pyproject.toml",
        *("--group", "build", "--group", "dev", "--constraints", "requirements/run.txt"),
    ),
    # An environment of its own: only the benchmark of the engines needs Spark.
    "spark": (
        "pyproject.toml",
        *("--group", "build", "--group", "spark", "--constraints", "requirements/run.txt"),
    ),
    # An environment of its own: the fuzzer is built for Linux only.
    "fuzz": (
        "pyproject.toml",
        *("--group", "build", "--group", "dev", "--group", "fuzz"),
        *("--constraints", "requirements/dev.txt"),
    ),
    # An environment of its own: OpenFisca-France stops before the NumPy of the others.
    "openfisca": ("openfisca/pyproject.toml", "--group", "openfisca/pyproject.toml:build"),
}


def main() -> None:
    """Write every file, the one that users install first."""
    for name, options in SETS.items():
        command = [sys.executable, "-m", "uv", *COMMON, *options, "-o", f"requirements/{name}.txt"]
        subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
