"""The marks of a publication, added to Markdown: `[[…]]`, `::: adhérents`, `{{ chiffre … }}`.

Markdown itself is markdown-it's business. A mark that cannot be read is never guessed: it becomes a
token of its own, and reading refuses the text with the line and the column.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt, helpers
from mdit_py_plugins.container import container_plugin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

RESERVE = "reserve"
"""Node of an inline passage for members."""
BLOC = "container_reserve"
"""Node of a block for members, or of any `:::` block before its name is checked."""
CHIFFRE = "chiffre"
"""Token of a live figure; its content is what stands between the braces."""
ORPHELIN = "marque_orpheline"
"""Token of a mark that opens or closes nothing; its content is the mark."""
IMBRICATION_MAX = 100
"""Nested levels beyond which markdown-it reads nothing."""


@cache
def markdown() -> MarkdownIt:
    """The parser: CommonMark, tables, strikethrough and our marks; raw HTML stays text."""
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": IMBRICATION_MAX})
    md.enable(["table", "strikethrough"])
    md.disable(["text_join"])  # an escaped bracket must stay apart from a mark
    md.helpers = SimpleNamespace(  # type: ignore[assignment]  # markdown-it lets its helpers be replaced
        parseLinkLabel=_find_label_end,
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    container_plugin(md, RESERVE, validate=_accept_any, render=_draw_token)
    md.inline.ruler.before("link", RESERVE, _read_reserve)
    md.inline.ruler.before("link", ORPHELIN, _read_orphan)
    md.inline.ruler.before("link", CHIFFRE, _read_chiffre)
    return md


def tokenize(corps: str) -> tuple[list[Token], dict[str, object]]:
    """Tokens of a body and the link definitions it holds."""
    env: dict[str, object] = {}
    return markdown().parse(corps, env), env


def _accept_any(params: str, markup: str) -> bool:
    """Whether `:::` opens a block: with any name, so that a misspelt one is refused and not shown."""
    del markup
    return params.strip() != ""


def _draw_token(
    renderer: RendererProtocol,
    tokens: Sequence[Token],
    idx: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """A block for members is drawn as any token: rendering chooses its tag and class."""
    drawn: str = renderer.renderToken(tokens, idx, options, env)  # type: ignore[attr-defined]  # of HTML
    return drawn


def _read_reserve(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 — markdown-it's signature
    if not state.src.startswith("[[", state.pos) or _is_link(state):
        return False
    fin = _find_closing(state)
    if fin < 0:
        return False
    if silent:
        state.pos = fin + 2
        return True
    debut, limite = state.pos, state.posMax
    token = state.push("reserve_open", "span", 1)
    token.markup = "[["
    token.meta = {"pos": debut}
    state.pos, state.posMax = debut + 2, fin
    state.md.inline.tokenize(state)
    fermeture = state.push("reserve_close", "span", -1)
    fermeture.markup = "]]"
    fermeture.meta = {"pos": fin}
    state.pos, state.posMax = fin + 2, limite
    return True


def _find_label_end(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: FBT001, FBT002, N803 — markdown-it's signature
    """markdown-it's own search for the end of a link's text, in which `[[…]]` is not a nested link.

    Returns:
        Place of the closing bracket, or -1 when there is none.
    """
    if state.src.find("]", start + 1, state.posMax) < 0:
        return -1
    avant, state.pos = state.pos, start + 1
    profondeur, found = 1, -1
    while state.pos < state.posMax:
        pos, caractere = state.pos, state.src[state.pos]
        if caractere == "]":
            profondeur -= 1
            if profondeur == 0:
                found = pos
                break
        state.md.inline.skipToken(state)
        if caractere != "[":
            continue
        if state.pos == pos + 1:
            profondeur += 1
        elif disableNested and not state.src.startswith("[[", pos):
            break
    state.pos = avant
    return found


def _is_link(state: StateInline) -> bool:
    """`[[[mot]]](adresse)` is a link whose whole text is for members, not a passage in brackets."""
    if not state.src.startswith("[[[", state.pos):
        return False
    fin = state.md.helpers.parseLinkLabel(state, state.pos)
    return fin > 0 and state.src.startswith("](", fin) and state.src[fin - 2 : fin] == "]]"


def _find_closing(state: StateInline) -> int:
    """Place of the `]]` that closes the mark at `state.pos`; -1 when nothing does."""
    src, debut, limite = state.src, state.pos, state.posMax
    if src.find("]]", debut + 2, limite) < 0:
        return -1
    profondeur = 0
    state.pos = debut + 2
    found = -1
    while state.pos < limite:
        pos = state.pos
        if src.startswith("]]", pos) and not (profondeur and src.startswith("]]]", pos)):
            found = pos if pos + 2 <= limite else -1
            break
        if src[pos] == "]":
            profondeur -= profondeur > 0
            state.pos += 1
            continue
        state.md.inline.skipToken(state)
        if src[pos] == "[" and state.pos == pos + 1:
            profondeur += 1
    state.pos = debut
    return found


def _read_orphan(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 — markdown-it's signature
    marque = state.src[state.pos : state.pos + 2]
    if silent or marque not in {"[[", "]]", "{{"} or state.pos + 2 > state.posMax:
        return False
    if marque == "[[" and _is_link(state):
        return False
    if marque == "{{" and _figure_end(state) > 0:
        return False
    token = state.push(ORPHELIN, "", 0)
    token.content = marque
    token.meta = {"pos": state.pos}
    state.pos += 2
    return True


def _figure_end(state: StateInline) -> int:
    return state.src.find("}}", state.pos + 2, state.posMax)


def _read_chiffre(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 — markdown-it's signature
    if not state.src.startswith("{{", state.pos):
        return False
    fin = _figure_end(state)
    if fin < 0:
        return False
    if not silent:
        token = state.push(CHIFFRE, "", 0)
        token.content = state.src[state.pos + 2 : fin]
        token.meta = {"pos": state.pos}
    state.pos = fin + 2
    return True


def split_line(texte: str) -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[str, int], ...]]:
    """A plain text cut at its `[[…]]`: (text, for members) runs, then (kind, place) problems.

    Kinds: `ouverte` (never closed), `fermante` (closes nothing), `imbriquee` (a mark in a mark).
    """
    runs: list[tuple[str, bool]] = []
    problems: list[tuple[str, int]] = []
    ouverte = -1
    depuis = pos = 0
    while pos < len(texte):
        marque = texte[pos : pos + 2]
        if marque not in {"[[", "]]"}:
            pos += 1
            continue
        if marque == "[[" and ouverte >= 0:
            problems.append(("imbriquee", pos))
        elif marque == "[[":
            runs.append((texte[depuis:pos], False))
            ouverte, depuis = pos, pos + 2
        elif ouverte < 0:
            problems.append(("fermante", pos))
        else:
            runs.append((texte[depuis:pos], True))
            ouverte, depuis = -1, pos + 2
        pos += 2
    if ouverte >= 0:
        problems.append(("ouverte", ouverte))
    runs.append((texte[depuis:], ouverte >= 0))
    return tuple(run for run in runs if run[0]), tuple(problems)


def strip_marks(texte: str, *, every: bool) -> str:
    """A plain text without its marks, with or without what they hold."""
    runs, _ = split_line(texte)
    return "".join(run for run, reserve in runs if every or not reserve)
