"""Quarterly unemployment rates, from INSEE's BDM in SDMX 2.1.

The two writings of SDMX-ML are read: structure-specific, where everything is an attribute, which
the service sends by default, and generic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from maillage.data.sources.live.fetch import Format, Service
from maillage.data.sources.live.recolte import (
    Fiche,
    Figure,
    Recolte,
    describe_periodes,
    enumerate_some,
    find_periode,
    refuse,
)
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from maillage.data.sources.live.cache import Reponse
    from maillage.data.sources.live.fetch import Client

CODE = "bdm"
NOM = "INSEE BDM"
BASE = "https://bdm.insee.fr"
CADENCE = 2.1
CHEMIN = "/series/sdmx/data/SERIES_BDM/"
SERIES_PAR_APPEL = 100
"""Under the 500 that the service accepts; keeps addresses short."""
_PROVISOIRE = "P"
_FICHE = Fiche(
    "maj_bdm_taux_chomage",
    "Taux de chômage localisés, corrigés des variations saisonnières",
    "INSEE",
    defauts=(
        "édition en cours de l’INSEE, qui révise les trimestres passés",
        "ne pas la chaîner avec une édition plus ancienne",
    ),
)


@dataclass(frozen=True, slots=True)
class SerieBdm:
    """What one INSEE series describes, as the pack knows it."""

    niveau: str
    code: str
    serie: str = "taux_chomage_localise"


@dataclass(frozen=True, slots=True)
class _Observation:
    idbank: str
    periode: str
    valeur: str
    statut: str


def service_at(base: str = BASE) -> Service:
    """The BDM, or what stands in for it at another address."""
    return Service(CODE, NOM, base, CADENCE)


def fetch_series(
    client: Client, service: Service, idbanks: Mapping[str, SerieBdm], today: date
) -> Recolte:
    """Every observation of the given series.

    Args:
        client: Where to fetch.
        service: The BDM.
        idbanks: Identifier of an INSEE series, 9 digits, to what it describes.
        today: Day of the reading.

    Raises:
        FichierInvalide: the answer is not the documented SDMX, or lacks a series asked for.
        DonneesIndisponibles: the service does not answer.
    """
    asked = sorted(idbanks)
    reponses: list[Reponse] = []
    seen: list[_Observation] = []
    for start in range(0, len(asked), SERIES_PAR_APPEL):
        names = "+".join(asked[start : start + SERIES_PAR_APPEL])
        reponse = client.get(service, CHEMIN + names, attendu=Format.XML)
        seen += _read_sdmx(service, reponse)
        reponses.append(reponse)
    _check_series(service, {o.idbank for o in seen}, set(asked))
    figures = tuple(_to_figure(service, o, idbanks[o.idbank]) for o in seen)
    periodes = describe_periodes(figures)
    source = _FICHE.to_source(service.base + CHEMIN, reponses, periodes, len(figures), today)
    return Recolte((source,), figures, notes=_notes(seen))


def _read_sdmx(service: Service, reponse: Reponse) -> Iterator[_Observation]:
    for series in _parse_xml(service, reponse).iter():
        if _local(series) != "Series":
            continue
        idbank = series.get("IDBANK") or _generic(series, "SeriesKey").get("IDBANK", "")
        for obs in series:
            if _local(obs) == "Obs":
                yield _read_obs(idbank, obs)


def _read_obs(idbank: str, obs: ET.Element) -> _Observation:
    if obs.get("TIME_PERIOD") is not None:
        value, status = obs.get("OBS_VALUE", ""), obs.get("OBS_STATUS", "")
        return _Observation(idbank, obs.get("TIME_PERIOD", ""), value, status)
    parts = {_local(part): part.get("value", "") for part in obs}
    status = _generic(obs, "Attributes").get("OBS_STATUS", "")
    return _Observation(idbank, parts.get("ObsDimension", ""), parts.get("ObsValue", ""), status)


def _parse_xml(service: Service, reponse: Reponse) -> ET.Element:
    """Root of the answer, refused if it declares a document type: entities could expand for ever.

    Raises:
        FichierInvalide: a document type, another encoding than UTF-8, or malformed XML.
    """
    try:
        text = reponse.corps.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            refuse(service, "MLG-MAJ-107", "le XML déclare un DOCTYPE", reponse.url)
        return ET.fromstring(text)  # noqa: S314 — no DOCTYPE, so no entity: checked just above
    except (UnicodeDecodeError, ET.ParseError, ValueError):
        refuse(service, "MLG-MAJ-101", "réponse XML coupée ou mal formée", reponse.url)


def _generic(element: ET.Element, block: str) -> dict[str, str]:
    """Pairs of a block of the generic writing: `<Value id="IDBANK" value="…"/>`."""
    return {
        value.get("id", ""): value.get("value", "")
        for child in element
        if _local(child) == block
        for value in child
    }


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _check_series(service: Service, found: set[str], asked: set[str]) -> None:
    if missing := asked - found:
        quoi = f"série demandée et absente de la réponse : {enumerate_some(missing)}"
        refuse(service, "MLG-MAJ-103", quoi, CHEMIN)
    if extra := found - asked:
        quoi = f"série que personne n’a demandée : {enumerate_some(extra)}"
        refuse(service, "MLG-MAJ-104", quoi, CHEMIN)


def _to_figure(service: Service, observation: _Observation, serie: SerieBdm) -> Figure:
    periode = find_periode(observation.periode)
    if periode is None:
        quoi = f"période « {observation.periode} » illisible dans la série {observation.idbank}"
        refuse(service, "MLG-MAJ-106", quoi, CHEMIN)
    valeur = _to_valeur(service, observation)
    return Figure(serie.niveau, serie.code, serie.serie, periode, valeur, _FICHE.code)


def _to_valeur(service: Service, observation: _Observation) -> Valeur:
    if not observation.valeur:
        return Absence.INCONNUE
    try:
        number = float(observation.valeur)
    except ValueError:
        quoi = f"valeur « {observation.valeur} » illisible dans la série {observation.idbank}"
        refuse(service, "MLG-MAJ-106", quoi, CHEMIN)
    return Absence.INCONNUE if math.isnan(number) else number


def _notes(seen: list[_Observation]) -> tuple[str, ...]:
    provisional = {find_periode(o.periode) or o.periode for o in seen if o.statut == _PROVISOIRE}
    if not provisional:
        return ()
    return (f"valeurs provisoires pour {enumerate_some(provisional)}",)
