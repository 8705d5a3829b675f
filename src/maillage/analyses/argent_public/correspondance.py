"""Reading of a mapping of accounts to funders; every fault of the file is told at once, with its line."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING

from maillage.analyses.argent_public.financeurs import LIGNES
from maillage.kernel.errors import Anomalie, FichierInvalide, Introuvable
from maillage.kernel.francais import guillemets, join_fr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_TABLE = "comptes"
_PREFIXE = re.compile(r"7[0-9]{0,11}")
_OU_TOML = re.compile(r"\(at line (?P<ligne>\d+), column (?P<colonne>\d+)\)")
_TAILLE_MAX = 1 << 20


def read_correspondance(fichier: Path) -> dict[str, str]:
    """First digits of accounts to lines of `financeurs.NOMS`.

    Raises:
        Introuvable: there is no such file (MLG-ARG-010).
        FichierInvalide: it is not TOML, or has no table `comptes` (MLG-ARG-011); an account is not one of
            income (MLG-ARG-012); a line does not exist (MLG-ARG-013).
    """
    if not fichier.is_file():
        raise Introuvable(
            Anomalie(
                "MLG-ARG-010",
                f"Le fichier de correspondance {guillemets(fichier.name)} n’existe pas.",
                "Vérifiez le nom et le dossier.",
                str(fichier.parent),
            )
        )
    texte = _decode(fichier)
    try:
        contenu = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        raise FichierInvalide(_not_toml(fichier.name, str(erreur))) from erreur
    comptes = contenu.get(_TABLE)
    if not isinstance(comptes, dict) or not comptes or set(contenu) != {_TABLE}:
        raise FichierInvalide(_not_toml(fichier.name))
    fautes = list(_check(comptes, texte.splitlines(), fichier.name))
    if fautes:
        raise FichierInvalide(*fautes)
    return comptes


def _decode(fichier: Path) -> str:
    with fichier.open("rb") as flux:
        octets = flux.read(_TAILLE_MAX + 1)
    try:
        if len(octets) <= _TAILLE_MAX:
            return octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        raise FichierInvalide(_not_toml(fichier.name)) from erreur
    raise FichierInvalide(_not_toml(fichier.name))


def _check(comptes: Mapping[str, object], lignes: list[str], nom: str) -> Iterator[Anomalie]:
    connues = LIGNES.feuilles
    for prefixe, ligne in comptes.items():
        ou = f"{nom}{_find(prefixe, lignes)}"
        if _PREFIXE.fullmatch(prefixe) is None:
            yield Anomalie(
                "MLG-ARG-012",
                f"{guillemets(prefixe)} n’est pas un début de compte de produits.",
                'Écrivez de 1 à 12 chiffres, dont le premier est 7 : "7411" = "etat".',
                ou,
            )
        if ligne not in connues:
            proches = get_close_matches(str(ligne), connues, n=1, cutoff=0.6)
            vouliez = f"Vouliez-vous dire {guillemets(proches[0])} ? " if proches else ""
            yield Anomalie(
                "MLG-ARG-013",
                f"Le financeur {guillemets(str(ligne))}, donné au compte {prefixe}, n’existe pas.",
                f"{vouliez}Financeurs possibles : {join_fr(connues, 'ou')}.",
                ou,
            )


def _find(prefixe: str, lignes: list[str]) -> str:
    motif = re.compile(rf"\s*[\"']?{re.escape(prefixe)}[\"']?\s*=")
    rang = next((rang for rang, ligne in enumerate(lignes, 1) if motif.match(ligne)), 0)
    return f", ligne {rang}" if rang else ""


def _not_toml(nom: str, message: str = "") -> Anomalie:
    trouve = _OU_TOML.search(message)
    return Anomalie(
        "MLG-ARG-011",
        "Le fichier de correspondance ne se lit pas : ce n’est pas du TOML en UTF-8, ou il a autre chose "
        "qu’une table [comptes].",
        'Écrivez une ligne [comptes], puis une ligne par compte : "7411" = "etat".',
        f"{nom}, ligne {trouve['ligne']}, colonne {trouve['colonne']}" if trouve else nom,
    )
