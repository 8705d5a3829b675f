"""What each address asks for. Views refuse by default: an address that is in no table is closed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.web.droits.acteur import Acteur, Rattache
    from maillage.web.droits.permissions import Permission


class Ouverture(Enum):
    """Addresses that ask for no permission. The value is shown."""

    PUBLIC = "tout le monde"
    CONNECTE = "toute personne connectée"
    ADHERENT = "tout adhérent connecté"

    def admits(self, acteur: Acteur) -> bool:
        """Whether that person may enter."""
        if self is Ouverture.PUBLIC:
            return True
        return acteur.is_adherent if self is Ouverture.ADHERENT else acteur.is_connecte


@dataclass(frozen=True, slots=True)
class Acces:
    """What one address asks for.

    Attributes:
        lecture: To read (GET, HEAD).
        ecriture: To write (any other method); the same as to read when None.
        objet: Kind of thing that the address names, a key of an application’s `OBJETS`; empty for none.
        parametre: Argument of the address that names it.
        en_memoire: Whether its answers are the same for everybody and may be kept in memory.
        version: What these answers depend on besides the address and the day; None for nothing.
    """

    lecture: Permission | Ouverture
    ecriture: Permission | Ouverture | None = None
    objet: str = ""
    parametre: str = "pk"
    en_memoire: bool = False
    version: Callable[[], str] | None = None

    def required(self, methode: str) -> Permission | Ouverture:
        """What a method asks for."""
        lit = methode in {"GET", "HEAD", "OPTIONS"}
        return self.lecture if lit or self.ecriture is None else self.ecriture


def admits(demande: Permission | Ouverture, acteur: Acteur, objet: Rattache | None) -> bool:
    """Whether a person may enter, given the thing that the address names."""
    if isinstance(demande, Ouverture):
        return demande.admits(acteur)
    return acteur.may(demande, objet)
