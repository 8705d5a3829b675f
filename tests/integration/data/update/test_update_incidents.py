from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from maillage.data.reference.overlay import apply_updates
from maillage.data.reference.update import Etat, SourceReport
from maillage.kernel.errors import EnvironnementInvalide, SaisieInvalide

if TYPE_CHECKING:
    from integration.data.update.conftest import Atelier, Replay

GEO = "/geo-api/communes"
BDM = "/bdm/series/sdmx/data/SERIES_BDM/001515866+001515867+001515868"
POPULATION = "/melodi/data/DS_POPULATIONS_REFERENCE"
CAF = "/caf/rsa_s_type_age_5_dep/exports/csv"


def incident(**kwargs: Any) -> Any:
    """What the server does once; the class is the fixture module's own."""
    from types import SimpleNamespace  # noqa: PLC0415 — only this function needs it

    defaults = {"statut": 200, "entetes": {}, "octets": b"", "annonce": None}
    return SimpleNamespace(**{**defaults, **kwargs})


def run(atelier: Atelier, source: str) -> SourceReport:
    (report,) = atelier.update(source).sources
    return report


def codes(report: SourceReport) -> list[str]:
    return [anomalie.code for anomalie in report.anomalies]


def test_too_many_requests_waits_as_long_as_asked(atelier: Atelier, replay: Replay) -> None:
    replay.incidents[GEO] = [incident(statut=429, entetes={"Retry-After": "7"})]
    assert run(atelier, "geo-api").etat is Etat.MISE_A_JOUR
    assert 7.0 in atelier.attentes
    assert replay.statuts(GEO) == [429, 200, 200]


def test_a_retry_date_is_counted_from_the_answers_own_date(
    atelier: Atelier, replay: Replay
) -> None:
    dates = {
        "Retry-After": "Mon, 23 Nov 2026 10:00:30 GMT",
        "Date": "Mon, 23 Nov 2026 10:00:00 GMT",
    }
    replay.incidents[GEO] = [incident(statut=503, entetes=dates)]
    assert run(atelier, "geo-api").etat is Etat.MISE_A_JOUR
    assert 30.0 in atelier.attentes


def test_a_publisher_that_asks_to_wait_an_hour_is_left_alone(
    atelier: Atelier, replay: Replay
) -> None:
    replay.incidents[GEO] = [incident(statut=429, entetes={"Retry-After": "3600"})]
    report = run(atelier, "geo-api")
    assert codes(report) == ["MLG-MAJ-004"]
    assert "60 minutes" in report.message.replace("\u00a0", " ")
    assert atelier.attentes == []


def test_a_failure_that_passes_is_tried_again(atelier: Atelier, replay: Replay) -> None:
    replay.incidents[GEO] = [incident(statut=500), incident(statut=502)]
    assert run(atelier, "geo-api").etat is Etat.MISE_A_JOUR
    waits = [wait for wait in atelier.attentes if wait >= 1.0]
    assert len(waits) == 2
    assert waits[1] > waits[0] - 1.0


def test_a_failure_that_stays_is_told_and_the_former_state_kept(
    atelier: Atelier, replay: Replay
) -> None:
    atelier.update("geo-api")
    before = atelier.files()
    replay.incidents[GEO] = [incident(statut=500)] * 5
    report = run(atelier, "geo-api")
    assert report.etat is Etat.ECHEC
    assert codes(report) == ["MLG-MAJ-003"]
    assert report.lignes == 14
    assert atelier.files() == before


def test_a_body_cut_on_the_way_is_asked_again(atelier: Atelier, replay: Replay) -> None:
    replay.incidents[GEO] = [incident(octets=b'[{"nom"', annonce=5000)]
    assert run(atelier, "geo-api").etat is Etat.MISE_A_JOUR


def test_nobody_at_the_address_is_told(atelier: Atelier, replay: Replay) -> None:
    replay.adresse = "http://127.0.0.1:1"
    report = run(atelier, "geo-api")
    assert codes(report) == ["MLG-MAJ-002"]


