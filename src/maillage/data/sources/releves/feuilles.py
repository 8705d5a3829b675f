"""From the bytes of a download to tables of text: CSV of any separator and encoding, or workbook."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maillage.data.sources.encodages import read_texte
from maillage.data.sources.flux_iae.tableau import find_vue, parse_tableau
from maillage.data.sources.live.classeur import counts_from_1904, read_numbered
from maillage.data.sources.releves.colonnes import list_names, names_field
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import join_fr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from maillage.data.sources.live.classeur import Cellule

CLASSEUR: Final = "classeur"
_ZIP, _ANCIEN = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SEPARATEURS = "|;,\t"
_AVANT = 10
"""Rows in which the header is looked for: some tables start under a title."""
_CITEES = 5


@dataclass(frozen=True, slots=True)
class Feuille:
    """A table whose cells are text.

    Attributes:
        nom: Of the file, with the sheet when the workbook has several tables.
        encodage: As a person says it.
        entetes: Names of the columns.
        lignes: Where each row is in the file, from 1.
        rangees: Cells, as many as `entetes`.
        classeur: Whether days may be counts of days.
        is_known: Whether its header names something that is read.
        anomalies: Rows that were left out, each a fault.
    """

    nom: str
    encodage: str
    entetes: list[str]
    lignes: list[int]
    rangees: list[list[str]]
    classeur: bool = False
    is_known: bool = True
    anomalies: tuple[Anomalie, ...] = ()


def read_feuilles(octets: bytes, nom: str) -> list[Feuille]:
    """Tables of a file, one of which at least has a header that is known.

    Args:
        octets: The whole file.
        nom: Its name, for the messages.

    Raises:
        FichierInvalide: MLG-RLV-003 a workbook that cannot be read, 004 no header is known; MLG-AFI-009
            quotes that do not close, 010 a column named twice.
    """
    if octets.startswith(_ANCIEN):
        _refuse_workbook(nom, "Le classeur est d’un ancien format, ou protégé par un mot de passe.")
    return _read_workbook(octets, nom) if octets.startswith(_ZIP) else [_read_csv(octets, nom)]


def _read_csv(octets: bytes, nom: str) -> Feuille:
    texte = read_texte(octets)
    contenu = texte.octets.decode("utf-8", "replace").removeprefix("\ufeff")
    lignes = contenu.split("\n")
    trouve = _find_header([_known(ligne) for ligne in lignes[:_AVANT]])
    if trouve is None:
        _refuse_header(nom)
    connues = _known(lignes[trouve])
    passees = 0 if find_vue(contenu) and trouve == 1 else trouve
    tableau = parse_tableau("\n".join(lignes[passees:]), nom, connues)
    return Feuille(
        nom=nom,
        encodage=texte.encodage,
        entetes=[_unquote(entete) for entete in tableau.entetes],
        lignes=[ligne + passees for ligne in tableau.lignes],
        rangees=tableau.rangees,
        anomalies=_gather(tableau.anomalies, nom, passees),
    )


def _known(ligne: str) -> list[str]:
    """Names of a line that are known, under the separator that shows the most."""
    decoupes = [[mot.strip(' "') for mot in ligne.split(separateur)] for separateur in _SEPARATEURS]
    return max(([m for m in mots if names_field(m)] for mots in decoupes), key=len)


def _find_header(connues: Sequence[Sequence[str]]) -> int | None:
    """Place of the row that names the most columns; None when none names any."""
    meilleure = max(range(len(connues)), key=lambda rang: len(connues[rang]), default=None)
    return meilleure if meilleure is not None and connues[meilleure] else None


def _gather(anomalies: Sequence[Anomalie], nom: str, passees: int) -> tuple[Anomalie, ...]:
    """One fault for all the rows that have another number of cells."""
    if not anomalies:
        return ()
    lieux = [str(int(a.ou.removeprefix("ligne ")) + passees) for a in anomalies[:_CITEES]]
    return (
        Anomalie(
            "MLG-RLV-008",
            "Des lignes n’ont pas autant de cellules que l’en-tête a de colonnes "
            f"({len(anomalies)} fois).",
            "Téléchargez de nouveau le fichier : il est coupé, ou un texte contient le séparateur.",
            f"{nom}, ligne {join_fr(lieux)}",
        ),
    )


def _read_workbook(octets: bytes, nom: str) -> list[Feuille]:
    try:
        if counts_from_1904(octets):
            _refuse_workbook(nom, "Le classeur compte ses jours depuis 1904.")
        pages = read_numbered(octets)
    except (ValueError, RuntimeError, ArithmeticError, LookupError, OSError, EOFError, zlib.error):
        # a damaged archive fails in every way that its parts do
        _refuse_workbook(nom, "Le classeur ne peut pas être lu : il est abîmé, ou protégé.")
    pages = {titre: rangees for titre, rangees in pages.items() if any(r for _, r in rangees)}
    textes = {
        titre: [(numero, [_as_text(c) for c in rangee]) for numero, rangee in rangees]
        for titre, rangees in pages.items()
    }
    feuilles = []
    for titre, rangees in textes.items():
        debut = _find_header([[m for m in mots if names_field(m)] for _, mots in rangees[:_AVANT]])
        nomme = f"{nom} ({titre})" if len(textes) > 1 else nom
        feuilles.append(_make_sheet(nomme, rangees[debut or 0 :], is_known=debut is not None))
    if not any(feuille.is_known for feuille in feuilles):
        _refuse_header(nom)
    return feuilles


def _make_sheet(nom: str, toutes: list[tuple[int, list[str]]], *, is_known: bool) -> Feuille:
    """A sheet from its header on: rows are as long as their last cell in use."""
    (_, entete), *rangees = toutes
    largeur = max([len(entete), *(len(cellules) for _, cellules in rangees)])
    pleines = [(n, cellules) for n, cellules in rangees if any(c.strip() for c in cellules)]
    return Feuille(
        nom=nom,
        encodage=CLASSEUR,
        entetes=[*(e.strip() for e in entete), *[""] * (largeur - len(entete))],
        lignes=[numero for numero, _ in pleines],
        rangees=[[*c, *[""] * (largeur - len(c))] for _, c in pleines],
        classeur=True,
        is_known=is_known,
    )


def _as_text(cellule: Cellule) -> str:
    if cellule is None:
        return ""
    if isinstance(cellule, str):
        return cellule
    return str(int(cellule)) if cellule.is_integer() else repr(cellule)


def _unquote(entete: str) -> str:
    return entete.strip(' "')


def _refuse_workbook(nom: str, quoi: str) -> NoReturn:
    raise FichierInvalide(
        Anomalie(
            "MLG-RLV-003",
            quoi,
            "Ouvrez-le dans un tableur, puis enregistrez-le en CSV ou en .xlsx sans mot de passe.",
            nom,
        )
    )


def _refuse_header(nom: str) -> NoReturn:
    annexe = (*list_names("numero"), *list_names("annexe_id"))
    raise FichierInvalide(
        Anomalie(
            "MLG-RLV-004",
            "Aucune colonne connue n’est reconnue.",
            f"L’en-tête nomme l’annexe ({join_fr(annexe, 'ou')}), le mois, et des heures ou des ETP, "
            "sous leurs noms publics.",
            nom,
        )
    )
