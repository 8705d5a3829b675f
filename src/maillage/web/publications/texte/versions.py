"""The two versions of a publication, and the editor's view of their difference, from one tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from maillage.web.publications.texte import arbre, marks
from maillage.web.publications.texte.chiffres import SansChiffres, parse_reference
from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.html import render_html
from maillage.web.publications.texte.plain import render_text
from maillage.web.publications.texte.redaction import (
    Regle,
    Regles,
    Remplacement,
    Trouvaille,
    find_hidden,
    hides_address,
    is_bare_number,
    merge,
    readable_address,
    redact_text,
    says_euros,
)
from maillage.web.publications.texte.typography import typeset_prose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.tree import SyntaxTreeNode

    from maillage.web.publications.texte.chiffres import Resolveur
    from maillage.web.publications.texte.document import Document, Ligne

PIECE = "pj:"
PREMIER_TITRE = 2
"""Level of a « # » on the page, whose own title is the first."""


class Vue(Enum):
    """For whom a tree is prepared."""

    PUBLIQUE = "publique"
    ADHERENTS = "adherents"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Version:
    """What one audience reads.

    Attributes:
        audience: Which.
        titre, chapo: Plain texts.
        etiquettes: Tags; one that is wholly for members is absent from the public version.
        html: Safe HTML of the body.
        texte: Plain text of the body, for mail, feeds and search.
        remplacements: What the rules hid; empty for members.
    """

    audience: Audience
    titre: str
    chapo: str
    etiquettes: tuple[str, ...]
    html: str
    texte: str
    remplacements: tuple[Remplacement, ...] = ()


def render_version(
    document: Document,
    audience: Audience,
    regles: Regles | None = None,
    resolveur: Resolveur | None = None,
    premier_titre: int = PREMIER_TITRE,
) -> Version:
    """The publication as one audience reads it.

    Args:
        document: As `reading.read_publication` gives it.
        audience: Who reads.
        regles: What the public version hides by rule; members read everything.
        resolveur: Who knows the live figures.
        premier_titre: Level that a « # » of the text takes on the page.
    """
    publique = audience is Audience.PUBLIQUE
    applied = (regles or Regles()) if publique else Regles()
    vue = Vue.PUBLIQUE if publique else Vue.ADHERENTS
    racine, done = build_view(document, vue, applied, resolveur)
    lignes = [document.titre, document.chapo, *document.etiquettes]
    textes: list[str] = []
    before: list[Remplacement] = []
    for ligne in lignes:
        texte, hidden = _render_line(ligne, audience, applied)
        textes.append(texte)
        before += hidden
    titre, chapo, *etiquettes = textes
    texte = render_text(racine)  # before the HTML, which dresses the same tokens
    return Version(
        audience,
        titre,
        chapo,
        tuple(etiquette for etiquette in etiquettes if etiquette),
        render_html(racine, premier_titre),
        texte,
        (*before, *done),
    )


def _render_line(
    ligne: Ligne, audience: Audience, regles: Regles
) -> tuple[str, tuple[Remplacement, ...]]:
    texte, hidden = redact_text(ligne.texte(audience), regles, ligne.champ)
    return typeset_prose(texte), hidden


def build_view(
    document: Document, vue: Vue, regles: Regles, resolveur: Resolveur | None
) -> tuple[SyntaxTreeNode, tuple[Remplacement, ...]]:
    """Tree of the body prepared for a view, and what the rules hid in it."""
    racine = arbre.build_tree(document.jetons)
    _resolve_figures(racine, resolveur or SansChiffres())
    if vue is Vue.PUBLIQUE:
        arbre.cut_reserved(racine)
    _settle_addresses(racine, document, vue)
    done: list[Remplacement] = []
    if vue is not Vue.ADHERENTS:
        done = _Hiding(regles).hide(racine)
    arbre.typeset_tree(racine)
    return racine, tuple(done)


def _resolve_figures(racine: SyntaxTreeNode, resolveur: Resolveur) -> None:
    def resolve(node: SyntaxTreeNode) -> None:
        jeton = arbre.own_token(node)
        reference, _ = parse_reference(jeton.content)
        if reference is not None:
            chiffre = resolveur.resolve(reference)
            jeton.content = chiffre.texte
            jeton.meta = {**jeton.meta, "chiffre": chiffre}

    arbre.each_of(racine, frozenset({marks.CHIFFRE}), resolve)


def _settle_addresses(racine: SyntaxTreeNode, document: Document, vue: Vue) -> None:
    """Attachments take their address; the public version loses those of members and their marks."""

    def settle(node: SyntaxTreeNode) -> None:
        jeton = arbre.own_token(node)
        nom = "src" if node.type == "image" else "href"
        adresse = str(jeton.attrs.get(nom, ""))
        titre = str(jeton.attrs.get("title", ""))
        if titre:
            jeton.attrs["title"] = marks.strip_marks(titre, every=vue is not Vue.PUBLIQUE).strip()
        if not adresse.startswith(PIECE):
            return
        piece = document.pieces.get(adresse.removeprefix(PIECE))
        if piece is None or (vue is Vue.PUBLIQUE and piece.audience is Audience.ADHERENTS):
            arbre.replace_child(node, () if node.type == "image" else tuple(node.children))
        else:
            jeton.attrs[nom] = piece.url
            jeton.meta["piece"] = piece

    arbre.each_of(racine, frozenset({"link", "image"}), settle)


