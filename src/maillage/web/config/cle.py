"""The key that signs sessions and links, kept in the data directory when nobody gives one."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, EnvironnementInvalide
from maillage.kernel.systeme import explain_os_error

if TYPE_CHECKING:
    from pathlib import Path

FICHIER = "cle-secrete"


def load_cle(dossier: Path) -> str:
    """Key of this installation, made the first time; only its owner can read the file.

    Raises:
        EnvironnementInvalide: MLG-ENV-001, the directory cannot be written.
    """
    chemin = dossier / FICHIER
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        try:
            descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return chemin.read_text(encoding="ascii").strip() or _write(chemin)
        os.close(descripteur)
        return _write(chemin)
    except OSError as error:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-ENV-001",
                f"le dossier {dossier} ne peut pas recevoir la clé du site\u00a0: "
                f"{explain_os_error(error)}.",
                "corrigez les droits, ou nommez un autre dossier par MAILLAGE_DONNEES.",
            )
        ) from error


def _write(chemin: Path) -> str:
    cle = secrets.token_urlsafe(50)
    provisoire = chemin.with_name(f".{FICHIER}-{os.getpid()}")
    descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descripteur, "w", encoding="ascii") as flux:
        flux.write(cle)
    provisoire.replace(chemin)
    return cle
