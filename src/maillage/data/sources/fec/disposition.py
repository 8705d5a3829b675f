"""How the file is laid out: header, separator, quotes, columns of fixed width, trailing separator."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maillage.data.sources.fec.colonnes import CONNUES, count_known, recognise
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import join_fr

SEPARATEURS = {
    "\t": "tabulation",
    "|": "barre verticale",
    ";": "point-virgule",
    ",": "virgule",
}
FIXE = "largeur fixe"
_RECONNUES_MIN = 4
_NOMS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Disposition:
    """Layout of a file.

    Attributes:
        colonnes: Names as written, trimmed; a nameless last column ends a line that ends with a
            separator.
        separateur: One character, empty when columns have a fixed width.
        guillemets: Whether cells are quoted.
        debuts: Where each column starts, for a fixed width; empty otherwise.
        lignes_avant: Lines before the header.
    """

    colonnes: tuple[str, ...]
    separateur: str
    guillemets: bool = False
    debuts: tuple[int, ...] = ()
    lignes_avant: int = 0

    @property
    def nom(self) -> str:
        """Name of the separator, as a person says it."""
        return SEPARATEURS.get(self.separateur, FIXE)


def find_disposition(debut: str, nom: str) -> Disposition:
    """Layout told by the first lines.

    Args:
        debut: The first lines of the file.
        nom: Its name, for the messages.

    Raises:
        FichierInvalide: MLG-FEC-003 no header is recognised, MLG-FEC-004 a column is named twice.
    """
    lignes = debut.split("\n")
    vides = next((rang for rang, ligne in enumerate(lignes) if ligne.strip()), 0)
    entete = lignes[vides] if lignes else ""
    disposition = _read_separated(entete, vides) or _read_fixed(entete, vides)
    if disposition is None:
        raise FichierInvalide(
            Anomalie(
                "MLG-FEC-003",
                "La première ligne ne porte pas les noms des colonnes d’un FEC.",
                "Refaites l’export « FEC » (fichier des écritures comptables) depuis le logiciel de "
                "comptabilité, avec sa ligne d’en-tête : JournalCode, JournalLib, EcritureNum…",
                f"{nom}, ligne {vides + 1}",
            )
        )
    _check_doubles(disposition, f"{nom}, ligne {vides + 1}")
    return disposition


def _read_separated(entete: str, avant: int) -> Disposition | None:
    candidats = []
    for essai in SEPARATEURS:
        lus = tuple(nom.strip().strip('"').strip() for nom in entete.split(essai))
        candidats.append((count_known(lus), essai, lus))
    reconnues, separateur, noms = max(candidats, key=lambda candidat: candidat[0])
    if reconnues < _RECONNUES_MIN:
        return None
    return Disposition(noms, separateur, guillemets='"' in entete, lignes_avant=avant)


def _read_fixed(entete: str, avant: int) -> Disposition | None:
    """Names separated by spaces only: each column starts where its name does."""
    trouves = list(_NOMS.finditer(entete))
    if count_known(trouve.group() for trouve in trouves) < _RECONNUES_MIN:
        return None
    return Disposition(
        tuple(trouve.group() for trouve in trouves),
        "",
        debuts=tuple(trouve.start() for trouve in trouves),
        lignes_avant=avant,
    )


def _check_doubles(disposition: Disposition, ou: str) -> None:
    reconnues = [nom for nom in map(recognise, disposition.colonnes) if nom]
    doubles = [nom for nom in CONNUES if reconnues.count(nom) > 1]
    if doubles:
        raise FichierInvalide(
            Anomalie(
                "MLG-FEC-004",
                f"Une colonne est nommée deux fois : {join_fr(doubles)}.",
                "Refaites l’export ; on ne peut pas savoir laquelle lire.",
                ou,
            )
        )
