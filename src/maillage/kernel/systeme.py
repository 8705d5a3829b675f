"""Why the operating system refused, in French: its own messages follow the machine's language."""

from __future__ import annotations

import errno

_RAISONS = {
    errno.EACCES: "droit refusé",
    errno.EPERM: "opération interdite par le système",
    errno.ENOENT: "fichier ou dossier inexistant",
    errno.ENOTDIR: "un fichier porte le nom d’un dossier du chemin",
    errno.EISDIR: "c’est un dossier",
    errno.EEXIST: "le fichier existe déjà",
    errno.EROFS: "disque en lecture seule",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EDQUOT: "quota de disque atteint",
    errno.EMFILE: "trop de fichiers ouverts",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EIO: "erreur de lecture ou d’écriture du disque",
    errno.EADDRINUSE: "adresse déjà utilisée",
    errno.ECONNREFUSED: "connexion refusée",
    errno.ETIMEDOUT: "délai dépassé",
}


def explain_os_error(error: OSError) -> str:
    """Reason of a system error, in French; its number when it is not one of the usual ones."""
    raison = _RAISONS.get(error.errno or 0)
    return raison if raison is not None else f"erreur système n° {error.errno or 'inconnu'}"
