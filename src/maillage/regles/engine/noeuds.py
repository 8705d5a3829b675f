"""YAML with the place of every word: a message can name the file, the line and the column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import yaml

from maillage.kernel.errors import Anomalie, FichierInvalide

if TYPE_CHECKING:
    from collections.abc import Mapping

# The C loader reads the same grammar ten times faster, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

PROFONDEUR_MAX = 20
"""Levels of a file; the deepest that the law needs is far less."""

Contenu: TypeAlias = "Mapping[str, Noeud] | tuple[Noeud, ...] | object"


@dataclass(frozen=True, slots=True)
class Noeud:
    """One node of a YAML file.

    Attributes:
        contenu: A mapping of nodes, a tuple of nodes, or a scalar (text, number, date, null).
        texte: The scalar as written, empty for a mapping or a list.
        ou: File, line and column, in French.
    """

    contenu: Contenu
    texte: str
    ou: str

    @property
    def table(self) -> Mapping[str, Noeud]:
        """Children by key, empty when the node is not a mapping."""
        return self.contenu if isinstance(self.contenu, dict) else {}

    @property
    def liste(self) -> tuple[Noeud, ...]:
        """Items, the node itself when it is not a list."""
        return self.contenu if isinstance(self.contenu, tuple) else (self,)

    @property
    def is_table(self) -> bool:
        """Whether the node is a mapping."""
        return isinstance(self.contenu, dict)


def parse_noeud(text: str, nom: str) -> Noeud:
    """Tree of a YAML text.

    Args:
        text: Content of the file.
        nom: Name shown in messages, without folder.

    Raises:
        FichierInvalide: MLG-REG-101, the text is not YAML, or a key is written twice; MLG-REG-110,
            it uses an alias or a tag, or too many levels.
    """
    try:
        _check_shape(text, nom)
        return _read(text, nom)
    except yaml.YAMLError as erreur:
        raise FichierInvalide(_not_yaml(erreur, nom)) from erreur


def _read(text: str, nom: str) -> Noeud:
    loader = _LOADER(text)
    try:
        racine = loader.get_single_node()
        return _convert(loader, racine, nom) if racine is not None else Noeud({}, "", nom)
    finally:
        loader.dispose()


def _check_shape(text: str, nom: str) -> None:
    """Refuse, from the events alone, what would grow without end, overflow the stack or have a type.

    Raises:
        FichierInvalide: MLG-REG-110, at the place of the first.
    """
    niveau = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            niveau += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            niveau -= 1
        if isinstance(event, yaml.AliasEvent):
            quoi = "Un alias YAML (*) n’est pas admis."
        elif getattr(event, "tag", None) is not None:
            quoi = "Une étiquette YAML (!) n’est pas admise."
        elif niveau > PROFONDEUR_MAX:
            quoi = f"Plus de {PROFONDEUR_MAX} niveaux sont emboîtés."
        else:
            continue
        aide = "Écrivez la valeur en toutes lettres, dans la forme des réformes fournies."
        raise FichierInvalide(Anomalie("MLG-REG-110", quoi, aide, _place_of(event, nom)))


def _convert(loader: yaml.SafeLoader, node: yaml.Node, nom: str) -> Noeud:
    if isinstance(node, yaml.MappingNode):
        return Noeud(_convert_table(loader, node, nom), "", _place(node, nom))
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_convert(loader, item, nom) for item in node.value)
        return Noeud(items, "", _place(node, nom))
    try:
        contenu = loader.construct_object(node)
    except ValueError:
        # 2026-02-30 looks like a date to YAML: keep the text, the reader will say it is none.
        contenu = str(node.value)
    return Noeud(contenu, str(node.value), _place(node, nom))


def _convert_table(loader: yaml.SafeLoader, node: yaml.MappingNode, nom: str) -> dict[str, Noeud]:
    table: dict[str, Noeud] = {}
    doubles: list[Anomalie] = []
    for cle, valeur in node.value:
        if str(cle.value) in table:
            doubles.append(
                Anomalie(
                    "MLG-REG-101",
                    f"La clé « {cle.value} » est écrite deux fois.",
                    "Gardez-en une seule.",
                    _place(cle, nom),
                )
            )
        table[str(cle.value)] = _convert(loader, valeur, nom)
    if doubles:
        raise FichierInvalide(*doubles)
    return table


def _place(node: yaml.Node, nom: str) -> str:
    return _write_place(node.start_mark.line, node.start_mark.column, nom)


def _place_of(event: yaml.Event, nom: str) -> str:
    mark = event.start_mark
    assert mark is not None  # noqa: S101 — every event of a text that is read has a place
    return _write_place(mark.line, mark.column, nom)


def _write_place(ligne: int, colonne: int, nom: str) -> str:
    """Counted from 1, as an editor counts."""
    return f"{nom}, ligne {ligne + 1}, colonne {colonne + 1}"


def _not_yaml(erreur: yaml.YAMLError, nom: str) -> Anomalie:
    mark = getattr(erreur, "problem_mark", None)
    place = nom if mark is None else _write_place(mark.line, mark.column, nom)
    return Anomalie(
        "MLG-REG-101",
        "Ce fichier n’est pas du YAML lisible.",
        "Vérifiez les deux-points, les retraits et les guillemets à cet endroit.",
        place,
    )
