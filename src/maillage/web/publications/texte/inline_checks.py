"""What paragraphs, headings and cells hold: marks, figures, links, images, each checked at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maillage.kernel.francais import ESPACE_FINE, guillemets
from maillage.web.publications.texte import marks
from maillage.web.publications.texte.chiffres import parse_reference, proches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token

    from maillage.web.publications.texte.chiffres import Reference, Resolveur
    from maillage.web.publications.texte.document import Piece
    from maillage.web.publications.texte.places import Locator
    from maillage.web.publications.texte.problems import Problems

_PIECE = "pj:"
_ADRESSES = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
_ADRESSE_COLLEE = re.compile(r"\((?:https?:|mailto:|tel:|pj:|www\.|/)", re.IGNORECASE)


class InlineChecks:
    """Checks inline tokens one after the other.

    Attributes:
        references: Live figures that can be resolved, in the order of the text.
    """

    def __init__(
        self,
        problems: Problems,
        lieux: Locator,
        pieces: Mapping[str, Piece],
        resolveur: Resolveur,
    ) -> None:
        self.references: list[Reference] = []
        self._problems = problems
        self._lieux = lieux
        self._pieces = pieces
        self._resolveur = resolveur

    def check(self, inline: Token, profondeur: int) -> None:
        """Check what one paragraph, heading or cell holds.

        Args:
            inline: Its token.
            profondeur: How many blocks for members it stands in.
        """
        self._check_children(inline, inline.children or [], profondeur)

    def _check_children(
        self, inline: Token, enfants: Sequence[Token], profondeur: int, decalage: int = 0
    ) -> None:
        for rang, jeton in enumerate(enfants):
            lieu = self._lieux.of_inline(inline, decalage + int(jeton.meta.get("pos", 0)))
            if jeton.type == "reserve_open":
                if profondeur:
                    self._problems.add_mark(lieu, "imbriquee", "[[")
                profondeur += 1
            elif jeton.type == "reserve_close":
                profondeur -= 1
                self._check_glued_address(lieu, enfants[rang + 1 :])
            else:
                self._check_token(inline, jeton, lieu, profondeur)

    def _check_token(
        self, inline: Token, jeton: Token, lieu: tuple[int, int], profondeur: int
    ) -> None:
        match jeton.type:
            case marks.ORPHELIN:
                self._refuse_orphan(jeton, lieu)
            case marks.CHIFFRE:
                self._check_figure(jeton, lieu)
            case "link_open":
                self._check_link(inline, jeton)
            case "image":
                self._check_image(inline, jeton, profondeur)
            case "text":
                self._check_text(inline, jeton)
            case _:
                pass

    def _refuse_orphan(self, jeton: Token, lieu: tuple[int, int]) -> None:
        if jeton.content == "{{":
            self._problems.add(
                lieu,
                "MLG-PUB-015",
                f"{guillemets('{{')} n’est jamais fermé.",
                "Ajoutez }} à la fin de la référence, sur la même ligne.",
            )
        else:
            kind = "ouverte" if jeton.content == "[[" else "fermante"
            self._problems.add_mark(lieu, kind, jeton.content)

    def _check_text(self, inline: Token, jeton: Token) -> None:
        """Beyond its limit of nested levels markdown-it leaves marks in the text."""
        for marque in ("[[", "]]"):
            if marque in jeton.content:
                self._problems.add(
                    self._lieux.of_inline(inline, max(0, inline.content.find(marque))),
                    "MLG-PUB-025",
                    f"La marque {guillemets(marque)} est imbriquée trop profondément pour être lue.",
                    "Écrivez le passage plus simplement.",
                )

    def _check_glued_address(self, lieu: tuple[int, int], suite: Sequence[Token]) -> None:
        texte = suite[0].content if suite and suite[0].type == "text" else ""
        if _ADRESSE_COLLEE.match(texte):
            self._problems.add(
                lieu,
                "MLG-PUB-008",
                f"L’adresse {guillemets(texte.split(')')[0][1:])} suit un passage réservé et resterait publique.",
                "Mettez le lien entier entre les marques\u00a0: [[[texte](adresse)]].",
            )

    # figures, links, images

    def _check_figure(self, jeton: Token, lieu: tuple[int, int]) -> None:
        reference, problems = parse_reference(jeton.content)
        if reference is not None:
            problems = self._resolveur.check(reference)
            if not problems:
                self.references.append(reference)
        for anomalie in problems:
            self._problems.add(lieu, anomalie.code, anomalie.quoi, anomalie.que_faire)

    def _check_link(self, inline: Token, jeton: Token) -> None:
        href = str(jeton.attrGet("href") or "")
        lieu = self._place_of(inline, href)
        self._check_title(inline, jeton)
        if self._has_mark(href, lieu):
            return
        if href.startswith(_PIECE):
            self._check_piece(href, lieu)
        elif not _ADRESSES.match(href):
            self._problems.add(
                lieu,
                "MLG-PUB-022",
                f"L’adresse {guillemets(href)} n’est pas de celles qu’un lien peut ouvrir.",
                "Écrivez une adresse complète (https://…), mailto:…, tel:…, /page/, ou pj:référence.",
            )

    def _check_image(self, inline: Token, jeton: Token, profondeur: int) -> None:
        src = str(jeton.attrGet("src") or "")
        lieu = self._place_of(inline, src)
        self._check_title(inline, jeton)
        decalage = max(0, inline.content.find(jeton.content))  # a description is read by itself
        self._check_children(inline, jeton.children or [], profondeur, decalage)
        if re.fullmatch(r"\[(?!\[)[^\n]*\]", jeton.content):
            self._problems.add(
                lieu,
                "MLG-PUB-009",
                f"Dans l’image {guillemets('!' + '[' + jeton.content + ']')}, les doubles crochets ne "
                "réservent rien.",
                "Écrivez [[![texte](pj:référence)]] pour réserver l’image, ou ![[[texte]]](pj:référence) "
                "pour ne réserver que sa description.",
            )
        if self._has_mark(src, lieu):
            return
        if src.startswith(_PIECE):
            self._check_piece(src, lieu)
        else:
            self._problems.add(
                lieu,
                "MLG-PUB-021",
                f"L’image {guillemets(src)} n’est pas une pièce jointe.",
                "Joignez-la à la publication, puis écrivez ![description](pj:référence).",
            )

    def _check_title(self, inline: Token, jeton: Token) -> None:
        titre = str(jeton.attrGet("title") or "")
        _, problems = marks.split_line(titre)
        for kind, pos in problems:
            self._problems.add_mark(self._place_of(inline, titre), kind, titre[pos : pos + 2])

    def _has_mark(self, adresse: str, lieu: tuple[int, int]) -> bool:
        marked = any(m in adresse.upper() for m in ("[[", "]]", "%5B%5B", "%5D%5D"))
        if marked:
            self._problems.add(
                lieu,
                "MLG-PUB-023",
                f"L’adresse {guillemets(adresse)} porte une marque.",
                "Une adresse ne se coupe pas\u00a0: mettez le lien entier entre [[ et ]].",
            )
        return marked

    def _check_piece(self, adresse: str, lieu: tuple[int, int]) -> None:
        reference = adresse.removeprefix(_PIECE)
        if reference in self._pieces:
            return
        voisins = proches(reference, self._pieces)
        self._problems.add(
            lieu,
            "MLG-PUB-020",
            f"Aucune pièce jointe ne porte la référence {guillemets(reference)}.",
            f"Vouliez-vous dire {voisins}{ESPACE_FINE}?"
            if voisins
            else "Joignez d’abord le fichier.",
        )

    def _place_of(self, inline: Token, texte: str) -> tuple[int, int]:
        return self._lieux.of_inline(inline, max(0, inline.content.find(texte)))
