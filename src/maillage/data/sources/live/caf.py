"""Households that receive the RSA from the CAF, by département and month, by commune in December.

Not the DREES recipients of the pack (`rsa_allocataires`): CAF only, without the MSA, households.
Figures are rounded to 5. Benefits are never added together, only the rows of one benefit, whose
sum by month must meet the exact national figure.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from maillage.data.sources.live.fetch import Format, Service
from maillage.data.sources.live.recolte import (
    Fiche,
    Figure,
    Recolte,
    describe_periodes,
    find_periode,
    refuse,
)
from maillage.kernel.francais import accorder
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from maillage.data.sources.live.cache import Reponse
    from maillage.data.sources.live.fetch import Client

CODE = "caf"
NOM = "la CAF"
BASE = "https://data.caf.fr/api/explore/v2.1/catalog/datasets"
CADENCE = 0.5
SERIE = "rsa_foyers_caf"
ECART_NATIONAL_MAX = 0.02
"""Rounding and households without an address explain less than 1 %; a missing part explains more."""

JEU_DEPARTEMENTS = "rsa_s_type_age_5_dep"
JEU_COMMUNES = "s_ben_com_f"
JEU_NATIONAL = "s_ben_nat"
_FOYERS = "indfoy_rsa"
_PERIODE = "dtreffre"
#: Rhône is published in two halves in some social data; both are needed for the département.
_MOITIES = {"69D": "69", "69M": "69"}
_TOTAL = re.compile(r"ensemble|total|tou(?:s|tes)(?: .*)?", re.IGNORECASE)
_COMMUNE = re.compile(r"\d{5}|2[AB]\d{3}")
_DEFAUTS = (
    "foyers allocataires du seul régime général : la MSA (agriculture) n’y est pas",
    "valeurs arrondies à 5 près",
    "autre définition que les allocataires de la DREES (rsa_allocataires) : ne pas les chaîner",
)
_FICHE_DEPARTEMENTS = Fiche(
    "maj_caf_rsa_departements",
    "Foyers allocataires du RSA par département et par mois",
    "CNAF",
    defauts=(
        *_DEFAUTS,
        "somme de lignes arrondies à 5 près",
        "hypothèse : un foyer n’est que dans une ligne, vérifiée sur le total national exact",
    ),
)
_FICHE_COMMUNES = Fiche(
    "maj_caf_rsa_communes",
    "Foyers allocataires du RSA par commune, en décembre",
    "CNAF",
    defauts=(*_DEFAUTS, "Paris, Lyon et Marseille par arrondissement municipal"),
)


def service_at(base: str = BASE) -> Service:
    """The CAF's open data, or what stands in for it at another address."""
    return Service(CODE, NOM, base, CADENCE)


def fetch_rsa(client: Client, service: Service, today: date) -> Recolte:
    """RSA households by département and month, then by commune or municipal arrondissement.

    Raises:
        FichierInvalide: a file has not the documented columns, or its sum is not the national one.
        DonneesIndisponibles: the service does not answer.
    """
    national = _read_national(client, service)
    adresse, reponse, rows = _export(client, service, JEU_DEPARTEMENTS, ())
    departements = list(_sum_departements(service, reponse, rows))
    _check_national(service, adresse, departements, national)
    source_departements = _FICHE_DEPARTEMENTS.to_source(
        adresse, [reponse], describe_periodes(departements), len(rows), today
    )
    adresse, reponse, rows = _export(client, service, JEU_COMMUNES, (_PERIODE, "numcomdo", _FOYERS))
    communes, notes = _read_communes(service, reponse, rows)
    source_communes = _FICHE_COMMUNES.to_source(
        adresse, [reponse], describe_periodes(communes), len(rows), today
    )
    return Recolte((source_departements, source_communes), (*departements, *communes), notes=notes)


def _export(
    client: Client, service: Service, jeu: str, colonnes: tuple[str, ...]
) -> tuple[str, Reponse, list[dict[str, str]]]:
    """Address, answer and rows of a whole data set; every column when none is named.

    Raises:
        FichierInvalide: not a CSV, cut, or without a row.
    """
    params = {"delimiter": ";"} | ({"select": ",".join(colonnes)} if colonnes else {})
    chemin = f"/{jeu}/exports/csv"
    reponse = client.get(service, chemin, params, attendu=Format.CSV)
    try:
        reader = csv.DictReader(
            io.StringIO(reponse.corps.decode("utf-8-sig")), delimiter=";", strict=True
        )
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        refuse(service, "MLG-MAJ-101", "fichier CSV coupé ou mal formé", reponse.url)
    _check_columns(service, reponse, reader.fieldnames or (), (*colonnes, _PERIODE, _FOYERS))
    if not rows or any(None in row or None in row.values() for row in rows):
        refuse(service, "MLG-MAJ-101", "fichier CSV vide ou ligne coupée", reponse.url)
    return service.base + chemin, reponse, rows


