from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import httpx
import pytest

from maillage.data.sources.live import insee_bdm
from maillage.data.sources.live.fetch import Client, Echange
from maillage.data.sources.live.poem import parse_mois
from maillage.data.sources.live.recolte import (
    Figure,
    describe_periodes,
    enumerate_some,
    find_periode,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("texte", "periode"),
    [
        ("2021", "2021"),
        ("2024-Q4", "2024-T4"),
        ("2024-T1", "2024-T1"),
        ("2022-09", "2022-09"),
        ("202209", "2022-09"),
        (" 2022-09-30 ", "2022-09"),
        ("2022-13", None),
        ("2024-Q5", None),
        ("20220930", None),
        ("", None),
        ("septembre 2022", None),
    ],
)
def test_find_periode(texte: str, periode: str | None) -> None:
    assert find_periode(texte) == periode


@pytest.mark.parametrize(
    ("texte", "mois"),
    [
        ("2024-janv.", "2024-01"),
        ("2024-févr.", "2024-02"),
        ("2024-mars", "2024-03"),
        ("2024-avril", "2024-04"),
        ("2024-mai", "2024-05"),
        ("2024-juin", "2024-06"),
        ("2024-juil.", "2024-07"),
        ("2024-août", "2024-08"),
        ("2024-sept.", "2024-09"),
        ("2024-oct.", "2024-10"),
        ("2024-nov.", "2024-11"),
        ("2024-DÉC.", "2024-12"),
        ("2024-01", None),
        ("janv. 2024", None),
        ("Total", None),
    ],
)
def test_parse_mois(texte: str, mois: str | None) -> None:
    assert parse_mois(texte) == mois


def test_long_lists_are_cut_and_counted() -> None:
    assert enumerate_some("cba") == "a, b, c"
    assert enumerate_some(map(str, range(9))) == "0, 1, 2, 3, 4 et 4 autres"


def test_periods_are_told_from_first_to_last() -> None:
    def at(periode: str) -> Figure:
        return Figure("france", "FR", "serie", periode, 1.0, "source")

    assert describe_periodes([]) == ""
    assert describe_periodes([at("2021")]) == "2021"
    assert describe_periodes([at("2022-09"), at("2021-01")]) == "2021-01 à 2022-09"


GENERIC = """<?xml version="1.0" encoding="UTF-8"?>
<message:GenericData xmlns:message="m" xmlns:generic="g"><message:DataSet><generic:Series>
<generic:SeriesKey><generic:Value id="FREQ" value="T"/><generic:Value id="IDBANK" value="001515866"/>
</generic:SeriesKey><generic:Obs><generic:ObsDimension value="2026-Q2"/>
<generic:ObsValue value="7.4"/><generic:Attributes><generic:Value id="OBS_STATUS" value="P"/>
</generic:Attributes></generic:Obs></generic:Series></message:DataSet></message:GenericData>"""


def test_generic_sdmx_reads_as_the_structure_specific_one(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["User-Agent"].startswith("maillage/")
        assert request.url.path.endswith("/SERIES_BDM/001515866")
        return httpx.Response(200, text=GENERIC, headers={"Content-Type": "application/xml"})

    echange = Echange(attendre=lambda _s: None, transport=httpx.MockTransport(answer))
    idbanks = {"001515866": insee_bdm.SerieBdm("departement", "01")}
    with Client(tmp_path, echange) as client:
        recolte = insee_bdm.fetch_series(
            client, insee_bdm.service_at(), idbanks, date(2026, 11, 23)
        )
    assert recolte.figures == (
        Figure(
            "departement", "01", "taux_chomage_localise", "2026-T2", 7.4, "maj_bdm_taux_chomage"
        ),
    )
    assert recolte.notes == ("valeurs provisoires pour 2026-T2",)
