"""A small reference pack, and a server on loopback that replays the documented shapes.

Every figure here is synthetic: plausible, invented, and not to be quoted.
"""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pyarrow as pa
import pytest

from maillage.data.reference.pack import Pack
from maillage.data.reference.schema import TABLES
from maillage.data.reference.update import Moyens, UpdateReport, update_reference
from maillage.data.sources.live.fetch import Echange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

AUJOURD_HUI = date(2026, 11, 23)
ARRONDISSEMENTS = [f"6938{n}" for n in range(1, 10)]
COMMUNES = {"35238": "35", "35288": "35", "2A004": "2A", "69123": "69", "69266": "69"}
TOUTES = [*COMMUNES, *ARRONDISSEMENTS]
DEPARTEMENTS = {"2A": "94", "35": "53", "69": "84"}
Params = dict[str, str]


@dataclass
class Corps:
    """One answer: body and media type."""

    octets: bytes
    type: str = "application/json"


@dataclass
class Incident:
    """What the server does instead of answering, once."""

    statut: int = 200
    entetes: dict[str, str] = field(default_factory=dict)
    octets: bytes = b""
    annonce: int | None = None  # Content-Length announced, when it lies


@dataclass
class Appel:
    """One request received, and the status answered."""

    chemin: str
    params: Params
    entetes: dict[str, str]
    statut: int


class Replay:
    """Routes by path; incidents consumed before the route answers."""

    def __init__(self) -> None:
        self.routes: dict[str, Callable[[Params], Corps]] = {}
        self.incidents: dict[str, list[Incident]] = defaultdict(list)
        self.appels: list[Appel] = []
        self.adresse = ""

    def answer_json(self, chemin: str, contenu: object) -> None:
        self.routes[chemin] = lambda _params: _json(contenu)

    def edit_json(self, chemin: str, edit: Callable[[Any], Any]) -> None:
        """Answer what the route answered, changed by a function."""
        before = self.routes[chemin]
        self.routes[chemin] = lambda params: _json(edit(json.loads(before(params).octets)))

    def edit_text(self, chemin: str, old: str, new: str) -> None:
        before = self.routes[chemin]

        def route(params: Params) -> Corps:
            corps = before(params)
            text = corps.octets.decode()
            assert old in text or params, "nothing to edit"
            return Corps(text.replace(old, new).encode(), corps.type)

        self.routes[chemin] = route

    def statuts(self, prefixe: str) -> list[int]:
        return [appel.statut for appel in self.appels if appel.chemin.startswith(prefixe)]


class _Handler(BaseHTTPRequestHandler):
    replay: Replay
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        params = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if self.replay.incidents[parts.path]:
            incident = self.replay.incidents[parts.path].pop(0)
            self._send(parts.path, params, incident)
            return
        route = self.replay.routes.get(parts.path)
        if route is None:
            self._send(parts.path, params, Incident(404))
            return
        corps = route(params)
        etag = f'"{hashlib.sha256(corps.octets).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self._send(parts.path, params, Incident(304))
            return
        headers = {"Content-Type": corps.type, "ETag": etag}
        self._send(parts.path, params, Incident(200, headers, corps.octets))

    def _send(self, chemin: str, params: Params, answer: Incident) -> None:
        self.replay.appels.append(Appel(chemin, params, dict(self.headers), answer.statut))
        self.send_response_only(answer.statut)  # no Date but the replayed one
        for name, value in answer.entetes.items():
            self.send_header(name, value)
        length = len(answer.octets) if answer.annonce is None else answer.annonce
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(answer.octets)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — name fixed by the base
        """Say nothing."""