def _check_columns(
    service: Service, reponse: Reponse, found: Iterable[str], wanted: Iterable[str]
) -> None:
    missing = sorted(set(wanted) - set(found))
    if missing:
        quoi = f"le champ « {', '.join(missing)} » manque ou a changé de nom"
        refuse(service, "MLG-MAJ-102", quoi, reponse.url)


def _read_national(client: Client, service: Service) -> dict[str, float]:
    _, reponse, rows = _export(client, service, JEU_NATIONAL, (_PERIODE, _FOYERS))
    pairs = (
        (_read_mois(service, reponse, row), _read_foyers(service, reponse, row)) for row in rows
    )
    return {mois: foyers for mois, foyers in pairs if not isinstance(foyers, Absence)}


def _sum_departements(
    service: Service, reponse: Reponse, rows: list[dict[str, str]]
) -> Iterator[Figure]:
    """One figure by département and month: the sum of its rows, unknown if one of them is blank.

    Raises:
        FichierInvalide: the columns are not the documented ones, or hold a row that is a total.
    """
    _check_columns(service, reponse, rows[0], ("numdep",))
    parts: dict[tuple[str, str], list[Valeur]] = defaultdict(list)
    halves: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        _refuse_total(service, reponse, row)
        mois, numdep = _read_mois(service, reponse, row), row["numdep"].strip()
        parts[_MOITIES.get(numdep, numdep), mois].append(_read_foyers(service, reponse, row))
        if numdep in _MOITIES:
            halves[mois].add(numdep)
    for (code, mois), values in sorted(parts.items()):
        is_half = code == "69" and len(halves[mois]) == 1
        valeur = Absence.INCONNUE if is_half else _add(values)
        yield Figure(Niveau.DEPARTEMENT.value, code, SERIE, mois, valeur, _FICHE_DEPARTEMENTS.code)


def _refuse_total(service: Service, reponse: Reponse, row: dict[str, str]) -> None:
    for name, value in row.items():
        if _TOTAL.fullmatch(value.strip()):
            quoi = f"la colonne « {name} » contient le total « {value} » : l’additionner compterait double"
            refuse(service, "MLG-MAJ-105", quoi, reponse.url)


def _add(values: list[Valeur]) -> Valeur:
    total = 0.0
    for value in values:
        if isinstance(value, Absence):
            return value  # unknown is not zero, so neither is the sum
        total += value
    return total


def _check_national(
    service: Service, adresse: str, figures: list[Figure], national: dict[str, float]
) -> None:
    totals: dict[str, list[Valeur]] = defaultdict(list)
    for figure in figures:
        totals[figure.periode].append(figure.valeur)
    checked = {mois: _add(values) for mois, values in totals.items() if mois in national}
    if not checked:
        refuse(service, "MLG-MAJ-105", f"aucun mois commun avec le jeu {JEU_NATIONAL}", adresse)
    for mois, total in sorted(checked.items()):
        if isinstance(total, Absence):
            continue
        gap = abs(total - national[mois]) / national[mois] if national[mois] else 1.0
        if gap > ECART_NATIONAL_MAX:
            quoi = (
                f"en {mois}, {total:.0f} foyers en somme des départements contre "
                f"{national[mois]:.0f} au niveau national, soit {100 * gap:.1f} % d’écart"
            )
            refuse(service, "MLG-MAJ-105", quoi, adresse)


def _read_communes(
    service: Service, reponse: Reponse, rows: list[dict[str, str]]
) -> tuple[list[Figure], tuple[str, ...]]:
    figures: list[Figure] = []
    unplaced = 0
    for row in rows:
        code = row["numcomdo"].strip()
        if not _COMMUNE.fullmatch(code):
            unplaced += 1  # no code, or a masked one: never spread over the communes
            continue
        mois = _read_mois(service, reponse, row)
        foyers = _read_foyers(service, reponse, row)
        figures.append(
            Figure(Niveau.COMMUNE.value, code, SERIE, mois, foyers, _FICHE_COMMUNES.code)
        )
    if not unplaced:
        return figures, ()
    lines = accorder(unplaced, "ligne sans commune", "lignes sans commune")
    return figures, (f"foyers non localisés, laissés de côté : {lines}",)


def _read_mois(service: Service, reponse: Reponse, row: dict[str, str]) -> str:
    mois = find_periode(row[_PERIODE])
    if mois is None:
        quoi = f"date de référence « {row[_PERIODE]} » illisible"
        refuse(service, "MLG-MAJ-106", quoi, reponse.url)
    return mois


def _read_foyers(service: Service, reponse: Reponse, row: dict[str, str]) -> Valeur:
    texte = row[_FOYERS].strip()
    if not texte:
        return Absence.INCONNUE
    try:
        return float(texte)
    except ValueError:
        refuse(service, "MLG-MAJ-106", f"nombre de foyers « {texte} » illisible", reponse.url)
