"""Rows of an extract or of a spreadsheet's CSV, each with the line where it starts."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import accorder, join_fr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import NoReturn

_TUYAU = "|"
_SEPARATEURS = (_TUYAU, ";", ",", "\t")
_DEBUT = re.compile(r"DEB(?P<vue>[A-Za-z]+?)(?P<jour>[0-9]{8})_[0-9]{6}\|*")
_FIN = re.compile(r"FIN(?P<nombre>[0-9]+)\|*")


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table whose cells are text, as written.

    Attributes:
        entetes: Names of the columns.
        lignes: Line where each row starts in the file, the first line being 1.
        rangees: Cells, one list per row, as long as `entetes`.
        vue: View named by the first line; empty when it names none.
        extraction: Day of the first line, `JJMMAAAA`; empty when it gives none.
        ligne_entetes: Line of the headers.
        nombre_annonce: Rows announced by the last line; None when it announces none.
        anomalies: MLG-AFI-009, one for each row left out because its cells are not as many as the
            columns.
    """

    entetes: list[str]
    lignes: list[int]
    rangees: list[list[str]]
    vue: str = ""
    extraction: str = ""
    ligne_entetes: int = 1
    nombre_annonce: int | None = None
    anomalies: tuple[Anomalie, ...] = ()


def find_vue(texte: str) -> str:
    """View that the first line of an extract names; empty when it names none."""
    debut = _DEBUT.fullmatch(texte.partition("\n")[0].strip())
    return debut["vue"] if debut else ""


def parse_tableau(texte: str, nom: str, connues: Collection[str]) -> Tableau:
    """Table of a text.

    Args:
        texte: The whole file.
        nom: Its name, for the messages.
        connues: Names of columns by which the separator is recognised.

    Raises:
        FichierInvalide: MLG-AFI-008 no header is recognised; 009 quotes that do not close; 010 a
            column named twice.
    """
    lignes = texte.replace("\r\n", "\n").split("\n")
    debut = _DEBUT.fullmatch(lignes[0].strip())
    premiere = 1 if debut else 0
    if premiere >= len(lignes) or not lignes[premiere].strip():
        _refuse_header(nom, premiere + 1, connues)
    separateur = _find_separateur(lignes[premiere], connues)
    if separateur is None:
        _refuse_header(nom, premiere + 1, connues)
    brutes = list(_read_rangees(lignes, premiere, separateur, nom))
    entetes = [entete.strip() for entete in brutes.pop(0)[1]]
    _check_entetes(entetes, connues, f"{nom}, ligne {premiere + 1}")
    annonce = _pop_fin(brutes)
    entieres = [(ligne, rangee) for ligne, rangee in brutes if len(rangee) == len(entetes)]
    return Tableau(
        entetes=entetes,
        lignes=[ligne for ligne, _ in entieres],
        rangees=[rangee for _, rangee in entieres],
        vue=debut["vue"] if debut else "",
        extraction=debut["jour"] if debut else "",
        ligne_entetes=premiere + 1,
        nombre_annonce=annonce,
        anomalies=_check_cells(brutes, len(entetes)),
    )


def _find_separateur(entete: str, connues: Collection[str]) -> str | None:
    """Separator that shows the most known columns; None when none shows any."""

    def count(separateur: str) -> int:
        return len({nom.strip(' "') for nom in entete.split(separateur)} & set(connues))

    meilleur = max(_SEPARATEURS, key=count)
    return meilleur if count(meilleur) else None


def _read_rangees(
    lignes: list[str], premiere: int, separateur: str, nom: str
) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row, the header first; blank lines are left out.

    Raises:
        FichierInvalide: MLG-AFI-009, quotes that do not close.
    """
    if separateur == _TUYAU:
        yield from _read_pipes(lignes, premiere)
        return
    lecteur = csv.reader(
        (f"{ligne}\n" for ligne in lignes[premiere:]), delimiter=separateur, strict=True
    )
    ligne = premiere + 1
    try:
        for rangee in lecteur:
            if any(cellule.strip() for cellule in rangee):
                yield ligne, rangee
            ligne = premiere + lecteur.line_num + 1
    except csv.Error as error:
        raise FichierInvalide(
            Anomalie(
                "MLG-AFI-009",
                "Une ligne ne se lit pas : un guillemet est ouvert et mal fermé.",
                "Corrigez les guillemets de cette ligne.",
                f"{nom}, ligne {ligne}",
            )
        ) from error


def _read_pipes(lignes: list[str], premiere: int) -> Iterator[tuple[int, list[str]]]:
    """Rows of an extract: no quotes, and a field may hold line feeds, which are joined back."""
    attendus = lignes[premiere].count(_TUYAU)
    debut, morceau = 0, ""
    for numero, ligne in enumerate(lignes[premiere:], start=premiere + 1):
        if not morceau and (not ligne.strip() or _FIN.fullmatch(ligne.strip())):
            if ligne.strip():
                yield numero, [ligne.strip()]
            continue
        debut = debut if morceau else numero
        morceau = f"{morceau}\n{ligne}" if morceau else ligne
        if morceau.count(_TUYAU) >= attendus:
            yield debut, morceau.split(_TUYAU)
            morceau = ""
    if morceau.strip():
        yield debut, morceau.split(_TUYAU)


def _check_entetes(entetes: list[str], connues: Collection[str], ou: str) -> None:
    doubles = sorted({nom for nom in entetes if nom in connues and entetes.count(nom) > 1})
    if doubles:
        raise FichierInvalide(
            Anomalie(
                "MLG-AFI-010",
                f"Des colonnes portent le même nom : {join_fr(doubles)}.",
                "Gardez-en une seule.",
                ou,
            )
        )


def _pop_fin(brutes: list[tuple[int, list[str]]]) -> int | None:
    """Number of rows that the last line announces; the line is taken off."""
    if not brutes:
        return None
    fin = _FIN.fullmatch(_TUYAU.join(brutes[-1][1]).strip())
    if fin is None:
        return None
    brutes.pop()
    return int(fin["nombre"])


def _check_cells(brutes: list[tuple[int, list[str]]], attendues: int) -> tuple[Anomalie, ...]:
    return tuple(
        Anomalie(
            "MLG-AFI-009",
            f"La ligne a {accorder(len(rangee), 'cellule', 'cellules')}, l’en-tête en a "
            f"{attendues}.",
            "Le fichier est peut-être coupé, ou un séparateur s’est glissé dans un texte : "
            "corrigez la ligne.",
            f"ligne {ligne}",
        )
        for ligne, rangee in brutes
        if len(rangee) != attendues
    )


def _refuse_header(nom: str, ligne: int, connues: Collection[str]) -> NoReturn:
    raise FichierInvalide(
        Anomalie(
            "MLG-AFI-008",
            "Aucune colonne attendue n’est reconnue.",
            f"La première ligne, ou la deuxième après une ligne DEB, nomme les colonnes telles que "
            f"publiées : {join_fr(connues)}.",
            f"{nom}, ligne {ligne}",
        )
    )
