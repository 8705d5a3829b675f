"""Bodies that the texts provide for, each statement with its source; what was not found says so."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maillage.kernel.francais import typeset
from maillage.kernel.niveau import Niveau
from maillage.regles.engine.valeur_legale import CONFIANCES
from maillage.web.dialogue.models import Espace, Filiation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FICHIER: Final = Path(__file__).with_name("instances.toml")
QUOI: Final[Mapping[str, str]] = {
    "base_legale": "Texte fondateur",
    "place": "Ce que c’est",
    "competence": "Attributions",
    "composition": "Composition",
    "votes": "Mandats et votes",
    "calendrier": "Calendrier",
}
"""What a statement is about, and its heading on screen."""
_PERIMETRES = ("tous", "metropole")
_OUTREMER = "97"


@dataclass(frozen=True, slots=True)
class Dit:
    """One thing that a source says of a body.

    Attributes:
        quoi: What it is about, a key of `QUOI`.
        texte: In French.
        source: Who says it.
        url: Its address; empty when it has none.
        confiance: A, B or C, as for the legal values.
    """

    quoi: str
    texte: str
    source: str
    confiance: str
    url: str = ""

    @property
    def titre(self) -> str:
        """Heading on screen."""
        return QUOI[self.quoi]


@dataclass(frozen=True, slots=True)
class Suite:
    """What a text made of a body, wherever that text applies."""

    vers: str
    date: date
    nature: str
    texte: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Instance:
    """A body of the texts.

    Attributes:
        code: Stable name, kept on the spaces that are made from it.
        nom, sigle, autre_sigle: Names; what is not used is empty.
        niveau: Level at which there is one per territoire; None for a mission of other bodies.
        perimetre: « tous », or « metropole » where the text says so.
        nature: A value of `Espace.Nature`.
        dits: What sources say of it.
        non_trouve: What was looked for and not found.
        date_debut: First day; None when it was not found.
        suite: What became of it; None when it still is.
        mission_de: Codes of the bodies of which it is a mission.
    """

    code: str
    nom: str
    sigle: str
    niveau: Niveau | None
    perimetre: str
    nature: str
    dits: tuple[Dit, ...]
    non_trouve: tuple[str, ...]
    date_debut: date | None = None
    suite: Suite | None = None
    autre_sigle: str = ""
    mission_de: tuple[str, ...] = ()

    @property
    def titre(self) -> str:
        """Name with its short names: « Comité départemental pour l’emploi (CDE, ou CDPE) »."""
        sigles = ", ou ".join(filter(None, (self.sigle, self.autre_sigle)))
        return f"{self.nom} ({sigles})" if sigles else self.nom

    def find(self, quoi: str) -> Dit | None:
        """What is said about something, if anything is."""
        return next((dit for dit in self.dits if dit.quoi == quoi), None)

    def covers(self, code: str) -> bool:
        """Whether the text applies in a territoire; only départements and what they hold are told apart."""
        return self.perimetre == "tous" or not code.startswith(_OUTREMER)


@cache
def load_catalogue() -> Mapping[str, Instance]:
    """Every body, by code, in the order of the file."""
    return read_catalogue(FICHIER.read_text(encoding="utf-8"))


def find_instance(code: str) -> Instance | None:
    """Body of that code, if the catalogue has it."""
    return load_catalogue().get(code)


def read_catalogue(texte: str) -> dict[str, Instance]:
    """Bodies described by a TOML text.

    Raises:
        ValueError: the text is not sound; every fault is told.
    """
    instances = [_read(brute) for brute in tomllib.loads(texte)["instance"]]
    catalogue = {instance.code: instance for instance in instances}
    fautes = [faute for instance in instances for faute in _find_faults(instance, catalogue)]
    if len(catalogue) != len(instances):
        fautes.append("two bodies have the same code")
    if fautes:
        msg = "; ".join(fautes)
        raise ValueError(msg)
    return catalogue


def _read(brute: Mapping[str, Any]) -> Instance:
    niveau = brute.get("niveau")
    return Instance(
        brute["code"],
        brute["nom"],
        brute["sigle"],
        Niveau(niveau) if niveau else None,
        brute.get("perimetre", "tous"),
        brute["nature"],
        tuple(Dit(**dit | {"texte": typeset(dit["texte"])}) for dit in brute["dit"]),
        tuple(map(typeset, brute["non_trouve"])),
        brute.get("date_debut"),
        Suite(**brute["suite"]) if "suite" in brute else None,
        brute.get("autre_sigle", ""),
        tuple(brute.get("mission_de", ())),
    )


def _find_faults(instance: Instance, catalogue: Mapping[str, Instance]) -> list[str]:
    nommees = {*instance.mission_de, *([instance.suite.vers] if instance.suite else [])}
    controles = {
        "an unknown nature": instance.nature not in Espace.Nature.values,
        "an unknown perimeter": instance.perimetre not in _PERIMETRES,
        "neither a level nor a body of which it is a mission": (instance.niveau is None)
        != bool(instance.mission_de),
        "an unknown body": not nommees <= catalogue.keys(),
        "an unknown kind of descent": instance.suite is not None
        and instance.suite.nature not in Filiation.Nature.values,
        "a statement about nothing known": any(dit.quoi not in QUOI for dit in instance.dits),
        "an unknown confidence": any(dit.confiance not in CONFIANCES for dit in instance.dits),
        "a statement without source": not all(dit.source for dit in instance.dits),
    }
    return [f"{instance.code} has {faute}" for faute, vraie in controles.items() if vraie]
