"""The one door of the generator: a network by its parameters, with the law that Maillage knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.synthese.bareme import load_bareme
from maillage.data.synthetic import Contenant, write_reseau

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maillage.data.synthetic import Ecrit, Parametres


def generate_reseau(
    parametres: Parametres,
    dossier: Path,
    contenant: Contenant = Contenant.ARCHIVE,
    progression: Callable[[str, int], None] = lambda _vue, _lignes: None,
) -> Ecrit:
    """Write an extract of a synthetic network.

    Args:
        parametres: Of the network, within what the law is known for.
        dossier: Where; created if need be.
        contenant: One archive as the ASP sends it, or loose files.
        progression: Told the view and its rows so far.

    Raises:
        ValueError: the law is not known for those years or that day.
        FichierInvalide: a file of that name is there already (MLG-SYN-001).
        SaisieInvalide: no annexe is shown on that day (MLG-SYN-002).
        EnvironnementInvalide: the folder cannot be written (MLG-ENV-001).
    """
    return write_reseau(parametres, load_bareme(), dossier, contenant, progression)
