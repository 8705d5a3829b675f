"""The definition as a file that people read and write: YAML, or JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

import yaml

from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.web.questionnaire.modele.definition import write_definition
from maillage.web.questionnaire.modele.lecture import read_definition

if TYPE_CHECKING:
    from maillage.web.questionnaire.modele.definition import Definition

OCTETS_MAX: Final = 300_000
EXTENSIONS: Final = ("yaml", "json")


def dump(definition: Definition, extension: str) -> str:
    """Text of the file; `load` reads the same definition in it."""
    brut = write_definition(definition)
    if extension == "json":
        return json.dumps(brut, ensure_ascii=False, indent=2) + "\n"
    return yaml.safe_dump(brut, allow_unicode=True, sort_keys=False, width=100)


def load(contenu: bytes) -> Definition:
    """Definition written in a file, whatever its extension: JSON is tried first, then YAML.

    Raises:
        FichierInvalide: MLG-QST-001, it is no such file.
        SaisieInvalide: MLG-QST-002 to 006, every problem found in it.
    """
    if len(contenu) > OCTETS_MAX:
        _refuse(f"Le fichier fait {len(contenu)} octets, pour {OCTETS_MAX} au plus.")
    try:
        texte = contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse("Le fichier n’est pas un texte en UTF-8.")
    return read_definition(_parse(texte))


def _parse(texte: str) -> Any:
    try:
        return json.loads(texte)
    except json.JSONDecodeError:
        pass
    except RecursionError:
        _refuse("Le fichier est trop imbriqué.")
    try:
        # an alias repeated within itself makes gigabytes of a few lines
        if any(isinstance(jeton, yaml.AliasToken) for jeton in yaml.scan(texte)):
            _refuse("Le fichier renvoie d’un endroit à l’autre par des ancres (& et *).")
        return yaml.safe_load(texte)
    except yaml.MarkedYAMLError as erreur:
        ligne = erreur.problem_mark.line + 1 if erreur.problem_mark else 1
        _refuse("Le fichier n’est ni du YAML ni du JSON.", f"ligne {ligne}")
    except (yaml.YAMLError, RecursionError, ValueError):
        _refuse("Le fichier n’est ni du YAML ni du JSON, ou il est trop imbriqué.")


def _refuse(quoi: str, ou: str = "") -> NoReturn:
    raise FichierInvalide(
        Anomalie("MLG-QST-001", quoi, "Exportez un questionnaire et partez de ce fichier.", ou)
    )
