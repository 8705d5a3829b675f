"""What the addresses of the cockpit ask for, and how the things that they name are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from maillage.data.extraits import list_extraits
from maillage.indicators.pilotage.lecture import load_faits
from maillage.web.droits.acces import Acces, Ouverture
from maillage.web.droits.permissions import Permission
from maillage.web.pilotage.models import ImportExtrait
from maillage.web.pilotage.portee import StructureExtrait, find_structure, parse_cle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.web.droits.acteur import Rattache


def get_structure(code: int | str) -> StructureExtrait:
    """The structure of the extracts that an address names, in the newest extract that has it.

    Raises:
        Http404: no extract has it.
    """
    cle = parse_cle(str(code))
    if cle is not None:
        for extrait in list_extraits():
            trouvee = find_structure(load_faits(extrait.identifiant), cle)
            if trouvee is not None:
                return trouvee
    msg = "no such structure"
    raise Http404(msg)


def get_import(pk: int | str) -> ImportExtrait:
    """The import that an address names.

    Raises:
        Http404: there is none.
    """
    demande = ImportExtrait.objects.filter(pk=str(pk)).first()
    if demande is None:
        msg = "no such import"
        raise Http404(msg)
    return demande


OBJETS: Mapping[str, Callable[[int | str], Rattache]] = {
    "structure-extrait": get_structure,
    "import-extrait": get_import,
}
"""How the thing that an address names is found, by kind."""

_UNE = Acces(Permission.PILOTAGE_STRUCTURE, objet="structure-extrait", parametre="cle")
_RESEAU = Acces(Permission.PILOTAGE_RESEAU)

ROUTES: Mapping[str, Acces] = {
    "pilotage": Acces(Permission.PILOTAGE_STRUCTURE),
    "pilotage-structures": Acces(Permission.PILOTAGE_STRUCTURE),
    "pilotage-structures-fichier": Acces(Permission.PILOTAGE_STRUCTURE),
    "pilotage-annexes-fichier": Acces(Permission.PILOTAGE_STRUCTURE),
    "pilotage-structure": _UNE,
    "pilotage-structure-graphique": _UNE,
    "pilotage-structure-mois": _UNE,
    "pilotage-structure-courrier": _UNE,
    "pilotage-chiffre": Acces(Permission.PILOTAGE_STRUCTURE),
    "pilotage-definitions": Acces(Ouverture.PUBLIC),
    "pilotage-retards": _RESEAU,
    "pilotage-retards-fichier": _RESEAU,
    "pilotage-retards-courriers": _RESEAU,
    "pilotage-personnes": _RESEAU,
    "pilotage-personnes-fichier": _RESEAU,
    "pilotage-moyens": _RESEAU,
    "pilotage-moyens-fichier": _RESEAU,
    "pilotage-argent": _RESEAU,
    "pilotage-argent-fichier": _RESEAU,
    "pilotage-carte": _RESEAU,
    "pilotage-carte-fichier": _RESEAU,
    "pilotage-comparaison": _RESEAU,
    "pilotage-comparaison-fichier": _RESEAU,
    "pilotage-comparaison-courriers": _RESEAU,
    "pilotage-extraits": _RESEAU,
    "pilotage-extrait": Acces(Permission.PILOTAGE_RESEAU, Permission.PILOTAGE_IMPORTER),
    "pilotage-imports": Acces(Permission.PILOTAGE_IMPORTER),
    "pilotage-import": Acces(Permission.PILOTAGE_IMPORTER, objet="import-extrait"),
    "pilotage-liens": Acces(Permission.PILOTAGE_IMPORTER),
}
"""Addresses of this application."""
