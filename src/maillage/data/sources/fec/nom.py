"""The name of the file against what it holds: SirenFECAAAAMMJJ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from stdnum.exceptions import ValidationError
from stdnum.fr import siren

from maillage.data.sources.fec.modele import Constat, Gravite
from maillage.kernel.francais import format_date

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORME = re.compile(r"(?P<siren>[0-9]{9})FEC(?P<jour>[0-9]{8})(?:_.*)?\.(?:txt|csv)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NomFec:
    """What a name announces.

    Attributes:
        siren: Nine digits, empty when the name gives none.
        cloture: Day of closing, None when the name gives none or it is not a day.
    """

    siren: str = ""
    cloture: date | None = None


def parse_nom(nom: str) -> NomFec:
    """What the name announces; nothing when it is not of the form of the decree."""
    trouve = _FORME.fullmatch(nom)
    if trouve is None:
        return NomFec()
    jour = trouve["jour"]
    try:
        cloture = date(int(jour[:4]), int(jour[4:6]), int(jour[6:]))
    except ValueError:
        cloture = None
    return NomFec(trouve["siren"], cloture)


def check_nom(nom: str, dernier_jour: date | None) -> Iterator[Constat]:
    """What of the name does not follow the decree, or contradicts the content."""
    lu = parse_nom(nom)
    if not lu.siren or lu.cloture is None:
        yield Constat(
            "MLG-FEC-120",
            Gravite.IRREGULIER,
            f"Le nom « {nom} » n’est pas de la forme SirenFECAAAAMMJJ.txt.",
            "Renommez le fichier avant un contrôle ; Maillage le lit tel quel.",
        )
        return
    try:
        siren.validate(lu.siren)
    except ValidationError:
        yield Constat(
            "MLG-FEC-121",
            Gravite.IRREGULIER,
            f"Le SIREN du nom, {lu.siren}, n’est pas valable : sa clé de contrôle est fausse.",
            "Vérifiez de qui est ce fichier.",
        )
    if dernier_jour is not None and dernier_jour != lu.cloture:
        yield Constat(
            "MLG-FEC-122",
            Gravite.IRREGULIER,
            f"Le nom annonce une clôture au {format_date(lu.cloture)}, la dernière écriture est du "
            f"{format_date(dernier_jour)}.",
            "Vérifiez que c’est le bon exercice ; les chiffres suivent les dates des écritures.",
        )
