"""Columns that several kinds share, and how their things are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.dialogue.echange import lieu
from maillage.web.dialogue.echange.colonnes import Adresse, Choix, Identifiant
from maillage.web.dialogue.echange.mesures import Jour
from maillage.web.dialogue.models import Visibilite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ID = Identifiant("identifiant")
VISIBILITE = Choix("visibilite", valeurs=Visibilite.choices)
LIEU = (lieu.NIVEAU, lieu.TERRITOIRE)
EXISTE = (Jour("depuis", "date_debut"), Jour("jusqu_au", "date_fin"))


def source(champ: str = "source_url", nom: str = "adresse") -> Adresse:
    """The address of a page that shows it."""
    return Adresse(nom, champ, longueur=500)


def cells(*colonnes: str) -> Callable[[Mapping[str, str]], tuple[str, ...]]:
    """What is called by some of its cells."""

    def noms(cellules: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(filter(None, (cellules.get(c, "") for c in colonnes)))

    return noms


def dated(cellules: Mapping[str, str]) -> tuple[str, ...]:
    """« 2022-06-28 Rencontre avec le cabinet », and its title alone."""
    titre, date = cellules.get("titre", ""), cellules.get("date", "")
    return (f"{date} {titre}", titre) if date else cells("titre")(cellules)
