"""A TOML text and the line of each of its keys: what lets every fault of a file be told with its place."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maillage.kernel.errors import Anomalie, FichierInvalide, Introuvable
from maillage.kernel.francais import guillemets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Table = dict[str, Any]  # as tomllib gives it; what is built from it is typed

TAILLE_MAX = 1 << 20
_OU_TOML = re.compile(r"\(at line (?P<ligne>\d+), column (?P<colonne>\d+)\)")
_TITRE = re.compile(r"\s*(?P<double>\[)?\[\s*(?P<nom>[^\[\]]+?)\s*\]")
_CLE = re.compile(r"\s*(?P<cle>[\w.\-\"' ]+?)\s*=")


@dataclass(frozen=True, slots=True)
class TomlSitue:
    """What a file says, and where.

    Attributes:
        nom: Name of the file.
        contenu: As tomllib gives it.
        lignes: Line of each section and key, by path; rows of a list are numbered from 0.
    """

    nom: str
    contenu: Table
    lignes: Mapping[str, int]

    def locate(self, chemin: str) -> str:
        """« modele.toml, ligne 12 » for a path, or for the nearest section that holds it."""
        morceaux = chemin.split(".")
        for fin in range(len(morceaux), 0, -1):
            ligne = self.lignes.get(".".join(morceaux[:fin]))
            if ligne is not None:
                return f"{self.nom}, ligne {ligne}"
        return self.nom


def read_toml(fichier: Path) -> TomlSitue:
    """A file of hypotheses.

    Raises:
        Introuvable: there is no such file (MLG-MEC-001).
        FichierInvalide: it is not TOML in UTF-8, or is too long (MLG-MEC-002).
    """
    if not fichier.is_file():
        raise Introuvable(
            Anomalie(
                "MLG-MEC-001",
                f"Le fichier d’hypothèses {guillemets(fichier.name)} n’existe pas.",
                "Vérifiez le nom et le dossier, ou partez de « maillage modele exemple ».",
                str(fichier.parent),
            )
        )
    with fichier.open("rb") as flux:
        octets = flux.read(TAILLE_MAX + 1)
    try:
        if len(octets) > TAILLE_MAX:
            raise FichierInvalide(_not_toml("", fichier.name))
        return parse_toml(octets.decode("utf-8-sig"), fichier.name)
    except UnicodeDecodeError as erreur:
        raise FichierInvalide(_not_toml("", fichier.name)) from erreur


def parse_toml(texte: str, nom: str) -> TomlSitue:
    """Hypotheses written in a text.

    Raises:
        FichierInvalide: it is not TOML (MLG-MEC-002).
    """
    try:
        contenu = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        raise FichierInvalide(_not_toml(str(erreur), nom)) from erreur
    return TomlSitue(nom, contenu, find_lignes(texte))


def find_lignes(texte: str) -> dict[str, int]:
    """Line of each section and key of a text, by path; the first one when there are several."""
    lignes: dict[str, int] = {}
    section = ""
    rangs: dict[str, int] = {}
    for numero, ligne in enumerate(texte.splitlines(), 1):
        titre = _TITRE.match(ligne)
        if titre is not None:
            section = _clean(titre["nom"])
            if titre["double"]:
                rangs[section] = rangs.get(section, -1) + 1
                section = f"{section}.{rangs[section]}"
            lignes.setdefault(section, numero)
            continue
        cle = _CLE.match(ligne)
        if cle is not None:
            chemin = f"{section}.{_clean(cle['cle'])}" if section else _clean(cle["cle"])
            lignes.setdefault(chemin, numero)
    return lignes


def _clean(chemin: str) -> str:
    return ".".join(morceau.strip(" \"'") for morceau in chemin.split("."))


def _not_toml(message: str, nom: str) -> Anomalie:
    trouve = _OU_TOML.search(message)
    ou = f"{nom}, ligne {trouve['ligne']}, colonne {trouve['colonne']}" if trouve else nom
    return Anomalie(
        "MLG-MEC-002",
        "Le fichier d’hypothèses ne se lit pas : ce n’est pas du TOML en UTF-8 de moins d’un mégaoctet.",
        "Comparez-le à « maillage modele exemple » : un chiffre s’écrit "
        'heures = { valeur = 9000, source = "…" }, avec un point pour la virgule.',
        ou,
    )
