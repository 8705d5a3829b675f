"""Installs a Debian package when the machine allows it without asking anything.

Standard library only: the system's Python runs it before the environment exists.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def command_prefix() -> list[str] | None:
    """Words to put before `apt-get` so that it asks nothing, or None where it is not possible."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    quiet = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if quiet.returncode == 0 else None


def install_debian_package(*names: str) -> bool:
    """Install packages of the system; False when the machine does not allow it or it failed."""
    prefix = command_prefix()
    if prefix is None:
        return False
    sys.stderr.write(f"Installation de {', '.join(names)} par apt-get…\n")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    results = [
        subprocess.run(
            [*prefix, "apt-get", *words], env=environment, stdout=subprocess.DEVNULL, check=False
        )
        for words in (["update", "-q"], ["install", "-y", "-q", *names])
    ]
    return results[-1].returncode == 0
