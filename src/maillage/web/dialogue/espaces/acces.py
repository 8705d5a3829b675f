"""What the addresses of the places of dialogue ask for.

Reading is open: each page shows what whoever asks may see. Writing is for who keeps dialogue there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

_PUBLIC = Acces(Ouverture.PUBLIC)
_TENIR = Acces(Permission.DIALOGUE_TENIR)
_SUR_ESPACE = Acces(Permission.DIALOGUE_TENIR, objet="espace-dialogue")

ROUTES: Mapping[str, Acces] = {
    "espaces-dialogue": _PUBLIC,
    "espaces-dialogue-fichier": _PUBLIC,
    "espaces-dialogue-carte": _PUBLIC,
    "espaces-dialogue-changements": _PUBLIC,
    "espaces-dialogue-instances": Acces(Ouverture.PUBLIC, Permission.DIALOGUE_TENIR),
    "espace-dialogue": _PUBLIC,
    "espace-dialogue-creer": _TENIR,
    "espace-dialogue-demander": _TENIR,
    "espace-dialogue-modifier": _SUR_ESPACE,
    "espace-dialogue-redemander": _SUR_ESPACE,
    "espace-dialogue-devenir": _SUR_ESPACE,
    "espace-dialogue-joindre": _SUR_ESPACE,
    "espace-dialogue-enlever": _SUR_ESPACE,
    "siege-ajouter": _SUR_ESPACE,
    "siege-corriger": _SUR_ESPACE,
    "siege-terminer": _SUR_ESPACE,
    "siege-pourvoir": _SUR_ESPACE,
}
