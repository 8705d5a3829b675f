"""Where extracts are kept, and how one is found again."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from maillage.data.store import data_dir, is_demonstration
from maillage.kernel.errors import Anomalie, DonneesIndisponibles, Introuvable
from maillage.kernel.pedigree import Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DOSSIER, DOSSIER_DEMONSTRATION = "extraits", "extraits-demonstration"
MANIFESTE = "manifeste.json"
VUES, FAITS = "vues", "faits"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Extrait:
    """One extract, as imported.

    Attributes:
        identifiant: First sixteen hexadecimal digits of the hash of what its files hold.
        extraction: Day on which the ASP drew it.
        importe_le: When it was imported, with its time zone.
        fichiers: The files, as sources of what is computed from them.
        vues: Rows of each view that is kept.
        comptees: Rows of each view that is only counted, because its columns are not public.
        is_synthetic: Whether it was made by the generator, and describes nobody.
        avertissements: What the import said, French sentences.
        dossier: Its directory.
    """

    identifiant: str
    extraction: date
    importe_le: datetime
    fichiers: tuple[Source, ...]
    vues: Mapping[str, int]
    comptees: Mapping[str, int]
    is_synthetic: bool
    avertissements: tuple[str, ...]
    dossier: Path

    def has_vue(self, nom: str) -> bool:
        """Whether a view is kept."""
        return nom in self.vues

    def vue(self, nom: str) -> Path:
        """File of a view.

        Raises:
            Introuvable: the extract does not have it (MLG-FLX-031).
        """
        if not self.has_vue(nom):
            raise Introuvable(
                Anomalie(
                    "MLG-FLX-031",
                    f"L’extrait {self.identifiant} n’a pas la vue {nom}.",
                    "Importez l’extrait complet.",
                )
            )
        return self.dossier / VUES / f"{nom}.parquet"

    def fait(self, nom: str) -> Path:
        """File of a table of facts, see `indicators.pilotage.faits`."""
        return self.dossier / FAITS / f"{nom}.parquet"

    def to_dict(self) -> dict[str, Any]:
        """Plain form, that `read_manifeste` reads."""
        return {
            "version": VERSION,
            "identifiant": self.identifiant,
            "extraction": self.extraction.isoformat(),
            "importe_le": self.importe_le.isoformat(),
            "fichiers": [
                {champ: getattr(source, champ) for champ in Source.__slots__}
                for source in self.fichiers
            ],
            "vues": dict(self.vues),
            "comptees": dict(self.comptees),
            "is_synthetic": self.is_synthetic,
            "avertissements": list(self.avertissements),
        }


def extraits_dir() -> Path:
    """Directory of the extracts; the demonstration has its own, and never sees the others."""
    return data_dir() / (DOSSIER_DEMONSTRATION if is_demonstration() else DOSSIER)


def list_extraits() -> tuple[Extrait, ...]:
    """Every extract that was imported, the newest extraction first."""
    dossier = extraits_dir()
    if not dossier.is_dir():
        return ()
    trouves = [
        read_manifeste(sous)
        for sous in dossier.iterdir()
        if (sous / MANIFESTE).is_file() and not sous.name.startswith(".")
    ]
    return tuple(
        sorted(trouves, key=lambda e: (e.extraction, e.importe_le, e.identifiant), reverse=True)
    )


def read_extrait(identifiant: str) -> Extrait:
    """The extract of an identifier.

    Raises:
        Introuvable: there is none (MLG-FLX-030).
    """
    return find_extrait(identifiant)


def find_extrait(mot: str | None = None) -> Extrait:
    """The extract that a word means: the beginning of its identifier, its day AAAA-MM-JJ, or the newest.

    Raises:
        Introuvable: none, or several, answer to the word; or nothing was imported (MLG-FLX-030).
    """
    tous = list_extraits()
    if not tous:
        raise Introuvable(
            Anomalie(
                "MLG-FLX-030",
                "Aucun extrait n’est importé.",
                "Importez-en un : maillage flux importer FICHIERS…",
            )
        )
    if mot is None:
        return tous[0]
    trouves = [e for e in tous if e.identifiant.startswith(mot) or e.extraction.isoformat() == mot]
    if len(trouves) == 1:
        return trouves[0]
    connus = ", ".join(f"{e.identifiant} ({e.extraction.isoformat()})" for e in trouves or tous[:5])
    raise Introuvable(
        Anomalie(
            "MLG-FLX-030",
            f"{'Plusieurs extraits répondent' if trouves else 'Aucun extrait ne répond'} à « {mot} ».",
            f"Écrivez l’identifiant d’un de ceux-ci : {connus}.",
        )
    )


def forget_extrait(identifiant: str) -> None:
    """Remove an extract: its directory is set aside in one move, then emptied.

    Raises:
        Introuvable: there is none (MLG-FLX-030).
    """
    extrait = read_extrait(identifiant)
    ecarte = extrait.dossier.with_name(f".oublie-{extrait.identifiant}")
    shutil.rmtree(ecarte, ignore_errors=True)
    extrait.dossier.rename(ecarte)
    shutil.rmtree(ecarte)


def read_manifeste(dossier: Path) -> Extrait:
    """The extract of a directory.

    Raises:
        DonneesIndisponibles: its manifest is damaged (MLG-FLX-032).
    """
    try:
        lu = json.loads((dossier / MANIFESTE).read_text(encoding="utf-8"))
        return Extrait(
            identifiant=lu["identifiant"],
            extraction=date.fromisoformat(lu["extraction"]),
            importe_le=datetime.fromisoformat(lu["importe_le"]),
            fichiers=tuple(
                Source(**{**fichier, "defauts": tuple(fichier["defauts"])})
                for fichier in lu["fichiers"]
            ),
            vues=lu["vues"],
            comptees=lu["comptees"],
            is_synthetic=lu["is_synthetic"],
            avertissements=tuple(lu["avertissements"]),
            dossier=dossier,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DonneesIndisponibles(
            Anomalie(
                "MLG-FLX-032",
                "Le manifeste de cet extrait est abîmé.",
                "Supprimez ce dossier, puis importez de nouveau l’extrait.",
                str(dossier),
            )
        ) from error
