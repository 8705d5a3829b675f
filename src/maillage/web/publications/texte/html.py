"""Safe HTML of a tree: markdown-it draws it, nh3 lets nothing else through.

No style, no script, no class but ours; what a text may do to a page is what this module lists.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import nh3

from maillage.web.publications.texte import arbre, marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

    from maillage.web.publications.texte.chiffres import ChiffreAffiche
    from maillage.web.publications.texte.redaction import Regle

_TITRE_MAX = 6
_ALIGNEMENTS = {"text-align:right": "droite", "text-align:center": "centre"}
_TABLEAU = (
    '<div class="tableau publication-tableau" role="region" tabindex="0" aria-label="Tableau">'
)
_PURIFIER = nh3.Cleaner(
    tags={
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
        *("em", "strong", "s", "a", "img", "br", "hr", "div", "span", "ins", "del"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={
        "a": {"href", "title", "rel", "class"},
        "img": {"src", "alt", "title", "class", "loading"},
        "div": {"class", "role", "tabindex", "aria-label"},
        "span": {"class", "title"},
        "ins": {"class"},
        "del": {"class", "title"},
        "ol": {"start"},
        "th": {"class", "scope"},
        "td": {"class"},
    },
    clean_content_tags={"script", "style"},
    strip_comments=True,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"},
)


def render_html(racine: SyntaxTreeNode, premier_titre: int, *, difference: bool = False) -> str:
    """HTML of a prepared tree.

    Args:
        racine: As `versions.build_view` gives it; its tokens are dressed in place.
        premier_titre: Level of a « # » on the page.
        difference: Show what was there under what a rule put in its place, and passages for members
            as insertions.
    """
    for node in racine.walk():
        if not node.is_root:
            _dress(node, premier_titre, difference=difference)
    md = marks.markdown()
    return _PURIFIER.clean(md.renderer.render(racine.to_tokens(), md.options, {}))


def _dress(node: SyntaxTreeNode, premier_titre: int, *, difference: bool) -> None:
    jeton = arbre.own_token(node)
    if node.type == "heading":
        _retag(node, f"h{min(_TITRE_MAX, int(jeton.tag[1:]) + premier_titre - 1)}")
    elif node.type == marks.RESERVE:
        _retag(node, "ins" if difference else "span", "publication-reserve")
    elif node.type == marks.BLOC:
        _retag(node, "ins" if difference else "div", "publication-reserve")
    elif node.type == arbre.REMPLACE:
        _raw(jeton, _replacement(jeton, difference=difference))
    elif node.type in _DRESSINGS:
        _DRESSINGS[node.type](node, jeton)


def _dress_link(node: SyntaxTreeNode, jeton: Token) -> None:
    del node
    if str(jeton.attrs.get("href", "")).startswith(("http://", "https://")):
        jeton.attrs["rel"] = "external noopener noreferrer"


def _dress_image(node: SyntaxTreeNode, jeton: Token) -> None:
    jeton.attrs["class"] = "publication-image"
    jeton.attrs["loading"] = "lazy"
    node.children = [arbre.new_leaf("text", arbre.inner_text(node))]


def _retag(node: SyntaxTreeNode, tag: str, classe: str = "") -> None:
    if node.nester_tokens is None:
        return
    node.nester_tokens.opening.tag = tag
    node.nester_tokens.closing.tag = tag
    if classe:
        node.nester_tokens.opening.attrs["class"] = classe


def _align(node: SyntaxTreeNode, jeton: Token) -> None:
    """Alignment by class: an inline style would be refused by the page."""
    del node
    style = str(jeton.attrs.pop("style", ""))
    if style in _ALIGNEMENTS:
        jeton.attrs["class"] = _ALIGNEMENTS[style]
    if jeton.tag == "th":
        jeton.attrs["scope"] = "col"


def _raw(jeton: Token, contenu: str) -> None:
    """A token that is drawn as it stands; everything in it went through escape()."""
    jeton.type, jeton.content = "html_inline", contenu


def _wrap(node: SyntaxTreeNode, jeton: Token) -> None:
    """A wide table scrolls inside itself, with the keyboard too."""
    del jeton
    avant, apres = arbre.new_leaf("html_block", _TABLEAU), arbre.new_leaf("html_block", "</div>")
    arbre.replace_child(node, (avant, node, apres))


def _replacement(jeton: Token, *, difference: bool) -> str:
    texte = f'<span class="publication-remplace">{escape(jeton.content)}</span>'
    if not difference:
        return texte
    regle: Regle = jeton.meta["regle"]
    original = escape(str(jeton.meta["original"]))
    titre = escape(f"{regle.libelle} caché par règle")
    return f'<del class="publication-cache" title="{titre}">{original}</del> {texte}'


def _dress_figure(node: SyntaxTreeNode, jeton: Token) -> None:
    del node
    _raw(jeton, _figure(jeton))


def _figure(jeton: Token) -> str:
    chiffre: ChiffreAffiche | None = jeton.meta.get("chiffre")
    if chiffre is None:
        return escape(jeton.content)
    classes = "chiffre publication-chiffre"
    if chiffre.absence:
        classes += f" absence absence-{chiffre.absence_code}"
        corps = escape(chiffre.texte)
    elif chiffre.unite:
        espace = chiffre.texte[len(chiffre.valeur)]
        corps = (
            f'{escape(chiffre.valeur)}{espace}<span class="unite">{escape(chiffre.unite)}</span>'
        )
    else:
        corps = escape(chiffre.valeur)
    titre = " · ".join(part for part in (chiffre.intitule, chiffre.periode) if part)
    if not chiffre.adresse:
        return f'<span class="{escape(classes)}" title="{escape(titre)}">{corps}</span>'
    return (
        f'<a class="{escape(classes)}" href="{escape(chiffre.adresse)}" title="{escape(titre)}">'
        f"{corps}</a>"
    )


_DRESSINGS: dict[str, Callable[[SyntaxTreeNode, Token], None]] = {
    "link": _dress_link,
    "image": _dress_image,
    "td": _align,
    "th": _align,
    "table": _wrap,
    marks.CHIFFRE: _dress_figure,
}
