"""Monthly series of work-integration, from the DARES site POEM.

The codes of the IAE series were never seen: they are read from the pages of the theme, never
guessed, and each series keeps the title that its own workbook gives it. The workbook is the only
export whose layout is documented: a first sheet with the title, then one sheet per level, its
header starting with « Code_… » and its months written « 2024-janv. ».
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from maillage.data.sources.live.classeur import read_classeur
from maillage.data.sources.live.fetch import Format, Service
from maillage.data.sources.live.recolte import (
    Fiche,
    Figure,
    Recolte,
    describe_periodes,
    enumerate_some,
    refuse,
)
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from maillage.data.sources.live.cache import Reponse
    from maillage.data.sources.live.classeur import Cellule
    from maillage.data.sources.live.fetch import Client

CODE = "poem"
NOM = "DARES POEM"
BASE = "https://poem.travail-emploi.gouv.fr"
CADENCE = 1.0
PAGE_THEME = "/synthese/insertion-par-lactivite-economique-iae"
SERIES_MAX = 80
"""More codes than this means that the page is not the theme's."""
LICENCE = "librement et gratuitement réutilisable, sans licence nommée"

_CODES = re.compile(r"/exports/donnees/([a-z0-9_]+)/")
_PAGES_DONNEES = re.compile(r"/open-data/([a-z0-9-]+)")
_THEME = re.compile(r"(?:^|-)iae(?:-|$)|insertion-par-l")
_MOIS_ECRIT = re.compile(r"(\d{4})-([a-z]+)\.?")
_MOIS = {
    "janv": 1, "fev": 2, "fevr": 2, "mars": 3, "avr": 4, "avril": 4, "mai": 5, "juin": 6,
    "juil": 7, "aout": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_FEUILLE_NATIONALE = "National"
_FRANCE_ENTIERE = "FRE"
_ENTETES = {
    "code_national": Niveau.FRANCE,
    "code_region": Niveau.REGION,
    "code_departement": Niveau.DEPARTEMENT,
}
_SECRETS = frozenset({"s", "secret"})


def service_at(base: str = BASE) -> Service:
    """POEM, or what stands in for it at another address."""
    return Service(CODE, NOM, base, CADENCE)


def fetch_series(client: Client, service: Service, today: date) -> Recolte:
    """Every series that the pages of the theme list, at the levels that its workbook has.

    Raises:
        FichierInvalide: no code on the pages, or a workbook without the documented layout.
        DonneesIndisponibles: the site does not answer.
    """
    codes = find_codes(client, service)
    figures: list[Figure] = []
    sources = []
    ignored: set[str] = set()
    for code in codes:
        reponse = client.get(
            service, f"/exports/donnees/{code}/{code}.xlsx", attendu=Format.CLASSEUR
        )
        titre, found, skipped = _read_series(service, reponse, code)
        fiche = Fiche(f"maj_poem_{code}", titre, "DARES", LICENCE, defauts=_DEFAUTS)
        periodes = describe_periodes(found)
        sources.append(fiche.to_source(reponse.url, [reponse], periodes, len(found), today))
        figures += found
        ignored |= skipped
    notes = (f"feuilles non reconnues : {enumerate_some(ignored)}",) if ignored else ()
    return Recolte(tuple(sources), tuple(figures), notes=notes)


_DEFAUTS = (
    "quatre types de structures : l’entreprise d’insertion par le travail indépendant est exclue",
    "un stock de fin de mois ne s’additionne pas d’un mois à l’autre",
)


def find_codes(client: Client, service: Service) -> list[str]:
    """Codes of the theme's series, read from its page, else from the data pages that it links.

    Raises:
        FichierInvalide: the pages list none, or so many that they are not the theme's.
        DonneesIndisponibles: the site does not answer.
    """
    text = _read_page(client, service, PAGE_THEME)
    codes = set(_CODES.findall(text))
    if not codes:
        pages = sorted(slug for slug in set(_PAGES_DONNEES.findall(text)) if _THEME.search(slug))
        for slug in pages:
            codes |= set(_CODES.findall(_read_page(client, service, f"/open-data/{slug}")))
    if not codes:
        quoi = "aucun code de série sur la page du thème (protection contre les robots ?)"
        refuse(service, "MLG-MAJ-103", quoi, service.base + PAGE_THEME)
    if len(codes) > SERIES_MAX:
        quoi = f"{len(codes)} codes de série : la page ne semble pas être celle du thème"
        refuse(service, "MLG-MAJ-105", quoi, service.base + PAGE_THEME)
    return sorted(codes)


def parse_mois(texte: str) -> str | None:
    """Month written as POEM does, « 2024-janv. » to « 2024-01 »; None for anything else."""
    match = _MOIS_ECRIT.fullmatch(_plain(texte))
    mois = _MOIS.get(match[2]) if match else None
    return f"{match[1]}-{mois:02d}" if match and mois else None


def _read_page(client: Client, service: Service, chemin: str) -> str:
    page = client.get(service, chemin, attendu=Format.PAGE)
    return page.corps.decode("utf-8", errors="replace")


def _read_series(
    service: Service, reponse: Reponse, code: str
) -> tuple[str, list[Figure], set[str]]:
    """Title of the series, its figures, and the sheets that are not understood.

    Raises:
        FichierInvalide: the workbook has not the documented layout.
    """
    try:
        sheets = read_classeur(reponse.corps)
    except ValueError:
        refuse(service, "MLG-MAJ-101", "classeur coupé ou mal formé", reponse.url)
    names = list(sheets)
    if _FEUILLE_NATIONALE not in names[1:]:
        quoi = f"la feuille « {_FEUILLE_NATIONALE} » manque (feuilles : {enumerate_some(names)})"
        refuse(service, "MLG-MAJ-102", quoi, reponse.url)
    first = next((str(row[0]) for row in sheets[names[0]] if row and row[0]), "")
    figures: list[Figure] = []
    ignored: set[str] = set()
    for name in names[1:]:
        start = _find_header(sheets[name])
        if start is None:
            ignored.add(name)
        else:
            figures += _read_sheet(
                service, f"{reponse.url} feuille {name}", sheets[name][start:], code
            )
    if not any(f.niveau == Niveau.FRANCE.value for f in figures):
        quoi = f"la ligne « {_FRANCE_ENTIERE} » ou l’en-tête « Code_National » manque"
        refuse(service, "MLG-MAJ-102", quoi, reponse.url)
    return first or code, figures, ignored


def _find_header(rows: Sequence[Sequence[Cellule]]) -> int | None:
    for position, row in enumerate(rows):
        if row and isinstance(row[0], str) and _plain(row[0]) in _ENTETES:
            return position
    return None


def _read_sheet(
    service: Service, place: str, rows: Sequence[Sequence[Cellule]], code: str
) -> Iterator[Figure]:
    header = rows[0]
    niveau = _ENTETES[_plain(str(header[0]))]
    mois = _read_months(service, place, header)
    for row in rows[1:]:
        territoire = str(row[0]).strip() if row and row[0] is not None else ""
        if not territoire or (niveau is Niveau.FRANCE and territoire != _FRANCE_ENTIERE):
            continue  # a note under the table, or metropolitan France
        name = "FR" if niveau is Niveau.FRANCE else territoire
        for position, periode in mois.items():
            cell = row[position] if position < len(row) else None
            valeur = _to_valeur(service, f"{place}, {territoire}, {periode}", cell)
            yield Figure(niveau.value, name, f"poem_{code}", periode, valeur, f"maj_poem_{code}")


def _read_months(service: Service, place: str, header: Sequence[Cellule]) -> dict[int, str]:
    months: dict[int, str] = {}
    for position, cell in enumerate(header[2:], start=2):
        if cell is None:
            continue
        mois = parse_mois(str(cell))
        if mois is None:
            refuse(service, "MLG-MAJ-106", f"mois « {cell} » illisible", place)
        months[position] = mois
    return months


def _to_valeur(service: Service, place: str, cell: Cellule) -> Valeur:
    if isinstance(cell, float):
        return cell
    texte = _plain(cell or "")
    if texte in _SECRETS:
        return Absence.SECRETE
    if texte:
        refuse(service, "MLG-MAJ-106", f"valeur « {cell} » illisible", place)
    return Absence.INCONNUE


def _plain(texte: str) -> str:
    """Lower case, without accents nor outer spaces."""
    decomposed = unicodedata.normalize("NFKD", texte.strip().lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