@pytest.fixture
def replay() -> Iterator[Replay]:
    """The six publishers, in their documented shapes, on one loopback port."""
    found = Replay()
    _Handler.replay = found
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    found.adresse = f"http://127.0.0.1:{server.server_address[1]}"
    found.routes |= _geo() | _melodi() | _caf() | _bdm() | _poem() | _siae()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Atelier:
    """An update ready to run against the replay server, which notes its waits instead of waiting."""

    data_dir: Path
    pack: Pack
    replay: Replay
    attentes: list[float] = field(default_factory=list)
    etapes: list[str] = field(default_factory=list)
    taille_max: int = 1_000_000

    def update(self, *sources: str, today: date = AUJOURD_HUI) -> UpdateReport:
        names = ["geo-api", "poem", "caf", "melodi", "bdm", "recherche-entreprises"]
        echange = Echange(
            attendre=self.attentes.append, horloge=lambda: 0.0, taille_max=self.taille_max
        )
        return update_reference(
            self.data_dir,
            sources or None,
            today,
            self.etapes.append,
            {name: f"{self.replay.adresse}/{name}" for name in names},
            Moyens(self.pack, echange),
        )

    def files(self) -> dict[str, bytes]:
        folder = self.data_dir / "reference" / "mises-a-jour"
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def atelier(tmp_path: Path, replay: Replay) -> Atelier:
    return Atelier(tmp_path, build_pack(), replay)


def build_pack() -> Pack:
    """Synthetic pack: three départements, Lyon with its arrondissements, one merged commune."""
    communes = [
        {"code": code, "type": "COM", "nom": f"Commune {code}", "code_departement": departement,
         "code_epci": "200000001", "code_zone_emploi": "0051"}
        for code, departement in COMMUNES.items()
    ] + [
        {"code": code, "type": "ARM", "code_parent": "69123", "nom": f"Arrondissement {code}",
         "code_departement": "69", "code_epci": "200000001", "code_zone_emploi": "0051"}
        for code in ARRONDISSEMENTS
    ]  # fmt: skip
    levels = {"france": ["FR"], "region": sorted(set(DEPARTEMENTS.values())),
              "departement": list(DEPARTEMENTS), "epci": ["200000001"], "zone-emploi": ["0051"]}  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {
        "communes": communes,
        "communes_anciennes": [
            {"code": "35999", "nom": "Ancienne", "type": "COMD", "code_actuel": "35238"}
        ],
        "territoires": [
            {"niveau": niveau, "code": code, "nom": f"{niveau} {code}"}
            for niveau, codes in levels.items()
            for code in codes
        ],
        "besoin_communes": [
            {"code": code, "serie": "population", "periode": "2021", "valeur": 1000.0, "etat": 0,
             "source": "pack"}
            for code in TOUTES
        ],
        "series": [
            {"niveau": "departement", "code": code, "serie": "taux_chomage_localise",
             "periode": "2024-T4", "valeur": 7.0, "etat": 0, "source": "pack"}
            for code in DEPARTEMENTS
        ],
    }  # fmt: skip
    tables = {
        name: pa.Table.from_pylist(rows.get(name, []), schema=schema)
        for name, schema in TABLES.items()
    }
    tables["idbank"] = pa.table({
        "idbank": ["001515866", "001515867", "001515868"],
        "niveau": ["departement"] * 3,
        "code": list(DEPARTEMENTS),
        "serie": ["taux_chomage_localise"] * 3,
    })  # fmt: skip
    return Pack("0" * 64, tables, {})


def _json(contenu: object) -> Corps:
    return Corps(json.dumps(contenu, ensure_ascii=False).encode())


def _geo() -> dict[str, Callable[[Params], Corps]]:
    def communes(params: Params) -> Corps:
        codes = ARRONDISSEMENTS if params.get("type") else list(COMMUNES)
        return _json([
            {"nom": f"Nom {code}", "code": code, "codesPostaux": [f"{code[:2]}000"],
             "codeDepartement": COMMUNES.get(code, "69"), "codeEpci": "200000001",
             "centre": {"type": "Point", "coordinates": [4.8, 45.7]}, "score": 1}
            for code in codes
        ])  # fmt: skip

    return {"/geo-api/communes": communes}


