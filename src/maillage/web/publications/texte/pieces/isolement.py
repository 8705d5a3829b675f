"""Reads an attachment in a process of its own, whose death is a refusal like another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import PurePath

from maillage.web.publications.texte.pieces.model import TAILLE_MAX, Lecture

_MODULE = "maillage.web.publications.texte.pieces.processus"
SECONDES = 45
"""Patience before the reading is stopped; the process has 30 of its own."""


def read_isolated(nom_fichier: str, contenu: bytes, secondes: float = SECONDES) -> Lecture:
    """Texts of a file that may be hostile.

    Args:
        nom_fichier: Its name, for its extension.
        contenu: Its bytes.
        secondes: Patience.
    """
    if len(contenu) > TAILLE_MAX:
        return Lecture(refus=f"il dépasse {TAILLE_MAX // 1_000_000} Mo")
    commande = [sys.executable, "-m", _MODULE, f"piece{PurePath(nom_fichier).suffix[:8]}"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    try:
        done = subprocess.run(  # noqa: S603 — our own module, and a name that is ours
            commande, input=contenu, capture_output=True, timeout=secondes, env=env, check=False
        )
    except subprocess.TimeoutExpired:
        return Lecture(refus="sa lecture prend trop de temps")
    if done.returncode != 0:
        return Lecture(refus="sa lecture a dû être arrêtée, faute de mémoire ou de temps")
    return Lecture.from_dict(json.loads(done.stdout))
