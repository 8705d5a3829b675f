"""The whole leak test of one publication: pages, feeds, index and attachments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from maillage.kernel.francais import guillemets
from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.folding import fold_text
from maillage.web.publications.texte.fuites.detection import (
    Secrets,
    inspect_artefacts,
    inspect_text,
)
from maillage.web.publications.texte.fuites.model import Fuite, Nature, Rapport
from maillage.web.publications.texte.passages import share
from maillage.web.publications.texte.pieces.isolement import read_isolated
from maillage.web.publications.texte.redaction import Regles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from maillage.web.publications.texte.chiffres import Resolveur
    from maillage.web.publications.texte.document import Document
    from maillage.web.publications.texte.fuites.model import Artefact, PieceJointe
    from maillage.web.publications.texte.pieces.model import Lecture

_NOM_COURT = 6  # letters below which a file name is looked for with its extension only


@dataclass(frozen=True)
class Contexte:
    """What the leak test must know beside the publication.

    Attributes:
        regles: What the public version hides by rule.
        resolveur: Who knows the live figures.
        habillage: Text of the site around a publication (menus, footer), which is nobody's secret.
        auteurs_admis: Names that may stand as author of a public file: the network's own.
        lecteur: Reads a file.
    """

    regles: Regles = field(default_factory=Regles)
    resolveur: Resolveur | None = None
    habillage: str = ""
    auteurs_admis: tuple[str, ...] = ()
    lecteur: Callable[[str, bytes], Lecture] = read_isolated


def find_leaks(
    document: Document,
    artefacts: Iterable[Artefact],
    pieces: Sequence[PieceJointe] = (),
    contexte: Contexte | None = None,
) -> Rapport:
    """Every place where the public would read what only members may.

    Args:
        document: The publication, read without error.
        artefacts: All that everyone will be able to read.
        pieces: Its attachments, those of members included.
        contexte: Rules, figures, and what is known to be harmless.
    """
    artefacts = tuple(artefacts)
    applied = contexte or Contexte()
    secrets = Secrets(document, applied.regles, applied.resolveur, applied.habillage)
    rapport = inspect_artefacts(secrets, artefacts)
    fuites = list(rapport.fuites)
    avertissements = [*document.avertissements, *rapport.avertissements]
    fuites += _reserved_pieces(document, artefacts, pieces)
    fuites += _open_pieces(document, pieces)
    admis = frozenset(map(fold_text, applied.auteurs_admis))
    for piece in pieces:
        if piece.audience is Audience.PUBLIQUE:
            lecture = applied.lecteur(piece.nom_fichier, piece.contenu)
            fuites += _piece_leaks(secrets, piece, lecture, admis)
            avertissements += [
                f"{piece.nom_fichier}\u00a0: {phrase}" for phrase in lecture.avertissements
            ]
    return Rapport(tuple(dict.fromkeys(fuites)), tuple(dict.fromkeys(avertissements)))


def _piece_leaks(
    secrets: Secrets, piece: PieceJointe, lecture: Lecture, admis: frozenset[str]
) -> Iterator[Fuite]:
    ou = f"pièce jointe {piece.nom_fichier}"
    nom = piece.nom_fichier.rpartition(".")[0] or piece.nom_fichier
    lisible = nom.replace("-", " ").replace("_", " ")
    yield from inspect_text(secrets, f"{ou}, nom du fichier", lisible, casse=False, piece=True)
    if lecture.refus:
        yield Fuite(
            Nature.ILLISIBLE,
            ou,
            piece.nom_fichier,
            "",
            f"Le fichier est illisible\u00a0: {lecture.refus}. On ne peut pas prouver qu’il ne dit rien de "
            "ce qui est réservé.",
            "Réservez-le aux adhérents, ou joignez-le sous une forme lisible (PDF avec du texte, document "
            "sans mot de passe).",
        )
        return
    for extrait in lecture.textes:
        yield from inspect_text(secrets, f"{ou}, {extrait.lieu}", extrait.texte, piece=True)
    if secrets.regles.noms:
        yield from _author_leaks(ou, lecture, admis)


def _author_leaks(ou: str, lecture: Lecture, admis: frozenset[str]) -> Iterator[Fuite]:
    """With the rule of names, a public file is signed by the network or by nobody."""
    for auteur in dict.fromkeys(lecture.auteurs):
        if fold_text(auteur.texte) not in admis:
            yield Fuite(
                Nature.METADONNEE,
                f"{ou}, {auteur.lieu}",
                auteur.texte,
                "",
                f"Le fichier est signé {guillemets(auteur.texte)} dans ses propriétés, et les noms de "
                "personnes de cette publication sont réservés aux adhérents.",
                "Enlevez les informations personnelles du fichier (Fichier, Propriétés), puis joignez-le à "
                "nouveau.",
            )


def _reserved_pieces(
    document: Document, artefacts: Sequence[Artefact], pieces: Sequence[PieceJointe]
) -> Iterator[Fuite]:
    """Attachments of members that something public cites."""
    for piece in pieces:
        if piece.audience is not Audience.ADHERENTS:
            continue
        citee = document.pieces.get(piece.reference)
        cles = {f"pj:{piece.reference}", piece.nom_fichier, citee.url if citee else ""}
        if len(piece.reference) >= _NOM_COURT:
            cles.add(piece.reference)
        for artefact in artefacts:
            contenu = fold_text(unquote(artefact.contenu))
            if any(cle and fold_text(cle) in contenu for cle in cles):
                yield Fuite(
                    Nature.PIECE_RESERVEE,
                    f"{artefact.genre.value} ({artefact.libelle})",
                    piece.nom_fichier,
                    "",
                    f"La pièce {guillemets(piece.nom_fichier)} est réservée aux adhérents et y est citée.",
                    "Regénérez la version publique, ou ouvrez la pièce à tous.",
                )


def _open_pieces(document: Document, pieces: Sequence[PieceJointe]) -> Iterator[Fuite]:
    """Public attachments that only a passage for members cites: one of the two is a mistake."""
    partage = share(document)
    reserves = {adresse for passage in partage.passages for adresse in passage.adresses}
    for piece in pieces:
        adresse = f"pj:{piece.reference}"
        if piece.audience is Audience.PUBLIQUE and adresse in reserves - set(partage.adresses):
            origine = next(p.ou for p in partage.passages if adresse in p.adresses)
            yield Fuite(
                Nature.PIECE_OUVERTE,
                f"pièce jointe {piece.nom_fichier}",
                piece.nom_fichier,
                origine,
                f"La pièce {guillemets(piece.nom_fichier)} n’est citée que dans un passage réservé "
                f"({origine}), mais elle est déclarée publique.",
                "Déclarez-la réservée aux adhérents, ou citez-la dans la partie publique.",
            )
