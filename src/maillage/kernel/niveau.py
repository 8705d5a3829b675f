"""The levels of the French territory that Maillage knows."""

from __future__ import annotations

from enum import Enum


class Niveau(Enum):
    """A level, from the country down to the commune. The value is the word in addresses and files."""

    FRANCE = "france"
    REGION = "region"
    DEPARTEMENT = "departement"
    ZONE_EMPLOI = "zone-emploi"
    EPCI = "epci"
    CLPE = "clpe"
    COMMUNE = "commune"

    @property
    def libelle(self) -> str:
        """Name of one such territory, in French."""
        return _LIBELLES[self][0]

    @property
    def libelle_pluriel(self) -> str:
        """Name of several such territories, in French."""
        return _LIBELLES[self][1]


_LIBELLES: dict[Niveau, tuple[str, str]] = {
    Niveau.FRANCE: ("France", "France"),
    Niveau.REGION: ("région", "régions"),
    Niveau.DEPARTEMENT: ("département", "départements"),
    Niveau.ZONE_EMPLOI: ("zone d’emploi", "zones d’emploi"),
    Niveau.EPCI: ("intercommunalité", "intercommunalités"),
    Niveau.CLPE: ("comité local pour l’emploi", "comités locaux pour l’emploi"),
    Niveau.COMMUNE: ("commune", "communes"),
}
