"""What is wrong in a deposit: every fault with its file, its line and its column, told together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.web.network.echange.lecture import raise_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.kernel.errors import UserError
    from maillage.web.dialogue.echange.model import Rang

CODES: Final[Mapping[str, str]] = {
    "MLG-ORG-031": "MLG-DIA-131",
    "MLG-ORG-033": "MLG-DIA-133",
    "MLG-ORG-040": "MLG-DIA-140",
    "MLG-ORG-041": "MLG-DIA-141",
    "MLG-ORG-042": "MLG-DIA-142",
    "MLG-ORG-043": "MLG-DIA-143",
    "MLG-ORG-044": "MLG-DIA-144",
    "MLG-ORG-045": "MLG-DIA-145",
    "MLG-ORG-046": "MLG-DIA-146",
    "MLG-ORG-047": "MLG-DIA-147",
    "MLG-ORG-048": "MLG-DIA-148",
    "MLG-ORG-049": "MLG-DIA-149",
    "MLG-ORG-050": "MLG-DIA-150",
    "MLG-ORG-052": "MLG-DIA-152",
    "MLG-ORG-053": "MLG-DIA-153",
    "MLG-ORG-054": "MLG-DIA-154",
}
"""The same faults, met in the files of organisations, to their codes here."""


def recode(anomalie: Anomalie, fichier: str = "") -> Anomalie:
    """A fault that the reading of any file finds, under its code here and with the name of the file."""
    ou = ", ".join(filter(None, (fichier, anomalie.ou)))
    return replace(anomalie, code=CODES.get(anomalie.code, anomalie.code), ou=ou)


@dataclass(slots=True)
class Releve:
    """Faults as they are found, in the order of the files and of their lines."""

    trouvees: list[tuple[int, int, Anomalie]] = field(default_factory=list)

    def add(self, rang: Rang, colonne: str, code: str, quoi: str, que_faire: str) -> None:
        """One more, in a cell; in the whole line when the column has no name."""
        self.put(rang, Anomalie(code, quoi, que_faire, rang.where(colonne)))

    def add_error(self, rang: Rang, colonne: str, error: UserError) -> None:
        """Those of a cell that could not be read."""
        for a in error.anomalies:
            self.put(rang, replace(recode(a), ou=rang.where(colonne)))

    def put(self, rang: Rang, anomalie: Anomalie) -> None:
        """One more, that already says where."""
        self.trouvees.append((rang.ordre, rang.numero, anomalie))

    def add_file(self, error: UserError, fichier: str = "", ordre: int = -1) -> None:
        """Those of a whole file."""
        self.trouvees += [
            (ordre, numero, recode(a, fichier)) for numero, a in enumerate(error.anomalies)
        ]

    def raise_all(self) -> None:
        """Refuse the deposit with everything that is wrong in it, or let it through.

        Raises:
            FichierInvalide: there is something; the first two hundred.
        """
        rangees = sorted(self.trouvees, key=lambda t: t[:2])
        try:
            raise_all(list(dict.fromkeys(a for _, _, a in rangees)))
        except FichierInvalide as error:
            raise FichierInvalide(*(recode(a) for a in error.anomalies)) from None
