"""Problems of a text, piled up with their place and told together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARQUES = {
    "ouverte": ("MLG-PUB-001", "n’est jamais fermé", "Ajoutez ]] à la fin du passage réservé."),
    "fermante": ("MLG-PUB-002", "ne ferme aucun passage", "Ajoutez [[ au début, ou enlevez ]]."),
    "imbriquee": (
        "MLG-PUB-003",
        "ouvre un passage dans un passage déjà réservé",
        "Enlevez les marques intérieures\u00a0: tout ce qui est entre [[ et ]] est déjà réservé.",
    ),
}
_LIEU = re.compile(r"ligne (\d+), colonne (\d+)")


class Problems:
    """Problems found, each with its line and column; those of the other fields come first."""

    def __init__(self) -> None:
        self._found: list[tuple[tuple[int, int], Anomalie]] = []

    def add(self, lieu: tuple[int, int], code: str, quoi: str, que_faire: str) -> None:
        """Note a problem of the body."""
        ligne, colonne = lieu
        ou = f"corps, ligne {ligne}, colonne {colonne}"
        self._found.append((lieu, Anomalie(code, quoi, que_faire, ou)))

    def add_field(self, ou: str, code: str, quoi: str, que_faire: str) -> None:
        """Note a problem of another field."""
        self._found.append(((0, len(self._found)), Anomalie(code, quoi, que_faire, ou)))

    def add_mark(self, lieu: tuple[int, int], kind: str, marque: str) -> None:
        """Note a mark of the body that opens or closes nothing, or stands in another."""
        code, quoi, que_faire = _MARQUES[kind]
        if kind == "ouverte":
            que_faire += " Pour plusieurs paragraphes, utilisez ::: adhérents."
        self.add(lieu, code, f"{guillemets(marque)} {quoi}.", que_faire)

    def add_field_mark(self, ou: str, kind: str, marque: str) -> None:
        """The same in another field."""
        code, quoi, que_faire = _MARQUES[kind]
        self.add_field(ou, code, f"{guillemets(marque)} {quoi}.", que_faire)

    def raise_if_any(self) -> None:
        """Refuse the text.

        Raises:
            SaisieInvalide: every problem, in the order of the text.
        """
        if self._found:
            ordered = sorted(self._found, key=lambda problem: problem[0])
            raise SaisieInvalide(*(anomalie for _, anomalie in ordered))


def problems_by_line(anomalies: Iterable[Anomalie]) -> Iterator[tuple[int, int, Anomalie]]:
    """Line, column (from 1; 0 for another field) and problem, for the margin of the editor."""
    for anomalie in anomalies:
        match = re.search(r"ligne (\d+), colonne (\d+)", anomalie.ou)
        yield (int(match[1]), int(match[2]), anomalie) if match else (0, 0, anomalie)
