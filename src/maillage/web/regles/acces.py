"""What the addresses of the rules ask for: nothing; and their answers are the same for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMUNE = Acces(Ouverture.PUBLIC, en_memoire=True)

ROUTES: Mapping[str, Acces] = {
    "regles": _COMMUNE,
    "regles-aide-au-poste": _COMMUNE,
    "regles-graphique-smic": _COMMUNE,
    "regles-calculateur": _COMMUNE,
    "regles-emploi": _COMMUNE,
    "regles-fichier-emploi": _COMMUNE,
    "regles-graphique-emploi": _COMMUNE,
    "regles-valeur": _COMMUNE,
    "regles-reforme": Acces(Ouverture.PUBLIC),
    "regles-reforme-prete": _COMMUNE,
    "regles-versement": _COMMUNE,
    "regles-cofinancement": _COMMUNE,
    "regles-cotisations": _COMMUNE,
    "regles-taxe-sur-les-salaires": _COMMUNE,
    "regles-mise-a-disposition": _COMMUNE,
    "regles-smic": _COMMUNE,
    "regles-courbe-versement": _COMMUNE,
    "regles-courbe-cofinancement": _COMMUNE,
    "regles-courbe-cotisations": _COMMUNE,
    "regles-courbe-taxe-sur-les-salaires": _COMMUNE,
    "regles-courbe-smic": _COMMUNE,
}