def _melodi() -> dict[str, Callable[[Params], Corps]]:
    territories = {"COM": list(COMMUNES), "ARM": ARRONDISSEMENTS, "EPCI": ["200000001"],
                   "ZE2020": ["0051"], "DEP": list(DEPARTEMENTS), "REG": ["94", "53", "84"]}  # fmt: skip

    def observations(identifier: str, dimension: str) -> Callable[[Params], Corps]:
        def route(params: Params) -> Corps:
            mesure, geo = params[dimension], params["GEO"]
            return _json({
                "title": {"fr": "Jeu", "en": "Data set"},
                "identifier": identifier,
                "observations": [
                    {"dimensions": {"GEO": f"2025-{geo}-{code}", "FREQ": "A",
                                    "TIME_PERIOD": "2023", dimension: mesure},
                     "measures": {"OBS_VALUE_NIVEAU": _melodi_value(mesure, code)}}
                    for code in territories[geo]
                ],
                "paging": {"count": len(territories[geo])},
            })  # fmt: skip

        return route

    return {
        f"/melodi/data/{name}": observations(name, dimension)
        for name, dimension in {
            "DS_POPULATIONS_REFERENCE": "POPREF_MEASURE",
            "DS_FILOSOFI_CC": "FILOSOFI_MEASURE",
        }.items()
    }


def _melodi_value(mesure: str, code: str) -> dict[str, float]:
    if mesure == "PR_MD60" and code in COMMUNES:
        return {}  # statistical secrecy: an empty object, never zero
    return {"value": {"PMUN": 1100.0, "MED_SL": 23_000.0, "PR_MD60": 14.2}[mesure]}


def _caf() -> dict[str, Callable[[Params], Corps]]:
    lines = ["dtreffre;numdep;nomdep;rsa_type;age;indfoy_rsa;indmtt_rsa"]
    for mois in ("2026-08", "2026-09"):
        for numdep in ("2A", "35", "69D", "69M"):
            for kind in ("Majoré", "Non majoré"):
                lines += [f"{mois};{numdep};Nom;{kind};{age};100;50000" for age in ("25-29", "30+")]
    communes = ["dtreffre;numcomdo;indfoy_rsa"]
    communes += [f"2024-12;{code};50" for code in [*COMMUNES, *ARRONDISSEMENTS] if code != "69123"]
    communes += ["2024-12;;35"]
    national = ["dtreffre;indfoy_rsa", "2026-08;1603", "2026-09;1597"]

    def serve(text: list[str]) -> Callable[[Params], Corps]:
        return lambda _params: Corps(
            ("﻿" + "\n".join(text) + "\n").encode(), "text/csv; charset=utf-8"
        )

    return {
        "/caf/rsa_s_type_age_5_dep/exports/csv": serve(lines),
        "/caf/s_ben_com_f/exports/csv": serve(communes),
        "/caf/s_ben_nat/exports/csv": serve(national),
    }


def _bdm() -> dict[str, Callable[[Params], Corps]]:
    series = "".join(
        f'<Series IDBANK="{idbank}" FREQ="T" TITLE_FR="Taux" UNIT_MEASURE="POURCENT">'
        '<Obs TIME_PERIOD="2026-Q2" OBS_VALUE="7.4" OBS_STATUS="P" OBS_QUAL="P"/>'
        '<Obs TIME_PERIOD="2024-Q4" OBS_VALUE="7.1" OBS_STATUS="A" OBS_QUAL="DEF"/></Series>'
        for idbank in ("001515866", "001515867", "001515868")
    )
    text = (
        "<?xml version='1.0' encoding='UTF-8'?><message:StructureSpecificData "
        'xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message">'
        f"<message:DataSet>{series}</message:DataSet></message:StructureSpecificData>"
    )
    path = "/bdm/series/sdmx/data/SERIES_BDM/001515866+001515867+001515868"
    return {path: lambda _params: Corps(text.encode(), "application/xml")}


