"""Where an organisation stands: its commune, and the département and région that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.search import trouver_un
from maillage.kernel.errors import Anomalie, Introuvable, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.kernel.niveau import Niveau
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.model import Territoire


@dataclass(frozen=True, slots=True)
class Situation:
    """Official codes; an empty one is not known."""

    commune: str = ""
    departement: str = ""
    region: str = ""


def situate(commune: str, departement: str = "", region: str = "") -> Situation:
    """Where something stands: the wider codes follow from the narrower one.

    Args:
        commune: Code, name, or name and département (« Rennes (35) »); empty when unknown.
        departement: Code or name; must agree with the commune.
        region: Code or name; must agree with the two others.

    Raises:
        SaisieInvalide: no such territoire, several answer to the name (the message names them), or
            two of the three contradict each other (MLG-ORG-020).
    """
    deduite = Situation()
    if commune:
        deduite = _situation_of(find_territoire(Niveau.COMMUNE, commune))
    if departement:
        deduite = _agree(deduite, find_territoire(Niveau.DEPARTEMENT, departement))
    if region:
        deduite = _agree(deduite, find_territoire(Niveau.REGION, region))
    return deduite


def find_territoire(niveau: Niveau, texte: str) -> Territoire:
    """The one territoire of a level that a text names.

    Raises:
        SaisieInvalide: none does, or several do.
    """
    atlas = donnees.atlas()
    exact = atlas.find_territoire(niveau, texte)
    if exact is not None:
        return exact
    try:
        return trouver_un(atlas, texte, niveau)
    except Introuvable as error:
        raise SaisieInvalide(*error.anomalies) from error


def name_of(niveau: Niveau, code: str) -> str:
    """Name of a territoire; its code when the geography does not know it, empty for no code."""
    trouve = donnees.atlas().find_territoire(niveau, code) if code else None
    return code if trouve is None else trouve.nom


def designate_commune(code: str) -> str:
    """How a person types a commune, « Rennes (35) »; its code when that would name another one."""
    if not code:
        return ""
    departement = code[:3] if code.startswith("97") else code[:2]
    texte = f"{name_of(Niveau.COMMUNE, code)} ({departement})"
    try:
        return texte if find_territoire(Niveau.COMMUNE, texte).code == code else code
    except SaisieInvalide:
        return code


def _situation_of(territoire: Territoire) -> Situation:
    codes = {niveau: code for niveau, code, _ in territoire.parents}
    codes[territoire.niveau] = territoire.code
    return Situation(
        codes.get(Niveau.COMMUNE, ""),
        codes.get(Niveau.DEPARTEMENT, ""),
        codes.get(Niveau.REGION, ""),
    )


def _agree(deduite: Situation, territoire: Territoire) -> Situation:
    """The situation with one more territoire, which must not contradict it.

    Raises:
        SaisieInvalide: MLG-ORG-020, it does.
    """
    plus = _situation_of(territoire)
    connu = deduite.departement if territoire.niveau is Niveau.DEPARTEMENT else deduite.region
    if connu and connu != territoire.code:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-020",
                f"{guillemets(territoire.nom)} ({territoire.niveau.libelle} {territoire.code}) "
                f"contredit ce qui précède, qui est dans {territoire.niveau.libelle} {connu}.",
                "Corrigez, ou laissez vide\u00a0: le département et la région se déduisent de la "
                "commune.",
            )
        )
    return Situation(
        deduite.commune, deduite.departement or plus.departement, deduite.region or plus.region
    )