REFUSALS = {
    "truncated JSON": (GEO, incident(octets=b'[{"nom": "Lyon", "co'), "MLG-MAJ-101"),
    "web page instead of JSON": (
        GEO,
        incident(octets=b"\n<!DOCTYPE html><html>Robot ?", entetes={"Content-Type": "text/html"}),
        "MLG-MAJ-006",
    ),
    "text instead of JSON": (GEO, incident(octets=b"maintenance"), "MLG-MAJ-008"),
    "another host": (
        GEO,
        incident(statut=302, entetes={"Location": "http://localhost/communes"}),
        "MLG-MAJ-005",
    ),
    "not found": (GEO, incident(statut=404), "MLG-MAJ-003"),
    "empty list": (GEO, incident(octets=b"[]"), "MLG-MAJ-103"),
    "not modified out of the blue": (GEO, incident(statut=304), "MLG-MAJ-003"),
    "too large": (GEO, incident(octets=b"[" + b" " * 1_000_001), "MLG-MAJ-007"),
    "document type": (
        BDM,
        incident(octets=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "MLG-MAJ-107",
    ),
    "other encoding": (BDM, incident(octets='<a x="é"/>'.encode("latin-1")), "MLG-MAJ-101"),
    "cut XML": (BDM, incident(octets=b"<a><b></a>"), "MLG-MAJ-101"),
    "no series": (BDM, incident(octets=b"<a/>"), "MLG-MAJ-103"),
    "other data set": (
        POPULATION,
        incident(octets=b'{"identifier": "DS_AUTRE", "observations": []}'),
        "MLG-MAJ-104",
    ),
    "renamed CSV column": (
        CAF,
        incident(octets=b"dtreffre;numdep;foyers\n2026-09;35;1\n"),
        "MLG-MAJ-102",
    ),
    "cut CSV": (CAF, incident(octets=b"dtreffre;numdep;indfoy_rsa\n2026-09;35"), "MLG-MAJ-101"),
    "damaged workbook": (
        "/poem/exports/donnees/essai_stk/essai_stk.xlsx",
        incident(octets=b"PK\x03\x04 cut"),
        "MLG-MAJ-101",
    ),
    "page without code": (
        "/poem/synthese/insertion-par-lactivite-economique-iae",
        incident(octets=b"<html>Robot ?</html>"),
        "MLG-MAJ-103",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_cannot_be_used_is_refused_and_does_not_come_back_from_the_cache(
    atelier: Atelier, replay: Replay, name: str
) -> None:
    path, what, code = REFUSALS[name]
    what.entetes.setdefault("ETag", '"bad"')
    replay.incidents[path] = [what]
    source = path.split("/")[1]
    report = run(atelier, source)
    assert codes(report) == [code]
    assert all(anomalie.que_faire for anomalie in report.anomalies)
    assert run(atelier, source).etat is Etat.MISE_A_JOUR


def test_a_redirection_on_the_same_host_is_followed(atelier: Atelier, replay: Replay) -> None:
    replay.incidents[GEO] = [incident(statut=301, entetes={"Location": "/ailleurs"})]
    replay.routes["/ailleurs"] = replay.routes[GEO]
    assert run(atelier, "geo-api").etat is Etat.MISE_A_JOUR


def test_a_redirection_without_end_is_refused(atelier: Atelier, replay: Replay) -> None:
    replay.incidents[GEO] = [incident(statut=301, entetes={"Location": GEO})] * 5
    assert codes(run(atelier, "geo-api")) == ["MLG-MAJ-005"]


def test_a_renamed_field_is_named_with_its_endpoint(atelier: Atelier, replay: Replay) -> None:
    def rename(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{("code_insee" if k == "code" else k): v for k, v in c.items()} for c in found]

    replay.edit_json(GEO, rename)
    report = run(atelier, "geo-api")
    assert codes(report) == ["MLG-MAJ-102"]
    assert "[].code" in report.message
    assert GEO in report.anomalies[0].ou


def test_one_source_that_fails_does_not_stop_the_others(atelier: Atelier, replay: Replay) -> None:
    replay.answer_json(POPULATION, {"observations": "?"})
    report = atelier.update()
    assert {r.code for r in report.sources if r.etat is Etat.ECHEC} == {"melodi"}
    assert report.has_failure
    _, problems = apply_updates(atelier.pack, atelier.data_dir)
    assert problems == ()


def test_an_unknown_source_is_refused_with_the_known_ones(atelier: Atelier) -> None:
    with pytest.raises(SaisieInvalide, match="recherche-entreprises") as error:
        atelier.update("insee", "caff")
    assert [a.code for a in error.value.anomalies] == ["MLG-MAJ-001"] * 2
    assert atelier.replay.appels == []


def test_a_data_directory_that_is_a_file_is_told(atelier: Atelier) -> None:
    atelier.data_dir /= "occupe"
    atelier.data_dir.write_text("")
    with pytest.raises(EnvironnementInvalide, match="MLG-ENV-001"):
        atelier.update("geo-api")
