"""Plain text of a tree: for mail, the summary of a feed, and search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.publications.texte import arbre, marks

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

    from maillage.web.publications.texte.chiffres import ChiffreAffiche

_RETRAIT = "  "


def render_text(racine: SyntaxTreeNode) -> str:
    """Paragraphs parted by an empty line; links, figures and descriptions in words."""
    return "\n\n".join(bloc for bloc in _blocks(racine) if bloc.strip())


def _blocks(node: SyntaxTreeNode) -> list[str]:
    return [bloc for child in node.children for bloc in _block(child)]


def _block(node: SyntaxTreeNode) -> list[str]:
    match node.type:
        case "inline":
            return [_inline(node)]
        case "bullet_list" | "ordered_list":
            return [_list(node)]
        case "table":
            rangees = [child for child in node.walk() if child.type == "tr"]
            return ["\n".join(" | ".join(map(_cell, rangee.children)) for rangee in rangees)]
        case "fence" | "code_block":
            return [node.content.rstrip("\n")]
        case _:
            return _blocks(node)


def _list(node: SyntaxTreeNode) -> str:
    debut = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
    lignes = []
    for rang, item in enumerate(node.children):
        puce = f"{debut + rang}." if node.type == "ordered_list" else "-"
        corps = "\n".join(_blocks(item))
        retrait = "\n" + _RETRAIT
        lignes.append(f"{puce} {corps.replace(chr(10), retrait)}".rstrip())
    return "\n".join(lignes)


def _cell(cell: SyntaxTreeNode) -> str:
    return " ".join(_inline(child) for child in cell.children).strip()


def _inline(node: SyntaxTreeNode) -> str:
    return "".join(_leaf(child) for child in node.children).strip()


def _leaf(node: SyntaxTreeNode) -> str:
    match node.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "image":
            description = arbre.inner_text(node).strip()
            return f"[image\u00a0: {description}]" if description else ""
        case "link":
            return _link(node)
        case marks.CHIFFRE:
            return _figure(node)
        case _:
            return _other(node)


def _other(node: SyntaxTreeNode) -> str:
    if node.children:
        return "".join(_leaf(child) for child in node.children)
    return "" if node.is_nested else node.content


def _link(node: SyntaxTreeNode) -> str:
    texte = "".join(_leaf(child) for child in node.children)
    adresse = str(node.attrs.get("href", ""))
    if not adresse.startswith(("http", "/")) or texte.strip() == adresse:
        return texte
    return f"{texte} ({adresse})"


def _figure(node: SyntaxTreeNode) -> str:
    chiffre: ChiffreAffiche | None = node.meta.get("chiffre")
    if chiffre is None or not chiffre.periode:
        return node.content
    return f"{node.content} ({chiffre.periode})"
