"""Where a token stands in the text that was typed: line and column, from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token


class Locator:
    """Finds places in one body.

    markdown-it gives the lines of a block; inside it, the text has lost its indents and the marks
    of its quotation or list, so that the column is found by looking for the line in the source.
    """

    def __init__(self, corps: str) -> None:
        # as markdown-it does before anything else
        self._lignes = corps.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._cellules: dict[int, tuple[int, int]] = {}
        """Of each cell of a table, by identity: where its search starts in its line."""
        self._dernier: dict[int, int] = {}

    def line(self, rang: int) -> str:
        """Line of that rank, from 0; empty after the end."""
        return self._lignes[rang] if 0 <= rang < len(self._lignes) else ""

    def of_block(self, jeton: Token) -> tuple[int, int]:
        """Where a block starts."""
        rang = jeton.map[0] if jeton.map else 0
        ligne = self.line(rang)
        colonne = ligne.find(jeton.markup) if jeton.markup else len(ligne) - len(ligne.lstrip())
        return rang + 1, max(0, colonne) + 1

    def of_inline(self, jeton: Token, pos: int) -> tuple[int, int]:
        """Where a character of a paragraph, a heading or a cell stands.

        Args:
            jeton: The inline token that holds it.
            pos: Its place in the content of that token.
        """
        avant = jeton.content[:pos]
        rang = (jeton.map[0] if jeton.map else 0) + avant.count("\n")
        dans_ligne = len(avant) - (avant.rfind("\n") + 1)
        contenu = jeton.content.split("\n")[avant.count("\n")] if jeton.content else ""
        debut = self._start(jeton, rang, contenu)
        return rang + 1, debut + dans_ligne + 1

    def _start(self, jeton: Token, rang: int, contenu: str) -> int:
        """Column, from 0, where a line of content starts in its source line."""
        ligne = self.line(rang)
        key = id(jeton)
        if key not in self._cellules:  # the cells of a row share their line and come in order
            depuis = self._dernier.get(rang, 0)
            trouve = ligne.find(contenu, depuis)
            place = trouve if trouve >= 0 else max(0, ligne.find(contenu))
            self._cellules[key] = (rang, place)
            self._dernier[rang] = place + len(contenu)
        premier, place = self._cellules[key]
        return place if premier == rang else max(0, ligne.find(contenu))
