"""The atlas on a hand-made country: what an absent series, commune or outline gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from factories.petite_france import make_pack

from maillage.analyses.diagnosis.atlas import Atlas, get_atlas, open_atlas
from maillage.analyses.diagnosis.diagnose import diagnostiquer
from maillage.indicators.catalogue import cartes
from maillage.indicators.cube import Cube
from maillage.kernel.errors import Introuvable
from maillage.kernel.niveau import Niveau
from maillage.kernel.pedigree import Source
from maillage.kernel.valeur import Absence

LIEU = {"code_departement": "01", "code_region": "84", "code_zone_emploi": "8401"}
COMMUNES: list[dict[str, Any]] = [
    {"code": "01001", "type": "COM", "nom": "Bourg", "codes_postaux": ["01000"], **LIEU},
    {"code": "01002", "type": "COM", "nom": "Le Bourg", "codes_postaux": ["01000"], **LIEU},
]
TERRITOIRES: list[dict[str, Any]] = [
    {"niveau": "france", "code": "FR", "nom": "France"},
    {"niveau": "region", "code": "84", "nom": "Région", "codes_departements": ["01"]},
    {
        "niveau": "departement",
        "code": "01",
        "nom": "Ain",
        "code_region": "84",
        "codes_departements": ["01"],
    },
]
ANCIENNES: list[dict[str, Any]] = [
    {"code": "01900", "nom": "Jadis", "type": "COMD", "code_actuel": "01001"},
    {"code": "01901", "nom": "Perdue", "type": "COMD", "code_actuel": None},
]


@pytest.fixture
def atlas() -> Atlas:
    pack = make_pack(
        {"communes": COMMUNES, "territoires": TERRITOIRES, "communes_anciennes": ANCIENNES}
    )
    named = {code for carte in cartes().values() for code in carte.sources}
    sources = {
        code: Source(code, code, "INSEE", "2021", "LO", f"{code}.csv", "0" * 64, 2, "A")
        for code in named
    }
    codes: dict[Niveau, tuple[str, ...]] = dict.fromkeys(Niveau, ())
    codes |= {
        Niveau.FRANCE: ("FR",),
        Niveau.REGION: ("84",),
        Niveau.DEPARTEMENT: ("01",),
        Niveau.COMMUNE: ("01001", "01002"),
    }
    return Atlas(replace(pack, sources=sources), Cube("essai", codes, {}), cartes())


def test_a_commune_of_the_past_leads_to_today_by_code_and_by_name(atlas: Atlas) -> None:
    territoire, phrase = atlas.resolve_code(Niveau.COMMUNE, "01900")

    assert territoire.code == "01001"
    assert "Jadis" in phrase
    assert atlas.territoire(Niveau.COMMUNE, "01900") is territoire


def test_a_commune_of_the_past_without_successor_says_so(atlas: Atlas) -> None:
    with pytest.raises(Introuvable) as error:
        atlas.territoire(Niveau.COMMUNE, "01901")

    assert error.value.anomalies[0].code == "MLG-TER-003"
    assert "Perdue" in error.value.anomalies[0].quoi


def test_an_unknown_indicator_is_refused(atlas: Atlas) -> None:
    with pytest.raises(Introuvable) as error:
        atlas.niveaux_de("population_extraterrestre")

    assert error.value.anomalies[0].code == "MLG-IND-001"


def test_an_indicator_without_figures_is_absent_everywhere(atlas: Atlas) -> None:
    chiffre = atlas.chiffre("population", Niveau.DEPARTEMENT, "01")

    assert chiffre.valeur is Absence.SANS_OBJET
    assert chiffre.motif
    assert chiffre.rang is None
    assert atlas.niveaux_de("population") == ()
    assert atlas.periodes_de("population", Niveau.COMMUNE) == ()
    assert atlas.courbe("population", Niveau.COMMUNE, "01001") is None
    assert atlas.communes_retablies == frozenset()


def test_parents_and_communes(atlas: Atlas) -> None:
    commune = atlas.territoire(Niveau.COMMUNE, "01001")

    assert [nom for _, _, nom in commune.parents] == ["France", "Région", "Ain"]
    assert [t.niveau for t in atlas.appartenances(commune)] == [Niveau.REGION, Niveau.DEPARTEMENT]
    assert atlas.appartenances(atlas.territoire(Niveau.DEPARTEMENT, "01")) == ()
    assert len(atlas.communes_de(atlas.territoire(Niveau.FRANCE, "FR"))) == 2
    assert atlas.contours(Niveau.REGION) == {}


def test_a_territory_without_any_figure_still_has_a_diagnosis(atlas: Atlas) -> None:
    for niveau, code in ((Niveau.COMMUNE, "01001"), (Niveau.DEPARTEMENT, "01")):
        diagnostic = diagnostiquer(atlas, niveau, code)
        assert diagnostic.cles == ()
        assert "sans objet" in diagnostic.phrases[0]
        assert diagnostic.comparables == ()


def test_get_atlas_opens_once(monkeypatch: pytest.MonkeyPatch, atlas: Atlas) -> None:
    opened: list[None] = []

    def fake() -> Atlas:
        opened.append(None)
        return atlas

    monkeypatch.setattr("maillage.analyses.diagnosis.atlas.open_atlas", fake)
    get_atlas.cache_clear()
    try:
        assert get_atlas() is get_atlas()
        assert len(opened) == 1
    finally:
        get_atlas.cache_clear()
    assert open_atlas is not fake
