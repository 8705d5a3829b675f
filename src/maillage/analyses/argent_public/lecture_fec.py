"""Reading of the accounting files that are given to the account; every fault of every file at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from stdnum.exceptions import ValidationError
from stdnum.fr import siren as numero_siren

from maillage.analyses.argent_public.comptes_donnes import Donnes
from maillage.analyses.comptes.mouvements import read_mouvements
from maillage.data.sources.fec.lecture import read_fec
from maillage.data.sources.fec.nom import parse_nom
from maillage.kernel.errors import Anomalie, FichierInvalide, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_DONNE = re.compile(r"(?P<siren>[0-9 ]{9,11})=(?P<fichier>.+)")


class Mot(NamedTuple):
    """What a command was given: a file, and its SIREN when it is said."""

    siren: str
    fichier: str


def parse_mot(mot: str) -> Mot:
    """« 732829320=export.txt », or the file alone."""
    trouve = _DONNE.fullmatch(mot)
    if trouve is None:
        return Mot("", mot)
    return Mot(trouve["siren"].replace(" ", ""), trouve["fichier"])


def read_donnes(
    fichiers: Sequence[tuple[str, Path]], step: Callable[[int], None] = lambda _rang: None
) -> list[Donnes]:
    """Accounts of each file.

    Args:
        fichiers: SIREN that is said, empty when the name of the file says it; the file.
        step: Told the rank of the file being read, from 1.

    Raises:
        FichierInvalide: the SIREN is not said (MLG-ARG-001), or is not one or not that of the name
            (MLG-ARG-002); a file cannot be read or used (MLG-FEC-…, MLG-SOL-001).
    """
    lus: list[Donnes] = []
    fautes: list[Anomalie] = []
    for rang, (dit, fichier) in enumerate(fichiers, 1):
        step(rang)
        try:
            siren = _find_siren(dit, fichier.name)
            lus.append(Donnes(fichier.name, siren, read_mouvements(read_fec(fichier))))
        except UserError as erreur:
            fautes += erreur.anomalies
    if fautes:
        raise FichierInvalide(*fautes)
    return lus


def _find_siren(dit: str, nom: str) -> str:
    """SIREN of a file: what is said, else what its name says.

    Raises:
        FichierInvalide: MLG-ARG-001, 002.
    """
    du_nom = parse_nom(nom).siren
    if not dit and not du_nom:
        raise FichierInvalide(
            Anomalie(
                "MLG-ARG-001",
                f"Le nom « {nom} » ne dit pas le SIREN, et rien d’autre ne le dit.",
                "Écrivez --fec SIREN=FICHIER, ou nommez le fichier SirenFECAAAAMMJJ.txt.",
                nom,
            )
        )
    if dit and (not _is_siren(dit) or du_nom not in {"", dit}):
        quoi = (
            f"Le fichier est donné au SIREN {dit}, son nom dit {du_nom}."
            if _is_siren(dit)
            else f"{dit} n’est pas un SIREN."
        )
        raise FichierInvalide(Anomalie("MLG-ARG-002", quoi, "Vérifiez de qui est ce fichier.", nom))
    return dit or du_nom


def _is_siren(texte: str) -> bool:
    try:
        numero_siren.validate(texte)
    except ValidationError:
        return False
    return True
