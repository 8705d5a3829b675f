"""Communes and municipal arrondissements of today, from geo.api.gouv.fr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from maillage.data.sources.live.fetch import Service
from maillage.data.sources.live.recolte import (
    CommuneActuelle,
    Fiche,
    Forme,
    Recolte,
    parse_json,
    refuse,
)

if TYPE_CHECKING:
    from datetime import date

    from maillage.data.sources.live.cache import Reponse
    from maillage.data.sources.live.fetch import Client

CODE = "geo-api"
NOM = "l’API Géo"
BASE = "https://geo.api.gouv.fr"
CADENCE = 0.2
CHEMIN = "/communes"
CHAMPS = "nom,code,codesPostaux,codeDepartement,centre,codeEpci"
_TYPES = {"COM": {}, "ARM": {"type": "arrondissement-municipal"}}


class _Point(Forme):
    type: str
    coordinates: tuple[float, float]


class _Commune(Forme):
    # The centre and the EPCI are left out for the communes that have none.
    nom: str
    code: str
    codesPostaux: list[str]  # noqa: N815 — name of the published field
    codeDepartement: str  # noqa: N815 — id.
    codeEpci: str | None = None  # noqa: N815 — id.
    centre: _Point | None = None


_COMMUNES = TypeAdapter(list[_Commune])
_FICHE = Fiche(
    code="maj_geo_api_communes",
    titre="Communes et arrondissements municipaux de l’API Géo",
    producteur="DINUM, d’après INSEE, IGN et La Poste",
    defauts=("code officiel géographique de l’année en cours, et non celui de 2025",),
)


def service_at(base: str = BASE) -> Service:
    """The geographical service, or what stands in for it at another address."""
    return Service(CODE, NOM, base, CADENCE)


def fetch_communes(client: Client, service: Service, today: date) -> Recolte:
    """Communes, then municipal arrondissements, as published today.

    Raises:
        FichierInvalide: the answer has not the documented shape, or gives no commune.
        DonneesIndisponibles: the service does not answer.
    """
    communes: list[CommuneActuelle] = []
    reponses: list[Reponse] = []
    for kind, extra in _TYPES.items():
        params = {"fields": CHAMPS, "format": "json"} | extra
        reponse = client.get(service, CHEMIN, params)
        found = parse_json(service, reponse, _COMMUNES)
        if not found:
            refuse(service, "MLG-MAJ-103", "aucune commune dans la réponse", reponse.url)
        communes += [_to_commune(commune, kind) for commune in found]
        reponses.append(reponse)
    source = _FICHE.to_source(
        service.base + CHEMIN, reponses, str(today.year), len(communes), today
    )
    return Recolte((source,), communes=tuple(sorted(communes)))


def _to_commune(commune: _Commune, kind: str) -> CommuneActuelle:
    longitude, latitude = commune.centre.coordinates if commune.centre else (None, None)
    return CommuneActuelle(
        commune.code,
        kind,
        commune.nom,
        commune.codeDepartement,
        commune.codeEpci,
        tuple(sorted(commune.codesPostaux)),
        latitude,
        longitude,
    )