class _Hiding:
    """Applies the rules to a tree; passages for members are not read, the public never sees them."""

    def __init__(self, regles: Regles) -> None:
        self._regles = regles
        self._done: list[Remplacement] = []
        self._ligne = 0

    def hide(self, racine: SyntaxTreeNode) -> list[Remplacement]:
        if not (self._regles.montants or self._regles.noms):
            return []
        self._visit(racine, euros=False)
        return self._done

    def _visit(self, node: SyntaxTreeNode, *, euros: bool) -> None:
        if node.type in arbre.RESERVES:
            return
        if not node.is_root:
            self._ligne = arbre.line_of(node) or self._ligne
        if node.type == "inline":
            self._hide_inline(node, euros=euros)
            return
        if node.type in {"fence", "code_block"}:
            jeton = arbre.own_token(node)
            jeton.content, done = redact_text(jeton.content, self._regles, self._ou())
            self._done += done
        if node.type == "table":
            self._visit_table(node)
            return
        for child in list(node.children):
            self._visit(child, euros=euros)

    def _ou(self) -> str:
        return f"corps, ligne {self._ligne}"

    def _hide_inline(self, node: SyntaxTreeNode, *, euros: bool) -> None:
        # images first: a description is a text of its own
        for image in [leaf for leaf in arbre.leaves(node, reserves=False) if leaf.type == "image"]:
            self._hide_leaves(image, euros=False)
            self._hide_attributes(image)
        for lien in [child for child in node.walk() if child.type == "link"]:
            if not _inside_reserve(lien, node):
                self._hide_attributes(lien)
        self._hide_leaves(node, euros=euros)

    def _hide_leaves(self, node: SyntaxTreeNode, *, euros: bool) -> None:
        feuilles = list(arbre.leaves(node, reserves=False))
        texte = "".join(map(arbre.leaf_text, feuilles))
        found = find_hidden(texte, self._regles)
        if euros and is_bare_number(texte):
            found = merge([*found, Trouvaille(0, len(texte), Regle.MONTANT)])
        spans = []
        for part in found:
            original = texte[part.debut : part.fin]
            neuf = arbre.new_leaf(
                arbre.REMPLACE, part.regle.value, original=original, regle=part.regle
            )
            spans.append((part.debut, part.fin, neuf))
            self._done.append(Remplacement(part.regle, original.strip(), self._ou()))
        arbre.replace_spans(feuilles, spans)

    def _hide_attributes(self, node: SyntaxTreeNode) -> None:
        """Titles are redacted; a link whose address says what is hidden loses its address."""
        jeton = arbre.own_token(node)
        titre = str(jeton.attrs.get("title", ""))
        if titre:
            jeton.attrs["title"], done = redact_text(titre, self._regles, self._ou())
            self._done += done
        adresse = str(jeton.attrs.get("href", ""))
        found = hides_address(adresse, self._regles) if adresse else ()
        if found:
            lisible = readable_address(adresse)
            self._done += [
                Remplacement(part.regle, lisible[part.debut : part.fin], self._ou())
                for part in found
            ]
            arbre.replace_child(node, tuple(node.children))

    def _visit_table(self, table: SyntaxTreeNode) -> None:
        rangees = [node for node in table.walk() if node.type == "tr"]
        entetes = (
            [arbre.inner_text(_cell_text(cell)) for cell in rangees[0].children] if rangees else []
        )
        partout = bool(entetes) and says_euros(entetes[0])
        for rangee in rangees:
            libelle = arbre.inner_text(_cell_text(rangee.children[0])) if rangee.children else ""
            for rang, cell in enumerate(rangee.children):
                entete = entetes[rang] if rang < len(entetes) else ""
                euros = says_euros(entete) or (rang > 0 and (partout or says_euros(libelle)))
                self._visit(cell, euros=euros and cell.type == "td")


def _cell_text(cell: SyntaxTreeNode) -> SyntaxTreeNode:
    return cell.children[0] if cell.children else cell


def _inside_reserve(node: SyntaxTreeNode, limite: SyntaxTreeNode) -> bool:
    parent = node.parent
    while parent is not None and parent is not limite:
        if parent.type in arbre.RESERVES:
            return True
        parent = parent.parent
    return False


def count_by_rule(remplacements: Iterable[Remplacement]) -> dict[Regle, int]:
    """How many things each rule hid."""
    counts = dict.fromkeys(Regle, 0)
    for remplacement in remplacements:
        counts[remplacement.regle] += 1
    return counts
