"""Legal units marked as IAE structures today, from the directory of enterprises, without a key.

It is not the register of December 2020: one row is a legal unit in one département, the kind is
the one that the directory gives, and nothing says how many agreements it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from maillage.data.sources.live.fetch import Service
from maillage.data.sources.live.recolte import (
    Fiche,
    Forme,
    Recolte,
    SiaeOuverte,
    parse_json,
    refuse,
)
from maillage.kernel.francais import accorder
from maillage.kernel.siret import is_siren

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from maillage.data.sources.live.cache import Reponse
    from maillage.data.sources.live.fetch import Client

CODE = "recherche-entreprises"
NOM = "l’API Recherche d’entreprises"
BASE = "https://recherche-entreprises.api.gouv.fr"
CADENCE = 0.15
"""Seconds between two requests: the service accepts about seven a second."""
CHEMIN = "/search"
PAR_PAGE = 25
PAGES_MAX = 400
_ENTREPRENEUR_INDIVIDUEL = "1000"
_MOTIFS = {
    "personne": ("entrepreneur individuel écarté", "entrepreneurs individuels écartés"),
    "siren": ("SIREN invalide écarté", "SIREN invalides écartés"),
}
_FICHE = Fiche(
    "maj_siae_ouvertes",
    "Unités légales signalées comme structures d’insertion par l’activité économique",
    "DINUM, d’après INSEE et la plateforme de l’inclusion",
    qualite="B",
    defauts=(
        "unités légales et non conventions : ne pas additionner avec le registre de décembre 2020",
        "une unité légale présente dans plusieurs départements y figure une fois pour chacun",
    ),
)


class _Complements(Forme):
    est_siae: bool
    type_siae: list[str] | None
    est_ess: bool | None = None


class _Etablissement(Forme):
    siret: str


class _Resultat(Forme):
    siren: str
    nom_complet: str
    nature_juridique: str | None
    tranche_effectif_salarie: str | None = None
    complements: _Complements
    matching_etablissements: list[_Etablissement]


class _Page(Forme):
    total_results: int
    results: list[_Resultat]


_PAGE = TypeAdapter(_Page)


def service_at(base: str = BASE) -> Service:
    """The directory, or what stands in for it at another address."""
    return Service(CODE, NOM, base, CADENCE)


def fetch_siae(
    client: Client, service: Service, departements: Sequence[str], today: date
) -> Recolte:
    """Legal units marked as IAE structures, département by département.

    Natural persons (sole traders) and invalid SIREN are left out and counted.

    Raises:
        FichierInvalide: an answer has not the documented shape.
        DonneesIndisponibles: the service does not answer.
    """
    reponses: list[Reponse] = []
    found: dict[tuple[str, str], SiaeOuverte] = {}
    left_out = dict.fromkeys(_MOTIFS, 0)
    for departement in departements:
        for reponse, page in _read_pages(client, service, departement):
            reponses.append(reponse)
            for resultat in page.results:
                if reason := _reason_to_leave_out(resultat):
                    left_out[reason] += 1
                else:
                    row = _to_row(resultat, departement)
                    found[row.siren, departement] = row
    rows = tuple(found[key] for key in sorted(found))
    source = _FICHE.to_source(
        f"{service.base}{CHEMIN}?est_siae=true", reponses, today.isoformat()[:7], len(rows), today
    )
    notes = tuple(accorder(n, *_MOTIFS[motif]) for motif, n in left_out.items() if n)
    return Recolte((source,), structures=rows, notes=notes)


def _read_pages(
    client: Client, service: Service, departement: str
) -> Iterator[tuple[Reponse, _Page]]:
    """Pages until the announced total is reached; rows may repeat from one page to the next.

    Raises:
        FichierInvalide: fewer rows than announced, or pages that never end.
    """
    received = 0
    for number in range(1, PAGES_MAX + 1):
        params = {
            "est_siae": "true",
            "departement": departement,
            "page": str(number),
            "per_page": str(PAR_PAGE),
        }
        reponse = client.get(service, CHEMIN, params)
        page = parse_json(service, reponse, _PAGE)
        yield reponse, page
        received += len(page.results)
        if received >= page.total_results:
            return
        if not page.results:
            quoi = f"{received} résultats reçus sur {page.total_results} annoncés"
            refuse(service, "MLG-MAJ-105", quoi, reponse.url)
    refuse(service, "MLG-MAJ-105", "la pagination ne finit pas", f"département {departement}")


def _reason_to_leave_out(resultat: _Resultat) -> str:
    # A sole trader's name is a person's name: it never enters the tables.
    if resultat.nature_juridique == _ENTREPRENEUR_INDIVIDUEL:
        return "personne"
    return "" if is_siren(resultat.siren) else "siren"


def _to_row(resultat: _Resultat, departement: str) -> SiaeOuverte:
    return SiaeOuverte(
        resultat.siren,
        departement,
        resultat.nom_complet,
        resultat.nature_juridique,
        resultat.tranche_effectif_salarie,
        resultat.complements.est_ess,
        tuple(sorted(resultat.complements.type_siae or ())),
        tuple(sorted(e.siret for e in resultat.matching_etablissements)),
    )
