"""What the addresses of the territories ask for: nothing; and their answers are the same for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMUNE = Acces(Ouverture.PUBLIC, en_memoire=True)

ROUTES: Mapping[str, Acces] = {
    "niveaux": _COMMUNE,
    "recherche": _COMMUNE,
    "liste": _COMMUNE,
    "territoire": _COMMUNE,
    "fichier-territoire": _COMMUNE,
    "cibles": _COMMUNE,
    "fichier-cibles": _COMMUNE,
    "fichier-indicateur": _COMMUNE,
    "chiffre": _COMMUNE,
    "fichier-periodes": _COMMUNE,
    "indicateurs": _COMMUNE,
    "indicateur": _COMMUNE,
    "graphique-evolution": _COMMUNE,
    "graphique-cibles": _COMMUNE,
    "methode": _COMMUNE,
    "accessibilite": _COMMUNE,
    "composants": _COMMUNE,
    "sante": Acces(Ouverture.PUBLIC),
}
