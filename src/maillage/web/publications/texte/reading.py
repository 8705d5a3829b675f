"""Reads a publication, or refuses it with every problem at its line and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maillage.kernel.francais import ESPACE_FINE, accorder, guillemets
from maillage.web.publications.texte import marks
from maillage.web.publications.texte.chiffres import SansChiffres, proches
from maillage.web.publications.texte.document import Audience, Document, Ligne, Segment, Source
from maillage.web.publications.texte.folding import fold_text
from maillage.web.publications.texte.inline_checks import InlineChecks
from maillage.web.publications.texte.places import Locator
from maillage.web.publications.texte.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markdown_it.token import Token

    from maillage.web.publications.texte.chiffres import Resolveur
    from maillage.web.publications.texte.document import Piece

LONGUEUR_MAX = 300_000
"""Characters of a body: a book of 150 pages. Longer, the preview would not follow the typing."""
_LONGUEUR_LIGNE = 5_000
NOM_BLOC = "adherents"
_DEUX_POINTS = re.compile(r"^[ \t]*(:{3,})", re.MULTILINE)
_FERMETURE = re.compile(r"[\s>]*:{3,}\s*")


def read_publication(
    source: Source, pieces: Iterable[Piece] = (), resolveur: Resolveur | None = None
) -> Document:
    """The publication, ready to be rendered in both versions.

    Args:
        source: What the editor typed.
        pieces: Attachments that the text may cite.
        resolveur: Who knows the live figures; without one, a text that cites any is refused.

    Raises:
        SaisieInvalide: every problem of the text, each with its line and column (MLG-PUB-001 to
            MLG-PUB-026).
    """
    par_reference = {piece.reference: piece for piece in pieces}
    reading = _Reading(source, par_reference, resolveur or SansChiffres())
    document = reading.read()
    reading.problems.raise_if_any()
    return document


class _Reading:
    """One reading of one text: its fields, its blocks, then what paragraphs hold."""

    def __init__(self, source: Source, pieces: Mapping[str, Piece], resolveur: Resolveur) -> None:
        self.problems = Problems()
        self._source = source
        self._pieces = pieces
        self._lieux = Locator(source.corps)
        self._inline = InlineChecks(self.problems, self._lieux, pieces, resolveur)
        self._avertissements: list[str] = []

    def read(self) -> Document:
        source = self._source
        titre = self._line("titre", source.titre)
        if not titre.texte(Audience.PUBLIQUE):
            self._refuse_title(titre)
        chapo = self._line("chapo", source.chapo)
        etiquettes = tuple(
            self._line(f"étiquette {rang}", texte)
            for rang, texte in enumerate(source.etiquettes, 1)
        )
        jetons: list[Token] = []
        if len(source.corps) > LONGUEUR_MAX:
            self._refuse_length(len(source.corps))
        else:
            jetons, env = marks.tokenize(source.corps)
            self._check_blocks(jetons)
            self._check_definitions(jetons, env)
        return Document(
            source,
            titre,
            chapo,
            etiquettes,
            tuple(jetons),
            self._pieces,
            tuple(self._inline.references),
            tuple(self._avertissements),
        )

    # plain fields

    def _line(self, champ: str, texte: str) -> Ligne:
        if len(texte) > _LONGUEUR_LIGNE:
            longueur = accorder(len(texte), "caractère", "caractères")
            quoi = f"Le champ {guillemets(champ)} a {longueur}."
            self.problems.add_field(
                champ, "MLG-PUB-026", quoi, f"Gardez-en {_LONGUEUR_LIGNE} au plus."
            )
            return Ligne(champ, ())
        runs, problems = marks.split_line(texte)
        for kind, pos in problems:
            self.problems.add_field_mark(f"{champ}, colonne {pos + 1}", kind, texte[pos : pos + 2])
        if "{{" in texte:
            self.problems.add_field(
                f"{champ}, colonne {texte.index('{{') + 1}",
                "MLG-PUB-016",
                f"Un chiffre est cité dans le champ {guillemets(champ)}, où il ne peut pas l’être.",
                "Citez-le dans le corps du texte.",
            )
        return Ligne(champ, tuple(Segment(run, reserve) for run, reserve in runs))

    def _refuse_title(self, titre: Ligne) -> None:
        plein = "Le titre est entièrement réservé aux adhérents."
        self.problems.add_field(
            "titre",
            "MLG-PUB-024",
            plein if titre.segments else "Le titre est vide.",
            "Gardez hors des marques un titre que tout le monde peut lire.",
        )

    def _refuse_length(self, longueur: int) -> None:
        limite = accorder(LONGUEUR_MAX, "caractère", "caractères")
        self.problems.add(
            (1, 1),
            "MLG-PUB-026",
            f"Le texte a {accorder(longueur, 'caractère', 'caractères')}.",
            f"Gardez-en {limite} au plus, et joignez le reste en pièce.",
        )

    # blocks

    def _check_blocks(self, jetons: Sequence[Token]) -> None:
        profondeur = 0
        for jeton in jetons:
            if jeton.level >= marks.IMBRICATION_MAX - 1:
                self._refuse_depth(jeton)
                return
            if jeton.type == f"{marks.BLOC}_open":
                self._check_block(jeton, profondeur)
                profondeur += 1
            elif jeton.type == f"{marks.BLOC}_close":
                profondeur -= 1
            elif jeton.type == "code_block":
                self._check_indented(jeton)
            elif jeton.type == "inline":
                self._check_inline(jeton, profondeur)
            self._warn_code(jeton)

    def _check_inline(self, jeton: Token, profondeur: int) -> None:
        for ligne in _DEUX_POINTS.finditer(jeton.content):
            self.problems.add(
                self._lieux.of_inline(jeton, ligne.start(1)),
                "MLG-PUB-002",
                f"{guillemets(':::')} ne ferme aucun passage, ou son retrait n’est pas celui de "
                "l’ouverture.",
                "Ajoutez ::: adhérents au début du passage, ou enlevez cette ligne.",
            )
        self._inline.check(jeton, profondeur)

    def _refuse_depth(self, jeton: Token) -> None:
        self.problems.add(
            self._lieux.of_block(jeton),
            "MLG-PUB-025",
            "Listes et citations sont imbriquées trop profondément pour être lues.",
            "Réduisez le nombre de niveaux.",
        )

    def _check_block(self, jeton: Token, profondeur: int) -> None:
        lieu = self._lieux.of_block(jeton)
        nom = jeton.info.strip()
        if fold_text(nom) != NOM_BLOC:
            voisin = bool(proches(fold_text(nom), [NOM_BLOC]))
            self.problems.add(
                lieu,
                "MLG-PUB-005",
                f"Le bloc {guillemets(f'{jeton.markup} {nom}')} n’existe pas.",
                f"Vouliez-vous dire {guillemets('::: adhérents')}{ESPACE_FINE}?"
                if voisin
                else "Le seul bloc connu est ::: adhérents.",
            )
        if profondeur:
            self.problems.add(
                lieu,
                "MLG-PUB-003",
                f"{guillemets(f'{jeton.markup} {nom}')} ouvre un passage dans un passage déjà réservé.",
                "Enlevez les marques intérieures, ou fermez d’abord le premier bloc par :::.",
            )
        if not self._is_closed(jeton):
            self.problems.add(
                lieu,
                "MLG-PUB-004",
                f"{guillemets(f'{jeton.markup} {nom}')} n’est jamais fermé.",
                "Ajoutez une ligne ::: seule à la fin du passage réservé, avec le même retrait.",
            )

    def _is_closed(self, jeton: Token) -> bool:
        """Whether the line after the block closes it: markdown-it closes by itself at the end."""
        _, fin = jeton.map or [0, 0]
        ligne = self._lieux.line(fin)
        return _FERMETURE.fullmatch(ligne) is not None and ligne.count(":") >= len(jeton.markup)

    def _check_indented(self, jeton: Token) -> None:
        premiere = jeton.map[0] if jeton.map else 0
        for rang, ligne in enumerate(jeton.content.split("\n")):
            if _DEUX_POINTS.match(ligne) or "[[" in ligne or "]]" in ligne:
                self.problems.add(
                    (premiere + rang + 1, 1),
                    "MLG-PUB-006",
                    f"La marque de la ligne {guillemets(ligne.strip()[:40])} n’est pas lue\u00a0: quatre "
                    "espaces au début en font du code.",
                    "Ramenez la ligne contre la marge.",
                )

    def _warn_code(self, jeton: Token) -> None:
        codes = [e.content for e in jeton.children or [] if e.type == "code_inline"]
        if jeton.type == "fence":
            codes = [jeton.content]
        if any("[[" in code or "]]" in code or _DEUX_POINTS.search(code) for code in codes):
            ligne, _ = self._lieux.of_block(jeton)
            self._avertissements.append(
                f"Ligne {ligne}\u00a0: des marques se trouvent dans du code, où elles ne réservent rien."
            )

    def _check_definitions(self, jetons: Sequence[Token], env: Mapping[str, object]) -> None:
        """A link definition inside a block for members would give its address to a public link."""
        references = env.get("references")
        if not isinstance(references, dict):
            return
        blocs = [j.map for j in jetons if j.type == f"{marks.BLOC}_open" and j.map]
        for nom, definition in references.items():
            debut = definition["map"][0]
            if any(bloc[0] <= debut < bloc[1] for bloc in blocs):
                self.problems.add(
                    (debut + 1, 1),
                    "MLG-PUB-007",
                    f"L’adresse du lien {guillemets(str(nom).lower())} est définie dans un passage réservé.",
                    "Écrivez l’adresse dans le lien même\u00a0: [texte](adresse).",
                )
