"""Columns that say where something belongs, and days that the base keeps as instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.echange.colonnes import CelluleInvalide, Choix, Colonne
from maillage.web.dialogue.echange.mesures import Jour
from maillage.web.dialogue.lieux import Lieu, locate
from maillage.web.network.places import find_territoire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

FRANCE = Niveau.FRANCE.value
NIVEAU = Choix("niveau", valeurs=tuple((n.value, n.libelle) for n in Niveau))
TERRITOIRE = Colonne("territoire", longueur=120)


def find_code(cellules: Mapping[str, str]) -> str:
    """Official code of the territoire that two cells name; empty for France.

    Raises:
        CelluleInvalide: MLG-DIA-118, the level is missing.
        SaisieInvalide: no such territoire, or several.
    """
    texte, niveau = cellules.get("territoire", ""), cellules.get("niveau", "")
    if not texte or niveau == FRANCE:
        return ""
    if not niveau:
        raise CelluleInvalide(
            "MLG-DIA-118",
            "Le territoire est nommé, mais pas son niveau.",
            "Remplissez la colonne niveau\u00a0: region, departement, zone-emploi, epci, clpe ou commune.",
        )
    return find_territoire(Niveau(niveau), texte).code


def to_model(cellules: Mapping[str, str]) -> dict[str, Any]:
    """Fields of `Situe` that two checked cells give."""
    niveau, code = cellules.get("niveau") or FRANCE, cellules.get("territoire", "")
    lieu = locate(find_territoire(Niveau(niveau), code)) if code else Lieu(niveau)
    return {
        "niveau": lieu.niveau,
        "territoire": lieu.territoire,
        "departement": lieu.departement,
        "region": lieu.region,
    }


@dataclass(frozen=True, slots=True)
class JourInstant(Jour):
    """A day of which the base keeps an instant; noon for one that is read."""

    is_videe: ClassVar[bool] = False

    def of(self, objet: Model) -> str:
        """The day."""
        return timezone.localdate(getattr(objet, self.attribut)).isoformat()

    def to_model(self, texte: str) -> dict[str, Any]:
        """Noon of that day; now for no day."""
        if not texte:
            return {self.attribut: timezone.now()}
        midi = datetime.combine(date.fromisoformat(texte), time(12))
        return {self.attribut: timezone.make_aware(midi)}


@dataclass(frozen=True, slots=True)
class JourDeduit(Jour):
    """A day that the base deduces from other lines."""

    is_ecrite: bool = False

    def of(self, objet: Model) -> str:
        """Put in by what loads the base."""
        del objet
        return ""
