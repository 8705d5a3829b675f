"""The tree of a body, and what every version does to it: cut passages, hide, set the spaces."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from maillage.web.publications.texte import marks
from maillage.web.publications.texte.typography import typeset_prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

RESERVES = frozenset({marks.RESERVE, marks.BLOC})
"""Kinds of the nodes that only members read."""
REMPLACE = "remplace"
"""Token of what a rule hid: its content is the replacement, its meta the original and the rule."""
_RETIRE = "retire"
_SAUTS = frozenset({"softbreak", "hardbreak"})
_TEXTES = frozenset({"text", "text_special"})
_VISIBLES = frozenset(
    {marks.CHIFFRE, "code_inline", "image", "fence", "code_block", "hr", REMPLACE}
)
_GARDES = frozenset({"td", "th", "thead", "tbody"})  # emptied, they still hold the table together
_FERMANTS = (",", ".", ")", "…")


def build_tree(jetons: Sequence[Token]) -> SyntaxTreeNode:
    """A tree that can be changed without touching the tokens that were read."""
    return SyntaxTreeNode(_copies(jetons))


def _copies(jetons: Sequence[Token]) -> list[Token]:
    return [_copy(jeton) for jeton in jetons]


def _copy(jeton: Token) -> Token:
    neuf = copy(jeton)
    neuf.attrs = dict(jeton.attrs)
    neuf.meta = dict(jeton.meta)
    if jeton.children is not None:
        neuf.children = _copies(jeton.children)
    return neuf


def own_token(node: SyntaxTreeNode) -> Token:
    """The token that carries a node's tag and attributes.

    Raises:
        ValueError: the node is the root, which has none.
    """
    if node.token is not None:
        return node.token
    if node.nester_tokens is None:
        msg = "the root of a tree has no token"
        raise ValueError(msg)
    return node.nester_tokens.opening


def new_leaf(kind: str, contenu: str, **meta: object) -> SyntaxTreeNode:
    """A leaf of our own."""
    return SyntaxTreeNode([Token(kind, "", 0, content=contenu, meta=meta)], create_root=False)


def leaves(node: SyntaxTreeNode, *, reserves: bool = True) -> Iterator[SyntaxTreeNode]:
    """Leaves of a paragraph, a heading or a cell, in order; an image is one leaf."""
    for child in node.children:
        if child.type in RESERVES and not reserves:
            continue
        if child.children and child.type != "image":
            yield from leaves(child, reserves=reserves)
        elif not child.is_nested:
            yield child


def leaf_text(node: SyntaxTreeNode) -> str:
    """What a reader sees of a leaf, images apart."""
    if node.type in _SAUTS:
        return "\n"
    return "" if node.type == "image" else node.content


def inner_text(node: SyntaxTreeNode, *, reserves: bool = True) -> str:
    """Text of a paragraph, a heading, a cell or a description."""
    return "".join(leaf_text(leaf) for leaf in leaves(node, reserves=reserves))


def line_of(node: SyntaxTreeNode) -> int:
    """Line of the source, from 1, on which a node starts; 0 when it is not known."""
    return node.map[0] + 1 if node.map else 0


def replace_child(node: SyntaxTreeNode, neufs: Sequence[SyntaxTreeNode]) -> None:
    """Put nodes in the place of one."""
    parent = node.parent
    if parent is None:
        return
    rang = next(k for k, child in enumerate(parent.children) if child is node)
    parent.children = [*parent.children[:rang], *neufs, *parent.children[rang + 1 :]]
    for neuf in neufs:
        neuf.parent = parent


# cutting passages


def cut_reserved(node: SyntaxTreeNode) -> bool:
    """Take out of a tree all that only members read, and what is left empty by it.

    Returns:
        Whether anything was taken out.
    """
    cut = False
    kept: list[SyntaxTreeNode] = []
    for child in node.children:
        if child.type in RESERVES:
            cut = True
            if child.type == marks.RESERVE:
                trace = new_leaf(_RETIRE, "")
                trace.parent = node
                kept.append(trace)
            continue
        cut_inside = cut_reserved(child)
        cut = cut or cut_inside
        if not cut_inside or child.type in _GARDES or _is_visible(child):
            kept.append(child)
    node.children = kept
    if cut and node.type in {"inline", "image"}:
        _tidy_spaces(node)
    if cut and node.type == "table":
        _cut_empty_columns(node)
    return cut


def _is_visible(node: SyntaxTreeNode) -> bool:
    if node.type in _VISIBLES:
        return True
    if node.type in _TEXTES:
        return node.content.strip() != ""
    return any(_is_visible(child) for child in node.children)


def _tidy_spaces(node: SyntaxTreeNode) -> None:
    """The spaces around a passage taken out, so that nothing shows where it was."""
    suite = list(leaves(node))
    for rang, leaf in enumerate(suite):
        if leaf.type == _RETIRE:
            _join(_nearest(reversed(suite[:rang])), _nearest(iter(suite[rang + 1 :])))
    for leaf in suite:
        if leaf.type == _RETIRE or (leaf.type in _SAUTS and own_token(leaf).hidden):
            replace_child(leaf, ())


def _nearest(suite: Iterator[SyntaxTreeNode]) -> SyntaxTreeNode | None:
    """First leaf that shows something, a space at least."""
    return next((leaf for leaf in suite if leaf.type == "image" or _shown(leaf)), None)


def _shown(leaf: SyntaxTreeNode) -> str:
    return "" if leaf.type == _RETIRE or own_token(leaf).hidden else leaf_text(leaf)


def _join(avant: SyntaxTreeNode | None, apres: SyntaxTreeNode | None) -> None:
    gauche = _shown(avant) if avant is not None else ""
    droite = _shown(apres) if apres is not None else ""
    if gauche.endswith("(") and droite.startswith(")"):
        gauche, droite = gauche[:-1], droite[1:]
    if avant is None or gauche[-1:].isspace() or gauche.endswith("("):
        droite = droite.lstrip()
    if apres is None or droite.startswith(_FERMANTS):
        gauche = gauche.rstrip()
    for leaf, texte in ((avant, gauche), (apres, droite)):
        if leaf is not None and leaf.type in _TEXTES:
            own_token(leaf).content = texte
        elif leaf is not None and leaf.type in _SAUTS and not texte:
            own_token(leaf).hidden = True


def _cut_empty_columns(table: SyntaxTreeNode) -> None:
    rangees = [node for node in table.walk() if node.type == "tr"]
    largeur = max((len(rangee.children) for rangee in rangees), default=0)
    for rangee in rangees:
        if len(rangee.children) != largeur:
            return
    pleines = [
        k for k in range(largeur) if any(_is_visible(rangee.children[k]) for rangee in rangees)
    ]
    for rangee in rangees:
        rangee.children = [rangee.children[k] for k in pleines]


# hiding


def replace_spans(
    feuilles: Sequence[SyntaxTreeNode], spans: Sequence[tuple[int, int, SyntaxTreeNode]]
) -> None:
    """Put a leaf in the place of each span of the text that several leaves make together.

    Args:
        feuilles: Leaves in order.
        spans: (start, end, leaf) in their joined text, in order, without overlap.
    """
    position = 0
    for feuille in feuilles:
        texte = leaf_text(feuille)
        debut, fin = position, position + len(texte)
        position = fin
        touching = [span for span in spans if span[0] < fin and span[1] > debut]
        if touching:
            replace_child(feuille, _pieces(feuille, debut, touching))


def _pieces(
    feuille: SyntaxTreeNode, debut: int, spans: Sequence[tuple[int, int, SyntaxTreeNode]]
) -> list[SyntaxTreeNode]:
    texte = leaf_text(feuille)
    pieces: list[SyntaxTreeNode] = []
    depuis = 0
    for a, b, neuf in spans:
        pieces.append(_part(feuille, texte[depuis : max(0, a - debut)]))
        if a >= debut:  # a span that several leaves share shows once, where it starts
            pieces.append(neuf)
        depuis = min(len(texte), b - debut)
    pieces.append(_part(feuille, texte[depuis:]))
    return [piece for piece in pieces if piece.type == REMPLACE or piece.content]


def _part(feuille: SyntaxTreeNode, texte: str) -> SyntaxTreeNode:
    """What is left of a leaf; a figure of which a part is hidden is a figure no more."""
    jeton = copy(own_token(feuille))
    jeton.content = texte
    if feuille.type not in {"text", "text_special", "code_inline"}:
        jeton.type = "text"
    return SyntaxTreeNode([jeton], create_root=False)


# French spaces


def typeset_tree(racine: SyntaxTreeNode) -> None:
    """French spaces in every text, code and figures apart."""
    for node in racine.walk():
        if node.type in {"inline", "image"}:
            avant = ""
            for leaf in leaves(node):
                texte = leaf_text(leaf)
                if leaf.type in _TEXTES:
                    texte = typeset_prose(texte, avant)
                    own_token(leaf).type = "text"
                    own_token(leaf).content = texte
                avant = texte or avant


def each_of(
    racine: SyntaxTreeNode, kinds: frozenset[str], act: Callable[[SyntaxTreeNode], None]
) -> None:
    """Act on every node of some kinds, found before anything changes."""
    for node in [node for node in racine.walk() if node.type in kinds]:
        act(node)