def build_workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """Workbook with inline and shared texts, as small as the standard allows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    texts: list[str] = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, rows in enumerate(sheets.values(), start=1):
            body = "".join(_sheet_row(r, row, texts) for r, row in enumerate(rows, start=1))
            text = f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
            _store(archive, f"xl/worksheets/sheet{number}.xml", text)
        names = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in enumerate(sheets, start=1)
        )
        links = "".join(
            f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        _store(archive, "xl/workbook.xml",
               f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>{names}</sheets></workbook>')  # fmt: skip
        _store(archive, "xl/_rels/workbook.xml.rels",
               f'<Relationships xmlns="{package}">{links}</Relationships>')  # fmt: skip
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        _store(archive, "xl/sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')
    return buffer.getvalue()


def _store(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(zipfile.ZipInfo(name), text)  # a fixed date: the same bytes each time


def _sheet_row(number: int, row: list[object], texts: list[str]) -> str:
    cells = []
    for position, value in enumerate(row):
        reference = f"{chr(ord('A') + position)}{number}"
        if isinstance(value, str):
            texts.append(value)
            cells.append(f'<c r="{reference}" t="s"><v>{len(texts) - 1}</v></c>')
        elif value is not None:
            cells.append(f'<c r="{reference}"><v>{value}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def poem_sheets() -> dict[str, list[list[object]]]:
    """A POEM workbook: the title, the country, the départements."""
    header: list[object] = ["2026-juil.", "2026-août"]
    return {
        "Informations": [["Salariés en insertion, série d’essai"], ["Date de mise à jour", "01/10/2026"]],
        "National": [["Série d’essai"], [], ["Code_National", "National", *header],
                     ["FRE", "France entière", 1500, 1520], ["FRM", "France métropolitaine", 1400, 1410]],
        "Départemental": [["Code_Département", "Département", *header],
                          ["2A", "Corse-du-Sud", 100, None], ["35", "Ille-et-Vilaine", 700, 710],
                          ["69", "Rhône", 700, "s"]],
        "Notes": [["Lecture"]],
    }  # fmt: skip


def _poem() -> dict[str, Callable[[Params], Corps]]:
    theme = '<!DOCTYPE html><html><body><a href="/open-data/insertion-par-l-activite-1">Données</a></body></html>'
    data = (
        '<!DOCTYPE html><html><a href="/exports/donnees/essai_stk/essai_stk.xlsx">Excel</a></html>'
    )
    workbook = build_workbook(poem_sheets())
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page = "text/html; charset=utf-8"
    return {
        "/poem/synthese/insertion-par-lactivite-economique-iae": lambda _p: Corps(
            theme.encode(), page
        ),
        "/poem/open-data/insertion-par-l-activite-1": lambda _p: Corps(data.encode(), page),
        "/poem/exports/donnees/essai_stk/essai_stk.xlsx": lambda _p: Corps(workbook, excel),
    }


def _siae() -> dict[str, Callable[[Params], Corps]]:
    # SIREN of test: they pass the check digit and belong to nobody in particular.
    units = {"2A": [], "35": [("123456782", "5710"), ("987654324", "1000")], "69": [("123456782", "9220")]}  # fmt: skip

    def search(params: Params) -> Corps:
        assert params["est_siae"] == "true"
        found = units[params["departement"]]
        page = int(params["page"])
        return _json({
            "results": [
                {"siren": siren, "nom_complet": "STRUCTURE D’ESSAI", "nature_juridique": nature,
                 "tranche_effectif_salarie": "11", "finances": None,
                 "complements": {"est_ess": True, "est_siae": True, "type_siae": ["ACI", "EI"]},
                 "matching_etablissements": [{"siret": f"{siren}00074"}],
                 "dirigeants": [{"nom": "PERSONNE", "prenoms": "UNE"}]}
                for siren, nature in found[page - 1 : page]
            ],
            "total_results": len(found),
            "page": page,
        })  # fmt: skip

    return {"/recherche-entreprises/search": search}
