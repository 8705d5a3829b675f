"""Where something of dialogue belongs: its territoire, and the département and region that follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.kernel.niveau import Niveau
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.model import Territoire

FRANCE = "FR"


@dataclass(frozen=True, slots=True)
class Lieu:
    """Codes of a territoire as the tables of dialogue keep them; a national thing has none."""

    niveau: str = Niveau.FRANCE.value
    territoire: str = ""
    departement: str = ""
    region: str = ""


def locate(territoire: Territoire) -> Lieu:
    """Codes of a territoire; no département, no region where it lies across several."""
    if territoire.niveau is Niveau.FRANCE:
        return Lieu()
    codes = {niveau: code for niveau, code, _ in territoire.parents}
    codes[territoire.niveau] = territoire.code
    departement, region = codes.get(Niveau.DEPARTEMENT, ""), codes.get(Niveau.REGION, "")
    if len(territoire.departements) > 1 and territoire.niveau is not Niveau.REGION:
        departement = ""
        if len({_region_of(code) for code in territoire.departements}) > 1:
            region = ""
    return Lieu(territoire.niveau.value, territoire.code, departement, region)


def _region_of(departement: str) -> str:
    trouve = donnees.atlas().find_territoire(Niveau.DEPARTEMENT, departement)
    parents = trouve.parents if trouve else ()
    return next((code for niveau, code, _ in parents if niveau is Niveau.REGION), "")


def name_lieu(niveau: str, territoire: str) -> str:
    """Name of the territoire of a thing; « France » for a national one."""
    if niveau == Niveau.FRANCE.value or not territoire:
        return "France"
    trouve = donnees.atlas().find_territoire(Niveau(niveau), territoire)
    return territoire if trouve is None else trouve.nom


def within(territoire: Territoire) -> Q:
    """Condition of the things of a territoire and of those inside it; all of them for France."""
    if territoire.niveau is Niveau.FRANCE:
        return Q()
    exact = Q(niveau=territoire.niveau.value, territoire=territoire.code)
    if territoire.niveau is Niveau.REGION:
        return exact | Q(region=territoire.code)
    if territoire.niveau is Niveau.DEPARTEMENT:
        return exact | Q(departement=territoire.code)
    return exact


def around(territoire: Territoire) -> Q:
    """Condition of the things of what contains a territoire, the country left out."""
    condition = Q(pk__in=())
    for niveau, code, _ in territoire.parents:
        if niveau is not Niveau.FRANCE:
            condition |= Q(niveau=niveau.value, territoire=code)
    return condition
