"""Population of reference and standard of living, from INSEE's Melodi service.

One answer gives at most 10,000 observations and covers one kind of territory; the service allows
30 requests a minute. A measure that INSEE does not release comes as an empty object: it is secret,
never zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from maillage.data.sources.live.fetch import Service
from maillage.data.sources.live.recolte import (
    Fiche,
    Figure,
    Forme,
    Recolte,
    describe_periodes,
    enumerate_some,
    find_periode,
    parse_json,
    refuse,
)
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maillage.data.sources.live.cache import Reponse
    from maillage.data.sources.live.fetch import Client

CODE = "melodi"
NOM = "INSEE Melodi"
BASE = "https://api.insee.fr/melodi"
CADENCE = 2.1
"""Seconds between two requests: under the 30 a minute that INSEE allows."""
LIGNES_PAR_PAGE = 10_000
PAGES_MAX = 20
MESURE_PUBLIEE = "OBS_VALUE_NIVEAU"

#: Territory kinds of the `GEO` dimension, « 2025-COM-33318 », and ours.
NIVEAUX = {
    "COM": Niveau.COMMUNE,
    "ARM": Niveau.COMMUNE,
    "EPCI": Niveau.EPCI,
    "ZE2020": Niveau.ZONE_EMPLOI,
    "DEP": Niveau.DEPARTEMENT,
    "REG": Niveau.REGION,
}
_GEO = re.compile(r"(?:(\d{4})-)?([A-Z0-9]+)-([0-9A-Z]+)")


@dataclass(frozen=True, slots=True)
class Jeu:
    """One measure of one Melodi data set.

    Attributes:
        identifiant: Name of the data set, `DS_…`.
        dimension: Dimension that carries the measure.
        mesure: Its code in that dimension.
        serie: Name of the series in the pack.
        absence: What a measure without value stands for.
        fiche: What is known of the source.
        territoires: Kinds asked for, keys of `NIVEAUX`.
    """

    identifiant: str
    dimension: str
    mesure: str
    serie: str
    absence: Absence
    fiche: Fiche
    territoires: tuple[str, ...] = tuple(NIVEAUX)


_FILOSOFI_DEFAUTS = (
    "la plupart des petites communes sont couvertes par le secret statistique",
    "niveau de vie après redistribution, par unité de consommation",
)
JEUX = (
    Jeu(
        "DS_POPULATIONS_REFERENCE",
        "POPREF_MEASURE",
        "PMUN",
        "population",
        Absence.INCONNUE,
        Fiche(
            "maj_melodi_population",
            "Populations de référence : population municipale",
            "INSEE",
        ),
        ("COM", "ARM", "DEP"),  # the pack sums the other levels from their communes
    ),
    Jeu(
        "DS_FILOSOFI_CC",
        "FILOSOFI_MEASURE",
        "MED_SL",
        "niveau_vie_median",
        Absence.SECRETE,
        Fiche(
            "maj_melodi_niveau_vie",
            "Filosofi : médiane du niveau de vie",
            "INSEE, DGFiP, CNAF, CNAV, CCMSA",
            defauts=_FILOSOFI_DEFAUTS,
        ),
    ),
    Jeu(
        "DS_FILOSOFI_CC",
        "FILOSOFI_MEASURE",
        "PR_MD60",
        "taux_pauvrete",
        Absence.SECRETE,
        Fiche(
            "maj_melodi_taux_pauvrete",
            "Filosofi : taux de pauvreté au seuil de 60 % de la médiane",
            "INSEE, DGFiP, CNAF, CNAV, CCMSA",
            defauts=_FILOSOFI_DEFAUTS,
        ),
    ),
)


class _Mesure(Forme):
    value: float | None = None


class _Observation(Forme):
    dimensions: dict[str, str]
    measures: dict[str, _Mesure]


class _Page(Forme):
    identifier: str
    observations: list[_Observation]


_PAGE = TypeAdapter(_Page)


def service_at(base: str = BASE) -> Service:
    """The Melodi service, or what stands in for it at another address."""
    return Service(CODE, NOM, base, CADENCE)


def fetch_figures(client: Client, service: Service, today: date) -> Recolte:
    """Every measure of `JEUX`, for the kinds of territories that it is asked for.

    Raises:
        FichierInvalide: an answer has not the documented shape.
        DonneesIndisponibles: the service does not answer.
    """
    figures: list[Figure] = []
    sources = []
    notes: list[str] = []
    for jeu in JEUX:
        reponses: list[Reponse] = []
        found: list[Figure] = []
        cog: set[str] = set()
        for geo in jeu.territoires:
            for reponse, page in _read_pages(client, service, jeu, geo):
                reponses.append(reponse)
                found += _figures_of(service, reponse, page, jeu)
                cog |= _cog_of(page)
        adresse = f"{service.base}/data/{jeu.identifiant}?{jeu.dimension}={jeu.mesure}"
        periodes = describe_periodes(found)
        sources.append(jeu.fiche.to_source(adresse, reponses, periodes, len(found), today))
        figures += found
        if cog - {"2025"}:
            notes.append(
                f"{jeu.identifiant} {jeu.mesure} suit le code officiel géographique "
                f"{enumerate_some(cog)} ; le paquet suit celui de 2025"
            )
    return Recolte(tuple(sources), tuple(figures), notes=tuple(notes))


def _read_pages(
    client: Client, service: Service, jeu: Jeu, geo: str
) -> Iterator[tuple[Reponse, _Page]]:
    """Pages until one is shorter than asked: the service need not announce the total.

    Raises:
        FichierInvalide: the pages never end.
    """
    for number in range(1, PAGES_MAX + 1):
        params = {
            "GEO": geo,
            jeu.dimension: jeu.mesure,
            "maxResult": str(LIGNES_PAR_PAGE),
            "page": str(number),
        }
        reponse = client.get(service, f"/data/{jeu.identifiant}", params)
        page = parse_json(service, reponse, _PAGE)
        if page.identifier != jeu.identifiant:
            quoi = f"le jeu « {page.identifier} » répond à la place de « {jeu.identifiant} »"
            refuse(service, "MLG-MAJ-104", quoi, reponse.url)
        yield reponse, page
        if len(page.observations) < LIGNES_PAR_PAGE:
            return
    refuse(service, "MLG-MAJ-105", "la pagination ne finit pas", f"{jeu.identifiant} {geo}")


def _figures_of(service: Service, reponse: Reponse, page: _Page, jeu: Jeu) -> Iterator[Figure]:
    for observation in page.observations:
        dimensions = observation.dimensions
        geo, periode = dimensions.get("GEO"), dimensions.get("TIME_PERIOD")
        mesure = observation.measures.get(MESURE_PUBLIEE)
        if geo is None or periode is None or mesure is None:
            champs = f"GEO, TIME_PERIOD ou {MESURE_PUBLIEE}"
            refuse(service, "MLG-MAJ-102", f"le champ {champs} manque", reponse.url)
        if dimensions.get(jeu.dimension) != jeu.mesure:
            continue
        match = _GEO.fullmatch(geo)
        if match is None or find_periode(periode) is None:
            quoi = f"territoire « {geo} » ou période « {periode} » illisible"
            refuse(service, "MLG-MAJ-106", quoi, reponse.url)
        if match[2] not in NIVEAUX:
            continue
        value = jeu.absence if mesure.value is None else mesure.value
        niveau = NIVEAUX[match[2]].value
        yield Figure(
            niveau, match[3], jeu.serie, find_periode(periode) or "", value, jeu.fiche.code
        )


def _cog_of(page: _Page) -> set[str]:
    matches = (_GEO.fullmatch(o.dimensions.get("GEO", "")) for o in page.observations)
    return {match[1] for match in matches if match and match[1]}
